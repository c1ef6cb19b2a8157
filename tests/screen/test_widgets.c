/* Every widget: keys in, screen text out; bad input; bytes on the line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "support/screen.h"
#include "tui/area.h"
#include "tui/calendar.h"
#include "tui/choice.h"
#include "tui/dialog.h"
#include "tui/input.h"
#include "tui/menu.h"
#include "tui/table.h"
#include "tui/view.h"
#include "tui/viewer.h"

enum { A_HELP = 1, A_SAVE, A_QUIT, A_ROW };
enum { NEEDS_ROW = 1 };
static const struct action table_of_actions[] = {
	{ A_HELP, "help", "F1", "Help", "Says what the keys do.", 0 },
	{ A_SAVE, "save", "F9", "Save", "Saves.", 0 },
	{ A_QUIT, "quit", "F10", "Leave", "Leaves.", 0 },
	{ A_ROW, "row", "F4", "Row", "Needs a row.", NEEDS_ROW },
};
static const struct action_need needs[] = { { NEEDS_ROW, "There is no row here." } };
static const int form_actions[] = { A_SAVE, A_ROW, 0 };
static const int global_actions[] = { A_HELP, A_QUIT, 0 };

/* A form of two inputs and an area, as a screen would be written. */
struct form {
	struct input *inputs[2];
	struct area *area;
	int focus;
	int saved, ticks;
	char answer[256];
	bool left_by_hangup;
};

static void form_paint(void *self, struct pane *pane, bool whole)
{
	struct form *form = self;
	static const char *const labels[] = { "市电输入电压", "申请人" };

	(void)whole;
	view_header(pane, "机房日常巡检 · 新建", "张三");
	view_banner(pane, 1, "本系统为非涉密系统，严禁录入、存储、传输国家秘密和工作秘密");
	draw_frame(pane, (struct rect){ 2, 0, 12, pane_cols(pane) }, "供电");
	for (int i = 0; i < 2; i++) {
		struct view_field field = { .label = labels[i], .required = i == 0, .focused = form->focus == i,
			                    .value_cols = 20, .unit = i == 0 ? "V" : NULL, .has_choices = i == 1,
			                    .hint = i == 0 ? "上次 220.0    正常 198–242" : NULL };
		int col = view_field(pane, 3 + i, 2, pane_cols(pane) - 4, 16, &field);
		input_paint(form->inputs[i], pane, 3 + i, col, 20 - i, form->focus == i);
	}
	view_mark(pane, 6, 2, form->focus == 2);
	area_paint(form->area, pane, (struct rect){ 6, 3, 5, 40 }, form->focus == 2);
}

static enum react form_handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct form *form = self;
	enum input_result result;

	(void)loop;
	if (action == A_SAVE) {
		form->saved++;
		return REACT_PAINT;
	}
	if (key_is(key, K_TAB, 0)) {
		form->focus = (form->focus + 1) % 3;
		return REACT_PAINT;
	}
	result = form->focus < 2 ? input_key(form->inputs[form->focus], key) : area_key(form->area, key);
	return result == INPUT_IGNORED ? REACT_IGNORED : REACT_PAINT;
}

static enum react form_tick(void *self, struct loop *loop, int64_t now_ms)
{
	(void)loop, (void)now_ms;
	((struct form *)self)->ticks++;
	return REACT_NONE;
}

static bool form_takes_text(const void *self)
{
	(void)self;
	return true;
}

static void form_leave(void *self, struct loop *loop, enum leave why)
{
	(void)loop;
	((struct form *)self)->left_by_hangup = why == LEAVE_HANGUP;
}

static const struct screen form_screen = {
	.name = "form", .flags = SCREEN_TICKS, .actions = form_actions, .paint = form_paint, .handle = form_handle,
	.tick = form_tick, .takes_text = form_takes_text, .leave = form_leave,
};

static struct screen_test *terminal;
static struct loop *loop;
static struct actions *actions;
static struct form form;

static enum react global_handle(void *context, struct loop *l, int action)
{
	(void)context;
	if (action == A_HELP) {
		struct str help = STR_INIT;
		loop_help(l, &help);
		viewer_open(l, "Help", str_text(&help), NULL);
		str_release(&help);
		return REACT_NONE;
	}
	return action == A_QUIT ? REACT_QUIT : REACT_NONE;
}

