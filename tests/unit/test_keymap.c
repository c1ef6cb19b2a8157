/* Bytes of every terminal become keys; keys become actions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tui/action.h"
#include "tui/key.h"
#include "tui/term_console.h"

enum { ESCAPE_MS = 50, DIGIT_MS = 400 };

static struct key_reader *reader;

static int set_up(void **state)
{
	(void)state;
	reader = key_reader_new("UTF-8", ESCAPE_MS, DIGIT_MS);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	key_reader_free(&reader);
	return 0;
}

static void feed(const char *bytes, int64_t now_ms)
{
	key_reader_feed(reader, bytes, strlen(bytes), now_ms);
}

static void expect_named(int64_t now_ms, int code, unsigned mods)
{
	struct key key;

	assert_true(key_reader_take(reader, now_ms, &key));
	assert_int_equal(key.kind, KEY_NAMED);
	assert_int_equal(key.code, code);
	assert_int_equal(key.mods, mods);
}

static void expect_text(int64_t now_ms, enum key_kind kind, const char *text)
{
	struct key key;

	assert_true(key_reader_take(reader, now_ms, &key));
	assert_int_equal(key.kind, kind);
	assert_string_equal(key.text, text);
	assert_int_equal(key.len, strlen(text));
}

static void expect_nothing(int64_t now_ms)
{
	struct key key;

	assert_false(key_reader_take(reader, now_ms, &key));
}

static void test_function_keys_of_every_terminal(void **state)
{
	static const struct {
		const char *bytes;
		int code;
		unsigned mods;
	} cases[] = {
		{ "\033OP", K_F1, 0 },       { "\033[11~", K_F1, 0 },    { "\033[[A", K_F1, 0 },     { "\033[P", K_F1, 0 },
		{ "\033OQ", K_F2, 0 },       { "\033[12~", K_F2, 0 },    { "\033[[B", K_F2, 0 },     { "\033OS", K_F4, 0 },
		{ "\033[[E", K_F5, 0 },      { "\033[15~", K_F5, 0 },    { "\033[17~", K_F6, 0 },    { "\033[18~", K_F7, 0 },
		{ "\033[19~", K_F8, 0 },     { "\033[20~", K_F9, 0 },    { "\033[21~", K_F10, 0 },   { "\033[23~", K_F11, 0 },
		{ "\033[24~", K_F12, 0 },    { "\033[1;2P", K_F1, KEY_SHIFT }, { "\033[20;5~", K_F9, KEY_CTRL },
		{ "\033[25~", K_F1, KEY_SHIFT }, { "\033[11^", K_F1, KEY_CTRL }, { "\033O2Q", K_F2, KEY_SHIFT },
		{ "\033[A", K_UP, 0 },       { "\033OA", K_UP, 0 },      { "\033[1;5A", K_UP, KEY_CTRL },
		{ "\033Oa", K_UP, KEY_CTRL }, { "\033[a", K_UP, KEY_SHIFT }, { "\033\033[A", K_UP, KEY_ALT },
		{ "\033[1~", K_HOME, 0 },    { "\033[7~", K_HOME, 0 },   { "\033[H", K_HOME, 0 },    { "\033OH", K_HOME, 0 },
		{ "\033[4~", K_END, 0 },     { "\033[8~", K_END, 0 },    { "\033[F", K_END, 0 },     { "\033[5~", K_PAGE_UP, 0 },
		{ "\033[6~", K_PAGE_DOWN, 0 }, { "\033[5$", K_PAGE_UP, KEY_SHIFT }, { "\033[2~", K_INSERT, 0 },
		{ "\033[3~", K_DELETE, 0 },  { "\033[Z", K_BACKTAB, 0 }, { "\033OM", K_ENTER, 0 },
		{ "\r", K_ENTER, 0 },        { "\n", K_ENTER, 0 },       { "\t", K_TAB, 0 },         { "\b", K_BACKSPACE, 0 },
		{ "\177", K_BACKSPACE, 0 },  { "\023", 's', KEY_CTRL },  { "\037", '_', KEY_CTRL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		feed(cases[i].bytes, 0);
		expect_named(0, cases[i].code, cases[i].mods);
		expect_nothing(0);
	}
}

static void test_escape_and_digit(void **state)
{
	(void)state;
	feed("\0330", 0);
	expect_named(0, K_F10, 0);
	feed("\033", 0);
	expect_nothing(DIGIT_MS - 1);
	assert_int_equal(key_reader_wait_ms(reader, 100), DIGIT_MS - 100);
	feed("9", 300);
	expect_named(300, K_F9, 0);
	assert_int_equal(key_reader_wait_ms(reader, 300), -1);
}

static void test_escape_alone(void **state)
{
	(void)state;
	feed("\033", 0);
	expect_named(DIGIT_MS, K_ESC, 0);
	expect_nothing(DIGIT_MS);
	/* Typed by hand, then a letter: both count. */
	feed("\033", 1000);
	feed("a", 1000 + ESCAPE_MS);
	expect_named(1100, K_ESC, 0);
	expect_text(1100, KEY_TEXT, "a");
	/* Twice: the first at once. */
	feed("\033", 2000);
	feed("\033", 2010);
	expect_named(2010, K_ESC, 0);
	expect_named(2010 + DIGIT_MS, K_ESC, 0);
}

