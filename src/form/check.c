/* What can only be seen in a definition as a whole: names, expressions, lists. */
#include "form/load_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/expr.h"
#include "form/names.h"
#include "form/near.h"
#include "model/number.h"
#include "model/permission.h"

#define MISTAKE(checker, line, ...) mistake_add((checker)->mistakes, (checker)->file, line, __VA_ARGS__)

/* ---- names in expressions ---- */

static bool is_child_name(const struct field *owner, const char *name)
{
	if (owner == NULL)
		return false;
	if (field_child(owner, name) != NULL || strcmp(name, "row") == 0)
		return true;
	return owner->type == FIELD_CHECKLIST && strcmp(name, "note") == 0;
}

/* "items_abnormal": what is counted of a check list. */
static bool is_count_name(const struct definition *form, const char *name)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FIELD_CHECKLIST && names_is_count(form->fields[i].key, name, NULL))
			return true;
	return false;
}

static bool is_known(const struct checker *checker, const char *name, const struct field *owner,
                     const struct field *field)
{
	return (field != NULL && strcmp(name, "value") == 0) || is_child_name(owner, name) ||
	       definition_field(checker->form, name) != NULL || names_is_fact(name) ||
	       is_count_name(checker->form, name);
}

static void unknown_name(struct checker *checker, const char *name, int line, const struct field *owner)
{
	struct near near;
	char *hint;

	near_begin(&near, name);
	for (size_t i = 0; owner != NULL && i < owner->child_count; i++)
		near_offer(&near, owner->children[i].key);
	for (size_t i = 0; i < checker->form->field_count; i++)
		near_offer(&near, checker->form->fields[i].key);
	for (size_t i = 0; i < names_fact_count(); i++)
		near_offer(&near, names_fact(i));
	hint = near_words(&near);
	MISTAKE(checker, line, _("unknown field \":%s\" in an expression%s"), name, hint);
	free(hint);
}

void check_expression(struct checker *checker, const char *text, int line, const struct field *owner,
                      const struct field *field)
{
	struct err err = { .code = ERR_NONE };
	const struct expression *expression;

	if (text == NULL)
		return;
	expression = expression_get(checker->evaluator, text, &err);
	if (expression == NULL) {
		MISTAKE(checker, line, _("%s, in the expression: %s"), err.text, text);
		return;
	}
	for (size_t i = 0; i < expression_name_count(expression); i++)
		if (!is_known(checker, expression_name(expression, i), owner, field))
			unknown_name(checker, expression_name(expression, i), line, owner);
}

void check_rule(struct checker *checker, const struct rule *rule, const struct field *owner,
                const struct field *field)
{
	check_expression(checker, rule->expression, rule->line, owner, field);
}

/* ---- other names ---- */

const struct field *check_key(struct checker *checker, const char *key, int line)
{
	const struct field *field = definition_field(checker->form, key);
	struct near near;
	char *hint;

	if (field != NULL || key == NULL)
		return field;
	near_begin(&near, key);
	for (size_t i = 0; i < checker->form->field_count; i++)
		near_offer(&near, checker->form->fields[i].key);
	hint = near_words(&near);
	MISTAKE(checker, line, _("unknown field \"%s\"%s"), key, hint);
	free(hint);
	return NULL;
}

void check_roles(struct checker *checker, char *const *who, int line)
{
	for (size_t i = 0; who != NULL && who[i] != NULL; i++) {
		struct near near;
		char *hint;

		if (permission_role_known(who[i]))
			continue;
		near_begin(&near, who[i]);
		for (size_t j = 0; permission_role_word(j) != NULL; j++)
			near_offer(&near, permission_role_word(j));
		hint = near_words(&near);
		MISTAKE(checker, line, _("unknown role \"%s\"%s"), who[i], hint);
		free(hint);
	}
}