static void start(const struct screen_options *options)
{
	terminal = screen_open(options);
	actions = actions_new(table_of_actions, 4, needs, 1, NULL);
	assert_non_null(actions);
	form = (struct form){ 0 };
	form.inputs[0] = input_new(&(struct input_options){ .max_chars = 12, .halfwidth = true, .accepts = "0123456789.-" });
	form.inputs[1] = input_new(&(struct input_options){ .max_chars = 40 });
	form.area = area_new(200);
	loop = loop_new(&(struct loop_options){ .actions = actions, .global = global_actions,
	                                        .global_handle = global_handle, .now_ms = screen_now_ms,
	                                        .clock = terminal });
	loop_push(loop, &form_screen, &form);
	assert_true(loop_run_until_idle(loop));
	(void)screen_bytes(terminal);
}

static int finish(void **state)
{
	(void)state;
	loop_free(&loop);
	input_free(&form.inputs[0]);
	input_free(&form.inputs[1]);
	area_free(&form.area);
	actions_free(&actions);
	screen_close(&terminal);
	return 0;
}

static void keys(const char *script)
{
	assert_true(screen_keys(terminal, loop, script));
}

static size_t bytes_of(const char *script)
{
	(void)screen_bytes(terminal);
	keys(script);
	return screen_bytes(terminal);
}

static void test_form(void **state)
{
	(void)state;
	start(NULL);
	screen_golden("form-80x24");
	keys("221.0<Tab>张三<Tab>UPS 负载偏高，新增服务器2台，已申请扩容，等待审批。<Enter>第二行");
	screen_golden("form-filled-80x24");
}

static void test_form_large(void **state)
{
	(void)state;
	start(&(struct screen_options){ .rows = 40, .cols = 120 });
	screen_golden("form-120x40");
}

static void test_form_ascii_on_a_vt220(void **state)
{
	char *attributes;

	(void)state;
	start(&(struct screen_options){ .type = "vt220", .theme = THEME_MONO, .ascii_borders = true });
	screen_golden("form-ascii");
	attributes = term_row_attributes(3);
	assert_int_equal(attributes[2], 'r'); /* the focus shows without colour */
	free(attributes);
	assert_true(term_is_monochrome());
}

static void test_light_on_the_line(void **state)
{
	size_t latin, chinese, next;

	(void)state;
	start(NULL);
	keys("<Tab>");
	latin = bytes_of("a") + bytes_of("b") + bytes_of("c") + bytes_of("d");
	chinese = bytes_of("机") + bytes_of("房") + bytes_of("温") + bytes_of("度");
	next = bytes_of("<Tab>");
	print_message("latin %zu/4, chinese %zu/4, next field %zu\n", latin, chinese, next);
	assert_true(latin <= 6);
	assert_true(chinese <= 16);
	assert_true(next <= 60);
	assert_int_equal(bytes_of("<Ctrl-E>"), 0); /* nothing changed, nothing is sent */
	screen_pass(terminal, loop, 1000);
	assert_int_equal(screen_bytes(terminal), 0);
}

static void test_input_editing(void **state)
{
	(void)state;
	start(NULL);
	keys("<Tab>abc 中文 def<Left><Left><Backspace>X<Home><Del>Y<End>!");
	assert_string_equal(input_text(form.inputs[1]), "Ybc 中文 Xef!");
	keys("<Ctrl-Left><Ctrl-K>");
	assert_string_equal(input_text(form.inputs[1]), "Ybc 中文 Xef");
	keys("<Ctrl-W>");
	assert_string_equal(input_text(form.inputs[1]), "Ybc 中文 ");
	keys("<Ctrl-Z><Ctrl-Z>");
	assert_string_equal(input_text(form.inputs[1]), "Ybc 中文 Xef!");
	keys("<Ctrl-Y>");
	assert_string_equal(input_text(form.inputs[1]), "Ybc 中文 Xef");
	keys("<Ctrl-U>");
	assert_string_equal(input_text(form.inputs[1]), "");
}

static void test_input_refuses_what_cannot_be(void **state)
{
	(void)state;
	start(NULL);
	keys("2２1．5x伏");
	assert_string_equal(input_text(form.inputs[0]), "221.5");
	keys("9999999999999");
	assert_int_equal(utf8_chars(input_text(form.inputs[0])), 12);
}

