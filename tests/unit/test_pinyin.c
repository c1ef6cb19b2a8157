/* Chinese words found by the initials of their syllables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/pinyin.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *initials_of(const char *character)
{
	size_t len;

	return pinyin_initials(utf8_decode(character, &len));
}

static void characters_have_initials(void **state)
{
	static const struct { const char *character, *initials; } cases[] = {
		{ "机", "j" }, { "房", "f" },  { "中", "z" },  { "重", "zc" }, { "行", "xh" }, { "长", "zc" },
		{ "调", "dt" }, { "乐", "ly" }, { "阿", "ae" }, { "不", "b" },  { "局", "j" },  { "〇", "l" },
		{ "㐁", "t" }, { "龥", "y" },  { "a", "" },    { "，", "" },   { "é", "" },    { "あ", "" },
		{ "𬭎", "h" }, { "𠀀", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (strcmp(initials_of(cases[i].character), cases[i].initials) != 0)
			fail_msg("%s has \"%s\"", cases[i].character, initials_of(cases[i].character));
	assert_string_equal(pinyin_initials(0), "");
	assert_string_equal(pinyin_initials(0x10FFFF), "");
	/* 单 is dān above all, but in names shàn. */
	assert_int_equal(initials_of("单")[0], 'd');
	assert_non_null(strchr(initials_of("单"), 's'));
}

/* All of the common set of a Chinese computer can be found. */
static void every_character_of_gb2312_has_an_initial(void **state)
{
	int characters = 0;

	(void)state;
	for (int row = 0xB0; row <= 0xF7; row++)
		for (int cell = 0xA1; cell <= 0xFE; cell++) {
			const char gb[2] = { (char)row, (char)cell };
			char *character = utf8_from("GB2312", gb, sizeof(gb));

			if (character == NULL)
				continue;
			characters++;
			if (initials_of(character)[0] == '\0')
				fail_msg("%s has none", character);
			free(character);
		}
	assert_int_equal(characters, 6763);
}

static void most_characters_of_unicode_have_one(void **state)
{
	int found = 0;

	(void)state;
	for (uint32_t c = 0x4E00; c <= 0x9FFF; c++)
		found += *pinyin_initials(c) != '\0' ? 1 : 0;
	assert_true(found >= 20900);
}

static void words_are_found(void **state)
{
	static const struct { const char *text, *query; } found[] = {
		{ "不动产登记中心", "bdc" },       { "不动产登记中心", "动产" },      { "不动产登记中心", "BDCDJZX" },
		{ "不动产登记中心", "zx" },        { "信息中心", "xxzx" },            { "信息中心", "ｘｘｚｘ" },
		{ "信息中心", "" },                { "信息中心", "  " },              { "信息中心", "xx中心" },
		{ "重启", "cq" },                  { "重要", "zy" },                  { "银行", "yh" },
		{ "行政", "xz" },                  { "局长", "jz" },                  { "调查", "dc" },
		{ "调整", "tz" },                  { "单位", "dw" },                  { "UPS电池", "ups" },
		{ "UPS电池", "psd" },              { "２号机柜", "2hjg" },            { "运〔2026〕12号", "2026" },
		{ "运〔2026〕12号", "y2026" },     { "信息中心（机房）", "xxzxjf" },  { "张三", "zs" },
		{ "Core Switch", "switch" },       { "Core Switch", "re sw" },        { "Core Switch", "coresw" },
		{ "信息中心", "xxzx " },           { "信息中心", "　xxzx" },          { "a,b", "," },
		{ "", "" },
	};
	static const struct { const char *text, *query; } missed[] = {
		{ "不动产登记中心", "bdj" },       { "不动产登记中心", "动登" },      { "信息中心", "xxzxx" },
		{ "", "a" },                       { "信息中心", "（" },              { "abc", "ac" },
		{ "a b", "," },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(found); i++)
		if (!pinyin_finds(found[i].text, found[i].query))
			fail_msg("\"%s\" does not find %s", found[i].query, found[i].text);
	for (size_t i = 0; i < COUNT(missed); i++)
		if (pinyin_finds(missed[i].text, missed[i].query))
			fail_msg("\"%s\" finds %s", missed[i].query, missed[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters_have_initials),
		cmocka_unit_test(every_character_of_gb2312_has_an_initial),
		cmocka_unit_test(most_characters_of_unicode_have_one),
		cmocka_unit_test(words_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
