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

const char *follow_label(const struct follow *follow)
{
	return text_is_english() && follow->label_en != NULL ? follow->label_en : follow->label;
}

const char *due_label(const struct due *due)
{
	return text_is_english() && due->label_en != NULL ? due->label_en : due->label;
}

const struct follow *definition_follow(const struct definition *form, const char *form_id)
{
	for (size_t i = 0; i < form->follow_count; i++)
		if (str_equal(form->follows[i].form, form_id))
			return &form->follows[i];
	return NULL;
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
	free(section->help);
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

static void follow_release(struct follow *follow)
{
	free(follow->form);
	free(follow->label);
	free(follow->label_en);
	rule_release(&follow->when);
	for (size_t i = 0; i < follow->preset_count; i++) {
		free(follow->presets[i].key);
		rule_release(&follow->presets[i].value);
	}
	free(follow->presets);
}

static void due_release(struct due *due)
{
	free(due->key);
	free(due->label);
	free(due->label_en);
	texts_free(due->who);
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
	for (size_t i = 0; i < form->follow_count; i++)
		follow_release(&form->follows[i]);
	for (size_t i = 0; i < form->due_count; i++)
		due_release(&form->dues[i]);
	workflow_release(&form->workflow);
	free(form->follows);
	free(form->dues);
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
