#include "form/read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "form/near.h"
#include "model/parts.h"

enum { MOST_ELEMENTS = 2000, MOST_TEXT_BYTES = 16 * 1024, MOST_WHOLE = 1000000000 };

static int line_at(const char *text, size_t at)
{
	int line = 1;

	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

/* libconfig would read other files: then the text kept with a record would not be the whole. */
static bool has_include(struct reader *reader, const char *text)
{
	int line = 1;

	for (const char *at = text; at != NULL; line++) {
		const char *word = at + strspn(at, " \t");

		if (strncmp(word, "@include", strlen("@include")) == 0) {
			mistake_add(reader->mistakes, reader->file, line,
			            _("@include is not allowed here. Name a part as \"@NAME\" instead."));
			return true;
		}
		at = strchr(at, '\n');
		if (at != NULL)
			at++;
	}
	return false;
}

bool read_parse(struct reader *reader, config_t *config, const char *text, size_t len)
{
	size_t bad_at = 0;

	if (!utf8_is_valid(text, len, &bad_at)) {
		mistake_add(reader->mistakes, reader->file, line_at(text, bad_at),
		            _("This is not UTF-8 text. Save the file as UTF-8."));
		return false;
	}
	if (has_include(reader, text))
		return false;
	if (config_read_string(config, text))
		return true;
	mistake_add(reader->mistakes, reader->file, config_error_line(config),
	            _("%s. Look for a missing quote, bracket, comma or semicolon here or on the line before."),
	            config_error_text(config));
	return false;
}

int read_line_of(const config_setting_t *setting)
{
	const int line = (int)config_setting_source_line(setting);

	return line > 0 ? line : 1;
}

const char *read_name(const config_setting_t *setting)
{
	const char *name = config_setting_name(setting);

	return name != NULL ? name : _("an element");
}

/* ---- groups and lists ---- */

static void unknown_word(struct reader *reader, const config_setting_t *setting, const struct word *words,
                         size_t count)
{
	struct near near;
	char *hint;

	near_begin(&near, config_setting_name(setting));
	for (size_t i = 0; i < count; i++)
		near_offer(&near, words[i].name);
	hint = near_words(&near);
	read_mistake(reader, setting, _("unknown word \"%s\"%s"), config_setting_name(setting), hint);
	free(hint);
}

static void read_member(struct reader *reader, const config_setting_t *setting, const struct word *words,
                        size_t count, void *target)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(config_setting_name(setting), words[i].name) != 0)
			continue;
		words[i].read(reader, setting, (char *)target + words[i].offset);
		return;
	}
	unknown_word(reader, setting, words, count);
}

void read_group(struct reader *reader, const config_setting_t *group, const struct word *words, size_t count,
                void *target)
{
	if (config_setting_type(group) != CONFIG_TYPE_GROUP) {
		read_mistake(reader, group, _("%s must be a group { word = value; ... }"), read_name(group));
		return;
	}
	for (int i = 0; i < config_setting_length(group); i++)
		read_member(reader, config_setting_get_elem(group, (unsigned)i), words, count, target);
	for (size_t i = 0; i < count; i++)
		if (words[i].needed && config_setting_get_member(group, words[i].name) == NULL)
			read_mistake(reader, group, _("\"%s\" is missing"), words[i].name);
}

static bool is_sequence(const config_setting_t *setting)
{
	return config_setting_type(setting) == CONFIG_TYPE_LIST ||
	       config_setting_type(setting) == CONFIG_TYPE_ARRAY;
}

void *read_list(struct reader *reader, const config_setting_t *list, size_t size, size_t *count,
                void (*one)(struct reader *reader, const config_setting_t *setting, void *at))
{
	char *items;
	int length = config_setting_length(list);

	*count = 0;
	if (!is_sequence(list)) {
		read_mistake(reader, list, _("%s must be a list ( ..., ... )"), read_name(list));
		return NULL;
	}
	if (length > MOST_ELEMENTS) {
		read_mistake(reader, list, _("%s has more than %d elements"), read_name(list), MOST_ELEMENTS);
		length = MOST_ELEMENTS;
	}
	if (length == 0)
		return NULL;
	items = mem_zeroed((size_t)length, size);
	for (int i = 0; i < length; i++)
		one(reader, config_setting_get_elem(list, (unsigned)i), items + (size_t)i * size);
	*count = (size_t)length;
	return items;
}

