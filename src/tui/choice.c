/* choice: a filter over CDK's scroll list (one) or selection list (many); see choice.h. */
#include "tui/choice.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/pinyin.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/cdk_glyph.h"
#include "tui/input.h"
#include "tui/loop_parts.h"

enum {
	SHOWN_MOST = 500, /* more than anybody scrolls through: type to narrow */
	FILTER_MOST = 60,
	DIGITS = 9,
	LIST_ROW = 2,     /* below the frame and the filter */
	ROWS_AROUND = 4,  /* frame, filter, hint */
	TICK_COLS = 4,
};
/* What a row of the list can stand for beside an item. */
#define NO_ITEM ((size_t)-1)
#define AS_TYPED ((size_t)-2)

struct item {
	char *label, *note;
	bool chosen;
};

struct choice {
	char *title, *none;
	struct item *items;
	size_t count;
	bool many, may_be_none, free_text;
	enum react (*done)(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text);
	enum react (*cancelled)(void *owner, struct loop *loop);
	void *owner;

	struct input *filter;
	int cols;            /* of the widest row */
	size_t *shown;       /* items that pass the filter, or one of the two above */
	size_t shown_count;
	bool cut;            /* more pass than are shown */
	bool sought;         /* something was typed and nothing ticked since: Enter means the row it found */
	size_t at;           /* row of the list */
	struct pane *pane;   /* what the widget was made on; there whenever a key comes */
	unsigned serial;
	CDKSCROLL *one;
	CDKSELECTION *several;
};

static void choice_free(void *self)
{
	struct choice *choice = self;

	for (size_t i = 0; i < choice->count; i++) {
		free(choice->items[i].label);
		free(choice->items[i].note);
	}
	free(choice->items);
	free(choice->shown);
	free(choice->title);
	free(choice->none);
	input_free(&choice->filter);
	free(choice);
}

static bool has_digits(const struct choice *choice)
{
	return choice->count <= DIGITS && input_text(choice->filter)[0] == '\0';
}

static void filter_items(struct choice *choice)
{
	const char *query = input_text(choice->filter);

	choice->shown_count = 0;
	choice->cut = false;
	if (choice->may_be_none && !choice->many && query[0] == '\0')
		choice->shown[choice->shown_count++] = NO_ITEM;
	for (size_t i = 0; i < choice->count && !choice->cut; i++) {
		const struct item *item = &choice->items[i];
		if (!pinyin_finds(item->label, query) && (item->note == NULL || !pinyin_finds(item->note, query)))
			continue;
		choice->cut = choice->shown_count >= SHOWN_MOST;
		if (!choice->cut)
			choice->shown[choice->shown_count++] = i;
	}
	if (choice->free_text && query[0] != '\0')
		choice->shown[choice->shown_count++] = AS_TYPED;
	choice->at = 0;
}

/* Row ROW of the list as CDK takes it. */
static char *row_text(const struct choice *choice, size_t row)
{
	const size_t index = choice->shown[row];
	struct str text = STR_INIT;
	const char *label, *note = NULL;
	char digit[] = "  "; /* a column for digits, if the list is ever short enough */

	if (index == NO_ITEM) {
		label = choice->none;
	} else if (index == AS_TYPED) {
		label = input_text(choice->filter);
		note = _("as typed");
	} else {
		label = choice->items[index].label;
		note = choice->items[index].note;
		digit[0] = has_digits(choice) ? (char)('1' + index) : ' ';
	}
	if (choice->count <= DIGITS)
		cdk_text_add(&text, STYLE_DIM, digit, SIZE_MAX);
	cdk_text_add(&text, STYLE_TEXT, label, SIZE_MAX);
	if (!str_is_empty(note)) {
		cdk_text_add(&text, STYLE_DIM, "  ", SIZE_MAX);
		cdk_text_add(&text, STYLE_DIM, note, SIZE_MAX);
	}
	return str_take(&text);
}

/* CDK's ticks back into the items, before its widget goes. */
static void keep_ticks(struct choice *choice)
{
	for (size_t i = 0; choice->several != NULL && i < choice->shown_count; i++) {
		if (choice->shown[i] < choice->count)
			choice->items[choice->shown[i]].chosen = choice->several->selections[i] != 0;
	}
}

static void make_one(struct choice *choice, struct pane *pane, char **rows)
{
	const int row = getbegy(pane->window) + LIST_ROW, col = getbegx(pane->window) + 1;

	choice->one = newCDKScroll(pane->cdk, col, row, NONE, pane_rows(pane) - ROWS_AROUND, pane_cols(pane) - 2, NULL,
	                           (CDK_CSTRING2)rows, (int)choice->shown_count, FALSE, style_cdk(STYLE_SELECTED),
	                           FALSE, FALSE);
	if (choice->one != NULL)
		setCDKScrollPosition(choice->one, (int)choice->at);
}