static void test_torn_sequence_on_a_slow_line(void **state)
{
	(void)state;
	feed("\033", 0);
	feed("[", 150);
	expect_nothing(150);
	feed("20", 300);
	expect_nothing(300);
	feed("~x", 450);
	expect_named(450, K_F9, 0);
	expect_text(450, KEY_TEXT, "x");
}

static void test_unknown_sequences_are_swallowed_whole(void **state)
{
	static const char *const unknown[] = {
		"\033[99~", "\033[>0;276;0c", "\033[?62;22c", "\033[1;2;3;4;5;6X", "\033]11;rgb:0000/0000/0000\007",
		"\033]10;x\033\\", "\033P>|xterm(372)\033\\", "\033a", "\033\xe4\xb8\xad", "\033[200;1z", "\033Oz",
		"\033[?12;2$y", "\033[", "\033[12", "\033]never ended", "\033P",
	};
	(void)state;
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		feed(unknown[i], (int64_t)i * 10000);
		expect_nothing((int64_t)i * 10000);
		expect_nothing((int64_t)i * 10000 + DIGIT_MS);
		feed("k", (int64_t)i * 10000 + 5000);
		expect_text((int64_t)i * 10000 + 5000, KEY_TEXT, "k");
	}
}

static void test_burst_is_one_text(void **state)
{
	(void)state;
	feed("机房温度正常\r2", 0);
	expect_text(0, KEY_TEXT, "机房温度正常");
	expect_named(0, K_ENTER, 0);
	expect_text(0, KEY_TEXT, "2");
	/* A character torn by the line. */
	feed("\xe4\xb8", 10);
	expect_nothing(10);
	feed("\xad", 20);
	expect_text(20, KEY_TEXT, "中");
}

static void test_bad_bytes_become_replacement_characters(void **state)
{
	(void)state;
	feed("a\xff\xc0" "b", 0);
	expect_text(0, KEY_TEXT, "a\xef\xbf\xbd\xef\xbf\xbd" "b");
	feed("\xe4\xb8", 100); /* its rest never comes */
	expect_nothing(100);
	expect_text(100 + DIGIT_MS, KEY_TEXT, "\xef\xbf\xbd\xef\xbf\xbd");
}

static void test_keypad_of_putty_types_digits(void **state)
{
	(void)state;
	feed("\033Oq\033On\033Oy", 0);
	expect_text(0, KEY_TEXT, "1");
	expect_text(0, KEY_TEXT, ".");
	expect_text(0, KEY_TEXT, "9");
}

static void test_paste(void **state)
{
	(void)state;
	feed("\033[200~一\r\n二\r三\033[A<C>\033[2", 0);
	expect_nothing(0);
	feed("01~x", 10);
	expect_text(10, KEY_PASTED, "一\n二\n三\033[A<C>");
	expect_text(10, KEY_TEXT, "x");
	feed("\033[200~lost", 100); /* the line that brought the end was cut */
	expect_nothing(200);
	expect_text(1200, KEY_PASTED, "lost");
}

