/* Text as it is laid out: validity, graphemes, widths, cuts, and what enters from outside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void check_owned(char *got, const char *expected)
{
	assert_string_equal(got, expected);
	free(got);
}

static void valid_text_is_told_from_invalid(void **state)
{
	static const struct { const char *bytes; size_t len; size_t bad_at; } cases[] = {
		{ "", 0, SIZE_MAX },
		{ "plain", 5, SIZE_MAX },
		{ "机房巡检", 12, SIZE_MAX },
		{ "\xf0\x9f\x91\x8d", 4, SIZE_MAX },
		{ "ab\xff" "c", 4, 2 },
		{ "机\xe6\x88", 5, 3 },            /* cut in mid-character */
		{ "a\xc0\xaf", 3, 1 },             /* overlong */
		{ "\xed\xa0\x80", 3, 0 },          /* a surrogate */
		{ "\xf4\x90\x80\x80", 4, 0 },      /* beyond U+10FFFF */
		{ "a\0b", 3, 1 },                  /* NUL ends texts, so it is in none */
		{ "\0\xff", 2, 0 },
		{ "a\x80", 2, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t bad = SIZE_MAX;

		assert_int_equal(utf8_is_valid(cases[i].bytes, cases[i].len, &bad), cases[i].bad_at == SIZE_MAX);
		assert_int_equal(bad, cases[i].bad_at);
		assert_int_equal(utf8_is_valid(cases[i].bytes, cases[i].len, NULL), cases[i].bad_at == SIZE_MAX);
	}
}

static void bad_bytes_become_replacement_characters(void **state)
{
	(void)state;
	check_owned(utf8_repaired("", 0), "");
	check_owned(utf8_repaired("巡检", 6), "巡检");
	check_owned(utf8_repaired("a\xff\xfe" "b", 4), "a\uFFFD\uFFFDb");
	check_owned(utf8_repaired("机\xe6\x88", 5), "机\uFFFD\uFFFD");
	check_owned(utf8_repaired("a\0b", 3), "a\uFFFDb");
}

static void every_character_survives_encoding(void **state)
{
	char buffer[5];
	size_t len;

	(void)state;
	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		const size_t written = utf8_encode(c, buffer);

		if (c >= 0xD800 && c < 0xE000) {
			assert_int_equal(written, 0);
			assert_string_equal(buffer, "");
			continue;
		}
		assert_int_equal(utf8_decode(buffer, &len), c);
		assert_int_equal(len, written);
		assert_int_equal(strlen(buffer), written);
	}
	assert_int_equal(utf8_encode(0, buffer), 0);
	assert_int_equal(utf8_encode(0x110000, buffer), 0);
}

/* Texts, written as their graphemes with | between. */
static const char *const graphemes[] = {
	"",
	"a|b|c",
	"信|息|中|心|，|a",
	"e\u0301|x",                                          /* é by a combining mark */
	"a\u0300\u0301\u0302|机\u0308|b",                     /* several marks; a mark upon a Chinese character */
	"👨\u200D👩\u200D👧|好",                                 /* a family, joined by ZWJ */
	"👍🏽|👍",                                              /* a skin tone */
	"🇨🇳|🇨🇳|🇨|x",                                          /* flags are pairs of letters */
	"❤\uFE0F|☎",                                          /* emoji style */
	"1\uFE0F\u20E3|2",                                     /* a keycap */
	"\u1112\u1161\u11AB|\u1100\u1161",                     /* Hangul by its letters */
	"ש\u05C1|ל|ו|ם",                                       /* Hebrew, right to left */
	"م|ر|ح|ب|ا",
	"नि|ल",                                                /* a spacing mark */
	"a|\n|b",
	"\n|\u0301",                                           /* a mark does not join a control character */
	"a\u200D|b",                                           /* ZWJ joins emoji only */
	"🏳\uFE0F\u200D🌈|🏴",
};

