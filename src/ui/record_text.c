#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ui/record.h"

enum { LABEL_COLS = 18 };

static int width(const struct record_view *record)
{
	return record->cols - 3;
}

static void add_pair(struct record_view *record, enum style style, const char *label, const char *value)
{
	text_lines_pair(&record->lines, width(record), LABEL_COLS, style, label, value);
}

static void add_title(struct record_view *record, const char *text)
{
	text_lines_add(&record->lines, width(record), 0, STYLE_TEXT, "");
	text_lines_add(&record->lines, width(record), 0, STYLE_TITLE, text);
}

static enum style verdict_style(enum verdict verdict)
{
	return verdict == VERDICT_FAIL ? STYLE_FAIL : verdict == VERDICT_WARN ? STYLE_WARN : STYLE_TEXT;
}

static const char *verdict_mark(enum verdict verdict)
{
	return verdict == VERDICT_FAIL ? "!! " : verdict == VERDICT_WARN ? "! " : "";
}

/* "!! 83 %": the value as it is judged. */
static void add_value(struct str *out, const struct cell_view *view)
{
	str_addf(out, "%s%s", verdict_mark(view->verdict), view->display ? view->display : "");
	if (view->unit && !str_is_empty(view->display))
		str_addf(out, " %s", view->unit);
}

static void add_cell(struct record_view *record, struct cell cell)
{
	struct cell_view view;
	struct str value = STR_INIT;

	form_session_view(record->session, cell, &view);
	add_value(&value, &view);
	if (cell.part == CELL_HEAD && view.field->type == FIELD_TABLE)
		add_pair(record, STYLE_LABEL, view.label, "");
	else if (cell.part != CELL_HEAD)
		add_pair(record, verdict_style(view.verdict), view.label, str_text(&value));
	str_release(&value);
	cell_view_release(&view);
}

/* A row of a table on one line: 1) a · b · c. */
static size_t add_row(struct record_view *record, const struct cell *cells, size_t count, size_t at)
{
	struct str line = STR_INIT;
	size_t i = at;

	str_addf(&line, "%d)", cells[at].row + 1);
	for (; i < count && cells[i].field == cells[at].field && cells[i].row == cells[at].row; i++) {
		struct cell_view view;

		form_session_view(record->session, cells[i], &view);
		if (!str_is_empty(view.display))
			str_addf(&line, "  %s: %s", view.label, view.display);
		cell_view_release(&view);
	}
	text_lines_add(&record->lines, width(record), 2, STYLE_TEXT, str_text(&line));
	str_release(&line);
	return i;
}

/* --- check lists: several items a line, the zone before them */

enum { ZONE_COLS = 10, ITEM_COLS = 32 };

struct items_line {
	struct record_view *record;
	struct str text;
	size_t items;        /* in TEXT */
	const char *zone;    /* of the items; shown once */
	bool zone_shown;
	enum style style;
};

static void flush_items(struct items_line *line)
{
	struct text_lines *lines = &line->record->lines;
	struct str text = STR_INIT;

	if (!line->items)
		return;
	str_add(&text, line->zone_shown || !line->zone ? "" : line->zone);
	if (utf8_width(str_text(&text)) < ZONE_COLS)
		str_add_repeat(&text, " ", ZONE_COLS - utf8_width(str_text(&text)));
	str_add(&text, str_text(&line->text));
	text_lines_add(lines, width(line->record), 0, line->style, str_text(&text));
	line->zone_shown = true;
	line->items = 0;
	line->style = STYLE_TEXT;
	str_clear(&line->text);
	str_release(&text);
}

/* The item at AT and its note; returns the cell after them. */
static size_t item_text(struct record_view *record, const struct cell *cells, size_t count, size_t at, struct str *text,
                        enum verdict *verdict, const char **zone)
{
	struct cell_view view;
	size_t next = at + 1;

	form_session_view(record->session, cells[at], &view);
	str_addf(text, "%s ", view.label);
	add_value(text, &view);
	*verdict = view.verdict;
	*zone = view.group;
	cell_view_release(&view);
	if (next >= count || cells[next].part != CELL_NOTE || cells[next].field != cells[at].field)
		return next;
	form_session_view(record->session, cells[next], &view);
	if (!str_is_empty(view.display))
		str_addf(text, "  %s", view.display);
	cell_view_release(&view);
	return next + 1;
}

/* What is wrong, or does not fit beside others, has a line of its own. */
static size_t add_item(struct items_line *line, const struct cell *cells, size_t count, size_t at)
{
	int each = (width(line->record) - ZONE_COLS) / ((width(line->record) - ZONE_COLS) / ITEM_COLS);
	struct str text = STR_INIT;
	enum verdict verdict;
	const char *zone;
	size_t next = item_text(line->record, cells, count, at, &text, &verdict, &zone);
	bool alone = verdict_style(verdict) != STYLE_TEXT || utf8_width(str_text(&text)) >= each;

	if (alone || !str_equal(zone, line->zone) || (int)line->items >= (width(line->record) - ZONE_COLS) / each)
		flush_items(line);
	if (!str_equal(zone, line->zone))
		line->zone_shown = false;
	line->zone = zone;
	if (line->items)
		str_add_repeat(&line->text, " ", (int)line->items * each - utf8_width(str_text(&line->text)));
	str_add(&line->text, str_text(&text));
	line->items++;
	if (alone) {
		line->style = verdict_style(verdict);
		flush_items(line);
	}
	str_release(&text);
	return next;
}

