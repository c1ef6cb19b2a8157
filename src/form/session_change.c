/* Everything that a person does to a body. */
#include "form/session_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "form/value.h"

/* ---- undo ---- */

static void drop(struct undo_step *steps, size_t *count)
{
	for (size_t i = 0; i < *count; i++)
		json_decref(steps[i].body);
	*count = 0;
}

static void push(struct undo_step *steps, size_t *count, json_t *body, struct cell cell)
{
	if (*count == UNDO_MOST) {
		json_decref(steps[0].body);
		memmove(steps, steps + 1, (UNDO_MOST - 1) * sizeof(*steps));
		--*count;
	}
	steps[(*count)++] = (struct undo_step){ .body = body, .cell = cell };
}

void session_forget_undo(struct form_session *session)
{
	drop(session->undo, &session->undo_count);
	drop(session->redo, &session->redo_count);
}

void session_change(struct form_session *session, json_t *body, struct cell cell)
{
	push(session->undo, &session->undo_count, session->body, cell);
	drop(session->redo, &session->redo_count);
	session->body = body;
	session->revision++;
	session_settle(session, cell.field < 0 ? ALL_FIELDS : cell.field);
}

/* Goes one step back in FROM; the way back is put into TO. */
static bool step(struct form_session *session, struct undo_step *from, size_t *from_count, struct undo_step *to,
                 size_t *to_count, struct cell *where)
{
	struct undo_step taken;

	if (*from_count == 0)
		return false;
	taken = from[--*from_count];
	push(to, to_count, session->body, taken.cell);
	session->body = taken.body;
	session->revision++;
	session_forget_defaults(session);
	for (size_t i = 0; i < session->form->field_count; i++)
		session_reset_rows(session, (int)i);
	session_settle(session, ALL_FIELDS);
	if (where != NULL)
		*where = taken.cell;
	return true;
}

bool form_session_undo(struct form_session *session, struct cell *where)
{
	return step(session, session->undo, &session->undo_count, session->redo, &session->redo_count, where);
}

bool form_session_redo(struct form_session *session, struct cell *where)
{
	return step(session, session->redo, &session->redo_count, session->undo, &session->undo_count, where);
}

/* ---- one cell ---- */

static bool is_addressable(const struct form_session *session, struct cell cell)
{
	const struct field *field = session_field(session, cell);
	const struct field *owner = field == NULL ? NULL : &session->form->fields[cell.field];

	if (field == NULL || cell.part == CELL_NONE)
		return false;
	if (cell.part == CELL_NOTE)
		return cell.child >= 0 && owner->type == FIELD_CHECKLIST;
	if (cell.child >= 0 && owner->type == FIELD_TABLE)
		return cell.row >= 0 && (size_t)cell.row < body_rows(session->form, session->body, cell.field);
	return true;
}

static bool refuse_reader(const struct form_session *session, struct cell cell, struct err *err)
{
	char *name = session_cell_name(session, cell);

	err_set(err, ERR_DENIED, _("%s: This cannot be written here and now."), name);
	free(name);
	return false;
}

static bool may_change(const struct form_session *session, struct cell cell, struct err *err)
{
	if (!is_addressable(session, cell))
		return err_set(err, ERR_REFUSED, _("There is no such field in this form."));
	return session_may_edit(session, cell) || refuse_reader(session, cell, err);
}

/* What cannot be kept at all, not even as a draft. */
static bool is_text(const char *text, struct err *err)
{
	const size_t len = strlen(text);

	if (len > VALUE_MOST_BYTES)
		return err_set(err, ERR_REFUSED, _("The text is too long (%zu bytes, at most %d): nothing was changed."),
		               len, VALUE_MOST_BYTES);
	if (!utf8_is_valid(text, len, NULL))
		return err_set(err, ERR_REFUSED, _("The text is not valid UTF-8: nothing was changed."));
	if (utf8_find_control(text) != SIZE_MAX)
		return err_set(err, ERR_REFUSED,
		               _("The text holds control characters, which no field takes: nothing was changed."));
	return true;
}

/* A body that says the same makes no change, so that leaving a field untouched is none. */
static void change_if_other(struct form_session *session, json_t *body, struct cell cell)
{
	if (json_equal(body, session->body))
		json_decref(body);
	else
		session_change(session, body, cell);
}

