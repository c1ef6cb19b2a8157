/*
 * record: one filled form, as it stands in the store.
 *
 * Layer: model. The body is a JSON object by field key; the columns beside it
 * are what lists and rules need without opening it.
 */
#ifndef YW_MODEL_RECORD_H
#define YW_MODEL_RECORD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct record {
	int64_t id;             /* 0: not stored yet */
	char *form;             /* definition id */
	char *form_hash;        /* version of the definition it was filed under */
	char *number;           /* NULL while a draft */
	char *code;             /* ASCII: "NA2026-0012"; NULL while a draft */
	char *filing_number;    /* 备案号; NULL until filed */
	char *state;
	char *department;       /* name */
	char *applicant;        /* person's name */
	int64_t author;         /* account that made it; 0: none */
	char *title;
	int64_t occurred_utc, entered_utc, submitted_utc, updated_utc; /* 0: not yet */
	int64_t state_since_utc;
	int64_t version;        /* counts up at every change: optimistic lock */
	bool late;              /* entered after its time (补记) */
	json_t *body;           /* owned */
};

void record_free(struct record **record);
struct record *record_copy(const struct record *record);

/*
 * Three-way merge of bodies by field: OURS and THEIRS both started at BASE.
 * Result is a new body with both sides' changes; where both changed the same
 * key to different values, ours stands in the result and the key is appended
 * to *CONFLICTS (a JSON array of keys, new reference).
 */
json_t *record_merge(const json_t *base, const json_t *ours, const json_t *theirs, json_t **conflicts);

/* The difference as {"key": [old, new], ...}; new reference; empty if none. */
json_t *record_changes(const json_t *before, const json_t *after);

#endif
