/* Fields, columns and items: their words, and where their choices and items come from. */
#include "form/load_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/near.h"
#include "model/parts.h"

#define COUNT(words) (sizeof(words) / sizeof(words[0]))

/* ---- words that name one of a few ---- */

struct meaning {
	const char *name;
	int value;
};

/* The value of NAME among MEANINGS; a mistake with the nearest if it is none. */
static void read_meaning(struct reader *reader, const config_setting_t *setting, const struct meaning *meanings,
                         size_t count, int *value)
{
	const char *name = read_string(reader, setting);
	struct near near;
	char *hint;

	if (name == NULL)
		return;
	near_begin(&near, name);
	for (size_t i = 0; i < count; i++) {
		near_offer(&near, meanings[i].name);
		if (strcmp(name, meanings[i].name) != 0)
			continue;
		*value = meanings[i].value;
		return;
	}
	hint = near_words(&near);
	read_mistake(reader, setting, _("\"%s\" is no %s%s"), name, read_name(setting), hint);
	free(hint);
}

static void read_type(struct reader *reader, const config_setting_t *setting, void *at)
{
	static const struct meaning types[] = {
#define X(name, text) { text, FIELD_##name },
		FIELD_TYPES(X)
#undef X
	};
	struct field *field = at;
	int type = FIELD_TYPE_COUNT;

	read_meaning(reader, setting, types, COUNT(types), &type);
	field->type = (enum field_type)type;
}

static void read_copy(struct reader *reader, const config_setting_t *setting, void *at)
{
	static const struct meaning policies[] = {
		{ "reset", COPY_RESET }, { "carry", COPY_CARRY }, { "measure", COPY_MEASURE }
	};
	int copy = COPY_RESET;

	read_meaning(reader, setting, policies, COUNT(policies), &copy);
	*(enum field_copy *)at = (enum field_copy)copy;
}

static void read_verdict(struct reader *reader, const config_setting_t *setting, void *at)
{
	static const struct meaning verdicts[] = {
		{ "normal", VERDICT_NORMAL }, { "warn", VERDICT_WARN }, { "fail", VERDICT_FAIL }
	};
	int verdict = VERDICT_NONE;

	read_meaning(reader, setting, verdicts, COUNT(verdicts), &verdict);
	*(enum verdict *)at = (enum verdict)verdict;
}

/* ---- ranges ---- */

/* A bound is a number, or "-" for none. */
static void read_bound(struct reader *reader, const config_setting_t *setting, bool *has, double *bound)
{
	const char *text = config_setting_get_string(setting);

	*has = false;
	if (text == NULL || strcmp(text, "-") != 0)
		read_number(reader, setting, bound, has);
}

static void read_range(struct reader *reader, const config_setting_t *setting, void *at)
{
	const int type = config_setting_type(setting);
	struct range *range = at;

	if ((type != CONFIG_TYPE_LIST && type != CONFIG_TYPE_ARRAY) || config_setting_length(setting) != 2) {
		read_mistake(reader, setting, _("%s must be two bounds: (low, high), \"-\" for an open one"),
		             read_name(setting));
		return;
	}
	read_bound(reader, config_setting_get_elem(setting, 0), &range->has_low, &range->low);
	read_bound(reader, config_setting_get_elem(setting, 1), &range->has_high, &range->high);
	if (range->has_low && range->has_high && range->low > range->high)
		read_mistake(reader, setting, _("%s has its low bound above the high one"), read_name(setting));
}

/* ---- choices ---- */

#define AT(member) offsetof(struct choice, member)
static const struct word choice_words[] = {
	{ "value", read_text, AT(value), true },        { "en", read_text, AT(label_en), false },
	{ "group", read_text, AT(group), false },       { "note", read_text, AT(note), false },
	{ "verdict", read_verdict, AT(verdict), false },
};
#undef AT

static void load_choice(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct choice *choice = at;

	if (config_setting_type(setting) == CONFIG_TYPE_STRING)
		read_text(reader, setting, &choice->value);
	else
		read_group(reader, setting, choice_words, COUNT(choice_words), choice);
	if (choice->value != NULL && choice->value[strspn(choice->value, " ")] == '\0')
		read_mistake(reader, setting, _("a choice is empty"));
}