/* ---- single values ---- */

const char *read_string(struct reader *reader, const config_setting_t *setting)
{
	const char *text;

	if (config_setting_type(setting) != CONFIG_TYPE_STRING) {
		read_mistake(reader, setting, _("%s must be a text in quotes"), read_name(setting));
		return NULL;
	}
	text = config_setting_get_string(setting);
	/* \x escapes may put in what the file itself does not have. */
	if (!utf8_is_valid(text, strlen(text), NULL) || utf8_find_control(text) != SIZE_MAX) {
		read_mistake(reader, setting, _("%s holds bytes or control characters that are no text"),
		             read_name(setting));
		return NULL;
	}
	if (strlen(text) > MOST_TEXT_BYTES) {
		read_mistake(reader, setting, _("%s is longer than %d bytes"), read_name(setting), MOST_TEXT_BYTES);
		return NULL;
	}
	return text;
}

void read_text(struct reader *reader, const config_setting_t *setting, void *at)
{
	char **text = at;

	free(*text);
	*text = mem_text(read_string(reader, setting));
}

void read_key(struct reader *reader, const config_setting_t *setting, void *at)
{
	char **key = at;
	const char *text;

	read_text(reader, setting, at);
	text = *key;
	if (text == NULL)
		return;
	if (islower((unsigned char)*text) && strlen(text) <= 40 &&
	    text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0')
		return;
	read_mistake(reader, setting,
	             _("\"%s\" is no %s: a small letter first, then a-z 0-9 _, at most 40"), text,
	             read_name(setting));
}

void read_texts(struct reader *reader, const config_setting_t *setting, void *at)
{
	char ***texts = at;
	const bool alone = config_setting_type(setting) == CONFIG_TYPE_STRING;
	const int length = alone ? 1 : config_setting_length(setting);
	size_t count = 0;

	if (!alone && !is_sequence(setting)) {
		read_mistake(reader, setting, _("%s must be texts: [\"...\", \"...\"]"), read_name(setting));
		return;
	}
	texts_free(*texts);
	*texts = mem_zeroed((size_t)length + 1, sizeof(char *));
	for (int i = 0; i < length; i++) {
		const config_setting_t *one = alone ? setting : config_setting_get_elem(setting, (unsigned)i);
		const char *text = read_string(reader, one);

		if (text != NULL)
			(*texts)[count++] = mem_text(text);
	}
}

void read_whole(struct reader *reader, const config_setting_t *setting, void *at)
{
	const int type = config_setting_type(setting);
	const long long number = config_setting_get_int64(setting);

	if ((type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64) || number < 0 || number > MOST_WHOLE) {
		read_mistake(reader, setting, _("%s must be a whole number from 0 to %d"), read_name(setting),
		             MOST_WHOLE);
		return;
	}
	*(int *)at = (int)number;
}

void read_flag(struct reader *reader, const config_setting_t *setting, void *at)
{
	if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
		read_mistake(reader, setting, _("%s must be true or false"), read_name(setting));
	else
		*(bool *)at = config_setting_get_bool(setting) != 0;
}

void read_number(struct reader *reader, const config_setting_t *setting, double *number, bool *good)
{
	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		*number = (double)config_setting_get_int64(setting);
		*good = true;
		break;
	case CONFIG_TYPE_FLOAT:
		*number = config_setting_get_float(setting);
		*good = true;
		break;
	default:
		read_mistake(reader, setting, _("%s must be a number"), read_name(setting));
		*good = false;
	}
}

void read_expression(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct rule *rule = at;

	rule->line = (int)config_setting_source_line(setting);
	read_text(reader, setting, &rule->expression);
	if (rule->expression == NULL || rule->expression[strspn(rule->expression, " \t\n")] != '\0')
		return;
	read_mistake(reader, setting, _("%s is empty"), read_name(setting));
	free(rule->expression);
	rule->expression = NULL;
}
