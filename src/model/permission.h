/*
 * permission: who may do what, by roles relative to a record.
 *
 * Layer: model. domain.md 2.1: the same person may not decide twice in a row;
 * the four-eyes lists of a transition name the actions concerned.
 */
#ifndef YW_MODEL_PERMISSION_H
#define YW_MODEL_PERMISSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/definition.h"
#include "model/record.h"

/* Global roles of an account, as bits. X(ENUM, "key", N_("label")). */
#define ROLES(X)                                                                                   \
	X(STAFF, "staff", N_("staff"))                                                             \
	X(DEPT_HEAD, "dept_head", N_("head of department"))                                        \
	X(IC_CLERK, "ic_clerk", N_("clerk of the information center"))                             \
	X(IC_HEAD, "ic_head", N_("head of the information center"))                                \
	X(LEADER, "leader", N_("deputy director in charge"))                                       \
	X(CHIEF, "chief", N_("director"))                                                          \
	X(SECRECY, "secrecy", N_("secrecy office"))                                                \
	X(ARCHIVIST, "archivist", N_("archivist"))                                                 \
	X(AUDITOR, "auditor", N_("auditor"))                                                       \
	X(ADMIN, "admin", N_("administrator"))

enum role_bit {
#define X(name, key, label) ROLE_BIT_##name,
	ROLES(X)
#undef X
		ROLE_BIT_COUNT
};
enum role {
#define X(name, key, label) ROLE_##name = 1 << ROLE_BIT_##name,
	ROLES(X)
#undef X
};

/* Who acts. All texts borrowed. */
struct actor {
	int64_t account;        /* id */
	const char *login;      /* account name */
	const char *person;     /* the person's name */
	const char *department;
	unsigned roles;         /* enum role bits */
	const char *acting_for; /* the person substituted; NULL */
	const char *origin;     /* tty or client address, for the journal */
};

/*
 * Words that a definition's `who` may use: every global role's key ("dept_head"
 * means the head of the record's own department; "any_dept_head" any), and
 *   author      who made the record        applicant   who submitted it
 *   department  anybody of its department  center      anybody of the information center
 *   everyone
 * ACTORS lists who did which action before ({"agree": ["name", ...]}), for four eyes; may be NULL.
 */
bool permission_has_role(const struct actor *actor, const struct record *record, const char *who);
bool permission_any_role(const struct actor *actor, const struct record *record, char *const *who);
bool permission_role_known(const char *who);
/* All those words in turn, NULL beyond the last. */
const char *permission_role_word(size_t i);

/* May ACTOR see RECORD at all (restricted forms, other departments' records)? */
bool permission_may_see(const struct definition *form, const struct actor *actor, const struct record *record);
/* May ACTOR write FIELD while the record stands as it does? */
bool permission_may_edit(const struct definition *form, const struct field *field, const struct actor *actor,
                         const struct record *record);
/* As permission_may_edit, but read-only fields, too: who fills their defaults. */
bool permission_may_fill(const struct definition *form, const struct field *field, const struct actor *actor,
                         const struct record *record);
/* Is FIELD (a column or item, too) written in STATE at all, by whomever? */
bool permission_editable_in(const struct definition *form, const struct field *field, const char *state);
enum permission_answer { PERMISSION_YES, PERMISSION_WRONG_STATE, PERMISSION_WRONG_ROLE, PERMISSION_SAME_PERSON };
/* May ACTOR carry out TRANSITION now? Gates are not looked at here (they need expressions). */
enum permission_answer permission_may_act(const struct transition *transition, const struct actor *actor,
                                          const struct record *record, const json_t *actors);

const char *role_key(enum role role);
const char *role_label(enum role role);   /* translated */
bool role_parse(const char *key, enum role *role);

#endif
