/* input: one line; see input.h. */
#include "tui/input.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tui/cells.h"
#include "tui/edit.h"

enum { CHARS_MOST = 4096 };

struct input {
	CDKOBJS obj;
	struct edit edit;
	struct input_options options;
	char *accepts;
	struct pane *pane; /* where it was painted last */
	int row, col, cols;
	bool focused;
	size_t left;       /* byte offset of the first column that is seen */
};

static void draw(CDKOBJS *object, boolean box);

static void release(CDKOBJS *object)
{
	struct input *input = (struct input *)(void *)object;

	edit_release(&input->edit);
	free(input->accepts);
}

static const CDKFUNCS functions = OBJECT_FUNCTIONS(vENTRY, draw, release);

struct input *input_new(const struct input_options *options)
{
	struct input *input = object_new(sizeof *input, &functions);

	input->options = *options;
	input->accepts = mem_text(options->accepts);
	input->edit.accepts = input->accepts;
	input->edit.max_chars = options->max_chars > 0 ? options->max_chars : CHARS_MOST;
	input->edit.halfwidth = options->halfwidth;
	input->edit.forgetful = options->masked;
	input->edit.burst_end = SIZE_MAX;
	return input;
}

void input_free(struct input **input)
{
	if (*input != NULL)
		object_free(&(*input)->obj);
	*input = NULL;
}

void input_set(struct input *input, const char *text)
{
	edit_set(&input->edit, text);
	input->left = 0;
}

const char *input_text(const struct input *input)
{
	return str_text(&input->edit.text);
}

size_t input_caret(const struct input *input)
{
	return input->edit.caret;
}

void input_set_caret(struct input *input, size_t caret)
{
	edit_set_caret(&input->edit, caret);
}

enum input_result input_insert(struct input *input, const char *text)
{
	return edit_insert(&input->edit, text);
}

enum input_result input_key(struct input *input, const struct key *key)
{
	if (key_is(key, K_HOME, 0) || key_is(key, 'a', KEY_CTRL)) {
		edit_set_caret(&input->edit, 0);
		return INPUT_MOVED;
	}
	if (key_is(key, K_END, 0) || key_is(key, 'e', KEY_CTRL)) {
		edit_set_caret(&input->edit, input->edit.text.len);
		return INPUT_MOVED;
	}
	return edit_key(&input->edit, key);
}

/* Columns from FROM to TO as they are painted: a masked character takes one. */
static int columns_between(const struct input *input, size_t from, size_t to)
{
	const char *text = input_text(input);
	int count = 0;

	if (!input->options.masked)
		return utf8_width_len(text + from, to - from);
	for (; from < to; from = utf8_next(text, from))
		count++;
	return count;
}

/* Scrolls so that the caret is seen, a third of the field at a time: one long step costs less than many short ones. */
static void bring_caret_into_sight(struct input *input)
{
	const char *text = input_text(input);
	const int step = input->cols / 3 + 1;
	size_t back;

	if (input->left > input->edit.text.len)
		input->left = 0;
	if (input->edit.caret < input->left || columns_between(input, input->left, input->edit.caret) > input->cols) {
		back = input->edit.caret;
		while (back > 0 && columns_between(input, back, input->edit.caret) < input->cols - step)
			back = utf8_prev(text, back);
		input->left = back;
	}
	if (columns_between(input, 0, input->edit.text.len) <= input->cols)
		input->left = 0;
}

static int draw_masked(const struct input *input)
{
	int count = columns_between(input, input->left, input->edit.text.len);

	count = count > input->cols ? input->cols : count;
	draw_fill(input->pane, input->row, input->col, count, STYLE_TEXT, '*');
	return count;
}

static void draw(CDKOBJS *object, boolean box)
{
	struct input *input = (struct input *)(void *)object;
	int used;

	(void)box;
	if (input->pane == NULL)
		return;
	bring_caret_into_sight(input);
	if (input->options.masked)
		used = draw_masked(input);
	else
		used = draw_text(input->pane, input->row, input->col, input->cols, STYLE_TEXT,
		                 input_text(input) + input->left);
	draw_fill(input->pane, input->row, input->col + used, input->cols - used, STYLE_DIM,
	          input->options.fill != '\0' ? input->options.fill : '_');
	if (input->focused)
		draw_caret(input->pane, input->row,
		           input->col + columns_between(input, input->left, input->edit.caret));
}

void input_paint(struct input *input, struct pane *pane, int row, int col, int cols, bool focused)
{
	object_stand(&input->obj, pane);
	input->pane = pane;
	input->row = row;
	input->col = col;
	input->cols = cols > 1 ? cols : 1;
	input->focused = focused;
	draw(&input->obj, FALSE);
	input->pane = NULL; /* panes come and go with the size of the screen */
}
