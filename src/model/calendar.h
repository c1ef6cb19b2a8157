/*
 * calendar: working days of the State Council's yearly arrangement.
 *
 * Layer: model. A year without a file falls back to Monday..Friday and says so.
 */
#ifndef YW_MODEL_CALENDAR_H
#define YW_MODEL_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct calendar;

struct calendar *calendar_new(void);
void calendar_free(struct calendar **calendar);
/* Adds the lines of data/workdays-YYYY.tsv: date, rest|work, festival; '#' begins a comment. Errors name the line. */
bool calendar_add(struct calendar *calendar, const char *tsv, const char *name, struct err *err);
bool calendar_is_workday(const struct calendar *calendar, int64_t days);
/* False if no arrangement for that year was added. */
bool calendar_knows(const struct calendar *calendar, int year);
/* The festival's name, or NULL. */
const char *calendar_festival(const struct calendar *calendar, int64_t days);
/* FROM plus HOURS, counting only days that are worked (each 24 h). */
int64_t calendar_add_hours(const struct calendar *calendar, int64_t from_utc, int hours);

#endif
