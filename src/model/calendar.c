#include "model/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

enum { DAY_SECONDS = 24 * 60 * 60, FRIDAY = 5, COLUMNS = 3 };

struct entry {
	int64_t days;
	bool is_worked;
	char *festival; /* NULL if the line names none */
};

struct calendar {
	struct entry *entries; /* in order of days */
	size_t count;
	bool known[10000];     /* by year */
};

struct calendar *calendar_new(void)
{
	return mem_new(struct calendar);
}

void calendar_free(struct calendar **calendar)
{
	struct calendar *c = *calendar;

	if (c == NULL)
		return;
	for (size_t i = 0; i < c->count; i++)
		free(c->entries[i].festival);
	free(c->entries);
	free(c);
	*calendar = NULL;
}

/* Where DAYS stands, or would stand, among the entries. */
static size_t place_of(const struct calendar *calendar, int64_t days)
{
	size_t low = 0, high = calendar->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (calendar->entries[middle].days < days)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct entry *entry_of(const struct calendar *calendar, int64_t days)
{
	const size_t at = place_of(calendar, days);

	return at < calendar->count && calendar->entries[at].days == days ? &calendar->entries[at] : NULL;
}

/* Takes ENTRY over; a day given again replaces what was said before. */
static void put(struct calendar *calendar, struct entry entry)
{
	const size_t at = place_of(calendar, entry.days);

	if (at < calendar->count && calendar->entries[at].days == entry.days) {
		free(calendar->entries[at].festival);
	} else {
		calendar->entries = mem_resize(calendar->entries, calendar->count + 1, sizeof(entry));
		memmove(calendar->entries + at + 1, calendar->entries + at,
		        (calendar->count - at) * sizeof(entry));
		calendar->count++;
	}
	calendar->entries[at] = entry;
}

/* "2026-11-22", and nothing else. */
static bool read_date(const char *text, int *year, int *month, int *day)
{
	int end = 0;

	return strlen(text) == 10 && sscanf(text, "%4d-%2d-%2d%n", year, month, day, &end) == 3 && end == 10 &&
	       clock_is_date(*year, *month, *day);
}

/* Cuts LINE at its tabs; returns how many parts there are, at most COLUMNS. */
static int split(char *line, char *parts[COLUMNS])
{
	int count = 0;

	while (line != NULL && count < COLUMNS) {
		char *tab = strchr(line, '\t');

		if (tab != NULL)
			*tab++ = '\0';
		parts[count++] = line;
		line = tab;
	}
	return count;
}

static bool add_line(struct calendar *calendar, char *line, const char *name, int number, struct err *err)
{
	char *parts[COLUMNS];
	int year, month, day;
	const int count = split(line, parts);

	if (count < 2 || !read_date(parts[0], &year, &month, &day))
		return err_set(err, ERR_REFUSED, _("%s:%d: Not a line of date, rest or work, and festival."), name,
		               number);
	if (strcmp(parts[1], "rest") != 0 && strcmp(parts[1], "work") != 0)
		return err_set(err, ERR_REFUSED, _("%s:%d: \"%s\" is neither rest nor work."), name, number,
		               parts[1]);
	put(calendar, (struct entry){
		.days = clock_days(year, month, day),
		.is_worked = strcmp(parts[1], "work") == 0,
		.festival = count > 2 && *parts[2] != '\0' ? mem_text(parts[2]) : NULL,
	});
	calendar->known[year] = true;
	return true;
}

bool calendar_add(struct calendar *calendar, const char *tsv, const char *name, struct err *err)
{
	int number = 0;
	bool good = true;

	for (const char *at = tsv; good && *at != '\0';) {
		const size_t len = strcspn(at, "\n");
		char *line = mem_text_len(at, len);
		char *end = strpbrk(line, "#\r");

		if (end != NULL)
			*end = '\0';
		number++;
		good = *line == '\0' || add_line(calendar, line, name, number, err);
		free(line);
		at += at[len] == '\n' ? len + 1 : len;
	}
	return good;
}

bool calendar_is_workday(const struct calendar *calendar, int64_t days)
{
	const struct entry *entry = entry_of(calendar, days);

	return entry != NULL ? entry->is_worked : clock_weekday(days) <= FRIDAY;
}

bool calendar_knows(const struct calendar *calendar, int year)
{
	return year >= 0 && year < 10000 && calendar->known[year];
}

const char *calendar_festival(const struct calendar *calendar, int64_t days)
{
	const struct entry *entry = entry_of(calendar, days);

	return entry != NULL ? entry->festival : NULL;
}

int64_t calendar_add_hours(const struct calendar *calendar, int64_t from_utc, int hours)
{
	const int64_t zone = (int64_t)clock_zone() * 60;
	int64_t local = from_utc + zone;
	int64_t left = (int64_t)hours * 60 * 60;

	for (;;) {
		const int64_t days = local / DAY_SECONDS - (local % DAY_SECONDS < 0 ? 1 : 0);
		const int64_t end = (days + 1) * DAY_SECONDS;

		if (calendar_is_workday(calendar, days)) {
			if (left <= end - local)
				return local + left - zone;
			left -= end - local;
		}
		local = end;
	}
}