static void make_several(struct choice *choice, struct pane *pane, char **rows)
{
	const int row = getbegy(pane->window) + LIST_ROW, col = getbegx(pane->window) + 1;
	const char *ticks[] = { "[ ] ", "[x] " };

	choice->several = newCDKSelection(pane->cdk, col, row, NONE, pane_rows(pane) - ROWS_AROUND, pane_cols(pane) - 2,
	                                  NULL, (CDK_CSTRING2)rows, (int)choice->shown_count, (CDK_CSTRING2)ticks, 2,
	                                  style_cdk(STYLE_SELECTED), FALSE, FALSE);
	for (size_t i = 0; choice->several != NULL && i < choice->shown_count; i++)
		choice->several->selections[i] = choice->shown[i] < choice->count && choice->items[choice->shown[i]].chosen;
	if (choice->several != NULL)
		setCDKSelectionCurrent(choice->several, (int)choice->at);
}

static void drop_widget(struct choice *choice)
{
	if (choice->one != NULL)
		destroyCDKScroll(choice->one);
	if (choice->several != NULL)
		destroyCDKSelection(choice->several);
	choice->one = NULL;
	choice->several = NULL;
}

/* The list is made anew with every change of the filter: CDK keeps what it once measured. */
static void make_list(struct choice *choice)
{
	char **rows = mem_zeroed(choice->shown_count + 1, sizeof *rows);

	drop_widget(choice);
	for (size_t i = 0; i < choice->shown_count; i++)
		rows[i] = row_text(choice, i);
	if (choice->shown_count > 0 && choice->many)
		make_several(choice, choice->pane, rows);
	else if (choice->shown_count > 0)
		make_one(choice, choice->pane, rows);
	for (size_t i = 0; i < choice->shown_count; i++)
		free(rows[i]);
	free(rows);
}

static struct rect place(void *self, int rows, int cols)
{
	const struct choice *choice = self;
	const int items = (int)(choice->count > 200 ? 200 : choice->count) + (choice->may_be_none ? 1 : 0) +
	                  (choice->free_text ? 1 : 0);

	return loop_center(items + ROWS_AROUND < rows - 4 ? items + ROWS_AROUND : rows - 4, choice->cols + 4, rows, cols);
}

static const char *hint(const struct choice *choice)
{
	if (choice->cut)
		return _("There are more: type to narrow. Enter takes, Esc leaves.");
	if (choice->many)
		return _("Space ticks, Enter takes, Esc leaves.");
	return _("Type to filter (text or initials). Enter takes, Esc leaves.");
}

static int list_top(const struct choice *choice)
{
	if (choice->one != NULL)
		return choice->one->currentTop;
	return choice->several != NULL ? choice->several->currentTop : 0;
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct choice *choice = self;
	const struct rect all = { 0, 0, pane_rows(pane), pane_cols(pane) };

	if (pane->serial != choice->serial) {
		choice->one = NULL; /* they went with their pane */
		choice->several = NULL;
		choice->pane = pane;
		choice->serial = pane->serial;
		make_list(choice);
	}
	if (whole)
		draw_frame(pane, all, choice->title);
	draw_cell(pane, all.rows - 2, 1, all.cols - 2, STYLE_DIM, hint(choice));
	draw_cell(pane, LIST_ROW, 1, all.cols - 2, STYLE_DIM, choice->shown_count == 0 ? _("Nothing fits.") : "");
	input_paint(choice->filter, pane, 1, 2, all.cols - 4, true);
	if (input_text(choice->filter)[0] == '\0')
		draw_caret(pane, LIST_ROW + (int)choice->at - list_top(choice), 1);
}

static enum react cancel(struct choice *choice, struct loop *loop)
{
	if (choice->cancelled == NULL)
		return REACT_CLOSE;
	loop_answer(loop, choice, choice->cancelled(choice->owner, loop));
	return REACT_NONE;
}

/* Hands over what is ticked, or the row the cursor stands on. */
static enum react take(struct choice *choice, struct loop *loop)
{
	size_t *picked, count = 0;
	const char *text = NULL;

	/* Nothing ticked because nothing was found is not what anybody meant. */
	if (choice->shown_count == 0 && (!choice->many || input_text(choice->filter)[0] != '\0')) {
		loop_notice(loop, STYLE_WARN, "%s", _("Nothing fits what was typed. Delete some of it, or press Esc."));
		return REACT_NONE;
	}
	picked = mem_zeroed(choice->count + 1, sizeof *picked);
	keep_ticks(choice);
	if (choice->many && choice->sought && choice->shown_count > 0 && choice->shown[choice->at] < choice->count)
		choice->items[choice->shown[choice->at]].chosen = true;
	for (size_t i = 0; choice->many && i < choice->count; i++) {
		if (choice->items[i].chosen)
			picked[count++] = i;
	}
	if (!choice->many && choice->shown[choice->at] < choice->count)
		picked[count++] = choice->shown[choice->at];
	if (choice->shown_count > 0 && choice->shown[choice->at] == AS_TYPED)
		text = input_text(choice->filter);
	loop_answer(loop, choice, choice->done(choice->owner, loop, picked, count, text));
	free(picked);
	return REACT_NONE;
}

