/*
 * Workbooks beside bare libxlsxwriter: a long list in constant memory beside a loop that writes the same cells, and
 * the page of a record beside a workbook with as many cells, laid out by nobody.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "app/export.h"
#include "app/list.h"
#include "app/login.h"
#include "app/office.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "bench/bench.h"
#include "report/report.h"

enum { ROWS = 20000, COLUMNS = 6, PAGES = 20, PAGE_ROWS = 48, PAGE_COLUMNS = 8 };

static const char *const cells[COLUMNS] = { "崇自然资信事〔2026〕12号", "2026-11-20 16:35", "不动产登记中心登记系统登录页面打不开",
	                                    "处置中", "一般", "不动产登记中心" };

static char *in_folder(const char *folder, const char *name)
{
	return path_join(folder, name);
}

static double bare_list(const char *path)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	const double start = bench_now_us();
	lxw_workbook *book = workbook_new_opt(path, &options);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "list");

	for (lxw_row_t row = 0; row < ROWS; row++) {
		for (lxw_col_t col = 0; col < COLUMNS; col++)
			worksheet_write_string(sheet, row, col, cells[col], NULL);
	}
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	return bench_now_us() - start;
}

static double our_list(const char *path)
{
	static const struct report_list_column columns[COLUMNS] = {
		{ "编号", 24, false }, { "时间", 16, false }, { "标题", 40, false }, { "状态", 8, false }, { "级别", 8, false }, { "股室", 16, false },
	};
	const struct page_context context = { .office = "崇阳县自然资源和规划局", .printed_by = "张三" };
	const struct report_target target = { .path = path };
	struct err err = { 0 };
	const double start = bench_now_us();
	struct report_list *list = report_list_new(NULL, &context, "台账", columns, COLUMNS, &target, &err);

	if (!list)
		fail_msg("%s", err.text);
	for (int row = 0; row < ROWS; row++)
		assert_true(report_list_row(list, cells, &err));
	assert_true(report_list_finish(list, &err));
	report_list_free(&list);
	return bench_now_us() - start;
}

static double bare_page(const char *path)
{
	const double start = bench_now_us();
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "page");
	lxw_format *format = workbook_add_format(book);

	format_set_border(format, LXW_BORDER_THIN);
	for (lxw_row_t row = 0; row < PAGE_ROWS; row++) {
		for (lxw_col_t col = 0; col < PAGE_COLUMNS; col++)
			worksheet_write_string(sheet, row, col, cells[col % COLUMNS], format);
	}
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	return bench_now_us() - start;
}

/* From the store to the file, print log and journal included. */
static double our_page(struct office *office, const struct actor *actor, int64_t record, const char *path)
{
	const double start = bench_now_us();
	struct err err = { 0 };
	char *written = NULL;

	if (!export_record(office, actor, record, path, &written, &err))
		fail_msg("%s", err.text);
	free(written);
	return bench_now_us() - start;
}

static void lists(void **state)
{
	const char *folder = *state;
	char *ours = in_folder(folder, "ours.xlsx"), *bare = in_folder(folder, "bare.xlsx");
	const double floor_us = bare_list(bare);

	bench_line("a list of 20,000 rows as a workbook", our_list(ours), floor_us, 0);
	free(ours);
	free(bare);
}

static int64_t newest_record(struct office *office, const struct actor *actor)
{
	const struct list_query query = { .form = "incident" };
	struct err err = { 0 };
	struct list_page *page = list_load(office, actor, &query, NULL, false, 1, &err);
	int64_t id;

	if (!page || !page->count)
		fail_msg("the training office has no incident: %s", err.text);
	id = page->rows[0].id;
	list_page_free(&page);
	return id;
}

static void pages(void **state)
{
	const char *folder = *state;
	char *data = in_folder(folder, "data"), *ours = in_folder(folder, "page.xlsx"), *bare = in_folder(folder, "bare-page.xlsx");
	struct err err = { 0 };
	struct office *office = office_open(data, getenv("YW_SOURCE"), &err);
	struct login *login = office ? login_as_owner(office, NULL, "bench", &err) : NULL;
	double our_us[PAGES], bare_us[PAGES];

	if (!login)
		fail_msg("%s", err.text);
	for (int i = 0; i < PAGES; i++) {
		bare_us[i] = bare_page(bare);
		our_us[i] = our_page(office, &login->actor, newest_record(office, &login->actor), ours);
	}
	bench_line("an incident's pages as a workbook", bench_median(our_us, PAGES), bench_median(bare_us, PAGES), 0);
	login_free(&login);
	office_close(&office);
	free(data);
	free(ours);
	free(bare);
}

/* A folder with a training office in it. */
static int set_up(void **state)
{
	char *folder = str_format("%s/bench-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	char *command;

	if (!mkdtemp(folder))
		return -1;
	text_init("zh", "");
	command = str_format("'%s' --data '%s/data' init --demo --months 1 >/dev/null", getenv("YUNWEI"), folder);
	*state = folder;
	return system(command) == 0 ? (free(command), 0) : -1;
}

static int tear_down(void **state)
{
	char *command = str_format("rm -rf '%s'", (char *)*state);
	const int result = system(command);

	free(command);
	free(*state);
	return result;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lists), cmocka_unit_test(pages) };

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
