#include "store/asset.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/db_parts.h"
#include "store/query.h"

enum { PAGE = 1000 };

#define ASSET_SELECT                                                                               \
	"SELECT a.id, a.number, a.name, a.kind, a.model, d.name, p.name, a.place, a.is_retired"    \
	" FROM asset a LEFT JOIN department d ON d.id = a.department LEFT JOIN person p ON p.id = a.person"

static void read_asset(struct query *query, struct asset *asset)
{
	asset->id = query_read_int(query);
	asset->number = query_read_text(query);
	asset->name = query_read_text(query);
	asset->kind = query_read_text(query);
	asset->model = query_read_text(query);
	asset->department = query_read_text(query);
	asset->person = query_read_text(query);
	asset->place = query_read_text(query);
	asset->is_retired = query_read_flag(query);
}

/* Names that lead nowhere would silently become NULL. */
static bool names_are_known(struct db *db, const struct asset *asset, struct err *err)
{
	struct query query = query_open(db,
		"SELECT ?1 IS NULL OR EXISTS (SELECT 1 FROM department WHERE name = ?1),"
		" ?2 IS NULL OR EXISTS (SELECT 1 FROM person WHERE name = ?2)", err);
	bool department, person;

	query_bind_text(&query, asset->department);
	query_bind_text(&query, asset->person);
	query_row(&query);
	department = query_read_flag(&query);
	person = query_read_flag(&query);
	if (!query_close(&query))
		return false;
	if (!department)
		return err_set(err, ERR_REFUSED, _("There is no department named %s."), asset->department);
	return person ||
	       err_set(err, ERR_REFUSED, _("There is nobody named %s in the register of people."), asset->person);
}

bool asset_save(struct db *db, struct asset *asset, struct err *err)
{
	if (!names_are_known(db, asset, err))
		return false;
	struct query query = query_open(db,
		"INSERT INTO asset (id, number, name, kind, model, department, person, place, is_retired)"
		" VALUES (?1, ?2, ?3, ?4, ?5, (SELECT id FROM department WHERE name = ?6),"
		" (SELECT id FROM person WHERE name = ?7), ?8, ?9)"
		" ON CONFLICT (id) DO UPDATE SET number = excluded.number, name = excluded.name, kind = excluded.kind,"
		" model = excluded.model, department = excluded.department, person = excluded.person,"
		" place = excluded.place, is_retired = excluded.is_retired", err);

	query_bind_id(&query, asset->id);
	query_bind_text(&query, asset->number);
	query_bind_text(&query, asset->name);
	query_bind_text(&query, asset->kind);
	query_bind_text(&query, asset->model);
	query_bind_text(&query, asset->department);
	query_bind_text(&query, asset->person);
	query_bind_text(&query, asset->place);
	query_bind_int(&query, asset->is_retired);
	if (!query_run(&query))
		return false;
	if (asset->id == 0)
		asset->id = sqlite3_last_insert_rowid(db->sqlite);
	return true;
}

bool asset_by_number(struct db *db, const char *number, struct asset *asset, struct err *err)
{
	struct query query = query_open(db, ASSET_SELECT " WHERE a.number = ?1", err);

	*asset = (struct asset){ .id = 0 };
	query_bind_text(&query, number);
	if (query_row(&query))
		read_asset(&query, asset);
	if (query_close(&query))
		return true;
	asset_release(asset);
	return false;
}

bool asset_list(struct db *db, const char *after, bool all, int limit, struct asset **assets, size_t *count,
                struct err *err)
{
	struct query query = query_open(db,
		ASSET_SELECT " WHERE a.number > ?1 AND a.is_retired <= ?2 ORDER BY a.number LIMIT ?3", err);

	*assets = NULL;
	*count = 0;
	query_bind_name(&query, after);
	query_bind_int(&query, all);
	query_bind_int(&query, limit > 0 ? limit : PAGE);
	while (query_row(&query)) {
		*assets = mem_resize(*assets, *count + 1, sizeof(**assets));
		read_asset(&query, &(*assets)[(*count)++]);
	}
	if (query_close(&query))
		return true;
	assets_free(assets, *count);
	*count = 0;
	return false;
}

void asset_release(struct asset *asset)
{
	free(asset->number);
	free(asset->name);
	free(asset->kind);
	free(asset->model);
	free(asset->department);
	free(asset->person);
	free(asset->place);
	*asset = (struct asset){ .id = 0 };
}

void assets_free(struct asset **assets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		asset_release(&(*assets)[i]);
	free(*assets);
	*assets = NULL;
}
