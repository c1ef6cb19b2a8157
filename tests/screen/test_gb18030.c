/* A terminal in GB18030: keys come and cells go in that codeset, the program stays UTF-8 inside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"
#include "support/screen.h"
#include "tui/input.h"
#include "tui/view.h"

static const char locale_name[] = "zh_CN.GB18030";

/* Makes the locale beside the build unless it is there; false if the machine has no sources for it. */
static bool make_locale(void)
{
	const char *build = getenv("YW_BUILD") != NULL ? getenv("YW_BUILD") : "/tmp";
	char *folder = path_join(build, "test-locales"), *made = path_join(folder, locale_name);
	bool there;
	int status = 0;
	pid_t child;

	assert_true(path_make_folder(folder, 0755, NULL));
	if (!path_exists(made)) {
		child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			(void)execlp("localedef", "localedef", "-f", "GB18030", "-i", "zh_CN", made, (char *)NULL);
			_exit(127);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
	}
	there = path_exists(made) && setenv("LOCPATH", folder, 1) == 0;
	free(made);
	free(folder);
	return there;
}

static struct input *input;

static void paint(void *self, struct pane *pane, bool whole)
{
	(void)self, (void)whole;
	view_header(pane, "机房日常巡检", NULL);
	draw_frame(pane, (struct rect){ 1, 0, 5, 40 }, "供电");
	input_paint(input, pane, 3, 2, 20, true);
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	(void)self, (void)loop, (void)action;
	return input_key(input, key) == INPUT_IGNORED ? REACT_IGNORED : REACT_PAINT;
}

static bool takes_text(const void *self)
{
	(void)self;
	return true;
}

static const struct screen screen = {
	.name = "gb", .paint = paint, .handle = handle, .takes_text = takes_text,
};

/* WORD in the LEN bytes SENT, which hold zero bytes, too. */
static const char *find(const char *sent, size_t len, const char *word)
{
	const size_t size = strlen(word);

	for (size_t at = 0; at + size <= len; at++) {
		if (memcmp(sent + at, word, size) == 0)
			return sent + at;
	}
	return NULL;
}

static void test_gb18030_terminal(void **state)
{
	struct screen_test *terminal;
	struct loop *loop;
	const char *sent;
	size_t len;
	int row, col;

	(void)state;
	if (!make_locale())
		skip();
	terminal = screen_open(&(struct screen_options){ .codeset = locale_name });
	input = input_new(&(struct input_options){ .max_chars = 20 });
	loop = loop_new(&(struct loop_options){ .now_ms = screen_now_ms, .clock = terminal });
	loop_push(loop, &screen, NULL);
	assert_true(loop_run_until_idle(loop));
	sent = screen_output(terminal, &len);
	assert_non_null(find(sent, len, "\xbb\xfa\xb7\xbf")); /* 机房 */
	assert_null(find(sent, len, "\xe6\x9c\xba"));           /* and no UTF-8 */
	assert_non_null(find(sent, len, "\033(0"));                 /* lines as VT100 codes */
	screen_shows("┌ 供电 ─");
	(void)screen_bytes(terminal);
	assert_true(screen_feed(terminal, loop, "\xd6\xd0\xa3\xb1\xa1\xb0", 6)); /* 中 １ “ */
	assert_string_equal(input_text(input), "中１“");
	sent = screen_output(terminal, &len);
	assert_int_equal(len, 6);
	assert_memory_equal(sent, "\xd6\xd0\xa3\xb1\xa1\xb0", 6);
	term_cursor(&row, &col);
	assert_int_equal(col, 2 + 6); /* there, quotation marks are as wide as characters */
	loop_free(&loop);
	input_free(&input);
	screen_close(&terminal);
	utf8_set_ambiguous_wide(false);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_gb18030_terminal) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
