/* From libconfig to a layout. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "report/layout_read.h"
#include "report/measure.h"

enum { MOST_BYTES = 1024 * 1024 };

#define AT(type, member) offsetof(struct type, member)
#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

/* ---- parts of a form's page ---- */

static const struct attribute item_attributes[] = {
	{ "field", 1, layout_read_text, AT(grid_item, field), 0, 0 },
	{ "value", 1, layout_read_template, AT(grid_item, value), 0, 0 },
	{ "label", 1, layout_read_template, AT(grid_item, label), 0, 0 },
	{ "span", 1, layout_read_whole, AT(grid_item, span), 1, 4 },
};

static void read_item(struct reading *r, const config_setting_t *setting, struct grid_item *item)
{
	*item = (struct grid_item){ .span = 1, .line = (int)config_setting_source_line(setting) };
	if (config_setting_get_string(setting) != NULL) {
		layout_read_text(r, setting, NULL, &item->field);
		return;
	}
	if (!config_setting_is_group(setting)) {
		layout_wrong(r, setting, _("A part of a grid must be a field's key or a group { field = ...; } or { label = ...; value = ...; }."));
		return;
	}
	layout_read_group(r, setting, item_attributes, COUNT_OF(item_attributes), 1, item, NULL);
	if ((item->field == NULL) == (item->value == NULL))
		layout_wrong(r, setting, _("A part of a grid must have either \"field\" or \"value\"."));
	else if (item->value != NULL && item->label == NULL)
		layout_wrong(r, setting, _("A part of a grid with \"value\" must have a \"label\"."));
}

static void read_items(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	struct element *element = to;

	(void)attribute;
	if (!layout_is_list(setting) || config_setting_length(setting) == 0) {
		layout_wrong(r, setting, _("\"grid\" must be a list: ( \"field\", { field = \"...\"; span = 2; }, ... )."));
		return;
	}
	element->item_count = (size_t)config_setting_length(setting);
	element->items = mem_zeroed(element->item_count, sizeof(*element->items));
	for (size_t i = 0; i < element->item_count; i++)
		read_item(r, config_setting_get_elem(setting, (unsigned)i), &element->items[i]);
}

static void read_column_width(struct reading *r, const config_setting_t *setting, struct column_width *column)
{
	static const struct attribute width = { .low = 1, .high = 60 };

	column->line = (int)config_setting_source_line(setting);
	if (config_setting_get_string(setting) != NULL) {
		layout_read_text(r, setting, NULL, &column->key);
	} else if (layout_is_list(setting) && config_setting_length(setting) == 2) {
		layout_read_text(r, config_setting_get_elem(setting, 0), NULL, &column->key);
		layout_read_whole(r, config_setting_get_elem(setting, 1), &width, &column->width);
	} else {
		layout_wrong(r, setting, _("A column must be its key, or (key, width in Chinese characters)."));
	}
}

static void read_column_widths(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	struct element *element = to;

	(void)attribute;
	if (!layout_is_list(setting) || config_setting_length(setting) == 0) {
		layout_wrong(r, setting, _("\"columns\" must be a list: ( (\"key\", width), ... )."));
		return;
	}
	element->column_count = (size_t)config_setting_length(setting);
	element->columns = mem_zeroed(element->column_count, sizeof(*element->columns));
	for (size_t i = 0; i < element->column_count; i++)
		read_column_width(r, config_setting_get_elem(setting, (unsigned)i), &element->columns[i]);
}

static void read_nothing(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	bool on = false;
	(void)to;
	layout_read_bool(r, setting, attribute, &on);
}

#define ON(kind) (1U << ELEMENT_##kind)
#define ANYWHERE ((1U << ELEMENT_COUNT) - 1)

