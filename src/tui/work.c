/* work: long work in steps, with a bar and a key that cancels; see loop.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/loop_parts.h"

enum { ROWS = 7, COLS_ = 60 };

struct labour {
	struct work work;
	void *self;
	char *title;
	struct str what;
	int permille;
	bool over;
};

static void labour_free(void *self)
{
	struct labour *labour = self;

	if (labour->work.free != NULL)
		labour->work.free(labour->self);
	str_release(&labour->what);
	free(labour->title);
	free(labour);
}

static struct rect place(void *self, int rows, int cols)
{
	(void)self;
	return loop_center(ROWS, COLS_, rows, cols);
}

static void paint(void *self, struct pane *pane, bool whole)
{
	const struct labour *labour = self;
	const int cols = pane_cols(pane);
	char *percent = str_format("%d%%", labour->permille / 10);

	if (whole) {
		draw_frame(pane, (struct rect){ 0, 0, ROWS, cols }, labour->title);
		draw_cell_right(pane, 5, 2, cols - 4, STYLE_DIM, _("Esc cancels"));
	}
	draw_bar(pane, 2, 2, cols - 10, labour->permille);
	draw_cell_right(pane, 2, cols - 7, 5, STYLE_TEXT, percent);
	draw_cell(pane, 3, 2, cols - 4, STYLE_DIM, str_text(&labour->what));
	draw_caret(pane, 5, 2);
	free(percent);
}

static void finish(struct labour *labour, struct loop *loop, bool cancelled, const struct err *err)
{
	enum react (*done)(void *, struct loop *, bool, const struct err *) = labour->work.done;

	labour->over = true;
	loop->pump = NULL;
	loop_answer(loop, labour, done(labour->self, loop, cancelled, err));
}

/* One step; the loop calls it as long as it answers true. */
static bool pump(struct loop *loop, void *self)
{
	struct labour *labour = self;
	struct err err;
	enum work_state state;

	err_clear(&err);
	str_clear(&labour->what);
	state = labour->work.step(labour->self, &labour->permille, &labour->what, &err);
	loop_react(loop, labour, REACT_PAINT);
	if (state == WORK_MORE)
		return true;
	finish(labour, loop, false, state == WORK_FAILED ? &err : NULL);
	return false;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	(void)action;
	if (!key_is(key, K_ESC, 0) && !key_is(key, 'c', KEY_CTRL))
		return REACT_IGNORED;
	finish(self, loop, true, NULL);
	return REACT_NONE;
}

/* The line is gone, or the program ends: no more steps. */
static void leave(void *self, struct loop *loop, enum leave why)
{
	struct labour *labour = self;

	(void)why;
	if (!labour->over)
		loop->pump = NULL;
}

static const struct screen work_screen = {
	.name = "work", .flags = SCREEN_POPUP, .place = place, .paint = paint, .handle = handle, .leave = leave,
	.free = labour_free,
};

void loop_work(struct loop *loop, const struct work *work, void *self)
{
	struct labour *labour = mem_new(struct labour);

	labour->work = *work;
	labour->self = self;
	labour->title = mem_text(work->title);
	loop_push(loop, &work_screen, labour);
	if (loop->layers[loop->count - 1]->self == labour) { /* unless it was one too many */
		loop->pump = pump;
		loop->pump_self = labour;
	}
}
