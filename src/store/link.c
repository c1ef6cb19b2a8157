#include "store/link.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/query.h"

static bool is_there(struct db *db, int64_t record, struct err *err)
{
	struct query query = query_open(db, "SELECT 1 FROM record WHERE id = ?1", err);
	bool found;

	query_bind_int(&query, record);
	found = query_row(&query);
	if (!query_close(&query))
		return false;
	return found || err_set(err, ERR_REFUSED, _("There is no record #%lld."), (long long)record);
}

bool link_add(struct db *db, int64_t from, int64_t to, const char *kind, struct err *err)
{
	if (from == to)
		return err_set(err, ERR_REFUSED, _("A record cannot be linked to itself."));
	if (!is_there(db, from, err) || !is_there(db, to, err))
		return false;
	struct query query = query_open(db,
		"INSERT INTO record_link (from_record, to_record, kind, linked_at) VALUES (?1, ?2, ?3, ?4)"
		" ON CONFLICT DO NOTHING", err);

	query_bind_int(&query, from);
	query_bind_int(&query, to);
	query_bind_text(&query, kind);
	query_bind_utc(&query, clock_now());
	return query_run(&query);
}

bool link_list(struct db *db, int64_t record, struct link **links, size_t *count, struct err *err)
{
	struct query query = query_open(db,
		"SELECT r.id, from_here, l.kind, r.form, r.number, r.title, r.state FROM ("
		"SELECT to_record AS other, 1 AS from_here, kind, linked_at FROM record_link WHERE from_record = ?1"
		" UNION ALL SELECT from_record, 0, kind, linked_at FROM record_link WHERE to_record = ?1) l"
		" JOIN record r ON r.id = l.other ORDER BY l.linked_at, r.id", err);

	*links = NULL;
	*count = 0;
	query_bind_int(&query, record);
	while (query_row(&query)) {
		*links = mem_resize(*links, *count + 1, sizeof(**links));
		struct link *found = &(*links)[(*count)++];

		found->record = query_read_int(&query);
		found->is_from_here = query_read_flag(&query);
		found->kind = query_read_text(&query);
		found->form = query_read_text(&query);
		found->number = query_read_text(&query);
		found->title = query_read_text(&query);
		found->state = query_read_text(&query);
	}
	if (query_close(&query))
		return true;
	links_free(links, *count);
	*count = 0;
	return false;
}

void links_free(struct link **links, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free((*links)[i].kind);
		free((*links)[i].form);
		free((*links)[i].number);
		free((*links)[i].title);
		free((*links)[i].state);
	}
	free(*links);
	*links = NULL;
}