static const struct attribute element_attributes[] = {
	/* The word that makes it what it is ... */
	{ "section", ON(SECTION), layout_read_template, AT(element, what), 0, 0 },
	{ "grid", ON(GRID), read_items, 0, 0, 0 },
	{ "text", ON(TEXT), layout_read_text, AT(element, what), 0, 0 },
	{ "ticks", ON(TICKS), layout_read_text, AT(element, what), 0, 0 },
	{ "table", ON(TABLE), layout_read_text, AT(element, what), 0, 0 },
	{ "checklist", ON(CHECKLIST), layout_read_text, AT(element, what), 0, 0 },
	{ "approval", ON(APPROVAL), layout_read_template, AT(element, what), 0, 0 },
	{ "approvals", ON(APPROVALS), read_nothing, 0, 0, 0 },
	{ "line", ON(LINE), layout_read_template, AT(element, what), 0, 0 },
	{ "timeline", ON(TIMELINE), layout_read_template, AT(element, what), 0, 0 },
	{ "rest", ON(REST), read_nothing, 0, 0, 0 },
	{ "note", ON(NOTE), layout_read_template, AT(element, what), 0, 0 },
	{ "break", ON(BREAK), read_nothing, 0, 0, 0 },
	/* ... and what may stand beside it. */
	{ "when", ANYWHERE, layout_read_text, AT(element, when), 0, 0 },
	{ "label", ON(TEXT) | ON(TICKS) | ON(TABLE) | ON(CHECKLIST) | ON(LINE), layout_read_template, AT(element, label), 0, 0 },
	{ "pairs", ON(GRID), layout_read_whole, AT(element, pairs), 1, 4 },
	{ "lines", ON(TEXT) | ON(TICKS), layout_read_whole, AT(element, lines), 1, 40 },
	{ "most", ON(TEXT), layout_read_whole, AT(element, most), 1, 40 },
	{ "columns", ON(TABLE), read_column_widths, 0, 0, 0 },
	{ "rows", ON(TABLE), layout_read_whole, AT(element, rows), 1, 200 },
	{ "blank", ON(TABLE), layout_read_whole, AT(element, blank), 0, 40 },
	{ "numbered", ON(TABLE), layout_read_not, AT(element, plain), 0, 0 },
	{ "groups", ON(CHECKLIST), layout_read_whole, AT(element, groups), 1, 3 },
	{ "notes", ON(CHECKLIST), layout_read_not, AT(element, short_list), 0, 0 },
	{ "zones", ON(CHECKLIST), layout_read_not, AT(element, unzoned), 0, 0 },
	{ "states", ON(APPROVAL), layout_read_words, AT(element, states), 0, 0 },
	{ "actions", ON(APPROVAL), layout_read_words, AT(element, actions), 0, 0 },
	{ "value", ON(APPROVAL), layout_read_template, AT(element, value), 0, 0 },
	{ "trace", ON(APPROVAL), layout_read_template, AT(element, trace), 0, 0 },
	{ "sign", ON(APPROVAL), layout_read_template, AT(element, sign), 0, 0 },
	{ "seal", ON(APPROVAL), layout_read_bool, AT(element, seal), 0, 0 },
	{ "height", ON(APPROVAL) | ON(LINE), layout_read_number, AT(element, height_pt), 14, 300 },
};

/* What kind of element GROUP is, by the one word that says so; NULL if none does. */
static const config_setting_t *kind_in(const config_setting_t *group, enum element_kind *kind)
{
	for (int i = 0; i < ELEMENT_COUNT; i++) {
		const config_setting_t *word = config_setting_get_member(group, element_name((enum element_kind)i));
		if (word != NULL) {
			*kind = (enum element_kind)i;
			return word;
		}
	}
	return NULL;
}

static void read_element(struct reading *r, const config_setting_t *setting, struct element *element)
{
	struct str names = STR_INIT;

	if (config_setting_is_group(setting) && kind_in(setting, &element->kind) != NULL) {
		element->line = (int)config_setting_source_line(setting);
		element->pairs = 2;
		element->groups = 2;
		element->lines = 1;
		layout_read_group(r, setting, element_attributes, COUNT_OF(element_attributes), 1U << element->kind, element, NULL);
		return;
	}
	for (int i = 0; i < ELEMENT_COUNT; i++)
		str_addf(&names, "%s%s", i > 0 ? ", " : "", element_name((enum element_kind)i));
	layout_wrong(r, setting, _("A part of the body must be a group with one of: %s."), str_text(&names));
	str_release(&names);
}

