#include "ui/editor.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/choice.h"
#include "tui/dialog.h"
#include "tui/menu.h"
#include "ui/follow.h"
#include "ui/screens.h"
#include "ui/step.h"

enum { STEPS_MOST = 24 };

static enum react start(struct editor *editor, const struct transition *transition);

/* --- the list of faults */

static enum react fault_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct editor *editor = owner;

	(void)text;
	editor->loop = loop;
	if (count && picked[0] < editor->fault_count)
		editor_go_cell(editor, editor->faults[picked[0]].cell);
	return REACT_REDRAW;
}

/* The caret goes to the first fault at once; the list says the others. */
static enum react show_faults(struct editor *editor)
{
	struct choice_item *items = mem_zeroed(editor->fault_count + 1, sizeof *items);
	char *title = str_format(ngettext("%zu thing stands in the way", "%zu things stand in the way", editor->fault_count),
	                         editor->fault_count);

	for (size_t i = 0; i < editor->fault_count; i++)
		items[i].label = editor->faults[i].text;
	editor_go_cell(editor, editor->faults[0].cell);
	choice_open(editor->loop, &(struct choice_options){
		.title = title, .items = items, .count = editor->fault_count, .done = fault_chosen, .owner = editor });
	free(title);
	free(items);
	return REACT_REDRAW;
}

/* True if nothing but warnings is wrong. */
static bool take_faults(struct editor *editor, const struct transition *transition)
{
	size_t kept = 0;

	form_faults_free(&editor->faults, editor->fault_count);
	editor->fault_count = form_session_faults(editor->session, transition, &editor->faults);
	/* Errors first: warnings do not stop anybody. */
	for (size_t i = 0; i < editor->fault_count; i++) {
		struct form_fault fault = editor->faults[i];

		if (fault.is_warning)
			continue;
		editor->faults[i] = editor->faults[kept];
		editor->faults[kept++] = fault;
	}
	return kept == 0;
}

/* --- both changed the same field */

static void add_side(struct str *text, const char *who, const json_t *value)
{
	char *words = json_is_string(value) ? mem_text(json_string_value(value))
	              : value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : mem_text("");

	str_addf(text, "\n%s\n%s\n", who, words ? words : "");
	free(words);
}

static enum react ask_conflict(struct editor *editor);

static enum react conflict_settled(void *owner, struct loop *loop, size_t answer)
{
	struct editor *editor = owner;
	const json_t *conflict = json_array_get(editor->conflict.conflicts, editor->conflict_at);

	editor->loop = loop;
	if (answer > 1)
		return REACT_REDRAW; /* turned back: nothing is lost, the draft is as it was */
	if (answer == 1)
		json_array_append(editor->keep_theirs, json_object_get(conflict, "key"));
	editor->conflict_at++;
	return ask_conflict(editor);
}

static enum react conflicts_done(struct editor *editor)
{
	struct err err = { 0 };

	if (!edit_rebase(editor->desk->office, desk_actor(editor->desk), editor->edit, editor->keep_theirs, &err)) {
		loop_notice_err(editor->loop, &err);
		return REACT_REDRAW;
	}
	record_free(&editor->record);
	editor->record = edit_record(editor->desk->office, desk_actor(editor->desk), editor->edit, &err);
	if (!editor->record || !form_session_rebase(editor->session, editor->record, editor->edit->body, &err)) {
		loop_notice_err(editor->loop, &err);
		return REACT_CLOSE;
	}
	editor_refresh(editor);
	return editor->pending ? start(editor, editor->pending) : editor_submit(editor);
}

static enum react ask_conflict(struct editor *editor)
{
	const json_t *conflict = json_array_get(editor->conflict.conflicts, editor->conflict_at);
	const struct field *field;
	struct str text = STR_INIT;
	const char *key;

	if (!conflict)
		return conflicts_done(editor);
	key = json_string_value(json_object_get(conflict, "key"));
	field = definition_field(editor->form, key ? key : "");
	str_addf(&text, _("Another person has changed \"%s\" meanwhile."), field ? field_label(field) : key);
	add_side(&text, _("Yours:"), json_object_get(conflict, "ours"));
	add_side(&text, _("The other's:"), json_object_get(conflict, "theirs"));
	dialog_ask(editor->loop, &(struct dialog_options){
		.title = _("Which shall stand?"),
		.text = str_text(&text),
		.buttons = { _("Mine"), _("The other's"), _("Back to the form") },
		.count = 3,
		.preset = 2,
		.done = conflict_settled,
		.owner = editor,
	});
	str_release(&text);
	return REACT_PAINT;
}

/* --- the step itself */

static enum react step_done(void *owner, struct loop *loop, const struct act_result *result, const struct err *err)
{
	struct editor *editor = owner;
	struct desk *desk = editor->desk;

