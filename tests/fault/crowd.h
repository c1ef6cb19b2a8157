/*
 * crowd: many processes at one store, for the tests of the writers' queue.
 *
 * Each process opens the store itself, works until the time is over and tells
 * what it did in memory shared with the test. What it tells after a commit is
 * acknowledged: it must be there at the end.
 */
#ifndef YW_TESTS_CROWD_H
#define YW_TESTS_CROWD_H

#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "store/setting.h"

enum { CROWD_MOST = 200 };

/* One process's account of itself. */
struct told {
	volatile int64_t acknowledged; /* transactions; rows of writer w are "w-1" .. "w-acknowledged" */
	volatile int64_t longest_us;   /* wait for one save */
	volatile int64_t failures;     /* saves refused */
	volatile int64_t others;       /* checkpoints made, or snapshots read */
	char text[200];                /* the first refusal, or what was found wrong */
};

struct crowd {
	const char *folder;
	struct told *told;
	pid_t pids[CROWD_MOST];
	int count;
	int64_t until_ms;
};

typedef void crowd_work(const struct crowd *crowd, int me);

static inline struct crowd crowd_new(const char *folder, int64_t milliseconds)
{
	char *path = path_join(folder, "told");
	struct crowd crowd = { .folder = folder, .until_ms = clock_monotonic_ms() + milliseconds };
	const size_t size = CROWD_MOST * sizeof(struct told);
	const int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0 && ftruncate(fd, (off_t)size) == 0);
	crowd.told = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	assert_true(crowd.told != MAP_FAILED);
	close(fd);
	unlink(path);
	free(path);
	return crowd;
}

static inline void crowd_start(struct crowd *crowd, crowd_work *work)
{
	const int me = crowd->count++;

	assert_true(me < CROWD_MOST);
	crowd->pids[me] = fork();
	assert_true(crowd->pids[me] >= 0);
	if (crowd->pids[me] == 0) {
		work(crowd, me);
		_exit(0);
	}
}

/* True if every process ended by itself and had nothing to complain about. */
static inline bool crowd_wait(struct crowd *crowd)
{
	bool good = true;

	for (int i = 0; i < crowd->count; i++) {
		int status = -1;

		while (waitpid(crowd->pids[i], &status, 0) < 0 && errno == EINTR)
			;
		if (status != 0 || crowd->told[i].text[0] != '\0') {
			print_message("process %d: status %d: %s\n", i, status, crowd->told[i].text);
			good = false;
		}
	}
	return good;
}

static inline void crowd_free(struct crowd *crowd)
{
	munmap(crowd->told, CROWD_MOST * sizeof(struct told));
	crowd->told = NULL;
}

static inline bool crowd_goes_on(const struct crowd *crowd)
{
	return clock_monotonic_ms() < crowd->until_ms;
}

static inline void crowd_complain(const struct crowd *crowd, int me, const char *what)
{
	if (crowd->told[me].text[0] == '\0')
		str_copy(crowd->told[me].text, sizeof(crowd->told[me].text), what);
}

static inline int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* One save through the product's door; the value is as large as a draft of a page. */
static inline bool save(struct db *db, const char *key, const char *value, enum db_purpose purpose, struct err *err)
{
	if (!db_begin(db, purpose, err))
		return false;
	if (setting_set(db, key, value, err))
		return db_commit(db, err);
	db_rollback(db);
	return false;
}

/* Rows "w-1" .. "w-acknowledged" of every writer that are not there. */
static inline int64_t rows_missing(const struct crowd *crowd, int writers)
{
	char *path = path_join(crowd->folder, "yunwei.db");
	sqlite3 *raw;
	sqlite3_stmt *stmt;
	int64_t missing = 0;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(raw, "SELECT 1 FROM setting WHERE key = ?1", -1, &stmt, NULL), SQLITE_OK);
	for (int w = 0; w < writers; w++)
		for (int64_t n = 1; n <= crowd->told[w].acknowledged; n++) {
			char *key = str_format("%d-%lld", w, (long long)n);

			sqlite3_bind_text(stmt, 1, key, -1, SQLITE_TRANSIENT);
			missing += sqlite3_step(stmt) != SQLITE_ROW;
			sqlite3_reset(stmt);
			free(key);
		}
	sqlite3_finalize(stmt);
	sqlite3_close(raw);
	free(path);
	return missing;
}

static inline bool is_sound(const char *folder)
{
	char *path = path_join(folder, "yunwei.db");
	sqlite3 *raw;
	sqlite3_stmt *stmt = NULL;
	bool sound;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	sound = sqlite3_prepare_v2(raw, "PRAGMA integrity_check", -1, &stmt, NULL) == SQLITE_OK &&
	        sqlite3_step(stmt) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;
	sqlite3_finalize(stmt);
	sqlite3_close(raw);
	free(path);
	return sound;
}

#endif
