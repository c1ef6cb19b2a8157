#include "app/step.h"

#include "app/fill.h"
#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "store/draft.h"
#include "store/journal.h"

enum { MOST_NOTE_CHARS = 500 };

const char *step_name(const struct step *step)
{
	const struct record *record = step->record;
	return record->number ? record->number : record->title ? record->title : "";
}

bool step_open(struct step *step, int64_t record, struct err *err)
{
	if (record) {
		step->record = record_get(step->office, step->actor, record, err);
		if (!step->record)
			return false;
		step->form = office_form_version(step->office, step->record->form, step->record->form_hash, err);
		return step->form != NULL;
	}
	step->form = office_form_version(step->office, step->edit->form, step->edit->form_hash, err);
	if (!step->form)
		return false;
	step->record = record_blank(step->form, step->actor);
	step->record->entered_utc = step->edit->begun_utc;
	return true;
}

/* --- merging --- */

/* {"key", "base", "ours", "theirs"} of each key that both have changed. */
static json_t *describe_conflicts(const struct step *step, const json_t *keys)
{
	json_t *list = json_array(), *key;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)keys, i, key) {
		const char *name = json_string_value(key);
		json_t *item = json_object();
		json_object_set(item, "key", key);
		json_object_set(item, "base", json_object_get(step->edit->base, name));
		json_object_set(item, "ours", json_object_get(step->edit->body, name));
		json_object_set(item, "theirs", json_object_get(step->record->body, name));
		json_array_append_new(list, item);
	}
	return list;
}

/* The draft's body, merged with what others have written since it was begun. NULL with ERR_BUSY if they collide. */
static json_t *merged_body(struct step *step, struct err *err)
{
	const struct edit *edit = step->edit;
	json_t *conflicts = NULL;
	if (!edit->record || edit->base_version == step->record->version)
		return json_deep_copy(edit->body);
	json_t *merged = record_merge(edit->base, edit->body, step->record->body, &conflicts);
	json_t *body = json_deep_copy(merged);
	json_decref(merged);
	if (json_array_size(conflicts) > 0) {
		step->result->conflicts = describe_conflicts(step, conflicts);
		json_decref(body);
		body = NULL;
		err_set(err, ERR_BUSY, _("%s: somebody else has changed the same fields meanwhile. Choose which text stands."),
		        step_name(step));
	}
	json_decref(conflicts);
	return body;
}

static struct form_session *session_on(const struct step *step, const json_t *body, struct err *err)
{
	const struct session_start start = { .form = step->form,
		                             .evaluator = step->office->evaluator,
		                             .actor = step->actor,
		                             .record = step->record,
		                             .body = body };
	return form_session_new(&start, err);
}

/* What of the stored body is hidden as the record stands: steps and edits leave it alone. */
static void find_hidden(struct step *step, const struct form_session *session)
{
	json_t *seen = form_session_body(session);
	const char *key;
	json_t *value;
	json_object_foreach(step->before, key, value) {
		if (!json_object_get(seen, key))
			json_object_set(step->hidden, key, value);
	}
	json_decref(seen);
}

bool step_open_session(struct step *step, struct err *err)
{
	json_t *body = step->edit ? merged_body(step, err) : NULL;
	if (step->edit && !body)
		return false;
	step->before = json_deep_copy(step->record->body);
	step->hidden = json_object();
	struct form_session *stored = step->record->id ? session_on(step, NULL, err) : NULL;
	if (stored)
		find_hidden(step, stored);
	if (body && (stored || !step->record->id))
		step->session = session_on(step, body, err);
	else
		step->session = stored;
	if (stored && step->session != stored)
		form_session_free(&stored);
	json_decref(body);
	return step->session != NULL;
}

void step_release(struct step *step)
{
	form_session_free(&step->session);
	record_free(&step->record);
	json_decref(step->before);
	json_decref(step->hidden);
}

/* --- checking --- */

static bool refuse_faults(struct step *step, json_t *faults, struct err *err)
{
	const char *first = json_text(json_array_get(faults, 0), "message");
	step->result->faults = json_incref(faults);
	if (json_array_size(faults) == 1)
		return err_set(err, ERR_REFUSED, "%s", first);
	return err_set(err, ERR_REFUSED, _("%s (and %zu more)"), first, json_array_size(faults) - 1);
}

bool step_fill(struct step *step, const json_t *set, struct err *err)
{
	if (!set)
		return true;
	json_t *faults = json_array();
	fill_session(step->session, set, faults);
	bool ok = json_array_size(faults) == 0 || refuse_faults(step, faults, err);
	json_decref(faults);
	return ok;
}

bool step_check(struct step *step, struct err *err)
{
	json_t *faults = json_array();
	bool ok = fill_session_faults(step->session, step->transition, faults) == 0 || refuse_faults(step, faults, err);
	json_decref(faults);
	return ok;
}

