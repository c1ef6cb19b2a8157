#include "store/account.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/permission.h"
#include "store/db_parts.h"
#include "store/query.h"

#define ACCOUNT_SELECT                                                                             \
	"SELECT a.id, a.login, p.name, d.name, coalesce(d.is_center, 0), a.password, a.password_at," \
	" a.must_change, a.failures, a.locked_until, a.expires_at, a.is_disabled, a.settings,"     \
	" a.created_at, a.last_login, a.last_origin,"                                              \
	" (SELECT group_concat(g.role, ' ') FROM role_grant g WHERE g.account = a.id)"             \
	" FROM account a JOIN person p ON p.id = a.person LEFT JOIN department d ON d.id = p.department"

/* Roles that a newer program knows and this one does not are left out here, and stay in the store. */
static unsigned roles_of(char *words)
{
	unsigned roles = 0;
	char *word = words, *end;

	while (word != NULL && *word != '\0') {
		enum role role;

		for (end = word; *end != ' ' && *end != '\0'; end++)
			;
		const bool last = *end == '\0';
		*end = '\0';
		if (role_parse(word, &role))
			roles |= (unsigned)role;
		word = last ? NULL : end + 1;
	}
	free(words);
	return roles;
}

static void read_account(struct query *query, struct store_account *account)
{
	account->id = query_read_int(query);
	account->login = query_read_text(query);
	account->person = query_read_text(query);
	account->department = query_read_text(query);
	account->in_center = query_read_flag(query);
	account->password = query_read_text(query);
	account->password_utc = query_read_utc(query);
	account->must_change = query_read_flag(query);
	account->failures = (int)query_read_int(query);
	account->locked_until_utc = query_read_utc(query);
	account->expires_utc = query_read_utc(query);
	account->is_disabled = query_read_flag(query);
	account->settings = query_read_text(query);
	account->created_utc = query_read_utc(query);
	account->last_login_utc = query_read_utc(query);
	account->last_origin = query_read_text(query);
	account->roles = roles_of(query_read_text(query));
}

static bool person_id(struct db *db, const char *name, int64_t *id, struct err *err)
{
	struct query query = query_open(db, "SELECT id FROM person WHERE name = ?1", err);

	query_bind_text(&query, name);
	*id = query_row(&query) ? query_read_int(&query) : 0;
	if (!query_close(&query))
		return false;
	return *id != 0 || err_set(err, ERR_REFUSED, _("There is nobody named %s in the register of people."), name);
}

static bool login_is_free(struct db *db, const struct store_account *account, struct err *err)
{
	struct query query = query_open(db, "SELECT 1 FROM account WHERE login = ?1 AND id <> ?2", err);
	bool taken;

	query_bind_text(&query, account->login);
	query_bind_int(&query, account->id);
	taken = query_row(&query);
	if (!query_close(&query))
		return false;
	return !taken || err_set(err, ERR_REFUSED, _("There is an account named %s already."), account->login);
}

static bool set_role(struct db *db, int64_t account, enum role role, bool has, struct err *err)
{
	struct query query = has
		? query_open(db, "INSERT INTO role_grant (account, role, granted_at) VALUES (?1, ?2, ?3)"
		                 " ON CONFLICT DO NOTHING", err)
		: query_open(db, "DELETE FROM role_grant WHERE account = ?1 AND role = ?2", err);

	query_bind_int(&query, account);
	query_bind_text(&query, role_key(role));
	if (has)
		query_bind_utc(&query, clock_now());
	return query_run(&query);
}

static bool set_roles(struct db *db, const struct store_account *account, struct err *err)
{
	for (int bit = 0; bit < ROLE_BIT_COUNT; bit++) {
		const enum role role = (enum role)(1 << bit);

		if (!set_role(db, account->id, role, (account->roles & (unsigned)role) != 0, err))
			return false;
	}
	return true;
}

