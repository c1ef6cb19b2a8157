/*
 * hash: SM3 (GB/T 32905-2016), the national hash, by OpenSSL's libcrypto.
 *
 * Layer: base; the only user of libcrypto.
 */
#ifndef YW_BASE_HASH_H
#define YW_BASE_HASH_H

#include <stddef.h>

#include "base/err.h"

enum { HASH_BYTES = 32, HASH_HEX_SIZE = 65 };

struct hash; /* a running hash */

struct hash *hash_new(struct err *err);
void hash_add(struct hash *hash, const void *bytes, size_t len);
/* Lower-case hex of all that was added; frees HASH and sets it to NULL. */
bool hash_end(struct hash **hash, char hex[HASH_HEX_SIZE], struct err *err);
void hash_free(struct hash **hash);

/* The whole at once. */
bool hash_bytes(const void *bytes, size_t len, char hex[HASH_HEX_SIZE], struct err *err);

#endif
