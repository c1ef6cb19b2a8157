/* menu: CDK's menu with one column; see menu.h. */
#include "tui/menu.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "tui/cdk_glyph.h"
#include "tui/loop_parts.h"

enum { ITEMS_MOST = 30, DIGITS = 9 };

struct menu {
	char *title;
	char *items[ITEMS_MOST];
	char *why_not[ITEMS_MOST];
	size_t count;
	int cols;
	size_t at;
	CDKMENU *widget;
	unsigned serial; /* of the pane that WIDGET was made on */
	enum react (*done)(void *owner, struct loop *loop, size_t index);
	void *owner;
};

static void menu_free(void *self)
{
	struct menu *menu = self;

	for (size_t i = 0; i < menu->count; i++) {
		free(menu->items[i]);
		free(menu->why_not[i]);
	}
	free(menu->title);
	free(menu);
}

/* A row for the title, then CDK's box around the items. */
static struct rect place(void *self, int rows, int cols)
{
	const struct menu *menu = self;
	return loop_center((int)menu->count + 3, menu->cols + 2, rows, cols);
}

static CDKMENU *make_widget(const struct menu *menu, struct pane *pane)
{
	const char *(*texts)[MAX_SUB_ITEMS] = mem_zeroed(MAX_MENU_ITEMS, sizeof *texts);
	int sizes[MAX_MENU_ITEMS] = { (int)menu->count + 1 }, places[MAX_MENU_ITEMS] = { LEFT };
	CDKMENU *widget;

	texts[0][0] = menu->title;
	for (size_t i = 0; i < menu->count; i++)
		texts[0][i + 1] = menu->items[i];
	widget = newCDKMenu(pane->cdk, texts, 1, sizes, places, TOP, style_cdk(STYLE_SELECTED), style_cdk(STYLE_SELECTED));
	free(texts);
	return widget;
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct menu *menu = self;

	(void)whole;
	if (pane->serial != menu->serial) {
		menu->serial = pane->serial;
		menu->widget = make_widget(menu, pane);
	}
	draw_fill(pane, 0, 0, pane_cols(pane), STYLE_SELECTED, ' '); /* the title is a bar over the whole width */
	if (menu->widget != NULL)
		setCDKMenuCurrentItem(menu->widget, 0, (int)menu->at);
	draw_caret(pane, (int)menu->at + 2, 1);
}

static enum react choose(struct menu *menu, struct loop *loop, size_t index)
{
	if (menu->why_not[index] != NULL) {
		loop_notice(loop, STYLE_WARN, "%s", menu->why_not[index]);
		return REACT_NONE;
	}
	loop_answer(loop, menu, menu->done(menu->owner, loop, index));
	return REACT_NONE;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct menu *menu = self;

	(void)action;
	if (key_is(key, K_ESC, 0) || key_is(key, 'c', KEY_CTRL))
		return REACT_CLOSE;
	if (key_is(key, K_ENTER, 0) && menu->count > 0)
		return choose(menu, loop, menu->at);
	if (key->kind == KEY_TEXT && key->len == 1 && key->text[0] >= '1' && key->text[0] <= '9' &&
	    (size_t)(key->text[0] - '1') < menu->count)
		return choose(menu, loop, (size_t)(key->text[0] - '1'));
	if (menu->widget == NULL || !(key_is(key, K_UP, 0) || key_is(key, K_DOWN, 0)))
		return REACT_IGNORED;
	(void)injectCDKMenu(menu->widget, key_for_cdk(key));
	menu->at = (size_t)menu->widget->currentSubtitle;
	return REACT_PAINT;
}

static const struct screen menu_screen = {
	.name = "menu", .flags = SCREEN_POPUP, .place = place, .paint = paint, .handle = handle, .free = menu_free,
};

void menu_open(struct loop *loop, const char *title, const struct menu_item *items, size_t count,
               enum react (*done)(void *owner, struct loop *loop, size_t index), void *owner)
{
	struct menu *menu = mem_new(struct menu);

	menu->title = cdk_text(STYLE_TITLE, title);
	menu->cols = utf8_width(title);
	for (size_t i = 0; i < count && i < ITEMS_MOST; i++) {
		char *text = i < DIGITS ? str_format("%zu %s ", i + 1, items[i].label) :
		                          str_format("  %s ", items[i].label);
		int cols = utf8_width(text);
		menu->cols = cols > menu->cols ? cols : menu->cols;
		menu->items[menu->count] = cdk_text(items[i].why_not != NULL ? STYLE_DIM : STYLE_TEXT, text);
		menu->why_not[menu->count++] = mem_text(items[i].why_not);
		free(text);
	}
	menu->done = done;
	menu->owner = owner;
	loop_push(loop, &menu_screen, menu);
}
