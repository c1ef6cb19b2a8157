/*
 * clock: what time it is, and how times are written down.
 *
 * Layer: base. Three forms, never mixed:
 *   instant  int64_t seconds since 1970 UTC (variables end in _utc)
 *   stamp    "2026-11-22T01:05:00Z", UTC, in the columns of the store
 *   local    "2026-11-22T09:05+08:00", the bureau's zone, in a record's body
 * and a day is "2026-11-22" in the bureau's zone. Only a training office may
 * move the clock (clock_set_now).
 */
#ifndef YW_BASE_CLOCK_H
#define YW_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { CLOCK_STAMP_SIZE = 21, CLOCK_LOCAL_SIZE = 23, CLOCK_DAY_SIZE = 11 };

/* The bureau's offset from UTC in minutes; 480 (Asia/Shanghai, no daylight saving) unless set. */
void clock_set_zone(int minutes_east);
int clock_zone(void);

int64_t clock_now(void);                    /* seconds UTC; moved by clock_set_now */
int64_t clock_monotonic_ms(void);           /* for timeouts and ticks; never moved */
void clock_set_now(int64_t now_utc);        /* the clock runs on from there */
void clock_hold(int64_t now_utc);           /* the clock stands there until it is set again; 0: it runs on */

/* Writers: BUFFER of the size above; they return BUFFER. */
char *clock_stamp(int64_t utc, char buffer[CLOCK_STAMP_SIZE]);
char *clock_local(int64_t utc, char buffer[CLOCK_LOCAL_SIZE]);
char *clock_day(int64_t utc, char buffer[CLOCK_DAY_SIZE]);
/* Readers: any of the three forms, "2026-11-22 09:05" or "2026-11-22 09:05:07" (bureau's zone); false if TEXT is none. */
bool clock_parse(const char *text, int64_t *utc);

/* Civil days: days since 1970-01-01, proleptic Gregorian. */
int64_t clock_days(int year, int month, int day);
void clock_civil(int64_t days, int *year, int *month, int *day);
/* 1 Monday .. 7 Sunday. */
int clock_weekday(int64_t days);
bool clock_is_date(int year, int month, int day);

#endif
