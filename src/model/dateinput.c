#include "model/dateinput.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

enum { DAY_SECONDS = 24 * 60 * 60, MOST_SHIFT = 3650 };

/* Words that stand for a day, and how far it is from today. */
static const struct {
	const char *word;
	int shift;
} day_words[] = {
	{ "\u4eca\u5929", 0 },  /* jintian */
	{ "\u6628\u5929", -1 }, /* zuotian */
	{ "\u524d\u5929", -2 }, /* qiantian */
	{ "\u660e\u5929", 1 },  /* mingtian */
	{ "\u540e\u5929", 2 },  /* houtian */
	{ "today", 0 },         { "yesterday", -1 }, { "tomorrow", 1 },
};

/* Marks that people write, and what they are read as. A mark that ends a day is followed by a time. */
static const struct {
	const char *mark, *as;
} day_marks[] = {
	{ "\u5e74", "-" }, /* nian, year */
	{ "\u6708", "-" }, /* yue, month */
	{ "\u65e5", " " }, /* ri, day */
	{ "\u53f7", " " }, /* hao, day */
	{ "/", "-" },
}, time_marks[] = {
	{ "\u65f6", ":" }, /* shi, hour */
	{ "\u70b9", ":" }, /* dian, hour */
	{ "\u5206", "" },  /* fen, minute */
};

static void replace(struct str *s, const char *mark, const char *as)
{
	const char *found;

	while (s->len > 0 && (found = strstr(s->data, mark)) != NULL) {
		const size_t at = (size_t)(found - s->data);

		str_remove(s, at, strlen(mark));
		str_insert(s, at, as, strlen(as));
	}
}

/* Half-width, the marks read, no blanks at the ends. */
static struct str fold(const char *text)
{
	struct str s = STR_INIT;
	char *half = utf8_halfwidth(text);

	str_add(&s, half);
	free(half);
	for (size_t i = 0; i < sizeof(day_marks) / sizeof(day_marks[0]); i++)
		replace(&s, day_marks[i].mark, day_marks[i].as);
	for (size_t i = 0; i < sizeof(time_marks) / sizeof(time_marks[0]); i++)
		replace(&s, time_marks[i].mark, time_marks[i].as);
	str_trim(&s);
	return s;
}

static int64_t today(int64_t now_utc)
{
	const int64_t local = now_utc + (int64_t)clock_zone() * 60;

	return local / DAY_SECONDS - (local % DAY_SECONDS < 0 ? 1 : 0);
}

/* Reads the digits at *AT, which moves on; how many there were. */
static int read_digits(const char **at, int *number)
{
	const char *start = *at;

	for (*number = 0; isdigit((unsigned char)**at) && *at - start < 9; ++*at)
		*number = *number * 10 + (**at - '0');
	return (int)(*at - start);
}

/* Between one and three numbers with - or . between; returns how many, 0 if TEXT is anything else. */
static int read_numbers(const char *text, int numbers[3], int digits[3])
{
	int count = 0;

	for (;;) {
		if (count == 3)
			return 0;
		digits[count] = read_digits(&text, &numbers[count]);
		if (digits[count] == 0 || digits[count] > 8)
			return 0;
		count++;
		if (*text == '\0')
			return count;
		if (*text != '-' && *text != '.')
			return 0;
		text++;
	}
}

static bool make_day(int year, int month, int day, int64_t *days)
{
	if (!clock_is_date(year, month, day))
		return false;
	*days = clock_days(year, month, day);
	return true;
}

static bool read_date(const char *text, int64_t now_days, int64_t *days)
{
	int year, month, day, numbers[3], digits[3];
	const int count = read_numbers(text, numbers, digits);

	clock_civil(now_days, &year, &month, &day);
	if (count == 3 && digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2)
		return make_day(numbers[0], numbers[1], numbers[2], days);
	if (count == 2 && digits[0] <= 2 && digits[1] <= 2)
		return make_day(year, numbers[0], numbers[1], days);
	if (count != 1)
		return false;
	if (digits[0] == 8)
		return make_day(numbers[0] / 10000, numbers[0] / 100 % 100, numbers[0] % 100, days);
	if (digits[0] == 4)
		return make_day(year, numbers[0] / 100, numbers[0] % 100, days);
	return digits[0] <= 2 && make_day(year, month, numbers[0], days);
}

