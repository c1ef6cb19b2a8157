#include "store/app.h"

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

static struct edit *new_edit(const struct login *who, const char *form)
{
	struct edit *edit = NULL;

	ok((edit = edit_new(scene->office, &who->actor, office_form(scene->office, form), &err)) != NULL);
	return edit;
}

/* "As last time": the structure comes along, readings never do. */
static void test_copy(void **state)
{
	struct edit *edit = new_edit(scene->clerk, "patrol");

	(void)state;
	assert_string_equal(edit->last_number, "巡检-20261120-02");
	assert_non_null(json_object_get(edit->last, "items"));
	assert_string_equal(json_text(edit->body, "room"), "中心机房");
	assert_string_equal(json_text(edit->body, "nature"), "定期");
	assert_int_equal(strncmp(json_text(edit->body, "at"), "2026-11-23T08:40", 16), 0);
	const json_t *temp = json_object_get(json_object_get(edit->body, "items"), "temp");
	assert_true(temp == NULL || json_object_get(temp, "value") == NULL ||
	            json_is_null(json_object_get(temp, "value")));
	assert_int_equal(edit->id, 0);
	assert_int_equal(scene_number(scene, "SELECT count(*) FROM draft"), 0);
	edit_free(&edit);
}

/* After the line was cut: the same text, the same field, the same character; in another process. */
static void test_resume(void **state)
{
	struct edit *edit = new_edit(scene->staff, "incident"), *again = NULL;
	json_t *values = json_pack("{s:s}", "symptom", "窗口电脑无法上网，业务"), *faults = NULL;
	int64_t id;

	(void)state;
	ok(edit_fill(scene->office, &scene->staff->actor, edit, values, &faults, &err));
	free(edit->section);
	free(edit->field);
	edit->section = mem_text("found");
	edit->field = mem_text("symptom");
	edit->caret = 11;
	edit->all_normal = 3;
	ok(edit_save(scene->office, &scene->staff->actor, edit, &err));
	id = edit->id;
	assert_int_not_equal(id, 0);
	json_object_set_new(edit->body, "place", json_string("一楼大厅"));
	ok(edit_save(scene->office, &scene->staff->actor, edit, &err));
	assert_int_equal(edit->id, id);
	scene_leave(scene);
	scene_enter(scene);
	ok((again = edit_load(scene->office, &scene->staff->actor, id, &err)) != NULL);
	assert_true(json_equal(again->body, edit->body));
	assert_string_equal(again->section, "found");
	assert_string_equal(again->field, "symptom");
	assert_int_equal(again->caret, 11);
	assert_int_equal(again->all_normal, 3);
	assert_string_equal(again->form_hash, edit->form_hash);
	edit_free(&again);
	edit_free(&edit);
	json_decref(values);
}

/* A draft may hold what is no value yet; it is kept as typed. */
static void test_invalid_text_is_kept(void **state)
{
	struct edit *edit = new_edit(scene->clerk, "patrol"), *again = NULL;
	json_t *values = json_pack("{s:s}", "items.temp", "二十三"), *faults = NULL;
	struct act_result result = { 0 };
	const struct act_request request = { .action = "submit" };

	(void)state;
	refused(edit_fill(scene->office, &scene->clerk->actor, edit, values, &faults, &err), ERR_REFUSED);
	ok(edit_save(scene->office, &scene->clerk->actor, edit, &err));
	ok((again = edit_load(scene->office, &scene->clerk->actor, edit->id, &err)) != NULL);
	assert_true(json_equal(again->body, edit->body));
	char *body = json_line(again->body);
	assert_non_null(strstr(body, "二十三"));
	free(body);
	refused(act_on_edit(scene->office, &scene->clerk->actor, again, &request, &result, &err), ERR_REFUSED);
	act_result_release(&result);
	json_decref(faults);
	json_decref(values);
	edit_free(&again);
	edit_free(&edit);
}

