#include "store/department.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/db_parts.h"
#include "store/query.h"

#define DEPARTMENT_SELECT                                                                          \
	"SELECT d.id, d.name, d.kind, p.name, d.phone, d.is_center, d.is_closed, d.position"       \
	" FROM department d LEFT JOIN person p ON p.id = d.head"

static void read_department(struct query *query, struct department *department)
{
	department->id = query_read_int(query);
	department->name = query_read_text(query);
	department->kind = query_read_text(query);
	department->head = query_read_text(query);
	department->phone = query_read_text(query);
	department->is_center = query_read_flag(query);
	department->is_closed = query_read_flag(query);
	department->position = (int)query_read_int(query);
}

static bool head_is_known(struct db *db, const char *head, struct err *err)
{
	struct query query = query_open(db, "SELECT 1 FROM person WHERE name = ?1", err);
	bool known;

	query_bind_text(&query, head);
	known = query_row(&query);
	if (!query_close(&query))
		return false;
	return known || err_set(err, ERR_REFUSED, _("There is nobody named %s in the register of people."), head);
}

bool department_save(struct db *db, struct department *department, struct err *err)
{
	struct query query;

	if (department->head != NULL && !head_is_known(db, department->head, err))
		return false;
	query = query_open(db,
		"INSERT INTO department (id, name, kind, head, phone, is_center, is_closed, position)"
		" VALUES (?1, ?2, ?3, (SELECT id FROM person WHERE name = ?4), ?5, ?6, ?7, ?8)"
		" ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, head = excluded.head,"
		" phone = excluded.phone, is_center = excluded.is_center, is_closed = excluded.is_closed,"
		" position = excluded.position", err);
	query_bind_id(&query, department->id);
	query_bind_text(&query, department->name);
	query_bind_text(&query, department->kind);
	query_bind_text(&query, department->head);
	query_bind_text(&query, department->phone);
	query_bind_int(&query, department->is_center);
	query_bind_int(&query, department->is_closed);
	query_bind_int(&query, department->position);
	if (!query_run(&query))
		return false;
	if (department->id == 0)
		department->id = sqlite3_last_insert_rowid(db->sqlite);
	return true;
}

static bool read_one(struct query *query, struct department *department)
{
	*department = (struct department){ .id = 0 };
	if (query_row(query))
		read_department(query, department);
	if (query_close(query))
		return true;
	department_release(department);
	return false;
}

bool department_by_name(struct db *db, const char *name, struct department *department, struct err *err)
{
	struct query query = query_open(db, DEPARTMENT_SELECT " WHERE d.name = ?1", err);

	query_bind_text(&query, name);
	return read_one(&query, department);
}

bool department_by_id(struct db *db, int64_t id, struct department *department, struct err *err)
{
	struct query query = query_open(db, DEPARTMENT_SELECT " WHERE d.id = ?1", err);

	query_bind_int(&query, id);
	return read_one(&query, department);
}

bool department_list(struct db *db, bool all, struct department **departments, size_t *count, struct err *err)
{
	struct query query = query_open(db,
		DEPARTMENT_SELECT " WHERE d.is_closed <= ?1 ORDER BY d.position, d.name", err);

	*departments = NULL;
	*count = 0;
	query_bind_int(&query, all);
	while (query_row(&query)) {
		*departments = mem_resize(*departments, *count + 1, sizeof(**departments));
		read_department(&query, &(*departments)[(*count)++]);
	}
	if (query_close(&query))
		return true;
	departments_free(departments, *count);
	*count = 0;
	return false;
}

void department_release(struct department *department)
{
	free(department->name);
	free(department->kind);
	free(department->head);
	free(department->phone);
	*department = (struct department){ .id = 0 };
}

void departments_free(struct department **departments, size_t count)
{
	for (size_t i = 0; i < count; i++)
		department_release(&(*departments)[i]);
	free(*departments);
	*departments = NULL;
}
