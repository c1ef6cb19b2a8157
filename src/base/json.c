#include "base/json.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

static void *allocate(size_t size)
{
	return mem_resize(NULL, size, 1);
}

void json_setup(void)
{
	json_set_alloc_funcs(allocate, free);
}

const char *json_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text == NULL ? "" : text;
}

int64_t json_whole(const json_t *object, const char *key, int64_t otherwise)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? (int64_t)json_integer_value(value) : otherwise;
}

bool json_flag(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

void json_set_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, text == NULL ? json_null() : json_string(text));
}

static char *dumped(const json_t *value, size_t flags)
{
	char *text = json_dumps(value, flags | JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

	if (text == NULL)
		mem_exhausted();
	return text;
}

char *json_stable(const json_t *value)
{
	return dumped(value, JSON_SORT_KEYS);
}

char *json_line(const json_t *value)
{
	return dumped(value, 0);
}

json_t *json_parse(const char *text, size_t len, const char *what, struct err *err)
{
	json_error_t fault;
	json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);

	if (value == NULL)
		err_set_sub(err, ERR_REFUSED, (int)json_error_code(&fault), _("%s: line %d, column %d is not JSON: %s."),
		            what, fault.line, fault.column, fault.text);
	return value;
}
