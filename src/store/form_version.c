#include "store/form_version.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/query.h"

bool form_version_keep(struct db *db, const char *form, const char *hash, const char *title, const char *source,
                       struct err *err)
{
	struct query query = query_open(db,
		"INSERT INTO form_version (form, hash, title, source, kept_at) VALUES (?1, ?2, ?3, ?4, ?5)"
		" ON CONFLICT (hash) DO NOTHING", err);

	query_bind_text(&query, form);
	query_bind_text(&query, hash);
	query_bind_name(&query, title);
	query_bind_text(&query, source);
	query_bind_utc(&query, clock_now());
	return query_run(&query);
}

bool form_version_has(struct db *db, const char *hash, bool *has, struct err *err)
{
	struct query query = query_open(db, "SELECT 1 FROM form_version WHERE hash = ?1", err);

	query_bind_text(&query, hash);
	*has = query_row(&query);
	return query_close(&query);
}

char *form_version_source(struct db *db, const char *hash, struct err *err)
{
	char *source = NULL;
	struct query query;

	err_clear(err);
	query = query_open(db, "SELECT source FROM form_version WHERE hash = ?1", err);
	query_bind_text(&query, hash);
	if (query_row(&query))
		source = query_read_text(&query);
	if (query_close(&query))
		return source;
	free(source);
	return NULL;
}

bool form_version_list(struct db *db, const char *form, struct form_version **versions, size_t *count,
                       struct err *err)
{
	struct query query = query_open(db,
		"SELECT form, hash, title, kept_at FROM form_version WHERE ?1 IS NULL OR form = ?1"
		" ORDER BY kept_at DESC, form", err);

	*versions = NULL;
	*count = 0;
	query_bind_text(&query, form);
	while (query_row(&query)) {
		*versions = mem_resize(*versions, *count + 1, sizeof(**versions));
		struct form_version *version = &(*versions)[(*count)++];

		version->form = query_read_text(&query);
		version->hash = query_read_text(&query);
		version->title = query_read_text(&query);
		version->kept_utc = query_read_utc(&query);
	}
	if (query_close(&query))
		return true;
	form_versions_free(versions, *count);
	*count = 0;
	return false;
}

void form_versions_free(struct form_version **versions, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free((*versions)[i].form);
		free((*versions)[i].hash);
		free((*versions)[i].title);
	}
	free(*versions);
	*versions = NULL;
}
