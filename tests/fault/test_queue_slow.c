/*
 * The writers' queue for as long as it takes to see what it prevents, and what
 * it does for those who wait, beside SQLite's own busy timeout in the same run.
 */
#include "fault/stress.h"

enum { SAVERS = 50, SESSIONS = 200, EVERY_MS = 100, SAVING_MS = 8000, STRESS_MS = 30000 };

static void test_stress(void **state)
{
	(void)state;
	stress_in_turn(STRESS_MS);
}

static enum db_purpose purpose; /* of the saves being measured */

static sqlite3 *open_plain(const char *folder, int busy_ms)
{
	char *path = path_join(folder, "yunwei.db");
	sqlite3 *raw = NULL;

	if (sqlite3_open(path, &raw) == SQLITE_OK)
		sqlite3_busy_timeout(raw, busy_ms);
	sqlite3_exec(raw, purpose == DB_DRAFT ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL", NULL, NULL,
	             NULL);
	free(path);
	return raw;
}

static bool save_plain(sqlite3 *raw, const char *key, const char *value)
{
	char *sql = sqlite3_mprintf("INSERT INTO setting VALUES (%Q, %Q, '') ON CONFLICT (key) DO UPDATE SET value ="
	                            " excluded.value", key, value);
	bool saved = sqlite3_exec(raw, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;

	saved = saved && sqlite3_exec(raw, sql, NULL, NULL, NULL) == SQLITE_OK &&
	        sqlite3_exec(raw, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
	if (!saved)
		sqlite3_exec(raw, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_free(sql);
	return saved;
}

/* The control: the same code, but everybody has a queue of his own. A SQLite with the race loses rows as a rule. */
static void test_what_it_prevents(void **state)
{
	bool good, sound;

	(void)state;
	without_queue = true;
	const int64_t lost = stress(STRESS_MS, &good, &sound);
	print_message("without the queue %lld acknowledged rows were lost, and the file is %s\n", (long long)lost,
	              sound ? "sound" : "damaged");
	without_queue = false;
}

/* Saves now and then, each process at its own beat, and remembers how long the longest took. */
static void keep_saving(const struct crowd *crowd, int me, bool (*one)(void *door, const char *key), void *door)
{
	struct told *told = &crowd->told[me];
	char *key = str_format("%d-1", me);
	int64_t next_ms = clock_monotonic_ms() + me * EVERY_MS / SAVERS;

	while (crowd_goes_on(crowd)) {
		const int64_t wait_ms = next_ms - clock_monotonic_ms();

		if (wait_ms > 0)
			poll(NULL, 0, (int)wait_ms); /* the beat, not a wait for anything */
		const int64_t begun = now_us();
		if (one(door, key))
			told->acknowledged++;
		else
			told->failures++;
		const int64_t took = now_us() - begun;
		told->longest_us = took > told->longest_us ? took : told->longest_us;
		next_ms += EVERY_MS;
	}
	free(key);
}

static char page[2000];

static bool save_in_turn(void *door, const char *key)
{
	return save(door, key, page, purpose, NULL);
}

static bool save_by_timeout(void *door, const char *key)
{
	return save_plain(door, key, page);
}

static void saver_in_turn(const struct crowd *crowd, int me)
{
	struct db *db = db_open(crowd->folder, DB_EXISTING, NULL);

	if (db == NULL)
		crowd_complain(crowd, me, "cannot open");
	else
		keep_saving(crowd, me, save_in_turn, db);
	db_close(&db);
}

static void saver_by_timeout(const struct crowd *crowd, int me)
{
	sqlite3 *raw = open_plain(crowd->folder, 5000);

	keep_saving(crowd, me, save_by_timeout, raw);
	sqlite3_close(raw);
}

static int compare(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The longest wait of all, in milliseconds. */
static double run_savers(const char *name, crowd_work *work, int count, int64_t *failures)
{
	char *folder = new_folder();
	struct db *db = open_store(folder, DB_CREATE);
	int64_t longest[CROWD_MOST], saved = 0;
	struct crowd crowd;

	db_close(&db);
	crowd = crowd_new(folder, SAVING_MS);
	*failures = 0;
	for (int i = 0; i < count; i++)
		crowd_start(&crowd, work);
	assert_true(crowd_wait(&crowd));
	for (int i = 0; i < count; i++) {
		longest[i] = crowd.told[i].longest_us;
		saved += crowd.told[i].acknowledged;
		*failures += crowd.told[i].failures;
	}
	qsort(longest, (size_t)count, sizeof(longest[0]), compare);
	print_message("%-20s %lld saves, %lld refused; longest wait %.1f ms, of the middle process %.1f ms\n", name,
	              (long long)saved, (long long)*failures, (double)longest[count - 1] / 1000,
	              (double)longest[count / 2] / 1000);
	crowd_free(&crowd);
	remove_folder(folder);
	return (double)longest[count - 1] / 1000;
}

static void measure(const char *what, enum db_purpose how)
{
	int64_t refused_in_turn, refused_by_timeout;

	purpose = how;
	memset(page, 'x', sizeof(page) - 1);
	print_message("%d processes, each saving %s every %d ms:\n", SAVERS, what, EVERY_MS);
	const double plain = run_savers("plain busy_timeout", saver_by_timeout, SAVERS, &refused_by_timeout);
	const double queue = run_savers("the queue", saver_in_turn, SAVERS, &refused_in_turn);
	assert_int_equal(refused_in_turn, 0);
	/* A person notices half a second; a loaded machine may be slower, but not slower than without. */
	if (queue > 500 && queue > plain)
		fail_msg("the queue made somebody wait %.0f ms, plain SQLite %.0f ms", queue, plain);
}

static void test_waits(void **state)
{
	(void)state;
	measure("a draft (synchronous NORMAL)", DB_DRAFT);
	measure("a decision (synchronous FULL)", DB_DECISION);
}

/* Far more than the bureau has people, each saving ten times a second: slow, but nobody is refused. */
static void test_two_hundred_sessions(void **state)
{
	int64_t failures;

	(void)state;
	purpose = DB_DRAFT;
	print_message("%d processes:\n", SESSIONS);
	run_savers("the queue", saver_in_turn, SESSIONS, &failures);
	assert_int_equal(failures, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stress),
		cmocka_unit_test(test_what_it_prevents),
		cmocka_unit_test(test_waits),
		cmocka_unit_test(test_two_hundred_sessions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
