#include "report/layout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "report/layout_model.h"
#include "report/mistake.h"

const char *element_name(enum element_kind kind)
{
	static const char *const names[] = {
#define X(name, text) text,
		ELEMENTS(X)
#undef X
	};
	return names[kind];
}

/* ---- mistakes ---- */

void layout_mistake_addv(struct layout_mistakes *mistakes, const char *file, int line, const char *format, va_list args)
{
	struct str text = STR_INIT;

	str_addv(&text, format, args);
	mistakes->items = mem_resize(mistakes->items, mistakes->count + 1, sizeof(*mistakes->items));
	mistakes->items[mistakes->count++] =
		(struct layout_mistake){ .file = mem_text(file), .line = line, .text = str_take(&text) };
}

void layout_mistake_add(struct layout_mistakes *mistakes, const char *file, int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	layout_mistake_addv(mistakes, file, line, format, args);
	va_end(args);
}

void layout_mistakes_release(struct layout_mistakes *mistakes)
{
	for (size_t i = 0; i < mistakes->count; i++) {
		free(mistakes->items[i].file);
		free(mistakes->items[i].text);
	}
	free(mistakes->items);
	*mistakes = (struct layout_mistakes){ 0 };
}

/* ---- finding ---- */

/* Turns the first mistake into ERR; false. */
static bool first_mistake(const struct layout_mistakes *mistakes, struct err *err)
{
	const struct layout_mistake *first = &mistakes->items[0];
	return err_set(err, ERR_REFUSED, "%s:%d: %s", first->file, first->line, first->text);
}

static struct layout *find(const char *folder, const struct definition *form, const char *suffix, const char *general,
                           enum layout_kind kind, struct err *err)
{
	struct layout_mistakes mistakes = { 0 };
	char *name = str_format("%s%s.cfg", form->layout == NULL ? form->id : form->layout, suffix);
	char *path = path_join(folder, name);

	if (!path_exists(path)) {
		free(path);
		path = path_join(folder, general);
	}
	struct layout *layout = layout_load_file(path, &mistakes);
	if (layout != NULL && layout->kind != kind)
		layout_mistake_add(&mistakes, path, 0, _("The layout's kind is not the one that is needed here."));
	else if (layout != NULL)
		layout_check(layout, form, &mistakes);
	if (mistakes.count > 0) {
		first_mistake(&mistakes, err);
		layout_free(&layout);
	}
	layout_mistakes_release(&mistakes);
	free(path);
	free(name);
	return layout;
}

struct layout *layout_of_form(const char *folder, const struct definition *form, struct err *err)
{
	return find(folder, form, "", "generic.cfg", LAYOUT_FORM, err);
}

struct layout *layout_of_month(const char *folder, const struct definition *form, struct err *err)
{
	return find(folder, form, "-month", "generic-month.cfg", LAYOUT_REGISTER, err);
}

enum layout_kind layout_kind(const struct layout *layout)
{
	return layout->kind;
}

/* ---- freeing ---- */

static void texts_free(char **texts)
{
	for (char **one = texts; one != NULL && *one != NULL; one++)
		free(*one);
	free(texts);
}

static void element_release(struct element *element)
{
	for (size_t i = 0; i < element->item_count; i++) {
		free(element->items[i].field);
		free(element->items[i].value);
		free(element->items[i].label);
	}
	for (size_t i = 0; i < element->column_count; i++)
		free(element->columns[i].key);
	free(element->items);
	free(element->columns);
	texts_free(element->states);
	texts_free(element->actions);
	free(element->what);
	free(element->label);
	free(element->value);
	free(element->trace);
	free(element->sign);
	free(element->when);
}

static void column_release(struct register_column *column)
{
	free(column->label);
	free(column->value);
	free(column->checklist);
	texts_free(column->items);
	texts_free(column->groups);
}

void layout_free(struct layout **layout)
{
	struct layout *l = *layout;

	*layout = NULL;
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->body_count; i++)
		element_release(&l->body[i]);
	for (size_t i = 0; i < l->column_count; i++)
		column_release(&l->columns[i]);
	char *const texts[] = { l->name, l->title, l->title_en, l->head_left, l->head_right, l->each, l->sort, l->sign };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(texts[i]);
	words_release(&l->words);
	free(l->body);
	free(l->columns);
	free(l);
}
