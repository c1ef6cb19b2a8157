/*
 * user: who may get in. Every change is journaled.
 *
 * Layer: app. Only an administrator (or the data directory's owner while there
 * is none yet) may call the changing ones: else ERR_DENIED.
 */
#ifndef YW_APP_USER_H
#define YW_APP_USER_H

#include "app/office.h"

struct user_row {
	int64_t id;
	char *login, *person, *department;
	char *roles;              /* "ic_clerk admin" */
	char *keys;               /* fingerprints, one a line; "" if none */
	bool disabled, locked, has_password;
	int64_t last_login_utc;
};

struct user_list {
	struct user_row *rows;
	size_t count;
};

struct user_list *user_list(struct office *office, const struct actor *actor, struct err *err);
void user_list_free(struct user_list **list);

/* A new account for PERSON (made in the register of people if it is new there). ROLES are keys; PASSWORD may be NULL. */
bool user_add(struct office *office, const struct actor *actor, const char *login, const char *person,
                 const char *department, char *const *roles, const char *password, struct err *err);
bool user_set_disabled(struct office *office, const struct actor *actor, const char *login, bool disabled,
                          struct err *err);
/* Sets somebody's password; he must change it at the next log-in. */
bool user_set_password(struct office *office, const struct actor *actor, const char *login, const char *password,
                          struct err *err);
/* Gives (or takes) a role. */
bool user_set_role(struct office *office, const struct actor *actor, const char *login, const char *role, bool has,
                      struct err *err);
/* Remembers (or forgets) a public key "ssh-ed25519 AAAA... comment". */
bool user_set_key(struct office *office, const struct actor *actor, const char *login, const char *key, bool has,
                     struct err *err);
/* The lines for authorized_keys, each with its forced command PROGRAM; caller frees. */
char *user_authorized_keys(struct office *office, const char *program, struct err *err);

#endif