static void test_whose(void **state)
{
	struct edit *edit = new_edit(scene->clerk, "patrol");
	struct edit_list *list = NULL;
	int64_t id, entries;

	(void)state;
	/* Who has no part in a form does not begin it. */
	ok(edit_save(scene->office, &scene->clerk->actor, edit, &err));
	id = edit->id;
	refused(edit_load(scene->office, &scene->head->actor, id, &err) != NULL, ERR_REFUSED);
	refused(edit_discard(scene->office, &scene->head->actor, id, &err), ERR_REFUSED);
	ok((list = edit_list(scene->office, &scene->clerk->actor, &err)) != NULL);
	assert_true(list->count >= 1);
	assert_int_equal(list->rows[0].id, id);
	assert_string_equal(list->rows[0].form, "patrol");
	assert_null(list->rows[0].number);
	edit_list_free(&list);
	ok((list = edit_list(scene->office, &scene->head->actor, &err)) != NULL);
	assert_int_equal(list->count, 0);
	edit_list_free(&list);
	entries = scene_number(scene, "SELECT count(*) FROM journal WHERE action = 'discard'");
	ok(edit_discard(scene->office, &scene->clerk->actor, id, &err));
	assert_int_equal(scene_number(scene, "SELECT count(*) FROM journal WHERE action = 'discard'"), entries + 1);
	refused(edit_load(scene->office, &scene->clerk->actor, id, &err) != NULL, ERR_REFUSED);
	edit_free(&edit);
}

/* A record opened from another begins with what that one knows, and both show the link. */
static void test_opened_from(void **state)
{
	int64_t from = scene_patrol(scene, scene->clerk, NULL);
	json_t *preset = json_pack("{s:s, s:s}", "place", "中心机房", "symptom", "日常巡检发现：空调停机，温度升高较快，影响设备运行。");
	json_t *values = json_pack("{s:[s], s:s, s:[s], s:s, s:[s], s:s}", "objects", "ZC-2021-0001", "evid_state", "已保存",
	                           "evid_items", "屏幕照片截图", "evid_place", "运维终端", "contain", "启用备用", "contain_note",
	                           "已加装风扇，温度稳定。"), *faults = NULL;
	const struct act_request request = { .action = "submit" };
	struct act_result result = { 0 };
	struct edit *edit = NULL;
	struct view *view;

	(void)state;
	ok((edit = edit_new_from(scene->office, &scene->clerk->actor, office_form(scene->office, "incident"), from, preset,
	                         &err)) != NULL);
	assert_string_equal(json_text(edit->body, "place"), "中心机房");
	ok(edit_fill(scene->office, &scene->clerk->actor, edit, values, &faults, &err));
	ok(edit_save(scene->office, &scene->clerk->actor, edit, &err));
	ok(act_on_edit(scene->office, &scene->clerk->actor, edit, &request, &result, &err));
	view = scene_view(scene, scene->clerk, from);
	assert_int_equal(view->link_count, 1);
	assert_true(view->links[0].outgoing);
	assert_string_equal(view->links[0].number, result.number);
	view_free(&view);
	view = scene_view(scene, scene->clerk, result.record);
	assert_int_equal(view->link_count, 1);
	assert_false(view->links[0].outgoing);
	assert_true(view->timer_count >= 1);
	view_free(&view);
	act_result_release(&result);
	edit_free(&edit);
	json_decref(preset);
	json_decref(values);
}

/* Who else has it open is a hint that passes. */
static void test_presence(void **state)
{
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	struct view *view;

	(void)state;
	view = scene_view(scene, scene->head, id);
	assert_string_equal(view->others, "");
	view_free(&view);
	pid_t child = fork();
	if (child == 0) {
		struct err err = { .code = ERR_NONE };
		struct office *office = office_open(scene->data, SHARE, &err);
		struct login *login = office ? login_as_owner(office, "wangm", "tty3", &err) : NULL;
		_exit(login && view_mark_open(office, &login->actor, id, true, &err) ? 0 : 1);
	}
	int status;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	view = scene_view(scene, scene->head, id);
	assert_string_equal(view->others, "王敏");
	view_free(&view);
	scene_pass(3);
	view = scene_view(scene, scene->head, id);
	assert_string_equal(view->others, "");
	view_free(&view);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copy),  cmocka_unit_test(test_resume),      cmocka_unit_test(test_invalid_text_is_kept),
		cmocka_unit_test(test_whose), cmocka_unit_test(test_opened_from), cmocka_unit_test(test_presence),
	};

	text_init("en", "");
	json_setup();
	return cmocka_run_group_tests(tests, begin, end);
}
