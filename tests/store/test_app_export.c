#include "store/app.h"

#include "app/attach.h"
#include "app/audit.h"
#include "app/export.h"
#include "store/record.h"

static struct scene *scene;

static int begin(void **state)
{
	(void)state;
	scene = scene_new(1);
	return 0;
}

static int end(void **state)
{
	(void)state;
	scene_free(&scene);
	return 0;
}

/* A workbook is a zip of some size; what is in it is the print tests'. */
static void is_workbook(const char *path)
{
	size_t len = 0;
	char *bytes = NULL;

	ok((bytes = path_read(path, 64 * 1024 * 1024, &len, &err)) != NULL);
	assert_true(len > 3000);
	assert_memory_equal(bytes, "PK\x03\x04", 4);
	free(bytes);
}

static int64_t prints(int64_t record)
{
	char *sql = str_format("SELECT count(*) FROM print_log WHERE record = %lld", (long long)record);
	int64_t count = scene_number(scene, sql);

	free(sql);
	return count;
}

/* The code on the page leads back to the record, and tells whether it still reads the same. */
static void test_page_and_code(void **state)
{
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	char *path = path_join(scene->folder, "page.xlsx"), *written = NULL, *number = NULL, *code;
	char hash[HASH_HEX_SIZE];
	bool current = false;

	(void)state;
	ok(export_record(scene->office, &scene->clerk->actor, id, path, &written, &err));
	assert_string_equal(written, path);
	is_workbook(path);
	free(written);
	ok(export_record(scene->office, &scene->clerk->actor, id, path, &written, &err));
	free(written);
	assert_int_equal(prints(id), 2);
	ok(record_hash(office_db(scene->office), id, hash, &err));
	code = str_format("%.4s-%.4s %.4s", hash, hash + 4, hash + 8);
	ok(audit_verify_code(scene->office, code, &number, &current, &err));
	assert_true(current);
	free(number);
	ok(scene_act(scene, scene->head, id, "review", NULL, &err));
	ok(audit_verify_code(scene->office, code, &number, &current, &err));
	assert_false(current);
	free(number);
	refused(audit_verify_code(scene->office, "0123-4567-89ab", &number, &current, &err), ERR_REFUSED);
	refused(audit_verify_code(scene->office, "xyz", &number, &current, &err), ERR_REFUSED);
	refused(audit_verify_code(scene->office, "", &number, &current, &err), ERR_REFUSED);
	free(code);
	free(path);
}

/* Where nothing can be written, nothing is claimed to have been printed. */
static void test_page_that_cannot_be(void **state)
{
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	int64_t entries = scene_number(scene, "SELECT count(*) FROM journal");
	char *written = NULL;

	(void)state;
	refused(export_record(scene->office, &scene->clerk->actor, id, "/proc/no/such/page.xlsx", &written, &err), ERR_SYSTEM);
	assert_null(written);
	assert_int_equal(prints(id), 0);
	assert_int_equal(scene_number(scene, "SELECT count(*) FROM journal"), entries);
	ok(export_record(scene->office, &scene->clerk->actor, id, NULL, &written, &err));
	is_workbook(written);
	free(written);
}

static void test_month(void **state)
{
	struct job *job = NULL;
	char *folder = path_join(scene->folder, "2026-10"), *book = path_join(scene->folder, "book.xlsx");

	(void)state;
	refused(export_month(scene->office, &scene->staff->actor, "2026-10", folder, &err) != NULL, ERR_DENIED);
	refused(export_month(scene->office, &scene->clerk->actor, "2026-13", folder, &err) != NULL, ERR_USAGE);
	refused(export_month(scene->office, &scene->clerk->actor, "Oct", folder, &err) != NULL, ERR_USAGE);
	ok((job = export_month(scene->office, &scene->clerk->actor, "2026-10", folder, &err)) != NULL);
	ok(job_run(job, &err));
	assert_int_equal(job_done(job), office_form_count(scene->office));
	const json_t *files = json_object_get(job_result(job), "files");
	assert_int_equal(json_array_size(files), office_form_count(scene->office));
	for (size_t i = 0; i < json_array_size(files); i++)
		is_workbook(json_text(json_array_get(files, i), "file"));
	is_workbook(json_text(job_result(job), "index"));
	job_free(&job);
	/* A month in which nothing happened has its sheets, too. */
	ok((job = export_month_book(scene->office, &scene->clerk->actor, "2025-01", book, &err)) != NULL);
	ok(job_run(job, &err));
	is_workbook(book);
	job_free(&job);
	free(folder);
	free(book);
}

static void test_list(void **state)
{
	const struct list_query query = { .form = "patrol", .month = "2026-11" };
	char *path = path_join(scene->folder, "list.xlsx");
	struct job *job = NULL;
	int count = 0;

	(void)state;
	ok((job = export_list(scene->office, &scene->clerk->actor, &query, path, &err)) != NULL);
	ok(job_run(job, &err));
	ok(list_count(scene->office, &scene->clerk->actor, &query, 1000, &count, &err));
	assert_int_equal(json_whole(job_result(job), "records", 0), count);
	is_workbook(path);
	job_free(&job);
	free(path);
}

static void test_attachments(void **state)
{
	static const char bytes[] = "屏幕照片\0\x01\xff 任何字节";
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	char sm3[HASH_HEX_SIZE], read_sm3[HASH_HEX_SIZE], expected[HASH_HEX_SIZE];
	char *back = NULL;
	size_t len = 0;
	struct view *view;

	(void)state;
	ok(hash_bytes(bytes, sizeof(bytes), expected, &err));
	ok(attach_add(scene->office, &scene->clerk->actor, id, "照片 1.jpg", bytes, sizeof(bytes), sm3, &err));
	assert_string_equal(sm3, expected);
	ok(attach_read(scene->office, &scene->head->actor, id, "照片 1.jpg", &back, &len, read_sm3, &err));
	assert_int_equal(len, sizeof(bytes));
	assert_memory_equal(back, bytes, len);
	assert_string_equal(read_sm3, expected);
	free(back);
	refused(attach_add(scene->office, &scene->clerk->actor, id, "../照片", bytes, 4, sm3, &err), ERR_REFUSED);
	refused(attach_add(scene->office, &scene->clerk->actor, id, "", bytes, 4, sm3, &err), ERR_REFUSED);
	refused(attach_add(scene->office, &scene->clerk->actor, id, "大", bytes, (size_t)1 << 40, sm3, &err), ERR_REFUSED);
	refused(attach_add(scene->office, &scene->staff->actor, id, "x", bytes, 4, sm3, &err), ERR_DENIED);
	refused(attach_read(scene->office, &scene->clerk->actor, id, "没有", &back, &len, sm3, &err), ERR_REFUSED);
	view = scene_view(scene, scene->clerk, id);
	assert_int_equal(view->attachment_count, 1);
	assert_string_equal(view->attachments[0].sm3, expected);
	assert_string_equal(view->events[1].action, "attach");
	view_free(&view);
	ok(scene_act(scene, scene->head, id, "void", "演练用，作废。", &err));
	refused(attach_add(scene->office, &scene->clerk->actor, id, "y", bytes, 4, sm3, &err), ERR_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_and_code), cmocka_unit_test(test_page_that_cannot_be),
		cmocka_unit_test(test_month),         cmocka_unit_test(test_list),
		cmocka_unit_test(test_attachments),
	};

	text_init("en", "");
	json_setup();
	return cmocka_run_group_tests(tests, begin, end);
}
