#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/account.h"
#include "store/db_parts.h"
#include "store/query.h"

static bool key_is_new(struct db *db, const char *blob, struct err *err)
{
	struct query query = query_open(db,
		"SELECT a.login FROM account_key k JOIN account a ON a.id = k.account WHERE k.blob = ?1", err);
	char login[64] = "";

	query_bind_text(&query, blob);
	if (query_row(&query))
		query_read_into(&query, login, sizeof(login));
	if (!query_close(&query))
		return false;
	return login[0] == '\0' ||
	       err_set(err, ERR_REFUSED, _("This key is, or was, that of the account %s; make a new one."), login);
}

bool store_account_key_add(struct db *db, struct store_account_key *key, struct err *err)
{
	if (!key_is_new(db, key->blob, err))
		return false;
	struct query query = query_open(db,
		"INSERT INTO account_key (account, type, blob, comment, added_at) VALUES (?1, ?2, ?3, ?4, ?5)", err);

	key->added_utc = clock_now();
	query_bind_int(&query, key->account);
	query_bind_text(&query, key->type);
	query_bind_text(&query, key->blob);
	query_bind_text(&query, key->comment);
	query_bind_utc(&query, key->added_utc);
	if (!query_run(&query))
		return false;
	key->id = sqlite3_last_insert_rowid(db->sqlite);
	return true;
}

bool store_account_key_revoke(struct db *db, int64_t id, struct err *err)
{
	struct query query = query_open(db,
		"UPDATE account_key SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL", err);

	query_bind_int(&query, id);
	query_bind_utc(&query, clock_now());
	return query_run(&query);
}

bool store_account_key_list(struct db *db, int64_t account, bool all, struct store_account_key **keys, size_t *count,
                            struct err *err)
{
	struct query query = query_open(db,
		"SELECT id, account, type, blob, comment, added_at, revoked_at FROM account_key"
		" WHERE (?1 IS NULL OR account = ?1) AND (?2 OR revoked_at IS NULL) ORDER BY account, id", err);

	*keys = NULL;
	*count = 0;
	query_bind_id(&query, account);
	query_bind_int(&query, all);
	while (query_row(&query)) {
		*keys = mem_resize(*keys, *count + 1, sizeof(**keys));
		struct store_account_key *key = &(*keys)[(*count)++];

		key->id = query_read_int(&query);
		key->account = query_read_int(&query);
		key->type = query_read_text(&query);
		key->blob = query_read_text(&query);
		key->comment = query_read_text(&query);
		key->added_utc = query_read_utc(&query);
		key->revoked_utc = query_read_utc(&query);
	}
	if (query_close(&query))
		return true;
	store_account_keys_free(keys, *count);
	*count = 0;
	return false;
}

void store_account_keys_free(struct store_account_key **keys, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free((*keys)[i].type);
		free((*keys)[i].blob);
		free((*keys)[i].comment);
	}
	free(*keys);
	*keys = NULL;
}
