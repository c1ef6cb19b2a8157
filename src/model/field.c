#include "model/field.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/parts.h"

static const char *const type_names[FIELD_TYPE_COUNT] = {
#define X(name, text) [FIELD_##name] = text,
	FIELD_TYPES(X)
#undef X
};

const char *field_type_name(enum field_type type)
{
	return type_names[type];
}

bool field_type_parse(const char *name, enum field_type *type)
{
	for (int i = 0; i < FIELD_TYPE_COUNT; i++) {
		if (!str_equal(name, type_names[i]))
			continue;
		*type = (enum field_type)i;
		return true;
	}
	return false;
}

const char *field_label(const struct field *field)
{
	return text_is_english() && field->label_en != NULL ? field->label_en : field->label;
}

const char *choice_label(const struct choice *choice)
{
	return text_is_english() && choice->label_en != NULL ? choice->label_en : choice->value;
}

const struct field *field_child(const struct field *field, const char *key)
{
	for (size_t i = 0; i < field->child_count; i++)
		if (str_equal(field->children[i].key, key))
			return &field->children[i];
	return NULL;
}

const struct choice *field_choice(const struct field *field, const char *value)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (str_equal(field->choices[i].value, value))
			return &field->choices[i];
	return NULL;
}

static bool is_within(const struct range *range, double number)
{
	return (!range->has_low || number >= range->low) && (!range->has_high || number <= range->high);
}

static bool has_bounds(const struct range *range)
{
	return range->has_low || range->has_high;
}

/* Without a warn range the normal one is the only border, and outside it is a warning. */
static enum verdict verdict_of_number(const struct field *field, double number)
{
	if (has_bounds(&field->warn) && !is_within(&field->warn, number))
		return VERDICT_FAIL;
	if (has_bounds(&field->normal) && !is_within(&field->normal, number))
		return VERDICT_WARN;
	return has_bounds(&field->normal) || has_bounds(&field->warn) ? VERDICT_NORMAL : VERDICT_NONE;
}

static enum verdict verdict_of_choice(const struct field *field, const json_t *value)
{
	const struct choice *choice = field_choice(field, json_string_value(value));

	return choice == NULL ? VERDICT_NONE : choice->verdict;
}

enum verdict field_verdict(const struct field *field, const json_t *value)
{
	enum verdict worst = VERDICT_NONE;

	if (json_is_number(value))
		return verdict_of_number(field, json_number_value(value));
	if (json_is_string(value))
		return verdict_of_choice(field, value);
	for (size_t i = 0; i < json_array_size(value); i++) {
		const enum verdict one = verdict_of_choice(field, json_array_get(value, i));

		if (one > worst)
			worst = one;
	}
	return worst;
}

char *range_text(const struct range *range, int decimals)
{
	if (range->has_low && range->has_high)
		return str_format("%.*f–%.*f", decimals, range->low, decimals, range->high);
	if (range->has_low)
		return str_format("≥ %.*f", decimals, range->low);
	if (range->has_high)
		return str_format("≤ %.*f", decimals, range->high);
	return mem_text("");
}

/* ---- display ---- */

static void show(struct str *out, const struct field *field, const json_t *value);

static void show_array(struct str *out, const struct field *field, const json_t *array)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		if (i > 0)
			str_add(out, _(", "));
		show(out, field, json_array_get(array, i));
	}
}

/* One row in words: its cells in the order of the columns. */
static void show_row(struct str *out, const struct field *table, const json_t *row)
{
	const size_t start = out->len;

	for (size_t i = 0; i < table->child_count; i++) {
		const json_t *cell = json_object_get(row, table->children[i].key);
		const size_t before = out->len;

		if (before > start)
			str_add_char(out, ' ');
		show(out, &table->children[i], cell);
		if (out->len == before + 1)
			str_remove(out, before, 1);
	}
}

static void show_rows(struct str *out, const struct field *table, const json_t *rows)
{
	for (size_t i = 0; i < json_array_size(rows); i++) {
		if (i > 0)
			str_add(out, _("; "));
		show_row(out, table, json_array_get(rows, i));
	}
}

/* A check list in words: what is not normal, since the normal needs none. */
static void show_checklist(struct str *out, const struct field *list, const json_t *items)
{
	for (size_t i = 0; i < list->child_count; i++) {
		const struct field *item = &list->children[i];
		const json_t *entry = json_object_get(items, item->key);
		const json_t *value = json_object_get(entry, "value");

		if (field_verdict(item, value) < VERDICT_WARN)
			continue;
		if (out->len > 0)
			str_add(out, _("; "));
		str_addf(out, "%s ", field_label(item));
		show(out, item, value);
		str_add(out, item->unit);
		if (json_string_length(json_object_get(entry, "note")) > 0)
			str_addf(out, " (%s)", json_string_value(json_object_get(entry, "note")));
	}
}

static void show_number(struct str *out, const struct field *field, const json_t *value)
{
	if (field->type == FIELD_DECIMAL)
		str_addf(out, "%.*f", field->decimals, json_number_value(value));
	else if (json_is_integer(value))
		str_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else
		str_addf(out, "%.15g", json_real_value(value));
}

static void show_string(struct str *out, const struct field *field, const char *text)
{
	const struct choice *choice = text_is_english() ? field_choice(field, text) : NULL;

	/* "2026-11-22T09:05+08:00" reads "2026-11-22 09:05". */
	if (field->type == FIELD_DATETIME && strlen(text) >= 16 && text[10] == 'T')
		str_addf(out, "%.10s %.5s", text, text + 11);
	else
		str_add(out, choice != NULL ? choice_label(choice) : text);
}

static void show(struct str *out, const struct field *field, const json_t *value)
{
	if (json_is_array(value) && field->type == FIELD_TABLE)
		show_rows(out, field, value);
	else if (json_is_array(value))
		show_array(out, field, value);
	else if (json_is_object(value) && field->type == FIELD_CHECKLIST)
		show_checklist(out, field, value);
	else if (json_is_boolean(value))
		str_add(out, json_is_true(value) ? _("yes") : _("no"));
	else if (json_is_number(value))
		show_number(out, field, value);
	else if (json_is_string(value))
		show_string(out, field, json_string_value(value));
}

char *field_display(const struct field *field, const json_t *value)
{
	struct str out = STR_INIT;

	show(&out, field, value);
	return str_take(&out);
}

/* ---- freeing ---- */

static void choices_free(struct choice *choices, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(choices[i].value);
		free(choices[i].label_en);
		free(choices[i].group);
		free(choices[i].note);
	}
	free(choices);
}

static void release_texts(struct field *field)
{
	char *const texts[] = { field->key, field->label, field->label_en, field->unit, field->choices_by,
				field->dictionary, field->format, field->format_message, field->group,
				field->normal_words, field->help, field->items_part };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(texts[i]);
}

void field_release(struct field *field)
{
	release_texts(field);
	choices_free(field->choices, field->choice_count);
	rule_release(&field->required_if);
	rule_release(&field->visible_if);
	rule_release(&field->default_value);
	rule_release(&field->compute);
	for (size_t i = 0; i < field->check_count; i++)
		rule_release(&field->checks[i]);
	free(field->checks);
	texts_free(field->edit_states);
	texts_free(field->edit_roles);
	for (size_t i = 0; i < field->child_count; i++)
		field_release(&field->children[i]);
	free(field->children);
	*field = (struct field){ .key = NULL };
}