static enum react go(struct choice *choice, chtype input)
{
	if (choice->one != NULL) {
		(void)injectCDKScroll(choice->one, input);
		choice->at = (size_t)choice->one->currentItem;
	} else if (choice->several != NULL) {
		(void)injectCDKSelection(choice->several, input);
		choice->at = (size_t)choice->several->currentItem;
	}
	return REACT_PAINT;
}

static enum react take_digit(struct choice *choice, struct loop *loop, size_t index)
{
	size_t row = 0;

	while (row < choice->shown_count && choice->shown[row] != index)
		row++;
	if (row == choice->shown_count)
		return REACT_NONE;
	choice->at = row;
	if (!choice->many)
		return take(choice, loop);
	choice->sought = false;
	keep_ticks(choice);
	choice->items[index].chosen = !choice->items[index].chosen;
	make_list(choice);
	return REACT_PAINT;
}

static enum react filter_key(struct choice *choice, const struct key *key)
{
	switch (input_key(choice->filter, key)) {
	case INPUT_CHANGED:
	case INPUT_REFUSED:
		keep_ticks(choice);
		filter_items(choice);
		make_list(choice);
		choice->sought = input_text(choice->filter)[0] != '\0';
		return REACT_PAINT;
	case INPUT_MOVED:
		return REACT_PAINT;
	case INPUT_IGNORED:
		break;
	}
	return REACT_IGNORED;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct choice *choice = self;

	(void)action;
	if (key_is(key, K_ESC, 0) || key_is(key, 'c', KEY_CTRL))
		return cancel(choice, loop);
	if (key_is(key, K_ENTER, 0) || key_is(key, K_TAB, 0))
		return take(choice, loop);
	if (key->kind == KEY_NAMED && key->mods == 0 && key->code >= K_UP && key->code <= K_PAGE_DOWN &&
	    key->code != K_LEFT && key->code != K_RIGHT)
		return go(choice, key_for_cdk(key));
	if (choice->many && key_is_text(key, " ")) {
		choice->sought = false;
		return go(choice, ' ');
	}
	if (key->kind == KEY_TEXT && key->len == 1 && key->text[0] >= '1' && key->text[0] <= '9' && has_digits(choice) &&
	    (size_t)(key->text[0] - '1') < choice->count)
		return take_digit(choice, loop, (size_t)(key->text[0] - '1'));
	return filter_key(choice, key);
}

/* No takes_text(): a burst comes character by character, since blanks and digits mean something. */
static const struct screen choice_screen = {
	.name = "choice", .flags = SCREEN_POPUP, .place = place, .paint = paint, .handle = handle, .free = choice_free,
};

static void copy_items(struct choice *choice, const struct choice_options *options)
{
	int label, note;

	choice->items = mem_zeroed(options->count + 1, sizeof *choice->items);
	choice->count = options->count;
	choice->cols = utf8_width(options->title) + 4;
	for (size_t i = 0; i < options->count; i++) {
		choice->items[i] = (struct item){ mem_text(options->items[i].label), mem_text(options->items[i].note),
			                          options->many && options->items[i].chosen };
		label = utf8_width(choice->items[i].label) + 2 + (options->many ? TICK_COLS : 0);
		note = choice->items[i].note != NULL ? utf8_width(choice->items[i].note) + 2 : 0;
		choice->cols = label + note > choice->cols ? label + note : choice->cols;
	}
	note = utf8_width(hint(choice));
	choice->cols = note > choice->cols ? note : choice->cols;
}

void choice_open(struct loop *loop, const struct choice_options *options)
{
	struct choice *choice = mem_new(struct choice);

	choice->title = mem_text(options->title);
	choice->many = options->many;
	choice->may_be_none = options->may_be_none;
	choice->none = mem_text(options->none ? options->none : _("(none)"));
	choice->free_text = options->free_text;
	choice->done = options->done;
	choice->cancelled = options->cancelled;
	choice->owner = options->owner;
	choice->filter = input_new(&(struct input_options){ .max_chars = FILTER_MOST });
	choice->shown = mem_zeroed(options->count + 2, sizeof *choice->shown);
	copy_items(choice, options);
	filter_items(choice);
	for (size_t row = 0; !options->many && row < choice->shown_count; row++) {
		if (choice->shown[row] < options->count && options->items[choice->shown[row]].chosen)
			choice->at = row;
	}
	loop_push(loop, &choice_screen, choice);
}
