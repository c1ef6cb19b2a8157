/* prompt: a dialog with a field, a list of phrases and CDK's buttons; see dialog.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/area.h"
#include "tui/cdk_glyph.h"
#include "tui/choice.h"
#include "tui/dialog.h"
#include "tui/loop_parts.h"

enum { COLS_ = 64, AREA_ROWS = 5, BUTTONS_COLS = 30, BUTTON_TAKE = 0 };

struct prompt {
	char *title, *text, *fault;
	struct input *input; /* one of the two */
	struct area *area;
	bool must, on_buttons;
	char **phrases;
	size_t phrase_count;
	CDKBUTTONBOX *buttons;
	int button_at;
	unsigned serial;     /* of the pane that BUTTONS were made on */
	const char *(*check)(void *owner, const char *text);
	enum react (*done)(void *owner, struct loop *loop, const char *text);
	void *owner;
};

static void prompt_free(void *self)
{
	struct prompt *prompt = self;

	for (size_t i = 0; i < prompt->phrase_count; i++)
		free(prompt->phrases[i]);
	free(prompt->phrases);
	input_free(&prompt->input);
	area_free(&prompt->area);
	free(prompt->title);
	free(prompt->text);
	free(prompt->fault);
	free(prompt);
}

static int text_rows(const struct prompt *prompt, int cols)
{
	struct utf8_line *lines;
	int rows;

	if (str_is_empty(prompt->text))
		return 0;
	rows = (int)utf8_wrap(prompt->text, cols, &lines);
	free(lines);
	return rows;
}

static int field_rows(const struct prompt *prompt)
{
	return prompt->input != NULL ? 1 : AREA_ROWS;
}

/* Frame, text, field, fault, buttons. */
static struct rect place(void *self, int rows, int cols)
{
	const struct prompt *prompt = self;
	return loop_center(text_rows(prompt, COLS_ - 4) + field_rows(prompt) + 6, COLS_, rows, cols);
}

static void make_buttons(struct prompt *prompt, struct pane *pane)
{
	char *take = str_format("1 %s", _("OK")), *leave = str_format("2 %s", _("Cancel"));
	char *labels[] = { cdk_text(STYLE_TEXT, take), cdk_text(STYLE_TEXT, leave) };

	prompt->buttons = newCDKButtonbox(pane->cdk, LEFT, TOP, 1, BUTTONS_COLS, NULL, 1, 2, (CDK_CSTRING2)labels, 2,
	                                  A_NORMAL, FALSE, FALSE);
	if (prompt->buttons != NULL) { /* CDK's least height is three rows */
		(void)wresize(prompt->buttons->win, 1, BUTTONS_COLS);
		(void)mvwin(prompt->buttons->win, getbegy(pane->window) + pane_rows(pane) - 2, getbegx(pane->window) + 2);
	}
	free(labels[0]);
	free(labels[1]);
	free(take);
	free(leave);
}

/* As CDK lays them out. */
static int button_column(const CDKBUTTONBOX *buttons, int at)
{
	return 2 + buttons->colAdjust / 2 + at * (buttons->columnWidths[0] + buttons->colAdjust);
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct prompt *prompt = self;
	const int rows = pane_rows(pane), cols = pane_cols(pane), text = text_rows(prompt, cols - 4);

	if (pane->serial != prompt->serial) {
		prompt->serial = pane->serial;
		make_buttons(prompt, pane);
	}
	if (whole) {
		draw_frame(pane, (struct rect){ 0, 0, rows, cols }, prompt->title);
		(void)draw_wrapped(pane, (struct rect){ 1, 2, text, cols - 4 }, STYLE_TEXT, prompt->text);
		if (prompt->phrase_count > 0)
			draw_cell_right(pane, rows - 2, BUTTONS_COLS + 4, cols - BUTTONS_COLS - 6, STYLE_DIM, _("F3 phrases"));
	}
	draw_cell(pane, rows - 4, 2, cols - 4, STYLE_FAIL, prompt->fault);
	if (prompt->buttons != NULL) {
		prompt->buttons->currentButton = prompt->button_at;
		setCDKButtonboxHighlight(prompt->buttons, prompt->on_buttons ? style_cdk(STYLE_SELECTED) : A_NORMAL);
		draw_caret(pane, rows - 2, button_column(prompt->buttons, prompt->button_at));
	}
	if (prompt->input != NULL)
		input_paint(prompt->input, pane, text + 1, 2, cols - 4, !prompt->on_buttons);
	else
		area_paint(prompt->area, pane, (struct rect){ text + 1, 2, field_rows(prompt), cols - 4 }, !prompt->on_buttons);
}

static const char *typed(const struct prompt *prompt)
{
	return prompt->input != NULL ? input_text(prompt->input) : area_text(prompt->area);
}

static enum react refuse(struct prompt *prompt, const char *why)
{
	free(prompt->fault);
	prompt->fault = mem_text(why);
	prompt->on_buttons = false;
	return REACT_PAINT;
}

