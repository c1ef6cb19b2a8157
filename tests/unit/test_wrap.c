/* Line breaking: by UAX 14, at line feeds, never inside a grapheme. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* The lines of TEXT joined by |; also checks what holds for every wrapping. */
static char *wrapped(const char *text, int columns)
{
	struct utf8_line *lines;
	const size_t count = utf8_wrap(text, columns, &lines);
	struct str s = STR_INIT;

	assert_true(count >= 1);
	assert_int_equal(lines[0].start, 0);
	assert_int_equal(lines[count - 1].end, strlen(text));
	assert_int_equal(lines[count - 1].next, strlen(text));
	for (size_t i = 0; i < count; i++) {
		const struct utf8_line *line = &lines[i];

		assert_true(line->start <= line->end && line->end <= line->next);
		if (i + 1 < count) {
			assert_int_equal(line->next, lines[i + 1].start);
			assert_true(utf8_width_len(text + line->start, line->end - line->start) <= columns);
		}
		if (i > 0)
			str_add_char(&s, '|');
		str_add_len(&s, text + line->start, line->end - line->start);
	}
	free(lines);
	return str_take(&s);
}

static const struct { const char *text; int columns; const char *lines; } cases[] = {
	{ "", 10, "" },
	{ "short", 10, "short" },
	{ "exactly10!", 10, "exactly10!" },
	{ "one two three", 8, "one two|three" },
	{ "one two three", 7, "one two|three" },
	{ "one two three", 6, "one|two|three" },
	{ "one     two", 5, "one|two" },
	{ "a\nb\n", 10, "a|b|" },
	{ "\n\n", 10, "||" },
	{ "a\r\nb", 10, "a|b" },
	{ "longerthanaline", 6, "longer|thanal|ine" },
	{ "信息中心机房", 8, "信息中心|机房" },
	{ "信息中心机房", 7, "信息中|心机房" },
	{ "机房温度正常。", 12, "机房温度正|常。" },          /* no full stop at the start of a line */
	{ "机房温度，湿度", 8, "机房温|度，湿度" },
	{ "检查（一）完成", 6, "检查|（一）|完成" },              /* no opening bracket at the end of one */
	{ "设备《规定》执行", 6, "设备|《规|定》执|行" },
	{ "温度21.5度", 6, "温度|21.5度" },                       /* numbers stay whole */
	{ "时间2026-11-22好", 10, "时间|2026-11-22|好" },
	{ "地址10.20.30.40", 12, "地址|10.20.30.40" },
	{ "他说：“网络中断了”，请处理", 10, "他说：“网|络中断|了”，请处|理" },
	{ "他说：“网络中断。”请处理", 7, "他说：|“网络中|断。”请|处理" },
	{ "按照规定“巡检”执行", 9, "按照规定|“巡检”执|行" },
	{ "mixed机房text巡检", 7, "mixed机|房text|巡检" },
	{ "机房 巡检", 5, "机房|巡检" },
	{ "e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301|e\u0301" },
	{ "👨\u200D👩\u200D👧👨\u200D👩\u200D👧", 3, "👨\u200D👩\u200D👧|👨\u200D👩\u200D👧" },
	{ "שלום עולם", 5, "שלום|עולם" },
	{ "abc \u0301d", 3, "abc| \u0301d" },                      /* a blank that bears a mark is no blank */
	{ "　　今天巡检", 8, "　　今天|巡检" },                  /* a paragraph's indent stays */
};

static void texts_break_where_they_may(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *got = wrapped(cases[i].text, cases[i].columns);

		if (strcmp(got, cases[i].lines) != 0)
			fail_msg("%d columns: %s instead of %s", cases[i].columns, got, cases[i].lines);
		free(got);
	}
}

static void no_line_starts_with_what_closes(void **state)
{
	static const char text[] = "今日巡检：机房温度22.5℃，湿度48%；UPS电量100%、空调运行正常。"
				   "（注：二号机柜“告警灯”闪烁，已处理！）详见《机房管理制度》第十二条……请各股室知悉？";
	static const char *const never[] = { "，", "。", "、", "；", "：", "！", "？", "）", "》", "%" };

	(void)state;
	for (int columns = 8; columns < 60; columns++) {
		struct utf8_line *lines;
		const size_t count = utf8_wrap(text, columns, &lines);

		for (size_t i = 0; i < count; i++)
			for (size_t k = 0; k < COUNT(never); k++)
				assert_int_not_equal(strncmp(text + lines[i].start, never[k], strlen(never[k])), 0);
		free(lines);
	}
}

static void ambiguous_characters_count_as_set(void **state)
{
	char *narrow, *wide;

	(void)state;
	narrow = wrapped("①②③ ④", 4);
	utf8_set_ambiguous_wide(true);
	wide = wrapped("①②③ ④", 6);
	utf8_set_ambiguous_wide(false);
	assert_string_equal(narrow, "①②③|④");
	assert_string_equal(wide, "①②③|④");
	free(narrow);
	free(wide);
}

static void even_two_columns_do(void **state)
{
	char *got = wrapped("机a。", 2);

	(void)state;
	assert_string_equal(got, "机|a|。");
	free(got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_break_where_they_may),
		cmocka_unit_test(no_line_starts_with_what_closes),
		cmocka_unit_test(ambiguous_characters_count_as_set),
		cmocka_unit_test(even_two_columns_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
