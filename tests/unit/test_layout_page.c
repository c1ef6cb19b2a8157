/* A record's page before it is a workbook: what is printed, where it goes, and what is never claimed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "form/load.h"
#include "report/layout_model.h"
#include "report/page.h"
#include "report/register.h"

static const char form_text[] =
	"id = \"trial\"; title = \"试验申请表\"; title_en = \"Trial\"; name = \"试验\"; code = \"TR\"; articles = [18]; kind = \"case\";\n"
	"menu_group = \"试验\"; retention = \"10年\"; number = \"试〔{yyyy}〕{n}号\";\n"
	"sections = (\n"
	" { key = \"a\"; title = \"一、申请\"; fields = (\n"
	"  { key = \"what\"; label = \"事项\"; type = \"text\"; length = 40; },\n"
	"  { key = \"day\"; label = \"日期\"; type = \"date\"; },\n"
	"  { key = \"load\"; label = \"负载\"; type = \"integer\"; unit = \"%\"; },\n"
	"  { key = \"ways\"; label = \"方式\"; type = \"multi\"; choices = ( { value = \"断网\"; en = \"cut off\"; }, { value = \"停机\"; en = \"shut down\"; } ); },\n"
	"  { key = \"why\"; label = \"理由\"; type = \"memo\"; length = 2000; },\n"
	"  { key = \"rows\"; label = \"清单\"; type = \"table\"; columns = ( { key = \"name\"; label = \"名称\"; type = \"text\"; }, { key = \"n\"; label = \"台数\"; type = \"integer\"; } ); }\n"
	" ); },\n"
	" { key = \"b\"; title = \"二、检查\"; fields = (\n"
	"  { key = \"list\"; label = \"检查\"; type = \"checklist\"; items = (\n"
	"    { key = \"t\"; label = \"温度\"; group = \"环境\"; type = \"decimal\"; decimals = 1; unit = \"℃\"; normal = [18.0, 27.0]; warn = [10.0, 32.0]; },\n"
	"    { key = \"ac\"; label = \"空调\"; group = \"空调\"; type = \"choice\"; choices = ( { value = \"正常\"; verdict = \"normal\"; }, { value = \"异常\"; verdict = \"fail\"; } ); } ); }\n"
	" ); } );\n"
	"workflow = { states = (\n"
	"   { key = \"draft\"; label = \"草稿\"; kind = \"draft\"; }, { key = \"dept\"; label = \"待审核\"; kind = \"open\"; who = [\"dept_head\"]; },\n"
	"   { key = \"ic\"; label = \"待审批\"; kind = \"open\"; who = [\"ic_head\"]; }, { key = \"filed\"; label = \"已备案\"; kind = \"done\"; approved = true; },\n"
	"   { key = \"refused\"; label = \"不同意\"; kind = \"refused\"; }, { key = \"voided\"; label = \"已作废\"; kind = \"void\"; } );\n"
	"  transitions = (\n"
	"   { action = \"submit\"; label = \"提交\"; from = [\"draft\"]; to = \"dept\"; who = [\"author\"]; effects = ( [\"number\"] ); },\n"
	"   { action = \"dept_agree\"; label = \"同意\"; from = [\"dept\"]; to = \"ic\"; who = [\"dept_head\"]; primary = true; reason = \"may\"; },\n"
	"   { action = \"agree\"; label = \"同意\"; from = [\"ic\"]; to = \"filed\"; who = [\"ic_head\"]; primary = true; reason = \"may\"; effects = ( [\"filing_number\"] ); },\n"
	"   { action = \"refuse\"; label = \"不同意\"; from = [\"ic\"]; to = \"refused\"; who = [\"ic_head\"]; reason = \"must\"; },\n"
	"   { action = \"return\"; label = \"退回\"; from = [\"ic\", \"dept\"]; to = \"draft\"; who = [\"ic_head\", \"dept_head\"]; reason = \"must\"; },\n"
	"   { action = \"void\"; label = \"作废\"; from = [\"filed\"]; to = \"voided\"; who = [\"ic_head\"]; reason = \"must\"; } ); };\n"
	"list = ( (\"number\", 20), (\"what\", 20), (\"state\", 8) );\n";

static struct definition *form;
static struct page_context context = { .office = "某局", .printed_by = "张三", .printed_utc = 1795328100 };

static int set_up(void **state)
{
	struct mistakes mistakes = { 0 };

	(void)state;
	form = form_load_text(form_text, "trial.cfg", &mistakes);
	for (size_t i = 0; i < mistakes.count; i++)
		print_message("%s\n", mistake_text(&mistakes.items[i]));
	mistakes_release(&mistakes);
	return form == NULL;
}

static int tear_down(void **state)
{
	(void)state;
	definition_free(&form);
	return 0;
}

static struct record record_with(const char *body)
{
	json_error_t error;
	struct record record = { .number = "试〔2026〕7号", .code = "TR2026-0007", .state = "filed", .department = "股室", .applicant = "李四",
				 .title = "题目", .occurred_utc = 1795328100, .submitted_utc = 1795328100 };
	record.body = json_loads(body, 0, &error);
	assert_non_null(record.body);
	return record;
}

static struct layout *layout_from(const char *text)
{
	struct layout_mistakes mistakes = { 0 };
	struct layout *layout = layout_load_text(text, "x.cfg", NULL, &mistakes);

	if (mistakes.count > 0)
		fail_msg("%d: %s", mistakes.items[0].line, mistakes.items[0].text);
	return layout;
}

/* The rows as text: cells parted by "|", rows by newlines. */
static char *text_of(const struct flow *flow)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < flow->count; i++) {
		for (size_t k = 0; k < flow->rows[i].count; k++)
			str_addf(&out, "%s%s", k > 0 ? "|" : "", flow->rows[i].cells[k].text == NULL ? "" : flow->rows[i].cells[k].text);
		str_add_char(&out, '\n');
	}
	return str_take(&out);
}

