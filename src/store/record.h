/*
 * record: filled forms in the store.
 *
 * Layer: store. struct record is model/record.h's; what is returned belongs to
 * the caller (record_free). Nothing is ever deleted. Every insert or update
 * must be followed by a journal_append() about the record before the commit.
 */
#ifndef YW_STORE_RECORD_H
#define YW_STORE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "model/record.h"
#include "store/db.h"

/* Stores a new record; sets its id, version 1, updated_utc, and entered_utc and state_since_utc if they were 0. */
bool record_insert(struct db *db, struct record *record, struct err *err);
/*
 * Writes all of RECORD if nobody changed it since it was read (its version);
 * else ERR_BUSY, and the caller merges (record_merge) or asks. Counts the
 * version up and sets updated_utc.
 */
bool record_update(struct db *db, struct record *record, struct err *err);

/* NULL without an error text in ERR (code ERR_NONE) if there is none such. */
struct record *record_by_id(struct db *db, int64_t id, struct err *err);
struct record *record_by_number(struct db *db, const char *number, struct err *err);
/* By "NA2026-0012"; capital or not. */
struct record *record_by_code(struct db *db, const char *code, struct err *err);
/* What a person may give: number, code, filing number, or "#id". */
struct record *record_find(struct db *db, const char *what, struct err *err);

/* 64 hex digits over everything stored of the record: what the journal keeps and paper shows the head of. */
bool record_hash(struct db *db, int64_t id, char hex[HASH_HEX_SIZE], struct err *err);

enum record_sort {
	RECORD_BY_TIME,       /* occurred, or entered where that is not known */
	RECORD_BY_NUMBER,     /* by its code: NA2026-0012 */
	RECORD_BY_UPDATE,
	RECORD_BY_DEPARTMENT, /* and within one by time */
	RECORD_BY_ID,         /* in the order in which they were made; the cheapest with TEXT */
};

/* NULL, 0 and false mean: whatever. Texts are borrowed. */
struct record_filter {
	const char *form;
	const char *const *forms;        /* any of these; NULL-terminated */
	const char *const *states;       /* any of these; NULL-terminated */
	const char *department;
	const char *applicant;
	int64_t author;                  /* account */
	int64_t from_utc, until_utc;     /* occurred (or entered) in [from, until) */
	const char *text;                /* words, all of which must occur; see search.h */
	bool numbered;                   /* no drafts */
	bool late;                       /* only those entered late */
	enum record_sort sort;
	bool ascending;                  /* else newest, highest first */
	const char *key;                 /* from record_key(): where the page begins; NULL: at the beginning */
	bool inclusive;                  /* with the record of KEY itself */
	bool backward;                   /* the LIMIT records that stand before KEY (NULL: the last ones), in the same order */
	int limit;                       /* 0: 50 */
};

struct record_page {
	struct record **items;
	size_t count;
	bool more;              /* there are others beyond, in the direction asked for */
};

/* A page costs the same with ten records or a million. */
bool record_list(struct db *db, const struct record_filter *filter, struct record_page *page, struct err *err);
void record_page_release(struct record_page *page);
/* Where RECORD stands in a list sorted by SORT; opaque; the caller frees. */
char *record_key(const struct record *record, enum record_sort sort);

/* How many; counts no further than MOST (0: all). KEY and LIMIT do not matter. */
bool record_count(struct db *db, const struct record_filter *filter, int64_t most, int64_t *count, struct err *err);

struct state_count {
	char form[64], state[64];
	int64_t count;
};
/* How many in which state, by form and state; the caller frees *COUNTS. */
bool record_count_states(struct db *db, const struct record_filter *filter, struct state_count **counts, size_t *n,
                         struct err *err);

#endif
