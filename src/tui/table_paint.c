/*
 * table_paint: cells of the table, and the width of its columns.
 *
 * The selection is a mark of three cells at the left, not a bar over the row: a
 * bar of Chinese text would cost hundreds of bytes a key.
 */
#include "base/text.h"
#include "tui/table_parts.h"

enum { LEAST_COLS = 4, GAP = 1 };

static int least(const struct table_column *column)
{
	return column->min_cols > 0 ? column->min_cols : LEAST_COLS;
}

/* Gives ROOM columns to the columns by weight, none more than its most; returns what nobody could take. */
static int share(struct table *table, int room)
{
	int weights = 0, left = room;

	for (size_t i = 0; i < table->column_count; i++) {
		const struct table_column *column = &table->columns[i];
		if (table->widths[i] > 0 && (column->max_cols == 0 || table->widths[i] < column->max_cols))
			weights += column->weight;
	}
	for (size_t i = 0; i < table->column_count && weights > 0; i++) {
		const struct table_column *column = &table->columns[i];
		int more = room * column->weight / weights;
		if (table->widths[i] == 0 || (column->max_cols > 0 && table->widths[i] >= column->max_cols))
			continue;
		if (column->max_cols > 0 && table->widths[i] + more > column->max_cols)
			more = column->max_cols - table->widths[i];
		table->widths[i] += more;
		left -= more;
	}
	return left;
}

void table_share_columns(struct table *table, int cols)
{
	int room = cols - TABLE_MARK_COLS, before;

	for (size_t i = 0; i < table->column_count; i++) {
		const int need = least(&table->columns[i]) + (i > 0 ? GAP : 0);
		table->widths[i] = need <= room ? least(&table->columns[i]) : 0;
		room -= need <= room ? need : 0;
	}
	do {
		before = room;
		room = share(table, room);
	} while (room > 0 && room < before);
}

static void draw_mark(const struct table *table, size_t i)
{
	const int row = table->rect.row + 1 + (int)i;
	const bool selected = i == table->selected;
	char mark[TABLE_MARK_COLS + 1] = "   ";

	if (i >= table->count)
		return;
	mark[1] = selected ? '>' : ' ';
	mark[2] = table->rows[i].marked ? '*' : ' ';
	draw_text(table->pane, row, table->rect.col, TABLE_MARK_COLS, selected ? STYLE_FOCUS : STYLE_TEXT, mark);
	if (selected && table->focused)
		draw_caret(table->pane, row, table->rect.col + 1);
}

static void draw_row(const struct table *table, int row, enum style style, const char *const *cells)
{
	int col = table->rect.col + TABLE_MARK_COLS;

	for (size_t i = 0; i < table->column_count; i++) {
		if (table->widths[i] == 0)
			continue;
		(table->columns[i].right ? draw_cell_right : draw_cell)(table->pane, row, col, table->widths[i], style,
		                                                        cells[i]);
		col += table->widths[i] + GAP;
	}
}

static void draw_heading(const struct table *table)
{
	const char *titles[TABLE_COLUMNS_MOST] = { 0 };

	for (size_t i = 0; i < table->column_count; i++)
		titles[i] = table->columns[i].title;
	draw_row(table, table->rect.row, STYLE_TITLE, titles);
}

static void draw_all(const struct table *table)
{
	draw_heading(table);
	for (size_t i = 0; (int)i + 1 < table->rect.rows; i++) {
		const int row = table->rect.row + 1 + (int)i;
		if (i < table->count) {
			draw_row(table, row, table->rows[i].style, (const char *const *)table->rows[i].cells);
			draw_mark(table, i);
		} else {
			draw_fill(table->pane, row, table->rect.col, table->rect.cols, STYLE_TEXT, ' ');
		}
	}
	if (table->count == 0) {
		draw_text(table->pane, table->rect.row + 2, table->rect.col + TABLE_MARK_COLS,
		          table->rect.cols - TABLE_MARK_COLS, STYLE_DIM, _("There is nothing here."));
		if (table->focused)
			draw_caret(table->pane, table->rect.row + 1, table->rect.col + 1);
	}
}

void table_draw(CDKOBJS *object, boolean box)
{
	struct table *table = (struct table *)(void *)object;
	const struct pane *pane = table->pane;

	(void)box;
	if (pane == NULL)
		return;
	if (!table->changed && pane->serial == table->serial && pane->clears == table->clears) {
		draw_mark(table, table->painted_selected);
		draw_mark(table, table->selected);
	} else {
		draw_all(table);
	}
	table->changed = false;
	table->serial = pane->serial;
	table->clears = pane->clears;
	table->painted_selected = table->selected;
}

void table_paint(struct table *table, struct pane *pane, struct rect rect, bool focused)
{
	object_stand(&table->obj, pane);
	table->changed = table->changed || rect.row != table->rect.row || rect.col != table->rect.col ||
	                 rect.rows != table->rect.rows || rect.cols != table->rect.cols || focused != table->focused;
	table->pane = pane;
	table->rect = rect;
	table->focused = focused;
	table_draw(&table->obj, FALSE);
	table->pane = NULL;
}
