#include "base/clock.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

enum {
	MINUTE = 60,
	HOUR = 60 * MINUTE,
	DAY = 24 * HOUR,
	CYCLE_DAYS = 146097, /* of 400 years, after which the calendar repeats */
	EPOCH_DAYS = 719468, /* from 0000-03-01 to 1970-01-01 */
};

static int zone_minutes = 480;
static int64_t shift_seconds; /* only ever set in a training office */
static int64_t held_utc;      /* 0: the clock runs */

void clock_set_zone(int minutes_east)
{
	zone_minutes = minutes_east;
}

int clock_zone(void)
{
	return zone_minutes;
}

static int64_t real_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}

int64_t clock_now(void)
{
	return held_utc != 0 ? held_utc : real_now() + shift_seconds;
}

int64_t clock_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_set_now(int64_t now_utc)
{
	held_utc = 0;
	shift_seconds = now_utc - real_now();
}

void clock_hold(int64_t now_utc)
{
	held_utc = now_utc;
}

/* Division that rounds down, so that times before 1970 fall into the right day. */
static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

/*
 * A year is counted from 1 March, so that the leap day is its last: the days
 * before a month are then (153 * months + 2) / 5, with no table.
 */
int64_t clock_days(int year, int month, int day)
{
	const int64_t y = (int64_t)year - (month <= 2 ? 1 : 0);
	const int64_t cycle = floor_div(y, 400);
	const int64_t of_cycle = y - cycle * 400;
	const int64_t months = month > 2 ? month - 3 : month + 9;
	const int64_t of_year = (153 * months + 2) / 5 + day - 1;

	return cycle * CYCLE_DAYS + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - EPOCH_DAYS;
}

void clock_civil(int64_t days, int *year, int *month, int *day)
{
	const int64_t since = days + EPOCH_DAYS;
	const int64_t cycle = floor_div(since, CYCLE_DAYS);
	const int64_t of_cycle = since - cycle * CYCLE_DAYS;
	/* Leap days that precede a day: one in 4 years, not in 100, but in 400. */
	const int64_t y = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / (CYCLE_DAYS - 1)) / 365;
	const int64_t of_year = of_cycle - (365 * y + y / 4 - y / 100);
	const int64_t months = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * months + 2) / 5 + 1);
	*month = (int)(months < 10 ? months + 3 : months - 9);
	*year = (int)(cycle * 400 + y + (*month <= 2 ? 1 : 0));
}

int clock_weekday(int64_t days)
{
	/* 1970-01-01 was a Thursday. */
	const int64_t since_monday = days + 3;

	return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

bool clock_is_date(int year, int month, int day)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	return day <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* VALUE as DIGITS digits at *AT, which moves on. */
static void put(char **at, int value, int digits)
{
	for (int i = digits - 1; i >= 0; i--) {
		(*at)[i] = (char)('0' + value % 10);
		value /= 10;
	}
	*at += digits;
}

static void put_char(char **at, char c)
{
	*(*at)++ = c;
}

/* Outside the years 0000 to 9999 there is no way to write a time; the nearest end is written. */
static int64_t in_range(int64_t seconds)
{
	const int64_t least = clock_days(0, 1, 1) * DAY;
	const int64_t most = clock_days(10000, 1, 1) * DAY - 1;

	return seconds < least ? least : seconds > most ? most : seconds;
}

static void put_date(char **at, int64_t days)
{
	int year, month, day;

	clock_civil(days, &year, &month, &day);
	put(at, year, 4);
	put_char(at, '-');
	put(at, month, 2);
	put_char(at, '-');
	put(at, day, 2);
}

static void put_hour_minute(char **at, int minutes)
{
	put(at, minutes / 60, 2);
	put_char(at, ':');
	put(at, minutes % 60, 2);
}

static int64_t to_local(int64_t utc)
{
	return in_range(in_range(utc) + (int64_t)zone_minutes * MINUTE);
}

char *clock_stamp(int64_t utc, char buffer[CLOCK_STAMP_SIZE])
{
	const int64_t seconds = in_range(utc);
	const int64_t days = floor_div(seconds, DAY);
	const int of_day = (int)(seconds - days * DAY);
	char *at = buffer;

	put_date(&at, days);
	put_char(&at, 'T');
	put_hour_minute(&at, of_day / MINUTE);
	put_char(&at, ':');
	put(&at, of_day % MINUTE, 2);
	put_char(&at, 'Z');
	*at = '\0';
	return buffer;
}

char *clock_local(int64_t utc, char buffer[CLOCK_LOCAL_SIZE])
{
	const int64_t seconds = to_local(utc);
	const int64_t days = floor_div(seconds, DAY);
	char *at = buffer;

	put_date(&at, days);
	put_char(&at, 'T');
	put_hour_minute(&at, (int)(seconds - days * DAY) / MINUTE);
	put_char(&at, zone_minutes < 0 ? '-' : '+');
	put_hour_minute(&at, zone_minutes < 0 ? -zone_minutes : zone_minutes);
	*at = '\0';
	return buffer;
}

char *clock_day(int64_t utc, char buffer[CLOCK_DAY_SIZE])
{
	char *at = buffer;

	put_date(&at, floor_div(to_local(utc), DAY));
	*at = '\0';
	return buffer;
}

/* Exactly DIGITS digits at *AT, which moves on. */
static bool take(const char **at, int digits, int *value)
{
	*value = 0;
	for (int i = 0; i < digits; i++) {
		const char c = (*at)[i];

		if (c < '0' || c > '9')
			return false;
		*value = *value * 10 + (c - '0');
	}
	*at += digits;
	return true;
}

static bool take_char(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static bool take_date(const char **at, int64_t *days)
{
	int year, month, day;

	if (!take(at, 4, &year) || !take_char(at, '-') || !take(at, 2, &month) || !take_char(at, '-') ||
	    !take(at, 2, &day) || !clock_is_date(year, month, day))
		return false;
	*days = clock_days(year, month, day);
	return true;
}

/* "09:05" or "09:05:07". */
static bool take_time(const char **at, int *seconds)
{
	int hour, minute, second = 0;

	if (!take(at, 2, &hour) || !take_char(at, ':') || !take(at, 2, &minute))
		return false;
	if (take_char(at, ':') && !take(at, 2, &second))
		return false;
	*seconds = hour * HOUR + minute * MINUTE + second;
	return hour < 24 && minute < 60 && second < 60;
}

/* "Z", "+08:00", or nothing, which is the bureau's zone. */
static bool take_zone(const char **at, int *minutes_east)
{
	const bool west = **at == '-';
	int hours, minutes;

	*minutes_east = zone_minutes;
	if (**at == '\0')
		return true;
	if (take_char(at, 'Z')) {
		*minutes_east = 0;
		return true;
	}
	if (!take_char(at, west ? '-' : '+') || !take(at, 2, &hours) || !take_char(at, ':') || !take(at, 2, &minutes))
		return false;
	*minutes_east = (hours * 60 + minutes) * (west ? -1 : 1);
	return hours < 24 && minutes < 60;
}

bool clock_parse(const char *text, int64_t *utc)
{
	const char *at = text;
	int64_t days;
	int seconds = 0, minutes_east = zone_minutes;

	if (!take_date(&at, &days))
		return false;
	if (*at != '\0') {
		if (!take_char(&at, 'T') && !take_char(&at, ' '))
			return false;
		if (!take_time(&at, &seconds) || !take_zone(&at, &minutes_east))
			return false;
	}
	if (*at != '\0')
		return false;
	*utc = days * DAY + seconds - (int64_t)minutes_east * MINUTE;
	return true;
}
