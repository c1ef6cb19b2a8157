/*
 * link: which record belongs to which, seen from both sides.
 *
 * Layer: store.
 */
#ifndef YW_STORE_LINK_H
#define YW_STORE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct link {
	int64_t record;       /* the other one */
	bool is_from_here;    /* this record points to it; else it points to this one */
	char *kind;           /* "opened", "refers" ... */
	char *form, *number, *title, *state; /* the other one's; number NULL while a draft */
};

/* Fine if it is there already. ERR_REFUSED for a record that is not there, or one linked to itself. */
bool link_add(struct db *db, int64_t from, int64_t to, const char *kind, struct err *err);
bool link_list(struct db *db, int64_t record, struct link **links, size_t *count, struct err *err);
void links_free(struct link **links, size_t count);

#endif
