/*
 * bench: what the benchmarks share: a clock, a median, a line of the table.
 *
 * Every measurement stands beside its floor, taken in the same run: the least that
 * a program without our rules would have to do. Ratios are printed, never asserted:
 * how fast a machine is today is no fault of the program.
 */
#ifndef YW_TESTS_BENCH_H
#define YW_TESTS_BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double bench_now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static inline int bench_compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts VALUES. */
static inline double bench_median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, bench_compare);
	return count > 0 ? values[count / 2] : 0;
}

/* AIM 0: none was set. */
static inline void bench_line(const char *what, double ours_us, double floor_us, double aim)
{
	printf("bench: %-44s %9.0f us  floor %9.0f us  ratio %5.2f", what, ours_us, floor_us, ours_us / floor_us);
	if (aim > 0)
		printf("  aim %.1f", aim);
	printf("\n");
	(void)fflush(stdout);
}

#endif