static enum form_set set_note(struct form_session *session, struct cell cell, const char *text)
{
	const bool is_blank = !value_is_long_enough(text, 1);
	json_t *value = is_blank ? NULL : json_string(text);

	change_if_other(session, body_with(session->form, session->body, cell, value, NULL), cell);
	return FORM_SET_VALUE;
}

enum form_set form_session_set_text(struct form_session *session, struct cell cell, const char *text,
                                    struct err *err)
{
	json_t *value = NULL;
	char *why = NULL;
	bool good;

	if (!may_change(session, cell, err) || !is_text(text, err))
		return FORM_SET_REFUSED;
	if (cell.part == CELL_NOTE)
		return set_note(session, cell, text);
	cell.part = CELL_VALUE;
	good = value_read(session_field(session, cell), text, session_now(session), &value, &why);
	/* Emptying what was never filled changes nothing. */
	if (good && json_is_null(value) && body_value(session->form, session->body, cell) == NULL &&
	    body_raw(session->form, session->body, cell) == NULL) {
		json_decref(value);
		return FORM_SET_VALUE;
	}
	change_if_other(session,
	                body_with(session->form, session->body, cell, good ? value : json_null(), good ? NULL : text),
	                cell);
	free(why);
	return good ? FORM_SET_VALUE : FORM_SET_RAW;
}

/* Every text in VALUE must be one. */
static bool is_clean(const json_t *value, struct err *err)
{
	const char *key;
	json_t *inner;
	size_t at;

	if (json_is_string(value))
		return is_text(json_string_value(value), err);
	json_array_foreach((json_t *)value, at, inner)
		if (!is_clean(inner, err))
			return false;
	json_object_foreach((json_t *)value, key, inner)
		if (!is_clean(inner, err))
			return false;
	return true;
}

static enum form_set set_json(struct form_session *session, struct cell cell, const json_t *value, struct err *err)
{
	char *text;
	enum form_set result;

	if (json_is_array(value) || json_is_object(value) || json_is_boolean(value)) {
		change_if_other(session,
		                body_with(session->form, session->body, cell, json_deep_copy(value), NULL), cell);
		return FORM_SET_VALUE;
	}
	text = json_line(value);
	result = form_session_set_text(session, cell, text, err);
	free(text);
	return result;
}

enum form_set form_session_set_value(struct form_session *session, struct cell cell, const json_t *value,
                                     struct err *err)
{
	enum form_set result;

	if (value == NULL || json_is_null(value))
		return form_session_set_text(session, cell, "", err);
	if (json_is_string(value))
		return form_session_set_text(session, cell, json_string_value(value), err);
	if (!may_change(session, cell, err) || !is_clean(value, err))
		return FORM_SET_REFUSED;
	if (cell.part == CELL_HEAD)
		cell.part = CELL_VALUE;
	result = set_json(session, cell, value, err);
	/* The cells of a table that came whole are read as if typed. */
	session_normalise(session);
	session_settle(session, cell.field);
	return result;
}

/* ---- rows ---- */

size_t form_session_row_count(const struct form_session *session, int field)
{
	return session->form->fields[field].type == FIELD_TABLE ? body_rows(session->form, session->body, field) : 0;
}

static struct cell head_of(int field, size_t row)
{
	return (struct cell){ .field = field, .row = (int)row, .child = -1, .part = CELL_HEAD };
}

static bool may_change_rows(const struct form_session *session, int field, size_t row, size_t most, struct err *err)
{
	const struct cell cell = head_of(field, row);

	if (session_field(session, cell) == NULL || session->form->fields[field].type != FIELD_TABLE || row >= most)
		return err_set(err, ERR_REFUSED, _("There is no such row in this form."));
	return session_may_edit(session, cell_of_field(field)) || refuse_reader(session, cell, err);
}

/* A copy of the table's rows, to be changed. */
static json_t *rows_of(const struct form_session *session, int field)
{
	json_t *rows = json_copy(json_object_get(session->body, session->form->fields[field].key));

	if (json_is_array(rows))
		return rows;
	json_decref(rows);
	return json_array();
}

/* Takes ROWS over. */
static void change_rows(struct form_session *session, int field, json_t *rows, size_t at)
{
	json_t *body = body_with(session->form, session->body, cell_of_field(field), rows, NULL);

	/* Their number may be the same, but not which is which. */
	push(session->undo, &session->undo_count, session->body, head_of(field, at));
	drop(session->redo, &session->redo_count);
	session->body = body;
	session->revision++;
	session_reset_rows(session, field);
	session_settle(session, field);
}

