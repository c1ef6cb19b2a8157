#include "model/definition.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/text.h"
#include "model/parts.h"

const char *definition_title(const struct definition *form)
{
	return text_is_english() && form->title_en != NULL ? form->title_en : form->title;
}

const char *definition_name(const struct definition *form)
{
	return text_is_english() && form->name_en != NULL ? form->name_en : form->name;
}

const struct field *definition_field(const struct definition *form, const char *key)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (str_equal(form->fields[i].key, key))
			return &form->fields[i];
	return NULL;
}

const struct field *definition_owner_of(const struct definition *form, const struct field *field)
{
	for (size_t i = 0; i < form->field_count; i++) {
		const struct field *owner = &form->fields[i];

		for (size_t j = 0; j < owner->child_count; j++)
			if (&owner->children[j] == field)
				return owner;
	}
	return NULL;
}

const struct section *definition_section_of(const struct definition *form, const struct field *field)
{
	const struct field *owner = definition_owner_of(form, field);

	if (owner == NULL)
		owner = field;
	for (size_t i = 0; i < form->section_count; i++) {
		const struct section *section = &form->sections[i];

		for (size_t j = 0; j < section->count; j++)
			if (&form->fields[section->first + j] == owner)
				return section;
	}
	return NULL;
}

bool definition_answers(const struct definition *form, int article)
{
	for (size_t i = 0; i < form->article_count; i++)
		if (form->articles[i] == article)
			return true;
	return false;
}

/* ---- freeing ---- */

static void section_release(struct section *section)
{
	free(section->key);
	free(section->title);
	free(section->title_en);
	rule_release(&section->visible_if);
	texts_free(section->edit_states);
	texts_free(section->edit_roles);
}

static void timer_release(struct timer *timer)
{
	free(timer->label);
	free(timer->label_en);
	free(timer->from_field);
	rule_release(&timer->when);
	rule_release(&timer->done);
}

static void release_parts(struct definition *form)
{
	for (size_t i = 0; i < form->section_count; i++)
		section_release(&form->sections[i]);
	for (size_t i = 0; i < form->field_count; i++)
		field_release(&form->fields[i]);
	for (size_t i = 0; i < form->timer_count; i++)
		timer_release(&form->timers[i]);
	for (size_t i = 0; i < form->column_count; i++)
		free(form->columns[i].key);
	workflow_release(&form->workflow);
	free(form->sections);
	free(form->fields);
	free(form->timers);
	free(form->columns);
}

void definition_free(struct definition **form)
{
	struct definition *f = *form;

	if (f == NULL)
		return;
	release_parts(f);
	char *const texts[] = { f->id, f->title, f->title_en, f->name, f->name_en, f->menu_group,
				f->number_pattern, f->code, f->retention, f->layout, f->title_expression,
				f->occurred_field, f->department_field, f->source, f->path };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(texts[i]);
	free(f->articles);
	texts_free(f->restricted_to);
	free(f);
	*form = NULL;
}
