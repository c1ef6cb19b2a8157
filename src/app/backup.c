#include "app/backup.h"

#include <sys/stat.h>

#include "app/job_private.h"
#include "app/login.h"
#include "app/office_private.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "store/backup.h"

struct making {
	struct office *office;
	const struct actor *actor;
	struct store_backup *backup;
	char *path;
};

static void making_release(void *state)
{
	struct making *making = state;
	store_backup_free(&making->backup);
	free(making->path);
	free(making);
}

static bool finish(struct job *job, struct making *making, struct err *err)
{
	const struct store_backup_result *outcome = store_backup_outcome(making->backup);
	json_object_set_new(job->result, "file", json_string(making->path));
	json_object_set_new(job->result, "bytes", json_integer(outcome->bytes));
	json_object_set_new(job->result, "sm3", json_string(outcome->sm3));
	json_object_set_new(job->result, "records", json_integer(outcome->records));
	json_object_set_new(job->result, "entries", json_integer(outcome->entries));
	char *note = str_format("%s sm3:%s", making->path, outcome->sm3);
	/* The copy is whole by now; the journal of the store that goes on names it. */
	store_backup_free(&making->backup);
	bool ok = office_journal(making->office, making->actor, "backup", note, err);
	free(note);
	return ok;
}

static bool making_step(struct job *job, void *state, bool *done, struct err *err)
{
	struct making *making = state;
	if (!store_backup_step(making->backup, done, err))
		return false;
	job->done = (size_t)store_backup_percent(making->backup);
	return !*done || finish(job, making, err);
}

static char *default_path(const struct office *office, struct err *err)
{
	char *folder = path_join(office->folder, "backup");
	char stamp[CLOCK_LOCAL_SIZE];
	char *path = NULL;
	int64_t now = clock_now();
	clock_local(now, stamp);
	if (path_make_folder(folder, S_IRWXU, err))
		path = str_format("%s/yunwei-%.4s%.2s%.2s-%.2s%.2s%02d.db", folder, stamp, stamp + 5, stamp + 8, stamp + 11,
		                  stamp + 14, (int)(now % 60));
	free(folder);
	return path;
}

struct job *backup_make(struct office *office, const struct actor *actor, const char *path, struct err *err)
{
	static const struct job_kind kind = { making_step, making_release };
	if (!(actor->roles & (ROLE_ADMIN | ROLE_IC_CLERK | ROLE_IC_HEAD))) {
		err_set(err, ERR_DENIED, _("Only administrators and the information center make backups."));
		return NULL;
	}
	struct making *making = mem_new(struct making);
	making->office = office;
	making->actor = actor;
	making->path = path ? mem_text(path) : default_path(office, err);
	if (making->path)
		making->backup = store_backup_new(office->db, making->path, err);
	if (!making->backup) {
		making_release(making);
		return NULL;
	}
	struct job *job = job_new(&kind, making, 100);
	job_say(job, making->path);
	return job;
}

/* The store that took the place journals that it did. */
static bool journal_restore(const char *data, const char *file, struct err *err)
{
	struct db *db = db_open(data, DB_EXISTING, err);
	if (!db)
		return false;
	struct office office = { .db = db };
	char *origin = login_origin();
	const struct actor owner = { .person = "", .origin = origin };
	bool ok = office_journal(&office, &owner, "restore", file, err);
	free(origin);
	db_close(&db);
	return ok;
}

bool backup_put_back(const char *data, const char *file, char **kept, struct err *err)
{
	*kept = NULL;
	return store_backup_restore(data, file, kept, NULL, err) && journal_restore(data, file, err);
}
