/*
 * calendar: choose a day.
 *
 * Layer: tui; CDK's calendar, Monday first. Arrows move by day and week, PgUp and
 * PgDn by month, Home goes to today, Enter takes, Esc leaves.
 */
#ifndef YW_TUI_CALENDAR_H
#define YW_TUI_CALENDAR_H

#include <stdint.h>

#include "tui/loop.h"

/* DAY and TODAY: days since 1970-01-01, as clock_days() counts. */
void calendar_open(struct loop *loop, int64_t day, int64_t today,
                   enum react (*done)(void *owner, struct loop *loop, int64_t day), void *owner);

#endif