/* "+1", "-3": days from today. */
static bool read_shift(const char *text, int64_t now_days, int64_t *days)
{
	int shift, digits;
	const bool back = *text == '-';

	if (*text != '+' && *text != '-')
		return false;
	text++;
	digits = read_digits(&text, &shift);
	if (digits == 0 || *text != '\0' || shift > MOST_SHIFT)
		return false;
	*days = now_days + (back ? -shift : shift);
	return true;
}

/* Length of the day word that TEXT begins with, or 0. */
static size_t word_at(const char *text, int *shift)
{
	for (size_t i = 0; i < sizeof(day_words) / sizeof(day_words[0]); i++) {
		const size_t len = strlen(day_words[i].word);

		if (strncmp(text, day_words[i].word, len) != 0)
			continue;
		*shift = day_words[i].shift;
		return len;
	}
	return 0;
}

static bool read_day(const char *text, int64_t now_utc, int64_t *days)
{
	const int64_t now_days = today(now_utc);
	int shift = 0;
	const size_t word = word_at(text, &shift);

	if (word > 0 && text[word] == '\0') {
		*days = now_days + shift;
		return true;
	}
	return read_shift(text, now_days, days) || read_date(text, now_days, days);
}

static char *write_day(int64_t days, char day[CLOCK_DAY_SIZE])
{
	return clock_day(days * DAY_SECONDS - (int64_t)clock_zone() * 60, day);
}

bool dateinput_day(const char *text, int64_t now_utc, char day[CLOCK_DAY_SIZE])
{
	struct str s = fold(text);
	int64_t days = 0;
	const bool good = read_day(str_text(&s), now_utc, &days);

	if (good)
		write_day(days, day);
	str_release(&s);
	return good;
}

/* 905, 0905, 9:05, 9: (an hour alone with its mark), seconds are dropped. */
static bool read_time(const char *text, int *minutes)
{
	int hour, minute = 0, second = 0;
	const int digits = read_digits(&text, &hour);

	if (digits == 0 || digits > 4)
		return false;
	if (*text == ':' && digits <= 2) {
		text++;
		if (*text != '\0' && read_digits(&text, &minute) != 2)
			return false;
		if (*text == ':' && (text++, read_digits(&text, &second)) != 2)
			return false;
	} else if (digits >= 3) {
		minute = hour % 100;
		hour /= 100;
	} else {
		return false;
	}
	*minutes = hour * 60 + minute;
	return *text == '\0' && hour < 24 && minute < 60 && second < 60;
}

bool dateinput_time(const char *text, char time[6])
{
	struct str s = fold(text);
	int minutes = 0;
	const bool good = read_time(str_text(&s), &minutes);

	if (good)
		snprintf(time, 6, "%02u:%02u", (unsigned)minutes / 60 % 24, (unsigned)minutes % 60);
	str_release(&s);
	return good;
}

/* Where the time begins in "1122 905" or in a day word with a time right behind it; 0: at the beginning. */
static size_t time_start(const char *text)
{
	const char *blank = strrchr(text, ' ');
	int shift;

	return blank != NULL ? (size_t)(blank - text) + 1 : word_at(text, &shift);
}

static bool read_datetime(struct str *s, int64_t now_utc, int64_t *utc)
{
	const size_t start = time_start(str_text(s));
	int64_t days = today(now_utc);
	int minutes;

	if (!read_time(str_text(s) + start, &minutes))
		return false;
	str_remove(s, start, s->len);
	str_trim(s);
	if (s->len > 0 && !read_day(str_text(s), now_utc, &days))
		return false;
	*utc = days * DAY_SECONDS + (int64_t)minutes * 60 - (int64_t)clock_zone() * 60;
	return true;
}

/* The canonical form and the store's: a day, T, a time, perhaps a zone. */
static bool is_whole_form(const char *text)
{
	return strlen(text) >= 16 && text[10] == 'T';
}

bool dateinput_datetime(const char *text, int64_t now_utc, char local[CLOCK_LOCAL_SIZE])
{
	struct str s = fold(text);
	int64_t utc = 0;
	bool good;

	if (is_whole_form(str_text(&s)) && s.len == 16)
		s.data[10] = ' ';
	good = is_whole_form(str_text(&s)) ? clock_parse(str_text(&s), &utc) : read_datetime(&s, now_utc, &utc);
	if (good)
		clock_local(utc, local);
	str_release(&s);
	return good;
}
