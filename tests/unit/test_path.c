/* Files and folders, in a folder of its own. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"

static char *folder;

static char *in_folder(const char *name)
{
	return path_join(folder, name);
}

static int make_folder(void **state)
{
	char template[] = "/tmp/yw-path-XXXXXX";

	(void)state;
	umask(022);
	folder = mkdtemp(template) == NULL ? NULL : str_format("%s", template);
	return folder == NULL ? -1 : 0;
}

static int remove_folder(void **state)
{
	char *command = str_format("rm -rf '%s'", folder);
	const int status = system(command);

	(void)state;
	free(command);
	free(folder);
	return status;
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void names_are_joined(void **state)
{
	static const char *const cases[][3] = {
		{ "a", "b", "a/b" }, { "a/", "b", "a/b" }, { "/", "b", "/b" }, { "", "b", "b" },
		{ "a", "/b", "/b" }, { "a/b", "c/d", "a/b/c/d" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *joined = path_join(cases[i][0], cases[i][1]);

		assert_string_equal(joined, cases[i][2]);
		free(joined);
	}
}

static void folders_are_made_with_their_parents(void **state)
{
	char *deep = in_folder("甲//乙/c/"), *file = in_folder("file"), *under = in_folder("file/x");
	struct err err;

	(void)state;
	assert_false(path_exists(deep));
	assert_true(path_make_folder(deep, 0700, &err));
	assert_true(path_exists(deep));
	assert_int_equal(mode_of(deep), 0700);
	assert_true(path_make_folder(deep, 0700, &err));
	assert_true(path_make_folder("/", 0700, &err));

	assert_true(path_write(file, "x", 1, 0600, &err));
	assert_false(path_make_folder(file, 0700, &err));
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_non_null(strstr(err.text, file));
	assert_false(path_make_folder(under, 0700, &err));
	assert_false(path_make_folder("", 0700, &err));
	free(deep);
	free(file);
	free(under);
}

static void what_is_written_is_read(void **state)
{
	char *path = in_folder("记录.txt"), *bytes;
	struct err err;
	size_t len = 99;

	(void)state;
	assert_true(path_write(path, "a\0b\n", 4, 0640, &err));
	assert_int_equal(mode_of(path), 0640);
	bytes = path_read(path, 4, &len, &err);
	assert_int_equal(len, 4);
	assert_memory_equal(bytes, "a\0b\n", 5);
	free(bytes);

	assert_true(path_write(path, "", 0, 0600, &err));
	assert_int_equal(mode_of(path), 0600);
	bytes = path_read(path, 0, &len, &err);
	assert_int_equal(len, 0);
	assert_string_equal(bytes, "");
	free(bytes);
	free(path);
}

static void large_files_are_read_whole_or_refused(void **state)
{
	enum { SIZE = 100000 };
	char *path = in_folder("large"), *bytes = malloc(SIZE), *back;
	struct err err;
	size_t len;

	(void)state;
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = (char)(i % 251);
	assert_true(path_write(path, bytes, SIZE, 0600, &err));
	back = path_read(path, SIZE, &len, &err);
	assert_int_equal(len, SIZE);
	assert_memory_equal(back, bytes, SIZE);
	free(back);
	back = path_read(path, SIZE, NULL, &err);
	assert_non_null(back);
	free(back);
	assert_null(path_read(path, SIZE - 1, &len, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_null(path_read(path, 0, &len, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	free(bytes);
	free(path);
}

static void what_cannot_be_read_says_why(void **state)
{
	char *path = in_folder("missing");
	struct err err;

	(void)state;
	assert_null(path_read(path, 10, NULL, &err));
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(err.sub, ENOENT);
	assert_non_null(strstr(err.text, path));
	assert_null(path_read(folder, 10, NULL, &err));
	assert_int_equal(err.sub, EISDIR);
	free(path);
}

/* A write that fails leaves the old file as it was, and nothing beside it. */
static void a_failed_write_changes_nothing(void **state)
{
	char *taken = in_folder("taken"), *inside = in_folder("taken/keep"), *nowhere = in_folder("none/file");
	struct err err;
	char **names;
	size_t count;

	(void)state;
	/* A folder that is not empty cannot be replaced, which only the last step, the renaming, finds out. */
	assert_true(path_make_folder(taken, 0700, &err));
	assert_true(path_write(inside, "k", 1, 0600, &err));
	assert_false(path_write(taken, "new", 3, 0600, &err));
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_true(path_exists(inside));
	assert_true(path_list(folder, ".tmp", &names, &count, &err));
	assert_int_equal(count, 0);
	assert_false(path_write(nowhere, "new", 3, 0600, &err));
	assert_int_equal(err.sub, ENOENT);
	free(taken);
	free(inside);
	free(nowhere);
}