bool step_check_written(struct step *step, struct err *err)
{
	json_t *body = form_session_body(step->session);
	json_t *changes = record_changes(step->before, body);
	const char *key;
	json_t *pair;
	bool ok = true;
	json_object_foreach(changes, key, pair) {
		const struct field *field = definition_field(step->form, key);
		bool is_gone = json_is_null(json_array_get(pair, 1));
		if (ok && field && !field->read_only && !is_gone &&
		    !permission_may_edit(step->form, field, step->actor, step->record) &&
		    json_object_get(step->before, key))
			ok = err_set(err, ERR_DENIED, _("You may not write \"%s\" as %s stands now."), field_label(field),
			             step_name(step));
	}
	json_decref(changes);
	json_decref(body);
	return ok;
}

bool step_check_note(const struct transition *transition, const char *note, struct err *err)
{
	if (note && !utf8_is_valid(note, strlen(note), NULL))
		return err_set(err, ERR_REFUSED, _("The note is not UTF-8 text."));
	if (note && utf8_find_control(note) != SIZE_MAX)
		return err_set(err, ERR_REFUSED, _("The note contains control characters."));
	size_t chars = note ? utf8_chars(note) : 0;
	if (chars > MOST_NOTE_CHARS)
		return err_set(err, ERR_REFUSED, _("The note has more than %d characters."), MOST_NOTE_CHARS);
	if (!transition || transition->reason != REASON_MUST)
		return true;
	size_t fewest = transition->reason_min > 0 ? (size_t)transition->reason_min : 1;
	return chars >= fewest || err_set(err, ERR_REFUSED, _("\"%s\" needs a reason of at least %zu characters."),
	                                  transition_label(transition), fewest);
}

/* --- writing --- */

static bool is_effect_target(const struct transition *transition, const char *key)
{
	for (size_t i = 0; transition && i < transition->effect_count; i++) {
		const struct effect *effect = &transition->effects[i];
		if ((effect->kind == EFFECT_SET || effect->kind == EFFECT_STAMP) && str_equal(effect->arg1, key))
			return true;
	}
	return false;
}

/*
 * What is filed: what the person sees and has written; what the effects and the
 * computed fields give where the record now stands; and what was hidden before.
 */
static json_t *filed_body(struct step *step)
{
	json_t *body = form_session_body(step->session);
	json_t *draft = form_session_draft(step->session);
	const char *key;
	json_t *value;
	if (step->transition && form_session_rebase(step->session, step->record, draft, NULL)) {
		json_t *moved = form_session_body(step->session);
		json_object_foreach(moved, key, value) {
			const struct field *field = definition_field(step->form, key);
			bool is_ours = (field && field->read_only) || is_effect_target(step->transition, key);
			if (is_ours)
				json_object_set(body, key, value);
		}
		json_decref(moved);
	}
	json_object_update_missing(body, step->hidden);
	json_decref(draft);
	return body;
}

void step_update_columns(struct step *step)
{
	struct record *record = step->record;
	json_t *body = filed_body(step);
	json_decref(record->body);
	record->body = body;
	free(record->title);
	record->title = form_session_title(step->session);
	char *department = form_session_department(step->session);
	if (!str_is_empty(department)) {
		free(record->department);
		record->department = department;
	} else {
		free(department);
	}
	int64_t occurred = form_session_occurred(step->session);
	record->occurred_utc = occurred ? occurred : record->submitted_utc;
}

static bool write_journal(struct step *step, const char *action, const char *from, const char *note, struct err *err)
{
	/* A new record's content is proved by the record's hash in the entry; it need not stand there twice. */
	json_t *changes = from ? record_changes(step->before, step->record->body) : json_object();
	if (step->edit && step->edit->all_normal)
		json_object_set_new(changes, "_all_normal", json_pack("[n, i]", step->edit->all_normal));
	const struct journal_line line = { .actor = step->actor,
		                           .record = step->record->id,
		                           .action = action,
		                           .from = from,
		                           .to = step->record->state,
		                           .note = str_is_empty(note) ? NULL : note,
		                           .changes = json_object_size(changes) ? changes : NULL };
	bool ok = journal_append(step->office->db, &line, NULL, err);
	json_decref(changes);
	return ok;
}

bool step_finish(struct step *step, const char *action, const char *from, const char *note, struct err *err)
{
	return write_journal(step, action, from, note, err) &&
	       record_index(step->office, step->form, step->record, err) &&
	       record_link(step->office, step->form, step->record, err) &&
	       (!step->edit || !step->edit->id || store_draft_delete(step->office->db, step->edit->id, err));
}

void step_tell(struct step *step)
{
	step->result->record = step->record->id;
	step->result->number = mem_text(step->record->number);
	step->result->filing_number = mem_text(step->record->filing_number);
	step->result->state = mem_text(step->record->state);
}
