/*
 * setting: what the office decided, by key.
 *
 * Layer: store.
 */
#ifndef YW_STORE_SETTING_H
#define YW_STORE_SETTING_H

#include <stdbool.h>

#include "base/err.h"
#include "store/db.h"

/* The value, which the caller frees; NULL with ERR_NONE if it is not set. */
char *setting_get(struct db *db, const char *key, struct err *err);
/* VALUE NULL: no longer set. Within the caller's transaction. */
bool setting_set(struct db *db, const char *key, const char *value, struct err *err);

#endif
