/* The tree of a body: where a cell's value stands in it, and a changed copy. */
#include "form/session_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static const char raw_key[] = "_raw"; /* of the body and of a row */

bool cell_equal(struct cell a, struct cell b)
{
	return a.field == b.field && a.row == b.row && a.child == b.child && a.part == b.part;
}

struct cell cell_of_field(int field)
{
	return (struct cell){ .field = field, .row = -1, .child = -1, .part = CELL_VALUE };
}

struct cell cell_of_child(int field, int row, int child)
{
	return (struct cell){ .field = field, .row = row, .child = child, .part = CELL_VALUE };
}

static const struct field *field_at(const struct definition *form, struct cell cell)
{
	const struct field *field;

	if (cell.field < 0 || (size_t)cell.field >= form->field_count)
		return NULL;
	field = &form->fields[cell.field];
	if (cell.child < 0)
		return field;
	return (size_t)cell.child < field->child_count ? &field->children[cell.child] : NULL;
}

const struct field *session_field(const struct form_session *session, struct cell cell)
{
	return field_at(session->form, cell);
}

/* A check item's entry is {"value": ..., "note": ..., "raw": ...}. */
static const char *part_key(struct cell cell)
{
	return cell.part == CELL_NOTE ? "note" : "value";
}

/* The row or the item's entry that holds CELL; the body itself for a field. */
static const json_t *holder_of(const struct definition *form, const json_t *body, struct cell cell)
{
	const struct field *owner = &form->fields[cell.field];
	const json_t *whole = json_object_get(body, owner->key);

	if (cell.child < 0)
		return body;
	if (owner->type == FIELD_TABLE)
		return cell.row < 0 ? NULL : json_array_get(whole, (size_t)cell.row);
	return json_object_get(whole, owner->children[cell.child].key);
}

static bool is_item(const struct definition *form, struct cell cell)
{
	return cell.child >= 0 && form->fields[cell.field].type == FIELD_CHECKLIST;
}

const json_t *body_value(const struct definition *form, const json_t *body, struct cell cell)
{
	const struct field *field = field_at(form, cell);

	if (field == NULL)
		return NULL;
	return json_object_get(holder_of(form, body, cell), is_item(form, cell) ? part_key(cell) : field->key);
}

const char *body_raw(const struct definition *form, const json_t *body, struct cell cell)
{
	const struct field *field = field_at(form, cell);
	const json_t *holder;

	if (field == NULL || cell.part == CELL_NOTE)
		return NULL;
	holder = holder_of(form, body, cell);
	if (is_item(form, cell))
		return json_string_value(json_object_get(holder, "raw"));
	return json_string_value(json_object_get(json_object_get(holder, raw_key), field->key));
}

size_t body_rows(const struct definition *form, const json_t *body, int field)
{
	return json_array_size(json_object_get(body, form->fields[field].key));
}

/* Sets KEY to VALUE (stolen), or takes it away. */
static void put(json_t *object, const char *key, json_t *value)
{
	if (value != NULL)
		json_object_set_new(object, key, value);
	else
		json_object_del(object, key);
}

/* HOLDER (a row or the body, new) gets RAW under KEY, or loses it. */
static void put_raw(json_t *holder, const char *key, const char *raw)
{
	json_t *raws = json_copy(json_object_get(holder, raw_key));

	if (raws == NULL && raw == NULL)
		return;
	if (raws == NULL)
		raws = json_object();
	put(raws, key, raw == NULL ? NULL : json_string(raw));
	if (json_object_size(raws) > 0) {
		json_object_set_new(holder, raw_key, raws);
	} else {
		json_decref(raws);
		json_object_del(holder, raw_key);
	}
}

/* A copy of VALUE if it is of the type that OTHERWISE makes; else that. */
static json_t *copy_or(const json_t *value, json_t *otherwise)
{
	if (value == NULL || json_typeof(value) != json_typeof(otherwise))
		return otherwise;
	json_decref(otherwise);
	return json_copy((json_t *)value);
}

