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

/* A check list's zone stands above its items. */
static void add_zone(struct record_view *record, const char *zone, const char **last)
{
	if (zone && !str_equal(zone, *last))
		text_lines_add(&record->lines, width(record), 0, STYLE_LABEL, zone);
	*last = zone;
}

static void add_cell(struct record_view *record, struct cell cell, const char **zone)
{
	struct cell_view view;
	struct str value = STR_INIT;

	form_session_view(record->session, cell, &view);
	if (cell.part != CELL_NOTE)
		add_zone(record, view.group, zone);
	if (cell.part == CELL_HEAD) {
		if (view.field->type == FIELD_TABLE)
			add_pair(record, STYLE_LABEL, view.label, "");
	} else if (!str_is_empty(view.display) || cell.part == CELL_VALUE) {
		str_addf(&value, "%s%s%s%s", verdict_mark(view.verdict), view.display ? view.display : "",
		         view.unit && !str_is_empty(view.display) ? " " : "",
		         view.unit && !str_is_empty(view.display) ? view.unit : "");
		add_pair(record, verdict_style(view.verdict), cell.part == CELL_NOTE ? _("  note") : view.label, str_text(&value));
	}
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

static void add_section(struct record_view *record, size_t section)
{
	const struct section *part = &record->view->form->sections[section];
	const char *zone = NULL;
	struct cell *cells;
	size_t count;

	if (!form_session_section_visible(record->session, section))
		return;
	count = form_session_cells(record->session, section, &cells);
	if (count)
		add_title(record, text_is_english() && part->title_en ? part->title_en : part->title);
	for (size_t i = 0; i < count;)
		if (cells[i].row >= 0)
			i = add_row(record, cells, count, i);
		else
			add_cell(record, cells[i++], &zone);
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
	for (size_t i = 0; i < view->form->section_count; i++)
		add_section(record, i);
	add_links(record);
	add_title(record, _("Course of events"));
	for (size_t i = 0; i < view->event_count; i++)
		add_event(record, &view->events[i]);
}