/* TEXT without its bars; *BOUNDS gets the offsets of the boundaries, the end included. */
static size_t split(const char *text, char *plain, size_t bounds[32])
{
	size_t len = 0, n = 0;

	bounds[n++] = 0;
	for (; *text != '\0'; text++) {
		if (*text == '|')
			bounds[n++] = len;
		else
			plain[len++] = *text;
	}
	plain[len] = '\0';
	if (len > 0)
		bounds[n++] = len;
	return n;
}

static void carets_move_by_grapheme_both_ways(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(graphemes); i++) {
		char text[128];
		size_t bounds[32];
		const size_t n = split(graphemes[i], text, bounds);

		assert_int_equal(utf8_chars(text), n - 1);
		for (size_t k = 0; k + 1 < n; k++) {
			assert_int_equal(utf8_next(text, bounds[k]), bounds[k + 1]);
			assert_int_equal(utf8_prev(text, bounds[k + 1]), bounds[k]);
		}
		assert_int_equal(utf8_next(text, bounds[n - 1]), bounds[n - 1]);
		assert_int_equal(utf8_prev(text, 0), 0);
	}
}

static void a_caret_inside_a_grapheme_goes_to_its_start(void **state)
{
	(void)state;
	assert_int_equal(utf8_prev("xe\u0301y", 2), 1);
	assert_int_equal(utf8_prev("👨\u200D👩", 7), 0);
}

struct width_case { const char *text; int narrow, wide; };

static const struct width_case widths[] = {
	{ "", 0, 0 },
	{ "abc 123", 7, 7 },
	{ "机房", 4, 4 },
	{ "（机房）：，。", 14, 14 },
	{ "ｆｕｌｌ　", 10, 10 },
	{ "“”‘’…—", 6, 12 },
	{ "①②■□√×●○℃→·", 11, 22 },
	{ "─│┌", 3, 6 },
	{ "é", 1, 2 },                         /* ambiguous: in old Chinese sets */
	{ "ä", 1, 1 },                         /* not ambiguous */
	{ "☑☐", 2, 2 },
	{ "e\u0301", 1, 1 },
	{ "\u0301", 0, 0 },
	{ "机\u0308", 2, 2 },
	{ "👍", 2, 2 },
	{ "👍🏽", 2, 2 },
	{ "👨\u200D👩\u200D👧", 2, 2 },
	{ "🇨🇳", 2, 2 },
	{ "🇨", 1, 1 },
	{ "☎\uFE0F", 2, 2 },
	{ "1\uFE0F\u20E3", 2, 2 },
	{ "한글", 4, 4 },
	{ "\u1112\u1161\u11AB", 2, 2 },
	{ "שלום", 4, 4 },
	{ "ﾊﾝｶｸ", 4, 4 },
	{ "a\x01\x1b\x7f" "b", 2, 2 },
	{ "𠮷野家", 6, 6 },
	{ "\u200B", 0, 0 },
};

static void widths_are_terminal_columns(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(widths); i++) {
		utf8_set_ambiguous_wide(false);
		if (utf8_width(widths[i].text) != widths[i].narrow)
			fail_msg("%s is %d wide", widths[i].text, utf8_width(widths[i].text));
		utf8_set_ambiguous_wide(true);
		if (utf8_width(widths[i].text) != widths[i].wide)
			fail_msg("%s is %d wide where ambiguous is wide", widths[i].text, utf8_width(widths[i].text));
	}
	utf8_set_ambiguous_wide(false);
}

static void width_of_a_part(void **state)
{
	(void)state;
	assert_int_equal(utf8_width_len("机房x", 0), 0);
	assert_int_equal(utf8_width_len("机房x", 3), 2);
	assert_int_equal(utf8_width_len("机房x", 6), 4);
	assert_int_equal(utf8_width_len("机房x", 100), 5);
}