static json_t *table_with(const struct field *table, const json_t *rows, struct cell cell, json_t *value,
                          const char *raw)
{
	json_t *copy = copy_or(rows, json_array());
	const char *key = table->children[cell.child].key;
	json_t *row;

	while (json_array_size(copy) <= (size_t)cell.row)
		json_array_append_new(copy, json_object());
	row = copy_or(json_array_get(copy, (size_t)cell.row), json_object());
	put(row, key, value);
	put_raw(row, key, raw);
	json_array_set_new(copy, (size_t)cell.row, row);
	return copy;
}

static json_t *list_with(const struct field *list, const json_t *items, struct cell cell, json_t *value,
                         const char *raw)
{
	json_t *copy = copy_or(items, json_object());
	const char *key = list->children[cell.child].key;
	json_t *entry = copy_or(json_object_get(copy, key), json_object());

	put(entry, part_key(cell), value);
	if (cell.part == CELL_VALUE)
		put(entry, "raw", raw == NULL ? NULL : json_string(raw));
	json_object_set_new(copy, key, entry);
	return copy;
}

json_t *body_with(const struct definition *form, const json_t *body, struct cell cell, json_t *value,
                  const char *raw)
{
	const struct field *field = &form->fields[cell.field];
	const json_t *whole = json_object_get(body, field->key);
	json_t *copy = json_copy((json_t *)body);

	if (cell.child < 0) {
		put(copy, field->key, value);
		put_raw(copy, field->key, raw);
	} else if (field->type == FIELD_TABLE) {
		json_object_set_new(copy, field->key, table_with(field, whole, cell, value, raw));
	} else {
		json_object_set_new(copy, field->key, list_with(field, whole, cell, value, raw));
	}
	return copy;
}

/* ---- cells as words ---- */

char *form_cell_path(const struct form_session *session, struct cell cell)
{
	const struct field *field = session_field(session, cell);
	struct str path = STR_INIT;

	if (field == NULL)
		return mem_text("");
	str_add(&path, session->form->fields[cell.field].key);
	if (cell.row >= 0)
		str_addf(&path, ".%d", cell.row + 1);
	if (cell.child >= 0)
		str_addf(&path, ".%s", field->key);
	if (cell.part == CELL_NOTE)
		str_add(&path, ".note");
	return str_take(&path);
}

/* The part of PATH up to the next dot, into WORD; what comes behind the dot, NULL at the end. */
static const char *next_word(const char *path, char word[64])
{
	const char *dot = strchr(path, '.');
	const size_t len = dot == NULL ? strlen(path) : (size_t)(dot - path);

	word[0] = '\0';
	if (len < 64) {
		memcpy(word, path, len);
		word[len] = '\0';
	}
	return dot == NULL ? NULL : dot + 1;
}

static bool parse_child(const struct field *owner, const char *path, struct cell *cell)
{
	const struct field *child;
	char word[64], *end = word;

	path = next_word(path, word);
	if (owner->type == FIELD_TABLE) {
		const long row = strtol(word, &end, 10);

		if (end == word || *end != '\0' || row < 1 || row > ROWS_MOST)
			return false;
		cell->row = (int)row - 1;
		if (path == NULL) {
			cell->part = CELL_HEAD;
			return true;
		}
		path = next_word(path, word);
	}
	child = field_child(owner, word);
	if (child == NULL)
		return false;
	cell->child = (int)(child - owner->children);
	if (path == NULL)
		return true;
	cell->part = CELL_NOTE;
	return owner->type == FIELD_CHECKLIST && strcmp(path, "note") == 0;
}

bool form_cell_parse(const struct form_session *session, const char *path, struct cell *cell)
{
	const struct field *field;
	char word[64];

	path = next_word(path, word);
	field = definition_field(session->form, word);
	if (field == NULL)
		return false;
	*cell = cell_of_field((int)(field - session->form->fields));
	if (path != NULL)
		return parse_child(field, path, cell);
	if (field->type == FIELD_TABLE || field->type == FIELD_CHECKLIST)
		cell->part = CELL_HEAD;
	return true;
}
