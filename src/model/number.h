/*
 * number: how a record's number is written.
 *
 * Layer: model. domain.md 6.1. A pattern is text with {yyyy} {mm} {dd}
 * {yyyymmdd} {n} (no padding) {nn} {nnn} {nnnn} (padded). The sequence begins at 1
 * for each scope, which follows from the finest date part: a pattern with {dd}
 * or {yyyymmdd} counts by day, with {mm} by month, else by year.
 */
#ifndef YW_MODEL_NUMBER_H
#define YW_MODEL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* NULL if the pattern is good, else what is wrong with it (static, English, translatable). */
const char *number_pattern_fault(const char *pattern);
/* "2026", "2026-11" or "2026-11-22" of NOW in the bureau's zone. Caller frees. */
char *number_scope(const char *pattern, int64_t now_utc);
/* The number. Caller frees. */
char *number_format(const char *pattern, int64_t now_utc, int64_t n);

#endif
