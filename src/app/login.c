#include "app/login.h"

#include <pwd.h>
#include <unistd.h>

#include "app/office_private.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/password.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "store/account.h"
#include "store/journal.h"

enum { ATTEMPTS = 5, LOCK_MINUTES = 15, PASSWORD_DAYS = 90, DAY_S = 86400 };

char *login_origin(void)
{
	const char *ssh = getenv("SSH_CONNECTION");
	if (str_is_empty(ssh))
		ssh = getenv("SSH_CLIENT");
	if (!str_is_empty(ssh)) {
		char *address = mem_text_len(ssh, strcspn(ssh, " "));
		char *clean = utf8_repaired(address, strlen(address));
		free(address);
		return clean;
	}
	const char *tty = isatty(STDIN_FILENO) ? ttyname(STDIN_FILENO) : NULL;
	return mem_text(tty ? tty : "local");
}

static const char *keep(struct login *login, int slot, const char *text)
{
	login->texts[slot] = mem_text(text);
	return login->texts[slot];
}

static struct login *login_of(const struct store_account *account, const char *origin)
{
	struct login *login = mem_new(struct login);
	login->actor = (struct actor){
		.account = account->id,
		.login = keep(login, 0, account->login),
		.person = keep(login, 1, account->person),
		.department = keep(login, 2, account->department ? account->department : ""),
		.roles = account->roles,
		.origin = keep(login, 3, origin),
	};
	return login;
}

void login_free(struct login **login)
{
	if (!*login)
		return;
	for (size_t i = 0; i < sizeof((*login)->texts) / sizeof((*login)->texts[0]); i++)
		free((*login)->texts[i]);
	free(*login);
	*login = NULL;
}

static bool journal_failure(struct office *office, const struct actor *actor, const char *what, struct err *err)
{
	const struct journal_line line = { .actor = actor, .action = "login_failed", .note = what };
	return journal_append(office->db, &line, NULL, err);
}

/* What was typed for an account that is not there is not kept: it may be somebody's password. */
static bool note_failure(struct office *office, const struct store_account *account, const char *origin,
                         struct err *err)
{
	const struct actor nobody = { .origin = origin, .person = "", .login = NULL, .department = "" };
	int attempts = office_setting_int(office, "login.attempts", ATTEMPTS);
	int64_t until = 0;
	if (account->failures + 1 >= attempts)
		until = clock_now() + 60 * (int64_t)office_setting_int(office, "login.lock_minutes", LOCK_MINUTES);
	if (db_begin(office->db, DB_DECISION, err) &&
	    (!account->id || store_account_note_failure(office->db, account->id, until, err)) &&
	    journal_failure(office, &nobody, account->id ? account->login : "?", err) && db_commit(office->db, err))
		return true;
	db_rollback(office->db);
	return false;
}

static bool note_success(struct office *office, const struct actor *actor, const char *how, struct err *err)
{
	const struct journal_line line = { .actor = actor, .action = "login", .note = how };
	if (db_begin(office->db, DB_DECISION, err) &&
	    store_account_note_login(office->db, actor->account, actor->origin, err) &&
	    journal_append(office->db, &line, NULL, err) && db_commit(office->db, err))
		return true;
	db_rollback(office->db);
	return false;
}

static bool refuse_locked(const struct store_account *account, struct err *err)
{
	char until[CLOCK_LOCAL_SIZE];
	clock_local(account->locked_until_utc, until);
	until[16] = '\0';
	return err_set(err, ERR_DENIED,
	               _("The account \"%s\" is locked after too many wrong passwords, until %s. "
	                 "An administrator can unlock it by setting a new password."),
	               account->login, until);
}

static bool refuse_unfit(const struct store_account *account, struct err *err)
{
	if (account->is_disabled)
		return err_set(err, ERR_DENIED, _("The account \"%s\" is disabled. Ask an administrator."), account->login);
	if (account->expires_utc && account->expires_utc <= clock_now())
		return err_set(err, ERR_DENIED, _("The account \"%s\" has expired. Ask an administrator."), account->login);
	return true;
}

static bool password_is_old(const struct office *office, const struct store_account *account)
{
	int days = office_setting_int(office, "login.password_days", PASSWORD_DAYS);
	return account->must_change ||
	       (days > 0 && account->password_utc + (int64_t)days * DAY_S < clock_now());
}

