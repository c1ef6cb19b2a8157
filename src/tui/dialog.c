/* dialog: CDK's dialog, injected with keys by the loop; see dialog.h. Prompts: prompt.c. */
#include "tui/dialog.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/cdk_glyph.h"
#include "tui/loop_parts.h"

enum { TEXT_COLS = 60, LINES_MOST = 16, LEAST_COLS = 10 /* CDK's */ };

struct dialog {
	char *lines[LINES_MOST + 2]; /* as CDK takes them */
	int line_count, line_cols;
	char *buttons[DIALOG_BUTTONS_MOST];
	size_t button_count;
	int button_cols;
	size_t focus;
	CDKDIALOG *widget;
	unsigned serial; /* of the pane that WIDGET was made on */
	enum react (*done)(void *owner, struct loop *loop, size_t answer);
	enum react (*confirmed)(void *owner, struct loop *loop, bool yes);
	void *owner;
};

static void add_line(struct dialog *dialog, enum style style, const char *text, size_t len)
{
	struct str line = STR_INIT;
	int cols = utf8_width_len(text, len);

	cdk_text_add(&line, style, text, len);
	dialog->lines[dialog->line_count++] = str_take(&line);
	dialog->line_cols = cols > dialog->line_cols ? cols : dialog->line_cols;
}

static void add_text(struct dialog *dialog, enum style style, const char *text)
{
	struct utf8_line *lines;
	size_t count = utf8_wrap(text, TEXT_COLS, &lines);

	for (size_t i = 0; i < count && dialog->line_count < LINES_MOST + 2; i++)
		add_line(dialog, style, text + lines[i].start, lines[i].end - lines[i].start);
	free(lines);
}

static void add_button(struct dialog *dialog, const char *label)
{
	char *text = str_format(" %zu %s ", dialog->button_count + 1, label);

	dialog->button_cols += utf8_width(text) + 1;
	dialog->buttons[dialog->button_count++] = cdk_text(STYLE_TEXT, text);
	free(text);
}

static struct dialog *dialog_new(enum style style, const char *title, const char *text)
{
	struct dialog *dialog = mem_new(struct dialog);

	if (!str_is_empty(title)) {
		add_text(dialog, STYLE_TITLE, title);
		add_line(dialog, STYLE_TEXT, "", 0);
	}
	add_text(dialog, style, text == NULL ? "" : text);
	return dialog;
}

static void dialog_free(void *self)
{
	struct dialog *dialog = self;

	for (int i = 0; i < dialog->line_count; i++)
		free(dialog->lines[i]);
	for (size_t i = 0; i < dialog->button_count; i++)
		free(dialog->buttons[i]);
	free(dialog);
}

/* As CDK will make its box: borders, a separator, the row of buttons. */
static struct rect place(void *self, int rows, int cols)
{
	const struct dialog *dialog = self;
	int width = dialog->line_cols > dialog->button_cols - 1 ? dialog->line_cols : dialog->button_cols - 1;

	width = width < LEAST_COLS ? LEAST_COLS : width;
	return loop_center(dialog->line_count + 4, width + 4, rows, cols);
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct dialog *dialog = self;

	(void)whole;
	if (pane->serial != dialog->serial) {
		dialog->serial = pane->serial;
		dialog->widget = newCDKDialog(pane->cdk, LEFT, TOP, (CDK_CSTRING2)dialog->lines, dialog->line_count,
		                              (CDK_CSTRING2)dialog->buttons, (int)dialog->button_count,
		                              style_cdk(STYLE_SELECTED), TRUE, TRUE, FALSE);
	}
	if (dialog->widget == NULL)
		return;
	dialog->widget->currentButton = (int)dialog->focus;
	draw_caret(pane, pane_rows(pane) - 2, dialog->widget->buttonPos[dialog->focus] + 1);
}

static void answer(struct dialog *dialog, struct loop *loop, size_t button)
{
	if (dialog->confirmed != NULL)
		loop_answer(loop, dialog, dialog->confirmed(dialog->owner, loop, button == 0));
	else if (dialog->done != NULL)
		loop_answer(loop, dialog, dialog->done(dialog->owner, loop, button));
	else
		(void)loop_close_popup(loop, dialog);
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct dialog *dialog = self;
	const chtype input = key_for_cdk(key);
	int chosen;

	(void)action;
	if (key_is(key, K_ESC, 0) || key_is(key, 'c', KEY_CTRL)) {
		answer(dialog, loop, dialog->button_count);
		return REACT_NONE;
	}
	for (size_t i = 0; i < dialog->button_count; i++) {
		const char digit[] = { (char)('1' + i), '\0' };
		if (key_is_text(key, digit)) {
			answer(dialog, loop, i);
			return REACT_NONE;
		}
	}
	if (dialog->widget == NULL || input == 0)
		return REACT_IGNORED;
	chosen = injectCDKDialog(dialog->widget, input);
	dialog->focus = (size_t)dialog->widget->currentButton;
	if (dialog->widget->exitType != vNORMAL)
		return REACT_PAINT;
	answer(dialog, loop, (size_t)chosen);
	return REACT_NONE;
}

static const struct screen dialog_screen = {
	.name = "dialog", .flags = SCREEN_POPUP, .place = place, .paint = paint, .handle = handle, .free = dialog_free,
};

void dialog_message(struct loop *loop, enum style style, const char *title, const char *text)
{
	struct dialog *dialog = dialog_new(style, title, text);

	add_button(dialog, _("OK"));
	loop_push(loop, &dialog_screen, dialog);
}

void dialog_ask(struct loop *loop, const struct dialog_options *options)
{
	struct dialog *dialog = dialog_new(STYLE_TEXT, options->title, options->text);

	for (size_t i = 0; i < options->count && i < DIALOG_BUTTONS_MOST; i++)
		add_button(dialog, options->buttons[i]);
	dialog->focus = options->preset < dialog->button_count ? options->preset : 0;
	dialog->done = options->done;
	dialog->owner = options->owner;
	loop_push(loop, &dialog_screen, dialog);
}

void dialog_confirm(struct loop *loop, const char *text, bool dangerous,
                    enum react (*done)(void *owner, struct loop *loop, bool yes), void *owner)
{
	struct dialog *dialog = dialog_new(dangerous ? STYLE_WARN : STYLE_TEXT, NULL, text);

	add_button(dialog, _("Yes"));
	add_button(dialog, _("No"));
	dialog->focus = dangerous ? 1 : 0;
	dialog->confirmed = done;
	dialog->owner = owner;
	loop_push(loop, &dialog_screen, dialog);
}
