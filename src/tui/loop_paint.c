/* loop_paint: what is seen, from the stack of screens; see loop.h. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/loop_parts.h"

size_t loop_lowest_seen(const struct loop *loop)
{
	size_t i = loop->count;

	while (i > 0 && (loop->layers[i - 1]->screen->flags & SCREEN_POPUP) != 0)
		i--;
	return i > 0 ? i - 1 : 0;
}

struct rect loop_center(int rows, int cols, int screen_rows, int screen_cols)
{
	struct rect rect = { 0, 0, rows, cols };

	rect.rows = rect.rows > screen_rows - 2 ? screen_rows - 2 : rect.rows;
	rect.cols = rect.cols > screen_cols - 2 ? screen_cols - 2 : rect.cols;
	rect.row = (screen_rows - 1 - rect.rows) / 2;
	rect.col = (screen_cols - rect.cols) / 2;
	return rect;
}

void loop_free_panes(struct loop *loop)
{
	pane_free(&loop->base);
	pane_free(&loop->footer);
	pane_free(&loop->notice);
	for (size_t i = 0; i < loop->count; i++)
		pane_free(&loop->layers[i]->pane);
}

static struct rect place_of(const struct layer *layer)
{
	int rows = term_rows(), cols = term_cols();

	if (layer->screen->place == NULL)
		return loop_center(rows * 2 / 3, cols * 2 / 3, rows, cols);
	return layer->screen->place(layer->self, rows, cols);
}

static struct pane *pane_of(const struct loop *loop, const struct layer *layer)
{
	return (layer->screen->flags & SCREEN_POPUP) != 0 ? layer->pane : loop->base;
}

/* Panes of the right size for what is seen. */
static void make_panes(struct loop *loop, size_t lowest)
{
	int rows = term_rows(), cols = term_cols();
	bool footer = (loop->layers[lowest]->screen->flags & SCREEN_NO_FOOTER) == 0;

	loop_free_panes(loop);
	loop->base = pane_new((struct rect){ 0, 0, footer ? rows - 1 : rows, cols });
	loop->footer = footer ? pane_new((struct rect){ rows - 1, 0, 1, cols }) : NULL;
	loop->footer_screen = NULL;
	for (size_t i = lowest; i < loop->count; i++) {
		if ((loop->layers[i]->screen->flags & SCREEN_POPUP) != 0)
			loop->layers[i]->pane = pane_new(place_of(loop->layers[i]));
	}
}

static void paint_layer(struct loop *loop, struct layer *layer, bool lay_out, bool whole)
{
	struct pane *pane = pane_of(loop, layer);
	const struct screen *screen = layer->screen;
	struct err err;

	if (pane == NULL)
		return;
	if (layer->want == REACT_RELOAD && screen->reload != NULL && !screen->reload(layer->self, loop, &err))
		loop_notice_err(loop, &err);
	if ((lay_out || layer->want >= REACT_LAYOUT) && screen->layout != NULL)
		screen->layout(layer->self, pane_rows(pane), pane_cols(pane));
	whole = whole || layer->want >= REACT_REDRAW;
	layer->want = REACT_NONE;
	if (whole)
		draw_clear(pane);
	screen->paint(layer->self, pane, whole);
}

/* One entry of the footer at COL; its columns, painted only if PANE is given. */
static int footer_entry(const struct loop *loop, struct pane *pane, int col, int id, unsigned holds)
{
	const struct action *action = actions_get(loop->options.actions, id);
	char key[KEY_NAME_SIZE];
	bool possible;
	int used, between;

	if (action == NULL || action->label == NULL || actions_key(loop->options.actions, id, key)[0] == '\0')
		return 0;
	between = (unsigned char)_(action->label)[0] < 0x80 ? 1 : 0; /* "F9 Save", but no blank before Chinese */
	if (pane == NULL)
		return utf8_width(key) + between + utf8_width(_(action->label)) + 1;
	possible = (action->needs & ~holds) == 0;
	used = draw_text(pane, 0, col, pane_cols(pane) - col, possible ? STYLE_KEY : STYLE_DIM, key) + between;
	used += draw_text(pane, 0, col + used, pane_cols(pane) - col - used, possible ? STYLE_FOOTER : STYLE_DIM,
	                  _(action->label));
	return used + 1;
}

