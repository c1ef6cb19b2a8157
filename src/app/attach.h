/*
 * attach: evidence kept in the same file as the record, with its SM3.
 *
 * Layer: app. At most attach.most_mb megabytes each (20).
 */
#ifndef YW_APP_ATTACH_H
#define YW_APP_ATTACH_H

#include "app/office.h"
#include "base/hash.h"

bool attach_add(struct office *office, const struct actor *actor, int64_t record, const char *name, const void *bytes,
                size_t len, char sm3[HASH_HEX_SIZE], struct err *err);
/* The bytes of NAME (the newest of that name); caller frees. Verified against the SM3: ERR_DAMAGED if they differ. */
bool attach_read(struct office *office, const struct actor *actor, int64_t record, const char *name, char **bytes,
                 size_t *len, char sm3[HASH_HEX_SIZE], struct err *err);
size_t attach_most(const struct office *office); /* bytes */

#endif