static void test_input_scrolls(void **state)
{
	int row, col;

	(void)state;
	start(NULL);
	keys("<Tab>一二三四五六七八九十一二三四五六七八九十");
	term_cursor(&row, &col);
	assert_int_equal(row, 4);
	assert_true(col <= 20 + 20);
	screen_shows("九十");
	keys("<Home>");
	screen_shows("[一二三四五六七八九");
}

static void test_caret_goes_by_grapheme(void **state)
{
	(void)state;
	start(NULL);
	keys("<Tab>");
	assert_true(screen_feed(terminal, loop, "e\xcc\x81" "x", 4)); /* becomes é by NFC */
	assert_string_equal(input_text(form.inputs[1]), "\xc3\xa9x");
	keys("<Ctrl-U>");
	assert_true(screen_feed(terminal, loop, "q\xcc\x81", 3)); /* stays two characters, one letter */
	keys("<Backspace>");
	assert_string_equal(input_text(form.inputs[1]), "");
}

static void test_area(void **state)
{
	(void)state;
	start(NULL);
	keys("<Tab><Tab>一二三四五六七八九十一二三四五六七八九十一二<Enter>abc");
	assert_string_equal(area_text(form.area), "一二三四五六七八九十一二三四五六七八九十一二\nabc");
	assert_int_equal(area_lines(form.area, 40), 3); /* nineteen to a line, a column is the caret's */
	keys("<Up>X"); /* the second seen line, third column */
	assert_string_equal(area_text(form.area), "一二三四五六七八九十一二三四五六七八九十X一二\nabc");
	keys("<Up><Home>Y<End>Z");
	assert_string_equal(area_text(form.area), "Y一二三四五六七八九十一二三四五六七八九Z十X一二\nabc");
	keys("<Ctrl-Home><Up>"); /* above the first line: the form's */
	assert_int_equal(area_caret(form.area), 0);
	keys("<End><Down><Down><Down>");
	assert_int_equal(area_caret(form.area), strlen(area_text(form.area)));
}

/* What must not break a screen, into every kind of field. */
static void feed_bad(const char *bytes, size_t len)
{
	assert_true(screen_feed(terminal, loop, bytes, len));
}

static void test_bad_input(void **state)
{
	static const char *const bad[] = {
		"'; DROP TABLE record; --", "<C></B>centered</24>", "<F=/etc/passwd>", "\xff\xfe\xc0\x80", "\xed\xa0\x80",
		"👨‍👩‍👧‍👦 🇨🇳 👍🏽", "שלום عربى", "\xe2\x80\xae" "evil\xe2\x80\xac", "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
		"\033[200~tab\there\033[201~", "\xef\xbb\xbf", "\xc2\x9b" "31m", "\xe2\x80\x8b\xe2\x80\x8d", "%s%n%d",
	};
	(void)state;
	start(NULL);
	for (int field = 0; field < 3; field++) {
		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
			feed_bad(bad[i], strlen(bad[i]));
			assert_true(utf8_is_valid(input_text(form.inputs[1]), strlen(input_text(form.inputs[1])), NULL));
			assert_int_equal(utf8_find_control(area_text(form.area)), SIZE_MAX);
			keys("<Ctrl-U>");
		}
		keys("<Tab>");
	}
	keys("<Ctrl-L>");
	screen_golden("form-80x24"); /* all taken back: as it was at first */
}

static void test_markup_is_shown_as_typed(void **state)
{
	(void)state;
	start(NULL);
	keys("<Tab><lt>C><lt>/B><lt>/24>");
	screen_shows("[<C></B></24>");
	dialog_message(loop, STYLE_TEXT, "<C>标题</B>", "<C>中 </24>文\n<F=/etc/passwd>\n\\<#LL>");
	(void)loop_run_until_idle(loop);
	screen_shows("<C>标题</B>");
	screen_shows("<C>中 </24>文");
	screen_shows("<F=/etc/passwd>");
	screen_shows("\\<#LL>");
	keys("<Enter>");
	viewer_open(loop, "<R>x", "<F=/etc/passwd>\n<C>二", NULL);
	(void)loop_run_until_idle(loop);
	screen_shows("<F=/etc/passwd>");
	screen_shows("<C>二");
	screen_shows("<R>x");
	screen_hides("root:");
}