bool form_session_row_add(struct form_session *session, int field, size_t at, struct err *err)
{
	const size_t count = form_session_row_count(session, field);
	const int most = session->form->fields[field].max_rows;
	json_t *rows;

	if (!may_change_rows(session, field, at, count + 1, err))
		return false;
	if (count >= (most > 0 ? (size_t)most : ROWS_MOST))
		return err_set(err, ERR_REFUSED, _("%s: There cannot be more than %zu rows."),
		               field_label(&session->form->fields[field]), count);
	rows = rows_of(session, field);
	json_array_insert_new(rows, at, json_object());
	change_rows(session, field, rows, at);
	return true;
}

bool form_session_row_remove(struct form_session *session, int field, size_t at, struct err *err)
{
	json_t *rows;

	if (!may_change_rows(session, field, at, form_session_row_count(session, field), err))
		return false;
	rows = rows_of(session, field);
	json_array_remove(rows, at);
	change_rows(session, field, rows, at);
	return true;
}

bool form_session_row_move(struct form_session *session, int field, size_t from, size_t to, struct err *err)
{
	const size_t count = form_session_row_count(session, field);
	json_t *rows, *row;

	if (!may_change_rows(session, field, from > to ? from : to, count, err))
		return false;
	rows = rows_of(session, field);
	row = json_incref(json_array_get(rows, from));
	json_array_remove(rows, from);
	json_array_insert_new(rows, to, row);
	change_rows(session, field, rows, to);
	return true;
}

/* ---- many cells at once ---- */

static const struct choice *normal_choice(const struct field *item)
{
	for (size_t i = 0; item->type == FIELD_CHOICE && i < item->choice_count; i++)
		if (item->choices[i].verdict == VERDICT_NORMAL)
			return &item->choices[i];
	return NULL;
}

/* BODY (stolen) with the normal choice at CELL, if the item is a pass/fail one and still empty. */
static json_t *with_normal(const struct form_session *session, json_t *body, struct cell cell, size_t *count)
{
	const struct choice *normal = normal_choice(session_field(session, cell));
	json_t *changed;

	if (normal == NULL || !form_session_cell_visible(session, cell) || !session_may_edit(session, cell) ||
	    !value_is_empty(body_value(session->form, body, cell)) ||
	    body_raw(session->form, body, cell) != NULL)
		return body;
	changed = body_with(session->form, body, cell, json_string(normal->value), NULL);
	json_decref(body);
	++*count;
	return changed;
}

size_t form_session_all_normal(struct form_session *session, size_t section)
{
	json_t *body = json_incref(session->body);
	size_t count = 0;
	int changed = ALL_FIELDS;

	for (size_t i = 0; i < session->form->field_count; i++) {
		const struct field *field = &session->form->fields[i];
		const size_t before = count;

		if (field->type != FIELD_CHECKLIST ||
		    (section != SIZE_MAX && definition_section_of(session->form, field) != &session->form->sections[section]))
			continue;
		for (size_t j = 0; j < field->child_count; j++)
			body = with_normal(session, body, cell_of_child((int)i, -1, (int)j), &count);
		if (count > before)
			changed = changed == ALL_FIELDS && before == 0 ? (int)i : ALL_FIELDS;
	}
	if (count > 0)
		session_change(session, body,
		               (struct cell){ .field = changed, .row = -1, .child = -1, .part = CELL_HEAD });
	else
		json_decref(body);
	return count;
}

bool form_session_same_as_last(struct form_session *session, struct cell cell, struct err *err)
{
	const struct field *field = session_field(session, cell);
	const json_t *last = session_last(session, cell);

	if (field == NULL)
		return err_set(err, ERR_REFUSED, _("There is no such field in this form."));
	if (field->copy == COPY_MEASURE && cell.part != CELL_NOTE)
		return err_set(err, ERR_REFUSED, _("%s: A reading must be taken anew."), field_label(field));
	if (cell.part == CELL_HEAD)
		return err_set(err, ERR_REFUSED, _("%s: Take over cell by cell."), field_label(field));
	if (last == NULL)
		return err_set(err, ERR_REFUSED, _("%s: The last record has nothing here."), field_label(field));
	return form_session_set_value(session, cell, last, err) != FORM_SET_REFUSED;
}
