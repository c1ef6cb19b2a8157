#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "store/backup_parts.h"
#include "store/check_parts.h"
#include "store/db_parts.h"

enum { PAGES = 1000, CHUNK = 1 << 16 };

enum phase { COPYING, CHECKING, FINISHED };

struct store_backup {
	enum phase phase;
	char *path, *part;          /* the copy's name at the end, and until then */
	struct db *from, *to;
	sqlite3_backup *copy;
	struct store_check *check;
	int64_t pages, pages_done;
	bool is_made;               /* the part file is ours to remove */
	struct store_backup_result result;
};

bool file_make_new(const char *path, struct err *err)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

	if (fd < 0 && errno == EEXIST)
		return err_set(err, ERR_REFUSED, _("There is a file %s already; nothing was changed."), path);
	if (fd < 0)
		return err_errno(err, _("%s cannot be made"), path);
	close(fd);
	return true;
}

/* A folder's own entry must reach the disk, too. */
static bool sync_folder(const char *path, struct err *err)
{
	char *folder = mem_text(path), *slash = strrchr(folder, '/');
	bool done;

	if (slash != NULL)
		slash[slash == folder] = '\0';
	const int fd = open(slash != NULL ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	done = fd >= 0 && fsync(fd) == 0;
	if (!done)
		err_errno(err, _("%s cannot be brought to the disk"), path);
	if (fd >= 0)
		close(fd);
	free(folder);
	return done;
}

bool file_rename(const char *from, const char *to, struct err *err)
{
	if (rename(from, to) != 0)
		return err_errno(err, _("%s cannot be renamed to %s"), from, to);
	return sync_folder(to, err);
}

bool file_digest(const char *path, int64_t *bytes, char hex[HASH_HEX_SIZE], struct err *err)
{
	char *buffer = mem_zeroed(CHUNK, 1);
	struct hash *hash = hash_new(err);
	const int fd = hash != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t n = -1;

	*bytes = 0;
	while (fd >= 0 && (n = read(fd, buffer, CHUNK)) > 0) {
		hash_add(hash, buffer, (size_t)n);
		*bytes += n;
	}
	if (hash != NULL && n < 0)
		err_errno(err, _("%s cannot be read"), path);
	if (fd >= 0)
		close(fd);
	free(buffer);
	if (n == 0)
		return hash_end(&hash, hex, err);
	hash_free(&hash);
	return false;
}

/* A copy is one file that needs nothing beside it: out of the mode with a log. */
bool db_seal(struct db *db, struct err *err)
{
	return db_exec(db, "PRAGMA journal_mode = DELETE", err);
}

bool backup_copy(struct db *db, const char *path, struct err *err)
{
	struct db *to = file_make_new(path, err) ? db_connect(path, false, err) : NULL;
	sqlite3_backup *copy = to != NULL ? sqlite3_backup_init(to->sqlite, "main", db->sqlite, "main") : NULL;
	bool done = false;

	if (copy != NULL) {
		sqlite3_backup_step(copy, -1);
		const int rc = sqlite3_backup_finish(copy);
		done = rc == SQLITE_OK ? db_seal(to, err) && sync_folder(path, err) : db_fault(to, rc, err);
	} else if (to != NULL) {
		db_fault(to, sqlite3_extended_errcode(to->sqlite), err);
	}
	if (to != NULL && !done)
		unlink(path);
	db_close(&to);
	return done;
}

/* The copy reads on a connection of its own, in one snapshot, so that it never has to begin again. */
static bool open_both(struct store_backup *backup, const char *source, struct err *err)
{
	if (path_exists(backup->path))
		return err_set(err, ERR_REFUSED, _("There is a file %s already; nothing was changed."), backup->path);
	backup->from = db_connect(source, false, err);
	if (backup->from == NULL || !db_snapshot_begin(backup->from, err))
		return false;
	unlink(backup->part); /* of a backup that was cut off */
	backup->is_made = file_make_new(backup->part, err);
	if (!backup->is_made)
		return false;
	backup->to = db_connect(backup->part, false, err);
	if (backup->to == NULL)
		return false;
	backup->copy = sqlite3_backup_init(backup->to->sqlite, "main", backup->from->sqlite, "main");
	return backup->copy != NULL || db_fault(backup->to, sqlite3_extended_errcode(backup->to->sqlite), err);
}

struct store_backup *store_backup_new(struct db *db, const char *path, struct err *err)
{
	struct store_backup *backup = mem_new(struct store_backup);

	backup->path = mem_text(path);
	backup->part = str_format("%s.part", path);
	if (open_both(backup, db_path(db), err))
		return backup;
	store_backup_free(&backup);
	return NULL;
}

static bool step_copy(struct store_backup *backup, struct err *err)
{
	const int rc = sqlite3_backup_step(backup->copy, PAGES);

	backup->pages = sqlite3_backup_pagecount(backup->copy);
	backup->pages_done = backup->pages - sqlite3_backup_remaining(backup->copy);
	if (rc == SQLITE_OK)
		return true;
	if (rc != SQLITE_DONE)
		return db_fault(backup->to, rc, err);
	sqlite3_backup_finish(backup->copy);
	backup->copy = NULL;
	db_close(&backup->from);
	if (!db_seal(backup->to, err))
		return false;
	backup->check = check_take(&backup->to, false, err);
	backup->phase = CHECKING;
	return backup->check != NULL;
}

bool check_outcome(const struct store_check *check, const char *path, struct store_backup_result *result,
                   struct err *err)
{
	const struct store_report *report = store_check_report(check);

	result->records = report->records;
	result->entries = report->entries;
	return report->count == 0 ||
	       err_set(err, ERR_DAMAGED, _("%s does not hold (%s): %s"), path,
	               store_check_name(report->findings[0].part), report->findings[0].text);
}

static bool step_check(struct store_backup *backup, bool *done, struct err *err)
{
	if (!store_check_step(backup->check, done, err))
		return false;
	if (!*done)
		return true;
	if (!check_outcome(backup->check, backup->path, &backup->result, err))
		return false;
	store_check_free(&backup->check);
	if (!file_digest(backup->part, &backup->result.bytes, backup->result.sm3, err) ||
	    !file_rename(backup->part, backup->path, err))
		return false;
	backup->phase = FINISHED;
	return true;
}

bool store_backup_step(struct store_backup *backup, bool *done, struct err *err)
{
	*done = backup->phase == FINISHED;
	if (*done)
		return true;
	return backup->phase == COPYING ? step_copy(backup, err) : step_check(backup, done, err);
}

int store_backup_percent(const struct store_backup *backup)
{
	if (backup->phase == FINISHED)
		return 100;
	if (backup->phase == CHECKING)
		return 50 + 50 * (int)store_check_part(backup->check) / STORE_CHECK_COUNT;
	return backup->pages > 0 ? (int)(50 * backup->pages_done / backup->pages) : 0;
}

const struct store_backup_result *store_backup_outcome(const struct store_backup *backup)
{
	return &backup->result;
}

void store_backup_free(struct store_backup **backup)
{
	struct store_backup *b = *backup;

	if (b == NULL)
		return;
	if (b->copy != NULL)
		sqlite3_backup_finish(b->copy);
	store_check_free(&b->check);
	db_close(&b->to);
	db_close(&b->from);
	if (b->phase != FINISHED && b->is_made)
		unlink(b->part);
	free(b->part);
	free(b->path);
	free(b);
	*backup = NULL;
}

bool store_backup_write(struct db *db, const char *path, struct store_backup_result *result, struct err *err)
{
	struct store_backup *backup = store_backup_new(db, path, err);
	bool done = false, ok = backup != NULL;

	while (ok && !done)
		ok = store_backup_step(backup, &done, err);
	if (ok && result != NULL)
		*result = backup->result;
	store_backup_free(&backup);
	return ok;
}
