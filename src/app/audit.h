/*
 * audit: reading the journal, and proving it.
 *
 * Layer: app. Reading it is for auditors, administrators and heads (ERR_DENIED).
 */
#ifndef YW_APP_AUDIT_H
#define YW_APP_AUDIT_H

#include "app/office.h"

struct audit_query {          /* zeroed: everything, newest first */
	const char *person, *action, *record; /* record: its number */
	const char *from_day, *to_day;
	int64_t before_seq;       /* entries older than this; 0: from the newest */
};
struct audit_entry {
	int64_t seq, at_utc;
	char *person, *acting_for, *origin, *number, *action, *from, *to, *note, *hash;
	json_t *changes;          /* or NULL */
};
struct audit_list {
	struct audit_entry *items;
	size_t count;
	bool more;
};
struct audit_list *audit_list(struct office *office, const struct actor *actor, const struct audit_query *query,
                              size_t limit, struct err *err);
void audit_list_free(struct audit_list **list);

struct audit_verdict {
	int64_t entries;          /* that hold, from the first */
	int64_t broken_seq;       /* the first that does not; 0: all hold */
	char head[65];            /* the chain's head */
};
/* The whole chain. ERR_DAMAGED with the entry named if it does not hold. */
bool audit_verify(struct office *office, struct audit_verdict *verdict, struct err *err);
/*
 * CODE as printed on a page: *NUMBER (caller frees) is the record it belongs to and *CURRENT
 * whether the record still reads as it did then. ERR_REFUSED if no print carries it.
 */
bool audit_verify_code(struct office *office, const char *code, char **number, bool *current, struct err *err);

#endif
