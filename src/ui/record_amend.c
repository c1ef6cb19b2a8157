/* A submitted record is never written over: a correction names field, new value and reason (domain.md 2.3). */
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "form/choices.h"
#include "tui/choice.h"
#include "tui/dialog.h"
#include "tui/viewer.h"
#include "ui/record.h"

enum { REASON_LEAST = 6 };

static const char *judge_reason(void *owner, const char *text)
{
	(void)owner;
	return utf8_chars(text) >= REASON_LEAST ? NULL : _("Say the reason in 6 characters or more.");
}

static enum react reason_given(void *owner, struct loop *loop, const char *text)
{
	struct record_view *record = owner;
	struct act_result result = { 0 };
	struct err err = { 0 };
	json_t *set;

	if (!text)
		return REACT_REDRAW;
	set = json_object();
	json_object_set_new(set, record->amend_path, json_string(record->amend_value));
	if (act_amend(record->desk->office, desk_actor(record->desk), record->id, set, text, &result, &err))
		loop_notice(loop, STYLE_OK, "%s", _("Corrected; the old value stays in the course of events."));
	else
		dialog_message(loop, STYLE_FAIL, _("Not done"), err.text);
	json_decref(set);
	act_result_release(&result);
	return REACT_RELOAD;
}

static enum react value_given(void *owner, struct loop *loop, const char *text)
{
	struct record_view *record = owner;

	if (!text)
		return REACT_REDRAW;
	free(record->amend_value);
	record->amend_value = mem_text(text);
	dialog_prompt(loop, &(struct prompt_options){
		.title = _("Reason of the correction"), .max_chars = 200, .must = true, .check = judge_reason,
		.done = reason_given, .owner = record });
	return REACT_REDRAW;
}

/* What was ticked or typed, as the text that the field reads. */
static enum react value_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct record_view *record = owner;
	struct options options;
	struct str words = STR_INIT;
	struct cell cell;

	if (!form_cell_parse(record->session, record->amend_path, &cell))
		cell = (struct cell){ -1, -1, -1, CELL_NONE };
	form_cell_choices(record->session, cell, &options);
	for (size_t i = 0; i < count && picked[i] < options.count; i++)
		str_addf(&words, "%s%s", words.len ? "," : "", options.items[picked[i]].text);
	if (!str_is_empty(text))
		str_addf(&words, "%s%s", words.len ? "," : "", text);
	options_release(&options);
	value_given(record, loop, str_text(&words));
	str_release(&words);
	return REACT_REDRAW;
}

/* True if the cell is filled from a list, which is open now. */
static bool choose_value(struct record_view *record, struct loop *loop, struct cell cell, const char *title)
{
	struct options options;
	struct choice_item *items;

	if (!form_cell_has_choices(record->session, cell))
		return false;
	form_cell_choices(record->session, cell, &options);
	items = mem_zeroed(options.count + 1, sizeof *items);
	for (size_t i = 0; i < options.count; i++)
		items[i] = (struct choice_item){ options.items[i].label, options.items[i].note, options.items[i].chosen };
	choice_open(loop, &(struct choice_options){
		.title = title, .items = items, .count = options.count, .many = options.many, .may_be_none = !options.many,
		.free_text = options.free_text, .done = value_chosen, .owner = record });
	free(items);
	options_release(&options);
	return true;
}

static enum react field_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct record_view *record = owner;
	struct cell_view view;

	(void)text;
	if (!count || picked[0] >= record->amendable_count)
		return REACT_REDRAW;
	form_session_view(record->session, record->amendable[picked[0]], &view);
	free(record->amend_path);
	record->amend_path = form_cell_path(record->session, record->amendable[picked[0]]);
	if (choose_value(record, loop, record->amendable[picked[0]], view.label)) {
		cell_view_release(&view);
		return REACT_REDRAW;
	}
	dialog_prompt(loop, &(struct prompt_options){
		.title = view.label ? view.label : _("  note"), .text = _("The right value:"), .initial = view.text,
		.max_chars = view.field->length > 0 ? (size_t)view.field->length : 2000,
		.one_line = view.field->type != FIELD_MEMO, .done = value_given, .owner = record });
	cell_view_release(&view);
	return REACT_REDRAW;
}

/* Cells that hold a value, or may. */
static void collect(struct record_view *record)
{
	const struct definition *form = record->view->form;

	free(record->amendable);
	record->amendable = NULL;
	record->amendable_count = 0;
	for (size_t section = 0; section < form->section_count; section++) {
		struct cell *cells = NULL;
		size_t count = form_session_section_visible(record->session, section)
		                       ? form_session_cells(record->session, section, &cells) : 0;

		record->amendable = mem_resize(record->amendable, record->amendable_count + count + 1, sizeof *cells);
		for (size_t i = 0; i < count; i++)
			if (cells[i].part != CELL_HEAD)
				record->amendable[record->amendable_count++] = cells[i];
		free(cells);
	}
}

enum react record_amend(struct record_view *record)
{
	struct choice_item *items;
	struct cell_view *views;

	collect(record);
	items = mem_zeroed(record->amendable_count + 1, sizeof *items);
	views = mem_zeroed(record->amendable_count + 1, sizeof *views);
	for (size_t i = 0; i < record->amendable_count; i++) {
		form_session_view(record->session, record->amendable[i], &views[i]);
		items[i] = (struct choice_item){ views[i].label ? views[i].label : _("  note"), views[i].display, false };
	}
	choice_open(record->loop, &(struct choice_options){
		.title = _("Which field is to be corrected?"), .items = items, .count = record->amendable_count,
		.done = field_chosen, .owner = record });
	for (size_t i = 0; i < record->amendable_count; i++)
		cell_view_release(&views[i]);
	free(views);
	free(items);
	return REACT_PAINT;
}

static void add_changes(const struct record_view *record, const json_t *changes, struct str *out)
{
	const char *key;
	json_t *pair;

	json_object_foreach((json_t *)changes, key, pair) {
		const struct field *field = definition_field(record->view->form, key);

		if (str_equal(key, "_all_normal")) { /* app/act: no field, a fact */
			int items = (int)json_integer_value(json_array_get(pair, 1));

			str_addf(out, ngettext("    %d item was marked as normal by one key\n",
			                       "    %d items were marked as normal by one key\n", (unsigned long)items), items);
			continue;
		}
		char *old = field ? field_display(field, json_array_get(pair, 0)) : json_dumps(json_array_get(pair, 0), JSON_ENCODE_ANY);
		char *new = field ? field_display(field, json_array_get(pair, 1)) : json_dumps(json_array_get(pair, 1), JSON_ENCODE_ANY);

		str_addf(out, "    %s: %s → %s\n", field ? field_label(field) : key, old ? old : "", new ? new : "");
		free(old);
		free(new);
	}
}

void record_history(struct record_view *record)
{
	struct str out = STR_INIT;
	char when[24];

	for (size_t i = 0; i < record->view->event_count; i++) {
		const struct view_event *event = &record->view->events[i];

		str_addf(&out, "%s  %s  %s\n", desk_time(event->at_utc, when, sizeof when), event->person, event->label);
		if (!str_is_empty(event->note))
			str_addf(&out, "    %s\n", event->note);
		if (event->changes)
			add_changes(record, event->changes, &out);
	}
	viewer_open(record->loop, _("Every change of every field"), str_text(&out), NULL);
	str_release(&out);
}
