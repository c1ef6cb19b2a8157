/* The regulation: its articles, their words, and what in this system answers them. */
#include <stdio.h>
#include <stdlib.h>

#include "app/list.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/choice.h"
#include "tui/dialog.h"
#include "ui/panel.h"
#include "ui/screens.h"
#include "ui/text_lines.h"

enum { LIST_COLS = 26, MOST = 9999 };

struct regulation {
	struct desk *desk;
	struct loop *loop;
	struct panel panel;
	struct text_lines lines;
	struct rect text;
	int shown;            /* the article whose words are in LINES */
};

static const int actions[] = { ACTION_FILTER, ACTION_RECORDS, ACTION_BENCH, 0 };

/* "this month 22" for each form that answers the article. */
static void add_forms(struct regulation *regulation, int article, int cols)
{
	struct office *office = regulation->desk->office;
	char month[CLOCK_DAY_SIZE];
	bool any = false;

	clock_day(clock_now(), month);
	month[7] = '\0';
	text_lines_add(&regulation->lines, cols, 0, STYLE_TEXT, "");
	text_lines_add(&regulation->lines, cols, 0, STYLE_TITLE, _("What answers it here"));
	for (size_t i = 0; i < office_form_count(office); i++) {
		const struct definition *form = office_form_at(office, i);
		struct list_query query = { .form = form->id, .month = month };
		int count = 0;
		char *line;

		if (!definition_answers(form, article))
			continue;
		any = true;
		list_count(office, desk_actor(regulation->desk), &query, MOST, &count, NULL);
		line = str_format(_("%s: %d this month"), definition_title(form), count);
		text_lines_add(&regulation->lines, cols, 2, STYLE_TEXT, line);
		free(line);
	}
	if (!any)
		text_lines_add(&regulation->lines, cols, 2, STYLE_DIM, _("No form of this system; it is a matter of conduct, or comes later."));
}

static void show(struct regulation *regulation)
{
	const struct entry *entry = panel_selected(&regulation->panel);
	const struct article *article = entry ? office_article(regulation->desk->office, (int)entry->id) : NULL;
	int cols = regulation->text.cols - 1;

	if (!article || article->number == regulation->shown || cols < 10)
		return;
	regulation->shown = article->number;
	text_lines_clear(&regulation->lines);
	regulation->lines.top = 0;
	text_lines_add(&regulation->lines, cols, 0, STYLE_TITLE, article->chapter);
	text_lines_add(&regulation->lines, cols, 0, STYLE_TEXT, "");
	text_lines_add(&regulation->lines, cols, 0, STYLE_TEXT, article->text);
	add_forms(regulation, article->number, cols);
}

static void layout(void *self, int rows, int cols)
{
	struct regulation *regulation = self;

	regulation->panel.rect = (struct rect){ 2, 0, rows - 2, LIST_COLS };
	regulation->panel.title = _("Articles");
	regulation->panel.empty = _("The text of the regulation is missing.");
	regulation->text = (struct rect){ 3, LIST_COLS + 2, rows - 4, cols - LIST_COLS - 3 };
	regulation->shown = 0;
	show(regulation);
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct regulation *regulation = self;

	(void)whole;
	desk_head(regulation->desk, pane, _("Regulation"));
	show(regulation);
	text_lines_paint(&regulation->lines, pane, regulation->text);
	panel_paint(&regulation->panel, pane, true);
}

/* --- find words in the articles */

static enum react article_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct regulation *regulation = owner;

	(void)loop;
	(void)text;
	if (count && picked[0] < regulation->panel.count)
		regulation->panel.selected = picked[0];
	return REACT_REDRAW;
}

static void ask_article(struct regulation *regulation)
{
	size_t count = office_article_count(regulation->desk->office);
	struct choice_item *items = mem_zeroed(count + 1, sizeof *items);

	for (size_t i = 0; i < count; i++)
		items[i].label = office_article(regulation->desk->office, (int)i + 1)->text;
	choice_open(regulation->loop, &(struct choice_options){
		.title = _("Articles with these words"), .items = items, .count = count, .done = article_chosen, .owner = regulation });
	free(items);
}

/* --- the records behind an article */

static const struct definition *answering(const struct regulation *regulation, int article, size_t nth)
{
	for (size_t i = 0; i < office_form_count(regulation->desk->office); i++)
		if (definition_answers(office_form_at(regulation->desk->office, i), article) && nth-- == 0)
			return office_form_at(regulation->desk->office, i);
	return NULL;
}

static void open_list(struct regulation *regulation, struct loop *loop, const struct definition *form)
{
	struct list_query query = { .form = form->id };

	list_screen(regulation->desk, loop, &query);
}

static enum react form_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct regulation *regulation = owner;
	const struct definition *form = count ? answering(regulation, regulation->shown, picked[0]) : NULL;

	(void)text;
	if (form)
		open_list(regulation, loop, form);
	return REACT_REDRAW;
}

static enum react open_records(struct regulation *regulation)
{
	const struct definition *first = answering(regulation, regulation->shown, 0);
	struct choice_item items[32];
	size_t count = 0;

	if (!first) {
		loop_notice(regulation->loop, STYLE_DIM, "%s", _("No form of this system answers this article."));
		return REACT_PAINT;
	}
	for (const struct definition *form; count < 32 && (form = answering(regulation, regulation->shown, count)); count++)
		items[count] = (struct choice_item){ definition_title(form), NULL, false };
	if (count == 1)
		open_list(regulation, regulation->loop, first);
	else
		choice_open(regulation->loop, &(struct choice_options){
			.title = _("Records"), .items = items, .count = count, .done = form_chosen, .owner = regulation });
	return REACT_PAINT;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct regulation *regulation = self;

	regulation->loop = loop;
	switch (action) {
	case ACTION_BACK:
	case ACTION_BENCH:
		return REACT_CLOSE;
	case ACTION_FILTER:
		ask_article(regulation);
		return REACT_NONE;
	case ACTION_RECORDS:
		return open_records(regulation);
	default:
		break;
	}
	if (key && (key_is(key, K_PAGE_DOWN, 0) || key_is(key, K_PAGE_UP, 0)))
		return text_lines_key(&regulation->lines, key, regulation->text.rows) ? REACT_PAINT : REACT_NONE;
	return panel_key(&regulation->panel, key) ? REACT_PAINT : REACT_IGNORED;
}

static unsigned holds(const void *self)
{
	const struct regulation *regulation = self;

	return panel_selected(&regulation->panel) ? NEEDS_ROW : 0;
}

static void regulation_free(void *self)
{
	struct regulation *regulation = self;

	panel_clear(&regulation->panel);
	text_lines_release(&regulation->lines);
	free(regulation);
}

static const struct screen screen = {
	.name = "regulation",
	.actions = actions,
	.layout = layout,
	.paint = paint,
	.handle = handle,
	.holds = holds,
	.free = regulation_free,
};

void regulation_screen(struct desk *desk, struct loop *loop, int article)
{
	struct regulation *regulation = mem_new(struct regulation);

	regulation->desk = desk;
	regulation->loop = loop;
	for (size_t i = 0; i < office_article_count(desk->office); i++) {
		const struct article *it = office_article(desk->office, (int)i + 1);

		panel_add(&regulation->panel, it->number, it->text, NULL, NULL, STYLE_TEXT);
	}
	panel_select(&regulation->panel, article);
	loop_push(loop, &screen, regulation);
}