/* Every unit of every boxed row belongs to exactly one cell, those from rows above included. */
static void assert_covered(const struct flow *flow)
{
	char *covered = mem_zeroed(flow->count * (size_t)flow->units + 1, 1);

	for (size_t i = 0; i < flow->count; i++) {
		for (size_t k = 0; k < flow->rows[i].count; k++) {
			const struct cell *cell = &flow->rows[i].cells[k];
			assert_true(cell->span >= 1 && cell->at >= 0 && cell->at + cell->span <= flow->units);
			for (int row = 0; row < cell->rows; row++) {
				for (int unit = cell->at; unit < cell->at + cell->span; unit++)
					covered[(i + (size_t)row) * (size_t)flow->units + (size_t)unit]++;
			}
		}
	}
	for (size_t i = 0; i < flow->count; i++) {
		for (int unit = 0; flow->rows[i].boxed && unit < flow->units; unit++)
			assert_int_equal(covered[i * (size_t)flow->units + (size_t)unit], 1);
	}
	free(covered);
}

struct build {
	const char *layout;
	const char *body;
	const struct page_entry *entries;
	size_t entry_count;
};

static char *page_of(const struct build *build)
{
	struct layout *layout = layout_from(build->layout);
	struct record record = record_with(build->body);
	const struct page_input input = { .form = form, .record = &record, .entries = build->entries, .entry_count = build->entry_count };
	struct page page;

	page_build(&page, layout, &context, &input);
	assert_covered(&page.flow);
	char *text = text_of(&page.flow);
	page_release(&page);
	layout_free(&layout);
	json_decref(record.body);
	return text;
}

#define EXPECT(build, part)                                                                        \
	do {                                                                                       \
		char *text_ = page_of(build);                                                      \
		if (strstr(text_, part) == NULL)                                                   \
			fail_msg("\"%s\" is not in:\n%s", part, text_);                            \
		free(text_);                                                                       \
	} while (0)

#define EXPECT_NOT(build, part)                                                                    \
	do {                                                                                       \
		char *text_ = page_of(build);                                                      \
		if (strstr(text_, part) != NULL)                                                   \
			fail_msg("\"%s\" is in:\n%s", part, text_);                                \
		free(text_);                                                                       \
	} while (0)

/* ---- templates ---- */

