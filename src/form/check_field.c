/* What must fit together in a field, a column or an item. */
#include "form/load_parts.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "form/expr.h"

#define MISTAKE(checker, field, ...) mistake_add((checker)->mistakes, (checker)->file, (field)->line, __VA_ARGS__)

enum { MOST_LENGTH = 10000, MOST_DECIMALS = 6, MOST_ROWS = 200 };

#define BIT(type) (1U << FIELD_##type)
#define TEXTS (BIT(TEXT) | BIT(MEMO))
#define NUMBERS (BIT(INTEGER) | BIT(DECIMAL))
#define REGISTERS (BIT(PERSON) | BIT(DEPARTMENT) | BIT(ASSET) | BIT(REFERENCE))
#define CHOICES (BIT(CHOICE) | BIT(MULTI))

static bool has_bounds(const struct range *range)
{
	return range->has_low || range->has_high;
}

/* Words that only make sense for some types. */
static void check_fitting(struct checker *checker, const struct field *field)
{
	const struct {
		const char *word;
		bool is_said;
		unsigned types;
	} rules[] = {
		{ "choices", field->choice_count > 0, CHOICES | BIT(TEXT) | REGISTERS },
		{ "choices_by", field->choices_by != NULL, CHOICES },
		{ "many", field->many, REGISTERS },
		{ "free_text", field->free_text, CHOICES | REGISTERS },
		{ "length", field->length > 0, TEXTS | CHOICES | REGISTERS },
		{ "min_length", field->min_length > 0, TEXTS | CHOICES | REGISTERS },
		{ "format", field->format != NULL, TEXTS | CHOICES | REGISTERS },
		{ "possible", has_bounds(&field->possible), NUMBERS },
		{ "normal", has_bounds(&field->normal), NUMBERS },
		{ "warn", has_bounds(&field->warn), NUMBERS },
		{ "min_rows", field->min_rows > 0, BIT(TABLE) },
		{ "max_rows", field->max_rows > 0, BIT(TABLE) },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].is_said && (rules[i].types & 1U << field->type) == 0)
			MISTAKE(checker, field, _("\"%s\" does not go with the type %s"), rules[i].word,
			        field_type_name(field->type));
	if (field->child_count > 0 && field->type != FIELD_TABLE && field->type != FIELD_CHECKLIST)
		MISTAKE(checker, field, _("only a table has columns and only a check list has items"));
}

static void check_sizes(struct checker *checker, const struct field *field)
{
	if (field->length > MOST_LENGTH)
		MISTAKE(checker, field, _("length is at most %d"), MOST_LENGTH);
	if (field->length > 0 && field->min_length > field->length)
		MISTAKE(checker, field, _("min_length is more than length"));
	if (field->decimals > MOST_DECIMALS)
		MISTAKE(checker, field, _("decimals is at most %d"), MOST_DECIMALS);
	if (field->max_rows > MOST_ROWS)
		MISTAKE(checker, field, _("max_rows is at most %d"), MOST_ROWS);
	if (field->max_rows > 0 && field->min_rows > field->max_rows)
		MISTAKE(checker, field, _("min_rows is more than max_rows"));
}

static bool is_inside(const struct range *inner, const struct range *outer)
{
	if (!has_bounds(inner) || !has_bounds(outer))
		return true;
	return (!outer->has_low || (inner->has_low && inner->low >= outer->low)) &&
	       (!outer->has_high || (inner->has_high && inner->high <= outer->high));
}

static void check_ranges(struct checker *checker, const struct field *field)
{
	if (!is_inside(&field->normal, &field->warn))
		MISTAKE(checker, field, _("the normal range must lie inside the warn range"));
	if (field->possible.has_high && field->normal.has_low && field->normal.low > field->possible.high)
		MISTAKE(checker, field, _("the normal range lies above what is possible"));
	if (field->possible.has_low && field->normal.has_high && field->normal.high < field->possible.low)
		MISTAKE(checker, field, _("the normal range lies below what is possible"));
}

/* Each group must be a value that the selecting field can have. */
static void check_groups(struct checker *checker, const struct field *field, const struct field *owner)
{
	const struct field *by = owner == NULL ? NULL : field_child(owner, field->choices_by);

	if (by == NULL)
		by = check_key(checker, field->choices_by, field->line);
	for (size_t i = 0; by != NULL && by->choice_count > 0 && i < field->choice_count; i++)
		if (field->choices[i].group != NULL && field_choice(by, field->choices[i].group) == NULL)
			MISTAKE(checker, field, _("the group \"%s\" is no choice of \"%s\""), field->choices[i].group,
			        by->key);
}

static void check_choices(struct checker *checker, const struct field *field, const struct field *owner)
{
	const bool is_choice = field->type == FIELD_CHOICE || field->type == FIELD_MULTI;

	if (is_choice && field->choice_count == 0 && !field->free_text)
		MISTAKE(checker, field, _("a field of type %s needs choices"), field_type_name(field->type));
	if (field->choices_by != NULL)
		check_groups(checker, field, owner);
}

