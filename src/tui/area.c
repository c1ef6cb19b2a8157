/* area: several lines; see area.h. */
#include "tui/area.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tui/cells.h"
#include "tui/edit.h"

enum { CHARS_MOST = 10000, COLS_UNKNOWN = 60 };

struct area {
	CDKOBJS obj;
	struct edit edit;
	struct pane *pane; /* while it is painted */
	struct rect rect;
	bool focused;
	int top;           /* first line that is seen */
	int goal;          /* the column that up and down keep to; -1: the caret's */
	bool behind;       /* the caret stands behind the last character of a wrapped line, not before the next line's first */
	int cols;          /* width it is wrapped to */
	struct utf8_line *lines;
	size_t line_count;
	int wrapped_cols;  /* what LINES were made for */
	unsigned wrapped_version;
};

static void draw(CDKOBJS *object, boolean box);

static void release(CDKOBJS *object)
{
	struct area *area = (struct area *)(void *)object;

	edit_release(&area->edit);
	free(area->lines);
}

static const CDKFUNCS functions = OBJECT_FUNCTIONS(vMENTRY, draw, release);

struct area *area_new(size_t max_chars)
{
	struct area *area = object_new(sizeof *area, &functions);

	area->edit.max_chars = max_chars > 0 ? max_chars : CHARS_MOST;
	area->edit.multiline = true;
	area->edit.burst_end = SIZE_MAX;
	area->goal = -1;
	area->cols = COLS_UNKNOWN;
	return area;
}

void area_free(struct area **area)
{
	if (*area != NULL)
		object_free(&(*area)->obj);
	*area = NULL;
}

void area_set(struct area *area, const char *text)
{
	edit_set(&area->edit, text);
	area->top = 0;
	area->goal = -1;
}

const char *area_text(const struct area *area)
{
	return str_text(&area->edit.text);
}

size_t area_caret(const struct area *area)
{
	return area->edit.caret;
}

void area_set_caret(struct area *area, size_t caret)
{
	edit_set_caret(&area->edit, caret);
	area->goal = -1;
	area->behind = false;
}

enum input_result area_insert(struct area *area, const char *text)
{
	area->goal = -1;
	return edit_insert(&area->edit, text);
}

/* The lines as they are seen. One column stays free for the caret behind a full line. */
static void wrap(struct area *area)
{
	const int cols = area->cols > 3 ? area->cols - 1 : 2;

	if (area->lines != NULL && area->wrapped_cols == cols && area->wrapped_version == area->edit.version)
		return;
	free(area->lines);
	area->line_count = utf8_wrap(area_text(area), cols, &area->lines);
	area->wrapped_cols = cols;
	area->wrapped_version = area->edit.version;
}

int area_lines(const struct area *area, int cols)
{
	struct utf8_line *lines;
	size_t count = utf8_wrap(area_text(area), cols > 3 ? cols - 1 : 2, &lines);

	free(lines);
	return (int)count;
}

static size_t caret_line(const struct area *area)
{
	size_t line = 0;

	while (line + 1 < area->line_count && area->lines[line + 1].start <= area->edit.caret)
		line++;
	if (area->behind && line > 0 && area->lines[line].start == area->edit.caret)
		line--;
	return line;
}

static int caret_column(const struct area *area, size_t line)
{
	const size_t start = area->lines[line].start;
	return utf8_width_len(area_text(area) + start, area->edit.caret - start);
}

/* The caret to column COLUMN of LINE, or to its end. */
static void go_to_line(struct area *area, size_t line, int column)
{
	const struct utf8_line *l = &area->lines[line];
	const char *text = area_text(area) + l->start;
	size_t at = utf8_fit(text, column, NULL);

	at = l->start + at > l->end ? l->end - l->start : at;
	area->behind = l->start + at == l->end;
	edit_set_caret(&area->edit, l->start + at);
}

static enum input_result move_lines(struct area *area, int by)
{
	const size_t line = caret_line(area);
	const int target = (int)line + by, last = (int)area->line_count - 1;

	if ((by < 0 && line == 0) || (by > 0 && (int)line == last))
		return INPUT_IGNORED;
	if (area->goal < 0)
		area->goal = caret_column(area, line);
	go_to_line(area, (size_t)(target < 0 ? 0 : target > last ? last : target), area->goal);
	return INPUT_MOVED;
}

static enum input_result line_edge(struct area *area, bool end)
{
	const struct utf8_line *line = &area->lines[caret_line(area)];

	edit_set_caret(&area->edit, end ? line->end : line->start);
	area->goal = -1;
	area->behind = end;
	return INPUT_MOVED;
}

enum input_result area_key(struct area *area, const struct key *key)
{
	const int page = area->rect.rows > 2 ? area->rect.rows - 1 : 1;

	wrap(area);
	if (key_is(key, K_UP, 0) || key_is(key, K_DOWN, 0))
		return move_lines(area, key->code == K_UP ? -1 : 1);
	if (key_is(key, K_PAGE_UP, 0) || key_is(key, K_PAGE_DOWN, 0))
		return move_lines(area, key->code == K_PAGE_UP ? -page : page);
	if (key_is(key, K_HOME, 0) || key_is(key, 'a', KEY_CTRL))
		return line_edge(area, false);
	if (key_is(key, K_END, 0) || key_is(key, 'e', KEY_CTRL))
		return line_edge(area, true);
	area->goal = -1;
	area->behind = false;
	if (key_is(key, K_ENTER, 0))
		return edit_insert(&area->edit, "\n");
	return edit_key(&area->edit, key);
}

static void bring_caret_into_sight(struct area *area, int line)
{
	const int most = (int)area->line_count - area->rect.rows;

	if (line < area->top)
		area->top = line;
	if (line >= area->top + area->rect.rows)
		area->top = line - area->rect.rows + 1;
	if (area->top > most)
		area->top = most;
	area->top = area->top < 0 ? 0 : area->top;
}

static void draw_line(const struct area *area, int row)
{
	const size_t line = (size_t)(area->top + row);
	int used = 0;

	if (line < area->line_count) {
		const struct utf8_line *l = &area->lines[line];
		used = draw_text_len(area->pane, area->rect.row + row, area->rect.col, area->rect.cols, STYLE_TEXT,
		                     area_text(area) + l->start, l->end - l->start);
	}
	draw_fill(area->pane, area->rect.row + row, area->rect.col + used, area->rect.cols - used, STYLE_DIM,
	          used == 0 || line + 1 >= area->line_count ? '_' : ' ');
}

static void draw(CDKOBJS *object, boolean box)
{
	struct area *area = (struct area *)(void *)object;
	size_t line;

	(void)box;
	if (area->pane == NULL)
		return;
	area->cols = area->rect.cols;
	wrap(area);
	line = caret_line(area);
	if (area->focused)
		bring_caret_into_sight(area, (int)line);
	for (int row = 0; row < area->rect.rows; row++)
		draw_line(area, row);
	if (area->focused)
		draw_caret(area->pane, area->rect.row + (int)line - area->top,
		           area->rect.col + caret_column(area, line));
}

void area_paint(struct area *area, struct pane *pane, struct rect rect, bool focused)
{
	object_stand(&area->obj, pane);
	area->pane = pane;
	area->rect = rect;
	area->focused = focused;
	draw(&area->obj, FALSE);
	area->pane = NULL;
}
