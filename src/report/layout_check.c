/* Whether a layout fits a form: everything that it names is there, and of the right type. */
#include <string.h>

#include "base/str.h"
#include "base/text.h"
#include "report/layout_model.h"
#include "report/mistake.h"
#include "report/lookup.h"

struct checking {
	const struct field *table; /* whose row a template is for; NULL */
	const struct layout *layout;
	const struct definition *form;
	struct layout_mistakes *mistakes;
	int line;
};

static void check_key(void *data, const char *key)
{
	struct checking *c = data;

	if (lookup_knows(key, c->form, c->table))
		return;
	layout_mistake_add(c->mistakes, c->layout->name, c->line, _("{%s}: the form \"%s\" has no such field."), key,
	                   c->form->id);
}

static void check_template(struct checking *c, const char *text, const struct field *table)
{
	c->table = table;
	if (text != NULL)
		template_keys(text, check_key, c);
}

/* The field KEY, if it is there and of one of TYPES (a bit each; 0: any). */
static const struct field *check_field(struct checking *c, const char *key, unsigned types)
{
	const struct field *field = definition_field(c->form, key);

	if (field == NULL)
		layout_mistake_add(c->mistakes, c->layout->name, c->line, _("The form \"%s\" has no field \"%s\"."), c->form->id,
		                   key);
	else if (types != 0 && (types & (1U << field->type)) == 0)
		layout_mistake_add(c->mistakes, c->layout->name, c->line,
		                   _("The field \"%s\" is of type %s, which cannot be shown so."), key,
		                   field_type_name(field->type));
	else
		return field;
	return NULL;
}

static void check_columns(struct checking *c, const struct element *element)
{
	const struct field *table = check_field(c, element->what, 1U << FIELD_TABLE);

	for (size_t i = 0; table != NULL && i < element->column_count; i++) {
		if (field_child(table, element->columns[i].key) == NULL)
			layout_mistake_add(c->mistakes, c->layout->name, element->columns[i].line,
			                   _("The table \"%s\" has no column \"%s\"."), table->key, element->columns[i].key);
	}
}

static void check_items(struct checking *c, const struct element *element)
{
	for (size_t i = 0; i < element->item_count; i++) {
		const struct grid_item *item = &element->items[i];
		c->line = item->line;
		if (item->field != NULL)
			check_field(c, item->field, 0);
		check_template(c, item->value, NULL);
		check_template(c, item->label, NULL);
	}
}

static bool has_action(const struct workflow *workflow, const char *action)
{
	for (size_t i = 0; i < workflow->transition_count; i++) {
		if (str_equal(workflow->transitions[i].action, action))
			return true;
	}
	return false;
}

static void check_decisions(struct checking *c, const struct element *element)
{
	for (char **state = element->states; state != NULL && *state != NULL; state++) {
		if (workflow_state(&c->form->workflow, *state) == NULL)
			layout_mistake_add(c->mistakes, c->layout->name, c->line, _("The form \"%s\" has no state \"%s\"."),
			                   c->form->id, *state);
	}
	for (char **action = element->actions; action != NULL && *action != NULL; action++) {
		if (!has_action(&c->form->workflow, *action))
			layout_mistake_add(c->mistakes, c->layout->name, c->line, _("The form \"%s\" has no action \"%s\"."),
			                   c->form->id, *action);
	}
}

static void check_element(struct checking *c, const struct element *element)
{
	c->line = element->line;
	check_template(c, element->label, NULL);
	check_template(c, element->value, NULL);
	check_template(c, element->trace, NULL);
	check_template(c, element->sign, NULL);
	switch (element->kind) {
	case ELEMENT_GRID:
		check_items(c, element);
		break;
	case ELEMENT_TEXT:
		check_field(c, element->what, ~(1U << FIELD_TABLE | 1U << FIELD_CHECKLIST));
		break;
	case ELEMENT_TICKS:
		check_field(c, element->what, 1U << FIELD_CHOICE | 1U << FIELD_MULTI | 1U << FIELD_BOOL);
		break;
	case ELEMENT_TABLE:
		check_columns(c, element);
		break;
	case ELEMENT_CHECKLIST:
		check_field(c, element->what, 1U << FIELD_CHECKLIST);
		break;
	case ELEMENT_APPROVAL:
		check_decisions(c, element);
		check_template(c, element->what, NULL);
		break;
	default:
		check_template(c, element->what, NULL);
		break;
	}
}

static bool has_group(const struct field *list, const char *group)
{
	for (size_t i = 0; i < list->child_count; i++) {
		if (str_equal(list->children[i].group, group))
			return true;
	}
	return false;
}

static void check_register_column(struct checking *c, const struct register_column *column, const struct field *table)
{
	c->line = column->line;
	check_template(c, column->label, NULL);
	check_template(c, column->value, table);
	const struct field *list = column->checklist == NULL ? NULL : check_field(c, column->checklist, 1U << FIELD_CHECKLIST);
	if (list == NULL)
		return;
	for (char **item = column->items; item != NULL && *item != NULL; item++) {
		if (field_child(list, *item) == NULL)
			layout_mistake_add(c->mistakes, c->layout->name, c->line, _("The check list \"%s\" has no item \"%s\"."),
			                   list->key, *item);
	}
	for (char **group = column->groups; group != NULL && *group != NULL; group++) {
		if (!has_group(list, *group))
			layout_mistake_add(c->mistakes, c->layout->name, c->line, _("The check list \"%s\" has no group \"%s\"."),
			                   list->key, *group);
	}
}

bool layout_check(const struct layout *layout, const struct definition *form, struct layout_mistakes *mistakes)
{
	const size_t before = mistakes->count;
	struct checking c = { .layout = layout, .form = form, .mistakes = mistakes };

	check_template(&c, layout->title, NULL);
	check_template(&c, layout->title_en, NULL);
	check_template(&c, layout->head_left, NULL);
	check_template(&c, layout->head_right, NULL);
	check_template(&c, layout->sign, NULL);
	for (size_t i = 0; i < layout->body_count; i++)
		check_element(&c, &layout->body[i]);
	const struct field *table = layout->each == NULL ? NULL : check_field(&c, layout->each, 1U << FIELD_TABLE);
	check_template(&c, layout->sort, NULL);
	for (size_t i = 0; i < layout->column_count; i++)
		check_register_column(&c, &layout->columns[i], table);
	return mistakes->count == before;
}
