/*
 * stress: writers, checkpointers and readers at one store, as fast as they can.
 *
 * SQLite before 3.51.3 loses acknowledged rows when a checkpoint meets another
 * connection's reset of the write-ahead log. The product's own open, commit and
 * checkpoint code must not, whatever SQLite it runs on. The race needs a log
 * that is folded completely again and again, so writers pause for some
 * microseconds and the checkpoints are passive; where files are memory it is
 * met sooner.
 */
#ifndef YW_TESTS_STRESS_H
#define YW_TESTS_STRESS_H

#include "fault/crowd.h"
#include "store/db_parts.h"

enum { WRITERS = 4, CHECKPOINTERS = 2, READERS = 1, PAUSE_US = 200 };

/* Set before the processes start: does everybody have a queue of his own, so that nobody waits for anybody? */
static bool without_queue;

static inline struct db *stress_open(const struct crowd *crowd, int me, struct err *err)
{
	struct db *db = db_open(crowd->folder, DB_EXISTING, err);

	if (db != NULL && without_queue) {
		char *name = str_format("%s/own-%d.lock", crowd->folder, me);

		queue_close(&db->queue);
		db->queue = queue_open(name, err);
		free(name);
	}
	return db;
}

/* A pace, not a wait for anything: random, but the same in every run. */
static inline void stress_pause(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	const struct timespec pause = { 0, (long)((*seed >> 16) % PAUSE_US) * 1000 };

	nanosleep(&pause, NULL);
}

static inline void stress_write(const struct crowd *crowd, int me)
{
	struct err err = { .code = ERR_NONE };
	struct db *db = stress_open(crowd, me, &err);
	struct told *told = &crowd->told[me];
	unsigned seed = (unsigned)me;

	while (db != NULL && crowd_goes_on(crowd)) {
		char *key = str_format("%d-%lld", me, (long long)told->acknowledged + 1);

		if (me == 0)
			db->checkpoint_at = 1; /* after every commit; the others' by those who do nothing else */
		const bool saved = save(db, key, "x", told->acknowledged % 8 == 0 ? DB_DECISION : DB_DRAFT, &err);
		free(key);
		if (!saved)
			break;
		told->acknowledged++;
		stress_pause(&seed);
	}
	if (err.code != ERR_NONE)
		crowd_complain(crowd, me, err.text);
	db_close(&db);
}

/* As after a commit that let the log grow; now and then the log is cut back as well. */
static inline void stress_checkpoint(const struct crowd *crowd, int me)
{
	struct err err = { .code = ERR_NONE };
	struct db *db = stress_open(crowd, me, &err);

	while (db != NULL && crowd_goes_on(crowd)) {
		if (++crowd->told[me].others % 1000 == 0) {
			if (!db_checkpoint(db, &err) && !without_queue)
				break;
			err_clear(&err);
			continue;
		}
		if (!queue_enter(db->queue, 10000, &err))
			break;
		db->checkpoint_at = db->wal_pages;
		db_checkpoint_if_due(db);
		queue_leave(db->queue);
	}
	if (err.code != ERR_NONE)
		crowd_complain(crowd, me, err.text);
	db_close(&db);
}

static inline bool count_settings(struct db *db, int64_t *count, struct err *err)
{
	return query_number(db, "SELECT count(*) FROM setting", count, err);
}

/* Rows never become fewer, and a snapshot stays what it was. */
static inline void stress_read(const struct crowd *crowd, int me)
{
	struct err err = { .code = ERR_NONE };
	struct db *db = db_open(crowd->folder, DB_EXISTING, &err);
	int64_t before = 0, first, second;
	unsigned seed = (unsigned)me;

	while (db != NULL && crowd_goes_on(crowd)) {
		if (!db_snapshot_begin(db, &err) || !count_settings(db, &first, &err) || !count_settings(db, &second, &err))
			break;
		db_snapshot_end(db);
		if (first < before || second != first)
			crowd_complain(crowd, me, "rows went away");
		before = first;
		crowd->told[me].others++;
		stress_pause(&seed); /* a log that is always being read is never reset */
	}
	if (err.code != ERR_NONE)
		crowd_complain(crowd, me, err.text);
	db_close(&db);
}

/* In memory, if there is such a file system. */
static inline char *stress_folder(void)
{
	if (access("/dev/shm", W_OK) != 0)
		return new_folder();
	char *folder = mem_text("/dev/shm/yunwei-test-XXXXXX");
	assert_non_null(mkdtemp(folder));
	return folder;
}

static inline void stress_report(const struct crowd *crowd, int64_t milliseconds, int64_t missing)
{
	int64_t saved = 0, folded = 0;

	for (int i = 0; i < WRITERS; i++)
		saved += crowd->told[i].acknowledged;
	for (int i = WRITERS; i < WRITERS + CHECKPOINTERS; i++)
		folded += crowd->told[i].others;
	print_message("SQLite %s%s, %s, %lld s: %lld saves by %d writers, %lld checkpoints beside: %lld rows lost\n",
	              db_sqlite_version(), db_sqlite_needs_guard() ? " (needs the guard)" : "",
	              without_queue ? "without the queue" : "in turn", (long long)milliseconds / 1000, (long long)saved,
	              WRITERS, (long long)folded, (long long)missing);
	assert_true(saved > 0 && folded > 0);
}

/* Runs it; the number of acknowledged rows that are not there at the end. GOOD: nobody complained; SOUND: the file. */
static inline int64_t stress(int64_t milliseconds, bool *good, bool *sound)
{
	char *folder = stress_folder();
	struct db *db = open_store(folder, DB_CREATE);
	struct crowd crowd;

	db_close(&db);
	crowd = crowd_new(folder, milliseconds);
	for (int i = 0; i < WRITERS; i++)
		crowd_start(&crowd, stress_write);
	for (int i = 0; i < CHECKPOINTERS; i++)
		crowd_start(&crowd, stress_checkpoint);
	for (int i = 0; i < READERS; i++)
		crowd_start(&crowd, stress_read);
	*good = crowd_wait(&crowd);
	const int64_t missing = rows_missing(&crowd, WRITERS);
	stress_report(&crowd, milliseconds, missing);
	*sound = is_sound(folder);
	crowd_free(&crowd);
	remove_folder(folder);
	return missing;
}

static inline void stress_in_turn(int64_t milliseconds)
{
	bool good, sound;

	without_queue = false;
	assert_int_equal(stress(milliseconds, &good, &sound), 0);
	assert_true(good);
	assert_true(sound);
}

#endif
