/*
 * draft: what a person was typing, kept at most a second behind.
 *
 * Layer: store; named store_ beside app/draft.h. A draft belongs to one account. Texts and bodies of a struct
 * draft are owned by it (store_draft_release).
 */
#ifndef YW_STORE_DRAFT_H
#define YW_STORE_DRAFT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct store_draft {
	int64_t id;             /* 0: not stored yet */
	int64_t account;
	char *form, *form_hash; /* the definition it is typed in */
	int64_t record;         /* the record being edited; 0: a new one */
	int64_t base_version;   /* of that record when editing began */
	char *title;            /* for the list of drafts; NULL */
	json_t *body;           /* as typed, invalid values too */
	json_t *base;           /* the record's body when editing began, for the merge; NULL */
	json_t *extra;          /* whatever else the editor wants back; NULL */
	char *section, *field;  /* where the cursor stood; NULL */
	int row;                /* of a table, 0-based; -1: none */
	char *child;            /* column or item; NULL */
	int part;               /* of a value with several parts (value, note) */
	int caret;              /* byte offset */
	int64_t created_utc, updated_utc;
};

/* Inserts or updates within the caller's transaction (DB_DRAFT); sets id and updated_utc. */
bool store_draft_save(struct db *db, struct store_draft *draft, struct err *err);
/* True with draft->id 0 if there is none such. */
bool store_draft_load(struct db *db, int64_t id, struct store_draft *draft, struct err *err);
/* The draft of ACCOUNT for RECORD; for a new record (0) the latest of FORM. */
bool store_draft_find(struct db *db, int64_t account, const char *form, int64_t record, struct store_draft *draft,
                struct err *err);
/* Latest first; without body, base and extra. ACCOUNT's only. *DRAFTS by store_drafts_free. */
bool store_draft_list(struct db *db, int64_t account, struct store_draft **drafts, size_t *count, struct err *err);
bool store_draft_delete(struct db *db, int64_t id, struct err *err);

void store_draft_release(struct store_draft *draft);
void store_drafts_free(struct store_draft **drafts, size_t count);

#endif
