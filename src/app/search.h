/*
 * search: find records by words of their text, two Chinese characters included.
 *
 * Layer: app.
 */
#ifndef YW_APP_SEARCH_H
#define YW_APP_SEARCH_H

#include "app/office.h"

struct search_hit {
	int64_t record;
	char *form, *number, *title, *department, *state; /* state: its label */
	char *excerpt;            /* around the first match */
	int64_t occurred_utc;
};
struct search_hits {
	struct search_hit *items; /* newest first */
	size_t count;
	bool more;
};

/* All words of TEXT must occur; a number or part of one finds the record as well. BEFORE: the last hit's record to page on, or 0. */
struct search_hits *search_text(struct office *office, const struct actor *actor, const char *text, int64_t before,
                                size_t limit, struct err *err);
void search_hits_free(struct search_hits **hits);

#endif
