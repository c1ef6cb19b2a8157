/* The definition as a whole: its own words, sections, lists, what follows and what is due. */
#include "form/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "form/load_parts.h"
#include "model/parts.h"

enum { MOST_BYTES = 1024 * 1024 };

#define COUNT(words) (sizeof(words) / sizeof(words[0]))

/* ---- sections ---- */

/* While its sections are read, their fields are gathered in one array. */
struct gathering {
	struct section section;
	struct field *fields;
	size_t count;
};

static void read_fields(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct gathering *gathering = at;

	gathering->fields = read_list(reader, setting, sizeof(struct field), &gathering->count, load_field);
}

static void read_edit(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct gathering *gathering = at;
	struct edit_right right;

	load_edit(reader, setting, &right);
	gathering->section.edit_states = right.states;
	gathering->section.edit_roles = right.roles;
}

#define AT(member) offsetof(struct section, member)
static const struct word section_words[] = {
	{ "key", read_key, AT(key), true },
	{ "title", read_text, AT(title), true },
	{ "title_en", read_text, AT(title_en), false },
	{ "help", read_text, AT(help), false },
	{ "article", read_whole, AT(article), false },
	{ "visible_if", read_expression, AT(visible_if), false },
	{ "edit", read_edit, 0, false },
	{ "fields", read_fields, 0, true },
};
#undef AT

static void load_section(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct gathering *gathering = at;

	gathering->section.line = (int)config_setting_source_line(setting);
	read_group(reader, setting, section_words, COUNT(section_words), gathering);
}

static void read_sections(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct definition *form = at;
	struct gathering *all = read_list(reader, setting, sizeof(struct gathering), &form->section_count,
	                                  load_section);

	for (size_t i = 0; i < form->section_count; i++)
		form->field_count += all[i].count;
	form->sections = mem_zeroed(form->section_count + 1, sizeof(struct section));
	form->fields = mem_zeroed(form->field_count + 1, sizeof(struct field));
	for (size_t i = 0, next = 0; i < form->section_count; i++) {
		form->sections[i] = all[i].section;
		form->sections[i].first = next;
		form->sections[i].count = all[i].count;
		if (all[i].count > 0)
			memcpy(form->fields + next, all[i].fields, all[i].count * sizeof(struct field));
		next += all[i].count;
		free(all[i].fields);
	}
	free(all);
}

/* ---- what follows ---- */

/* ["key of the new record", "expression over this one"] */
static void load_preset(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct preset *preset = at;
	char **words = NULL;

	read_texts(reader, setting, &words);
	preset->value.line = (int)config_setting_source_line(setting);
	if (words != NULL && words[0] != NULL && words[1] != NULL && words[2] == NULL) {
		preset->key = mem_text(words[0]);
		preset->value.expression = mem_text(words[1]);
	} else {
		read_mistake(reader, setting, _("an element of map must be [\"their_field\", \"expression\"]"));
	}
	texts_free(words);
}

static void read_map(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct follow *follow = at;

	follow->presets = read_list(reader, setting, sizeof(struct preset), &follow->preset_count, load_preset);
}

#define AT(member) offsetof(struct follow, member)
static const struct word follow_words[] = {
	{ "form", read_text, AT(form), true },
	{ "label", read_text, AT(label), true },
	{ "label_en", read_text, AT(label_en), false },
	{ "when", read_expression, AT(when), false },
	{ "map", read_map, 0, false },
};
#undef AT

static void load_follow(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct follow *follow = at;

	follow->line = (int)config_setting_source_line(setting);
	read_group(reader, setting, follow_words, COUNT(follow_words), follow);
}

static void read_follows(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct definition *form = at;

	form->follows = read_list(reader, setting, sizeof(struct follow), &form->follow_count, load_follow);
}

/* ---- what is due ---- */

