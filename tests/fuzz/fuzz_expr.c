/*
 * Any bytes as an expression: refused or evaluated within its limits, and the
 * private connection is none the worse: the next one gives what it always gave.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "form/expr.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static __attribute__((noinline)) void must(bool holds)
{
	if (!holds)
		abort();
}

/* Every name has the same value: rows, which all functions can be fed with. */
static json_t *lookup(void *context, const char *name)
{
	(void)context;
	must(name != NULL && *name != '\0');
	return json_loads("[{\"when\":\"2026-11-22T09:05+08:00\",\"n\":1},{\"n\":2}]", 0, NULL);
}

static json_t *evaluate(struct evaluator *evaluator, const char *text)
{
	struct err err = { .code = ERR_NONE };
	struct expression *expression = expression_get(evaluator, text, &err);
	json_t *value = NULL;

	if (expression == NULL || !expression_value(expression, lookup, NULL, &value, &err)) {
		must(err.code != ERR_NONE && *err.text != '\0' && value == NULL);
		return NULL;
	}
	must(json_is_null(value) || json_is_string(value) || json_is_number(value));
	return value;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct err err = { .code = ERR_NONE };
	struct evaluator *evaluator = evaluator_new(NULL, &err);
	char *text = mem_text_len((const char *)bytes, len);
	json_t *value;

	must(evaluator != NULL);
	json_decref(evaluate(evaluator, text));
	value = evaluate(evaluator, "(SELECT count(*) FROM json_each(:x)) + 40");
	must(json_integer_value(value) == 42);
	json_decref(value);
	must(evaluate(evaluator, "(SELECT count(*) FROM sqlite_master)") == NULL);
	free(text);
	evaluator_free(&evaluator);
	return 0;
}