static void check_twice(struct reader *reader, const config_setting_t *list, const struct field *field)
{
	for (size_t i = 1; i < field->choice_count; i++)
		for (size_t j = 0; j < i; j++)
			if (field->choices[i].value != NULL &&
			    str_equal(field->choices[i].value, field->choices[j].value) &&
			    str_equal(field->choices[i].group, field->choices[j].group))
				read_mistake(reader, config_setting_get_elem(list, (unsigned)i),
				             _("the choice \"%s\" is there twice"), field->choices[i].value);
}

static void load_choices(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct field *field = at;

	field->choices = read_list(reader, setting, sizeof(struct choice), &field->choice_count, load_choice);
	check_twice(reader, setting, field);
}

/* ---- "@NAME": the same words from a part ---- */

static const struct word dictionary_words[] = { { "choices", load_choices, 0, true } };
static void load_items(struct reader *reader, const config_setting_t *setting, void *at);
static const struct word checklist_words[] = { { "items", load_items, 0, true } };

/* Reads part NAME of FOLDER, a file whose only word is in WORDS, into FIELD. */
static void load_part(struct reader *reader, const config_setting_t *setting, const char *folder, const char *name,
                      const struct word *words, struct field *field)
{
	struct err err = { .code = ERR_NONE };
	struct reader inner = *reader;
	const char *text = NULL;
	char *path = parts_path(reader->parts, folder, name);
	config_t config;

	inner.file = path;
	config_init(&config);
	if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0' || *name == '\0')
		read_mistake(reader, setting, _("\"@%s\" is no name of a part: a-z 0-9 _"), name);
	else if ((text = parts_text(reader->parts, folder, name, &err)) == NULL)
		read_mistake(reader, setting, "%s", err.text);
	else if (read_parse(&inner, &config, text, strlen(text)))
		read_group(&inner, config_root_setting(&config), words, 1, field);
	config_destroy(&config);
	free(path);
}

/* True, and done, if SETTING is "@NAME". */
static bool is_part(struct reader *reader, const config_setting_t *setting, const char *folder,
                    const struct word *words, struct field *field)
{
	const char *text = config_setting_get_string(setting);

	if (text == NULL || *text != '@')
		return false;
	load_part(reader, setting, folder, text + 1, words, field);
	return true;
}

static void read_choices(struct reader *reader, const config_setting_t *setting, void *at)
{
	if (!is_part(reader, setting, "dictionaries", dictionary_words, at))
		load_choices(reader, setting, at);
}

static void read_items(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct field *field = at;

	if (!reader->is_inner && is_part(reader, setting, "checklists", checklist_words, at)) {
		free(field->items_part);
		field->items_part = mem_text(config_setting_get_string(setting) + 1);
		return;
	}
	load_items(reader, setting, at);
}

/* ---- rules and rights ---- */

#define AT(member) offsetof(struct rule, member)
static const struct word rule_words[] = {
	{ "test", read_expression, 0, true },
	{ "message", read_text, AT(message), true },
	{ "warning", read_flag, AT(is_warning), false },
};
#undef AT

void load_rule(struct reader *reader, const config_setting_t *setting, void *at)
{
	read_group(reader, setting, rule_words, COUNT(rule_words), at);
}

static void read_checks(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct field *field = at;

	field->checks = read_list(reader, setting, sizeof(struct rule), &field->check_count, load_rule);
}

static const struct word edit_words[] = {
	{ "states", read_texts, offsetof(struct edit_right, states), false },
	{ "who", read_texts, offsetof(struct edit_right, roles), false },
};

void load_edit(struct reader *reader, const config_setting_t *setting, struct edit_right *right)
{
	*right = (struct edit_right){ .states = NULL };
	read_group(reader, setting, edit_words, COUNT(edit_words), right);
}

static void read_edit(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct field *field = at;
	struct edit_right right;

	load_edit(reader, setting, &right);
	field->edit_states = right.states;
	field->edit_roles = right.roles;
}

/* A default may be written as the value itself if it is no text. */
static void read_default(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct rule *rule = at;

	rule->line = (int)config_setting_source_line(setting);
	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_BOOL:
		rule->expression = mem_text(config_setting_get_bool(setting) ? "1" : "0");
		break;
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		rule->expression = str_format("%lld", config_setting_get_int64(setting));
		break;
	case CONFIG_TYPE_FLOAT:
		rule->expression = str_format("%.15g", config_setting_get_float(setting));
		break;
	default:
		read_expression(reader, setting, at);
	}
}

/* ---- the field ---- */

static void read_columns(struct reader *reader, const config_setting_t *setting, void *at);

