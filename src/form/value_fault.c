/* Whether a value may stand in its field. */
#include "form/value.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

enum { LINE_MOST = 200, MEMO_MOST = 5000, LIST_MOST = 100, ROWS_MOST = 200 };

static size_t length_of(const char *text)
{
	struct str s = STR_INIT;
	size_t length;

	str_add(&s, text);
	str_trim(&s);
	length = utf8_chars(str_text(&s));
	str_release(&s);
	return length;
}

bool value_is_long_enough(const char *text, int least)
{
	return least <= 0 || length_of(text == NULL ? "" : text) >= (size_t)least;
}

/* ---- texts ---- */

static char *length_fault(const struct field *field, const char *text)
{
	const size_t most = field->length > 0 ? (size_t)field->length :
	                    field->type == FIELD_MEMO ? (size_t)MEMO_MOST :
	                                                (size_t)LINE_MOST;
	const size_t length = length_of(text);

	if (length > most)
		return str_format(_("at most %zu characters, there are %zu"), most, length);
	if (field->min_length > 0 && length < (size_t)field->min_length)
		return str_format(_("at least %d characters, there are %zu"), field->min_length, length);
	return NULL;
}

static char *format_fault(const struct field *field, const char *text)
{
	regex_t compiled;
	bool matches;

	if (field->format == NULL || regcomp(&compiled, field->format, REG_EXTENDED | REG_NOSUB) != 0)
		return NULL;
	matches = regexec(&compiled, text, 0, NULL, 0) == 0;
	regfree(&compiled);
	return matches ? NULL : mem_text(field->format_message);
}

static char *choice_fault(const struct field *field, const char *text, const char *group)
{
	bool is_elsewhere = false;

	for (size_t i = 0; i < field->choice_count; i++) {
		const struct choice *choice = &field->choices[i];

		if (strcmp(choice->value, text) != 0)
			continue;
		if (group == NULL || choice->group == NULL || strcmp(choice->group, group) == 0)
			return NULL;
		is_elsewhere = true;
	}
	if (is_elsewhere)
		return str_format(_("\"%s\" does not belong to \"%s\""), text, group);
	return field->free_text ? NULL : str_format(_("\"%s\" is not one of the choices"), text);
}

static char *register_fault(const struct field *field, const char *text, const struct form_world *world)
{
	if (field->free_text || world == NULL || world->knows == NULL || field_choice(field, text) != NULL ||
	    world->knows(world->context, field, text, NULL))
		return NULL;
	switch (field->type) {
	case FIELD_PERSON:
		return str_format(_("nobody called \"%s\" is in the register of people"), text);
	case FIELD_DEPARTMENT:
		return str_format(_("there is no department \"%s\""), text);
	case FIELD_ASSET:
		return str_format(_("no asset has the number \"%s\""), text);
	default:
		return str_format(_("no record has the number \"%s\""), text);
	}
}

static char *text_fault(const struct field *field, const char *text, const char *group,
                        const struct form_world *world)
{
	char *fault = NULL;

	switch (field->type) {
	case FIELD_CHOICE:
	case FIELD_MULTI:
		fault = choice_fault(field, text, group);
		break;
	case FIELD_PERSON:
	case FIELD_DEPARTMENT:
	case FIELD_ASSET:
	case FIELD_REFERENCE:
		fault = register_fault(field, text, world);
		break;
	default:
		break;
	}
	if (fault == NULL && (field->choice_count == 0 || field_choice(field, text) == NULL))
		fault = length_fault(field, text);
	return fault != NULL ? fault : format_fault(field, text);
}

/* ---- numbers ---- */

static char *number_fault(const struct field *field, double number)
{
	const struct range *range = &field->possible;
	char *bounds, *fault;

	if ((!range->has_low || number >= range->low) && (!range->has_high || number <= range->high))
		return NULL;
	bounds = range_text(range, field->decimals);
	fault = str_format(_("cannot be: possible is %s"), bounds);
	free(bounds);
	return fault;
}

/* ---- any value ---- */

static char *many_fault(const struct field *field, const json_t *array, const char *group,
                        const struct form_world *world)
{
	char *fault = NULL;

	if (json_array_size(array) > LIST_MOST)
		return str_format(_("at most %d of them"), LIST_MOST);
	for (size_t i = 0; fault == NULL && i < json_array_size(array); i++) {
		const char *text = json_string_value(json_array_get(array, i));

		fault = text == NULL ? mem_text(_("not a list of texts")) : text_fault(field, text, group, world);
	}
	return fault;
}

static json_type expected_type(const struct field *field)
{
	switch (field->type) {
	case FIELD_INTEGER:
		return JSON_INTEGER;
	case FIELD_DECIMAL:
		return JSON_REAL;
	case FIELD_BOOL:
		return JSON_TRUE;
	case FIELD_TABLE:
		return JSON_ARRAY;
	case FIELD_CHECKLIST:
		return JSON_OBJECT;
	default:
		return value_is_many(field) ? JSON_ARRAY : JSON_STRING;
	}
}

static bool has_type(const struct field *field, const json_t *value)
{
	const json_type expected = expected_type(field);

	if (expected == JSON_TRUE)
		return json_is_boolean(value);
	if (expected == JSON_REAL)
		return json_is_number(value);
	return json_typeof(value) == expected;
}

/* ---- tables and check lists: what another program wrote must not be lost in silence ---- */

/* The first key of ROW that is no column; keys with _ in front are the session's own. */
static char *row_fault(const struct field *table, const json_t *row)
{
	const char *key;
	json_t *value;

	if (!json_is_object(row))
		return mem_text(_("a row must be an object of its columns"));
	json_object_foreach((json_t *)row, key, value)
		if (*key != '_' && field_child(table, key) == NULL)
			return str_format(_("there is no column \"%s\""), key);
	return NULL;
}

static char *table_fault(const struct field *table, const json_t *rows)
{
	const int most = table->max_rows > 0 ? table->max_rows : ROWS_MOST;
	char *fault = NULL;

	if (json_array_size(rows) > (size_t)most)
		return str_format(_("at most %d rows"), most);
	for (size_t i = 0; fault == NULL && i < json_array_size(rows); i++)
		fault = row_fault(table, json_array_get(rows, i));
	return fault;
}

static char *list_fault(const struct field *list, const json_t *items)
{
	const char *key, *part;
	json_t *entry, *value;

	json_object_foreach((json_t *)items, key, entry) {
		if (field_child(list, key) == NULL)
			return str_format(_("there is no item \"%s\""), key);
		if (!json_is_object(entry))
			return str_format(_("the item \"%s\" must be an object of value and note"), key);
		json_object_foreach(entry, part, value)
			if (strcmp(part, "value") != 0 && strcmp(part, "note") != 0 && strcmp(part, "raw") != 0)
				return str_format(_("the item \"%s\" must be an object of value and note"), key);
	}
	return NULL;
}

char *value_fault(const struct field *field, const json_t *value, const char *group, const struct form_world *world)
{
	if (!has_type(field, value))
		return str_format(_("not a value of the type %s"), field_type_name(field->type));
	if (field->type == FIELD_TABLE)
		return table_fault(field, value);
	if (field->type == FIELD_CHECKLIST)
		return list_fault(field, value);
	if (json_is_array(value))
		return many_fault(field, value, group, world);
	if (json_is_number(value))
		return number_fault(field, json_number_value(value));
	return json_is_string(value) ? text_fault(field, json_string_value(value), group, world) : NULL;
}
