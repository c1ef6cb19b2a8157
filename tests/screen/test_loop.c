/* The loop and the terminal: stack, notices, ticks, signals, size, scripts, other codesets. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/str.h"
#include "base/utf8.h"
#include "support/screen.h"
#include "tui/choice.h"
#include "tui/dialog.h"
#include "tui/input.h"
#include "tui/script.h"
#include "tui/view.h"
#include "tui/viewer.h"

enum { A_HELP = 1, A_QUIT, A_NEW, A_OPEN, A_EXPORT };
enum { NEEDS_ROW = 1 };
static const struct action table[] = {
	{ A_HELP, "help", "F1", "Help", "Says what the keys do.", 0 },
	{ A_QUIT, "quit", "F10", "Leave", "Leaves.", 0 },
	{ A_NEW, "new", "2 F2", "新建", "Opens a new form.", 0 },
	{ A_OPEN, "open", "F4", "Open", "Opens the row.", NEEDS_ROW },
	{ A_EXPORT, "export", "F6", "Export", "Writes a file.", 0 },
};
static const struct action_need needs[] = { { NEEDS_ROW, "There is no row here." } };
static const int bench_actions[] = { A_NEW, A_OPEN, A_EXPORT, 0 };
static const int global_actions[] = { A_HELP, A_QUIT, 0 };

static struct {
	char text[256];   /* what the bench shows */
	int ticks, resumed, laid_out_rows, laid_out_cols, reloads, idles, steps;
	bool whole, cancelled, done, freed;
	enum leave left;
	int paints;
} seen;

static struct screen_test *terminal;
static struct loop *loop;
static struct actions *actions;

/* A second full screen with one input, which closes on Esc. */
struct editor {
	struct input *input;
};

static void editor_paint(void *self, struct pane *pane, bool whole)
{
	(void)whole;
	view_header(pane, "编辑", NULL);
	input_paint(((struct editor *)self)->input, pane, 2, 4, 30, true);
}

static enum react editor_handle(void *self, struct loop *l, int action, const struct key *key)
{
	(void)l, (void)action;
	if (key_is(key, K_ESC, 0))
		return REACT_CLOSE;
	return input_key(((struct editor *)self)->input, key) == INPUT_IGNORED ? REACT_IGNORED : REACT_PAINT;
}

static bool editor_takes_text(const void *self)
{
	(void)self;
	return true;
}

static void editor_leave(void *self, struct loop *l, enum leave why)
{
	(void)l;
	seen.left = why;
	(void)str_copy(seen.text, sizeof seen.text, input_text(((struct editor *)self)->input));
}

static void editor_free(void *self)
{
	input_free(&((struct editor *)self)->input);
	free(self);
	seen.freed = true;
}

static const struct screen editor_screen = {
	.name = "editor", .paint = editor_paint, .handle = editor_handle, .takes_text = editor_takes_text,
	.leave = editor_leave, .free = editor_free,
};

static void bench_paint(void *self, struct pane *pane, bool whole)
{
	(void)self;
	seen.whole = whole;
	seen.paints++;
	view_header(pane, "工作台", "张三");
	draw_cell(pane, 2, 1, 60, STYLE_TEXT, seen.text);
	draw_frame(pane, (struct rect){ 4, 0, 14, pane_cols(pane) }, "今日应办");
	for (int row = 5; row < 17; row++)
		draw_text(pane, row, row % 2 + 1, 76, STYLE_TEXT,
		          "网络安全运维管理制度崇阳县自然资源和规划局网络安全运维管理制度崇阳县自然资源和规划局");
	draw_caret(pane, 2, 1);
}

static enum work_state step(void *self, int *permille, struct str *what, struct err *err)
{
	seen.steps++;
	*permille = seen.steps * 10;
	str_addf(what, "第 %d 张", seen.steps);
	if (seen.steps == 50 && self != NULL) {
		(void)err_set(err, ERR_SYSTEM, "The disk is full.");
		return WORK_FAILED;
	}
	return seen.steps == 100 ? WORK_DONE : WORK_MORE;
}