static char *expanded(const char *template, const char *body)
{
	struct record record = record_with(body);
	const struct print print = { .page = &context, .form = form, .record = &record };
	char *text = template_expand(&print, template);
	json_decref(record.body);
	return text;
}

static void expect_text(const char *template, const char *body, const char *text)
{
	char *found = expanded(template, body);
	assert_string_equal(found, text);
	free(found);
}

static void test_templates(void **state)
{
	(void)state;
	expect_text("{what}：{load}", "{\"what\": \"换线\", \"load\": 41}", "换线：41%");
	expect_text("{load:plain}", "{\"load\": 41}", "41");
	expect_text("{number} {state} {record.title}", "{}", "试〔2026〕7号 已备案 题目");
	expect_text("[事项 {what}][，{load}]。", "{\"load\": 3}", "，3%。");
	expect_text("{{what}} [[x]", "{}", "{what}} [x]");
	expect_text("{day} {day:short} {day:digits}", "{\"day\": \"2026-11-05\"}", "2026-11-05 11-05 20261105");
	expect_text("{submitted_at} {submitted_at:time}", "{}", "2026-11-22 14:15 14:15");
	expect_text("{list.t}，{list.t.note}", "{\"list\": {\"t\": {\"value\": 29.5, \"note\": \"偏高\"}}}", "29.5℃，偏高");
	expect_text("{rows:count}[{ways:count}]", "{\"rows\": [{}, {}]}", "2");
	expect_text("{ways}", "{\"ways\": [\"断网\", \"停机\"]}", "断网, 停机");
	expect_text("{unknown}", "{}", "");
	expect_text("{office} {printed_by}", "{}", "某局 张三");
}

/* ---- the page ---- */

static void test_general_page_shows_every_field(void **state)
{
	const struct build build = {
		.layout = "kind = \"form\"; body = ( { rest = true; } );",
		.body = "{\"what\": \"换线\", \"day\": \"2026-11-05\", \"load\": 41, \"ways\": [\"断网\"], \"why\": \"老化\","
			" \"rows\": [{\"name\": \"交换机\", \"n\": 2}], \"list\": {\"t\": {\"value\": 29.5, \"note\": \"已调低设定\"}, \"ac\": {\"value\": \"异常\"}}}",
	};

	(void)state;
	EXPECT(&build, "某局\n试验申请表\n");
	EXPECT(&build, "一、申请\n事项|换线|日期|2026-11-05\n负载|41%|方式|断网\n理由|老化\n清单\n");
	EXPECT(&build, "No.|名称|台数\n1|交换机|2\n");
	EXPECT(&build, "二、检查\n检查\n");
	EXPECT(&build, "环境|温度|29.5℃|warn\n空调|空调|异常|fail\n");
	EXPECT(&build, "1. 温度 (29.5℃): 已调低设定");
}

static void test_rest_leaves_out_what_is_shown(void **state)
{
	const struct build build = {
		.layout = "kind = \"form\"; body = ( { rest = true; }, { grid = ( \"what\" ); }, { note = \"{day}\"; }, { table = \"rows\"; } );",
		.body = "{\"what\": \"换线\", \"load\": 41}",
	};

	(void)state;
	EXPECT(&build, "一、申请\n负载|41%|方式|\n理由|\n二、检查");
}

static void test_grid_spans(void **state)
{
	const struct build build = {
		.layout = "kind = \"form\"; body = ( { grid = ( \"what\", { field = \"ways\"; span = 2; }, \"day\", \"load\" ); } );",
		.body = "{\"what\": \"换线\", \"ways\": [\"断网\"]}",
	};

	(void)state;
	EXPECT(&build, "事项|换线\n方式|断网\n日期||负载|\n");
}

static void test_ticks(void **state)
{
	const struct build build = {
		.layout = "kind = \"form\"; words = { ticked = \"☑\"; unticked = \"□\"; }; body = ( { ticks = \"ways\"; } );",
		.body = "{\"ways\": [\"停机\", \"拔电\"]}",
	};

	(void)state;
	EXPECT(&build, "方式|□断网  ☑停机  ☑拔电\n");
}

