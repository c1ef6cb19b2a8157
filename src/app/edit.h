/*
 * edit: what somebody is writing, kept so that a cut line loses at most a second.
 *
 * Layer: app. A draft belongs to one account. It is either a new record
 * (record 0) or somebody's changes to a record under way; BASE is that record's
 * body when the writing began, for the three-way merge. Drafts stay until they
 * are submitted or thrown away on purpose.
 */
#ifndef YW_APP_EDIT_H
#define YW_APP_EDIT_H

#include "app/office.h"

struct edit {
	int64_t id;             /* 0: not kept yet */
	char *form;             /* definition id */
	char *form_hash;        /* its version */
	int64_t record;         /* 0: a new one */
	char *number;           /* the record's; NULL if new */
	char *title;            /* for lists; may be "" */
	int64_t base_version;   /* the record's version at the beginning */
	json_t *base;           /* its body then, an empty object if new */
	json_t *body;           /* as written so far; may be invalid */
	json_t *last;           /* new by copy: the last record's body, for the dim "last time" values; or NULL */
	char *last_number;      /* that record's number; NULL */
	int64_t link_from;      /* the record this one was opened from, 0 if none */
	int all_normal;         /* how many items "all normal" filled: journaled with the submission */
	char *section, *field;  /* where the caret was: field key, "table.2.column", "list.item"; "" at first */
	int caret;              /* where in that field, as the editor counts */
	int64_t begun_utc, saved_utc;
};

/* Is FORM one that this person begins: may he write in it, and do one of the steps that a new record starts with? */
bool edit_may_begin(const struct actor *actor, const struct definition *form);
/* A new record of FORM, as the form says: empty, or copied by the copy policy from the last one filed. Not stored yet. */
struct edit *edit_new(struct office *office, const struct actor *actor, const struct definition *form, struct err *err);
/* The same, pre-filled from another record (an abnormal item opens an incident) with PRESET ({"key": value}, may be NULL). */
struct edit *edit_new_from(struct office *office, const struct actor *actor, const struct definition *form,
                             int64_t record, const json_t *preset, struct err *err);
/* The actor's changes to a record: the draft that is there, or a new one. ERR_DENIED if nothing may be written by him. */
struct edit *edit_of_record(struct office *office, const struct actor *actor, int64_t record, struct err *err);
/* One kept before; ERR_REFUSED if it is gone or another's. */
struct edit *edit_load(struct office *office, const struct actor *actor, int64_t id, struct err *err);
/* Keeps it; EDIT->id is set at the first time. Cheap: synchronous=NORMAL, no journal. */
bool edit_save(struct office *office, const struct actor *actor, struct edit *edit, struct err *err);
/* Thrown away for good; journaled. */
bool edit_discard(struct office *office, const struct actor *actor, int64_t id, struct err *err);
void edit_free(struct edit **edit);

/*
 * Writes VALUES into the draft by the rules of the screen: {"key": value as in a body}, also by the
 * path of a cell ("list.item", "table.2.column"). What cannot be taken is listed in *FAULTS
 * ([{"field", "message"}], a new reference, NULL if all was taken) and ERR_REFUSED is returned.
 */
bool edit_fill(struct office *office, const struct actor *actor, struct edit *edit, const json_t *values,
                json_t **faults, struct err *err);

/*
 * After ERR_BUSY: takes the record as it stands now for BASE. KEEP_THEIRS lists the
 * keys (a JSON array) where the other's value is to stand; all else of ours is kept.
 */
bool edit_rebase(struct office *office, const struct actor *actor, struct edit *edit, const json_t *keep_theirs,
                  struct err *err);

/* The state, applicant etc. that expressions and permissions see while EDIT is edited. Caller frees (record_free). */
struct record *edit_record(struct office *office, const struct actor *actor, const struct edit *edit,
                            struct err *err);

struct edit_row {
	int64_t id, record;
	char *form, *number, *title;
	int64_t saved_utc;
};
struct edit_list {
	struct edit_row *rows; /* newest first */
	size_t count;
};
struct edit_list *edit_list(struct office *office, const struct actor *actor, struct err *err);
void edit_list_free(struct edit_list **list);

#endif
