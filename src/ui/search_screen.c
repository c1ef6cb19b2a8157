/* Search in everything: words on top, what was found below. */
#include <stdlib.h>

#include "app/find.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/input.h"
#include "tui/view.h"
#include "ui/panel.h"
#include "ui/screens.h"

enum { HITS = 100, HEAD_ROWS = 4 };

struct search {
	struct desk *desk;
	struct input *input;
	struct panel panel;
	bool in_hits;         /* the caret is in the list */
	char *asked;          /* what the list answers; NULL: nothing yet */
	bool more;
	int64_t last;         /* the last hit's record, to go on from */
	int rows, cols;
};

static const int actions[] = { ACTION_PANEL, 0 };

static void add_hits(struct search *search, const struct find_hits *hits)
{
	char when[24];

	for (size_t i = 0; i < hits->count; i++) {
		const struct find_hit *hit = &hits->items[i];
		char *first = str_format("%s  %s", hit->number ? hit->number : "", hit->title);
		char *second = str_format("%s · %s · %s", hit->department, hit->state, hit->excerpt ? hit->excerpt : "");

		panel_add(&search->panel, hit->record, first, second, desk_time(hit->occurred_utc, when, sizeof when), STYLE_TEXT);
		search->last = hit->record;
		free(first);
		free(second);
	}
	search->more = hits->more;
}

/* MORE: the next hundred behind those that are there. */
static void look(struct search *search, struct loop *loop, bool more)
{
	struct err err = { 0 };
	struct find_hits *hits;

	if (!more) {
		panel_clear(&search->panel);
		search->panel.selected = search->panel.top = 0;
		free(search->asked);
		search->asked = mem_text(input_text(search->input));
	}
	if (str_is_empty(search->asked))
		return;
	hits = find_text(search->desk->office, desk_actor(search->desk), search->asked, more ? search->last : 0, HITS, &err);
	if (!hits) {
		loop_notice_err(loop, &err);
		return;
	}
	add_hits(search, hits);
	find_hits_free(&hits);
	if (!more)
		search->in_hits = search->panel.count > 0;
}

static void layout(void *self, int rows, int cols)
{
	struct search *search = self;

	search->rows = rows;
	search->cols = cols;
	search->panel.rect = (struct rect){ HEAD_ROWS - 1, 0, rows - HEAD_ROWS + 1, cols };
	search->panel.title = _("Found");
	search->panel.empty = search->asked ? _("Nothing was found. Fewer or other words may help.") : _("Type words and press Enter.");
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct search *search = self;
	int col;

	(void)whole;
	desk_head(search->desk, pane, _("Search"));
	view_mark(pane, 2, 1, !search->in_hits);
	col = 3 + draw_text(pane, 2, 3, 30, STYLE_LABEL, _("Words or number:"));
	search->panel.empty = search->asked ? _("Nothing was found. Fewer or other words may help.") : _("Type words and press Enter.");
	panel_paint(&search->panel, pane, search->in_hits);
	input_paint(search->input, pane, 2, col + 1, search->cols - col - 4, !search->in_hits);
}

static enum react hits_key(struct search *search, struct loop *loop, const struct key *key)
{
	const struct entry *entry = panel_selected(&search->panel);

	if (key_is(key, K_ENTER, 0) && entry) {
		record_screen(search->desk, loop, entry->id);
		return REACT_NONE;
	}
	if (key_is(key, K_UP, 0) && search->panel.selected == 0) {
		search->in_hits = false;
		return REACT_PAINT;
	}
	if (key_is(key, K_DOWN, 0) && search->more && search->panel.selected + 1 == search->panel.count)
		look(search, loop, true);
	if (panel_key(&search->panel, key))
		return REACT_PAINT;
	/* Typing goes on in the words. */
	if (key->kind == KEY_TEXT || key->kind == KEY_PASTED || key_is(key, K_BACKSPACE, 0)) {
		search->in_hits = false;
		return input_key(search->input, key) == INPUT_IGNORED ? REACT_IGNORED : REACT_PAINT;
	}
	return REACT_IGNORED;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct search *search = self;

	if (action == ACTION_BACK)
		return REACT_CLOSE;
	if (action == ACTION_PANEL) {
		search->in_hits = !search->in_hits && search->panel.count;
		return REACT_PAINT;
	}
	if (!key)
		return REACT_IGNORED;
	if (search->in_hits)
		return hits_key(search, loop, key);
	if (key_is(key, K_ENTER, 0)) {
		look(search, loop, false);
		return REACT_REDRAW;
	}
	if (key_is(key, K_DOWN, 0) && search->panel.count) {
		search->in_hits = true;
		return REACT_PAINT;
	}
	return input_key(search->input, key) == INPUT_IGNORED ? REACT_IGNORED : REACT_PAINT;
}

static bool takes_text(const void *self)
{
	(void)self;
	return true;
}

static void search_free(void *self)
{
	struct search *search = self;

	input_free(&search->input);
	panel_clear(&search->panel);
	free(search->asked);
	free(search);
}

static const struct screen screen = {
	.name = "search",
	.actions = actions,
	.layout = layout,
	.paint = paint,
	.handle = handle,
	.takes_text = takes_text,
	.free = search_free,
};

void search_screen(struct desk *desk, struct loop *loop, const char *text)
{
	struct search *search = mem_new(struct search);

	search->desk = desk;
	search->input = input_new(&(struct input_options){ .max_chars = 100 });
	if (!str_is_empty(text)) {
		input_set(search->input, text);
		look(search, loop, false);
	}
	loop_push(loop, &screen, search);
}
