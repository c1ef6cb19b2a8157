#include "store/draft.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "store/db_parts.h"
#include "store/query.h"

static void bind_draft(struct query *query, const struct store_draft *draft)
{
	query_bind_int(query, draft->account);
	query_bind_text(query, draft->form);
	query_bind_name(query, draft->form_hash);
	query_bind_id(query, draft->record);
	query_bind_int(query, draft->base_version);
	query_bind_text(query, draft->title);
	query_bind_json(query, draft->body);
	query_bind_json(query, draft->base);
	query_bind_json(query, draft->extra);
	query_bind_text(query, draft->section);
	query_bind_text(query, draft->field);
	query_bind_int(query, draft->row);
	query_bind_text(query, draft->child);
	query_bind_int(query, draft->part);
	query_bind_int(query, draft->caret);
	query_bind_utc(query, draft->updated_utc);
}

bool store_draft_save(struct db *db, struct store_draft *draft, struct err *err)
{
	struct query query;

	draft->updated_utc = clock_now();
	if (draft->created_utc == 0)
		draft->created_utc = draft->updated_utc;
	if (draft->id == 0)
		query = query_open(db,
			"INSERT INTO draft (account, form, form_hash, record, base_version, title, body, base, extra, section,"
			" field, row, child, part, caret, updated_at, created_at)"
			" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)", err);
	else
		query = query_open(db,
			"UPDATE draft SET account = ?1, form = ?2, form_hash = ?3, record = ?4, base_version = ?5, title = ?6,"
			" body = ?7, base = ?8, extra = ?9, section = ?10, field = ?11, row = ?12, child = ?13, part = ?14,"
			" caret = ?15, updated_at = ?16 WHERE id = ?17", err);
	bind_draft(&query, draft);
	if (draft->id == 0)
		query_bind_utc(&query, draft->created_utc);
	else
		query_bind_int(&query, draft->id);
	if (!query_run(&query))
		return false;
	if (draft->id == 0)
		draft->id = sqlite3_last_insert_rowid(db->sqlite);
	return true;
}

#define DRAFT_HEAD                                                                                 \
	"id, account, form, form_hash, record, base_version, title, section, field, row, child, "  \
	"part, caret, created_at, updated_at"

static void read_head(struct query *query, struct store_draft *draft)
{
	*draft = (struct store_draft){ .id = query_read_int(query) };
	draft->account = query_read_int(query);
	draft->form = query_read_text(query);
	draft->form_hash = query_read_text(query);
	draft->record = query_read_int(query);
	draft->base_version = query_read_int(query);
	draft->title = query_read_text(query);
	draft->section = query_read_text(query);
	draft->field = query_read_text(query);
	draft->row = (int)query_read_int(query);
	draft->child = query_read_text(query);
	draft->part = (int)query_read_int(query);
	draft->caret = (int)query_read_int(query);
	draft->created_utc = query_read_utc(query);
	draft->updated_utc = query_read_utc(query);
}

/* The one row of QUERY; no row gives id 0. */
static bool read_whole(struct query *query, struct store_draft *draft)
{
	char what[40];

	*draft = (struct store_draft){ .id = 0 };
	if (query_row(query)) {
		read_head(query, draft);
		snprintf(what, sizeof(what), "draft %lld", (long long)draft->id);
		draft->body = query_read_json(query, what);
		draft->base = query_read_json(query, what);
		draft->extra = query_read_json(query, what);
	}
	if (query_close(query))
		return true;
	store_draft_release(draft);
	return false;
}

bool store_draft_load(struct db *db, int64_t id, struct store_draft *draft, struct err *err)
{
	struct query query = query_open(db, "SELECT " DRAFT_HEAD ", body, base, extra FROM draft WHERE id = ?1", err);

	query_bind_int(&query, id);
	return read_whole(&query, draft);
}

bool store_draft_find(struct db *db, int64_t account, const char *form, int64_t record, struct store_draft *draft,
                      struct err *err)
{
	struct query query = query_open(db,
		"SELECT " DRAFT_HEAD ", body, base, extra FROM draft WHERE account = ?1 AND form = ?2 AND record IS ?3"
		" ORDER BY updated_at DESC, id DESC LIMIT 1", err);

	query_bind_int(&query, account);
	query_bind_text(&query, form);
	query_bind_id(&query, record);
	return read_whole(&query, draft);
}

bool store_draft_list(struct db *db, int64_t account, struct store_draft **drafts, size_t *count, struct err *err)
{
	struct query query = query_open(db,
		"SELECT " DRAFT_HEAD " FROM draft WHERE account = ?1 ORDER BY updated_at DESC, id DESC", err);

	*drafts = NULL;
	*count = 0;
	query_bind_int(&query, account);
	while (query_row(&query)) {
		*drafts = mem_resize(*drafts, *count + 1, sizeof(**drafts));
		read_head(&query, &(*drafts)[(*count)++]);
	}
	if (query_close(&query))
		return true;
	store_drafts_free(drafts, *count);
	*count = 0;
	return false;
}

bool store_draft_delete(struct db *db, int64_t id, struct err *err)
{
	struct query query = query_open(db, "DELETE FROM draft WHERE id = ?1", err);

	query_bind_int(&query, id);
	return query_run(&query);
}

void store_draft_release(struct store_draft *draft)
{
	free(draft->form);
	free(draft->form_hash);
	free(draft->title);
	free(draft->section);
	free(draft->field);
	free(draft->child);
	json_decref(draft->body);
	json_decref(draft->base);
	json_decref(draft->extra);
	*draft = (struct store_draft){ .id = 0 };
}

void store_drafts_free(struct store_draft **drafts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		store_draft_release(&(*drafts)[i]);
	free(*drafts);
	*drafts = NULL;
}
