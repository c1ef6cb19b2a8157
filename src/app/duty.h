/*
 * duty: what has to be made when, from the definitions' `due`, and whether it was.
 *
 * Layer: app; for worklist.c and export.c. A period is a workday, week, month or
 * quarter of the calendar; any record of the form that stands and happened in it
 * fulfils it.
 */
#ifndef YW_APP_DUTY_H
#define YW_APP_DUTY_H

#include "app/office.h"

struct duty_period {
	int64_t first, last;  /* civil days, inclusive */
	int64_t due_day;
	int64_t due_utc;      /* from then on it is overdue */
};

/* The period of DUE that DAY belongs to; false if there is none (a rest day). */
bool duty_period_of(const struct office *office, const struct due *due, int64_t day, struct duty_period *period);
/* The first period that begins after PERIOD. */
bool duty_next_period(const struct office *office, const struct due *due, const struct duty_period *period,
                      struct duty_period *next);

struct duty_outcome {
	bool done, late;
	int64_t record;       /* with which it was done */
};
bool duty_outcome(struct office *office, const struct definition *form, const struct duty_period *period,
                  struct duty_outcome *outcome, struct err *err);

int64_t duty_day_of(int64_t utc);      /* the civil day in the bureau's zone */
int64_t duty_begin_of(int64_t day);    /* its first instant */

#endif