static void test_long_table_goes_to_an_annex(void **state)
{
	const struct build build = {
		.layout = "kind = \"form\"; body = ( { table = \"rows\"; rows = 2; } );",
		.body = "{\"rows\": [{\"name\": \"甲\"}, {\"name\": \"乙\"}, {\"name\": \"丙\"}]}",
	};

	(void)state;
	EXPECT(&build, "1|甲|\n2|乙|\n(continued in annex 1)\nAnnex 1: 清单\nNo.|名称|台数\n3|丙|\n");
}

static void test_unused_rows_are_closed(void **state)
{
	const struct build build = {
		.layout = "kind = \"form\"; body = ( { table = \"rows\"; blank = 4; } );",
		.body = "{\"rows\": [{\"name\": \"甲\"}]}",
	};
	const struct build full = { .layout = build.layout, .body = "{\"rows\": [{\"n\": 1}, {\"n\": 2}, {\"n\": 3}, {\"n\": 4}]}" };

	(void)state;
	EXPECT(&build, "1|甲|\n(nothing below)\n||\n||\n");
	EXPECT_NOT(&full, "(nothing below)");
}

static void test_long_text_goes_to_an_annex(void **state)
{
	struct str body = STR_INIT;

	(void)state;
	str_add(&body, "{\"why\": \"");
	str_add_repeat(&body, "一二三四五六七八九十", 30);
	str_add(&body, "\"}");
	const struct build build = { .layout = "kind = \"form\"; body = ( { text = \"why\"; most = 5; } );", .body = str_text(&body) };
	char *text = page_of(&build);
	const char *here = strstr(text, "理由|"), *note = strstr(text, "\n(continued in annex 1)\n"), *annex = strstr(text, "Annex 1: 理由\n");
	assert_true(here != NULL && note != NULL && annex != NULL && here < note && note < annex);
	/* Nothing is lost between the two parts. */
	here += strlen("理由|");
	annex += strlen("Annex 1: 理由\n");
	assert_int_equal((size_t)(note - here) + strcspn(annex, "\n"), 300 * 3);
	free(text);
	str_release(&body);
}

/* ---- decisions ---- */

#define AT(n) (1795328100 + (n) * 3600)

static const char approvals[] = "kind = \"form\"; body = ( { approval = \"股室意见\"; states = [\"dept\"]; }, { approval = \"中心意见\"; states = [\"ic\"]; seal = true; } );";

static const struct page_entry course[] = {
	{ .at_utc = AT(0), .person = "李四", .action = "submit", .label = "提交", .from = "draft", .to = "dept" },
	{ .at_utc = AT(1), .person = "王股长", .action = "dept_agree", .label = "同意", .from = "dept", .to = "ic", .note = "情况属实。" },
	{ .at_utc = AT(2), .person = "赵六", .acting_for = "钱主任", .action = "return", .label = "退回", .from = "ic", .to = "draft", .note = "请补充" },
	{ .at_utc = AT(3), .person = "李四", .action = "submit", .label = "提交", .from = "draft", .to = "dept" },
	{ .at_utc = AT(4), .person = "王股长", .action = "dept_agree", .label = "同意", .from = "dept", .to = "ic" },
	{ .at_utc = AT(5), .person = "钱主任", .action = "refuse", .label = "不同意", .from = "ic", .to = "refused", .note = "无业务必要性。" },
};

static void test_decisions_and_their_trace(void **state)
{
	struct build build = { approvals, "{}", course, 2 };

	(void)state;
	EXPECT(&build, "股室意见|情况属实。\nApproved in the system: 王股长 2026-11-22 15:15\nSignature:");
	EXPECT(&build, "中心意见|(seal)|\n\nSignature:");
}

static void test_a_returned_approval_no_longer_stands(void **state)
{
	struct build build = { approvals, "{}", course, 3 };

	(void)state;
	EXPECT(&build, "股室意见|\n\nSignature:");
	EXPECT(&build, "中心意见|(seal)|退回: 请补充\nRefused in the system: 赵六 (for 钱主任) 2026-11-22 16:15\nSignature:");
	/* Submitted again, the return is history, too. */
	build.entry_count = 4;
	EXPECT(&build, "股室意见|\n\nSignature:");
	EXPECT(&build, "中心意见|(seal)|\n\nSignature:");
	/* Agreed without words: the action's name stands for them. */
	build.entry_count = 5;
	EXPECT(&build, "股室意见|同意\nApproved in the system: 王股长 2026-11-22 18:15\n");
	EXPECT_NOT(&build, "退回");
}

