/*
 * attachment: evidence, kept in the same file as the records.
 *
 * Layer: store. Bytes are never changed or deleted; the SM3 is checked again
 * whenever they are read.
 */
#ifndef YW_STORE_ATTACHMENT_H
#define YW_STORE_ATTACHMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "store/db.h"

enum { ATTACHMENT_MOST_BYTES = 64 * 1024 * 1024 };

struct attachment {
	int64_t id;
	int64_t record;
	char *name;              /* one record may have several of a name */
	int64_t size;            /* bytes */
	char sm3[HASH_HEX_SIZE];
	char *person;            /* who added it */
	int64_t added_utc;
};

/* Adds within the caller's transaction; fills *ADDED (may be NULL). ERR_REFUSED if it is too large. */
bool attachment_add(struct db *db, int64_t record, const char *name, const void *bytes, size_t size,
                    const char *person, struct attachment *added, struct err *err);
bool attachment_list(struct db *db, int64_t record, struct attachment **list, size_t *count, struct err *err);
/* The bytes of the newest of that NAME, which the caller frees; ERR_REFUSED if there is none such, ERR_DAMAGED if the SM3 is not theirs. */
bool attachment_read(struct db *db, int64_t record, const char *name, void **bytes, size_t *size, struct err *err);

void attachment_release(struct attachment *attachment);
void attachments_free(struct attachment **list, size_t count);

#endif
