/*
 * form_version: every definition that a record was filed under, whole.
 *
 * Layer: store. Versions are never changed; the hash tells them apart.
 */
#ifndef YW_STORE_FORM_VERSION_H
#define YW_STORE_FORM_VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* Keeps SOURCE under its HASH unless it is there; within the caller's transaction. */
bool form_version_keep(struct db *db, const char *form, const char *hash, const char *title, const char *source,
                       struct err *err);
bool form_version_has(struct db *db, const char *hash, bool *has, struct err *err);
/* The source, which the caller frees; NULL with ERR_NONE if that version is not there. */
char *form_version_source(struct db *db, const char *hash, struct err *err);

struct form_version {
	char *form, *hash, *title;
	int64_t kept_utc;
};
/* Of FORM (NULL: of all), latest first; without the source. */
bool form_version_list(struct db *db, const char *form, struct form_version **versions, size_t *count,
                       struct err *err);
void form_versions_free(struct form_version **versions, size_t count);

#endif
