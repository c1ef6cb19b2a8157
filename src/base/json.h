/*
 * json: the few things that jansson leaves to its users.
 *
 * Layer: base. A record's body is a json_t; references are jansson's (new or
 * borrowed as said). Keys and texts are UTF-8.
 */
#ifndef YW_BASE_JSON_H
#define YW_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/err.h"

/* Makes jansson allocate through mem.h, so that its constructors never give NULL. Once, before any other use. */
void json_setup(void);

/* The value of KEY in OBJECT (which may be NULL or no object) as borrowed text; "" if it is none. */
const char *json_text(const json_t *object, const char *key);
/* As a whole number, or OTHERWISE. */
int64_t json_whole(const json_t *object, const char *key, int64_t otherwise);
/* True only if it is the JSON value true. */
bool json_flag(const json_t *object, const char *key);
/* Sets KEY to TEXT; NULL sets the JSON null. */
void json_set_text(json_t *object, const char *key, const char *text);

/*
 * On one line, numbers with at most 15 digits (21.1 stays 21.1). json_stable
 * sorts the keys, so that equal values give equal bytes (for hashes);
 * json_line keeps them in the order in which they were set. Caller frees.
 */
char *json_stable(const json_t *value);
char *json_line(const json_t *value);

/*
 * A new reference to the value that the LEN bytes of TEXT are; NULL with a
 * sentence that names WHAT (a file, a record), line and column. Duplicate keys
 * and text after the value are faults.
 */
json_t *json_parse(const char *text, size_t len, const char *what, struct err *err);

#endif