/* The screen's actions from the left, the global ones at the right end. */
static void paint_footer(struct loop *loop, const struct layer *layer)
{
	unsigned holds = loop_holds(loop, layer);
	const int *global = (layer->screen->flags & SCREEN_MODAL_KEYS) != 0 ? NULL : loop->options.global;
	int right = pane_cols(loop->footer), col = 1;

	if (loop->footer_screen == layer->screen && loop->footer_holds == holds)
		return;
	loop->footer_screen = layer->screen;
	loop->footer_holds = holds;
	draw_clear(loop->footer);
	for (const int *id = global; id != NULL && *id != 0; id++)
		right -= footer_entry(loop, NULL, 0, *id, holds);
	for (const int *id = layer->screen->actions; id != NULL && *id != 0; id++) {
		if (col + footer_entry(loop, NULL, 0, *id, holds) <= right)
			col += footer_entry(loop, loop->footer, col, *id, holds);
	}
	for (const int *id = global; id != NULL && *id != 0; id++)
		right += footer_entry(loop, loop->footer, right, *id, holds);
	pane_show(loop->footer, false);
}

static void paint_notice(struct loop *loop)
{
	if (loop->notice_text == NULL)
		return;
	if (loop->notice == NULL)
		loop->notice = pane_new((struct rect){ term_rows() - 2, 0, 1, term_cols() });
	if (loop->notice == NULL)
		return;
	draw_clear(loop->notice);
	draw_cell(loop->notice, 0, 1, pane_cols(loop->notice) - 2, loop->notice_style, loop->notice_text);
	pane_show(loop->notice, true);
}

static void paint_too_small(struct loop *loop)
{
	char *text = str_format(_("The window is %d x %d. At least %d x %d is needed. Nothing is lost."),
	                        term_cols(), term_rows(), TERM_LEAST_COLS, TERM_LEAST_ROWS);

	loop_free_panes(loop);
	loop->base = pane_new((struct rect){ 0, 0, term_rows(), term_cols() });
	if (loop->base != NULL) {
		draw_wrapped(loop->base, (struct rect){ 0, 0, term_rows(), term_cols() }, STYLE_TEXT, text);
		draw_caret(loop->base, 0, 0);
		pane_show(loop->base, true);
	}
	loop->rebuild = true;
	free(text);
	term_flush();
}

static bool is_wanted(const struct loop *loop, size_t lowest)
{
	for (size_t i = lowest; i < loop->count; i++) {
		if (loop->layers[i]->want != REACT_NONE)
			return true;
	}
	return loop->rebuild || loop->reveal;
}

void loop_prepare(struct loop *loop)
{
	size_t lowest = loop_lowest_seen(loop);
	bool over = loop->rebuild || loop->reveal;

	if (!is_wanted(loop, lowest))
		return;
	if (loop->rebuild)
		make_panes(loop, lowest);
	for (size_t i = lowest; i < loop->count; i++) {
		struct layer *layer = loop->layers[i];
		bool painted = loop->rebuild || layer->want != REACT_NONE;
		if (painted)
			paint_layer(loop, layer, loop->rebuild, loop->rebuild);
		if ((painted || over) && pane_of(loop, layer) != NULL)
			pane_show(pane_of(loop, layer), over || i > lowest);
		over = over || painted;
	}
	if (loop->footer != NULL)
		paint_footer(loop, loop->layers[lowest]);
	loop->rebuild = loop->reveal = false;
}

void loop_show(struct loop *loop)
{
	if (loop->count == 0)
		return;
	if (term_is_too_small()) {
		paint_too_small(loop);
		return;
	}
	loop_prepare(loop);
	paint_notice(loop);
	term_flush();
}

void loop_notice(struct loop *loop, enum style style, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;

	free(loop->notice_text);
	loop->notice_text = NULL;
	pane_free(&loop->notice);
	loop->reveal = true;
	if (format == NULL)
		return;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	loop->notice_text = utf8_clean(str_text(&text), false);
	loop->notice_style = style;
	str_release(&text);
}

void loop_notice_err(struct loop *loop, const struct err *err)
{
	loop_notice(loop, STYLE_FAIL, "%s", err->text);
}
