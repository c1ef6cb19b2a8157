#include "store/app.h"

#include "app/audit.h"
#include "app/backup.h"
#include "app/check.h"

static json_t *live(const char *data, unsigned seed, long records)
{
	const struct demo_options options = { .seed = seed, .months = 1, .until = "2026-11-20", .records = records };
	struct office *office = NULL;
	struct job *job = NULL;
	json_t *result;

	ok(init_office(data, SHARE, true, &err));
	ok((office = office_open(data, SHARE, &err)) != NULL);
	ok((job = demo_fill(office, &options, &err)) != NULL);
	ok(job_run(job, &err));
	result = json_deep_copy(job_result(job));
	job_free(&job);
	office_close(&office);
	return result;
}

static void head_of(const char *data, char head[65])
{
	struct office *office = NULL;
	struct audit_verdict verdict;

	ok((office = office_open(data, SHARE, &err)) != NULL);
	ok(audit_verify(office, &verdict, &err));
	assert_true(verdict.entries > 100);
	str_copy(head, 65, verdict.head);
	office_close(&office);
}

static void forget(char *folder)
{
	nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free(folder);
}

/* The same seed tells the same story to the last hash; another seed another one. No step of it fails. */
static void test_same_again(void **state)
{
	char *folder = scene_folder(), heads[3][65];

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		char *data = str_format("%s/%u", folder, i);
		json_t *result = live(data, i == 2 ? 7 : 1, 0);
		assert_int_equal(json_whole(result, "skipped", -1), 0);
		assert_true(json_whole(result, "records", 0) > 20);
		json_decref(result);
		head_of(data, heads[i]);
		free(data);
	}
	assert_string_equal(heads[0], heads[1]);
	assert_string_not_equal(heads[0], heads[2]);
	forget(folder);
}

static void test_many(void **state)
{
	char *folder = scene_folder(), *data = path_join(folder, "data");
	json_t *result = live(data, 1, 300);

	(void)state;
	assert_true(json_whole(result, "records", 0) >= 300);
	json_decref(result);
	free(data);
	forget(folder);
}

static bool is_whole(struct office *office)
{
	struct job *job = NULL;

	ok((job = check_all(office, &err)) != NULL);
	ok(job_run(job, &err));
	bool whole = json_flag(job_result(job), "ok");
	assert_true(json_array_size(json_object_get(job_result(job), "checks")) >= 8);
	job_free(&job);
	return whole;
}

/* Copied while it is open, spoilt, put back. */
static void test_backup(void **state)
{
	struct scene *scene = scene_new(1);
	char *copy = path_join(scene->folder, "copy.db"), *kept = NULL;
	struct job *job = NULL;
	struct audit_verdict verdict;

	(void)state;
	assert_true(is_whole(scene->office));
	refused(backup_make(scene->office, &scene->staff->actor, copy, &err) != NULL, ERR_DENIED);
	ok((job = backup_make(scene->office, &scene->admin->actor, copy, &err)) != NULL);
	ok(job_run(job, &err));
	assert_string_equal(json_text(job_result(job), "file"), copy);
	assert_int_equal(strlen(json_text(job_result(job), "sm3")), 64);
	job_free(&job);
	refused(backup_make(scene->office, &scene->admin->actor, copy, &err) != NULL, ERR_REFUSED);

	/* One word in one entry, past the product. */
	scene_meddle(scene, "DROP TRIGGER IF EXISTS journal_no_update;"
	                    "UPDATE journal SET note = 'x' WHERE seq = 60");
	refused(audit_verify(scene->office, &verdict, &err), ERR_DAMAGED);
	assert_int_equal(verdict.broken_seq, 60);
	assert_int_equal(verdict.entries, 59);
	assert_false(is_whole(scene->office));

	refused(backup_put_back(scene->data, copy, &kept, &err), ERR_BUSY);
	scene_leave(scene);
	refused(backup_put_back(scene->data, "/dev/null", &kept, &err), ERR_DAMAGED);
	ok(backup_put_back(scene->data, copy, &kept, &err));
	assert_true(path_exists(kept));
	scene_enter(scene);
	ok(audit_verify(scene->office, &verdict, &err));
	assert_true(is_whole(scene->office));
	assert_int_equal(scene_number(scene, "SELECT count(*) FROM journal WHERE action = 'restore'"), 1);
	free(kept);
	free(copy);
	scene_free(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_again),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_backup),
	};

	text_init("en", "");
	json_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
