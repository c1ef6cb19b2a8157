/*
 * presence: who has which record open just now. A hint, never a lock.
 *
 * Layer: store. A session says so on opening and repeats it within PRESENCE_S;
 * one that died is forgotten after that.
 */
#ifndef YW_STORE_PRESENCE_H
#define YW_STORE_PRESENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

enum { PRESENCE_S = 90 }; /* how long one word lasts, seconds */

struct presence {
	char *session;     /* unique for a session: host, pid, start */
	int64_t account;
	char *person;
	int64_t record;    /* 0: nothing in particular */
	bool editing;      /* else only looking */
	int64_t since_utc, seen_utc;
};

/* Within the caller's transaction (DB_DRAFT). RECORD 0: logged in, nothing open. */
bool presence_tell(struct db *db, const char *session, int64_t account, int64_t record, bool editing,
                   struct err *err);
bool presence_leave(struct db *db, const char *session, struct err *err);
/* Who is at RECORD (0: who is logged in at all), without SESSION (NULL: with all). By presences_free. */
bool presence_list(struct db *db, int64_t record, const char *session, struct presence **list, size_t *count,
                   struct err *err);
void presences_free(struct presence **list, size_t count);

#endif
