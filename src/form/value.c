/* From what was typed to a value. */
#include "form/value.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/dateinput.h"
#include "model/ip.h"

static const double most_number = 9e15; /* what a double and JSON hold without rounding */

static bool is_blank(const char *text)
{
	struct str s = STR_INIT;
	bool blank;

	str_add(&s, text);
	str_trim(&s);
	blank = s.len == 0;
	str_release(&s);
	return blank;
}

bool value_is_empty(const json_t *value)
{
	switch (value == NULL ? JSON_NULL : json_typeof(value)) {
	case JSON_NULL:
		return true;
	case JSON_STRING:
		return is_blank(json_string_value(value));
	case JSON_ARRAY:
		return json_array_size(value) == 0;
	case JSON_OBJECT:
		return json_object_size(value) == 0;
	default:
		return false;
	}
}

bool value_is_many(const struct field *field)
{
	return field->many || field->type == FIELD_MULTI;
}

/* Half-width and trimmed; caller frees. */
static char *folded(const char *text)
{
	char *half = utf8_halfwidth(text);
	struct str s = STR_INIT;

	str_add(&s, half);
	str_trim(&s);
	free(half);
	return str_take(&s);
}

static char *trimmed(const char *text)
{
	struct str s = STR_INIT;

	str_add(&s, text);
	str_trim(&s);
	return str_take(&s);
}

/* ---- one reader a kind of type: a new reference, or NULL with *WHY ---- */

static json_t *read_words(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	(void)field;
	(void)now_utc;
	(void)why;
	return json_string(text);
}

/* In one line a break or a tab is a blank. */
static json_t *read_line(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char *line = mem_text(text);
	json_t *value;

	(void)field;
	(void)now_utc;
	(void)why;
	for (char *at = line; (at = strpbrk(at, "\n\t")) != NULL;)
		*at++ = ' ';
	value = json_string(line);
	free(line);
	return value;
}

static json_t *read_name(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char *name = trimmed(text);
	json_t *value = read_line(field, name, now_utc, why);

	free(name);
	return value;
}

/* The choice that TEXT names, in either language. */
static const struct choice *find_choice(const struct field *field, const char *text)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (strcmp(field->choices[i].value, text) == 0)
			return &field->choices[i];
	for (size_t i = 0; i < field->choice_count; i++)
		if (field->choices[i].label_en != NULL && strcasecmp(field->choices[i].label_en, text) == 0)
			return &field->choices[i];
	return NULL;
}

static json_t *read_choice(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char *name = trimmed(text);
	const struct choice *choice = find_choice(field, name);
	json_t *value = NULL;

	if (choice != NULL)
		value = json_string(choice->value);
	else if (field->free_text)
		value = read_line(field, name, now_utc, why);
	else
		*why = str_format(_("\"%s\" is not one of the choices"), name);
	free(name);
	return value;
}

static json_t *read_day(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char day[CLOCK_DAY_SIZE];

	(void)field;
	if (dateinput_day(text, now_utc, day))
		return json_string(day);
	*why = mem_text(_("not a date: write 2026-11-22, 1122, 22 or -1"));
	return NULL;
}

static json_t *read_datetime(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char local[CLOCK_LOCAL_SIZE];

	(void)field;
	if (dateinput_datetime(text, now_utc, local))
		return json_string(local);
	*why = mem_text(_("not a date and time: write 2026-11-22 09:05, 1122 905 or 905 for today"));
	return NULL;
}

static json_t *read_time(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char time[6];

	(void)field;
	(void)now_utc;
	if (dateinput_time(text, time))
		return json_string(time);
	*why = mem_text(_("not a time of day: write 9:05 or 905"));
	return NULL;
}

/* Takes the field's unit off the end of TEXT, which people like to type, too. */
static void cut_unit(const struct field *field, char *text)
{
	char *unit = field->unit == NULL ? NULL : folded(field->unit);
	const size_t len = strlen(text), unit_len = unit == NULL ? 0 : strlen(unit);

	if (unit_len > 0 && len > unit_len && strcmp(text + len - unit_len, unit) == 0) {
		text[len - unit_len] = '\0';
		text[strcspn(text, " ")] = '\0';
	}
	free(unit);
}

static bool is_storable(double number)
{
	return number >= -most_number && number <= most_number;
}