/* "workday", "week:5", "month:25", "quarter:10" */
static void read_every(struct reader *reader, const config_setting_t *setting, void *at)
{
	static const struct {
		const char *name;
		enum due_every every;
		int most;
	} cycles[] = { { "week:", DUE_WEEK, 7 }, { "month:", DUE_MONTH, 31 }, { "quarter:", DUE_QUARTER, 92 } };
	const char *text = read_string(reader, setting);
	struct due *due = at;

	due->every = DUE_WORKDAY;
	if (text == NULL || strcmp(text, "workday") == 0)
		return;
	for (size_t i = 0; i < COUNT(cycles); i++) {
		const size_t len = strlen(cycles[i].name);
		char *end = NULL;

		if (strncmp(text, cycles[i].name, len) != 0)
			continue;
		const long day = strtol(text + len, &end, 10);
		if (end == text + len || *end != '\0' || day < 1 || day > cycles[i].most)
			break;
		due->every = cycles[i].every;
		due->day = (int)day;
		return;
	}
	read_mistake(reader, setting, _("\"%s\" is none of: workday, week:1..7, month:1..31, quarter:1..92"), text);
}

static void read_by(struct reader *reader, const config_setting_t *setting, void *at)
{
	const char *text = read_string(reader, setting);
	int hour = 0, minute = 0, end = 0;

	if (text == NULL)
		return;
	if (sscanf(text, "%2d:%2d%n", &hour, &minute, &end) == 2 && text[end] == '\0' && hour >= 0 && hour < 24 &&
	    minute >= 0 && minute < 60)
		*(int *)at = hour * 60 + minute;
	else
		read_mistake(reader, setting, _("\"%s\" is no time of day like \"09:30\""), text);
}

#define AT(member) offsetof(struct due, member)
static const struct word due_words[] = {
	{ "key", read_key, AT(key), true },
	{ "label", read_text, AT(label), true },
	{ "label_en", read_text, AT(label_en), false },
	{ "every", read_every, 0, true },
	{ "by", read_by, AT(by_minute), false },
	{ "who", read_texts, AT(who), true },
	{ "late_days", read_whole, AT(late_days), false },
};
#undef AT

static void load_due(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct due *due = at;

	due->line = (int)config_setting_source_line(setting);
	due->by_minute = -1;
	read_group(reader, setting, due_words, COUNT(due_words), due);
}

static void read_dues(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct definition *form = at;

	form->dues = read_list(reader, setting, sizeof(struct due), &form->due_count, load_due);
}

/* ---- timers and list ---- */

#define AT(member) offsetof(struct timer, member)
static const struct word timer_words[] = {
	{ "label", read_text, AT(label), true },
	{ "label_en", read_text, AT(label_en), false },
	{ "from", read_text, AT(from_field), true },
	{ "when", read_expression, AT(when), false },
	{ "limit_minutes", read_whole, AT(limit_minutes), false },
	{ "done", read_expression, AT(done), false },
};
#undef AT

static void load_timer(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct timer *timer = at;

	timer->line = (int)config_setting_source_line(setting);
	read_group(reader, setting, timer_words, COUNT(timer_words), at);
}

static void read_timers(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct definition *form = at;

	form->timers = read_list(reader, setting, sizeof(struct timer), &form->timer_count, load_timer);
}

/* ("key", width) */
static void load_column(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct list_column *column = at;

	column->line = (int)config_setting_source_line(setting);
	if (config_setting_type(setting) != CONFIG_TYPE_LIST || config_setting_length(setting) != 2) {
		read_mistake(reader, setting, _("a column of list must be (\"key\", width)"));
		return;
	}
	read_text(reader, config_setting_get_elem(setting, 0), &column->key);
	read_whole(reader, config_setting_get_elem(setting, 1), &column->width);
}

static void read_columns(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct definition *form = at;

	form->columns = read_list(reader, setting, sizeof(struct list_column), &form->column_count, load_column);
}

/* ---- the form ---- */

static void read_form_kind(struct reader *reader, const config_setting_t *setting, void *at)
{
	const char *name = read_string(reader, setting);

	if (name != NULL && strcmp(name, "case") != 0 && strcmp(name, "record") != 0)
		read_mistake(reader, setting, _("\"%s\" is neither \"case\" nor \"record\""), name);
	*(enum form_kind *)at = name != NULL && strcmp(name, "record") == 0 ? FORM_RECORD : FORM_CASE;
}

static void load_article(struct reader *reader, const config_setting_t *setting, void *at)
{
	read_whole(reader, setting, at);
}

static void read_articles(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct definition *form = at;

	form->articles = read_list(reader, setting, sizeof(int), &form->article_count, load_article);
}

