/* The log: one line an event, nothing in it that a terminal would obey. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/path.h"
#include "base/str.h"

static char path[] = "/tmp/yw-log-XXXXXX";

static int make_log(void **state)
{
	const int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int remove_log(void **state)
{
	(void)state;
	log_close();
	return unlink(path);
}

static char *logged(void)
{
	return path_read(path, 100000, NULL, NULL);
}

static void before_opening_lines_go_nowhere(void **state)
{
	struct err err;

	(void)state;
	log_write(LOG_ERROR, "nowhere");
	log_close();
	assert_false(log_open("/no/such/folder/log", LOG_DEBUG, &err));
	assert_int_equal(err.code, ERR_SYSTEM);
	log_write(LOG_ERROR, "nowhere");
}

static void a_line_has_time_process_and_level(void **state)
{
	char *text, *line = str_format(" %ld warn disk 91%% full of 记录\n", (long)getpid());
	int year, month, day, used = 0;

	(void)state;
	assert_true(log_open(path, LOG_INFO, NULL));
	log_write(LOG_WARN, "disk %d%% full of %s", 91, "记录");
	log_write(LOG_DEBUG, "too much detail");
	text = logged();
	assert_int_equal(sscanf(text, "%4d-%2d-%2dT%*2d:%*2d:%*2dZ%n", &year, &month, &day, &used), 3);
	assert_int_equal(used, 20);
	assert_string_equal(text + used, line);
	free(text);
	free(line);
}

static void control_bytes_are_escaped(void **state)
{
	char *text;

	(void)state;
	log_write(LOG_INFO, "%s", "a\x1b[31mb\nc\x7f\xc2\x9b" "d\xff" "e");
	text = logged();
	assert_non_null(strstr(text, " info a\\x1b[31mb\\nc\\x7f\\x9bd\uFFFDe\n"));
	assert_null(strchr(text, '\x1b'));
	free(text);
}

static void what_libraries_print_is_caught(void **state)
{
	char *text;

	(void)state;
	assert_true(log_capture_stderr(NULL));
	assert_true(log_capture_stderr(NULL));
	fputs("[WARNING]: from a library\n", stderr);
	log_release_stderr();
	log_release_stderr();
	text = logged();
	assert_non_null(strstr(text, "[WARNING]: from a library\n"));
	free(text);
	/* Standard error is as before. */
	assert_true(write(STDERR_FILENO, "", 0) == 0);
}

static void without_a_log_it_is_thrown_away(void **state)
{
	char *before, *after;

	(void)state;
	before = logged();
	log_close();
	assert_true(log_capture_stderr(NULL));
	fputs("lost\n", stderr);
	log_release_stderr();
	after = logged();
	assert_string_equal(before, after);
	free(before);
	free(after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_opening_lines_go_nowhere),
		cmocka_unit_test(a_line_has_time_process_and_level),
		cmocka_unit_test(control_bytes_are_escaped),
		cmocka_unit_test(what_libraries_print_is_caught),
		cmocka_unit_test(without_a_log_it_is_thrown_away),
	};

	return cmocka_run_group_tests(tests, make_log, remove_log);
}
