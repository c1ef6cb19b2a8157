#include "app/fill.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

void fill_fault(json_t *faults, const char *field, const char *message)
{
	json_array_append_new(faults, json_pack("{s:s, s:s}", "field", field, "message", message));
}

size_t fill_session_faults(const struct form_session *session, const struct transition *transition, json_t *faults)
{
	struct form_fault *list = NULL;
	size_t count = form_session_faults(session, transition, &list), hard = 0;
	for (size_t i = 0; i < count; i++) {
		if (list[i].is_warning)
			continue;
		char *path = list[i].cell.part == CELL_NONE ? mem_text("") : form_cell_path(session, list[i].cell);
		fill_fault(faults, path, list[i].text);
		free(path);
		hard++;
	}
	form_faults_free(&list, count);
	return hard;
}

static void raw_fault(struct form_session *session, struct cell cell, const char *path, json_t *faults)
{
	struct cell_view view;
	form_session_view(session, cell, &view);
	fill_fault(faults, path, view.fault ? view.fault : _("This is no value of this field."));
	cell_view_release(&view);
}

static void set_cell(struct form_session *session, struct cell cell, const json_t *value, json_t *faults)
{
	struct err err = { 0 };
	const json_t *there = form_session_value(session, cell);
	if (there && json_equal(there, value))
		return;
	char *path = form_cell_path(session, cell);
	switch (form_session_set_value(session, cell, value, &err)) {
	case FORM_SET_VALUE:
		break;
	case FORM_SET_RAW:
		raw_fault(session, cell, path, faults);
		break;
	case FORM_SET_REFUSED:
		fill_fault(faults, path, err.text);
		break;
	}
	free(path);
}

/* The cell PREFIX.NAME (or PREFIX.ROW.NAME), if the definition has it. */
static void set_part(struct form_session *session, const char *path, const json_t *value, json_t *faults)
{
	struct cell cell;
	if (form_cell_parse(session, path, &cell))
		set_cell(session, cell, value, faults);
	else
		fill_fault(faults, path, _("The form has no such field."));
}

static void set_checklist(struct form_session *session, const char *key, const json_t *items, json_t *faults)
{
	const char *item;
	json_t *given;
	json_object_foreach((json_t *)(uintptr_t)items, item, given) {
		const json_t *value = json_is_object(given) ? json_object_get(given, "value") : given;
		const json_t *note = json_is_object(given) ? json_object_get(given, "note") : NULL;
		char *path = str_format("%s.%s", key, item);
		char *note_path = str_format("%s.note", path);
		if (value)
			set_part(session, path, value, faults);
		if (note)
			set_part(session, note_path, note, faults);
		free(path);
		free(note_path);
	}
}

static void set_row(struct form_session *session, const char *key, size_t row, const json_t *columns, json_t *faults)
{
	const char *column;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)columns, column, value) {
		char *path = str_format("%s.%zu.%s", key, row + 1, column);
		set_part(session, path, value, faults);
		free(path);
	}
}

/* The rows given take the place of those that are there. */
static void set_table(struct form_session *session, int field, const char *key, const json_t *rows, json_t *faults)
{
	struct err err = { 0 };
	size_t i;
	json_t *row;
	while (form_session_row_count(session, field) > json_array_size(rows)) {
		if (!form_session_row_remove(session, field, form_session_row_count(session, field) - 1, &err)) {
			fill_fault(faults, key, err.text);
			return;
		}
	}
	json_array_foreach((json_t *)(uintptr_t)rows, i, row) {
		if (i >= form_session_row_count(session, field) && !form_session_row_add(session, field, i, &err)) {
			fill_fault(faults, key, err.text);
			return;
		}
		set_row(session, key, i, row, faults);
	}
}

static void set_field(struct form_session *session, size_t index, const json_t *value, json_t *faults)
{
	const struct field *field = &form_session_form(session)->fields[index];
	struct cell cell = { (int)index, -1, -1, CELL_VALUE };
	if (field->type == FIELD_CHECKLIST && json_is_object(value))
		set_checklist(session, field->key, value, faults);
	else if (field->type == FIELD_TABLE && json_is_array(value))
		set_table(session, (int)index, field->key, value, faults);
	else if (field->type == FIELD_CHECKLIST || field->type == FIELD_TABLE)
		fill_fault(faults, field->key,
		           field->type == FIELD_TABLE ? _("This field wants an array of rows.")
		                                      : _("This field wants an object of items."));
	else
		set_cell(session, cell, value, faults);
}

/* What was refused only because it is computed, and now reads the same, is no fault. */
static void forgive(const struct form_session *session, const json_t *values, json_t *faults, size_t from)
{
	for (size_t i = json_array_size(faults); i > from; i--) {
		const char *path = json_string_value(json_object_get(json_array_get(faults, i - 1), "field"));
		struct cell cell;
		const json_t *given = json_object_get(values, path);
		if (given && form_cell_parse(session, path, &cell) && form_session_value(session, cell) &&
		    json_equal(form_session_value(session, cell), given))
			json_array_remove(faults, i - 1);
	}
}

void fill_session(struct form_session *session, const json_t *values, json_t *faults)
{
	const struct definition *form = form_session_form(session);
	size_t before = json_array_size(faults);
	/* In the order of the form, because what may be chosen depends on the fields before. */
	for (size_t i = 0; i < form->field_count; i++) {
		const json_t *value = json_object_get(values, form->fields[i].key);
		if (value)
			set_field(session, i, value, faults);
	}
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)values, key, value) {
		if (!definition_field(form, key))
			set_part(session, key, value, faults);
	}
	forgive(session, values, faults, before);
}
