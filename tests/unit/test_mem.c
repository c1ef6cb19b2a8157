/* Memory that is there, or an orderly end with status 6. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/mem.h"

static void memory_is_given_and_zeroed(void **state)
{
	char *bytes = mem_zeroed(10, 3);
	void *none = mem_zeroed(0, 8);

	(void)state;
	for (int i = 0; i < 30; i++)
		assert_int_equal(bytes[i], 0);
	memset(bytes, 'x', 30);
	bytes = mem_resize(bytes, 100, 1);
	assert_int_equal(bytes[29], 'x');
	assert_non_null(none);
	free(none);
	free(bytes);
}

static void texts_are_copied(void **state)
{
	char *whole = mem_text("机房"), *part = mem_text_len("abcdef", 3), *nothing = mem_text_len(NULL, 0);

	(void)state;
	assert_string_equal(whole, "机房");
	assert_string_equal(part, "abc");
	assert_string_equal(nothing, "");
	assert_null(mem_text(NULL));
	free(whole);
	free(part);
	free(nothing);
}

static int hook_pipe[2];

static void hook(void)
{
	if (write(hook_pipe[1], "h", 1) != 1)
		_exit(99);
}

/* Asks in a child process for more than there is. */
static int status_of(void (*ask)(void))
{
	int status;
	const pid_t child = fork();

	if (child == 0) {
		close(STDERR_FILENO);
		mem_on_exhausted(hook);
		ask();
		_exit(98);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void ask_too_many(void)
{
	free(mem_zeroed(SIZE_MAX / 2, 3));
}

static void ask_too_large(void)
{
	free(mem_resize(NULL, SIZE_MAX, 1));
}

static void exhaustion_runs_the_hook_and_ends(void **state)
{
	char got[3];

	(void)state;
	assert_int_equal(pipe(hook_pipe), 0);
	assert_int_equal(status_of(ask_too_many), ERR_SYSTEM);
	assert_int_equal(status_of(ask_too_large), ERR_SYSTEM);
	assert_int_equal(status_of(mem_exhausted), ERR_SYSTEM);
	assert_int_equal(read(hook_pipe[0], got, sizeof(got)), 3);
	close(hook_pipe[0]);
	close(hook_pipe[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_given_and_zeroed),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(exhaustion_runs_the_hook_and_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