static enum react take(struct prompt *prompt, struct loop *loop)
{
	const char *fault = NULL;

	if (prompt->must && typed(prompt)[strspn(typed(prompt), " \n")] == '\0')
		return refuse(prompt, _("Something must be written here."));
	if (prompt->check != NULL)
		fault = prompt->check(prompt->owner, typed(prompt));
	if (fault != NULL)
		return refuse(prompt, fault);
	loop_answer(loop, prompt, prompt->done(prompt->owner, loop, typed(prompt)));
	return REACT_NONE;
}

static enum react cancel(struct prompt *prompt, struct loop *loop)
{
	loop_answer(loop, prompt, prompt->done(prompt->owner, loop, NULL));
	return REACT_NONE;
}

static enum react phrase_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct prompt *prompt = owner;

	(void)loop, (void)text;
	if (count > 0 && prompt->input != NULL)
		(void)input_insert(prompt->input, prompt->phrases[picked[0]]);
	else if (count > 0)
		(void)area_insert(prompt->area, prompt->phrases[picked[0]]);
	return REACT_PAINT;
}

static enum react open_phrases(struct prompt *prompt, struct loop *loop)
{
	struct choice_item *items;

	if (prompt->phrase_count == 0)
		return REACT_IGNORED;
	items = mem_zeroed(prompt->phrase_count, sizeof *items);
	for (size_t i = 0; i < prompt->phrase_count; i++)
		items[i].label = prompt->phrases[i];
	choice_open(loop, &(struct choice_options){ .title = _("Phrases"), .items = items, .count = prompt->phrase_count,
	                                            .done = phrase_chosen, .owner = prompt });
	free(items);
	return REACT_NONE;
}

static enum react buttons_key(struct prompt *prompt, struct loop *loop, const struct key *key)
{
	if (key_is_text(key, "1") || (key_is(key, K_ENTER, 0) && prompt->button_at == BUTTON_TAKE))
		return take(prompt, loop);
	if (key_is_text(key, "2") || key_is(key, K_ENTER, 0))
		return cancel(prompt, loop);
	if (key_is(key, K_TAB, 0) || key_is(key, K_BACKTAB, 0) || key_is(key, K_UP, 0)) {
		prompt->on_buttons = false;
		return REACT_PAINT;
	}
	if (prompt->buttons == NULL || !(key_is(key, K_LEFT, 0) || key_is(key, K_RIGHT, 0)))
		return REACT_IGNORED;
	(void)injectCDKButtonbox(prompt->buttons, key_for_cdk(key));
	prompt->button_at = prompt->buttons->currentButton;
	return REACT_PAINT;
}

static enum react field_key(struct prompt *prompt, const struct key *key)
{
	const enum input_result result = prompt->input != NULL ? input_key(prompt->input, key) : area_key(prompt->area, key);

	if (result == INPUT_IGNORED)
		return REACT_IGNORED;
	if (result == INPUT_CHANGED) {
		free(prompt->fault);
		prompt->fault = NULL;
	}
	return REACT_PAINT;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct prompt *prompt = self;

	(void)action;
	if (key_is(key, K_ESC, 0) || key_is(key, 'c', KEY_CTRL))
		return cancel(prompt, loop);
	if (key_is(key, K_F9, 0) || (prompt->input != NULL && !prompt->on_buttons && key_is(key, K_ENTER, 0)))
		return take(prompt, loop);
	if (key_is(key, K_F3, 0))
		return open_phrases(prompt, loop);
	if (prompt->on_buttons)
		return buttons_key(prompt, loop, key);
	if (key_is(key, K_TAB, 0)) {
		prompt->on_buttons = true;
		return REACT_PAINT;
	}
	return field_key(prompt, key);
}

static bool takes_text(const void *self)
{
	return !((const struct prompt *)self)->on_buttons;
}

static const struct screen prompt_screen = {
	.name = "prompt", .flags = SCREEN_POPUP, .place = place, .paint = paint, .handle = handle,
	.takes_text = takes_text, .free = prompt_free,
};

void dialog_prompt(struct loop *loop, const struct prompt_options *options)
{
	struct prompt *prompt = mem_new(struct prompt);

	prompt->title = mem_text(options->title);
	prompt->text = mem_text(options->text);
	prompt->must = options->must;
	prompt->check = options->check;
	prompt->done = options->done;
	prompt->owner = options->owner;
	if (options->one_line || options->masked) {
		prompt->input = input_new(
			&(struct input_options){ .max_chars = options->max_chars, .masked = options->masked });
		input_set(prompt->input, options->initial);
	} else {
		prompt->area = area_new(options->max_chars);
		area_set(prompt->area, options->initial);
	}
	prompt->phrases = mem_zeroed(options->phrase_count + 1, sizeof *prompt->phrases);
	prompt->phrase_count = options->phrase_count;
	for (size_t i = 0; i < options->phrase_count; i++)
		prompt->phrases[i] = mem_text(options->phrases[i]);
	loop_push(loop, &prompt_screen, prompt);
}