static void check_state(struct checker *checker, const char *key, int line)
{
	const struct workflow *workflow = &checker->form->workflow;
	struct near near;
	char *hint;

	if (key == NULL || workflow_state(workflow, key) != NULL)
		return;
	near_begin(&near, key);
	for (size_t i = 0; i < workflow->state_count; i++)
		if (workflow->states[i].key != NULL)
			near_offer(&near, workflow->states[i].key);
	hint = near_words(&near);
	MISTAKE(checker, line, _("there is no state \"%s\"%s"), key, hint);
	free(hint);
}

void check_states(struct checker *checker, char *const *states, int line)
{
	for (size_t i = 0; states != NULL && states[i] != NULL; i++)
		if (strcmp(states[i], "*") != 0)
			check_state(checker, states[i], line);
}

void check_phrases(struct checker *checker, const char *list, int line)
{
	if (list != NULL && checker->phrases != NULL && phrases_list(checker->phrases, list) == NULL)
		MISTAKE(checker, line, _("there is no phrase list \"%s\" in phrases.cfg"), list);
}

/* ---- sections and fields ---- */

static void check_section(struct checker *checker, const struct section *section)
{
	const struct definition *form = checker->form;

	check_rule(checker, &section->visible_if, NULL, NULL);
	check_states(checker, section->edit_states, section->line);
	check_roles(checker, section->edit_roles, section->line);
	if (section->count == 0)
		MISTAKE(checker, section->line, _("the section has no field"));
	for (const struct section *other = form->sections; other < section; other++)
		if (section->key != NULL && str_equal(other->key, section->key))
			MISTAKE(checker, section->line, _("the section \"%s\" is there twice"), section->key);
}

static void check_field_key(struct checker *checker, const struct field *field)
{
	if (field->key == NULL)
		return;
	if (names_is_fact(field->key) || is_count_name(checker->form, field->key) ||
	    strcmp(field->key, "value") == 0 || strcmp(field->key, "row") == 0)
		MISTAKE(checker, field->line, _("\"%s\" cannot be a field's key: expressions know it otherwise"),
		        field->key);
	for (const struct field *other = checker->form->fields; other < field; other++)
		if (str_equal(other->key, field->key))
			MISTAKE(checker, field->line, _("the field \"%s\" is there twice"), field->key);
}

/* The items of a check list may stand in a file of their own. */
static void check_children(struct checker *checker, const struct field *owner)
{
	char *path = owner->items_part == NULL ? NULL : parts_path(checker->parts, "checklists", owner->items_part);
	const char *file = checker->file;

	if (path != NULL)
		checker->file = path;
	for (size_t i = 0; i < owner->child_count; i++)
		check_field(checker, &owner->children[i], owner);
	checker->file = file;
	free(path);
}

static void check_fields(struct checker *checker)
{
	const struct definition *form = checker->form;

	for (size_t i = 0; i < form->section_count; i++)
		check_section(checker, &form->sections[i]);
	for (size_t i = 0; i < form->field_count; i++) {
		check_field_key(checker, &form->fields[i]);
		check_field(checker, &form->fields[i], NULL);
		check_children(checker, &form->fields[i]);
	}
	check_cycles(checker);
}

/* ---- the form's own words ---- */

static int line_of(const struct checker *checker, const char *word)
{
	const config_setting_t *setting = config_setting_get_member(checker->root, word);

	return setting == NULL ? 0 : (int)config_setting_source_line(setting);
}

static void check_code(struct checker *checker)
{
	const char *code = checker->form->code;

	if (code != NULL && (strlen(code) != 2 || strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2))
		MISTAKE(checker, line_of(checker, "code"), _("code must be two letters A-Z, not \"%s\""), code);
}

static void check_number(struct checker *checker)
{
	const char *pattern = checker->form->number_pattern;
	const char *fault = pattern == NULL ? NULL : number_pattern_fault(pattern);

	if (fault != NULL)
		MISTAKE(checker, line_of(checker, "number"), _("number: %s"), _(fault));
}

