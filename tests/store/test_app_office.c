#include "store/app.h"

static struct scene *scene;

static int begin(void **state)
{
	(void)state;
	scene = scene_new(0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	scene_free(&scene);
	return 0;
}

static void test_opening(void **state)
{
	char *empty = path_join(scene->folder, "empty");
	char *none = path_join(scene->folder, "none");

	(void)state;
	assert_int_equal(mkdir(empty, 0700), 0);
	refused(office_open(none, SHARE, &err) != NULL, ERR_REFUSED);
	refused(office_open(empty, SHARE, &err) != NULL, ERR_REFUSED);
	refused(office_open("/", SHARE, &err) != NULL, geteuid() == 0 ? ERR_REFUSED : ERR_DENIED);
	refused(init_office(scene->data, SHARE, false, &err), ERR_REFUSED);
	free(empty);
	free(none);
}

static void test_what_it_knows(void **state)
{
	const struct article *article = office_article(scene->office, 22);

	(void)state;
	assert_string_equal(office_bureau(scene->office), "崇阳县自然资源和规划局");
	assert_string_equal(office_center(scene->office), "信息中心");
	assert_int_equal(office_article_count(scene->office), 30);
	assert_int_equal(article->number, 22);
	assert_non_null(strstr(article->text, "第二十二条"));
	assert_non_null(strstr(article->chapter, "第五章"));
	/* The regulation has no chapter seven. */
	assert_non_null(strstr(office_article(scene->office, 29)->chapter, "第八章"));
	assert_null(office_article(scene->office, 31));
	assert_null(office_article(scene->office, 0));
	assert_non_null(office_form(scene->office, "patrol"));
	assert_null(office_form(scene->office, "nonsense"));
	assert_null(office_mistake(scene->office, 0));
	assert_string_equal(office_phrases(scene->office, "agree")[0], "同意。");
	assert_null(office_phrases(scene->office, "nonsense")[0]);
	assert_string_equal(office_person(scene->office, "张三")->department, "信息中心");
	assert_null(office_person(scene->office, "nobody"));
	assert_true(office_department_count(scene->office) > 30);
	/* National Day 2026, and the Saturday that is worked for it. */
	assert_false(calendar_is_workday(office_calendar(scene->office), clock_days(2026, 10, 1)));
	assert_true(calendar_is_workday(office_calendar(scene->office), clock_days(2026, 10, 10)));
}

static void test_clock(void **state)
{
	(void)state;
	int64_t held = clock_now();

	ok(office_set_now(scene->office, "2026-11-24 09:05", &err));
	char local[CLOCK_LOCAL_SIZE];
	assert_string_equal(clock_local(clock_now(), local), "2026-11-24T09:05+08:00");
	refused(office_set_now(scene->office, "yesterday", &err), ERR_USAGE);
	clock_hold(held);

	/* Not where the records are meant. */
	char *real = path_join(scene->folder, "real");
	struct office *office = NULL;
	ok(init_office(real, SHARE, false, &err));
	ok((office = office_open(real, SHARE, &err)) != NULL);
	assert_false(office_is_training(office));
	refused(office_set_now(office, "2026-11-24 09:05", &err), ERR_DENIED);
	refused(demo_fill(office, &(struct demo_options){ .months = 1 }, &err) != NULL, ERR_DENIED);
	assert_null(login_default_account(office));
	office_close(&office);
	free(real);
}

static void test_settings(void **state)
{
	char *path = path_join(scene->data, "yunwei.conf");
	static const char good[] = "office = { bureau = \"测试局\"; };\nlogin = { attempts = 3; };\n";
	static const char bad[] = "office = { bureau = ;\n";

	(void)state;
	scene_leave(scene);
	ok(path_write(path, bad, strlen(bad), 0600, &err));
	refused(office_open(scene->data, SHARE, &err) != NULL, ERR_REFUSED);
	ok(path_write(path, good, strlen(good), 0600, &err));
	scene_enter(scene);
	assert_string_equal(office_bureau(scene->office), "测试局");
	assert_int_equal(office_setting_int(scene->office, "login.attempts", 5), 3);
	assert_int_equal(office_setting_int(scene->office, "login.nothing", 7), 7);
	assert_string_equal(office_setting(scene->office, "login.nothing", "x"), "x");
	unlink(path);
	free(path);
}

/* A share folder of its own, with one form broken: it is named, the others go on. */
static void test_broken_form(void **state)
{
	char *share = path_join(scene->folder, "share");
	char *command = str_format("mkdir '%s' && cp -r '%s/forms' '%s/data' '%s/export' '%s' && "
	                           "printf 'id = \"broken\"\\ntitel = 1;' > '%s/forms/broken.cfg'",
	                           share, SHARE, SHARE, SHARE, share, share);
	struct office *office = NULL;

	(void)state;
	assert_int_equal(system(command), 0);
	ok((office = office_open(scene->data, share, &err)) != NULL);
	assert_non_null(office_mistake(office, 0));
	assert_non_null(strstr(office_mistake(office, 0), "broken.cfg:"));
	assert_non_null(office_form(office, "patrol"));
	assert_null(office_form(office, "broken"));
	office_close(&office);
	free(command);
	free(share);
}

/* A record keeps the version of its form when the form is changed. */
static void test_versions(void **state)
{
	char *share = path_join(scene->folder, "changed");
	char *command = str_format("mkdir '%s' && cp -r '%s/forms' '%s/data' '%s/export' '%s' && "
	                           "sed -i 's/机房日常巡检记录/机房每日检查记录/' '%s/forms/patrol.cfg'",
	                           share, SHARE, SHARE, SHARE, share, share);
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	struct view *view;

	(void)state;
	assert_int_equal(system(command), 0);
	scene_leave(scene);
	ok((scene->office = office_open(scene->data, share, &err)) != NULL);
	scene_logins(scene);
	view = scene_view(scene, scene->clerk, id);
	assert_string_equal(office_form(scene->office, "patrol")->title, "机房每日检查记录");
	assert_string_equal(view->form->title, "机房日常巡检记录");
	/* And goes on under it. */
	ok(scene_act(scene, scene->head, id, "review", NULL, &err));
	view_free(&view);
	scene_leave(scene);
	scene_enter(scene);
	free(command);
	free(share);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_opening),     cmocka_unit_test(test_what_it_knows), cmocka_unit_test(test_clock),
		cmocka_unit_test(test_settings),    cmocka_unit_test(test_broken_form),   cmocka_unit_test(test_versions),
	};

	text_init("en", "");
	json_setup();
	return cmocka_run_group_tests(tests, begin, end);
}
