/* Changes to a record that are no step of its workflow: filling in, and amending. */
#include "app/act.h"

#include "app/fill.h"
#include "app/office_private.h"
#include "app/record_private.h"
#include "app/step.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "store/record.h"

enum { REASON_CHARS = 6 };

static bool write_record(struct step *step, const char *action, const char *note, struct err *err)
{
	step_update_columns(step);
	return record_update(step->office->db, step->record, err) &&
	       step_finish(step, action, step->record->state, note, err);
}

/* Ends the transaction either way. */
static bool end(struct step *step, bool ok, struct err *err)
{
	ok = ok && db_commit(step->office->db, err);
	if (ok)
		step_tell(step);
	else
		db_rollback(step->office->db);
	step_release(step);
	return ok;
}

bool act_save(struct office *office, const struct actor *actor, const struct edit *edit, struct act_result *result,
              struct err *err)
{
	struct step step = { .office = office, .actor = actor, .edit = edit, .result = result };
	*result = (struct act_result){ 0 };
	if (!edit->record)
		return err_set(err, ERR_REFUSED, _("A new record is kept as a draft until it is submitted."));
	if (!db_begin(office->db, DB_DECISION, err))
		return false;
	bool ok = step_open(&step, edit->record, err) && step_open_session(&step, err) && step_check(&step, err) &&
	          step_check_written(&step, err) && write_record(&step, "save", NULL, err);
	return end(&step, ok, err);
}

/* --- amending --- */

/* A state in which FIELD is written in the normal course, so that the same people amend it who wrote it. */
static const char *writing_state(const struct definition *form, const struct field *field)
{
	for (size_t i = 0; i < form->workflow.state_count; i++) {
		if (permission_editable_in(form, field, form->workflow.states[i].key))
			return form->workflow.states[i].key;
	}
	return NULL;
}

static bool check_amendable(struct step *step, const json_t *set, const char *reason, struct err *err)
{
	enum state_kind kind = record_kind(step->form, step->record);
	if (kind == STATE_DRAFT || kind == STATE_ARCHIVED || kind == STATE_VOID)
		return err_set(err, ERR_REFUSED, _("%s cannot be amended: it is not submitted, or archived or void."),
		               step_name(step));
	if (json_object_size(set) == 0)
		return err_set(err, ERR_REFUSED, _("Say which field gets which value."));
	if (!reason || utf8_chars(reason) < REASON_CHARS)
		return err_set(err, ERR_REFUSED, _("An amendment needs a reason of at least %d characters."), REASON_CHARS);
	return step_check_note(NULL, reason, err);
}

/* The field that PATH ("key", "list.item") belongs to. */
static const struct field *field_of(const struct definition *form, const char *path)
{
	char key[64];
	size_t len = strcspn(path, ".");
	if (len >= sizeof(key))
		return NULL;
	memcpy(key, path, len);
	key[len] = '\0';
	return definition_field(form, key);
}

/* One value, written as if the record stood where the field is written. */
static bool amend_one(struct step *step, const char *path, const json_t *value, struct err *err)
{
	const struct field *field = field_of(step->form, path);
	const char *state = field && !field->read_only ? writing_state(step->form, field) : NULL;
	if (!state)
		return err_set(err, ERR_REFUSED, _("There is no field \"%s\" that could be amended."), path);
	struct record *there = record_copy(step->record);
	free(there->state);
	there->state = mem_text(state);
	bool ok = permission_may_edit(step->form, field, step->actor, there) ||
	          err_set(err, ERR_DENIED, _("\"%s\" is not yours to amend."), field_label(field));
	json_t *draft = form_session_draft(step->session);
	json_t *values = json_object();
	json_object_set(values, path, (json_t *)(uintptr_t)value);
	ok = ok && form_session_rebase(step->session, there, draft, err) && step_fill(step, values, err) &&
	     step_check(step, err);
	json_decref(values);
	json_decref(draft);
	record_free(&there);
	return ok;
}

static bool amend_all(struct step *step, const json_t *set, struct err *err)
{
	const char *path;
	json_t *value;
	bool ok = true;
	json_object_foreach((json_t *)(uintptr_t)set, path, value)
		ok = ok && amend_one(step, path, value, err);
	json_t *draft = form_session_draft(step->session);
	ok = ok && form_session_rebase(step->session, step->record, draft, err);
	json_decref(draft);
	return ok;
}

bool act_amend(struct office *office, const struct actor *actor, int64_t record, const json_t *set, const char *reason,
               struct act_result *result, struct err *err)
{
	struct step step = { .office = office, .actor = actor, .result = result };
	*result = (struct act_result){ 0 };
	if (!db_begin(office->db, DB_DECISION, err))
		return false;
	bool ok = step_open(&step, record, err) && check_amendable(&step, set, reason, err) &&
	          step_open_session(&step, err) && amend_all(&step, set, err) && write_record(&step, "amend", reason, err);
	return end(&step, ok, err);
}
