#include "app/user.h"

#include "app/office_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/password.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "store/account.h"
#include "store/journal.h"

enum { MOST_NAME = 32, MOST_PERSON_CHARS = 20 };

static bool may_administer(const struct actor *actor, struct err *err)
{
	return (actor->roles & ROLE_ADMIN) ||
	       err_set(err, ERR_DENIED, _("Only an administrator may change accounts."));
}

static bool name_is_good(const char *name)
{
	size_t len = strlen(name);
	return len > 0 && len <= MOST_NAME && name[0] >= 'a' && name[0] <= 'z' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.-") == len;
}

static char *role_words(unsigned roles)
{
	struct str words = STR_INIT;
	for (unsigned bit = 0; bit < ROLE_BIT_COUNT; bit++) {
		if (roles & (1U << bit))
			str_addf(&words, "%s%s", words.len ? " " : "", role_key((enum role)(1U << bit)));
	}
	return str_take(&words);
}

static bool parse_role(const char *word, unsigned *roles, struct err *err)
{
	enum role role;
	if (role_parse(word, &role)) {
		*roles |= (unsigned)role;
		return true;
	}
	char *all = role_words(~0U);
	err_set(err, ERR_REFUSED, _("There is no role \"%s\". The roles are: %s."), word, all);
	free(all);
	return false;
}

/* --- reading --- */

static char *key_lines(const struct store_account_key *keys, size_t count, int64_t account)
{
	struct str lines = STR_INIT;
	for (size_t i = 0; i < count; i++) {
		if (keys[i].account != account)
			continue;
		size_t len = strlen(keys[i].blob);
		str_addf(&lines, "%s%s ...%s %s", lines.len ? "\n" : "", keys[i].type,
		         keys[i].blob + (len > 16 ? len - 16 : 0), keys[i].comment ? keys[i].comment : "");
	}
	return str_take(&lines);
}

static void fill_row(struct user_row *row, struct store_account *account, const struct store_account_key *keys,
                     size_t key_count)
{
	row->id = account->id;
	row->login = mem_text(account->login);
	row->person = mem_text(account->person);
	row->department = mem_text(account->department ? account->department : "");
	row->roles = role_words(account->roles);
	row->keys = key_lines(keys, key_count, account->id);
	row->disabled = account->is_disabled;
	row->locked = account->locked_until_utc > clock_now();
	row->has_password = account->password != NULL;
	row->last_login_utc = account->last_login_utc;
}

struct user_list *user_list(struct office *office, const struct actor *actor, struct err *err)
{
	struct store_account *accounts = NULL;
	struct store_account_key *keys = NULL;
	size_t count = 0, key_count = 0;
	struct user_list *list = NULL;
	if (!(actor->roles & (ROLE_ADMIN | ROLE_AUDITOR | ROLE_IC_HEAD))) {
		err_set(err, ERR_DENIED, _("Only administrators, auditors and the head of the center may list accounts."));
		return NULL;
	}
	if (store_account_list(office->db, &accounts, &count, err) &&
	    store_account_key_list(office->db, 0, false, &keys, &key_count, err)) {
		list = mem_new(struct user_list);
		list->rows = mem_zeroed(count + 1, sizeof(*list->rows));
		list->count = count;
		for (size_t i = 0; i < count; i++)
			fill_row(&list->rows[i], &accounts[i], keys, key_count);
	}
	store_account_keys_free(&keys, key_count);
	store_accounts_free(&accounts, count);
	return list;
}

void user_list_free(struct user_list **list)
{
	if (!*list)
		return;
	for (size_t i = 0; i < (*list)->count; i++) {
		struct user_row *row = &(*list)->rows[i];
		free(row->login);
		free(row->person);
		free(row->department);
		free(row->roles);
		free(row->keys);
	}
	free((*list)->rows);
	free(*list);
	*list = NULL;
}

/* --- changing: each within begin_change .. end_change --- */

static bool begin_change(struct office *office, const struct actor *actor, struct err *err)
{
	if (!may_administer(actor, err) || !db_begin(office->db, DB_DECISION, err))
		return false;
	db_gate(office->db, true);
	return true;
}

static bool end_change(struct office *office, const struct actor *actor, bool ok, const char *action, const char *login,
                       json_t *changes, struct err *err)
{
	const struct journal_line line = { .actor = actor, .action = action, .note = login, .changes = changes };
	ok = ok && journal_append(office->db, &line, NULL, err) && db_commit(office->db, err);
	if (!ok)
		db_rollback(office->db);
	json_decref(changes);
	return ok;
}

static bool find_account(struct office *office, const char *login, struct store_account *account, struct err *err)
{
	if (!store_account_by_login(office->db, login, account, err))
		return false;
	return account->id || err_set(err, ERR_REFUSED, _("There is no account \"%s\"."), login);
}

