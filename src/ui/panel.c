#include "ui/panel.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tui/view.h"

struct entry *panel_add(struct panel *panel, int64_t id, const char *text, const char *second, const char *right,
                        enum style style)
{
	if (panel->count == panel->cap) {
		panel->cap = panel->cap ? panel->cap * 2 : 16;
		panel->entries = mem_resize(panel->entries, panel->cap, sizeof *panel->entries);
	}
	panel->entries[panel->count] = (struct entry){
		.id = id, .text = mem_text(text), .second = mem_text(second), .right = mem_text(right), .style = style };
	return &panel->entries[panel->count++];
}

void panel_clear(struct panel *panel)
{
	for (size_t i = 0; i < panel->count; i++) {
		free(panel->entries[i].text);
		free(panel->entries[i].second);
		free(panel->entries[i].right);
	}
	free(panel->entries);
	panel->entries = NULL;
	panel->count = panel->cap = 0;
}

void panel_select(struct panel *panel, int64_t id)
{
	for (size_t i = 0; i < panel->count; i++)
		if (panel->entries[i].id == id)
			panel->selected = i;
	if (panel->selected >= panel->count)
		panel->selected = panel->count ? panel->count - 1 : 0;
}

const struct entry *panel_selected(const struct panel *panel)
{
	return panel->selected < panel->count ? &panel->entries[panel->selected] : NULL;
}

bool panel_key(struct panel *panel, const struct key *key)
{
	size_t last = panel->count ? panel->count - 1 : 0;

	if (!key || !panel->count)
		return false;
	if (key_is(key, K_UP, 0))
		panel->selected -= panel->selected > 0;
	else if (key_is(key, K_DOWN, 0))
		panel->selected += panel->selected < last;
	else if (key_is(key, K_HOME, 0))
		panel->selected = 0;
	else if (key_is(key, K_END, 0))
		panel->selected = last;
	else
		return false;
	return true;
}

static int entry_rows(const struct entry *entry)
{
	return entry->second ? 2 : 1;
}

/* The first entry seen, so that the selected one is seen whole. */
static void scroll(struct panel *panel, int rows)
{
	int need = 0;

	if (panel->top > panel->selected)
		panel->top = panel->selected;
	for (size_t i = panel->top; i <= panel->selected && i < panel->count; i++)
		need += entry_rows(&panel->entries[i]);
	while (need > rows && panel->top < panel->selected)
		need -= entry_rows(&panel->entries[panel->top++]);
}

static void paint_entry(const struct entry *entry, struct pane *pane, int row, struct rect in, bool selected)
{
	int right = entry->right ? utf8_width(entry->right) : 0;

	view_mark(pane, row, in.col, selected);
	draw_cell(pane, row, in.col + 2, in.cols - 2 - right - (right > 0), entry->style, entry->text);
	if (right)
		draw_cell_right(pane, row, in.col + in.cols - right, right, entry->style, entry->right);
}

void panel_paint(struct panel *panel, struct pane *pane, bool focused)
{
	struct rect in = { panel->rect.row + 1, panel->rect.col + 1, panel->rect.rows - 2, panel->rect.cols - 2 };
	int row = 0;

	draw_frame(pane, panel->rect, panel->title);
	draw_clear_rect(pane, in);
	scroll(panel, in.rows);
	if (!panel->count)
		draw_text(pane, in.row, in.col + 2, in.cols - 2, STYLE_DIM, panel->empty);
	for (size_t i = panel->top; i < panel->count && row < in.rows; i++) {
		const struct entry *entry = &panel->entries[i];
		bool selected = focused && i == panel->selected;

		paint_entry(entry, pane, in.row + row, in, selected);
		if (selected)
			draw_caret(pane, in.row + row, in.col);
		if (entry->second && row + 1 < in.rows)
			draw_cell(pane, in.row + row + 1, in.col + 4, in.cols - 4, STYLE_DIM, entry->second);
		row += entry_rows(entry);
	}
	draw_scrollbar(pane, in.row, panel->rect.col + panel->rect.cols - 1, in.rows, panel->top, (size_t)in.rows,
	               panel->count);
}
