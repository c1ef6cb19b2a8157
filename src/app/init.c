#include "app/init.h"

#include "app/office_private.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "form/settings.h"
#include "store/journal.h"
#include "store/setting.h"

enum { MOST_BYTES = 256 * 1024, COLUMNS = 4 };

/* name, kind, initials, head's title: data/departments.tsv. */
static bool add_department(struct db *db, const char *center, char **cells, int position, struct err *err)
{
	struct department department = { .name = cells[0], .kind = cells[1], .position = position };
	department.is_center = strcmp(cells[0], center) == 0;
	return department_save(db, &department, err);
}

static size_t split(char *line, char **cells, size_t most)
{
	size_t count = 0;
	while (count < most) {
		cells[count++] = line;
		char *tab = strchr(line, '\t');
		if (!tab)
			break;
		*tab = '\0';
		line = tab + 1;
	}
	return count;
}

static bool add_departments(struct db *db, const char *center, char *text, const char *path, struct err *err)
{
	int number = 0;
	for (char *line = text, *next; line && *line; line = next) {
		char *cells[COLUMNS];
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		number++;
		if (*line == '#' || *line == '\0')
			continue;
		if (split(line, cells, COLUMNS) < 2)
			return err_set(err, ERR_REFUSED, _("%s:%d: a department needs a name and a kind."), path, number);
		if (!add_department(db, center, cells, number, err))
			return false;
	}
	return true;
}

static bool fill(struct db *db, const char *center, char *departments, const char *path, bool training, struct err *err)
{
	/* A training office's journal begins where its invented life begins: see demo_people.c. */
	const struct journal_line line = { .action = "init" };
	return db_begin(db, DB_DECISION, err) && add_departments(db, center, departments, path, err) &&
	       (training ? setting_set(db, "training", "1", err) : journal_append(db, &line, NULL, err)) &&
	       db_commit(db, err);
}

static const char *center_of(const json_t *settings, const json_t *facts)
{
	const json_t *said = settings_value(settings, "office.center");
	return json_is_string(said) ? json_string_value(said) : json_text(facts, "center");
}

bool init_office(const char *data, const char *share, bool training, struct err *err)
{
	size_t len = 0;
	struct db *db = NULL;
	bool ok = false;
	char *facts_path = path_join(share, "data/bureau.cfg");
	char *path = path_join(share, "data/departments.tsv");
	json_t *facts = settings_read(facts_path, err);
	json_t *settings = facts ? office_system_settings(err) : NULL;
	char *departments = settings ? path_read(path, MOST_BYTES, &len, err) : NULL;
	if (departments)
		db = db_open(data, DB_CREATE, err);
	if (db)
		ok = fill(db, center_of(settings, facts), departments, path, training, err);
	if (db)
		db_rollback(db);
	db_close(&db);
	json_decref(facts);
	json_decref(settings);
	free(departments);
	free(facts_path);
	free(path);
	return ok;
}
