/*
 * account: who gets in, and as what.
 *
 * Layer: store; named store_ beside app/account.h. Writing needs db_gate() open inside a transaction; only the
 * counters of log-in attempts (store_account_note_*) open it themselves. Nothing here
 * decides: hashing and rules are the use-cases'.
 */
#ifndef YW_STORE_ACCOUNT_H
#define YW_STORE_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct store_account {
	int64_t id;              /* 0: not stored yet */
	char *login;             /* ASCII, unique, lower case */
	char *person;            /* the person's name, who must be registered */
	char *department;        /* the person's; read only; NULL: none */
	bool in_center;          /* read only */
	char *password;          /* yescrypt hash; NULL: cannot log in with one */
	int64_t password_utc;    /* when it was set */
	bool must_change;        /* the password, at the next log-in */
	unsigned roles;          /* enum role bits, see model/permission.h */
	int failures;            /* wrong passwords since the last right one */
	int64_t locked_until_utc;/* 0: not locked */
	int64_t expires_utc;     /* 0: never */
	bool is_disabled;
	char *settings;          /* JSON object of the person's own settings; NULL */
	int64_t created_utc;
	int64_t last_login_utc;  /* 0: never yet */
	char *last_origin;       /* NULL */
};

/* Inserts (id 0) or updates, roles too; sets id. ERR_REFUSED if the login is taken or the person unknown. */
bool store_account_save(struct db *db, struct store_account *account, struct err *err);
/* True with id 0 if there is none such. */
bool store_account_by_login(struct db *db, const char *login, struct store_account *account, struct err *err);
bool store_account_by_id(struct db *db, int64_t id, struct store_account *account, struct err *err);
/* By login. */
bool store_account_list(struct db *db, struct store_account **accounts, size_t *count, struct err *err);

/* A wrong password: failures + 1, and locked until UNTIL_UTC if that is not 0. */
bool store_account_note_failure(struct db *db, int64_t id, int64_t until_utc, struct err *err);
/* A log-in: failures 0, not locked, last log-in now from ORIGIN. */
bool store_account_note_login(struct db *db, int64_t id, const char *origin, struct err *err);

struct store_account_key {
	int64_t id;
	int64_t account;
	char *type, *blob;       /* "ssh-ed25519", base64 */
	char *comment;           /* NULL */
	int64_t added_utc, revoked_utc; /* 0: still good */
};
/* ERR_REFUSED if that key is there already, even revoked or another's. Needs the gate. */
bool store_account_key_add(struct db *db, struct store_account_key *key, struct err *err);
bool store_account_key_revoke(struct db *db, int64_t id, struct err *err);
/* Of ACCOUNT (0: of all); revoked ones only if ALL. */
bool store_account_key_list(struct db *db, int64_t account, bool all, struct store_account_key **keys, size_t *count,
                      struct err *err);

void store_account_release(struct store_account *account);
void store_accounts_free(struct store_account **accounts, size_t count);
void store_account_keys_free(struct store_account_key **keys, size_t count);

#endif