static void test_long_paste(void **state)
{
	enum { MEGABYTE = 1 << 20 };
	char *paste = mem_zeroed(MEGABYTE + 16, 1);
	int64_t began = clock_monotonic_ms();

	(void)state;
	start(NULL);
	keys("<Tab>");
	for (int field = 1; field < 3; field++) {
		(void)snprintf(paste, 16, "\033[200~");
		for (size_t i = 6; i + 3 < MEGABYTE; i += 3)
			memcpy(paste + i, "机", 3);
		memcpy(paste + MEGABYTE, "\033[201~", 7);
		memset(paste + MEGABYTE - 8, 'x', 8);
		feed_bad(paste, strlen(paste));
		keys("<Tab>");
	}
	assert_int_equal(utf8_chars(input_text(form.inputs[1])), 40);
	assert_int_equal(utf8_chars(area_text(form.area)), 200);
	assert_true(clock_monotonic_ms() - began < 5000);
	free(paste);
}

/* Dialogs. */
static enum react answered(void *owner, struct loop *l, size_t answer)
{
	(void)l;
	(void)snprintf(((struct form *)owner)->answer, sizeof form.answer, "%zu", answer);
	return REACT_PAINT;
}

static enum react confirmed(void *owner, struct loop *l, bool yes)
{
	(void)l;
	(void)snprintf(((struct form *)owner)->answer, sizeof form.answer, "%s", yes ? "yes" : "no");
	return REACT_PAINT;
}

static void ask(void)
{
	dialog_ask(loop, &(struct dialog_options){ .title = "另一个人已经修改", .text = "王五 10:02 保存了同一记录。您的文字都还在。",
	                                           .buttons = { "合并", "查看", "放弃" }, .count = 3, .preset = 1,
	                                           .done = answered, .owner = &form });
	(void)loop_run_until_idle(loop);
}

static void test_dialog(void **state)
{
	char *attributes;

	(void)state;
	start(NULL);
	keys("220<Tab>张三");
	ask();
	screen_golden("dialog");
	keys("<Right><Enter>");
	assert_string_equal(form.answer, "2");
	screen_hides("另一个人");
	ask();
	keys("1");
	assert_string_equal(form.answer, "0");
	ask();
	keys("x机<Esc>");
	assert_string_equal(form.answer, "3");
	dialog_confirm(loop, "放弃填写的内容？", true, confirmed, &form);
	(void)loop_run_until_idle(loop);
	attributes = term_row_attributes(12);
	assert_non_null(strchr(attributes, 'r'));
	free(attributes);
	keys("<Enter>"); /* dangerous: No has the focus */
	assert_string_equal(form.answer, "no");
	dialog_confirm(loop, "提交？", false, confirmed, &form);
	(void)loop_run_until_idle(loop);
	keys("1");
	assert_string_equal(form.answer, "yes");
	assert_string_equal(input_text(form.inputs[1]), "张三"); /* nothing of it reached the form */
}

static void test_keys_wait_for_the_popup_they_are_meant_for(void **state)
{
	(void)state;
	start(NULL);
	dialog_confirm(loop, "提交？", false, confirmed, &form);
	keys("<Right><Enter>"); /* before anything has been painted */
	assert_string_equal(form.answer, "no");
}

static enum react prompted(void *owner, struct loop *l, const char *text)
{
	(void)l;
	(void)snprintf(((struct form *)owner)->answer, sizeof form.answer, "%s", text == NULL ? "left" : text);
	return REACT_PAINT;
}

static void test_prompt(void **state)
{
	static const char *const phrases[] = { "同意。", "同意，请信息中心按规定办理。", "不同意，材料不全。" };
	const struct prompt_options options = { .title = "审批意见", .text = "意见没有默认值。", .max_chars = 100, .must = true,
		                                .phrases = phrases, .phrase_count = 3, .done = prompted, .owner = &form };
	(void)state;
	start(NULL);
	dialog_prompt(loop, &options);
	(void)loop_run_until_idle(loop);
	keys("<F9>");
	screen_shows("Something must be written here.");
	screen_golden("prompt");
	keys("<F3>qxxzx<Enter>");
	keys("并于三日内完成。<Tab>");
	keys("1");
	assert_string_equal(form.answer, "同意，请信息中心按规定办理。并于三日内完成。");
	dialog_prompt(loop, &options);
	keys("<Esc>");
	assert_string_equal(form.answer, "left");
}

