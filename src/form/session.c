/* Opening and closing, and the plain questions. */
#include "form/session_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/value.h"

static struct record *new_record(const struct session_start *start)
{
	struct record *record = mem_new(struct record);

	record->form = mem_text(start->form->id);
	record->state = mem_text(start->form->workflow.states[0].key);
	record->department = mem_text(start->actor->department);
	record->applicant = mem_text(start->actor->person);
	record->author = start->actor->account;
	return record;
}

/* An object, shared no further than this session. */
static json_t *body_of(const struct session_start *start)
{
	const json_t *given = start->body != NULL ? start->body : start->record != NULL ? start->record->body : NULL;

	return json_is_object(given) ? json_deep_copy(given) : json_object();
}

static void begin_body(struct form_session *session, const struct session_start *start)
{
	json_t *copied;

	session->body = body_of(start);
	if (session->record->id == 0 && start->body == NULL && json_object_size(session->body) == 0 &&
	    session->last != NULL && session->form->copy_last) {
		copied = session_copy_last(session);
		json_decref(session->body);
		session->body = copied;
	}
	session_normalise(session);
}

struct form_session *form_session_new(const struct session_start *start, struct err *err)
{
	struct form_session *session;

	if (start->record != NULL && workflow_state(&start->form->workflow, start->record->state) == NULL) {
		err_set(err, ERR_REFUSED, _("The form \"%s\" has no state \"%s\"."), start->form->id,
		        start->record->state == NULL ? "" : start->record->state);
		return NULL;
	}
	session = mem_new(struct form_session);
	session->form = start->form;
	session->evaluator = start->evaluator;
	session->actor = start->actor;
	session->record = start->record != NULL ? record_copy(start->record) : new_record(start);
	session->last = json_is_object(start->last) ? json_deep_copy(start->last) : NULL;
	session->section_visible = mem_zeroed(start->form->section_count + 1, sizeof(bool));
	session->fields = mem_zeroed(start->form->field_count + 1, sizeof(struct field_state));
	memset(session->section_visible, true, start->form->section_count);
	for (size_t i = 0; i < start->form->field_count; i++)
		session->fields[i].self.is_visible = true;
	session_find_rights(session);
	begin_body(session, start);
	session_settle(session, ALL_FIELDS);
	return session;
}

void form_session_free(struct form_session **session)
{
	struct form_session *s = *session;

	if (s == NULL)
		return;
	session_release_slots(s);
	session_forget_undo(s);
	record_free(&s->record);
	json_decref(s->body);
	json_decref(s->last);
	free(s->section_visible);
	free(s->fields);
	free(s);
	*session = NULL;
}

const struct definition *form_session_form(const struct form_session *session)
{
	return session->form;
}

uint64_t form_session_revision(const struct form_session *session)
{
	return session->revision;
}

void form_session_refresh(struct form_session *session)
{
	session_settle(session, ALL_FIELDS);
}

bool form_session_rebase(struct form_session *session, const struct record *record, const json_t *body,
                         struct err *err)
{
	const json_t *taken = body != NULL ? body : record->body;

	if (workflow_state(&session->form->workflow, record->state) == NULL)
		return err_set(err, ERR_REFUSED, _("The form \"%s\" has no state \"%s\"."), session->form->id,
		               record->state == NULL ? "" : record->state);
	record_free(&session->record);
	session->record = record_copy(record);
	json_decref(session->body);
	session->body = json_is_object(taken) ? json_deep_copy(taken) : json_object();
	session_forget_undo(session);
	session_forget_defaults(session);
	session_find_rights(session);
	session_normalise(session);
	for (size_t i = 0; i < session->form->field_count; i++)
		session_reset_rows(session, (int)i);
	session->revision++;
	session_settle(session, ALL_FIELDS);
	return true;
}

void form_session_set_numbers(struct form_session *session, const char *number, const char *filing_number)
{
	if (number != NULL) {
		free(session->record->number);
		session->record->number = mem_text(number);
	}
	if (filing_number != NULL) {
		free(session->record->filing_number);
		session->record->filing_number = mem_text(filing_number);
	}
	session_settle(session, ALL_FIELDS);
}

/* ---- bodies ---- */

json_t *form_session_draft(const struct form_session *session)
{
	return json_deep_copy(session->body);
}

/* What is not written in this state is filed as it stands; hidden or not, it was filed before. */
static json_t *filed_value(const struct form_session *session, int field)
{
	if (!session->fields[field].in_state) {
		const json_t *value = body_value(session->form, session->body, cell_of_field(field));

		return value_is_empty(value) ? NULL : json_incref((json_t *)value);
	}
	return session_is_visible(session, field) ? session_filed(session, field) : NULL;
}

json_t *form_session_body(const struct form_session *session)
{
	json_t *body = json_object();
	json_t *copy;

	for (size_t i = 0; i < session->form->field_count; i++) {
		json_t *value = filed_value(session, (int)i);

		if (value != NULL)
			json_object_set_new(body, session->form->fields[i].key, value);
	}
	copy = json_deep_copy(body);
	json_decref(body);
	return copy;
}

const json_t *form_session_value(const struct form_session *session, struct cell cell)
{
	const json_t *value = session_field(session, cell) == NULL ?
	                              NULL :
	                              body_value(session->form, session->body, cell);

	return value_is_empty(value) ? NULL : value;
}
