#include "app/duty.h"

#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "store/record.h"

enum { DAY_S = 86400, NEXT_WITHIN_DAYS = 100 };

int64_t duty_day_of(int64_t utc)
{
	int64_t local = utc + (int64_t)clock_zone() * 60;
	return local >= 0 ? local / DAY_S : (local - DAY_S + 1) / DAY_S;
}

int64_t duty_begin_of(int64_t day)
{
	return day * DAY_S - (int64_t)clock_zone() * 60;
}

/* The first and last day of the MONTHS months that DAY stands in (1: its month, 3: its quarter). */
static void span_of_months(int64_t day, int months, struct duty_period *period)
{
	int year, month, unused;
	clock_civil(day, &year, &month, &unused);
	month -= (month - 1) % months;
	period->first = clock_days(year, month, 1);
	month += months;
	period->last = clock_days(month > 12 ? year + 1 : year, month > 12 ? month - 12 : month, 1) - 1;
}

static int64_t within(int64_t day, const struct duty_period *period)
{
	return day < period->first ? period->first : day > period->last ? period->last : day;
}

/* What falls on a rest day is due on the workday before, if the period has one. */
static int64_t on_workday(const struct office *office, int64_t day, const struct duty_period *period)
{
	for (int64_t at = day; at >= period->first; at--) {
		if (calendar_is_workday(office->calendar, at))
			return at;
	}
	return day;
}

bool duty_period_of(const struct office *office, const struct due *due, int64_t day, struct duty_period *period)
{
	switch (due->every) {
	case DUE_WORKDAY:
		if (!calendar_is_workday(office->calendar, day))
			return false;
		period->first = period->last = day;
		break;
	case DUE_WEEK:
		period->first = day - clock_weekday(day) + 1;
		period->last = period->first + 6;
		break;
	case DUE_MONTH:
		span_of_months(day, 1, period);
		break;
	case DUE_QUARTER:
		span_of_months(day, 3, period);
		break;
	}
	int64_t wanted = due->every == DUE_WORKDAY ? day : due->day > 0 ? period->first + due->day - 1 : period->last;
	period->due_day = on_workday(office, within(wanted, period), period);
	period->due_utc = due->by_minute >= 0 ? duty_begin_of(period->due_day) + (int64_t)due->by_minute * 60
	                                      : duty_begin_of(period->due_day + 1);
	return true;
}

bool duty_next_period(const struct office *office, const struct due *due, const struct duty_period *period,
                      struct duty_period *next)
{
	for (int64_t day = period->last + 1; day <= period->last + NEXT_WITHIN_DAYS; day++) {
		if (duty_period_of(office, due, day, next))
			return true;
	}
	return false;
}

bool duty_outcome(struct office *office, const struct definition *form, const struct duty_period *period,
                  struct duty_outcome *outcome, struct err *err)
{
	const char **states = record_states_of_kind(form, RECORD_KINDS_STANDING);
	const struct record_filter filter = { .form = form->id,
		                              .states = states,
		                              .from_utc = duty_begin_of(period->first),
		                              .until_utc = duty_begin_of(period->last + 1),
		                              .ascending = true,
		                              .limit = 10 };
	struct record_page page = { 0 };
	*outcome = (struct duty_outcome){ 0 };
	bool ok = record_list(office->db, &filter, &page, err);
	for (size_t i = 0; i < page.count; i++) {
		if (outcome->done && (!outcome->late || page.items[i]->late))
			continue;
		outcome->done = true;
		outcome->late = page.items[i]->late;
		outcome->record = page.items[i]->id;
	}
	record_page_release(&page);
	free(states);
	return ok;
}