#define AT(member) offsetof(struct field, member)
static const struct word field_words[] = {
	{ "key", read_key, AT(key), true },
	{ "label", read_text, AT(label), true },
	{ "label_en", read_text, AT(label_en), false },
	{ "type", read_type, 0, true },
	{ "many", read_flag, AT(many), false },
	{ "free_text", read_flag, AT(free_text), false },
	{ "length", read_whole, AT(length), false },
	{ "min_length", read_whole, AT(min_length), false },
	{ "decimals", read_whole, AT(decimals), false },
	{ "min_rows", read_whole, AT(min_rows), false },
	{ "max_rows", read_whole, AT(max_rows), false },
	{ "width", read_whole, AT(width), false },
	{ "unit", read_text, AT(unit), false },
	{ "possible", read_range, AT(possible), false },
	{ "normal", read_range, AT(normal), false },
	{ "warn", read_range, AT(warn), false },
	{ "choices", read_choices, 0, false },
	{ "choices_by", read_text, AT(choices_by), false },
	{ "phrases", read_text, AT(dictionary), false },
	{ "format", read_text, AT(format), false },
	{ "format_message", read_text, AT(format_message), false },
	{ "required", read_flag, AT(required), false },
	{ "read_only", read_flag, AT(read_only), false },
	{ "search", read_flag, AT(in_search), false },
	{ "required_if", read_expression, AT(required_if), false },
	{ "visible_if", read_expression, AT(visible_if), false },
	{ "default", read_default, AT(default_value), false },
	{ "compute", read_expression, AT(compute), false },
	{ "checks", read_checks, 0, false },
	{ "copy", read_copy, AT(copy), false },
	{ "group", read_text, AT(group), false },
	{ "normal_words", read_text, AT(normal_words), false },
	{ "note_min", read_whole, AT(note_min), false },
	{ "note_on_warn", read_flag, AT(note_on_warn), false },
	{ "help", read_text, AT(help), false },
	{ "article", read_whole, AT(article), false },
	{ "edit", read_edit, 0, false },
	{ "columns", read_columns, 0, false },
	{ "items", read_items, 0, false },
};
#undef AT

static bool says(const config_setting_t *group, const char *word)
{
	return config_setting_get_member(group, word) != NULL;
}

/* What holds when the definition says nothing. */
static void set_defaults(const config_setting_t *group, struct field *field)
{
	if (field->type == FIELD_DECIMAL && !says(group, "decimals"))
		field->decimals = 1;
	if (!says(group, "search"))
		field->in_search = field->type == FIELD_TEXT || field->type == FIELD_MEMO;
	/* A computed field is not typed, unless the definition says that it is a suggestion. */
	if (field->compute.expression != NULL && !says(group, "read_only"))
		field->read_only = true;
}

void load_field(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct field *field = at;

	field->line = (int)config_setting_source_line(setting);
	field->type = FIELD_TYPE_COUNT;
	read_group(reader, setting, field_words, COUNT(field_words), field);
	if (config_setting_type(setting) == CONFIG_TYPE_GROUP)
		set_defaults(setting, field);
}

static void load_children(struct reader *reader, const config_setting_t *setting, struct field *field)
{
	if (reader->is_inner || field->children != NULL) {
		read_mistake(reader, setting, _("%s cannot stand inside of columns or items, or beside them"),
		             read_name(setting));
		return;
	}
	reader->is_inner = true;
	field->children = read_list(reader, setting, sizeof(struct field), &field->child_count, load_field);
	reader->is_inner = false;
}

static void read_columns(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct field *table = at;

	load_children(reader, setting, table);
	for (size_t i = 0; i < table->child_count; i++)
		if (!says(config_setting_get_elem(setting, (unsigned)i), "copy"))
			table->children[i].copy = COPY_CARRY;
}

static void load_items(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct field *list = at;

	load_children(reader, setting, list);
	for (size_t i = 0; i < list->child_count; i++) {
		const config_setting_t *one = config_setting_get_elem(setting, (unsigned)i);
		struct field *item = &list->children[i];

		if (!says(one, "note_min"))
			item->note_min = DEFAULT_NOTE_MIN;
		/* A reading is taken anew each time. */
		if (!says(one, "copy"))
			item->copy = item->type == FIELD_INTEGER || item->type == FIELD_DECIMAL ? COPY_MEASURE :
			                                                                          COPY_RESET;
	}
}
