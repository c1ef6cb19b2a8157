/*
 * table_parts: the table's insides, shared by moving and painting.
 *
 * Layer: tui, private.
 */
#ifndef YW_TUI_TABLE_PARTS_H
#define YW_TUI_TABLE_PARTS_H

#include "tui/cells.h"
#include "tui/table.h"

enum { TABLE_MARK_COLS = 3 };

struct table {
	CDKOBJS obj;
	struct table_source source;
	const struct table_column *columns;
	size_t column_count;
	int widths[TABLE_COLUMNS_MOST]; /* 0: there is no room for it */

	struct table_row *rows; /* what is seen, no more */
	size_t count, page, selected;
	bool changed;           /* more than the selection since it was painted */

	struct pane *pane;      /* while it is painted */
	struct rect rect;
	bool focused;
	unsigned serial, clears; /* of the pane it was painted on last */
	size_t painted_selected;
};

void table_row_release(struct table_row *row);
void table_draw(CDKOBJS *object, boolean box);
/* Widths of the columns for a table of COLS columns. */
void table_share_columns(struct table *table, int cols);

#endif
