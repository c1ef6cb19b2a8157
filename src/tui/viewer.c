/*
 * viewer: CDK's viewer shows the lines, we move them; see viewer.h.
 *
 * CDK's own keys of this widget (search, jump) run loops of their own, and it has no
 * inject function; so only its window, its lines and its drawing are used.
 */
#include "tui/viewer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/cdk_glyph.h"
#include "tui/input.h"
#include "tui/loop_parts.h"

enum { FIND_MOST = 60, COLS_AROUND = 4, MOST_COLS = 100, POSITION_COLS = 12 };

struct viewer {
	char *title, *text;
	struct input *find;
	bool finding;      /* the word is being typed */
	struct utf8_line *lines;
	size_t count;
	size_t top, found; /* lines; FOUND: where the last find was, SIZE_MAX: none */
	int seen;          /* lines that fit */
	CDKVIEWER *widget;
	unsigned serial;   /* of the pane that WIDGET was made on */
	bool stale;        /* other words are marked */
};

static void viewer_free(void *self)
{
	struct viewer *viewer = self;

	free(viewer->title);
	free(viewer->text);
	free(viewer->lines);
	input_free(&viewer->find);
	free(viewer);
}

static struct rect place(void *self, int rows, int cols)
{
	const int width = cols > MOST_COLS + COLS_AROUND ? MOST_COLS + COLS_AROUND : cols;

	(void)self;
	return (struct rect){ 0, (cols - width) / 2, rows - 1, width };
}

static void layout(void *self, int rows, int cols)
{
	struct viewer *viewer = self;

	free(viewer->lines);
	viewer->count = utf8_wrap(viewer->text, cols - COLS_AROUND, &viewer->lines);
	viewer->seen = rows - 5; /* the box, title and position, and the row of the hint */
}

/* Offset of WORD in TEXT[0, LEN), letters of either case alike; SIZE_MAX if it is not there. */
static size_t find_in(const char *text, size_t len, const char *word)
{
	const size_t size = strlen(word);

	for (size_t at = 0; size > 0 && at + size <= len; at++) {
		size_t i = 0;
		while (i < size && tolower((unsigned char)text[at + i]) == tolower((unsigned char)word[i]))
			i++;
		if (i == size)
			return at;
	}
	return SIZE_MAX;
}

/* One line for CDK, with what was looked for marked in it. */
static char *marked_line(const struct viewer *viewer, size_t line)
{
	const char *text = viewer->text + viewer->lines[line].start, *word = input_text(viewer->find);
	size_t len = viewer->lines[line].end - viewer->lines[line].start, at;
	struct str out = STR_INIT;

	cdk_text_add(&out, STYLE_TEXT, " ", 1);
	while ((at = find_in(text, len, word)) != SIZE_MAX) {
		cdk_text_add(&out, STYLE_TEXT, text, at);
		cdk_text_add(&out, STYLE_SELECTED, text + at, strlen(word));
		text += at + strlen(word);
		len -= at + strlen(word);
	}
	cdk_text_add(&out, STYLE_TEXT, text, len);
	return str_take(&out);
}

static void fill_widget(struct viewer *viewer)
{
	/* CDK leaves the last line of a short text out: so one more. */
	char **lines = mem_zeroed(viewer->count + 2, sizeof *lines), *title = cdk_text(STYLE_TITLE, viewer->title);

	for (size_t i = 0; i < viewer->count; i++)
		lines[i] = marked_line(viewer, i);
	lines[viewer->count] = cdk_text(STYLE_TEXT, "");
	(void)setCDKViewer(viewer->widget, title, (CDK_CSTRING2)lines, (int)viewer->count + 1, A_NORMAL, TRUE, FALSE, TRUE);
	for (size_t i = 0; i <= viewer->count; i++)
		free(lines[i]);
	free(lines);
	free(title);
}

static size_t last_top(const struct viewer *viewer)
{
	return viewer->count > (size_t)viewer->seen ? viewer->count - (size_t)viewer->seen : 0;
}