static enum react done(void *self, struct loop *l, bool cancelled, const struct err *err)
{
	(void)self, (void)l;
	seen.cancelled = cancelled;
	seen.done = true;
	if (err != NULL)
		loop_notice_err(l, err);
	return REACT_RELOAD;
}

static enum react bench_handle(void *self, struct loop *l, int action, const struct key *key)
{
	struct editor *editor;

	(void)self, (void)key;
	switch (action) {
	case A_NEW:
		editor = calloc(1, sizeof *editor);
		assert_non_null(editor);
		editor->input = input_new(&(struct input_options){ .max_chars = 100 });
		loop_push(l, &editor_screen, editor);
		return REACT_NONE;
	case A_EXPORT:
		seen.steps = 0;
		loop_work(l, &(struct work){ .title = "导出", .step = step, .done = done }, NULL);
		return REACT_NONE;
	default:
		return REACT_IGNORED;
	}
}

static enum react bench_tick(void *self, struct loop *l, int64_t now_ms)
{
	(void)self, (void)l, (void)now_ms;
	seen.ticks++;
	return REACT_NONE;
}

static enum react bench_resumed(void *self, struct loop *l)
{
	(void)self, (void)l;
	seen.resumed++;
	return REACT_RELOAD;
}

static bool bench_reload(void *self, struct loop *l, struct err *err)
{
	(void)self, (void)l, (void)err;
	seen.reloads++;
	return true;
}

static void bench_layout(void *self, int rows, int cols)
{
	(void)self;
	seen.laid_out_rows = rows;
	seen.laid_out_cols = cols;
}

static const struct screen bench_screen = {
	.name = "bench", .flags = SCREEN_TICKS, .actions = bench_actions, .reload = bench_reload, .layout = bench_layout,
	.paint = bench_paint, .handle = bench_handle, .tick = bench_tick, .resumed = bench_resumed,
};

static enum react global_handle(void *context, struct loop *l, int action)
{
	struct str help = STR_INIT;

	(void)context;
	if (action == A_QUIT)
		return REACT_QUIT;
	loop_help(l, &help);
	viewer_open(l, "Help", str_text(&help), NULL);
	str_release(&help);
	return REACT_NONE;
}

static void on_idle(void *context, struct loop *l)
{
	(void)context;
	seen.idles++;
	dialog_message(l, STYLE_TEXT, "已锁屏", "请输入口令");
}

static struct loop_options loop_basics(void)
{
	return (struct loop_options){ .actions = actions, .global = global_actions, .global_handle = global_handle,
		                      .now_ms = screen_now_ms, .clock = terminal };
}

static void start(const struct screen_options *options)
{
	struct loop_options basics;

	memset(&seen, 0, sizeof seen);
	seen.left = (enum leave)-1;
	terminal = screen_open(options);
	actions = actions_new(table, sizeof table / sizeof *table, needs, 1, NULL);
	basics = loop_basics();
	basics.idle_ms = 600000;
	basics.on_idle = on_idle;
	loop = loop_new(&basics);
	loop_push(loop, &bench_screen, NULL);
	assert_true(loop_run_until_idle(loop));
}

static int finish(void **state)
{
	(void)state;
	utf8_set_ambiguous_wide(false);
	loop_free(&loop);
	actions_free(&actions);
	screen_close(&terminal);
	return 0;
}

static bool keys(const char *script)
{
	return screen_keys(terminal, loop, script);
}

static void test_stack(void **state)
{
	(void)state;
	start(NULL);
	screen_golden("loop-bench");
	assert_int_equal(seen.laid_out_rows, 23);
	keys("2负载偏高<Esc>"); /* a digit is an action here, text there */
	assert_string_equal(seen.text, "负载偏高");
	assert_true(seen.freed);
	assert_int_equal(seen.left, LEAVE_CLOSED);
	assert_int_equal(seen.resumed, 1);
	assert_int_equal(seen.reloads, 1);
	screen_shows("工作台");
	screen_shows("负载偏高");
	assert_false(keys("<F10>"));
}

static void test_why_not_is_said_until_the_next_key(void **state)
{
	(void)state;
	start(NULL);
	keys("<F4>");
	screen_shows("There is no row here.");
	keys("<Down>");
	screen_hides("There is no row here.");
	screen_golden("loop-bench");
}

