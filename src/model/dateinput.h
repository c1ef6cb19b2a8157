/*
 * dateinput: dates and times as people type them.
 *
 * Layer: model. domain.md 6.2: 20261122 2026-11-22 2026.11.22 2026/11/22
 * 2026年11月22日 11-22 1122 22 今天 昨天 +1 -1 and 905 0905 9:05; full-width
 * forms are folded first. NOW gives the missing parts.
 */
#ifndef YW_MODEL_DATEINPUT_H
#define YW_MODEL_DATEINPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

/* Each writes the canonical form and returns true, or returns false if TEXT is none. */
bool dateinput_day(const char *text, int64_t now_utc, char day[CLOCK_DAY_SIZE]);
bool dateinput_time(const char *text, char time[6]); /* "09:05" */
/* "1122 905", "昨天 9:05", "905" (today), "2026-11-22T09:05"; a day alone is refused. */
bool dateinput_datetime(const char *text, int64_t now_utc, char local[CLOCK_LOCAL_SIZE]);

#endif
