/*
 * phrases: the sentences behind F3, by list.
 *
 * Layer: form. data/phrases.cfg: lists = ( { key = "agree"; phrases = ["...", ...]; }, ... );
 */
#ifndef YW_FORM_PHRASES_H
#define YW_FORM_PHRASES_H

#include <stddef.h>

#include "form/mistake.h"

struct phrases;

/* NULL if the file cannot be read or has mistakes (appended). */
struct phrases *phrases_load(const char *path, struct mistakes *mistakes);
void phrases_free(struct phrases **phrases);
/* The sentences of list KEY, NULL-terminated, borrowed; NULL if there is no such list. PHRASES may be NULL. */
char *const *phrases_list(const struct phrases *phrases, const char *key);

#endif