static void test_help_comes_from_the_table(void **state)
{
	(void)state;
	start(NULL);
	keys("<F1>");
	screen_shows("F4            Open: Opens the row.");
	screen_shows("2, F2");
	screen_shows("F10           Leave: Leaves.");
	keys("<Esc>");
	screen_golden("loop-bench");
}

static void test_popup_over_wide_glyphs(void **state)
{
	static const struct choice_item items[] = { { "甲", NULL, false }, { "乙", NULL, false } };

	(void)state;
	start(NULL);
	choice_open(loop, &(struct choice_options){ .title = "选", .items = items, .count = 2 });
	(void)loop_run_until_idle(loop);
	screen_golden("loop-popup");
	keys("<Esc>");
	screen_golden("loop-bench"); /* whole glyphs again */
}

static void test_resize(void **state)
{
	(void)state;
	start(NULL);
	keys("2字");
	term_resize(40, 120);
	term_post_events(TERM_RESIZED);
	assert_true(loop_run_until_idle(loop));
	screen_shows("编辑");
	screen_shows("字");
	keys("<Esc>");
	assert_int_equal(seen.laid_out_rows, 39);
	assert_int_equal(seen.laid_out_cols, 120);
	dialog_message(loop, STYLE_TEXT, NULL, "在中间");
	(void)loop_run_until_idle(loop);
	term_resize(24, 80);
	term_post_events(TERM_RESIZED);
	keys("x");
	screen_shows("在中间");
	keys("<Enter>");
	screen_hides("在中间");
}

static void test_too_small(void **state)
{
	(void)state;
	start(NULL);
	keys("2写了一半");
	dialog_message(loop, STYLE_TEXT, NULL, "对话");
	(void)loop_run_until_idle(loop);
	term_resize(10, 40);
	term_post_events(TERM_RESIZED);
	assert_true(loop_run_until_idle(loop));
	screen_shows("At least 80 x 24");
	keys("x<Enter><Esc><F10>"); /* means nothing now */
	term_resize(24, 80);
	term_post_events(TERM_RESIZED);
	assert_true(loop_run_until_idle(loop));
	screen_shows("对话");
	keys("<Enter>");
	screen_shows("写了一半_");
}

static void test_no_end_of_screens(void **state)
{
	(void)state;
	start(NULL);
	for (int i = 0; i < 100; i++)
		dialog_message(loop, STYLE_TEXT, NULL, "noch eins");
	(void)loop_run_until_idle(loop);
	screen_shows("Too many screens");
	for (int i = 0; i < 63; i++)
		keys("<Enter>");
	screen_golden("loop-bench");
}

static void test_hang_up_keeps_the_draft(void **state)
{
	(void)state;
	start(NULL);
	keys("2写了一半");
	term_post_events(TERM_HUNGUP);
	assert_false(loop_run_until_idle(loop));
	assert_int_equal(seen.left, LEAVE_HANGUP);
	assert_string_equal(seen.text, "写了一半");
	assert_true(seen.freed);
	assert_false(loop_run(loop)); /* ended by hang-up */
}

static void test_signals_become_flags(void **state)
{
	(void)state;
	start(NULL);
	assert_int_equal(raise(SIGWINCH), 0);
	assert_int_equal(term_take_events(), TERM_RESIZED);
	assert_int_equal(raise(SIGHUP), 0);
	assert_int_equal(raise(SIGTERM), 0);
	assert_int_equal(term_take_events(), TERM_HUNGUP);
	assert_int_equal(term_take_events(), 0);
}

static void test_ticks_and_idle(void **state)
{
	(void)state;
	start(NULL);
	screen_pass(terminal, loop, 1000);
	screen_pass(terminal, loop, 1000);
	assert_int_equal(seen.ticks, 2);
	screen_pass(terminal, loop, 598000);
	assert_int_equal(seen.idles, 1);
	screen_shows("已锁屏");
	screen_pass(terminal, loop, 600000); /* once */
	assert_int_equal(seen.idles, 1);
	keys("<Enter>");
	screen_pass(terminal, loop, 600000);
	assert_int_equal(seen.idles, 2);
}

