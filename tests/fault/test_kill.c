/*
 * kill -9 at any moment: what was acknowledged is there, the store is whole,
 * and the others go on.
 *
 * Three processes file records as the use-cases do. Each tells a pipe the id of
 * a record after its commit; again and again one of them is killed, and another
 * one takes its place.
 */
#include "fault/crowd.h"

#include "store/check.h"
#include "store/draft.h"

enum { PROCESSES = 3, KILLS = 100, ACKNOWLEDGED_MOST = 100000 };

static char *folder;
static int pipes[2];

struct acknowledgement {
	int64_t record;
	int64_t n;      /* its number */
	int64_t caret;  /* of the draft saved after it */
};

static bool file_one(struct db *db, struct record *record, int64_t *n, struct err *err)
{
	struct journal_line line = { .actor = &clerk, .action = "submit", .from = "draft", .to = "filed" };

	if (!db_begin(db, DB_DECISION, err) || !record_insert(db, record, err) ||
	    !sequence_next(db, "patrol", "2026", record->id, n, err))
		return false;
	record->number = str_format("巡检-%lld", (long long)*n);
	line.record = record->id;
	return record_update(db, record, err) && store_search_put(db, record->id, record->title, err) &&
	       journal_append(db, &line, NULL, err) && db_commit(db, err);
}

static bool keep_draft(struct db *db, struct store_draft *draft, struct err *err)
{
	draft->caret++;
	return db_begin(db, DB_DRAFT, err) && store_draft_save(db, draft, err) && db_commit(db, err);
}

/* Works until it is killed. */
static void work(void)
{
	struct err err = { .code = ERR_NONE };
	struct db *db = db_open(folder, DB_EXISTING, &err);
	struct store_draft draft = { .account = 1, .form = mem_text("patrol"), .body = json_object(), .row = -1 };

	while (db != NULL) {
		struct record *record = new_record("机房日常巡检", 1000);
		struct acknowledgement told = { .record = 0 };

		if (!file_one(db, record, &told.n, &err) || !keep_draft(db, &draft, &err))
			break;
		told.record = record->id;
		told.caret = draft.caret;
		record_free(&record);
		/* Smaller than PIPE_BUF: whole or not at all, even from one that is killed. */
		if (write(pipes[1], &told, sizeof(told)) != sizeof(told))
			_exit(3);
	}
	fprintf(stderr, "%s\n", err.text);
	_exit(2);
}

static pid_t start(void)
{
	const pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		work();
	return pid;
}

/* Takes what is in the pipe; waits for at least one if MUST. */
static size_t listen_to(struct acknowledgement *told, size_t count, bool must)
{
	struct pollfd in = { .fd = pipes[0], .events = POLLIN };

	while (poll(&in, 1, must ? 20000 : 0) > 0) {
		assert_true(count < ACKNOWLEDGED_MOST);
		assert_int_equal(read(pipes[0], &told[count++], sizeof(told[0])), sizeof(told[0]));
		must = false;
	}
	return count;
}

/* A random moment within the next three milliseconds: some forty transactions' steps. */
static void any_moment(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	const struct timespec pause = { 0, (long)((*seed >> 16) % 3000) * 1000 };

	nanosleep(&pause, NULL);
}

static void kill_one(pid_t *pid)
{
	int status;

	kill(*pid, SIGKILL);
	assert_int_equal(waitpid(*pid, &status, 0), *pid);
	if (!WIFSIGNALED(status))
		fail_msg("a process ended by itself: %d", WEXITSTATUS(status));
}

static void check_whole(struct db *db, int64_t least)
{
	struct store_check *check = store_check_new(db, false, NULL);
	bool done = false;

	assert_non_null(check);
	while (!done)
		ok(store_check_step(check, &done, &err));
	for (size_t i = 0; i < store_check_report(check)->count; i++)
		print_message("%s\n", store_check_report(check)->findings[i].text);
	assert_int_equal(store_check_report(check)->count, 0);
	assert_true(store_check_report(check)->records >= least);
	store_check_free(&check);
}

static void check_acknowledged(struct db *db, const struct acknowledgement *told, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct record *record = record_by_id(db, told[i].record, NULL);
		char *number = str_format("巡检-%lld", (long long)told[i].n);

		if (record == NULL)
			fail_msg("record %lld was acknowledged and is not there", (long long)told[i].record);
		assert_string_equal(record->number, number);
		record_free(&record);
		free(number);
	}
}

static void test_killed_at_random(void **state)
{
	struct acknowledgement *told = mem_zeroed(ACKNOWLEDGED_MOST, sizeof(told[0]));
	struct db *db = open_store(folder, DB_CREATE);
	pid_t pids[PROCESSES];
	unsigned seed = 20261122;
	size_t count = 0;

	(void)state;
	fill_basics(db);
	db_close(&db);
	for (int i = 0; i < PROCESSES; i++)
		pids[i] = start();
	for (int kills = 0; kills < KILLS; kills++) {
		const int victim = kills % PROCESSES;

		count = listen_to(told, count, true); /* somebody works: the lock of the last one killed was given back */
		any_moment(&seed);
		kill_one(&pids[victim]);
		pids[victim] = start();
		if (kills % 20 == 19) {
			db = open_store(folder, DB_EXISTING); /* with the others at work */
			check_whole(db, 1);
			db_close(&db);
		}
	}
	for (int i = 0; i < PROCESSES; i++)
		kill_one(&pids[i]);
	count = listen_to(told, count, false);
	db = open_store(folder, DB_EXISTING);
	check_acknowledged(db, told, count);
	check_whole(db, (int64_t)count);
	print_message("%d kills, %zu records acknowledged, none missing\n", KILLS, count);
	db_close(&db);
	free(told);
}

/* All at once, in the middle of saving; the next to open finds a whole store. */
static void test_all_killed_at_once(void **state)
{
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 10; round++) {
		struct acknowledgement told[1000];
		pid_t pids[PROCESSES];
		size_t count;

		for (int i = 0; i < PROCESSES; i++)
			pids[i] = start();
		count = listen_to(told, 0, true);
		any_moment(&seed);
		for (int i = 0; i < PROCESSES; i++)
			kill_one(&pids[i]);
		count = listen_to(told, count, false);
		struct db *db = open_store(folder, DB_EXISTING);
		check_acknowledged(db, told, count);
		check_whole(db, (int64_t)count);
		db_close(&db);
	}
}

static int setup(void **state)
{
	(void)state;
	folder = new_folder();
	return pipe(pipes);
}

static int teardown(void **state)
{
	(void)state;
	remove_folder(folder);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_killed_at_random),
		cmocka_unit_test(test_all_killed_at_once),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