/* A limit on the size of files stands for a full disk: the write comes back short, then fails. */
static void a_full_disk_keeps_the_old_file(void **state)
{
	char *path = in_folder("full"), *big = calloc(1, 8192), *back;
	struct rlimit old, small;
	struct err err;
	char **names;
	size_t count;

	(void)state;
	assert_true(path_write(path, "old", 3, 0600, &err));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 4096;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_false(path_write(path, big, 8192, 0600, &err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(err.sub, EFBIG);
	back = path_read(path, 10, NULL, &err);
	assert_string_equal(back, "old");
	assert_true(path_list(folder, ".tmp", &names, &count, &err));
	assert_int_equal(count, 0);
	free(back);
	free(big);
	free(path);
}

static void folders_are_listed_sorted(void **state)
{
	static const char *const files[] = { "l/b.cfg", "l/a.cfg", "l/c.txt", "l/机.cfg", "l/.cfg", "l/cfg" };
	char *list = in_folder("l"), *missing = in_folder("no-such");
	char **names;
	size_t count = 99;
	struct err err;

	(void)state;
	assert_true(path_make_folder(list, 0700, &err));
	assert_true(path_list(list, "", &names, &count, &err));
	assert_int_equal(count, 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		char *path = in_folder(files[i]);

		assert_true(path_write(path, "", 0, 0600, &err));
		free(path);
	}
	assert_true(path_list(list, ".cfg", &names, &count, &err));
	assert_int_equal(count, 4);
	assert_string_equal(names[0], ".cfg");
	assert_string_equal(names[1], "a.cfg");
	assert_string_equal(names[2], "b.cfg");
	assert_string_equal(names[3], "机.cfg");
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
	assert_false(path_list(missing, "", &names, &count, &err));
	assert_int_equal(count, 0);
	assert_null(names);
	free(list);
	free(missing);
}

static void names_are_made_safe(void **state)
{
	static const char *const cases[][2] = {
		{ "运〔2026〕12号.xlsx", "运〔2026〕12号.xlsx" },
		{ "a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j" },
		{ "../../etc/passwd", "_._.._etc_passwd" },
		{ ".hidden", "_hidden" },
		{ "  　名称　 ", "名称" },
		{ "ends with dots...", "ends with dots" },
		{ "a\tb\nc\x1b[m", "a b c[m" },
		{ "", "_" },
		{ "...", "_" },
		{ "con", "_con" },
		{ "COM1.txt", "_COM1.txt" },
		{ "lpt9", "_lpt9" },
		{ "console", "console" },
		{ "nul.tar.gz", "_nul.tar.gz" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *safe = path_safe_name(cases[i][0]);

		if (strcmp(safe, cases[i][1]) != 0)
			fail_msg("%s became %s", cases[i][0], safe);
		free(safe);
	}
}

static void long_names_keep_their_extension(void **state)
{
	struct str name = STR_INIT;
	char *safe;

	(void)state;
	str_add_repeat(&name, "关于", 200);
	str_add(&name, ".xlsx");
	safe = path_safe_name(str_text(&name));
	assert_in_range(strlen(safe), 190, 200);
	assert_string_equal(safe + strlen(safe) - 5, ".xlsx");
	assert_true(utf8_is_valid(safe, strlen(safe), NULL));
	free(safe);
	str_release(&name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_joined),
		cmocka_unit_test(folders_are_made_with_their_parents),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(large_files_are_read_whole_or_refused),
		cmocka_unit_test(what_cannot_be_read_says_why),
		cmocka_unit_test(a_failed_write_changes_nothing),
		cmocka_unit_test(a_full_disk_keeps_the_old_file),
		cmocka_unit_test(folders_are_listed_sorted),
		cmocka_unit_test(names_are_made_safe),
		cmocka_unit_test(long_names_keep_their_extension),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
