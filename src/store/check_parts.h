/*
 * check_parts: a check of any open file. Private to store/check*.c and
 * store/backup*.c.
 */
#ifndef YW_STORE_CHECK_PARTS_H
#define YW_STORE_CHECK_PARTS_H

#include "store/check.h"

/* A check on DB, which it takes over and closes at the end. */
struct store_check *check_take(struct db **db, bool quick, struct err *err);

/* What a part's function works with. */
struct part {
	struct db *db;
	struct store_report *report;
	enum store_check_part part;
	bool quick;
	int64_t cursor;            /* where the next step goes on; 0 at first */
	struct journal_walk *walk;
};

/* Adds a finding, unless there are enough of this part already. */
void part_finds(struct part *part, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One step each: *DONE at the end; false if the store could not be read. */
bool part_integrity(struct part *part, bool *done, struct err *err);
bool part_references(struct part *part, bool *done, struct err *err);
bool part_journal(struct part *part, bool *done, struct err *err);
bool part_prints(struct part *part, bool *done, struct err *err);
bool part_records(struct part *part, bool *done, struct err *err);
bool part_forms(struct part *part, bool *done, struct err *err);
bool part_numbers(struct part *part, bool *done, struct err *err);
bool part_attachments(struct part *part, bool *done, struct err *err);
bool part_search(struct part *part, bool *done, struct err *err);

#endif