static void test_nothing_is_sent_when_nothing_changed(void **state)
{
	(void)state;
	start(NULL);
	(void)screen_bytes(terminal);
	keys("<Down><Ctrl-A>");
	screen_pass(terminal, loop, 1000);
	loop_want(loop, NULL, REACT_REDRAW);
	(void)loop_run_until_idle(loop);
	assert_int_equal(screen_bytes(terminal), 0);
	keys("<Ctrl-L>");
	assert_true(screen_bytes(terminal) > 1000);
}

static void test_burst_is_painted_once(void **state)
{
	int before;

	(void)state;
	start(NULL);
	before = seen.paints;
	keys("<Down>");
	screen_feed(terminal, loop, "xyzxyzxyz\033[A\033[B", 15);
	assert_true(seen.paints - before <= 2);
}

static void test_long_work(void **state)
{
	(void)state;
	start(NULL);
	keys("<F6>");
	assert_true(seen.done && !seen.cancelled);
	assert_int_equal(seen.steps, 100);
	assert_int_equal(seen.reloads, 1);
	screen_golden("loop-bench");
	seen.done = false;
	seen.steps = 0;
	loop_work(loop, &(struct work){ .title = "导出", .step = step, .done = done }, &seen);
	assert_true(loop_run_until_idle(loop));
	assert_int_equal(seen.steps, 50);
	screen_shows("The disk is full.");
}

static enum work_state endless(void *self, int *permille, struct str *what, struct err *err)
{
	(void)self, (void)err;
	*permille = 420;
	str_add(what, "登记簿 3/12");
	seen.steps++;
	return WORK_MORE;
}

static void test_long_work_can_be_cancelled(void **state)
{
	(void)state;
	start(NULL);
	loop_work(loop, &(struct work){ .title = "导出", .step = endless, .done = done }, NULL);
	loop_show(loop);
	screen_golden("loop-work");
	loop_feed(loop, &(struct key){ .kind = KEY_NAMED, .code = K_ESC });
	assert_true(seen.done && seen.cancelled);
	assert_true(loop_run_until_idle(loop));
	screen_golden("loop-bench");
}

static void test_script(void **state)
{
	char path[] = "/tmp/yw-script-XXXXXX", *text, *saved;
	const int file = mkstemp(path);
	struct loop_options options;
	struct script *script;
	struct err err;
	size_t len;

	(void)state;
	start(NULL);
	loop_free(&loop);
	assert_true(file >= 0);
	text = str_format("# a remark\n2负载<lt>80%%<Backspace>\n:expect 负载<80_\n:paste 一\\n二\n:save-screen %s\n:tick 3\n<Esc>\n"
	                  ":expect 工作台\n", path);
	script = script_new("demo.script", text, &err);
	assert_non_null(script);
	options = loop_basics();
	script_drive(script, &options);
	loop = loop_new(&options);
	loop_push(loop, &bench_screen, NULL);
	assert_true(loop_run(loop));
	assert_true(script_result(script, &err));
	assert_int_equal(seen.ticks, 3);
	assert_string_equal(seen.text, "负载<80一 二");
	saved = path_read(path, 100000, &len, &err);
	assert_non_null(strstr(saved, "负载<80一 二"));
	free(saved);
	script_free(&script);
	(void)close(file);
	(void)unlink(path);
	free(text);
}

static void test_script_says_what_failed(void **state)
{
	static const char *const wrong[] = { "<Nokey>", ":nothing", "abc<", "\xff" };
	struct loop_options options;
	struct script *script;
	struct err err;

	(void)state;
	start(NULL);
	loop_free(&loop);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_null(script_new("x", wrong[i], &err));
	script = script_new("demo.script", "<Down>\n:expect 没有的字\n<F10>\n", &err);
	options = loop_basics();
	script_drive(script, &options);
	loop = loop_new(&options);
	loop_push(loop, &bench_screen, NULL);
	(void)loop_run(loop);
	assert_false(script_result(script, &err));
	assert_non_null(strstr(err.text, "demo.script:2: "));
	script_free(&script);
}