#define AT(member) offsetof(struct definition, member)
static const struct word form_words[] = {
	{ "id", read_key, AT(id), true },
	{ "title", read_text, AT(title), true },
	{ "title_en", read_text, AT(title_en), false },
	{ "name", read_text, AT(name), false },
	{ "name_en", read_text, AT(name_en), false },
	{ "code", read_text, AT(code), true },
	{ "articles", read_articles, 0, false },
	{ "kind", read_form_kind, AT(kind), true },
	{ "menu_group", read_text, AT(menu_group), false },
	{ "retention", read_text, AT(retention), false },
	{ "layout", read_text, AT(layout), false },
	{ "number", read_text, AT(number_pattern), true },
	{ "title_of", read_text, AT(title_expression), false },
	{ "occurred", read_text, AT(occurred_field), false },
	{ "department_of", read_text, AT(department_field), false },
	{ "copy_last", read_flag, AT(copy_last), false },
	{ "restricted_to", read_texts, AT(restricted_to), false },
	{ "sections", read_sections, 0, true },
	{ "timers", read_timers, 0, false },
	{ "workflow", load_workflow, AT(workflow), true },
	{ "list", read_columns, 0, true },
	{ "follow", read_follows, 0, false },
	{ "due", read_dues, 0, false },
};
#undef AT

static void set_defaults(struct definition *form)
{
	if (form->name == NULL) {
		form->name = mem_text(form->title);
		form->name_en = form->name_en == NULL ? mem_text(form->title_en) : form->name_en;
	}
	if (form->restricted_to != NULL && form->restricted_to[0] == NULL) {
		texts_free(form->restricted_to);
		form->restricted_to = NULL;
	}
}

/* The whole as one text, and its hash. */
static void seal(struct definition *form, const struct parts *parts, struct reader *reader)
{
	struct err err = { .code = ERR_NONE };

	form->source = parts_whole(parts);
	if (!hash_bytes(form->source, strlen(form->source), form->hash, &err))
		mistake_add(reader->mistakes, reader->file, 0, "%s", err.text);
}

/* PARTS holds all the texts; FILE is the form's, for mistakes. */
static struct definition *load(struct parts *parts, const char *file, const struct phrases *phrases,
                               struct mistakes *mistakes)
{
	struct reader reader = { .mistakes = mistakes, .file = file, .parts = parts };
	struct definition *form = mem_new(struct definition);
	const size_t before = mistakes->count;
	config_t config;

	config_init(&config);
	form->path = mem_text(file);
	if (read_parse(&reader, &config, parts->form, strlen(parts->form))) {
		read_group(&reader, config_root_setting(&config), form_words, COUNT(form_words), form);
		set_defaults(form);
		check_definition(form, config_root_setting(&config), parts, phrases, file, mistakes);
		seal(form, parts, &reader);
	}
	config_destroy(&config);
	if (mistakes->count > before)
		definition_free(&form);
	return form;
}

struct definition *form_load_file(const char *path, const char *data_folder, const struct phrases *phrases,
                                  struct mistakes *mistakes)
{
	const char *slash = strrchr(path, '/');
	struct definition *form = NULL;
	struct err err = { .code = ERR_NONE };
	struct parts parts = { .file = NULL };
	size_t len = 0;
	char *text = path_read(path, MOST_BYTES, &len, &err);

	if (text == NULL) {
		mistake_add(mistakes, path, 0, "%s", err.text);
		return NULL;
	}
	if (strlen(text) != len)
		mistake_add(mistakes, path, 0, _("This is no text: it holds a zero byte."));
	else if (parts_begin(&parts, data_folder, slash != NULL ? slash + 1 : path, text, &err))
		form = load(&parts, path, phrases, mistakes);
	else
		mistake_add(mistakes, path, 0, "%s", err.text);
	parts_release(&parts);
	free(text);
	return form;
}

struct definition *form_load_text(const char *source, const char *name, struct mistakes *mistakes)
{
	struct definition *form = NULL;
	struct err err = { .code = ERR_NONE };
	struct parts parts = { .file = NULL };

	if (!utf8_is_valid(source, strlen(source), NULL)) {
		mistake_add(mistakes, name, 0, _("This is not UTF-8 text. Save the file as UTF-8."));
		return NULL;
	}
	if (parts_begin(&parts, NULL, name, source, &err))
		form = load(&parts, name, NULL, mistakes);
	else
		mistake_add(mistakes, name, 0, "%s", err.text);
	parts_release(&parts);
	return form;
}
