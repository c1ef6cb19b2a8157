/* Backups read: verified where they lie, or brought into the place of the store. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "store/backup_parts.h"
#include "store/check_parts.h"
#include "store/db_parts.h"
#include "store/migrate.h"

enum { CHUNK = 1 << 16 };

/* Takes DB over. */
static bool check_all(struct db **db, const char *path, struct store_backup_result *result, struct err *err)
{
	struct store_check *check = check_take(db, false, err);
	bool done = false, ok = check != NULL;

	while (ok && !done)
		ok = store_check_step(check, &done, err);
	ok = ok && check_outcome(check, path, result, err);
	store_check_free(&check);
	return ok;
}

/* Byte 18 of an SQLite file says whether a log may stand beside it. */
static bool stands_alone(const char *path, struct err *err)
{
	unsigned char header[20] = { 0 };
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const ssize_t n = fd >= 0 ? read(fd, header, sizeof(header)) : -1;

	if (n < 0)
		err_errno(err, _("%s cannot be read"), path);
	if (fd >= 0)
		close(fd);
	if (n < 0)
		return false;
	return header[18] != 2 ||
	       err_set(err, ERR_REFUSED, _("%s is a store in use, no backup. Make one with \"yunwei backup\"."), path);
}

bool store_backup_verify(const char *path, struct store_backup_result *result, struct err *err)
{
	struct store_backup_result found = { .bytes = 0 };
	struct db *db = stands_alone(path, err) ? db_connect(path, true, err) : NULL;
	bool done = db != NULL && db_identify(db, err) && check_all(&db, path, &found, err);

	db_close(&db);
	done = done && file_digest(path, &found.bytes, found.sm3, err);
	if (done && result != NULL)
		*result = found;
	return done;
}

static bool pump(int in, int out)
{
	char *buffer = mem_zeroed(CHUNK, 1);
	ssize_t n;

	while ((n = read(in, buffer, CHUNK)) > 0)
		for (ssize_t at = 0, w; at < n; at += w)
			if ((w = write(out, buffer + at, (size_t)(n - at))) < 0) {
				free(buffer);
				return false;
			}
	free(buffer);
	return n == 0 && fsync(out) == 0;
}

static bool copy_file(const char *from, const char *to, struct err *err)
{
	const int in = open(from, O_RDONLY | O_CLOEXEC);
	int out;
	bool done;

	if (in < 0)
		return err_errno(err, _("%s cannot be read"), from);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
	done = out >= 0 && pump(in, out);
	if (!done)
		err_errno(err, _("%s cannot be copied to %s"), from, to);
	if (out >= 0)
		close(out);
	close(in);
	return done;
}

/* The files of one restoration. */
struct restore {
	char *store, *incoming, *kept;
	struct queue *queue;
};

static char *with_log(const char *path)
{
	return str_format("%s-wal", path);
}

static void remove_incoming(const struct restore *r)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		char *path = str_format("%s%s", r->incoming, suffixes[i]);

		unlink(path);
		free(path);
	}
}

/* The backup as a file of its own in the folder; a raw copy of a store in use brings its log along. */
static bool bring(const struct restore *r, const char *path, struct err *err)
{
	char *log = with_log(path), *own_log = with_log(r->incoming);
	bool done;

	remove_incoming(r);
	done = copy_file(path, r->incoming, err) && (!path_exists(log) || copy_file(log, own_log, err));
	free(log);
	free(own_log);
	return done;
}

/* What is checked is the very file that will be put in place. */
static bool verify(const struct restore *r, const char *path, struct store_backup_result *result, struct err *err)
{
	size_t count;
	const struct migration *steps = migrate_steps(&count);
	struct db *db = db_connect(r->incoming, false, err);
	bool done = db != NULL && db_identify(db, err) &&
	            migrate_run(db, steps, count, db_schema_newest(), err) && db_seal(db, err) &&
	            check_all(&db, path, result, err);

	db_close(&db);
	return done && file_digest(r->incoming, &result->bytes, result->sm3, err);
}

/* A store that is whole takes its log into itself; of a broken one the log is kept beside it. */
static void settle_log(const struct restore *r)
{
	char *log = with_log(r->store), *kept_log = with_log(r->kept), *index = str_format("%s-shm", r->store);
	struct db *old = db_connect(r->store, false, NULL);

	if (old == NULL || !db_seal(old, NULL))
		rename(log, kept_log);
	db_close(&old);
	unlink(index);
	free(index);
	free(log);
	free(kept_log);
}

/* By a second name where the disk can do that, so that there is a store at every moment. */
static bool set_aside(const struct restore *r, struct err *err)
{
	if (!path_exists(r->store))
		return true;
	settle_log(r);
	if (link(r->store, r->kept) == 0)
		return true;
	return file_rename(r->store, r->kept, err);
}

static bool take_over(struct restore *r, const char *dir, struct err *err)
{
	char stamp[CLOCK_STAMP_SIZE], *lock;

	if (!path_make_folder(dir, S_IRWXU, err))
		return false;
	lock = path_join(dir, "yunwei.lock");
	r->queue = queue_open(lock, err);
	free(lock);
	r->store = path_join(dir, "yunwei.db");
	r->incoming = str_format("%s.restoring", r->store);
	r->kept = str_format("%s.before-%s", r->store, clock_stamp(clock_now(), stamp));
	for (int n = 2; path_exists(r->kept); n++) {
		free(r->kept);
		r->kept = str_format("%s.before-%s-%d", r->store, stamp, n);
	}
	return r->queue != NULL && queue_be_alone(r->queue, err) && queue_enter(r->queue, QUEUE_MS, err);
}

bool store_backup_restore(const char *dir, const char *path, char **kept, struct store_backup_result *result,
                          struct err *err)
{
	struct store_backup_result found = { .bytes = 0 };
	struct restore r = { .store = NULL };
	bool done = take_over(&r, dir, err), had_store;

	*kept = NULL;
	had_store = done && path_exists(r.store);
	if (done) {
		done = bring(&r, path, err) && verify(&r, path, &found, err) && set_aside(&r, err) &&
		       file_rename(r.incoming, r.store, err);
		remove_incoming(&r);
	}
	if (done && result != NULL)
		*result = found;
	if (done && had_store)
		*kept = mem_text(r.kept);
	queue_close(&r.queue);
	free(r.store);
	free(r.incoming);
	free(r.kept);
	return done;
}