static json_t *read_integer(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char *half = folded(text), *end = half;
	long long number;

	(void)now_utc;
	cut_unit(field, half);
	errno = 0;
	number = strtoll(half, &end, 10);
	if (end == half || *end != '\0' || isspace((unsigned char)*half))
		*why = mem_text(_("not a whole number"));
	else if (errno != 0 || !is_storable((double)number))
		*why = mem_text(_("the number is too large"));
	free(half);
	return *why == NULL ? json_integer(number) : NULL;
}

/* Digits with at most one point; no exponents, no hex, no "inf". */
static bool is_decimal(const char *text, int *decimals)
{
	const char *at = text + (*text == '-' || *text == '+');
	const size_t whole = strspn(at, "0123456789");
	size_t rest = 0;

	at += whole;
	if (*at == '.') {
		rest = strspn(at + 1, "0123456789");
		at += 1 + rest;
	}
	*decimals = (int)rest;
	return *at == '\0' && whole + rest > 0 && whole + rest <= 30;
}

static json_t *read_decimal(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char *half = folded(text);
	double number = 0.0;
	int decimals = 0;

	(void)now_utc;
	cut_unit(field, half);
	if (!is_decimal(half, &decimals))
		*why = mem_text(_("not a number"));
	else if (decimals > field->decimals)
		*why = field->decimals == 0 ?
		               mem_text(_("no digits after the point")) :
		               str_format(ngettext("at most %d digit after the point", "at most %d digits after the point",
		                                   (unsigned long)field->decimals),
		                          field->decimals);
	else if (!is_storable(number = strtod(half, NULL)))
		*why = mem_text(_("the number is too large"));
	free(half);
	return *why == NULL ? json_real(number == 0.0 ? 0.0 : number) : NULL;
}

static json_t *read_bool(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	static const struct {
		const char *word;
		bool is_true;
	} words[] = {
		{ "\u662f", true }, /* shi */
		{ "\u5426", false }, /* fou */
		{ "\u221a", true }, /* a tick */
		{ "yes", true }, { "true", true }, { "y", true }, { "1", true }, { "x", true },
		{ "no", false }, { "false", false }, { "n", false }, { "0", false },
	};
	char *half = folded(text);
	json_t *value = NULL;

	(void)field;
	(void)now_utc;
	for (size_t i = 0; value == NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(half, words[i].word) == 0)
			value = json_boolean(words[i].is_true);
	if (value == NULL)
		*why = mem_text(_("neither yes nor no"));
	free(half);
	return value;
}

static json_t *read_ip(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char buffer[IP_SIZE];
	uint32_t address;

	(void)field;
	(void)now_utc;
	if (ip_parse(text, &address))
		return json_string(ip_format(address, buffer));
	*why = mem_text(_("not an IPv4 address like 10.42.3.7"));
	return NULL;
}

static json_t *read_mac(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	char mac[MAC_SIZE];

	(void)field;
	(void)now_utc;
	if (mac_parse(text, mac))
		return json_string(mac);
	*why = mem_text(_("not a MAC address: 12 hexadecimal digits"));
	return NULL;
}

static json_t *read_nothing(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	(void)field;
	(void)text;
	(void)now_utc;
	*why = mem_text(_("a table or check list is filled cell by cell"));
	return NULL;
}

typedef json_t *reader_of_text(const struct field *field, const char *text, int64_t now_utc, char **why);

static reader_of_text *const readers[FIELD_TYPE_COUNT] = {
	[FIELD_TEXT] = read_line,         [FIELD_MEMO] = read_words,      [FIELD_CHOICE] = read_choice,
	[FIELD_MULTI] = read_choice,      [FIELD_DATE] = read_day,        [FIELD_DATETIME] = read_datetime,
	[FIELD_TIME] = read_time,         [FIELD_INTEGER] = read_integer, [FIELD_DECIMAL] = read_decimal,
	[FIELD_BOOL] = read_bool,         [FIELD_PERSON] = read_name,     [FIELD_DEPARTMENT] = read_name,
	[FIELD_ASSET] = read_name,        [FIELD_IP] = read_ip,           [FIELD_MAC] = read_mac,
	[FIELD_CHECKLIST] = read_nothing, [FIELD_TABLE] = read_nothing,   [FIELD_REFERENCE] = read_name,
};

/* ---- several values in one text ---- */

/* Bytes of the separator at TEXT, or 0. */
static size_t separator_at(const char *text)
{
	static const char *const separators[] = {
		"\u3001", "\uff0c", "\uff1b", /* the Chinese comma of lists, comma, semicolon */
		",", ";", "\n",
	};

	for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++)
		if (strncmp(text, separators[i], strlen(separators[i])) == 0)
			return strlen(separators[i]);
	return 0;
}