static void test_a_refusal_is_named(void **state)
{
	const struct build build = { approvals, "{}", course, 6 };

	(void)state;
	EXPECT(&build, "中心意见|(seal)|不同意: 无业务必要性。\nRefused in the system: 钱主任");
}

static void test_signed_on_paper(void **state)
{
	static const struct page_entry paper[] = {
		{ .at_utc = AT(0), .person = "李四", .action = "submit", .label = "提交", .from = "draft", .to = "dept" },
		{ .at_utc = AT(1), .person = "张三", .action = "dept_agree", .label = "同意", .from = "dept", .to = "ic", .note = "同意。",
		  .paper_signer = "王股长", .paper_day = "2026-11-20" },
	};
	const struct build build = { approvals, "{}", paper, 2 };

	(void)state;
	EXPECT(&build, "股室意见|同意。\n(signed on paper) 王股长 2026-11-20; entered by 张三 2026-11-22 15:15\n");
}

static void test_general_approvals_one_an_office(void **state)
{
	const struct build build = { "kind = \"form\"; body = ( { approvals = true; }, { timeline = \"过程\"; } );", "{}", course, 6 };

	(void)state;
	EXPECT(&build, "Opinion: head of department|同意\n");
	EXPECT(&build, "Opinion: head of the information center|不同意: 无业务必要性。\n");
	EXPECT(&build, "过程\nTime|Person|Action|Opinion or reason\n2026-11-22 14:15|李四|提交|\n");
	EXPECT(&build, "2026-11-22 16:15|赵六 (for 钱主任)|退回|请补充\n");
}

/* ---- registers ---- */

static char *register_of(const char *layout_text, struct register_input input, const struct record *records, size_t count)
{
	const struct record *all[40];
	struct ledger ledger;
	struct err err = { 0 };
	struct layout *layout = layout_from(layout_text);

	for (size_t i = 0; i < count; i++)
		all[i] = &records[i];
	input.form = form;
	input.records = all;
	input.count = count;
	if (!ledger_build(&ledger, layout, &context, &input, &err))
		fail_msg("%s", err.text);
	assert_covered(&ledger.flow);
	char *text = text_of(&ledger.flow);
	ledger_release(&ledger);
	layout_free(&layout);
	return text;
}

static void test_register_rows(void **state)
{
	struct record records[3];
	static const char *const numbers[] = { "试〔2026〕10号", "试〔2026〕9号", "试〔2026〕2号" };

	(void)state;
	for (int i = 0; i < 3; i++) {
		records[i] = record_with("{\"what\": \"换线\", \"load\": 5, \"rows\": [{\"name\": \"甲\"}, {\"name\": \"乙\"}]}");
		records[i].number = (char *)(uintptr_t)numbers[i];
	}
	records[1].state = "voided";
	records[2].late = true;
	char *text = register_of("kind = \"register\"; title = \"台账\"; columns = ( { label = \"序\"; value = \"{#}\"; }, { label = \"号\"; value = \"{number}\"; },"
	                         " { label = \"负载\"; value = \"{load:plain}\"; total = \"sum\"; }, { label = \"备注\"; value = \"{what}\"; } );",
	                         (struct register_input){ .year = 2026, .month = 11 }, records, 3);
	/* By number as people count; void and late ones say so; void ones do not add up. */
	assert_non_null(strstr(text, "2026-11 台账\n"));
	assert_non_null(strstr(text, "序|号|负载|备注\n1|试〔2026〕2号|5|entered late, 换线\n2|试〔2026〕9号|5|Void, 换线\n3|试〔2026〕10号|5|换线\n"
	                             "Total: 3 records|10|\n(nothing below)\n"));
	free(text);
	text = register_of("kind = \"register\"; each = \"rows\"; columns = ( { label = \"号\"; value = \"{number}\"; }, { label = \"名\"; value = \"{name}\"; } );",
	                   (struct register_input){ .year = 2026 }, records, 1);
	assert_non_null(strstr(text, "2026 试验申请表: register\n"));
	assert_non_null(strstr(text, "试〔2026〕10号|甲\n试〔2026〕10号|乙\n"));
	free(text);
	text = register_of("kind = \"register\";", (struct register_input){ .year = 2026, .month = 11 }, records, 0);
	assert_non_null(strstr(text, "No.|Number|事项|State\nNothing this month\n(nothing below)\nDrawn up by:"));
	free(text);
	for (int i = 0; i < 3; i++)
		json_decref(records[i].body);
}

