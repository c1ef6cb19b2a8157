/*
 * record_private: records as the use-cases handle them. For the files of app/ alone.
 *
 * Layer: app.
 */
#ifndef YW_APP_RECORD_PRIVATE_H
#define YW_APP_RECORD_PRIVATE_H

#include "app/edit.h"
#include "form/session.h"
#include "model/record.h"

/* A record that nobody has stored yet: FORM's first state, made by ACTOR. Caller frees. */
struct record *record_blank(const struct definition *form, const struct actor *actor);

/* By id, if ACTOR may see it: NULL with ERR_REFUSED (there is none) or ERR_DENIED. Caller frees. */
struct record *record_get(struct office *office, const struct actor *actor, int64_t id, struct err *err);
/* The same by number, code, filing number or "#id". */
struct record *record_named(struct office *office, const struct actor *actor, const char *which, struct err *err);

/* May ACTOR write at least one of its fields now? */
bool record_is_writable(const struct definition *form, const struct actor *actor, const struct record *record);
bool record_is_visible(struct office *office, const struct actor *actor, const struct record *record);

/* Sets of enum state_kind bits. */
enum {
	RECORD_KINDS_OPEN = 1 << STATE_OPEN | 1 << STATE_SUSPENDED,
	RECORD_KINDS_STANDING = RECORD_KINDS_OPEN | 1 << STATE_DONE | 1 << STATE_ARCHIVED,
};
/* The keys of FORM's states of those KINDS, NULL-terminated, borrowed; the caller frees the array. */
const char **record_states_of_kind(const struct definition *form, int kinds);
enum state_kind record_kind(const struct definition *form, const struct record *record);

/* When it should leave its state; 0: no limit. */
int64_t record_due(const struct office *office, const struct definition *form, const struct record *record);
/* The words for the index: what is in the body, numbers, names. Within a transaction. */
bool record_index(struct office *office, const struct definition *form, const struct record *record,
                  struct err *err);
/* Links RECORD to those that its reference fields name. Within a transaction. */
bool record_link(struct office *office, const struct definition *form, const struct record *record, struct err *err);

/* A session on what EDIT holds, and back from it. Caller frees the session; ACTOR outlives it. */
struct form_session *edit_session(struct office *office, const struct actor *actor, const struct edit *edit,
                                  struct err *err);
void edit_take(struct edit *edit, const struct form_session *session);
/* Within a transaction: as edit_save. */
bool edit_store(struct office *office, const struct actor *actor, struct edit *edit, struct err *err);

#endif