/* The longest choice that stands at TEXT and ends where a part may end: choices may hold separators themselves. */
static size_t choice_at(const struct field *field, const char *text)
{
	size_t longest = 0;

	for (size_t i = 0; i < field->choice_count; i++) {
		const size_t len = strlen(field->choices[i].value);

		if (len > longest && strncmp(text, field->choices[i].value, len) == 0 &&
		    (text[len] == '\0' || separator_at(text + len) > 0))
			longest = len;
	}
	return longest;
}

static bool array_has(const json_t *array, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(array); i++)
		if (json_equal(json_array_get(array, i), value))
			return true;
	return false;
}

/* Adds one part, once. */
static bool add_part(json_t *array, const struct field *field, const char *part, int64_t now_utc, char **why)
{
	json_t *value;

	if (is_blank(part))
		return true;
	value = readers[field->type](field, part, now_utc, why);
	if (value == NULL)
		return false;
	if (!array_has(array, value))
		json_array_append(array, value);
	json_decref(value);
	return true;
}

static json_t *read_many(const struct field *field, const char *text, int64_t now_utc, char **why)
{
	json_t *array = json_array();
	bool good = true;

	while (good && *text != '\0') {
		size_t len = choice_at(field, text);
		char *part;

		while (text[len] != '\0' && separator_at(text + len) == 0)
			len++;
		part = mem_text_len(text, len);
		good = add_part(array, field, part, now_utc, why);
		free(part);
		text += len;
		text += separator_at(text);
	}
	if (good && json_array_size(array) > 0)
		return array;
	json_decref(array);
	return good ? json_null() : NULL;
}

bool value_read(const struct field *field, const char *text, int64_t now_utc, json_t **value, char **why)
{
	*why = NULL;
	if (is_blank(text))
		*value = json_null();
	else if (value_is_many(field))
		*value = read_many(field, text, now_utc, why);
	else
		*value = readers[field->type](field, text, now_utc, why);
	return *value != NULL;
}

/* ---- what expressions give ---- */

static double rounded(double number, int decimals)
{
	char text[64];

	snprintf(text, sizeof(text), "%.*f", decimals, number);
	return strtod(text, NULL);
}

static json_t *from_number(const struct field *field, const json_t *result)
{
	const double number = json_number_value(result);

	if (field->type == FIELD_BOOL)
		return json_boolean(number != 0.0);
	if (field->type != FIELD_DECIMAL && field->type != FIELD_INTEGER)
		return NULL;
	if (!is_storable(number))
		return json_null();
	return field->type == FIELD_DECIMAL ? json_real(rounded(number, field->decimals)) :
	                                      json_integer((json_int_t)rounded(number, 0));
}

static char *text_of(const json_t *result)
{
	if (json_is_string(result))
		return mem_text(json_string_value(result));
	if (json_is_integer(result))
		return str_format("%" JSON_INTEGER_FORMAT, json_integer_value(result));
	return str_format("%.15g", json_real_value(result));
}

/* JSON text for what is an array or object; a bare text is one element. */
static json_t *from_json_text(const struct field *field, const char *text, int64_t now_utc)
{
	json_t *value = json_loads(text, 0, NULL);
	char *why = NULL;

	if (field->type == FIELD_CHECKLIST ? json_is_object(value) : json_is_array(value))
		return value;
	json_decref(value);
	if (!value_is_many(field) || !value_read(field, text, now_utc, &value, &why))
		value = json_null();
	free(why);
	return value;
}

json_t *value_from_expression(const struct field *field, const json_t *result, int64_t now_utc)
{
	json_t *value = json_is_number(result) ? from_number(field, result) : NULL;
	char *text, *why = NULL;

	if (value != NULL || value_is_empty(result))
		return value != NULL ? value : json_null();
	text = text_of(result);
	if (value_is_many(field) || field->type == FIELD_TABLE || field->type == FIELD_CHECKLIST)
		value = from_json_text(field, text, now_utc);
	else if (field->type == FIELD_DATE && strlen(text) > 10 && text[10] == 'T')
		value = json_stringn(text, 10); /* the day of a date and time */
	else if (field->type == FIELD_TIME && strlen(text) >= 16 && text[10] == 'T')
		value = json_stringn(text + 11, 5);
	else if (!value_read(field, text, now_utc, &value, &why))
		value = json_null();
	free(why);
	free(text);
	return value;
}
