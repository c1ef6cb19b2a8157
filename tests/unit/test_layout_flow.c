/* How much room texts take, and how rows are cut into pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "report/flow.h"
#include "report/measure.h"

static const struct style plain = { .font = FONT_BODY, .size_pt = 12 };

static char *repeated(const char *text, int times)
{
	struct str out = STR_INIT;
	str_add_repeat(&out, text, times);
	return str_take(&out);
}

/* ---- measuring ---- */

static void test_lines(void **state)
{
	char *chinese = repeated("国", 100), *digits = repeated("7", 100), *wide = repeated("W", 100);

	(void)state;
	assert_int_equal(measure_lines("", 10), 1);
	assert_int_equal(measure_lines("十个汉字刚好占满一行", 10), 1);
	assert_int_equal(measure_lines("十一个汉字占满一行又一", 10), 2);
	assert_int_equal(measure_lines("一\n二\n三", 10), 3);
	assert_int_equal(measure_lines(chinese, 10), 10);
	/* Half an em each in a Chinese font, but more in a proportional one. */
	assert_in_range(measure_lines(digits, 10), 6, 7);
	assert_in_range(measure_lines(wide, 10), 10, 11);
	free(chinese);
	free(digits);
	free(wide);
}

static void test_lines_are_the_text(void **state)
{
	struct utf8_line *lines;
	const char *text = "已关闭该端口（MAC 3C-52-82-AB-CD-EF，IP 10.42.7.19），恢复“生成树”配置。\nCVE-2026-31337 WWWWWWWWWWWWWWWWWWWWWW";
	const size_t count = measure_wrap(text, 8, &lines);
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(lines[i].start, at);
		assert_true(lines[i].end <= lines[i].next);
		char *line = mem_text_len(text + lines[i].start, lines[i].end - lines[i].start);
		assert_true(measure_ems(line) <= 8);
		free(line);
		at = lines[i].next;
	}
	assert_int_equal(at, strlen(text));
	free(lines);
}

static void test_heights(void **state)
{
	(void)state;
	/* One and a half ems a line: Noto needs 1.45. */
	assert_true(measure_height(1, 12) >= 1.45 * 12);
	assert_true(measure_height(10, 10.5) >= 1.45 * 105);
	for (size_t lines = 1; lines < 40; lines++)
		assert_int_equal(measure_fit(measure_height(lines, 10.5), 10.5), lines);
	assert_int_equal(measure_fit(1, 12), 0);
	/* A cell of 12 units of 10 pt holds ten characters of 10.5 pt, with reserve. */
	assert_true(measure_room(120, 10.5) >= 10 && measure_room(120, 10.5) < 11);
	assert_true(measure_room(1, 12) >= 1);
}

static void test_row_fits_its_highest_cell(void **state)
{
	struct flow flow;

	(void)state;
	flow_init(&flow, 20, 12);
	flow_add(&flow, true);
	flow_cell(&flow, 0, 10, plain, mem_text("短"));
	flow_cell(&flow, 10, 10, plain, repeated("长", 50));
	flow_fit(&flow, 24);
	/* 120 pt hold nine characters of 12 pt: six lines. */
	assert_true(flow.rows[0].height_pt >= measure_height(6, 12));
	flow_add(&flow, true);
	flow_cell(&flow, 0, 20, plain, NULL);
	flow_fit(&flow, 24);
	assert_true(flow.rows[1].height_pt >= 24 && flow.rows[1].height_pt <= 24);
	flow_release(&flow);
}

/* ---- pages ---- */

static struct row *add_row(struct flow *flow, const char *text, double height_pt)
{
	struct row *row = flow_add(flow, true);
	flow_cell(flow, 0, flow->units, plain, mem_text(text));
	row->height_pt = height_pt;
	return row;
}

/* "text/page text/page ..." of all rows. */
static char *pages_of(struct flow *flow, double page_pt)
{
	struct str out = STR_INIT;

	flow_paginate(flow, page_pt);
	for (size_t i = 0; i < flow->count; i++)
		str_addf(&out, "%s%s/%d", i > 0 ? " " : "", flow->rows[i].cells[0].text, flow->rows[i].page);
	return str_take(&out);
}

static void expect_pages(struct flow *flow, double page_pt, const char *expected)
{
	char *found = pages_of(flow, page_pt);
	assert_string_equal(found, expected);
	free(found);
	flow_release(flow);
}

static void test_rows_fill_pages(void **state)
{
	struct flow flow;

	(void)state;
	flow_init(&flow, 4, 100);
	for (int i = 0; i < 5; i++)
		add_row(&flow, "a", 40);
	expect_pages(&flow, 100, "a/1 a/1 a/2 a/2 a/3");
}