static void test_prompt_for_a_password(void **state)
{
	(void)state;
	start(NULL);
	dialog_prompt(loop, &(struct prompt_options){ .title = "口令", .masked = true, .done = prompted, .owner = &form });
	(void)loop_run_until_idle(loop);
	keys("Geheim中1");
	screen_hides("Geheim");
	screen_shows("********_");
	keys("<Enter>");
	assert_string_equal(form.answer, "Geheim中1");
}

/* Choices. */
static enum react picked(void *owner, struct loop *l, const size_t *indices, size_t count, const char *text)
{
	struct str all = STR_INIT;

	(void)l;
	for (size_t i = 0; i < count; i++)
		str_addf(&all, "%zu ", indices[i]);
	str_add(&all, text);
	(void)str_copy(((struct form *)owner)->answer, sizeof form.answer, str_text(&all));
	str_release(&all);
	return REACT_PAINT;
}

static const struct choice_item offices[] = {
	{ "办公室", "主任 李四", false },   { "法规股", NULL, false },         { "耕地保护监督股", NULL, false },
	{ "国土空间规划股", NULL, false },  { "不动产登记中心", "窗口", false }, { "信息中心", NULL, true },
	{ "矿产资源股", NULL, false },      { "测绘地理信息股", NULL, false }, { "确权登记股", NULL, false },
	{ "<C>执法</B>大队", NULL, false }, { "财务股", NULL, false },         { "自然资源所", NULL, false },
};

static void choose(bool many, bool free_text)
{
	choice_open(loop, &(struct choice_options){ .title = "股室", .items = offices, .count = 12, .many = many,
	                                            .free_text = free_text, .done = picked, .owner = &form });
	(void)loop_run_until_idle(loop);
}

static void test_choice(void **state)
{
	(void)state;
	start(NULL);
	choose(false, false);
	screen_golden("choice");
	keys("bdc");
	screen_shows("不动产登记中心");
	screen_hides("财务股");
	screen_golden("choice-filtered");
	keys("<Enter>");
	assert_string_equal(form.answer, "4 ");
	choose(false, false);
	keys("<Enter>"); /* the cursor starts at the chosen one */
	assert_string_equal(form.answer, "5 ");
	choose(false, false);
	keys("规划<Enter>");
	assert_string_equal(form.answer, "3 ");
	choose(false, false);
	keys("zzzz");
	screen_shows("Nothing fits.");
	keys("<Enter>");
	screen_shows("Nothing fits what was typed.");
	keys("<Backspace><Backspace><Backspace><Backspace><Home><Down><Enter>");
	assert_string_equal(form.answer, "1 ");
	choose(false, true);
	keys("乡镇<Enter>");
	assert_string_equal(form.answer, "乡镇");
}

static void test_choice_of_many(void **state)
{
	(void)state;
	start(NULL);
	choose(true, false);
	keys("<Home> <Down> "); /* 0 and 1, beside 5 which was chosen */
	keys("cw "); /* 10 */
	screen_golden("choice-many");
	keys("<Backspace><Backspace>");
	screen_shows("[x] 办公室");
	keys("<Enter>");
	assert_string_equal(form.answer, "0 1 5 10 ");
}

static void test_choice_by_digit(void **state)
{
	(void)state;
	start(NULL);
	choice_open(loop, &(struct choice_options){ .title = "状态", .items = offices, .count = 3, .may_be_none = true,
	                                            .done = picked, .owner = &form });
	(void)loop_run_until_idle(loop);
	screen_shows("(none)");
	screen_shows("2 法规股");
	keys("2");
	assert_string_equal(form.answer, "1 ");
}

static enum react day_taken(void *owner, struct loop *l, int64_t day)
{
	char stamp[CLOCK_DAY_SIZE];

	(void)l;
	(void)snprintf(((struct form *)owner)->answer, sizeof form.answer, "%s",
	               clock_day((day * 24 - 8) * 3600, stamp));
	return REACT_PAINT;
}

static void test_calendar(void **state)
{
	(void)state;
	start(NULL);
	calendar_open(loop, clock_days(2026, 11, 22), clock_days(2026, 11, 23), day_taken, &form);
	(void)loop_run_until_idle(loop);
	screen_golden("calendar");
	keys("<Down><Right><Enter>");
	assert_string_equal(form.answer, "2026-11-30");
	calendar_open(loop, clock_days(2044, 2, 29), clock_days(2026, 11, 23), day_taken, &form);
	keys("<PgDn><PgUp>+<Enter>");
	assert_string_equal(form.answer, "2045-02-28");
	calendar_open(loop, clock_days(2044, 2, 29), clock_days(2026, 11, 23), day_taken, &form);
	keys("<Home><Enter>");
	assert_string_equal(form.answer, "2026-11-23");
}