static size_t add_items(struct record_view *record, const struct cell *cells, size_t count, size_t at)
{
	struct items_line line = { .record = record, .style = STYLE_TEXT };
	int field = cells[at].field;

	while (at < count && cells[at].field == field)
		at = cells[at].part == CELL_HEAD ? at + 1 : add_item(&line, cells, count, at);
	flush_items(&line);
	str_release(&line.text);
	return at;
}

static bool is_item(const struct record_view *record, struct cell cell)
{
	return cell.field >= 0 && record->view->form->fields[cell.field].type == FIELD_CHECKLIST;
}

/* First of all what is not as it should be: whoever decides must not have to look for it. */
static void add_abnormal(struct record_view *record)
{
	bool any = false;

	for (size_t section = 0; section < record->view->form->section_count; section++) {
		struct cell *cells = NULL;
		size_t count = form_session_section_visible(record->session, section)
		                       ? form_session_cells(record->session, section, &cells) : 0;

		for (size_t i = 0; i < count;) {
			struct str text = STR_INIT;
			enum verdict verdict = VERDICT_NONE;
			const char *zone;
			bool item = is_item(record, cells[i]) && cells[i].part == CELL_VALUE;

			i = item ? item_text(record, cells, count, i, &text, &verdict, &zone) : i + 1;
			if (verdict_style(verdict) != STYLE_TEXT) {
				if (!any)
					add_title(record, _("Not as it should be"));
				any = true;
				text_lines_add(&record->lines, width(record), 0, verdict_style(verdict), str_text(&text));
			}
			str_release(&text);
		}
		free(cells);
	}
}

/* An empty cell says nothing, unless it ought to be filled. */
static bool is_shown(const struct record_view *record, struct cell cell)
{
	struct cell_view view;
	bool shown;

	form_session_view(record->session, cell, &view);
	shown = cell.part == CELL_HEAD ? view.field->type == FIELD_CHECKLIST || form_session_row_count(record->session, cell.field) > 0
	                               : !str_is_empty(view.display) || view.missing;
	cell_view_release(&view);
	return shown;
}

static void add_section(struct record_view *record, size_t section)
{
	const struct section *part = &record->view->form->sections[section];
	struct cell *cells;
	bool titled = false;
	size_t count;

	if (!form_session_section_visible(record->session, section))
		return;
	count = form_session_cells(record->session, section, &cells);
	for (size_t i = 0; i < count;) {
		if (cells[i].row < 0 && !is_shown(record, cells[i])) {
			i++;
			continue;
		}
		if (!titled)
			add_title(record, text_is_english() && part->title_en ? part->title_en : part->title);
		titled = true;
		if (is_item(record, cells[i]))
			i = add_items(record, cells, count, i);
		else if (cells[i].row >= 0)
			i = add_row(record, cells, count, i);
		else
			add_cell(record, cells[i++]);
	}
	free(cells);
}

static void add_links(struct record_view *record)
{
	const struct view *view = record->view;
	char when[24];

	if (view->link_count)
		add_title(record, _("Belongs to it"));
	for (size_t i = 0; i < view->link_count; i++)
		add_pair(record, STYLE_TEXT, view->links[i].number ? view->links[i].number : "", view->links[i].title);
	if (view->attachment_count)
		add_title(record, _("Evidence"));
	for (size_t i = 0; i < view->attachment_count; i++) {
		const struct view_attachment *file = &view->attachments[i];
		char *text = str_format(_("%lld bytes, SM3 %.16s..., %s %s"), (long long)file->size, file->sm3, file->by,
		                        desk_time(file->at_utc, when, sizeof when));

		add_pair(record, STYLE_TEXT, file->name, text);
		free(text);
	}
}

static void add_event(struct record_view *record, const struct view_event *event)
{
	struct str line = STR_INIT;
	char when[24], span[32];

	str_addf(&line, "%-11s  %s", desk_time(event->at_utc, when, sizeof when), event->person);
	if (!str_is_empty(event->acting_for))
		str_addf(&line, _(" for %s"), event->acting_for);
	str_addf(&line, "  %s", event->label);
	if (!str_is_empty(event->to) && !str_equal(event->from, event->to))
		str_addf(&line, "  → %s", event->to);
	if (event->waited_s > 60)
		str_addf(&line, _("  (after %s)"), desk_span(event->waited_s, span, sizeof span));
	if (!str_is_empty(event->origin))
		str_addf(&line, "  [%s]", event->origin);
	text_lines_add(&record->lines, width(record), 1, STYLE_TEXT, str_text(&line));
	if (!str_is_empty(event->note))
		text_lines_add(&record->lines, width(record), 15, STYLE_LABEL, event->note);
	str_release(&line);
}

void record_compose(struct record_view *record)
{
	const struct view *view = record->view;

	text_lines_clear(&record->lines);
	if (view->state->note)
		text_lines_add(&record->lines, width(record), 0, STYLE_WARN, view->state->note);
	add_pair(record, STYLE_TEXT, _("Department"), view->record->department ? view->record->department : "");
	add_pair(record, STYLE_TEXT, _("Filled in by"), view->record->applicant ? view->record->applicant : "");
	if (view->record->filing_number)
		add_pair(record, STYLE_TEXT, _("Filed as"), view->record->filing_number);
	if (view->record->late)
		add_pair(record, STYLE_WARN, _("Late entry"), _("entered after its time"));
	add_abnormal(record);
	for (size_t i = 0; i < view->form->section_count; i++)
		add_section(record, i);
	add_links(record);
	add_title(record, _("Course of events"));
	for (size_t i = 0; i < view->event_count; i++)
		add_event(record, &view->events[i]);
}
