/* screen: see screen.h. */
#include "support/screen.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"

enum { OUT_MOST = 1 << 20 };

/* curses keeps a little for every terminal type that terminfo does not know. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:new_prescr\n";
}

struct screen_test {
	FILE *in, *out;
	int to_program, from_program; /* our ends of the pipes */
	int64_t now_ms;
	struct str output;
	size_t asked; /* bytes of OUTPUT that screen_bytes() has reported */
};

static void make_pipe(int ends[2])
{
	assert_int_equal(pipe(ends), 0);
}

struct screen_test *screen_open(const struct screen_options *options)
{
	static const struct screen_options plain = { 0 };
	const struct screen_options *o = options == NULL ? &plain : options;
	struct screen_test *test = mem_new(struct screen_test);
	int in[2], out[2];
	struct err err;

	assert_non_null(setlocale(LC_ALL, o->codeset != NULL ? o->codeset : "C.UTF-8"));
	make_pipe(in);
	make_pipe(out);
	/* A screenful must fit although nobody reads while the program writes. */
	assert_true(fcntl(out[1], 1031 /* F_SETPIPE_SZ */, OUT_MOST) >= OUT_MOST);
	assert_int_equal(fcntl(out[0], F_SETFL, O_NONBLOCK), 0);
	test->in = fdopen(in[0], "r");
	test->out = fdopen(out[1], "w");
	test->to_program = in[1];
	test->from_program = out[0];
	test->now_ms = 1000000;
	if (!term_open(&(struct term_options){ .theme = o->theme, .ascii_borders = o->ascii_borders, .in = test->in,
	                                       .out = test->out,
	                                       .type = o->type != NULL ? o->type : "xterm-256color",
	                                       .rows = o->rows > 0 ? o->rows : 24, .cols = o->cols > 0 ? o->cols : 80 },
	               &err))
		fail_msg("%s", err.text);
	return test;
}

void screen_close(struct screen_test **test)
{
	struct screen_test *t = *test;

	if (t == NULL)
		return;
	term_close();
	(void)fclose(t->in);
	(void)fclose(t->out);
	(void)close(t->to_program);
	(void)close(t->from_program);
	str_release(&t->output);
	free(t);
	*test = NULL;
}

int64_t screen_now_ms(void *test)
{
	return ((struct screen_test *)test)->now_ms;
}

static void drain(struct screen_test *test)
{
	char bytes[65536];
	ssize_t got;

	while ((got = read(test->from_program, bytes, sizeof bytes)) > 0)
		str_add_len(&test->output, bytes, (size_t)got);
}

void screen_pass(struct screen_test *test, struct loop *loop, int64_t ms)
{
	test->now_ms += ms;
	loop_tick(loop);
	(void)loop_run_until_idle(loop);
	drain(test);
}

bool screen_feed(struct screen_test *test, struct loop *loop, const char *bytes, size_t len)
{
	bool goes_on = true;

	while (len > 0 && goes_on) {
		size_t part = len < 32768 ? len : 32768; /* a pipe holds 64 KB */
		assert_int_equal(write(test->to_program, bytes, part), (ssize_t)part);
		goes_on = loop_run_until_idle(loop);
		drain(test);
		bytes += part;
		len -= part;
	}
	return goes_on;
}

