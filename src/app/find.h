/*
 * find: records found by words of their text, two Chinese characters included.
 *
 * Layer: app.
 */
#ifndef YW_APP_FIND_H
#define YW_APP_FIND_H

#include "app/office.h"

struct find_hit {
	int64_t record;
	char *form, *number, *title, *department, *state; /* state: its label */
	char *excerpt;            /* around the first match */
	int64_t occurred_utc;
};
struct find_hits {
	struct find_hit *items; /* newest first */
	size_t count;
	bool more;
};

/* All words of TEXT must occur; a number or part of one finds the record as well. BEFORE: the last hit's record to page on, or 0. */
struct find_hits *find_text(struct office *office, const struct actor *actor, const char *text, int64_t before,
                                size_t limit, struct err *err);
void find_hits_free(struct find_hits **hits);

#endif
