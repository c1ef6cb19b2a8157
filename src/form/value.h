/*
 * value: from what was typed to what is stored, and what is wrong with it.
 *
 * Layer: form. One place for all field types. A text that is a value of its
 * type is folded and written in the canonical form of a body; whether the value
 * may stand there (length, list, range, register) is a second question.
 */
#ifndef YW_FORM_VALUE_H
#define YW_FORM_VALUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "form/world.h"
#include "model/field.h"

enum { VALUE_MOST_BYTES = 64 * 1024 };

/* True if there is nothing: NULL, null, "", blanks only, an empty array. */
bool value_is_empty(const json_t *value);
/* True if FIELD holds an array of texts. */
bool value_is_many(const struct field *field);

/*
 * Reads TEXT (valid UTF-8 without control characters) as FIELD's type. *VALUE is
 * a new reference (null if TEXT is blank); if it is none, *WHY says so (caller
 * frees) and *VALUE is NULL.
 */
bool value_read(const struct field *field, const char *text, int64_t now_utc, json_t **value, char **why);

/* What an expression gave, as a value of FIELD (new reference, null if it is none). */
json_t *value_from_expression(const struct field *field, const json_t *result, int64_t now_utc);

/*
 * Why VALUE, which is not empty, may not stand in FIELD; NULL if it may. Caller
 * frees. GROUP is the value of choices_by (NULL: any).
 */
char *value_fault(const struct field *field, const json_t *value, const char *group, const struct form_world *world);

/* True if the text's length in graphemes, blanks at its ends aside, is at least LEAST. */
bool value_is_long_enough(const char *text, int least);

#endif