static void read_body(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	struct layout *layout = to;

	(void)attribute;
	if (!config_setting_is_list(setting) || config_setting_length(setting) == 0) {
		layout_wrong(r, setting, _("\"body\" must be a list of groups: ( { section = \"...\"; }, ... )."));
		return;
	}
	layout->body_count = (size_t)config_setting_length(setting);
	layout->body = mem_zeroed(layout->body_count, sizeof(*layout->body));
	for (size_t i = 0; i < layout->body_count; i++)
		read_element(r, config_setting_get_elem(setting, (unsigned)i), &layout->body[i]);
}

/* ---- columns of a register ---- */

static const struct attribute column_attributes[] = {
	{ "label", 1, layout_read_template, AT(register_column, label), 0, 0 },
	{ "value", 1, layout_read_template, AT(register_column, value), 0, 0 },
	{ "width", 1, layout_read_whole, AT(register_column, width), 1, 60 },
	{ "align", 1, layout_read_align, AT(register_column, align), 0, 0 },
	{ "total", 1, layout_read_total, AT(register_column, total), 0, 0 },
	{ "checklist", 1, layout_read_text, AT(register_column, checklist), 0, 0 },
	{ "items", 1, layout_read_words, AT(register_column, items), 0, 0 },
	{ "groups", 1, layout_read_words, AT(register_column, groups), 0, 0 },
	{ "abnormal", 1, layout_read_bool, AT(register_column, abnormal), 0, 0 },
};

static void read_register_column(struct reading *r, const config_setting_t *setting, struct register_column *column)
{
	if (!config_setting_is_group(setting)) {
		layout_wrong(r, setting, _("A column must be a group: { label = \"...\"; value = \"{...}\"; width = 6; }."));
		return;
	}
	column->width = 5;
	column->line = (int)config_setting_source_line(setting);
	layout_read_group(r, setting, column_attributes, COUNT_OF(column_attributes), 1, column, NULL);
	if (column->label == NULL)
		layout_wrong(r, setting, _("A column must have a \"label\"."));
	if ((column->value == NULL) == (column->checklist == NULL))
		layout_wrong(r, setting, _("A column must have either \"value\" or \"checklist\"."));
}

static void read_register_columns(struct reading *r, const config_setting_t *setting, const struct attribute *attribute,
                                  void *to)
{
	struct layout *layout = to;

	(void)attribute;
	if (!config_setting_is_list(setting) || config_setting_length(setting) == 0 || config_setting_length(setting) > 40) {
		layout_wrong(r, setting, _("\"columns\" must be a list of 1 to 40 groups: ( { label = \"...\"; value = \"{...}\"; }, ... )."));
		return;
	}
	layout->column_count = (size_t)config_setting_length(setting);
	layout->columns = mem_zeroed(layout->column_count, sizeof(*layout->columns));
	for (size_t i = 0; i < layout->column_count; i++)
		read_register_column(r, config_setting_get_elem(setting, (unsigned)i), &layout->columns[i]);
}

/* ---- the whole ---- */

#define FORM (1U << LAYOUT_FORM)
#define REGISTER (1U << LAYOUT_REGISTER)

static const struct attribute layout_attributes[] = {
	{ "kind", FORM | REGISTER, layout_read_kind, AT(layout, kind), 0, 0 },
	{ "title", FORM | REGISTER, layout_read_template, AT(layout, title), 0, 0 },
	{ "title_en", FORM | REGISTER, layout_read_template, AT(layout, title_en), 0, 0 },
	{ "head", FORM | REGISTER, layout_read_head, 0, 0, 0 },
	{ "words", FORM | REGISTER, layout_read_own_words, AT(layout, words), 0, 0 },
	{ "size", FORM | REGISTER, layout_read_number, AT(layout, size_pt), MEASURE_LEAST_PT, 16 },
	{ "margins", FORM | REGISTER, layout_read_margins, AT(layout, margins_mm), 0, 60 },
	{ "archive_box", FORM, layout_read_bool, AT(layout, archive_box), 0, 0 },
	{ "body", FORM, read_body, 0, 0, 0 },
	{ "rows", REGISTER, layout_read_rows, AT(layout, days), 0, 0 },
	{ "each", REGISTER, layout_read_text, AT(layout, each), 0, 0 },
	{ "sort", REGISTER, layout_read_template, AT(layout, sort), 0, 0 },
	{ "columns", REGISTER, read_register_columns, 0, 0, 0 },
	{ "totals", REGISTER, layout_read_not, AT(layout, untotalled), 0, 0 },
	{ "height", REGISTER, layout_read_number, AT(layout, row_pt), 18, 200 },
	{ "sign", REGISTER, layout_read_template, AT(layout, sign), 0, 0 },
};