static void draw_position(const struct viewer *viewer, struct pane *pane, int row)
{
	const size_t last = viewer->top + (size_t)viewer->seen;
	char *position = str_format("%zu/%zu ", last > viewer->count ? viewer->count : last, viewer->count);

	draw_cell_right(pane, row, pane_cols(pane) - POSITION_COLS, POSITION_COLS, STYLE_DIM, position);
	free(position);
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct viewer *viewer = self;
	const int below = pane_rows(pane) - 1, cols = pane_cols(pane);

	(void)whole;
	if (pane->serial != viewer->serial) {
		viewer->serial = pane->serial;
		viewer->widget = newCDKViewer(pane->cdk, LEFT, TOP, pane_rows(pane) - 1, cols, NULL, 0, A_NORMAL, TRUE, FALSE);
		viewer->stale = true;
	}
	if (viewer->widget == NULL)
		return;
	if (viewer->stale)
		fill_widget(viewer);
	viewer->stale = false;
	viewer->top = viewer->top > last_top(viewer) ? last_top(viewer) : viewer->top;
	viewer->widget->currentTop = (int)viewer->top;
	draw_caret(pane, 2, 1);
	if (viewer->finding) {
		int used = draw_text(pane, below, 1, cols - 2, STYLE_LABEL, _("Find: "));
		input_paint(viewer->find, pane, below, 1 + used, cols - 2 - used, true);
	} else {
		draw_cell(pane, below, 0, cols - POSITION_COLS, STYLE_DIM,
		          _(" Type a word to find it, Enter finds the next. Esc leaves."));
		draw_position(viewer, pane, below);
	}
}

static bool find_next(struct viewer *viewer)
{
	const size_t from = viewer->found == SIZE_MAX ? 0 : viewer->found + 1;

	for (size_t i = 0; i < viewer->count; i++) {
		const struct utf8_line *line = &viewer->lines[(from + i) % viewer->count];
		if (find_in(viewer->text + line->start, line->end - line->start, input_text(viewer->find)) == SIZE_MAX)
			continue;
		viewer->found = (from + i) % viewer->count;
		viewer->top = viewer->found > 2 ? viewer->found - 2 : 0;
		return true;
	}
	return false;
}

static enum react find(struct viewer *viewer, struct loop *loop)
{
	viewer->finding = false;
	if (input_text(viewer->find)[0] != '\0' && !find_next(viewer))
		loop_notice(loop, STYLE_WARN, _("\"%s\" is not in this text."), input_text(viewer->find));
	return REACT_REDRAW;
}

static enum react finding_key(struct viewer *viewer, struct loop *loop, const struct key *key)
{
	if (key_is(key, K_ENTER, 0))
		return find(viewer, loop);
	if (key_is(key, K_ESC, 0)) {
		viewer->finding = false;
		return REACT_REDRAW;
	}
	if (input_key(viewer->find, key) == INPUT_IGNORED)
		return REACT_IGNORED;
	viewer->found = SIZE_MAX;
	viewer->stale = true;
	return REACT_PAINT;
}

static enum react go(struct viewer *viewer, int code)
{
	const size_t page = viewer->seen > 1 ? (size_t)viewer->seen - 1 : 1;

	switch (code) {
	case K_UP:
		viewer->top -= viewer->top > 0 ? 1 : 0;
		break;
	case K_DOWN:
		viewer->top++;
		break;
	case K_PAGE_UP:
		viewer->top -= viewer->top > page ? page : viewer->top;
		break;
	case K_PAGE_DOWN:
		viewer->top += page;
		break;
	case K_HOME:
		viewer->top = 0;
		break;
	case K_END:
		viewer->top = last_top(viewer);
		break;
	default:
		return REACT_IGNORED;
	}
	return REACT_PAINT;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct viewer *viewer = self;

	(void)action;
	if (viewer->finding)
		return finding_key(viewer, loop, key);
	if (key_is(key, K_ESC, 0) || key_is(key, 'c', KEY_CTRL) || key_is(key, K_F10, 0))
		return REACT_CLOSE;
	if (key_is(key, K_ENTER, 0))
		return find(viewer, loop);
	if (key_is_text(key, " "))
		return go(viewer, K_PAGE_DOWN);
	if (key->kind == KEY_TEXT || key->kind == KEY_PASTED) {
		viewer->finding = true;
		viewer->found = SIZE_MAX;
		viewer->stale = true;
		input_set(viewer->find, key_is_text(key, "/") ? "" : key->text);
		return REACT_REDRAW;
	}
	return key->kind == KEY_NAMED && key->mods == 0 ? go(viewer, key->code) : REACT_IGNORED;
}

static bool takes_text(const void *self)
{
	(void)self;
	return true;
}

static const struct screen viewer_screen = {
	.name = "viewer", .flags = SCREEN_POPUP, .place = place, .layout = layout, .paint = paint, .handle = handle,
	.takes_text = takes_text, .free = viewer_free,
};

void viewer_open(struct loop *loop, const char *title, const char *text, const char *find_word)
{
	struct viewer *viewer = mem_new(struct viewer);

	viewer->title = mem_text(title);
	viewer->text = utf8_clean(text, true);
	viewer->find = input_new(&(struct input_options){ .max_chars = FIND_MOST });
	viewer->found = SIZE_MAX;
	input_set(viewer->find, find_word);
	layout(viewer, term_rows(), term_cols());
	if (!str_is_empty(find_word))
		(void)find_next(viewer);
	loop_push(loop, &viewer_screen, viewer);
}