static void test_long_paste(void **state)
{
	enum { MEGABYTES = 4 << 20 };
	char *bytes = mem_zeroed(MEGABYTES + 1, 1);
	struct key key;

	(void)state;
	memset(bytes, 'x', MEGABYTES);
	feed("\033[200~", 0);
	for (size_t at = 0; at < MEGABYTES; at += 4096) {
		key_reader_feed(reader, bytes + at, 4096, 0);
		assert_false(key_reader_take(reader, 0, &key));
	}
	feed("\033[201~", 0);
	assert_true(key_reader_take(reader, 0, &key));
	assert_int_equal(key.len, MEGABYTES);
	free(bytes);
}

static void test_gb18030(void **state)
{
	struct key_reader *gb = key_reader_new("GB18030", ESCAPE_MS, DIGIT_MS);
	struct key key;

	(void)state;
	key_reader_feed(gb, "\xd6\xd0\xce\xc4\x81", 5, 0); /* the last one is half of a character */
	assert_true(key_reader_take(gb, 0, &key));
	assert_string_equal(key.text, "中文");
	key_reader_feed(gb, "\x30\x81\x30", 3, 1);
	assert_true(key_reader_take(gb, 1, &key));
	assert_string_equal(key.text, "\xc2\x80");
	key_reader_free(&gb);
}

static void test_sequence_of_the_terminfo_entry(void **state)
{
	(void)state;
	key_reader_define(reader, "\033[224z", K_F1, 0);
	key_reader_define(reader, "\033OP", K_F12, 0); /* known: stays F1 */
	feed("\033[224z\033OP", 0);
	expect_named(0, K_F1, 0);
	expect_named(0, K_F1, 0);
}

static void test_names(void **state)
{
	static const struct {
		const char *spec, *shown;
		int code;
		unsigned mods;
	} cases[] = {
		{ "F9", "F9", K_F9, 0 },         { "f10", "F10", K_F10, 0 },      { "Ctrl-S", "Ctrl-S", 's', KEY_CTRL },
		{ "Shift-Tab", "BackTab", K_BACKTAB, 0 }, { "Shift-F3", "Shift-F3", K_F3, KEY_SHIFT }, { "1", "1", '1', 0 },
		{ "/", "/", '/', 0 },            { "PgUp", "PgUp", K_PAGE_UP, 0 }, { "Alt-Left", "Alt-Left", K_LEFT, KEY_ALT },
	};
	static const char *const wrong[] = { "", "F13", "F0", "Ctrl-", "Ctrl-1", "Enterr", "ab", "Alt-x" };
	char name[KEY_NAME_SIZE];
	unsigned mods;
	int code;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(key_parse(cases[i].spec, strlen(cases[i].spec), &code, &mods));
		assert_int_equal(code, cases[i].code);
		assert_int_equal(mods, cases[i].mods);
		assert_string_equal(key_label(code, mods, name), cases[i].shown);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(key_parse(wrong[i], strlen(wrong[i]), &code, &mods));
}

enum { A_SAVE = 1, A_OPEN, A_HELP, A_FIRST };
enum { NEEDS_ROW = 1, NEEDS_RIGHT = 2 };

static const struct action table[] = {
	{ A_SAVE, "save", "F2 Ctrl-S", "Save", "Keeps the draft.", 0 },
	{ A_OPEN, "open", "Enter", "Open", "Opens the row.", NEEDS_ROW | NEEDS_RIGHT },
	{ A_HELP, "help", "F1", "Help", "Says what the keys do.", 0 },
	{ A_FIRST, "first", "1", "First", "The first.", 0 },
};
static const struct action_need needs[] = {
	{ NEEDS_ROW, "There is no row." },
	{ NEEDS_RIGHT, "Not permitted." },
};
static const int list_map[] = { A_SAVE, A_OPEN, A_FIRST, 0 };
static const int global_map[] = { A_HELP, 0 };

static struct actions *make_actions(void)
{
	struct actions *actions = actions_new(table, 4, needs, 2, NULL);

	assert_non_null(actions);
	return actions;
}

