/*
 * print_log: every page that went out, and what the journal's head was then.
 *
 * Layer: store. Together with the paper it is the anchor of the chain: the
 * head printed on it must still be found in the journal.
 */
#ifndef YW_STORE_PRINT_LOG_H
#define YW_STORE_PRINT_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/journal.h"

struct print_entry {
	int64_t id;
	int64_t record;       /* 0: a register or report */
	char *what;           /* layout, and the month of a register */
	char *person;         /* who printed */
	int64_t at_utc;
	int copy;             /* 1 the first print, 2 ... */
	struct journal_head head;
	char record_hash[HASH_HEX_SIZE]; /* "" for a register */
};

/* Within the caller's transaction. Sets id, at_utc, copy, head and record_hash; WHAT, PERSON and RECORD are given. */
bool print_log_add(struct db *db, struct print_entry *entry, struct err *err);
/* Of RECORD (0: of all), latest first; LIMIT 0: 50. */
bool print_log_list(struct db *db, int64_t record, int limit, struct print_entry **entries, size_t *count,
                    struct err *err);
/* The prints whose record hash begins with CODE (at least 8 hex digits), latest first. */
bool print_log_by_code(struct db *db, const char *code, struct print_entry **entries, size_t *count,
                       struct err *err);
void print_entries_free(struct print_entry **entries, size_t count);

#endif
