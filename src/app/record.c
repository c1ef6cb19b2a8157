#include "app/record_private.h"

#include "app/office_private.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/link.h"
#include "store/record.h"
#include "store/search.h"

struct record *record_blank(const struct definition *form, const struct actor *actor)
{
	struct record *record = mem_new(struct record);
	record->form = mem_text(form->id);
	record->form_hash = mem_text(form->hash);
	record->state = mem_text(form->workflow.states[0].key);
	record->department = mem_text(actor->department);
	record->applicant = mem_text(actor->person);
	record->author = actor->account;
	record->title = mem_text("");
	record->body = json_object();
	return record;
}

bool record_is_visible(struct office *office, const struct actor *actor, const struct record *record)
{
	const struct definition *form = office_form(office, record->form);
	if (!form)
		form = office_form_version(office, record->form, record->form_hash, NULL);
	return form && permission_may_see(form, actor, record);
}

/* Takes RECORD, which may be NULL, and judges it. */
static struct record *judge(struct office *office, const struct actor *actor, struct record *record,
                            const char *which, struct err *err)
{
	if (!record) {
		if (!err || err->code == ERR_NONE)
			err_set(err, ERR_REFUSED, _("There is no record %s."), which);
		return NULL;
	}
	if (!record_is_visible(office, actor, record)) {
		record_free(&record);
		err_set(err, ERR_DENIED, _("The record %s is not open to you."), which);
		return NULL;
	}
	return record;
}

struct record *record_get(struct office *office, const struct actor *actor, int64_t id, struct err *err)
{
	char which[32];
	snprintf(which, sizeof(which), "#%lld", (long long)id);
	err_clear(err);
	return judge(office, actor, record_by_id(office->db, id, err), which, err);
}

struct record *record_named(struct office *office, const struct actor *actor, const char *which, struct err *err)
{
	err_clear(err);
	return judge(office, actor, record_find(office->db, which, err), which, err);
}

bool record_is_writable(const struct definition *form, const struct actor *actor, const struct record *record)
{
	for (size_t i = 0; i < form->field_count; i++) {
		if (permission_may_edit(form, &form->fields[i], actor, record))
			return true;
	}
	return false;
}

enum state_kind record_kind(const struct definition *form, const struct record *record)
{
	const struct state *state = workflow_state(&form->workflow, record->state);
	return state ? state->kind : STATE_OPEN;
}

const char **record_states_of_kind(const struct definition *form, int kinds)
{
	const struct workflow *workflow = &form->workflow;
	const char **keys = mem_zeroed(workflow->state_count + 1, sizeof(char *));
	size_t count = 0;
	for (size_t i = 0; i < workflow->state_count; i++) {
		if (kinds & 1 << workflow->states[i].kind)
			keys[count++] = workflow->states[i].key;
	}
	return keys;
}

int64_t record_due(const struct office *office, const struct definition *form, const struct record *record)
{
	const struct state *state = workflow_state(&form->workflow, record->state);
	if (!state || !state->limit_hours || !record->state_since_utc)
		return 0;
	if (state->limit_working)
		return calendar_add_hours(office->calendar, record->state_since_utc, state->limit_hours);
	return record->state_since_utc + (int64_t)state->limit_hours * 3600;
}

bool record_index(struct office *office, const struct definition *form, const struct record *record, struct err *err)
{
	const char *parts[] = { record->title, record->number, record->code, record->filing_number,
		                record->department, record->applicant };
	struct str words = STR_INIT;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!str_is_empty(parts[i]))
			str_addf(&words, "%s\n", parts[i]);
	}
	char *body = form_search_text(form, record->body);
	str_add(&words, body);
	free(body);
	bool ok = store_search_put(office->db, record->id, str_text(&words), err);
	str_release(&words);
	return ok;
}

/* VALUE: the number of another record, or an array of such. What is no record's number is left alone. */
static bool link_value(struct office *office, const struct record *record, const json_t *value, struct err *err)
{
	size_t i;
	json_t *item;
	bool ok = true;
	if (json_is_array(value)) {
		json_array_foreach((json_t *)(uintptr_t)value, i, item)
			ok = ok && link_value(office, record, item, err);
		return ok;
	}
	if (!json_is_string(value))
		return true;
	err_clear(err);
	struct record *other = record_by_number(office->db, json_string_value(value), err);
	if (!other)
		return !err || err->code == ERR_NONE;
	ok = other->id == record->id || link_add(office->db, record->id, other->id, "refers", err);
	record_free(&other);
	return ok;
}

static bool link_rows(struct office *office, const struct record *record, const struct field *table, const json_t *rows,
                      struct err *err)
{
	size_t i;
	json_t *row;
	bool ok = true;
	json_array_foreach((json_t *)(uintptr_t)rows, i, row) {
		for (size_t c = 0; ok && c < table->child_count; c++) {
			if (table->children[c].type == FIELD_REFERENCE)
				ok = link_value(office, record, json_object_get(row, table->children[c].key), err);
		}
	}
	return ok;
}

bool record_link(struct office *office, const struct definition *form, const struct record *record, struct err *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < form->field_count; i++) {
		const struct field *field = &form->fields[i];
		const json_t *value = json_object_get(record->body, field->key);
		if (field->type == FIELD_REFERENCE)
			ok = link_value(office, record, value, err);
		else if (field->type == FIELD_TABLE && json_is_array(value))
			ok = link_rows(office, record, field, value, err);
	}
	return ok;
}