static void set_defaults(struct layout *layout)
{
	static const double form_mm[] = { 25, 20, 20, 25 }, register_mm[] = { 20, 15, 20, 15 };
	const bool form = layout->kind == LAYOUT_FORM;

	layout->size_pt = form ? 12 : MEASURE_LEAST_PT;
	layout->row_pt = 20;
	for (int i = 0; i < MARGIN_COUNT; i++)
		layout->margins_mm[i] = form ? form_mm[i] : register_mm[i];
}

static void read_whole_layout(struct reading *r, const config_setting_t *root)
{
	struct layout *layout = r->layout;
	const config_setting_t *kind = config_setting_get_member(root, "kind");

	if (kind == NULL) {
		layout_mistake_add(r->mistakes, r->name, 0, _("There is no \"kind\": it must be \"form\" or \"register\"."));
		return;
	}
	layout_read_kind(r, kind, NULL, &layout->kind);
	set_defaults(layout);
	layout_read_group(r, root, layout_attributes, COUNT_OF(layout_attributes), 1U << layout->kind, layout, kind);
	if (layout->kind == LAYOUT_FORM && config_setting_get_member(root, "body") == NULL)
		layout_mistake_add(r->mistakes, r->name, 0, _("There is no \"body\"."));
	if (layout->days && layout->each != NULL)
		layout_mistake_add(r->mistakes, r->name, 0, _("A register with a row a day cannot have \"each\", too."));
}

static void syntax_mistake(const config_t *config, const char *name, struct layout_mistakes *mistakes)
{
	const char *file = config_error_file(config);
	if (config_error_type(config) == CONFIG_ERR_FILE_IO)
		layout_mistake_add(mistakes, file == NULL ? name : file, 0, _("The file cannot be read."));
	else
		layout_mistake_add(mistakes, file == NULL ? name : file, config_error_line(config),
		                   _("Not a libconfig text: %s."), config_error_text(config));
}

struct layout *layout_load_text(const char *text, const char *name, const char *folder, struct layout_mistakes *mistakes)
{
	const size_t before = mistakes->count;
	struct reading r = { .layout = mem_new(struct layout), .mistakes = mistakes, .name = name };
	config_t config;

	config_init(&config);
	if (folder != NULL)
		config_set_include_dir(&config, folder);
	r.layout->name = mem_text(name);
	if (config_read_string(&config, text) != CONFIG_TRUE)
		syntax_mistake(&config, name, mistakes);
	else
		read_whole_layout(&r, config_root_setting(&config));
	config_destroy(&config);
	if (mistakes->count > before)
		layout_free(&r.layout);
	return r.layout;
}

/* The folder part of PATH; caller frees. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? mem_text(".") : mem_text_len(path, slash == path ? 1 : (size_t)(slash - path));
}

struct layout *layout_load_file(const char *path, struct layout_mistakes *mistakes)
{
	struct err err = { 0 };
	size_t len, bad;
	char *text = path_read(path, MOST_BYTES, &len, &err);
	char *folder = folder_of(path);
	struct layout *layout = NULL;

	if (text == NULL)
		layout_mistake_add(mistakes, path, 0, "%s", err.text);
	else if (strlen(text) != len || !utf8_is_valid(text, len, &bad))
		layout_mistake_add(mistakes, path, 0, _("The file is not UTF-8 text."));
	else
		layout = layout_load_text(text, path, folder, mistakes);
	free(folder);
	free(text);
	return layout;
}
