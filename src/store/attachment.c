#include "store/attachment.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/db_parts.h"
#include "store/query.h"

static bool insert(struct db *db, const struct attachment *a, const void *bytes, struct err *err)
{
	struct query query = query_open(db,
		"INSERT INTO attachment (record, name, size, sm3, person, added_at, bytes)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", err);

	query_bind_int(&query, a->record);
	query_bind_text(&query, a->name);
	query_bind_int(&query, a->size);
	query_bind_text(&query, a->sm3);
	query_bind_name(&query, a->person);
	query_bind_utc(&query, a->added_utc);
	query_bind_bytes(&query, bytes, (size_t)a->size);
	return query_run(&query);
}

bool attachment_add(struct db *db, int64_t record, const char *name, const void *bytes, size_t size,
                    const char *person, struct attachment *added, struct err *err)
{
	struct attachment a = { .record = record, .size = (int64_t)size, .added_utc = clock_now() };

	if (size > ATTACHMENT_MOST_BYTES)
		return err_set(err, ERR_REFUSED, _("\"%s\" is too large to be kept here: at most %d megabytes."), name,
		               ATTACHMENT_MOST_BYTES / (1024 * 1024));
	if (!hash_bytes(bytes, size, a.sm3, err))
		return false;
	a.name = mem_text(name);
	a.person = mem_text(person);
	const bool done = insert(db, &a, bytes, err);
	a.id = sqlite3_last_insert_rowid(db->sqlite);
	if (done && added != NULL)
		*added = a;
	else
		attachment_release(&a);
	return done;
}

bool attachment_list(struct db *db, int64_t record, struct attachment **list, size_t *count, struct err *err)
{
	struct query query = query_open(db,
		"SELECT id, record, name, size, sm3, person, added_at FROM attachment WHERE record = ?1 ORDER BY id", err);

	*list = NULL;
	*count = 0;
	query_bind_int(&query, record);
	while (query_row(&query)) {
		*list = mem_resize(*list, *count + 1, sizeof(**list));
		struct attachment *a = &(*list)[(*count)++];

		a->id = query_read_int(&query);
		a->record = query_read_int(&query);
		a->name = query_read_text(&query);
		a->size = query_read_int(&query);
		query_read_into(&query, a->sm3, sizeof(a->sm3));
		a->person = query_read_text(&query);
		a->added_utc = query_read_utc(&query);
	}
	if (query_close(&query))
		return true;
	attachments_free(list, *count);
	*count = 0;
	return false;
}

static bool copy_checked(struct query *query, const char *name, void **bytes, size_t *size)
{
	char expected[HASH_HEX_SIZE], found[HASH_HEX_SIZE];

	query_read_into(query, expected, sizeof(expected));
	const void *stored = query_peek_bytes(query, size);
	if (!query->ok || !hash_bytes(stored != NULL ? stored : "", *size, found, query->err))
		return false;
	if (strcmp(expected, found) != 0)
		return err_set(query->err, ERR_DAMAGED, _("\"%s\" is not what was stored: its SM3 differs."), name);
	*bytes = mem_resize(NULL, *size + 1, 1);
	if (*size > 0)
		memcpy(*bytes, stored, *size);
	((char *)*bytes)[*size] = '\0';
	return true;
}

bool attachment_read(struct db *db, int64_t record, const char *name, void **bytes, size_t *size, struct err *err)
{
	struct query query = query_open(db,
		"SELECT sm3, bytes FROM attachment WHERE record = ?1 AND name = ?2 ORDER BY id DESC LIMIT 1", err);
	bool found;

	*bytes = NULL;
	*size = 0;
	query_bind_int(&query, record);
	query_bind_text(&query, name);
	found = query_row(&query);
	if (found && !copy_checked(&query, name, bytes, size))
		query_fail(&query);
	if (!query_close(&query))
		return false;
	return found || err_set(err, ERR_REFUSED, _("This record has no attachment named \"%s\"."), name);
}

void attachment_release(struct attachment *attachment)
{
	free(attachment->name);
	free(attachment->person);
	*attachment = (struct attachment){ .id = 0 };
}

void attachments_free(struct attachment **list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		attachment_release(&(*list)[i]);
	free(*list);
	*list = NULL;
}