static void fitting_never_splits_a_grapheme(void **state)
{
	static const struct { const char *text; int columns; size_t bytes; int used; } cases[] = {
		{ "abc", 2, 2, 2 },       { "abc", 3, 3, 3 },        { "abc", 99, 3, 3 },
		{ "abc", 0, 0, 0 },       { "abc", -1, 0, 0 },       { "机房", 1, 0, 0 },
		{ "机房", 2, 3, 2 },      { "机房", 3, 3, 2 },       { "a机房", 4, 4, 3 },
		{ "e\u0301x", 1, 3, 1 },  { "👨\u200D👩x", 2, 11, 2 }, { "👨\u200D👩x", 1, 0, 0 },
		{ "", 5, 0, 0 },          { "ab\u0301", 2, 4, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int used = -1;

		assert_int_equal(utf8_fit(cases[i].text, cases[i].columns, &used), cases[i].bytes);
		assert_int_equal(used, cases[i].used);
		assert_int_equal(utf8_fit(cases[i].text, cases[i].columns, NULL), cases[i].bytes);
	}
}

static void columns_lead_back_to_graphemes(void **state)
{
	(void)state;
	assert_int_equal(utf8_at_column("a机b", 0), 0);
	assert_int_equal(utf8_at_column("a机b", 1), 1);
	assert_int_equal(utf8_at_column("a机b", 2), 1); /* the right half of 机 is 机 */
	assert_int_equal(utf8_at_column("a机b", 3), 4);
	assert_int_equal(utf8_at_column("a机b", 4), 5);
	assert_int_equal(utf8_at_column("a机b", 40), 5);
	assert_int_equal(utf8_at_column("e\u0301b", 1), 3);
	assert_int_equal(utf8_at_column("", 0), 0);
}

static void cut_texts_say_so(void **state)
{
	(void)state;
	check_owned(utf8_ellipsis("信息中心", 8), "信息中心");
	check_owned(utf8_ellipsis("信息中心", 7), "信息中…");
	check_owned(utf8_ellipsis("信息中心", 6), "信息…");
	check_owned(utf8_ellipsis("信息中心", 1), "…");
	check_owned(utf8_ellipsis("信息中心", 0), "");
	check_owned(utf8_ellipsis("information", 11), "information");
	check_owned(utf8_ellipsis("information", 7), "infor..");
	check_owned(utf8_ellipsis("information", 1), ".");
	utf8_set_ambiguous_wide(true);
	check_owned(utf8_ellipsis("信息中心", 7), "信息…");
	check_owned(utf8_ellipsis("信息中心", 1), "");
	utf8_set_ambiguous_wide(false);
}

static void cuts_by_bytes_keep_characters_whole(void **state)
{
	(void)state;
	assert_int_equal(utf8_cut("机房", 6, 6), 6);
	assert_int_equal(utf8_cut("机房", 6, 5), 3);
	assert_int_equal(utf8_cut("机房", 6, 4), 3);
	assert_int_equal(utf8_cut("机房", 6, 3), 3);
	assert_int_equal(utf8_cut("机房", 6, 2), 0);
	assert_int_equal(utf8_cut("abc", 3, 2), 2);
	assert_int_equal(utf8_cut("abc", 3, 9), 3);
}

static void slips_of_the_input_method_are_folded(void **state)
{
	(void)state;
	check_owned(utf8_halfwidth("１２３．５"), "123.5");
	check_owned(utf8_halfwidth("192。168．1。20"), "192.168.1.20");
	check_owned(utf8_halfwidth("０９：０５　ＡＢｃ～（）"), "09:05 ABc~()");
	check_owned(utf8_halfwidth("机房、信息"), "机房,信息");
	check_owned(utf8_halfwidth("plain é 机"), "plain é 机");
	check_owned(utf8_halfwidth(""), "");
}

static void control_characters_are_cleaned_away(void **state)
{
	(void)state;
	check_owned(utf8_clean("a\tb\x1b[31mc\x7f\x01", true), "a b[31mc");
	check_owned(utf8_clean("a\nb", true), "a\nb");
	check_owned(utf8_clean("a\nb", false), "a b");
	check_owned(utf8_clean("a\r\nb\rc\u2028d\xc2\x85" "e", true), "a\nb\nc\nd\ne");
	check_owned(utf8_clean("a\r\nb", false), "a b");
	check_owned(utf8_clean("a\xc2\x9b" "b\u202Ec\u2066d", true), "abcd");
	check_owned(utf8_clean("e\u0301 A\u030A", true), "é Å");
	check_owned(utf8_clean("e\u202E\u0301", true), "é");
	check_owned(utf8_clean("机房“…”", true), "机房“…”");
	check_owned(utf8_clean("\x01", true), "");
	check_owned(utf8_clean("", false), "");
	/* The text that NFC lengthens most. */
	check_owned(utf8_clean("\U0001D160", true), "\U0001D158\U0001D165\U0001D16E");
}

static void control_characters_are_found(void **state)
{
	(void)state;
	assert_int_equal(utf8_find_control("a\tb\n机"), SIZE_MAX);
	assert_int_equal(utf8_find_control(""), SIZE_MAX);
	assert_int_equal(utf8_find_control("机\x1b"), 3);
	assert_int_equal(utf8_find_control("ab\r"), 2);
	assert_int_equal(utf8_find_control("a\x7f"), 1);
	assert_int_equal(utf8_find_control("a\xc2\x85"), 1);
	assert_int_equal(utf8_find_control("a\u202E"), 1);
	assert_int_equal(utf8_find_control("a\u2069"), 1);
	assert_int_equal(utf8_find_control("a\u00A0\u200D"), SIZE_MAX);
}

static void other_codesets_are_converted(void **state)
{
	static const char gb[] = "\xbb\xfa\xb7\xbf\xa1\xb0\xb7\xbf\xa1\xb1";
	char *long_gb = malloc(4001);

	(void)state;
	check_owned(utf8_from("GB18030", gb, strlen(gb)), "机房“房”");
	check_owned(utf8_from("GB18030", "\x95\x32\x82\x36", 4), "𠀀");
	check_owned(utf8_from("UTF-8", "机房", 6), "机房");
	check_owned(utf8_from("utf-8", "", 0), "");
	check_owned(utf8_from("GB18030", "", 0), "");
	assert_null(utf8_from("UTF-8", gb, strlen(gb)));
	assert_null(utf8_from("GB18030", "\xbb", 1));
	assert_null(utf8_from("GB18030", "a\xff", 2));
	assert_null(utf8_from("GB18030", "a\0b", 3));
	assert_null(utf8_from("no-such-codeset", "a", 1));

	/* More than one block of the converter. */
	for (size_t i = 0; i < 4000; i += 2)
		memcpy(long_gb + i, gb, 2);
	char *converted = utf8_from("GB18030", long_gb, 4000);
	assert_non_null(converted);
	assert_int_equal(strlen(converted), 6000);
	assert_int_equal(utf8_chars(converted), 2000);
	free(converted);
	free(long_gb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_text_is_told_from_invalid),
		cmocka_unit_test(bad_bytes_become_replacement_characters),
		cmocka_unit_test(every_character_survives_encoding),
		cmocka_unit_test(carets_move_by_grapheme_both_ways),
		cmocka_unit_test(a_caret_inside_a_grapheme_goes_to_its_start),
		cmocka_unit_test(widths_are_terminal_columns),
		cmocka_unit_test(width_of_a_part),
		cmocka_unit_test(fitting_never_splits_a_grapheme),
		cmocka_unit_test(columns_lead_back_to_graphemes),
		cmocka_unit_test(cut_texts_say_so),
		cmocka_unit_test(cuts_by_bytes_keep_characters_whole),
		cmocka_unit_test(slips_of_the_input_method_are_folded),
		cmocka_unit_test(control_characters_are_cleaned_away),
		cmocka_unit_test(control_characters_are_found),
		cmocka_unit_test(other_codesets_are_converted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
