/* What a body begins with: the last record's values, canonical forms. */
#include "form/session_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "form/value.h"

/* ---- as last time ---- */

/* A value that the form of today would refuse does not come along. */
static bool may_stand(const struct form_session *session, const struct field *field, const json_t *value)
{
	char *fault;

	if (value_is_empty(value))
		return false;
	fault = value_fault(field, value, NULL, evaluator_world(session->evaluator));
	free(fault);
	return fault == NULL;
}

static json_t *copy_rows(const struct form_session *session, const struct field *table, const json_t *rows)
{
	json_t *copy = json_array();

	for (size_t i = 0; i < json_array_size(rows) && i < ROWS_MOST; i++) {
		json_t *row = json_object();

		for (size_t j = 0; j < table->child_count; j++) {
			const struct field *column = &table->children[j];
			json_t *value = json_object_get(json_array_get(rows, i), column->key);

			if (column->copy == COPY_CARRY && may_stand(session, column, value))
				json_object_set(row, column->key, value);
		}
		json_array_append_new(copy, row);
	}
	return copy;
}

static json_t *copy_items(const struct form_session *session, const struct field *list, const json_t *items)
{
	json_t *copy = json_object();

	for (size_t i = 0; i < list->child_count; i++) {
		const struct field *item = &list->children[i];
		json_t *value = json_object_get(json_object_get(items, item->key), "value");

		if (item->copy == COPY_CARRY && may_stand(session, item, value)) {
			json_t *entry = json_object();

			json_object_set(entry, "value", value);
			json_object_set_new(copy, item->key, entry);
		}
	}
	return copy;
}

json_t *session_copy_last(const struct form_session *session)
{
	json_t *body = json_object(), *copy;

	for (size_t i = 0; i < session->form->field_count; i++) {
		const struct field *field = &session->form->fields[i];
		json_t *value = json_object_get(session->last, field->key);

		copy = NULL;
		if (field->type == FIELD_CHECKLIST)
			copy = copy_items(session, field, value);
		else if (field->type == FIELD_TABLE && field->copy != COPY_RESET)
			copy = copy_rows(session, field, value);
		else if (field->copy == COPY_CARRY && may_stand(session, field, value))
			copy = json_incref(value);
		if (!value_is_empty(copy))
			json_object_set(body, field->key, copy);
		json_decref(copy);
	}
	/* Nothing in it may change when the last one is looked at again. */
	copy = json_deep_copy(body);
	json_decref(body);
	return copy;
}

/* ---- the last value of a cell ---- */

/* True if what identifies a row (its carried columns) is the same in both. */
static bool is_same_row(const struct field *table, const json_t *a, const json_t *b)
{
	bool any = false;

	for (size_t i = 0; i < table->child_count; i++) {
		const json_t *left = json_object_get(a, table->children[i].key);
		const json_t *right = json_object_get(b, table->children[i].key);

		if (table->children[i].copy != COPY_CARRY || value_is_empty(right))
			continue;
		if (!json_equal(left, right))
			return false;
		any = true;
	}
	return any;
}

static int last_row(const struct form_session *session, struct cell cell)
{
	const struct field *table = &session->form->fields[cell.field];
	const json_t *present = json_object_get(session->body, table->key);
	const json_t *last = json_object_get(session->last, table->key);
	const json_t *row = json_array_get(present, (size_t)cell.row);

	for (size_t i = 0; i < json_array_size(last); i++)
		if (is_same_row(table, row, json_array_get(last, i)))
			return (int)i;
	return -1;
}

const json_t *session_last(const struct form_session *session, struct cell cell)
{
	const json_t *value;

	if (session->last == NULL || session_field(session, cell) == NULL)
		return NULL;
	if (cell.row >= 0)
		cell.row = last_row(session, cell);
	if (cell.child >= 0 && session->form->fields[cell.field].type == FIELD_TABLE && cell.row < 0)
		return NULL;
	value = body_value(session->form, session->last, cell);
	return value_is_empty(value) ? NULL : value;
}

/* ---- canonical forms ---- */

static bool needs_reading(const struct field *field)
{
	return field->type != FIELD_TEXT && field->type != FIELD_MEMO;
}

/* Arrays and objects may come as their JSON text: an expression of another form has no other way. */
static bool may_be_json(const struct field *field, const char *text)
{
	return (value_is_many(field) || field->type == FIELD_TABLE || field->type == FIELD_CHECKLIST) &&
	       (*text == '[' || *text == '{');
}

static void take(struct form_session *session, struct cell cell, json_t *value, const char *raw)
{
	json_t *body = body_with(session->form, session->body, cell, value, raw);

	json_decref(session->body);
	session->body = body;
}

/* What another program wrote into the body is read as if somebody had typed it. */
static void normalise_text(struct form_session *session, struct cell cell, const char *text)
{
	const struct field *field = session_field(session, cell);
	json_t *value = NULL, *whole;
	char *why = NULL;

	if (may_be_json(field, text)) {
		whole = json_string(text);
		value = value_from_expression(field, whole, session_now(session));
		json_decref(whole);
	}
	if (!value_is_empty(value) || value_read(field, text, session_now(session), &value, &why))
		take(session, cell, value, NULL);
	else
		take(session, cell, json_null(), text);
	free(why);
}

static void normalise_cell(struct form_session *session, struct cell cell)
{
	const struct field *field = session_field(session, cell);
	const json_t *value = body_value(session->form, session->body, cell);
	char *text;

	if (value == NULL || json_is_null(value))
		return;
	if (json_is_string(value)) {
		if (needs_reading(field))
			normalise_text(session, cell, json_string_value(value));
		return;
	}
	if (field->type == FIELD_DECIMAL && json_is_integer(value)) {
		take(session, cell, json_real(json_number_value(value)), NULL);
		return;
	}
	if (json_is_number(value) && (field->type == FIELD_TEXT || field->type == FIELD_TIME)) {
		text = json_line(value);
		normalise_text(session, cell, text);
		free(text);
	}
}

void session_normalise(struct form_session *session)
{
	for (size_t i = 0; i < session->form->field_count; i++) {
		const struct field *field = &session->form->fields[i];
		const size_t rows = field->type == FIELD_TABLE ? body_rows(session->form, session->body, (int)i) : 1;

		if (!session->fields[i].in_state)
			continue;
		normalise_cell(session, cell_of_field((int)i));
		for (size_t row = 0; row < rows; row++)
			for (size_t child = 0; child < field->child_count; child++)
				normalise_cell(session, cell_of_child((int)i, field->type == FIELD_TABLE ? (int)row : -1,
				                                      (int)child));
	}
}
