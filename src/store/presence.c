#include "store/presence.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/query.h"

bool presence_tell(struct db *db, const char *session, int64_t account, int64_t record, bool editing,
                   struct err *err)
{
	struct query query = query_open(db,
		"INSERT INTO presence (session, account, record, editing, since_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)"
		" ON CONFLICT (session) DO UPDATE SET"
		" since_at = iif(record IS excluded.record, since_at, excluded.since_at),"
		" account = excluded.account, record = excluded.record, editing = excluded.editing,"
		" seen_at = excluded.seen_at", err);

	query_bind_text(&query, session);
	query_bind_int(&query, account);
	query_bind_id(&query, record);
	query_bind_int(&query, editing);
	query_bind_utc(&query, clock_now());
	return query_run(&query);
}

bool presence_leave(struct db *db, const char *session, struct err *err)
{
	struct query query = query_open(db, "DELETE FROM presence WHERE session = ?1 OR seen_at < ?2", err);

	query_bind_text(&query, session);
	query_bind_utc(&query, clock_now() - PRESENCE_S); /* and those who died */
	return query_run(&query);
}

bool presence_list(struct db *db, int64_t record, const char *session, struct presence **list, size_t *count,
                   struct err *err)
{
	struct query query = query_open(db,
		"SELECT s.session, s.account, p.name, s.record, s.editing, s.since_at, s.seen_at FROM presence s"
		" JOIN account a ON a.id = s.account JOIN person p ON p.id = a.person"
		" WHERE (?1 IS NULL OR s.record = ?1) AND s.session IS NOT ?2 AND s.seen_at >= ?3"
		" ORDER BY s.since_at, s.session", err);

	*list = NULL;
	*count = 0;
	query_bind_id(&query, record);
	query_bind_text(&query, session);
	query_bind_utc(&query, clock_now() - PRESENCE_S);
	while (query_row(&query)) {
		*list = mem_resize(*list, *count + 1, sizeof(**list));
		struct presence *presence = &(*list)[(*count)++];

		presence->session = query_read_text(&query);
		presence->account = query_read_int(&query);
		presence->person = query_read_text(&query);
		presence->record = query_read_int(&query);
		presence->editing = query_read_flag(&query);
		presence->since_utc = query_read_utc(&query);
		presence->seen_utc = query_read_utc(&query);
	}
	if (query_close(&query))
		return true;
	presences_free(list, *count);
	*count = 0;
	return false;
}

void presences_free(struct presence **list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free((*list)[i].session);
		free((*list)[i].person);
	}
	free(*list);
	*list = NULL;
}
