/*
 * list: pages of records, for screens and commands.
 *
 * Layer: app. Keyset paging: a page costs the same with ten records or a
 * million, and nothing is loaded whole. Only what the actor may see.
 */
#ifndef YW_APP_LIST_H
#define YW_APP_LIST_H

#include "app/office.h"

enum list_sort { LIST_BY_TIME /* when it happened */, LIST_BY_NUMBER, LIST_BY_UPDATE, LIST_BY_DEPARTMENT };

struct list_query {           /* zeroed: everything, newest first */
	const char *form;         /* NULL: all forms */
	const char *state;        /* a state's key or label; "open": not yet done; NULL: all */
	const char *month;        /* "2026-11" or a day "2026-11-22"; NULL */
	const char *department;
	const char *text;         /* words of the search index; NULL */
	enum list_sort sort;
	bool ascending;
};

struct list_row {
	int64_t id;
	char *form, *number, *code, *title, *department, *applicant;
	char *state, *state_label;
	int64_t occurred_utc, updated_utc;
	bool late;
	char **cells;             /* one text a column of list_page.columns */
	char *key;                /* where this row stands: hand it to list_load as FROM */
};
struct list_page {
	const struct list_column *columns; /* borrowed from the form; general ones over all forms */
	size_t column_count;
	struct list_row *rows;
	size_t count;
	bool more_before, more_after;
};

/* LIMIT rows after the row whose key is FROM (NULL: from the first), or before it if BACKWARD; in the query's order. */
struct list_page *list_load(struct office *office, const struct actor *actor, const struct list_query *query,
                            const char *from, bool backward, size_t limit, struct err *err);
/* As list_load, beginning with the row FROM itself: a refresh that keeps its place. */
struct list_page *list_reload(struct office *office, const struct actor *actor, const struct list_query *query,
                              const char *from, size_t limit, struct err *err);
/* How many there are, counted up to MOST (MOST + 1 if more). */
bool list_count(struct office *office, const struct actor *actor, const struct list_query *query, int most, int *count,
                struct err *err);
void list_page_free(struct list_page **page);

/* The heading of a column in the current language. Borrowed. */
const char *list_heading(const struct definition *form, const char *key);

#endif
