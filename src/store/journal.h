/*
 * journal: who did what, when, from where: it only grows.
 *
 * Layer: store. hash = SM3(previous hash || every other column of the row, in
 * order, each with its length), so a byte changed anywhere in a row, or a row
 * taken out of the middle, breaks the chain there. An entry about a record also
 * keeps that record's hash as it was then. The head (number and hash of the last
 * entry) stands in journal_head and, on every print, in print_log and on paper:
 * entries cut off at the end are missed there. Whoever can rewrite the whole
 * file can rewrite chain and head as well; only the paper tells.
 */
#ifndef YW_STORE_JOURNAL_H
#define YW_STORE_JOURNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "model/permission.h"
#include "store/db.h"

struct journal_entry {
	int64_t seq;                 /* 1, 2, 3 ... */
	int64_t at_utc;
	char *actor;                 /* the person's name */
	char *login;                 /* the account; NULL: the system itself */
	char *acting_for;            /* the person substituted; NULL */
	char *origin;                /* tty or client address */
	int64_t record;              /* 0: about no record */
	char *action;                /* submit, agree, login, print ... */
	char *from, *to;             /* states; NULL */
	char *note;                  /* opinion, reason; NULL */
	char *changes;               /* JSON {"key": [old, new]}; NULL */
	char *record_hash;           /* of the record after this; NULL */
	char *previous, *hash;
};

/* What is to be written; texts are borrowed. */
struct journal_line {
	const struct actor *actor;   /* NULL: the system itself */
	int64_t record;              /* 0: none */
	const char *action;
	const char *from, *to;
	const char *note;
	const json_t *changes;       /* NULL or an object */
};

/*
 * Appends within the caller's transaction. For an entry about a record call it
 * after the record was written: it takes the record's hash. *SEQ may be NULL.
 */
bool journal_append(struct db *db, const struct journal_line *line, int64_t *seq, struct err *err);

struct journal_head {
	int64_t seq;                 /* 0: empty */
	char hash[HASH_HEX_SIZE];
};
bool journal_head(struct db *db, struct journal_head *head, struct err *err);

struct journal_filter {
	int64_t record;              /* 0: all */
	const char *actor, *action;  /* NULL: all */
	int64_t from_utc, until_utc; /* 0: open */
	bool oldest_first;
	int64_t after;               /* begin behind this seq; 0: at the beginning */
	int limit;                   /* 0: 50 */
};
/* *ENTRIES is freed by journal_entries_free. */
bool journal_list(struct db *db, const struct journal_filter *filter, struct journal_entry **entries, size_t *count,
                  struct err *err);
void journal_entries_free(struct journal_entry **entries, size_t count);

/* Who did which action on RECORD: {"agree": ["name", ...], ...}, for the four-eyes rules; new reference. */
json_t *journal_actors(struct db *db, int64_t record, struct err *err);

/* What verification found. */
struct journal_verdict {
	int64_t entries;             /* that hold, from the first on */
	int64_t broken;              /* seq of the first that does not hold; 0: all hold */
	char why[256];               /* what is wrong with it, for a person */
	struct journal_head head;    /* of the chain as read */
};
/*
 * Reads the whole journal once, in one snapshot. True even if the chain is
 * broken (VERDICT says so); false only if it could not be read.
 */
bool journal_verify(struct db *db, struct journal_verdict *verdict, struct err *err);

/* The same in steps, within a snapshot that the caller holds (db_snapshot_begin). */
struct journal_walk;
struct journal_walk *journal_walk_new(struct db *db, struct err *err);
/* Reads some hundred entries more; *DONE is set at the end or at the first that does not hold. */
bool journal_walk_step(struct journal_walk *walk, bool *done, struct err *err);
const struct journal_verdict *journal_walk_verdict(const struct journal_walk *walk);
void journal_walk_free(struct journal_walk **walk);

#endif