static void check_named_fields(struct checker *checker)
{
	const struct definition *form = checker->form;
	const struct field *field = check_key(checker, form->occurred_field, line_of(checker, "occurred"));

	if (field != NULL && field->type != FIELD_DATETIME && field->type != FIELD_DATE)
		MISTAKE(checker, line_of(checker, "occurred"), _("occurred must name a field of type datetime or date"));
	field = check_key(checker, form->department_field, line_of(checker, "department_of"));
	if (field != NULL && (field->type != FIELD_DEPARTMENT || field->many))
		MISTAKE(checker, line_of(checker, "department_of"), _("department_of must name a field of type department"));
	check_expression(checker, form->title_expression, line_of(checker, "title_of"), NULL, NULL);
	check_roles(checker, form->restricted_to, line_of(checker, "restricted_to"));
}

static void check_timers(struct checker *checker)
{
	for (size_t i = 0; i < checker->form->timer_count; i++) {
		const struct timer *timer = &checker->form->timers[i];
		const struct field *from = check_key(checker, timer->from_field, timer->line);

		if (from != NULL && from->type != FIELD_DATETIME)
			MISTAKE(checker, timer->line, _("a timer counts from a field of type datetime"));
		check_rule(checker, &timer->when, NULL, NULL);
		check_rule(checker, &timer->done, NULL, NULL);
	}
}

static void check_columns(struct checker *checker)
{
	static const char *const known[] = { "number", "state", "department", "applicant", "title", "occurred_at",
					     "updated_at" };

	for (size_t i = 0; i < checker->form->column_count; i++) {
		const struct list_column *column = &checker->form->columns[i];
		const struct field *field;
		bool is_known_word = false;

		for (size_t j = 0; j < sizeof(known) / sizeof(known[0]); j++)
			is_known_word = is_known_word || str_equal(column->key, known[j]);
		field = is_known_word ? NULL : check_key(checker, column->key, column->line);
		if (field != NULL && field->type == FIELD_TABLE)
			MISTAKE(checker, column->line, _("a table does not fit into a column of list"));
		if (column->key != NULL && (column->width < 2 || column->width > 80))
			MISTAKE(checker, column->line, _("a column of list is 2 to 80 wide"));
	}
}

static void check_follows(struct checker *checker)
{
	for (size_t i = 0; i < checker->form->follow_count; i++) {
		const struct follow *follow = &checker->form->follows[i];

		check_rule(checker, &follow->when, NULL, NULL);
		for (size_t j = 0; j < follow->preset_count; j++)
			check_rule(checker, &follow->presets[j].value, NULL, NULL);
	}
}

static void check_dues(struct checker *checker)
{
	for (size_t i = 0; i < checker->form->due_count; i++) {
		const struct due *due = &checker->form->dues[i];

		check_roles(checker, due->who, due->line);
		if (checker->form->occurred_field == NULL)
			MISTAKE(checker, due->line, _("due needs `occurred`, to know which day was done"));
		for (size_t j = 0; j < i; j++)
			if (due->key != NULL && str_equal(due->key, checker->form->dues[j].key))
				MISTAKE(checker, due->line, _("the due \"%s\" is there twice"), due->key);
	}
}

void check_definition(const struct definition *form, const config_setting_t *root, const struct parts *parts,
                      const struct phrases *phrases, const char *file, struct mistakes *mistakes)
{
	struct err err = { .code = ERR_NONE };
	struct checker checker = {
		.form = form,
		.root = root,
		.parts = parts,
		.phrases = phrases,
		.file = file,
		.mistakes = mistakes,
		.evaluator = evaluator_new(NULL, &err),
	};

	if (checker.evaluator == NULL) {
		mistake_add(mistakes, file, 0, "%s", err.text);
		return;
	}
	check_code(&checker);
	check_number(&checker);
	check_named_fields(&checker);
	check_fields(&checker);
	check_timers(&checker);
	check_columns(&checker);
	check_follows(&checker);
	check_dues(&checker);
	check_workflow(&checker);
	evaluator_free(&checker.evaluator);
}