/* What an xterm sends for a key of a script line. */
static const char *sequence_of(const char *name, size_t len)
{
	static const struct {
		const char *name, *bytes;
	} keys[] = {
		{ "Enter", "\r" },       { "Tab", "\t" },          { "BackTab", "\033[Z" },   { "Backspace", "\177" },
		{ "Up", "\033OA" },      { "Down", "\033OB" },     { "Right", "\033OC" },     { "Left", "\033OD" },
		{ "Home", "\033OH" },    { "End", "\033OF" },      { "PgUp", "\033[5~" },     { "PgDn", "\033[6~" },
		{ "Ins", "\033[2~" },    { "Del", "\033[3~" },     { "F1", "\033OP" },        { "F2", "\033OQ" },
		{ "F3", "\033OR" },      { "F4", "\033OS" },       { "F5", "\033[15~" },      { "F6", "\033[17~" },
		{ "F7", "\033[18~" },    { "F8", "\033[19~" },     { "F9", "\033[20~" },      { "F10", "\033[21~" },
		{ "F11", "\033[23~" },   { "F12", "\033[24~" },    { "Esc", "\033" },         { "lt", "<" },
		{ "Ctrl-A", "\001" },    { "Ctrl-C", "\003" },     { "Ctrl-E", "\005" },      { "Ctrl-K", "\013" },
		{ "Ctrl-L", "\014" },    { "Ctrl-U", "\025" },     { "Ctrl-W", "\027" },      { "Ctrl-Y", "\031" },
		{ "Ctrl-Z", "\032" },    { "Ctrl-Left", "\033[1;5D" }, { "Ctrl-Right", "\033[1;5C" },
		{ "Ctrl-Home", "\033[1;5H" }, { "Ctrl-End", "\033[1;5F" },
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (strlen(keys[i].name) == len && strncmp(keys[i].name, name, len) == 0)
			return keys[i].bytes;
	}
	fail_msg("no such key: <%.*s>", (int)len, name);
	return NULL;
}

bool screen_keys(struct screen_test *test, struct loop *loop, const char *keys)
{
	bool goes_on = true;

	while (*keys != '\0' && goes_on) {
		const char *bytes = keys;
		size_t len = strcspn(keys, "<");
		if (len == 0) {
			const char *end = strchr(keys, '>');
			assert_non_null(end);
			bytes = sequence_of(keys + 1, (size_t)(end - keys - 1));
			len = strlen(bytes);
			keys = end + 1;
		} else {
			keys += len;
		}
		goes_on = screen_feed(test, loop, bytes, len);
		if (goes_on && strcmp(bytes, "\033") == 0) {
			test->now_ms += 1000; /* nothing follows it */
			goes_on = loop_run_until_idle(loop);
			drain(test);
		}
	}
	return goes_on;
}

size_t screen_bytes(struct screen_test *test)
{
	size_t fresh;

	drain(test);
	fresh = test->output.len - test->asked;
	test->asked = test->output.len;
	return fresh;
}

const char *screen_output(struct screen_test *test, size_t *len)
{
	drain(test);
	*len = test->output.len - test->asked;
	return str_text(&test->output) + test->asked;
}

char *screen_text(void)
{
	return term_screen_text();
}

/* Line by line: cmocka cuts a long message, in the middle of a character. */
static void print_screen(const char *heading, const char *screen)
{
	print_error("--- %s\n", heading);
	while (*screen != '\0') {
		const int len = (int)strcspn(screen, "\n");
		print_error("%.*s\n", len, screen);
		screen += len + (screen[len] == '\n' ? 1 : 0);
	}
}

void screen_shows(const char *text)
{
	char *screen = screen_text();

	if (strstr(screen, text) == NULL) {
		print_screen("seen", screen);
		fail_msg("\"%s\" is not on the screen", text);
	}
	free(screen);
}

void screen_hides(const char *text)
{
	char *screen = screen_text();

	if (strstr(screen, text) != NULL) {
		print_screen("seen", screen);
		fail_msg("\"%s\" is on the screen", text);
	}
	free(screen);
}

void screen_golden(const char *name)
{
	char *path = str_format("%s/tests/screen/golden/%s.txt", getenv("YW_SOURCE") != NULL ? getenv("YW_SOURCE") : ".", name);
	char *screen = screen_text(), *golden;
	struct err err;
	size_t len;

	if (getenv("YW_UPDATE_GOLDEN") != NULL) {
		if (!path_write(path, screen, strlen(screen), 0644, &err))
			fail_msg("%s", err.text);
	} else {
		golden = path_read(path, OUT_MOST, &len, &err);
		if (golden == NULL)
			fail_msg("%s", err.text);
		if (strcmp(golden, screen) != 0) {
			print_screen("expected", golden);
			print_screen("seen", screen);
			fail_msg("%s differs", name);
		}
		free(golden);
	}
	free(screen);
	free(path);
}