static void test_repeated_rows_take_room_on_every_page(void **state)
{
	struct flow flow;

	(void)state;
	flow_init(&flow, 4, 100);
	add_row(&flow, "once", 30);
	add_row(&flow, "head", 18)->repeat = true;
	for (int i = 0; i < 4; i++)
		add_row(&flow, "a", 39);
	expect_pages(&flow, 100, "once/1 head/1 a/1 a/2 a/2 a/3");
}

static void test_what_is_kept_together_moves_together(void **state)
{
	struct flow flow;

	(void)state;
	flow_init(&flow, 4, 100);
	add_row(&flow, "a", 60);
	add_row(&flow, "title", 20)->keep = true;
	add_row(&flow, "b", 30);
	add_row(&flow, "c", 30);
	expect_pages(&flow, 100, "a/1 title/2 b/2 c/2");
}

static void test_break_and_heading(void **state)
{
	struct flow flow;

	(void)state;
	flow_init(&flow, 4, 100);
	add_row(&flow, "a", 18);
	struct row *heading = add_row(&flow, "heading", 18);
	heading->heading = true;
	heading->keep = true;
	for (int i = 0; i < 3; i++)
		add_row(&flow, "row", 30)->under_heading = true;
	add_row(&flow, "b", 18);
	add_row(&flow, "c", 18)->page_break = true;
	expect_pages(&flow, 100, "a/1 heading/1 row/1 row/1 heading/2 row/2 b/2 c/3");
}

/* Nothing is lost, nothing is higher than a page, and it goes on where it left off. */
static void test_long_text_goes_on_overleaf(void **state)
{
	struct flow flow;
	struct str all = STR_INIT;
	char *text = repeated("一二三四五六七八九十", 200);

	(void)state;
	flow_init(&flow, 4, 60);
	add_row(&flow, "a", 300);
	flow_add(&flow, true)->split = true;
	flow_cell(&flow, 0, 1, plain, mem_text("标签"));
	flow_cell(&flow, 1, 3, plain, mem_text(text));
	flow_fit(&flow, 24);
	flow_paginate(&flow, 500);
	assert_true(flow.pages > 2);
	double used = 300;
	for (size_t i = 1; i < flow.count; i++) {
		const struct row *row = &flow.rows[i];
		const bool same_page = row->page == flow.rows[i - 1].page;
		used = same_page ? used + row->height_pt : row->height_pt;
		assert_true(used <= 500.001);
		assert_true(row->height_pt <= 400);
		assert_int_equal(row->joined, i > 1);
		assert_true(row->height_pt + 0.001 >= flow_cell_height(&flow, &row->cells[1]));
		str_add(&all, row->cells[1].text);
		assert_true((row->cells[0].text != NULL) == (i == 1));
	}
	assert_string_equal(str_text(&all), text);
	str_release(&all);
	flow_release(&flow);
	free(text);
}

static void test_short_rows_are_not_parted(void **state)
{
	struct flow flow;

	(void)state;
	flow_init(&flow, 4, 60);
	add_row(&flow, "a", 460);
	char *text = repeated("字", 40); /* three lines */
	struct row *row = add_row(&flow, text, 0);
	row->split = true;
	flow_fit(&flow, 24);
	flow_paginate(&flow, 500);
	assert_int_equal(flow.count, 2);
	assert_int_equal(flow.rows[1].page, 2);
	flow_release(&flow);
	free(text);
}

static void test_append_begins_a_page(void **state)
{
	struct flow flow, more;

	(void)state;
	flow_init(&flow, 4, 100);
	flow_init(&more, 4, 100);
	add_row(&flow, "a", 20);
	add_row(&more, "x", 20);
	add_row(&more, "y", 20);
	flow_append(&flow, &more);
	assert_int_equal(more.count, 0);
	expect_pages(&flow, 100, "a/1 x/2 y/2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_lines_are_the_text),
		cmocka_unit_test(test_heights),
		cmocka_unit_test(test_row_fits_its_highest_cell),
		cmocka_unit_test(test_rows_fill_pages),
		cmocka_unit_test(test_repeated_rows_take_room_on_every_page),
		cmocka_unit_test(test_what_is_kept_together_moves_together),
		cmocka_unit_test(test_break_and_heading),
		cmocka_unit_test(test_long_text_goes_on_overleaf),
		cmocka_unit_test(test_short_rows_are_not_parted),
		cmocka_unit_test(test_append_begins_a_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