static void test_calendar_in_chinese(void **state)
{
	char *catalogues = str_format("%s/locale", getenv("YW_BUILD") != NULL ? getenv("YW_BUILD") : ".");

	(void)state;
	start(NULL);
	text_init("zh", catalogues);
	calendar_open(loop, clock_days(2026, 11, 22), clock_days(2026, 11, 23), day_taken, &form);
	(void)loop_run_until_idle(loop);
	screen_golden("calendar-zh");
	text_init("en", catalogues);
	free(catalogues);
}

static void test_viewer(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	start(NULL);
	for (int i = 1; i <= 60; i++)
		str_addf(&text, "第%d条  信息中心应定期及不定期对网络与信息系统的核心IT设备进行健康检查，并做好相应日志。\n", i);
	viewer_open(loop, "制度", str_text(&text), NULL);
	(void)loop_run_until_idle(loop);
	screen_golden("viewer");
	keys("<PgDn><Down>");
	screen_hides("第1条");
	keys("<End>");
	screen_shows("第60条");
	keys("第30条<Enter>");
	screen_shows("第30条");
	keys("<Home>没有的词<Enter>");
	screen_shows("is not in this text");
	keys("<Esc>");
	screen_hides("制度");
	viewer_open(loop, "短", "一\n二\n三", NULL);
	(void)loop_run_until_idle(loop);
	screen_shows("三"); /* CDK would leave out the last line */
	str_release(&text);
}

static enum react menu_done(void *owner, struct loop *l, size_t index)
{
	(void)l;
	(void)snprintf(((struct form *)owner)->answer, sizeof form.answer, "menu %zu", index);
	return REACT_PAINT;
}

static void test_menu(void **state)
{
	static const struct menu_item items[] = { { "机房日常巡检", NULL }, { "异常情况报告", NULL }, { "网络接入申请", "没有权限。" } };

	(void)state;
	start(NULL);
	menu_open(loop, "新建", items, 3, menu_done, &form);
	(void)loop_run_until_idle(loop);
	screen_golden("menu");
	keys("<Down><Enter>");
	assert_string_equal(form.answer, "menu 1");
	menu_open(loop, "新建", items, 3, menu_done, &form);
	keys("3");
	screen_shows("没有权限。");
	keys("1");
	assert_string_equal(form.answer, "menu 0");
}

/* A table over a million rows that nobody holds. */
enum { MILLION = 1000000 };
static int64_t first_row = 1, last_row = MILLION;
static size_t rows_fetched, most_asked;

static bool make_rows(void *data, enum table_from from, int64_t id, size_t count, struct table_row *rows, size_t *got,
                      struct err *err)
{
	int64_t at = from == TABLE_FIRST ? first_row :
	             from == TABLE_LAST ? last_row - (int64_t)count + 1 :
	             from == TABLE_AT ? id :
	             from == TABLE_AFTER ? id + 1 : id - (int64_t)count;
	int64_t end = at + (int64_t)count;

	(void)data, (void)err;
	end = from == TABLE_BEFORE && end > id ? id : end;
	at = at < first_row ? first_row : at;
	*got = 0;
	most_asked = count > most_asked ? count : most_asked;
	for (; at < end && at <= last_row; at++) {
		struct table_row *row = &rows[(*got)++];
		row->id = at;
		row->cells[0] = str_format("事〔2026〕%lld号", (long long)at);
		row->cells[1] = str_format("%s", at % 3 == 0 ? "不动产登记中心电子政务网络接入申请，很长的标题要被截断" : "机房");
		row->cells[2] = str_format("%lld", (long long)(at * 7 % 1000));
	}
	rows_fetched += *got;
	return true;
}

static const struct table_column columns[] = {
	{ "编号", 20, 24, 0, false }, { "标题", 10, 0, 1, false }, { "分钟", 6, 6, 0, true },
};
static struct table *list;

static void list_layout(void *self, int rows, int cols)
{
	(void)self;
	assert_true(table_layout(list, rows - 2, cols, NULL));
}