static void test_ambiguous_width(void **state)
{
	int row, col;

	(void)state;
	utf8_set_ambiguous_wide(true);
	start(NULL);
	keys("2“①℃”");
	term_cursor(&row, &col);
	assert_int_equal(col, 4 + 8); /* curses agrees: the caret stands behind the text */
	screen_shows("“①℃”_");
}

static void test_other_terminals(void **state)
{
	static const char *const types[] = { "linux", "vt220", "putty", "rxvt", "screen-256color", "tmux-256color", "xterm",
		                             "nobody-knows-this-one" };
	(void)state;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		start(&(struct screen_options){ .type = types[i] });
		screen_golden("loop-bench");
		keys("2机房<Esc>");
		screen_shows("机房");
		(void)finish(NULL);
	}
}

static void test_no_terminal_at_all(void **state)
{
	struct err err;

	(void)state;
	assert_false(term_open(&(struct term_options){ .type = "dumb" }, &err));
	assert_non_null(strstr(err.text, "dumb"));
	assert_false(term_is_open());
	term_restore(); /* does nothing */
}

/* The other end of a line gets what was written piece by piece: reads until LAST has come (5 s at most a piece). */
static void read_until(int master, char *bytes, size_t size, const char *last)
{
	struct pollfd ready = { .fd = master, .events = POLLIN };
	size_t len = 0;

	bytes[0] = '\0';
	while (strstr(bytes, last) == NULL && len + 1 < size && poll(&ready, 1, 5000) > 0) {
		const ssize_t got = read(master, bytes + len, size - 1 - len);

		if (got <= 0)
			return;
		len += (size_t)got;
		bytes[len] = '\0';
	}
}

/* On a real line discipline: raw while open, exactly as before afterwards, even after an emergency. */
static void test_line_is_given_back(void **state)
{
	const int master = posix_openpt(O_RDWR | O_NOCTTY);
	struct termios before = { 0 }, during = { 0 }, after = { 0 };
	struct err err;
	FILE *in, *out;
	char *name, bytes[65536];

	(void)state;
	assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
	name = ptsname(master);
	in = fopen(name, "r");
	out = fopen(name, "w");
	assert_true(in != NULL && out != NULL);
	assert_int_equal(tcgetattr(fileno(in), &before), 0);
	assert_true((before.c_iflag & IXON) != 0 && (before.c_lflag & ICANON) != 0);
	for (int emergency = 0; emergency < 2; emergency++) {
		assert_true(term_open(&(struct term_options){ .in = in, .out = out, .type = "xterm", .rows = 24, .cols = 80 }, &err));
		assert_int_equal(tcgetattr(fileno(in), &during), 0);
		assert_int_equal(during.c_iflag & IXON, 0);
		assert_int_equal(during.c_lflag & (ICANON | ECHO | ISIG), 0);
		if (emergency == 1) {
			term_restore();
			assert_int_equal(tcgetattr(fileno(in), &after), 0);
			assert_memory_equal(&before, &after, sizeof before);
		}
		term_close();
		assert_int_equal(tcgetattr(fileno(in), &after), 0);
		assert_memory_equal(&before, &after, sizeof before);
	}
	read_until(master, bytes, sizeof bytes, "\033[?2004l");
	assert_non_null(strstr(bytes, "\033[?2004h"));
	assert_non_null(strstr(bytes, "\033[?2004l"));
	(void)fclose(in);
	(void)fclose(out);
	(void)close(master);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, finish)
	const struct CMUnitTest tests[] = {
		TEST(test_stack), TEST(test_why_not_is_said_until_the_next_key), TEST(test_help_comes_from_the_table),
		TEST(test_popup_over_wide_glyphs), TEST(test_no_end_of_screens), TEST(test_resize), TEST(test_too_small), TEST(test_hang_up_keeps_the_draft),
		TEST(test_signals_become_flags), TEST(test_ticks_and_idle), TEST(test_nothing_is_sent_when_nothing_changed),
		TEST(test_burst_is_painted_once), TEST(test_long_work), TEST(test_long_work_can_be_cancelled),
		TEST(test_script), TEST(test_script_says_what_failed), TEST(test_ambiguous_width), TEST(test_other_terminals),
		TEST(test_no_terminal_at_all), TEST(test_line_is_given_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