	editor->loop = loop;
	if (err && err->code == ERR_BUSY && json_array_size(result->conflicts)) {
		act_result_release(&editor->conflict);
		editor->conflict = (struct act_result){ .conflicts = json_incref(result->conflicts) };
		json_decref(editor->keep_theirs);
		editor->keep_theirs = json_array();
		editor->conflict_at = 0;
		return ask_conflict(editor);
	}
	if (err) {
		dialog_message(loop, STYLE_FAIL, _("Not done"), err->text);
		return REACT_REDRAW;
	}
	editor->finished = true;
	step_notice(loop, editor->pending, result);
	/* What is opened now lies over this screen, which closes itself when it comes up again. */
	if (result->opened)
		editor_resume(desk, loop, result->opened);
	else if (!follow_offer(desk, loop, editor->session, result->record))
		return REACT_CLOSE;
	return REACT_REDRAW;
}

static enum react start(struct editor *editor, const struct transition *transition)
{
	editor->pending = transition;
	if (!take_faults(editor, transition))
		return show_faults(editor);
	if (!editor_keep(editor, true))
		return REACT_REDRAW;
	/* A form handed in untouched (all defaults) has a draft, too: the step takes it from there. */
	json_decref(editor->edit->body);
	editor->edit->body = form_session_draft(editor->session);
	return step_start(editor->desk, editor->loop,
	                  &(struct step_options){
				  .transition = transition, .edit = editor->edit, .done = step_done, .owner = editor });
}

static enum react save_only(struct editor *editor)
{
	struct act_result result = { 0 };
	struct err err = { 0 };
	enum react react = REACT_CLOSE;

	editor->pending = NULL;
	if (!editor_keep(editor, true))
		return REACT_REDRAW;
	if (act_save(editor->desk->office, desk_actor(editor->desk), editor->edit, &result, &err)) {
		editor->finished = true;
		loop_notice(editor->loop, STYLE_OK, _("%s: your part is in the record."), editor->edit->number);
	} else if (err.code == ERR_BUSY && json_array_size(result.conflicts)) {
		react = step_done(editor, editor->loop, &result, &err);
	} else {
		dialog_message(editor->loop, STYLE_FAIL, _("Not done"), err.text);
		react = REACT_REDRAW;
	}
	act_result_release(&result);
	return react;
}

/* What may be done with the form as it stands: [0, *count) of STEPS. */
static size_t offered(const struct act_choices *choices, const struct transition **steps)
{
	const struct act_choice *items[STEPS_MOST];
	size_t count;

	step_order(choices, items, STEPS_MOST, &count);
	for (size_t i = 0; i < count; i++)
		steps[i] = items[i]->transition;
	return count;
}

static enum react step_chosen(void *owner, struct loop *loop, size_t index)
{
	struct editor *editor = owner;
	const struct transition *steps[STEPS_MOST];
	struct err err = { 0 };
	struct act_choices *choices;
	size_t count;

	editor->loop = loop;
	choices = act_choices(editor->desk->office, desk_actor(editor->desk), editor->record, editor->edit, &err);
	if (!choices) {
		loop_notice_err(loop, &err);
		return REACT_REDRAW;
	}
	count = offered(choices, steps);
	act_choices_free(&choices);
	if (index < count)
		return start(editor, steps[index]);
	return save_only(editor);
}

static void ask_step(struct editor *editor, const struct transition *const *steps, size_t count)
{
	struct menu_item items[STEPS_MOST + 1];

	for (size_t i = 0; i < count; i++)
		items[i] = (struct menu_item){ transition_label(steps[i]), NULL };
	if (editor->edit->record)
		items[count++] = (struct menu_item){ _("Only put my part into the record"), NULL };
	menu_open(editor->loop, _("Hand in"), items, count, step_chosen, editor);
}

enum react editor_submit(struct editor *editor)
{
	const struct transition *steps[STEPS_MOST];
	struct err err = { 0 };
	struct act_choices *choices;
	size_t count;

	if (!editor_keep(editor, true))
		return REACT_REDRAW;
	editor_refresh(editor);
	choices = act_choices(editor->desk->office, desk_actor(editor->desk), editor->record, editor->edit, &err);
	if (!choices) {
		loop_notice_err(editor->loop, &err);
		return REACT_REDRAW;
	}
	count = offered(choices, steps);
	act_choices_free(&choices);
	if (!editor->edit->record) {
		for (size_t i = 0; i < count; i++)
			if (steps[i]->primary)
				return start(editor, steps[i]);
		if (count == 1)
			return start(editor, steps[0]);
		if (count == 0) {
			loop_notice(editor->loop, STYLE_WARN, "%s", _("You may keep this form as a draft, but not hand it in."));
			return REACT_PAINT;
		}
	}
	ask_step(editor, steps, count);
	return REACT_PAINT;
}

bool editor_has_follow(const struct editor *editor)
{
	return follow_of(editor->session) != NULL;
}

enum react editor_follow(struct editor *editor)
{
	if (!editor->edit->record) {
		loop_notice(editor->loop, STYLE_DIM, "%s",
		            _("Hand this form in first (F9): the next one is offered then, and both carry each other's number."));
		return REACT_PAINT;
	}
	if (editor_keep(editor, true))
		follow_open(editor->desk, editor->loop, editor->session, editor->edit->record);
	return REACT_REDRAW;
}
