#include "form/choices.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "form/session_parts.h"
#include "form/value.h"

static bool is_register(const struct field *field)
{
	return field->type == FIELD_PERSON || field->type == FIELD_DEPARTMENT || field->type == FIELD_ASSET ||
	       field->type == FIELD_REFERENCE;
}

bool form_cell_has_choices(const struct form_session *session, struct cell cell)
{
	const struct field *field = session_field(session, cell);

	if (field == NULL || cell.part != CELL_VALUE)
		return false;
	return field->choice_count > 0 || field->type == FIELD_BOOL || is_register(field);
}

/* Is TEXT the value of the cell, or among them? */
static bool is_chosen(const json_t *value, const char *text)
{
	if (json_is_string(value))
		return strcmp(json_string_value(value), text) == 0;
	for (size_t i = 0; i < json_array_size(value); i++)
		if (str_equal(json_string_value(json_array_get(value, i)), text))
			return true;
	return false;
}

static struct option *add(struct options *options, const char *text, const char *label, const char *note)
{
	struct option *option;

	options->items = mem_resize(options->items, options->count + 1, sizeof(struct option));
	option = &options->items[options->count++];
	*option = (struct option){
		.text = mem_text(text),
		.label = mem_text(label),
		.note = mem_text(note),
	};
	return option;
}

static void add_choices(const struct form_session *session, struct cell cell, const struct field *field,
                        const json_t *value, struct options *options)
{
	const char *group = session_group(session, cell);

	for (size_t i = 0; i < field->choice_count; i++) {
		const struct choice *choice = &field->choices[i];
		struct option *option;

		/* Until the other field has a value, all are offered. */
		if (group != NULL && choice->group != NULL && strcmp(choice->group, group) != 0)
			continue;
		option = add(options, choice->value, choice_label(choice), choice->note);
		option->verdict = choice->verdict;
		option->chosen = is_chosen(value, choice->value);
	}
}

/* "yes" and "no" in the words that field_display uses, which set_text reads. */
static void add_bool(const struct field *field, const json_t *value, struct options *options)
{
	for (int i = 1; i >= 0; i--) {
		json_t *one = json_boolean(i);
		char *words = field_display(field, one);

		add(options, words, words, NULL)->chosen = json_equal(value, one);
		free(words);
	}
}

struct gathering {
	struct options *options;
	const json_t *value;
};

static bool add_entry(void *arg, const struct world_entry *entry)
{
	const struct gathering *gathering = arg;

	add(gathering->options, entry->text, entry->text, entry->note)->chosen =
		is_chosen(gathering->value, entry->text);
	return true;
}

void form_cell_choices(const struct form_session *session, struct cell cell, struct options *options)
{
	const struct form_world *world = evaluator_world(session->evaluator);
	const struct field *field = session_field(session, cell);
	struct gathering gathering = { .options = options };

	*options = (struct options){ .items = NULL };
	if (!form_cell_has_choices(session, cell))
		return;
	gathering.value = body_value(session->form, session->body, cell);
	options->many = value_is_many(field);
	options->free_text = field->free_text || field->type == FIELD_TEXT;
	add_choices(session, cell, field, gathering.value, options);
	if (field->type == FIELD_BOOL)
		add_bool(field, gathering.value, options);
	if (is_register(field) && world != NULL && world->lookup != NULL)
		world->lookup(world->context, field, add_entry, &gathering);
}

void options_release(struct options *options)
{
	for (size_t i = 0; i < options->count; i++) {
		free(options->items[i].text);
		free(options->items[i].label);
		free(options->items[i].note);
	}
	free(options->items);
	*options = (struct options){ .items = NULL };
}
