#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/journal.h"
#include "store/journal_parts.h"
#include "store/query.h"
#include "store/record_parts.h"

enum { STEP = 500 }; /* entries: some tens of milliseconds */

struct journal_walk {
	struct db *db;
	struct journal_head kept;       /* what journal_head says */
	struct journal_verdict verdict; /* its head: the last entry that holds */
};

struct journal_walk *journal_walk_new(struct db *db, struct err *err)
{
	struct journal_walk *walk = mem_new(struct journal_walk);

	walk->db = db;
	memset(walk->verdict.head.hash, '0', HASH_HEX_SIZE - 1);
	if (journal_head(db, &walk->kept, err))
		return walk;
	journal_walk_free(&walk);
	return NULL;
}

void journal_walk_free(struct journal_walk **walk)
{
	free(*walk);
	*walk = NULL;
}

const struct journal_verdict *journal_walk_verdict(const struct journal_walk *walk)
{
	return &walk->verdict;
}

static bool broken(struct journal_verdict *verdict, int64_t seq, const char *why)
{
	verdict->broken = seq;
	str_copy(verdict->why, sizeof(verdict->why), why);
	return false;
}

/* What the row at QUERY says of itself. */
struct claim {
	int64_t seq;
	char made[HASH_HEX_SIZE]; /* of its content */
	char previous[HASH_HEX_SIZE], hash[HASH_HEX_SIZE];
};

static bool read_claim(struct query *query, const char *previous, struct claim *claim)
{
	if (!row_hash(query, previous, JOURNAL_HASHED, claim->made, query->err)) {
		query_fail(query);
		return false;
	}
	query_read_into(query, claim->previous, sizeof(claim->previous));
	query_read_into(query, claim->hash, sizeof(claim->hash));
	query->read = 0;
	claim->seq = query_read_int(query);
	return query->ok;
}

static bool holds(struct journal_verdict *verdict, const struct claim *claim)
{
	const int64_t expected = verdict->head.seq + 1;

	if (claim->seq != expected)
		return broken(verdict, expected, _("it is missing"));
	if (strcmp(claim->previous, verdict->head.hash) != 0)
		return broken(verdict, expected, _("it does not follow the entry before it"));
	if (strcmp(claim->made, claim->hash) != 0)
		return broken(verdict, expected, _("it was changed after it was written"));
	verdict->entries++;
	verdict->head.seq = claim->seq;
	str_copy(verdict->head.hash, sizeof(verdict->head.hash), claim->hash);
	return true;
}

/* The chain itself holds: does it end where it should? */
static void compare_head(struct journal_walk *walk)
{
	struct journal_verdict *verdict = &walk->verdict;

	if (verdict->head.seq < walk->kept.seq)
		broken(verdict, verdict->head.seq + 1, _("it is missing, and all that followed it"));
	else if (verdict->head.seq > walk->kept.seq)
		broken(verdict, walk->kept.seq + 1, _("it stands behind the journal's head"));
	else if (strcmp(verdict->head.hash, walk->kept.hash) != 0)
		broken(verdict, verdict->head.seq, _("it is not what the journal's head says"));
}

bool journal_walk_step(struct journal_walk *walk, bool *done, struct err *err)
{
	struct journal_verdict *verdict = &walk->verdict;
	struct query query = query_open(walk->db,
		"SELECT " JOURNAL_COLUMNS " FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2", err);
	struct claim claim;
	int rows = 0;

	query_bind_int(&query, verdict->entries == 0 ? INT64_MIN : verdict->head.seq);
	query_bind_int(&query, STEP);
	while (verdict->broken == 0 && query_row(&query)) {
		rows++;
		if (!read_claim(&query, verdict->head.hash, &claim) || !holds(verdict, &claim))
			break;
	}
	if (!query_close(&query))
		return false;
	*done = verdict->broken != 0 || rows < STEP;
	if (*done && verdict->broken == 0)
		compare_head(walk);
	return true;
}

bool journal_verify(struct db *db, struct journal_verdict *verdict, struct err *err)
{
	struct journal_walk *walk = NULL;
	bool done = false, ok = db_snapshot_begin(db, err);

	if (ok) {
		walk = journal_walk_new(db, err);
		ok = walk != NULL;
	}
	while (ok && !done)
		ok = journal_walk_step(walk, &done, err);
	if (ok)
		*verdict = walk->verdict;
	journal_walk_free(&walk);
	db_snapshot_end(db);
	return ok;
}