static bool set_plain(struct store_account *account, const char *plain, struct err *err)
{
	const char *weakness = password_weakness(plain, account->login);
	if (weakness)
		return err_set(err, ERR_REFUSED, "%s", weakness);
	free(account->password);
	account->password = password_hash(plain, err);
	account->password_utc = clock_now();
	account->must_change = true;
	account->failures = 0;
	account->locked_until_utc = 0;
	return account->password != NULL;
}

/* The person in the register, made there if he is new; ERR_REFUSED if he works elsewhere. */
static bool ensure_person(struct office *office, const char *name, const char *department, struct err *err)
{
	struct person person = { 0 };
	bool ok = person_by_name(office->db, name, &person, err);
	if (ok && !person.id) {
		person.name = mem_text(name);
		person.department = mem_text(department);
		ok = !str_is_empty(department)
		             ? person_save(office->db, &person, err)
		             : err_set(err, ERR_REFUSED, _("%s is not in the register of people: name the department, too."),
		                       name);
	} else if (ok && department && !str_equal(person.department, department)) {
		ok = err_set(err, ERR_REFUSED, _("%s belongs to %s in the register of people, not to %s."), name,
		             person.department ? person.department : "-", department);
	}
	person_release(&person);
	return ok;
}

static bool check_new(const char *login, const char *person, struct err *err)
{
	if (!name_is_good(login))
		return err_set(err, ERR_REFUSED,
		               _("\"%s\" cannot be an account: small letters, digits and _ . - only, a letter first, "
		                 "at most %d."),
		               login, MOST_NAME);
	if (str_is_empty(person) || utf8_chars(person) > MOST_PERSON_CHARS || utf8_find_control(person) != SIZE_MAX)
		return err_set(err, ERR_REFUSED, _("A person's name has 1 to %d characters."), MOST_PERSON_CHARS);
	return true;
}

static bool insert_account(struct office *office, struct store_account *account, const char *department,
                           const char *password, struct err *err)
{
	struct store_account there = { 0 };
	bool ok = store_account_by_login(office->db, account->login, &there, err);
	if (ok && there.id)
		ok = err_set(err, ERR_REFUSED, _("There is already an account \"%s\"."), account->login);
	store_account_release(&there);
	return ok && (!password || set_plain(account, password, err)) &&
	       ensure_person(office, account->person, department, err) &&
	       store_account_save(office->db, account, err);
}

bool user_add(struct office *office, const struct actor *actor, const char *login, const char *person,
              const char *department, char *const *roles, const char *password, struct err *err)
{
	unsigned bits = 0;
	if (!may_administer(actor, err) || !check_new(login, person, err))
		return false;
	for (size_t i = 0; roles && roles[i]; i++) {
		if (!parse_role(roles[i], &bits, err))
			return false;
	}
	struct store_account account = { .roles = bits ? bits : ROLE_STAFF };
	account.login = mem_text(login);
	account.person = mem_text(person);
	account.created_utc = clock_now();
	char *words = role_words(account.roles);
	bool ok = begin_change(office, actor, err);
	if (ok)
		ok = end_change(office, actor, insert_account(office, &account, department, password, err), "user_add",
		                login, json_pack("{s:[n,s], s:[n,s]}", "person", person, "roles", words), err);
	free(words);
	store_account_release(&account);
	return ok && office_refresh(office, err);
}

bool user_set_disabled(struct office *office, const struct actor *actor, const char *login, bool disabled,
                       struct err *err)
{
	struct store_account account = { 0 };
	if (!begin_change(office, actor, err))
		return false;
	bool ok = find_account(office, login, &account, err);
	if (ok && disabled && account.id == actor->account)
		ok = err_set(err, ERR_REFUSED, _("Nobody may disable his own account."));
	account.is_disabled = disabled;
	ok = ok && store_account_save(office->db, &account, err);
	store_account_release(&account);
	return end_change(office, actor, ok, disabled ? "user_disable" : "user_enable", login, NULL, err);
}

bool user_set_password(struct office *office, const struct actor *actor, const char *login, const char *password,
                       struct err *err)
{
	struct store_account account = { 0 };
	if (!begin_change(office, actor, err))
		return false;
	bool ok = find_account(office, login, &account, err) && set_plain(&account, password, err) &&
	          store_account_save(office->db, &account, err);
	store_account_release(&account);
	return end_change(office, actor, ok, "user_passwd", login, NULL, err);
}

bool user_set_role(struct office *office, const struct actor *actor, const char *login, const char *role, bool has,
                   struct err *err)
{
	struct store_account account = { 0 };
	unsigned bit = 0;
	if (!parse_role(role, &bit, err) || !begin_change(office, actor, err))
		return false;
	bool ok = find_account(office, login, &account, err);
	if (ok && !has && bit == ROLE_ADMIN && account.id == actor->account)
		ok = err_set(err, ERR_REFUSED, _("Nobody may take the role of administrator from himself."));
	json_t *changes = NULL;
	if (ok) {
		char *before = role_words(account.roles);
		account.roles = has ? account.roles | bit : account.roles & ~bit;
		char *after = role_words(account.roles);
		changes = json_pack("{s:[s,s]}", "roles", before, after);
		free(before);
		free(after);
		ok = store_account_save(office->db, &account, err);
	}
	store_account_release(&account);
	return end_change(office, actor, ok, "user_role", login, changes, err);
}