/* PASSWORD against ACCOUNT (id 0: none such; it costs the same time), with its consequences. */
static bool try_password(struct office *office, const struct store_account *account, const char *password,
                         const char *origin, struct err *err)
{
	if (account->id && account->locked_until_utc > clock_now())
		return refuse_locked(account, err);
	if (password_matches(password, account->id ? account->password : NULL))
		return true;
	if (!note_failure(office, account, origin, err))
		return false;
	return err_set(err, ERR_DENIED, _("The account or the password is wrong."));
}

struct login *login_by_password(struct office *office, const char *name, const char *password, const char *origin,
                                struct err *err)
{
	struct store_account account = { 0 };
	struct login *login = NULL;
	if (!store_account_by_login(office->db, name, &account, err) ||
	    !try_password(office, &account, password, origin, err) || !refuse_unfit(&account, err))
		goto done;
	login = login_of(&account, origin);
	login->by_password = true;
	login->must_change_password = password_is_old(office, &account);
	if (!note_success(office, &login->actor, "password", err))
		login_free(&login);
done:
	store_account_release(&account);
	return login;
}

/* An account that something else than a password has proved. */
static struct login *login_trusted(struct office *office, const char *name, const char *origin, const char *how,
                                   struct err *err)
{
	struct store_account account = { 0 };
	struct login *login = NULL;
	if (!store_account_by_login(office->db, name, &account, err))
		goto done;
	if (!account.id) {
		err_set(err, ERR_DENIED, _("There is no account \"%s\"."), name);
		goto done;
	}
	if (!refuse_unfit(&account, err))
		goto done;
	login = login_of(&account, origin);
	login->by_password = account.password != NULL;
	if (!note_success(office, &login->actor, how, err))
		login_free(&login);
done:
	store_account_release(&account);
	return login;
}

struct login *login_by_ssh(struct office *office, const char *account, const char *origin, struct err *err)
{
	return login_trusted(office, account, origin, "ssh", err);
}

const char *login_default_account(const struct office *office)
{
	return office->owner_account;
}

/* The owner himself, who has no account: he may administer, no more. */
static struct login *login_owner(const char *origin)
{
	const struct passwd *entry = getpwuid(geteuid());
	char name[64];
	str_copy(name, sizeof(name), entry ? entry->pw_name : "owner");
	const struct store_account account = { .login = name, .person = name, .roles = ROLE_ADMIN | ROLE_AUDITOR };
	return login_of(&account, origin);
}

struct login *login_as_owner(struct office *office, const char *account, const char *origin, struct err *err)
{
	if (!account)
		account = office->owner_account;
	/* office_open() has made sure that whoever runs this process owns the data directory. */
	return account ? login_trusted(office, account, origin, "as", err) : login_owner(origin);
}

void login_end(struct office *office, const struct actor *actor)
{
	struct err err = { 0 };
	if (!office_journal(office, actor, "logout", NULL, &err))
		log_write(LOG_ERROR, "the log-out of %s could not be journaled: %s", actor->login, err.text);
}

bool login_confirm(struct office *office, const struct actor *actor, const char *password, struct err *err)
{
	struct store_account account = { 0 };
	bool ok = store_account_by_id(office->db, actor->account, &account, err) &&
	          try_password(office, &account, password ? password : "", actor->origin, err) &&
	          refuse_unfit(&account, err);
	store_account_release(&account);
	return ok;
}

static bool store_password(struct office *office, struct store_account *account, const struct actor *actor,
                           struct err *err)
{
	const struct journal_line line = { .actor = actor, .action = "password", .note = account->login };
	if (!db_begin(office->db, DB_DECISION, err))
		return false;
	db_gate(office->db, true);
	if (store_account_save(office->db, account, err) && journal_append(office->db, &line, NULL, err) &&
	    db_commit(office->db, err))
		return true;
	db_rollback(office->db);
	return false;
}

bool login_change_password(struct office *office, const struct actor *actor, const char *old_password,
                           const char *new_password, struct err *err)
{
	const char *weakness = password_weakness(new_password, actor->login);
	if (weakness)
		return err_set(err, ERR_REFUSED, "%s", weakness);
	if (strcmp(old_password, new_password) == 0)
		return err_set(err, ERR_REFUSED, _("The new password is the old one. Choose another."));
	if (!login_confirm(office, actor, old_password, err))
		return false;
	struct store_account account = { 0 };
	bool ok = false;
	if (store_account_by_id(office->db, actor->account, &account, err)) {
		free(account.password);
		account.password = password_hash(new_password, err);
		account.password_utc = clock_now();
		account.must_change = false;
		ok = account.password && store_password(office, &account, actor, err);
	}
	store_account_release(&account);
	return ok;
}
