/* All forms of a folder, and what is wrong between them. */
#include "form/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"

static const struct definition *rival(const struct catalogue *catalogue, const struct definition *form)
{
	for (size_t i = 0; i < catalogue->count; i++)
		if (str_equal(catalogue->forms[i]->id, form->id) || str_equal(catalogue->forms[i]->code, form->code))
			return catalogue->forms[i];
	return NULL;
}

/* Takes FORM over; the first of two with the same id or code stays. */
static void add(struct catalogue *catalogue, struct definition *form)
{
	const struct definition *other = rival(catalogue, form);

	if (other != NULL) {
		mistake_add(&catalogue->mistakes, form->path, 1,
		            _("the id \"%s\" or the code \"%s\" is taken by %s already"), form->id, form->code,
		            other->path);
		definition_free(&form);
		return;
	}
	catalogue->forms = mem_resize(catalogue->forms, catalogue->count + 1, sizeof(*catalogue->forms));
	catalogue->forms[catalogue->count++] = form;
}

/* A preset names a field of the form that is opened. */
static void check_follow(struct catalogue *catalogue, const struct definition *form, const struct follow *follow)
{
	const struct definition *other = catalogue_form(catalogue, follow->form);

	if (other == NULL) {
		mistake_add(&catalogue->mistakes, form->path, follow->line, _("there is no form \"%s\" to follow"),
		            follow->form);
		return;
	}
	for (size_t i = 0; i < follow->preset_count; i++)
		if (definition_field(other, follow->presets[i].key) == NULL)
			mistake_add(&catalogue->mistakes, form->path, follow->presets[i].value.line,
			            _("the form \"%s\" has no field \"%s\""), follow->form, follow->presets[i].key);
}

static void load_forms(struct catalogue *catalogue, const char *forms_folder, const char *data_folder, char **names,
                       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *path = path_join(forms_folder, names[i]);
		struct definition *form = form_load_file(path, data_folder, catalogue->phrases, &catalogue->mistakes);

		if (form != NULL)
			add(catalogue, form);
		free(path);
	}
	for (size_t i = 0; i < catalogue->count; i++)
		for (size_t j = 0; j < catalogue->forms[i]->follow_count; j++)
			check_follow(catalogue, catalogue->forms[i], &catalogue->forms[i]->follows[j]);
}

struct catalogue *catalogue_load(const char *forms_folder, const char *data_folder, struct err *err)
{
	struct catalogue *catalogue;
	char **names = NULL, *phrases;
	size_t count = 0;

	if (!path_list(forms_folder, ".cfg", &names, &count, err))
		return NULL;
	catalogue = mem_new(struct catalogue);
	phrases = path_join(data_folder, "phrases.cfg");
	catalogue->phrases = phrases_load(phrases, &catalogue->mistakes);
	load_forms(catalogue, forms_folder, data_folder, names, count);
	mistakes_sort(&catalogue->mistakes);
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
	free(phrases);
	return catalogue;
}

void catalogue_free(struct catalogue **catalogue)
{
	struct catalogue *c = *catalogue;

	if (c == NULL)
		return;
	for (size_t i = 0; i < c->count; i++)
		definition_free(&c->forms[i]);
	free(c->forms);
	phrases_free(&c->phrases);
	mistakes_release(&c->mistakes);
	free(c);
	*catalogue = NULL;
}

const struct definition *catalogue_form(const struct catalogue *catalogue, const char *id)
{
	for (size_t i = 0; i < catalogue->count; i++)
		if (str_equal(catalogue->forms[i]->id, id))
			return catalogue->forms[i];
	return NULL;
}