/* --- keys --- */

static bool take_word(const char **at, const char *allowed, char **word)
{
	*at += strspn(*at, " \t");
	size_t len = strcspn(*at, " \t\r\n");
	if (len == 0 || (allowed && strspn(*at, allowed) < len))
		return false;
	*word = mem_text_len(*at, len);
	*at += len;
	return true;
}

/* "ssh-ed25519 AAAA... comment" into KEY. Options before the type are not taken. */
static bool parse_key(const char *line, struct store_account_key *key, struct err *err)
{
	static const char types[] = "abcdefghijklmnopqrstuvwxyz0123456789-@.";
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	const char *at = line;
	bool ok = take_word(&at, types, &key->type) && take_word(&at, base64, &key->blob) &&
	          strncmp(key->blob, "AAAA", 4) == 0 && strlen(key->blob) >= 68 &&
	          (strncmp(key->type, "ssh-", 4) == 0 || strncmp(key->type, "ecdsa-", 6) == 0 ||
	           strncmp(key->type, "sk-", 3) == 0);
	if (!ok)
		return err_set(err, ERR_REFUSED,
		               _("This is no public key. It is one line such as \"ssh-ed25519 AAAA... name\"."));
	struct str comment = STR_INIT;
	str_add_len(&comment, at, strcspn(at, "\r\n"));
	str_trim(&comment);
	key->comment = utf8_clean(str_text(&comment), false);
	str_release(&comment);
	key->added_utc = clock_now();
	return true;
}

static bool revoke_key(struct office *office, const struct store_account_key *wanted, struct err *err)
{
	struct store_account_key *keys = NULL;
	size_t count = 0;
	bool found = false;
	bool ok = store_account_key_list(office->db, wanted->account, false, &keys, &count, err);
	for (size_t i = 0; ok && !found && i < count; i++) {
		found = strcmp(keys[i].blob, wanted->blob) == 0;
		if (found)
			ok = store_account_key_revoke(office->db, keys[i].id, err);
	}
	store_account_keys_free(&keys, count);
	return ok && (found || err_set(err, ERR_REFUSED, _("The account has no such key.")));
}

static void key_release(struct store_account_key *key)
{
	free(key->type);
	free(key->blob);
	free(key->comment);
}

bool user_set_key(struct office *office, const struct actor *actor, const char *login, const char *line, bool has,
                  struct err *err)
{
	struct store_account account = { 0 };
	struct store_account_key key = { 0 };
	bool done = false;
	if (!may_administer(actor, err) || !parse_key(line, &key, err) || !begin_change(office, actor, err))
		goto out;
	bool ok = find_account(office, login, &account, err);
	key.account = account.id;
	ok = ok && (has ? store_account_key_add(office->db, &key, err) : revoke_key(office, &key, err));
	json_t *changes = has ? json_pack("{s:[n,s]}", "key", key.blob) : json_pack("{s:[s,n]}", "key", key.blob);
	done = end_change(office, actor, ok, has ? "user_key_add" : "user_key_remove", login, changes, err);
out:
	key_release(&key);
	store_account_release(&account);
	return done;
}

/* TEXT in single quotes for the shell that sshd hands the command to, within the "..." of authorized_keys. */
static void add_quoted(struct str *line, const char *text)
{
	str_add_char(line, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			str_add(line, "'\\\\''");
		else if (*text == '"' || *text == '\\')
			str_addf(line, "\\%c", *text);
		else
			str_add_char(line, *text);
	}
	str_add_char(line, '\'');
}

char *user_authorized_keys(struct office *office, const char *program, struct err *err)
{
	struct store_account *accounts = NULL;
	struct store_account_key *keys = NULL;
	size_t count = 0, key_count = 0;
	struct str lines = STR_INIT;
	bool ok = store_account_list(office->db, &accounts, &count, err) &&
	          store_account_key_list(office->db, 0, false, &keys, &key_count, err);
	for (size_t i = 0; ok && i < key_count; i++) {
		for (size_t j = 0; j < count; j++) {
			if (accounts[j].id != keys[i].account || accounts[j].is_disabled)
				continue;
			str_add(&lines, "restrict,pty,command=\"");
			add_quoted(&lines, program);
			str_add(&lines, " --data ");
			add_quoted(&lines, office->folder);
			str_addf(&lines, " ssh %s\" %s %s %s\n", accounts[j].login, keys[i].type, keys[i].blob,
			         keys[i].comment ? keys[i].comment : "");
		}
	}
	store_account_keys_free(&keys, key_count);
	store_accounts_free(&accounts, count);
	return ok ? str_take(&lines) : (str_release(&lines), NULL);
}
