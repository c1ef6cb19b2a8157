/* Search: two Chinese characters are enough, and nothing that is typed is an operator. */
#include "store/store.h"

static char *folder;
static struct db *db;

static const char *const texts[] = {
	"异常情况报告\n崇自然资信事〔2026〕3号 EV2026-0003\n不动产登记中心 业务系统无法登录，网速缓慢",
	"关键补丁 KB5031356 安装\nＫＢ５０３１３５６ 测试通过",
	"机房日常巡检 2026-11-22\nUPS负载率 83％，已申请扩容；IP 10.1.20.3 正常",
	"更换二楼交换机\n型号 S5720-28P，端口 GE0/0/12 𠮷野 \U0001F525告警 caf\u00e9",
	"温度26.5℃ 湿度 45%\n一切正常 50mm",
};

static int setup(void **state)
{
	(void)state;
	folder = new_folder();
	db = open_store(folder, DB_CREATE);
	fill_basics(db);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct record *record = new_record(texts[i], 1000);

		file_record(db, record, "filed");
		record_free(&record);
	}
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_close(&db);
	remove_folder(folder);
	return 0;
}

/* The records that TEXT finds, newest first, as "3 1". */
static void expect(const char *text, const char *ids)
{
	struct store_hit *hits;
	struct str found = STR_INIT;
	size_t count;

	ok(store_search_find(db, text, 0, 0, &hits, &count, &err));
	for (size_t i = 0; i < count; i++)
		str_addf(&found, "%s%lld", i > 0 ? " " : "", (long long)hits[i].record);
	if (!str_equal(str_text(&found), ids))
		fail_msg("\"%s\" finds \"%s\", not \"%s\"", text, str_text(&found), ids);
	store_hits_free(&hits, count);
	str_release(&found);
}

static void test_chinese(void **state)
{
	(void)state;
	expect("巡检", "3");
	expect("不动产", "1");
	expect("动产登记", "1");
	expect("登记中心", "1");
	expect("正常", "5 3");
	expect("常", "5 3 1");
	expect("检巡", "");
	expect("不动产中心", ""); /* a phrase, not a bag of characters */
	expect("不动产 缓慢", "1");
	expect("不动产　缓慢", "1"); /* a full-width blank separates, too */
	expect("不动产 补丁", "");
	expect("𠮷野", "4");
	expect("\U0001F525", "4");
	expect("℃", "5");
}

static void test_latin_and_numbers(void **state)
{
	(void)state;
	expect("KB5031356", "2");
	expect("kb5031356", "2");
	expect("ＫＢ５０３１３５６", "2");
	expect("KB5031", "2"); /* from its beginning */
	expect("5031", "2");
	expect("KB50", "2");
	expect("KB5", ""); /* too short to mean a beginning */
	expect("50", "5");
	expect("EV2026-0003", "1");
	expect("ev2026", "1");
	expect("0003", "1");
	expect("〔2026〕3号", "1");
	expect("2026-11-22", "3");
	expect("10.1.20.3", "3");
	expect("10.1.20", "3");
	expect("UPS负载", "3");
	expect("ups", "3");
	expect("S5720", "4");
	expect("GE0/0/12", "4");
	expect("83%", "3");
	expect("café", "4");
	expect("二楼交换机 s5720-28p", "4");
}

static void test_nothing_is_an_operator(void **state)
{
	static const char *const hostile[] = {
		"\"", "\"\"", "'", "'; DROP TABLE record; --", "*", "a*", "^a", "(", ")", "((", "a AND", "OR", "NOT", "a NOT b",
		"NEAR", "NEAR(巡 检)", "words:巡检", "{words}:x", "-", "+", "巡检 +", "\\", "%", "_", "\x01", "，。、；",
		"search_index", "rank", ":", "a:b", "巡\"检",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		struct store_hit *hits;
		size_t count;

		ok(store_search_find(db, hostile[i], 0, 0, &hits, &count, &err));
		store_hits_free(&hits, count);
	}
	expect("NEAR", "");
	expect("\"巡检\"", "3");
	expect("巡检*", "3");
	expect("正常 OR 补丁", "");
	expect("", "");
	expect("  　 ", "");
	expect("！？", "");
}

static void test_very_long_query(void **state)
{
	char *text = mem_zeroed(1024 * 1024 + 1, 1);

	(void)state;
	for (size_t i = 0; i + 3 <= 1024 * 1024; i += 3)
		memcpy(text + i, "巡", 3);
	expect(text, "");
	memset(text, 'a', 1024 * 1024);
	expect(text, "");
	free(text);
}

static void test_pages_and_lines(void **state)
{
	struct store_hit *hits;
	size_t count;

	(void)state;
	ok(store_search_find(db, "正常", 0, 1, &hits, &count, &err));
	assert_int_equal(count, 1);
	assert_int_equal(hits[0].record, 5);
	assert_string_equal(hits[0].text, "一切正常 50mm");
	store_hits_free(&hits, count);
	ok(store_search_find(db, "正常", 5, 1, &hits, &count, &err));
	assert_int_equal(count, 1);
	assert_int_equal(hits[0].record, 3);
	assert_string_equal(hits[0].text, "UPS负载率 83％，已申请扩容；IP 10.1.20.3 正常");
	store_hits_free(&hits, count);
	ok(store_search_find(db, "5031", 0, 0, &hits, &count, &err));
	assert_string_equal(hits[0].text, "关键补丁 KB5031356 安装");
	store_hits_free(&hits, count);
}

static void test_text_put_anew(void **state)
{
	(void)state;
	ok(db_begin(db, DB_DECISION, &err));
	ok(store_search_put(db, 3, "改名为周检", &err));
	ok(db_commit(db, &err));
	expect("巡检", "");
	expect("周检", "3");
	expect("正常", "5");
	ok(db_begin(db, DB_DECISION, &err));
	ok(store_search_put(db, 3, "", &err));
	ok(store_search_put(db, 3, "又回来了", &err));
	ok(db_commit(db, &err));
	expect("周检", "");
	expect("回来", "3");
}

static void test_queries_as_text(void **state)
{
	static const struct { const char *text, *query; } pairs[] = {
		{ "巡检", "\"巡 检\"" },
		{ "KB5031 补丁", "\"kb 5031\" * AND \"补 丁\"" },
		{ "a\"b", "\"a b\"" },
		{ " x ", "\"x\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		char *query = store_search_query(pairs[i].text);

		assert_string_equal(query, pairs[i].query);
		free(query);
	}
	assert_null(store_search_query("?!"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_chinese, setup, teardown),
		cmocka_unit_test_setup_teardown(test_latin_and_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nothing_is_an_operator, setup, teardown),
		cmocka_unit_test_setup_teardown(test_very_long_query, setup, teardown),
		cmocka_unit_test_setup_teardown(test_pages_and_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(test_text_put_anew, setup, teardown),
		cmocka_unit_test(test_queries_as_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
