/* table: the rows that are seen, and moving among them; see table.h. Painting: table_paint.c. */
#include "tui/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/table_parts.h"

static void release(CDKOBJS *object)
{
	struct table *table = (struct table *)(void *)object;

	for (size_t i = 0; i < table->count; i++)
		table_row_release(&table->rows[i]);
	free(table->rows);
}

static const CDKFUNCS functions = OBJECT_FUNCTIONS(vMATRIX, table_draw, release);

struct table *table_new(const struct table_column *columns, size_t count, const struct table_source *source)
{
	struct table *table = object_new(sizeof *table, &functions);

	table->source = *source;
	table->columns = columns;
	table->column_count = count < TABLE_COLUMNS_MOST ? count : TABLE_COLUMNS_MOST;
	table->changed = true;
	return table;
}

void table_free(struct table **table)
{
	if (*table != NULL)
		object_free(&(*table)->obj);
	*table = NULL;
}

void table_row_release(struct table_row *row)
{
	for (size_t i = 0; i < TABLE_COLUMNS_MOST; i++)
		free(row->cells[i]);
	memset(row, 0, sizeof *row);
}

int64_t table_selected(const struct table *table)
{
	return table->count == 0 ? 0 : table->rows[table->selected].id;
}

/* At most COUNT rows into fresh memory. The caller frees the array and takes the rows. */
static bool fetch(struct table *table, enum table_from from, int64_t id, size_t count, struct table_row **rows,
                  size_t *got, struct err *err)
{
	*rows = mem_zeroed(count + 1, sizeof **rows);
	*got = 0;
	if (count == 0 || table->source.rows(table->source.data, from, id, count, *rows, got, err))
		return true;
	for (size_t i = 0; i < count; i++)
		table_row_release(&(*rows)[i]);
	free(*rows);
	*rows = NULL;
	return false;
}

static void drop_rows(struct table *table, size_t from, size_t count)
{
	for (size_t i = from; i < from + count; i++)
		table_row_release(&table->rows[i]);
	if (count == 0)
		return;
	memmove(table->rows + from, table->rows + from + count, (table->count - from - count) * sizeof *table->rows);
	table->count -= count;
	table->changed = true;
}

/* Takes COUNT rows over, before the ones that are there or after them. */
static void add_rows(struct table *table, struct table_row *rows, size_t count, bool before)
{
	const size_t at = before ? 0 : table->count;

	table->rows = mem_resize(table->rows, table->count + count + 1, sizeof *table->rows);
	memmove(table->rows + at + count, table->rows + at, (table->count - at) * sizeof *table->rows);
	memcpy(table->rows + at, rows, count * sizeof *rows);
	table->count += count;
	table->changed = true;
	free(rows);
}

/* Fetches COUNT rows after the last or before the first one; *GOT is how many there were. */
static bool extend(struct table *table, bool before, size_t count, size_t *got, struct err *err)
{
	struct table_row *rows;
	const enum table_from from = before ? TABLE_BEFORE : TABLE_AFTER;
	const int64_t id = table->count == 0 ? 0 : table->rows[before ? 0 : table->count - 1].id;

	*got = 0;
	if (table->count == 0)
		return true;
	if (!fetch(table, from, id, count, &rows, got, err))
		return false;
	add_rows(table, rows, *got, before);
	return true;
}

/* All rows anew, from ID on (or the first, the last). */
static bool start(struct table *table, enum table_from from, int64_t id, size_t count, struct err *err)
{
	struct table_row *rows;
	size_t got;

	if (!fetch(table, from, id, count, &rows, &got, err))
		return false;
	drop_rows(table, 0, table->count);
	add_rows(table, rows, got, false);
	table->selected = 0;
	return true;
}

/* As many rows as the page has, if there are so many; WANTED of them before the selected one. */
static bool fill(struct table *table, size_t wanted, struct err *err)
{
	size_t got;

	if (!extend(table, true, wanted, &got, err))
		return false;
	table->selected += got;
	if (table->count < table->page && !extend(table, false, table->page - table->count, &got, err))
		return false;
	if (table->count < table->page) {
		if (!extend(table, true, table->page - table->count, &got, err))
			return false;
		table->selected += got;
	}
	return true;
}

