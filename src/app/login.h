/*
 * login: who sits at the terminal.
 *
 * Layer: app. Three ways in: a password at the log-in screen, a key that sshd
 * has checked (`yunwei ssh NAME`), and --as for the owner of the data directory.
 * Each is journaled, failures too. After login.attempts failures (5) in a row an
 * account is locked for login.lock_minutes (15).
 */
#ifndef YW_APP_LOGIN_H
#define YW_APP_LOGIN_H

#include "app/office.h"

/* Who acts, with the texts it borrows. */
struct login {
	struct actor actor;
	bool must_change_password; /* expired, or set by the administrator */
	bool by_password;          /* the screen can be locked and unlocked with one */
	char *texts[5];            /* private: what actor points at */
};

/* The origin for the journal: the client's address under ssh, else the terminal's name. Caller frees. */
char *login_origin(void);

struct login *login_by_password(struct office *office, const char *account, const char *password, const char *origin,
                                struct err *err);
/* NAME is given by sshd's configuration, which has checked the key. */
struct login *login_by_ssh(struct office *office, const char *account, const char *origin, struct err *err);
/* --as NAME, or NULL for the account that the office names for its owner (the training office's clerk).
 * Refused (ERR_DENIED) for anybody but the owner of the data directory. */
struct login *login_as_owner(struct office *office, const char *account, const char *origin, struct err *err);
/* The account named for the owner, or NULL: then a password must be asked for. */
const char *login_default_account(const struct office *office);
void login_end(struct office *office, const struct actor *actor); /* journals the leaving */
void login_free(struct login **login);

/* For a signature, or to unlock the screen: the actor's own password. ERR_DENIED if it is wrong (counts as a failure). */
bool login_confirm(struct office *office, const struct actor *actor, const char *password, struct err *err);
bool login_change_password(struct office *office, const struct actor *actor, const char *old_password,
                           const char *new_password, struct err *err);

#endif