static bool write_row(struct db *db, struct store_account *account, int64_t person, struct err *err)
{
	struct query query = query_open(db,
		"INSERT INTO account (id, login, person, password, password_at, must_change, failures, locked_until,"
		" expires_at, is_disabled, settings, created_at, last_login, last_origin)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
		" ON CONFLICT (id) DO UPDATE SET login = excluded.login, person = excluded.person,"
		" password = excluded.password, password_at = excluded.password_at, must_change = excluded.must_change,"
		" failures = excluded.failures, locked_until = excluded.locked_until, expires_at = excluded.expires_at,"
		" is_disabled = excluded.is_disabled, settings = excluded.settings, last_login = excluded.last_login,"
		" last_origin = excluded.last_origin", err);

	query_bind_id(&query, account->id);
	query_bind_text(&query, account->login);
	query_bind_int(&query, person);
	query_bind_text(&query, account->password);
	query_bind_utc(&query, account->password_utc);
	query_bind_int(&query, account->must_change);
	query_bind_int(&query, account->failures);
	query_bind_utc(&query, account->locked_until_utc);
	query_bind_utc(&query, account->expires_utc);
	query_bind_int(&query, account->is_disabled);
	query_bind_text(&query, account->settings);
	query_bind_utc(&query, account->created_utc);
	query_bind_utc(&query, account->last_login_utc);
	query_bind_text(&query, account->last_origin);
	return query_run(&query);
}

bool store_account_save(struct db *db, struct store_account *account, struct err *err)
{
	int64_t person;

	if (account->created_utc == 0)
		account->created_utc = clock_now();
	if (!person_id(db, account->person, &person, err) || !login_is_free(db, account, err) ||
	    !write_row(db, account, person, err))
		return false;
	if (account->id == 0)
		account->id = sqlite3_last_insert_rowid(db->sqlite);
	return set_roles(db, account, err);
}

static bool read_one(struct query *query, struct store_account *account)
{
	*account = (struct store_account){ .id = 0 };
	if (query_row(query))
		read_account(query, account);
	if (query_close(query))
		return true;
	store_account_release(account);
	return false;
}

bool store_account_by_login(struct db *db, const char *login, struct store_account *account, struct err *err)
{
	struct query query = query_open(db, ACCOUNT_SELECT " WHERE a.login = ?1", err);

	query_bind_text(&query, login);
	return read_one(&query, account);
}

bool store_account_by_id(struct db *db, int64_t id, struct store_account *account, struct err *err)
{
	struct query query = query_open(db, ACCOUNT_SELECT " WHERE a.id = ?1", err);

	query_bind_int(&query, id);
	return read_one(&query, account);
}

bool store_account_list(struct db *db, struct store_account **accounts, size_t *count, struct err *err)
{
	struct query query = query_open(db, ACCOUNT_SELECT " ORDER BY a.login", err);

	*accounts = NULL;
	*count = 0;
	while (query_row(&query)) {
		*accounts = mem_resize(*accounts, *count + 1, sizeof(**accounts));
		read_account(&query, &(*accounts)[(*count)++]);
	}
	if (query_close(&query))
		return true;
	store_accounts_free(accounts, *count);
	*count = 0;
	return false;
}

/* Counting attempts is no use-case of an administrator: the gate opens for just these statements. */

bool store_account_note_failure(struct db *db, int64_t id, int64_t until_utc, struct err *err)
{
	const bool was_open = db->gate;
	bool done;

	db_gate(db, true);
	struct query query = query_open(db,
		"UPDATE account SET failures = failures + 1, locked_until = coalesce(?2, locked_until) WHERE id = ?1", err);

	query_bind_int(&query, id);
	query_bind_utc(&query, until_utc);
	done = query_run(&query);
	db_gate(db, was_open);
	return done;
}

bool store_account_note_login(struct db *db, int64_t id, const char *origin, struct err *err)
{
	const bool was_open = db->gate;
	bool done;

	db_gate(db, true);
	struct query query = query_open(db,
		"UPDATE account SET failures = 0, locked_until = NULL, last_login = ?2, last_origin = ?3 WHERE id = ?1",
		err);

	query_bind_int(&query, id);
	query_bind_utc(&query, clock_now());
	query_bind_text(&query, origin);
	done = query_run(&query);
	db_gate(db, was_open);
	return done;
}

void store_account_release(struct store_account *account)
{
	free(account->login);
	free(account->person);
	free(account->department);
	free(account->password);
	free(account->settings);
	free(account->last_origin);
	*account = (struct store_account){ .id = 0 };
}

void store_accounts_free(struct store_account **accounts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		store_account_release(&(*accounts)[i]);
	free(*accounts);
	*accounts = NULL;
}
