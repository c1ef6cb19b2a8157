/*
 * table: a list of any length of which only what is seen is in memory.
 *
 * Layer: tui; a CDK object of our own. Rows come from a source that pages by key:
 * "the COUNT rows from this one on, or before it". The selection is a row's id,
 * never its number: rows that come and go around it do not move it.
 */
#ifndef YW_TUI_TABLE_H
#define YW_TUI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "tui/draw.h"
#include "tui/key.h"

enum { TABLE_COLUMNS_MOST = 32 };

struct table_column {
	const char *title;  /* translated; borrowed */
	int min_cols;       /* never narrower (4 if 0) */
	int max_cols;       /* never wider; 0: no limit */
	int weight;         /* share of the room that is left; 0: none */
	bool right;         /* numbers */
};

struct table_row {
	int64_t id;                          /* unique among the rows, not 0 */
	enum style style;                    /* of its cells */
	bool marked;
	char *cells[TABLE_COLUMNS_MOST];     /* UTF-8; owned by the row, NULL is blank */
};

enum table_from {
	TABLE_FIRST,  /* the first rows; id is 0 */
	TABLE_LAST,   /* the last rows, in list order */
	TABLE_AT,     /* from row ID on, ID itself included */
	TABLE_AFTER,  /* the rows after ID */
	TABLE_BEFORE, /* the rows before ID, in list order (the last of them is next to ID) */
};

struct table_source {
	/*
	 * Fills at most COUNT zeroed ROWS (cells allocated by mem.h) and says in *GOT how many.
	 * TABLE_AT for a row that is gone gives the rows that stand where it stood.
	 */
	bool (*rows)(void *data, enum table_from from, int64_t id, size_t count, struct table_row *rows, size_t *got,
	             struct err *err);
	void *data;
};

struct table;

struct table *table_new(const struct table_column *columns, size_t count, const struct table_source *source);
void table_free(struct table **table);
/* Other columns (borrowed); the rows are read anew. */
bool table_set_columns(struct table *table, const struct table_column *columns, size_t count, struct err *err);

/* Reads the rows anew around the selection (data changed, filter changed). */
bool table_reload(struct table *table, struct err *err);
bool table_go_first(struct table *table, struct err *err);
/* Selects ID and brings it into sight. */
bool table_select(struct table *table, int64_t id, struct err *err);
int64_t table_selected(const struct table *table); /* 0: the list is empty */

/* The rows in the pane, heading included. Fetches what is missing. */
bool table_layout(struct table *table, int rows, int cols, struct err *err);

enum table_result { TABLE_IGNORED, TABLE_MOVED, TABLE_CHOSEN /* Enter */, TABLE_UNMOVED /* at the end */ };
/* ↑ ↓ PgUp PgDn Home End Enter; ERR is set if rows could not be read. */
enum table_result table_key(struct table *table, const struct key *key, struct err *err);

void table_paint(struct table *table, struct pane *pane, struct rect rect, bool focused);

#endif