static void check_format(struct checker *checker, const struct field *field)
{
	regex_t compiled;
	char reason[128];
	int code;

	if (field->format == NULL)
		return;
	code = regcomp(&compiled, field->format, REG_EXTENDED | REG_NOSUB);
	if (code == 0) {
		regfree(&compiled);
	} else {
		regerror(code, &compiled, reason, sizeof(reason));
		MISTAKE(checker, field, _("format is no regular expression: %s"), reason);
	}
	if (field->format_message == NULL)
		MISTAKE(checker, field, _("format needs a format_message for the person who types"));
}

static void check_label(struct checker *checker, const struct field *field, const struct field *owner)
{
	const bool is_item = owner != NULL && owner->type == FIELD_CHECKLIST;
	const int most = is_item ? ITEM_LABEL_MOST_COLUMNS : LABEL_MOST_COLUMNS;

	if (field->label != NULL && utf8_width(field->label) > most)
		MISTAKE(checker, field, _("the label \"%s\" is wider than %d columns"), field->label, most);
}

static void check_child(struct checker *checker, const struct field *field, const struct field *owner)
{
	if (field->type == FIELD_TABLE || field->type == FIELD_CHECKLIST)
		MISTAKE(checker, field, _("a table or check list cannot stand inside of another"));
	if (field->key != NULL && (strcmp(field->key, "value") == 0 || strcmp(field->key, "row") == 0 ||
	                           (owner->type == FIELD_CHECKLIST && strcmp(field->key, "note") == 0)))
		MISTAKE(checker, field, _("\"%s\" cannot be a key here: expressions know it otherwise"), field->key);
	for (const struct field *other = owner->children; other < field; other++)
		if (field->key != NULL && str_equal(other->key, field->key))
			MISTAKE(checker, field, _("\"%s\" is there twice"), field->key);
}

static void check_rules(struct checker *checker, const struct field *field, const struct field *owner)
{
	check_rule(checker, &field->required_if, owner, field);
	check_rule(checker, &field->visible_if, owner, field);
	check_rule(checker, &field->default_value, owner, field);
	check_rule(checker, &field->compute, owner, field);
	for (size_t i = 0; i < field->check_count; i++)
		check_rule(checker, &field->checks[i], owner, field);
}

void check_field(struct checker *checker, const struct field *field, const struct field *owner)
{
	/* A misspelt type has been told; nothing else can be said of such a field. */
	if (field->type == FIELD_TYPE_COUNT)
		return;
	check_label(checker, field, owner);
	check_fitting(checker, field);
	check_sizes(checker, field);
	check_ranges(checker, field);
	check_choices(checker, field, owner);
	check_format(checker, field);
	check_rules(checker, field, owner);
	check_phrases(checker, field->dictionary, field->line);
	check_states(checker, field->edit_states, field->line);
	check_roles(checker, field->edit_roles, field->line);
	if (owner != NULL)
		check_child(checker, field, owner);
	if (field->type == FIELD_TABLE && field->child_count == 0)
		MISTAKE(checker, field, _("a table needs columns"));
	if (field->type == FIELD_CHECKLIST && field->child_count == 0)
		MISTAKE(checker, field, _("a check list needs items"));
}

/* ---- nothing may be computed from itself ---- */

enum mark { MARK_NONE, MARK_OPEN, MARK_DONE };

static bool is_used_by(struct checker *checker, const struct field *field, const char *key)
{
	const struct expression *expression = field->compute.expression == NULL || key == NULL ?
	                                              NULL :
	                                              expression_get(checker->evaluator, field->compute.expression, NULL);

	return expression != NULL && expression_uses(expression, key);
}

/* Goes down to what FIELD is computed from; an open one met again closes a circle. */
static bool closes_circle(struct checker *checker, size_t at, enum mark *marks)
{
	const struct definition *form = checker->form;
	bool circle = false;

	marks[at] = MARK_OPEN;
	for (size_t i = 0; !circle && i < form->field_count; i++) {
		if (!is_used_by(checker, &form->fields[at], form->fields[i].key))
			continue;
		circle = marks[i] == MARK_OPEN || (marks[i] == MARK_NONE && closes_circle(checker, i, marks));
	}
	marks[at] = MARK_DONE;
	return circle;
}

void check_cycles(struct checker *checker)
{
	const struct definition *form = checker->form;
	enum mark *marks = mem_zeroed(form->field_count + 1, sizeof(enum mark));

	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].compute.expression != NULL && marks[i] == MARK_NONE &&
		    closes_circle(checker, i, marks))
			mistake_add(checker->mistakes, checker->file, form->fields[i].compute.line,
			            _("\"%s\" is computed from itself"), form->fields[i].key);
	free(marks);
}
