/* The writers' queue, shortly; test_queue_slow.c takes its time. */
#include "fault/stress.h"

#include "store/queue.h"

static void test_stress(void **state)
{
	(void)state;
	stress_in_turn(5000);
}

/* The turn of a process that is killed goes to the next at once. */
static void test_death_gives_the_turn_back(void **state)
{
	char *folder = new_folder(), *path = path_join(folder, "lock");
	struct queue *queue = queue_open(path, NULL);
	int pipes[2], status;
	char byte;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	const pid_t child = fork();
	if (child == 0) {
		struct queue *own = queue_open(path, NULL);

		if (own == NULL || !queue_enter(own, 1000, NULL) || write(pipes[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(pipes[0], &byte, 1), 1);
	struct err fault = { .code = ERR_NONE };
	assert_false(queue_enter(queue, 50, &fault));
	assert_int_equal(fault.code, ERR_BUSY);
	char *name = str_format("process %ld", (long)child);
	assert_non_null(strstr(fault.text, name)); /* it says who */
	free(name);
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	assert_true(queue_enter(queue, 5000, &fault));
	queue_close(&queue);
	close(pipes[0]);
	close(pipes[1]);
	free(path);
	remove_folder(folder);
}

static volatile sig_atomic_t alarms;

static void count_alarm(int number)
{
	(void)number;
	alarms++;
}

/* Waiting borrows the alarm and gives it back as it was. */
static void test_alarm_is_given_back(void **state)
{
	char *folder = new_folder(), *path = path_join(folder, "lock");
	struct queue *mine = queue_open(path, NULL), *other = queue_open(path, NULL);
	struct sigaction action = { .sa_handler = count_alarm }, found;

	(void)state;
	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_true(queue_enter(mine, 100, NULL));
	const int64_t begun = clock_monotonic_ms();
	assert_false(queue_enter(other, 120, NULL));
	assert_in_range(clock_monotonic_ms() - begun, 110, 5000);
	assert_int_equal(sigaction(SIGALRM, NULL, &found), 0);
	assert_true(found.sa_handler == count_alarm);
	assert_int_equal(alarms, 0);
	queue_close(&mine);
	queue_close(&other);
	free(path);
	remove_folder(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stress),
		cmocka_unit_test(test_death_gives_the_turn_back),
		cmocka_unit_test(test_alarm_is_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
