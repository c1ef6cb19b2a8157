/*
 * asset: the register of devices and systems, as far as choices need it.
 *
 * Layer: store.
 */
#ifndef YW_STORE_ASSET_H
#define YW_STORE_ASSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct asset {
	int64_t id;          /* 0: not stored yet */
	char *number;        /* unique */
	char *name;
	char *kind;          /* NULL */
	char *model;         /* NULL */
	char *department;    /* name; article 4: each has one; NULL: not yet */
	char *person;        /* the responsible person's name; NULL */
	char *place;         /* NULL */
	bool is_retired;
};

/* Inserts (id 0) or updates; sets id. */
bool asset_save(struct db *db, struct asset *asset, struct err *err);
/* True with id 0 if there is none such. */
bool asset_by_number(struct db *db, const char *number, struct asset *asset, struct err *err);
/* By number, behind AFTER (NULL: from the first); retired ones only if ALL; LIMIT 0: 1000. */
bool asset_list(struct db *db, const char *after, bool all, int limit, struct asset **assets, size_t *count,
                struct err *err);

void asset_release(struct asset *asset);
void assets_free(struct asset **assets, size_t count);

#endif