/* November 2026: the 1st is a Sunday. */
static void test_month_by_days(void **state)
{
	static const struct missed_day missed[] = { { "2026-11-04", "停电" } };
	struct record records[2];
	int64_t utc = 0;

	(void)state;
	for (int i = 0; i < 2; i++)
		records[i] = record_with("{\"list\": {\"t\": {\"value\": 29.5, \"note\": \"偏高\"}, \"ac\": {\"value\": \"正常\"}}}");
	assert_true(clock_parse("2026-11-02T09:00+08:00", &utc));
	records[0].occurred_utc = utc;
	assert_true(clock_parse("2026-11-07T23:30+08:00", &utc));
	records[1].occurred_utc = utc;
	char *text = register_of("kind = \"register\"; rows = \"days\"; columns = ( { label = \"日\"; value = \"{row.day}\"; }, { label = \"周\"; value = \"{row.weekday}\"; },"
	                         " { label = \"环境\"; checklist = \"list\"; groups = [\"环境\"]; }, { label = \"空调\"; checklist = \"list\"; items = [\"ac\"]; },"
	                         " { label = \"异常\"; checklist = \"list\"; abnormal = true; } );",
	                         (struct register_input){ .year = 2026, .month = 11, .last_day = "2026-11-10", .missed = missed, .missed_count = 1 }, records, 2);
	assert_non_null(strstr(text, "\n1|Su|rest day\n2|Mo|warn|ok|温度 29.5℃: 偏高\n3|Tu|missed\n4|We|missed: 停电\n5|Th|missed\n6|Fr|missed\n"
	                             "7|Sa|warn|ok|温度 29.5℃: 偏高\n8|Su|rest day\n9|Mo|missed\n10|Tu|missed\n11|We|||\n"));
	assert_non_null(strstr(text, "\n30|Mo|||\n"));
	assert_null(strstr(text, "\n31|"));
	free(text);
	for (int i = 0; i < 2; i++)
		json_decref(records[i].body);
}

static void test_shares(void **state)
{
	static const int widths[] = { 1, 30, 3, 3 }, equal[] = { 1, 1, 1 };
	int shares[4];

	(void)state;
	page_share(widths, 4, 45, 3, shares);
	assert_int_equal(shares[0] + shares[1] + shares[2] + shares[3], 45);
	for (int i = 0; i < 4; i++)
		assert_true(shares[i] >= 3);
	assert_true(shares[1] > 30);
	page_share(equal, 3, 48, 3, shares);
	assert_int_equal(shares[0], 16);
	assert_int_equal(shares[2], 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_templates),
		cmocka_unit_test(test_general_page_shows_every_field),
		cmocka_unit_test(test_rest_leaves_out_what_is_shown),
		cmocka_unit_test(test_grid_spans),
		cmocka_unit_test(test_ticks),
		cmocka_unit_test(test_long_table_goes_to_an_annex),
		cmocka_unit_test(test_unused_rows_are_closed),
		cmocka_unit_test(test_long_text_goes_to_an_annex),
		cmocka_unit_test(test_decisions_and_their_trace),
		cmocka_unit_test(test_a_returned_approval_no_longer_stands),
		cmocka_unit_test(test_a_refusal_is_named),
		cmocka_unit_test(test_signed_on_paper),
		cmocka_unit_test(test_general_approvals_one_an_office),
		cmocka_unit_test(test_register_rows),
		cmocka_unit_test(test_month_by_days),
		cmocka_unit_test(test_shares),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
