/*
 * check: does the store hold together?
 *
 * Layer: store; named store_ beside app/check.h. Reads everything in one
 * snapshot and changes nothing.
 */
#ifndef YW_STORE_CHECK_H
#define YW_STORE_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/journal.h"

/* The parts, in order. X(ENUM, "name"): the name is ASCII and stable, for JSON. */
#define STORE_CHECKS(X)                                                                            \
	X(INTEGRITY, "integrity")     /* pages, indexes, types: SQLite's own check */              \
	X(REFERENCES, "references")   /* every reference leads somewhere */                        \
	X(JOURNAL, "journal")         /* the chain, from the first entry to the head */            \
	X(PRINTS, "prints")           /* every head that was printed is in the journal */          \
	X(RECORDS, "records")         /* bodies are JSON; each record is as the journal last saw it */ \
	X(FORMS, "forms")             /* every version that a record needs is there, and its hash right */ \
	X(NUMBERS, "numbers")         /* consecutive, no gap, no double, each on its record */     \
	X(ATTACHMENTS, "attachments") /* each has its SM3 */                                       \
	X(SEARCH, "search")           /* the index knows the records, and is whole */

enum store_check_part {
#define X(name, text) STORE_CHECK_##name,
	STORE_CHECKS(X)
#undef X
		STORE_CHECK_COUNT
};

struct store_finding {
	enum store_check_part part;
	char *text; /* what is wrong and where, for a person */
};

struct store_report {
	struct store_finding *findings; /* empty: all is well; at most 20 a part */
	size_t count;
	int64_t records, entries, attachments; /* looked at */
};

/* A check under way. QUICK leaves out attachments and search and looks less deeply at pages. */
struct store_check;
struct store_check *store_check_new(struct db *db, bool quick, struct err *err);
/* Goes on for some tens of milliseconds (pages: as long as it takes). False if the store could not be read at all. */
bool store_check_step(struct store_check *check, bool *done, struct err *err);
enum store_check_part store_check_part(const struct store_check *check); /* at which it is */
const struct store_report *store_check_report(const struct store_check *check);
void store_check_free(struct store_check **check);

const char *store_check_name(enum store_check_part part);

#endif