static void test_action_map(void **state)
{
	struct actions *actions = make_actions();
	const struct key f1 = { .kind = KEY_NAMED, .code = K_F1 }, one = { .kind = KEY_TEXT, .text = "1", .len = 1 };
	const struct key save = { .kind = KEY_NAMED, .code = 's', .mods = KEY_CTRL };

	(void)state;
	assert_int_equal(actions_find(actions, list_map, global_map, &f1, false), A_HELP);
	assert_int_equal(actions_find(actions, list_map, NULL, &f1, false), 0);
	assert_int_equal(actions_find(actions, list_map, global_map, &save, false), A_SAVE);
	assert_int_equal(actions_find(actions, list_map, global_map, &one, false), A_FIRST);
	assert_int_equal(actions_find(actions, list_map, global_map, &one, true), 0); /* it is being typed */
	assert_int_equal(actions_find(actions, NULL, NULL, &one, false), 0);
	actions_free(&actions);
}

static void test_action_says_why_not(void **state)
{
	struct actions *actions = make_actions();

	(void)state;
	assert_string_equal(actions_why_not(actions, A_OPEN, 0), "There is no row.");
	assert_string_equal(actions_why_not(actions, A_OPEN, NEEDS_ROW), "Not permitted.");
	assert_null(actions_why_not(actions, A_OPEN, NEEDS_ROW | NEEDS_RIGHT));
	assert_null(actions_why_not(actions, A_SAVE, 0));
	actions_free(&actions);
}

static void test_action_keys_can_be_set(void **state)
{
	struct actions *actions = make_actions();
	const struct key f8 = { .kind = KEY_NAMED, .code = K_F8 }, f2 = { .kind = KEY_NAMED, .code = K_F2 };
	char name[KEY_NAME_SIZE];
	struct err err;

	(void)state;
	assert_true(actions_bind(actions, "save", "F8", &err));
	assert_int_equal(actions_find(actions, list_map, NULL, &f8, false), A_SAVE);
	assert_int_equal(actions_find(actions, list_map, NULL, &f2, false), 0);
	assert_string_equal(actions_key(actions, A_SAVE, name), "F8");
	assert_false(actions_bind(actions, "save", "F99", &err));
	assert_false(actions_bind(actions, "nonsense", "F8", &err));
	assert_int_equal(actions_find(actions, list_map, NULL, &f8, false), A_SAVE);
	actions_free(&actions);
}

static void test_action_texts(void **state)
{
	struct actions *actions = make_actions();
	struct str text = STR_INIT;

	(void)state;
	actions_help(actions, list_map, global_map, &text);
	assert_non_null(strstr(str_text(&text), "  F2, Ctrl-S    Save: Keeps the draft.\n"));
	assert_non_null(strstr(str_text(&text), "  F1            Help: Says what the keys do.\n"));
	str_clear(&text);
	actions_manual(actions, &text);
	assert_non_null(strstr(str_text(&text), ".TP\n.B F2, Ctrl-S (save)\nKeeps the draft.\n"));
	str_release(&text);
	actions_free(&actions);
}

static void test_bare_console(void **state)
{
	(void)state;
	assert_true(term_console_is_virtual("linux", "/dev/tty1"));
	assert_true(term_console_is_virtual("linux-16color", "/dev/tty12"));
	assert_false(term_console_is_virtual("linux", "/dev/pts/0"));
	assert_false(term_console_is_virtual("linux", "/dev/ttyS0"));
	assert_false(term_console_is_virtual("linux", "/dev/tty"));
	assert_false(term_console_is_virtual("linux", NULL));
	assert_false(term_console_is_virtual("xterm-256color", "/dev/tty1")); /* kmscon */
	assert_false(term_console_is_virtual(NULL, "/dev/tty1"));
	assert_true(term_console_is_drawer("fbterm"));
	assert_false(term_console_is_drawer("bash"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_function_keys_of_every_terminal, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_escape_and_digit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_escape_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_torn_sequence_on_a_slow_line, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unknown_sequences_are_swallowed_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_burst_is_one_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_bytes_become_replacement_characters, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_keypad_of_putty_types_digits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_paste, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_long_paste, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_gb18030, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sequence_of_the_terminfo_entry, set_up, tear_down),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_action_map),
		cmocka_unit_test(test_action_says_why_not),
		cmocka_unit_test(test_action_keys_can_be_set),
		cmocka_unit_test(test_action_texts),
		cmocka_unit_test(test_bare_console),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
