/*
 * parts: small pieces that definitions are made of, and how they are freed.
 *
 * Layer: model.
 */
#ifndef YW_MODEL_PARTS_H
#define YW_MODEL_PARTS_H

#include "model/field.h"

/* Frees a NULL-terminated array of texts, which may be NULL. */
void texts_free(char **texts);
/* Frees what a rule owns, not the struct itself. */
void rule_release(struct rule *rule);

#endif