static void list_paint(void *self, struct pane *pane, bool whole)
{
	(void)self, (void)whole;
	view_header(pane, "台账", NULL);
	table_paint(list, pane, (struct rect){ 2, 0, pane_rows(pane) - 2, pane_cols(pane) }, true);
}

static enum react list_handle(void *self, struct loop *l, int action, const struct key *key)
{
	(void)self, (void)l, (void)action;
	return table_key(list, key, NULL) == TABLE_IGNORED ? REACT_IGNORED : REACT_PAINT;
}

static const struct screen list_screen = {
	.name = "list", .layout = list_layout, .paint = list_paint, .handle = list_handle,
};

static void open_list(const struct screen_options *options)
{
	start(options);
	first_row = 1;
	last_row = MILLION;
	rows_fetched = most_asked = 0;
	list = table_new(columns, 3, &(struct table_source){ .rows = make_rows });
	loop_push(loop, &list_screen, NULL);
	(void)loop_run_until_idle(loop);
}

static void test_table(void **state)
{
	(void)state;
	open_list(NULL);
	screen_golden("table");
	assert_int_equal(table_selected(list), 1);
	keys("<Down><Down><PgDn>");
	assert_int_equal(table_selected(list), 3 + 20);
	keys("<End>");
	assert_int_equal(table_selected(list), MILLION);
	screen_shows("事〔2026〕1000000号");
	keys("<Up><PgUp><Home><Up>");
	assert_int_equal(table_selected(list), 1);
	assert_true(rows_fetched < 200 && most_asked <= 20);
	table_free(&list);
}

static void test_table_selection_follows_the_row(void **state)
{
	(void)state;
	open_list(NULL);
	assert_true(table_select(list, 500000, NULL));
	loop_want(loop, NULL, REACT_PAINT);
	(void)loop_run_until_idle(loop);
	screen_shows("> 事〔2026〕500000号");
	first_row = 499995; /* rows before it go away */
	assert_true(table_reload(list, NULL));
	assert_int_equal(table_selected(list), 500000);
	last_row = 499999; /* it is gone itself */
	assert_true(table_reload(list, NULL));
	assert_int_equal(table_selected(list), 499999);
	keys("<Home><Down>");
	assert_int_equal(table_selected(list), 499996);
	first_row = 1;
	last_row = 0;
	assert_true(table_reload(list, NULL));
	assert_int_equal(table_selected(list), 0);
	loop_want(loop, NULL, REACT_PAINT);
	keys("<Down><Up><Enter><End>");
	screen_shows("There is nothing here.");
	table_free(&list);
}

static void test_table_is_light_on_the_line(void **state)
{
	size_t most = 0;

	(void)state;
	open_list(NULL);
	for (int i = 0; i < 15; i++) {
		size_t bytes = bytes_of("<Down>");
		most = bytes > most ? bytes : most;
	}
	print_message("cursor down %zu\n", most);
	assert_true(most <= 65);
	for (int i = 0; i < 4; i++)
		keys("<Down>");
	print_message("scrolling down %zu\n", bytes_of("<Down>"));
	table_free(&list);
}

static void test_table_narrow_and_wide(void **state)
{
	(void)state;
	open_list(&(struct screen_options){ .rows = 40, .cols = 120 });
	screen_golden("table-120x40");
	table_free(&list);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, finish)
	const struct CMUnitTest tests[] = {
		TEST(test_form), TEST(test_form_large), TEST(test_form_ascii_on_a_vt220), TEST(test_light_on_the_line),
		TEST(test_input_editing), TEST(test_input_refuses_what_cannot_be), TEST(test_input_scrolls),
		TEST(test_caret_goes_by_grapheme), TEST(test_area), TEST(test_bad_input),
		TEST(test_markup_is_shown_as_typed), TEST(test_long_paste), TEST(test_dialog),
		TEST(test_keys_wait_for_the_popup_they_are_meant_for), TEST(test_prompt), TEST(test_prompt_for_a_password),
		TEST(test_choice), TEST(test_choice_of_many), TEST(test_choice_by_digit), TEST(test_calendar), TEST(test_calendar_in_chinese),
		TEST(test_viewer), TEST(test_menu), TEST(test_table), TEST(test_table_selection_follows_the_row),
		TEST(test_table_is_light_on_the_line), TEST(test_table_narrow_and_wide),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
