/*
 * sequence: consecutive numbers without a gap.
 *
 * Layer: store. domain.md 6.1. A number is allotted in the transaction that
 * uses it, so it comes into being with the record's or not at all.
 */
#ifndef YW_STORE_SEQUENCE_H
#define YW_STORE_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/*
 * The next number of NAME ("incident", "filing" ...) in SCOPE ("2026"), from 1,
 * for RECORD, which must be stored already (record_insert first, then this, then
 * record_update with the number). Fails outside a write transaction.
 */
bool sequence_next(struct db *db, const char *name, const char *scope, int64_t record, int64_t *n, struct err *err);
/* The last one allotted; 0 if none. */
bool sequence_last(struct db *db, const char *name, const char *scope, int64_t *n, struct err *err);

#endif
