#include "store/person.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/db_parts.h"
#include "store/query.h"

#define PERSON_SELECT                                                                              \
	"SELECT p.id, p.name, d.name, p.post, p.phone, coalesce(d.is_center, 0), p.has_left, p.position" \
	" FROM person p LEFT JOIN department d ON d.id = p.department"

static void read_person(struct query *query, struct person *person)
{
	person->id = query_read_int(query);
	person->name = query_read_text(query);
	person->department = query_read_text(query);
	person->post = query_read_text(query);
	person->phone = query_read_text(query);
	person->in_center = query_read_flag(query);
	person->has_left = query_read_flag(query);
	person->position = (int)query_read_int(query);
}

static bool department_is_known(struct db *db, const char *name, struct err *err)
{
	struct query query = query_open(db, "SELECT 1 FROM department WHERE name = ?1", err);
	bool known;

	query_bind_text(&query, name);
	known = query_row(&query);
	if (!query_close(&query))
		return false;
	return known || err_set(err, ERR_REFUSED, _("There is no department named %s."), name);
}

bool person_save(struct db *db, struct person *person, struct err *err)
{
	struct query query;

	if (person->department != NULL && !department_is_known(db, person->department, err))
		return false;
	query = query_open(db,
		"INSERT INTO person (id, name, department, post, phone, has_left, position)"
		" VALUES (?1, ?2, (SELECT id FROM department WHERE name = ?3), ?4, ?5, ?6, ?7)"
		" ON CONFLICT (id) DO UPDATE SET name = excluded.name, department = excluded.department,"
		" post = excluded.post, phone = excluded.phone, has_left = excluded.has_left,"
		" position = excluded.position", err);
	query_bind_id(&query, person->id);
	query_bind_text(&query, person->name);
	query_bind_text(&query, person->department);
	query_bind_text(&query, person->post);
	query_bind_text(&query, person->phone);
	query_bind_int(&query, person->has_left);
	query_bind_int(&query, person->position);
	if (!query_run(&query))
		return false;
	if (person->id == 0)
		person->id = sqlite3_last_insert_rowid(db->sqlite);
	return true;
}

bool person_by_name(struct db *db, const char *name, struct person *person, struct err *err)
{
	struct query query = query_open(db, PERSON_SELECT " WHERE p.name = ?1", err);

	*person = (struct person){ .id = 0 };
	query_bind_text(&query, name);
	if (query_row(&query))
		read_person(&query, person);
	if (query_close(&query))
		return true;
	person_release(person);
	return false;
}

bool person_list(struct db *db, const char *department, bool all, struct person **persons, size_t *count,
                 struct err *err)
{
	struct query query = query_open(db,
		PERSON_SELECT " WHERE (?1 IS NULL OR d.name = ?1) AND p.has_left <= ?2"
		              " ORDER BY d.position, d.name, p.position, p.name", err);

	*persons = NULL;
	*count = 0;
	query_bind_text(&query, department);
	query_bind_int(&query, all);
	while (query_row(&query)) {
		*persons = mem_resize(*persons, *count + 1, sizeof(**persons));
		read_person(&query, &(*persons)[(*count)++]);
	}
	if (query_close(&query))
		return true;
	persons_free(persons, *count);
	*count = 0;
	return false;
}

void person_release(struct person *person)
{
	free(person->name);
	free(person->department);
	free(person->post);
	free(person->phone);
	*person = (struct person){ .id = 0 };
}

void persons_free(struct person **persons, size_t count)
{
	for (size_t i = 0; i < count; i++)
		person_release(&(*persons)[i]);
	free(*persons);
	*persons = NULL;
}
