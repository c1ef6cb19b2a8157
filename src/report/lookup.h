/*
 * lookup: what a key of a template stands for.
 *
 * Layer: report, inside. First the columns of the table's row, then the form's
 * fields, then what the record and its journal bring.
 */
#ifndef YW_REPORT_LOOKUP_H
#define YW_REPORT_LOOKUP_H

#include "report/print.h"

/* How a value may be asked for. X(ENUM, "name"). */
#define FILTERS(X)                                                                                 \
	X(NONE, "")                                                                                \
	X(DAY, "day")       /* in words, with the year */                                      \
	X(MONTH, "month")                                                                      \
	X(TIME, "time")     /* 09:05 */                                                            \
	X(SHORT, "short")   /* 11-22 */                                                            \
	X(DIGITS, "digits") /* 20261122 */                                                         \
	X(COUNT, "count")   /* how many rows or texts; nothing if none */                          \
	X(PLAIN, "plain")   /* without its unit */

enum filter {
#define X(name, text) FILTER_##name,
	FILTERS(X)
#undef X
		FILTER_COUNT_OF
};

/* "" if there is nothing. Caller frees. */
char *lookup_text(const struct print *print, const char *key, enum filter filter);
/* Whether FORM (NULL: anything goes), or in a row of it TABLE, has KEY. */
bool lookup_knows(const char *key, const struct definition *form, const struct field *table);

#endif