static bool go_last(struct table *table, struct err *err)
{
	if (!start(table, TABLE_LAST, 0, table->page, err))
		return false;
	table->selected = table->count > 0 ? table->count - 1 : 0;
	return true;
}

bool table_go_first(struct table *table, struct err *err)
{
	return start(table, TABLE_FIRST, 0, table->page, err);
}

/* Rows around ID, which shall stand PLACE rows below the first. */
static bool load_around(struct table *table, int64_t id, size_t place, struct err *err)
{
	if (place >= table->page)
		place = table->page > 0 ? table->page - 1 : 0;
	if (!start(table, TABLE_AT, id, table->page - place, err))
		return false;
	if (table->count == 0) /* it was the last one, and is gone */
		return go_last(table, err);
	return fill(table, place, err);
}

bool table_reload(struct table *table, struct err *err)
{
	const int64_t id = table_selected(table);

	if (table->page == 0)
		return true;
	return id == 0 ? table_go_first(table, err) : load_around(table, id, table->selected, err);
}

bool table_set_columns(struct table *table, const struct table_column *columns, size_t count, struct err *err)
{
	table->columns = columns;
	table->column_count = count < TABLE_COLUMNS_MOST ? count : TABLE_COLUMNS_MOST;
	table->changed = true;
	return table_reload(table, err);
}

bool table_select(struct table *table, int64_t id, struct err *err)
{
	for (size_t i = 0; i < table->count; i++) {
		if (table->rows[i].id == id) {
			table->selected = i;
			return true;
		}
	}
	return load_around(table, id, table->page / 2, err);
}

bool table_layout(struct table *table, int rows, int cols, struct err *err)
{
	const size_t page = rows > 2 ? (size_t)rows - 1 : 1;
	const bool other = page != table->page;

	table->changed = true;
	table->page = page;
	table_share_columns(table, cols);
	return !other || table_reload(table, err);
}

/* The page moves by as many rows as there are, COUNT at most; the selection keeps its place on the screen. */
static bool turn(struct table *table, bool up, size_t count, size_t *moved, struct err *err)
{
	if (!extend(table, up, count, moved, err))
		return false;
	if (table->count > table->page) {
		const size_t surplus = table->count - table->page;
		drop_rows(table, up ? table->page : 0, surplus);
		if (!up && surplus < *moved) /* the page was not full */
			table->selected += *moved - surplus;
	}
	if (table->selected >= table->count)
		table->selected = table->count > 0 ? table->count - 1 : 0;
	return true;
}

static enum table_result move_by_row(struct table *table, bool up, struct err *err)
{
	size_t moved;

	if (up ? table->selected > 0 : table->selected + 1 < table->count) {
		table->selected += up ? (size_t)-1 : 1;
		return TABLE_MOVED;
	}
	if (!turn(table, up, 1, &moved, err))
		return TABLE_UNMOVED;
	return moved > 0 ? TABLE_MOVED : TABLE_UNMOVED;
}

static enum table_result move_by_page(struct table *table, bool up, struct err *err)
{
	const size_t edge = up ? 0 : table->count - 1;
	size_t moved;

	if (!turn(table, up, table->page, &moved, err))
		return TABLE_UNMOVED;
	if (moved > 0)
		return TABLE_MOVED;
	if (table->selected == edge)
		return TABLE_UNMOVED;
	table->selected = edge;
	return TABLE_MOVED;
}

enum table_result table_key(struct table *table, const struct key *key, struct err *err)
{
	if (key->kind != KEY_NAMED || key->mods != 0)
		return TABLE_IGNORED;
	if (table->count == 0 && key->code != K_ENTER)
		return key->code >= K_UP && key->code <= K_PAGE_DOWN ? TABLE_UNMOVED : TABLE_IGNORED;
	switch (key->code) {
	case K_UP:
	case K_DOWN:
		return move_by_row(table, key->code == K_UP, err);
	case K_PAGE_UP:
	case K_PAGE_DOWN:
		return move_by_page(table, key->code == K_PAGE_UP, err);
	case K_HOME:
		return table_go_first(table, err) ? TABLE_MOVED : TABLE_UNMOVED;
	case K_END:
		return go_last(table, err) ? TABLE_MOVED : TABLE_UNMOVED;
	case K_ENTER:
		return table->count > 0 ? TABLE_CHOSEN : TABLE_UNMOVED;
	default:
		return TABLE_IGNORED;
	}
}
