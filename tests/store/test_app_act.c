#include "store/app.h"

#include "app/list.h"

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

static int64_t entries(void)
{
	return scene_number(scene, "SELECT count(*) FROM journal");
}

/* ---- submitting ---- */

static void test_submit(void **state)
{
	char *first = NULL, *second = NULL;
	int64_t id = scene_patrol(scene, scene->clerk, &first);
	struct view *view;

	(void)state;
	scene_patrol(scene, scene->clerk, &second);
	assert_string_equal(first, "巡检-20261123-01");
	assert_string_equal(second, "巡检-20261123-02");
	view = scene_view(scene, scene->clerk, id);
	assert_string_equal(view->record->code, "HC20261123-01");
	assert_string_equal(view->record->department, "信息中心");
	assert_string_equal(view->record->applicant, "张三");
	assert_int_equal(view->record->occurred_utc, clock_now());
	assert_false(view->record->late);
	assert_int_equal(view->event_count, 1);
	assert_string_equal(view->events[0].action, "submit");
	assert_string_equal(view->events[0].label, "Submit");
	assert_string_equal(view->events[0].to, "to be reviewed");
	assert_string_equal(json_text(view->record->body, "concl"), "正常");
	view_free(&view);
	free(first);
	free(second);
}

/* A refusal changes nothing at all, and says everything that is wrong. */
static void test_refused_submit(void **state)
{
	struct edit *edit = scene_edit(scene, scene->clerk, "patrol", json_pack("{s:s}", "weather", "晴"));
	const struct act_request request = { .action = "submit" };
	struct act_result result = { 0 };
	int64_t before = entries(), records = scene_number(scene, "SELECT count(*) FROM record");

	(void)state;
	ok(edit_save(scene->office, &scene->clerk->actor, edit, &err));
	refused(act_on_edit(scene->office, &scene->clerk->actor, edit, &request, &result, &err), ERR_REFUSED);
	assert_true(json_array_size(result.faults) >= 34);
	assert_int_equal(strncmp(json_text(json_array_get(result.faults, 0), "field"), "items.", 6), 0);
	act_result_release(&result);
	assert_int_equal(entries(), before);
	assert_int_equal(scene_number(scene, "SELECT count(*) FROM record"), records);
	/* The draft is still there. */
	edit_free(&edit);
	assert_int_equal(scene_number(scene, "SELECT count(*) FROM draft"), 1);
	ok(edit_discard(scene->office, &scene->clerk->actor, 1, &err));
	assert_int_equal(scene_number(scene, "SELECT count(*) FROM draft"), 0);
}

static void test_unfit_values(void **state)
{
	static const char *const words[][2] = {
		{ "items.temp", "warm" }, { "items.clean", "perhaps" }, { "nonsense", "1" },
		{ "items.nonsense", "1" }, { "rev", "李国强" },      { "weather", "a\tb\x01" },
	};
	struct err err = { .code = ERR_NONE };
	struct edit *edit = edit_new(scene->office, &scene->clerk->actor, office_form(scene->office, "patrol"), &err);

	(void)state;
	assert_non_null(edit);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		json_t *values = json_pack("{s:s}", words[i][0], words[i][1]), *faults = NULL;
		if (edit_fill(scene->office, &scene->clerk->actor, edit, values, &faults, &err))
			fail_msg("%s = %s was taken", words[i][0], words[i][1]);
		assert_int_equal(err.code, ERR_REFUSED);
		assert_int_equal(json_array_size(faults), 1);
		assert_true(*json_text(json_array_get(faults, 0), "message") != '\0');
		json_decref(values);
		json_decref(faults);
	}
	edit_free(&edit);
}

/* What reads as a value but cannot be one may stand in a draft and goes no further. */
static void test_impossible_values(void **state)
{
	static const char *const words[][2] = { { "items.temp", "99999" }, { "by", "没有这个人" }, { "at", "2027-01-01 09:00" } };
	const struct act_request request = { .action = "submit" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		json_t *values = patrol_values();
		struct act_result result = { 0 };
		struct edit *edit;
		json_object_set_new(values, words[i][0], json_string(words[i][1]));
		edit = scene_edit(scene, scene->clerk, "patrol", values);
		refused(act_on_edit(scene->office, &scene->clerk->actor, edit, &request, &result, &err), ERR_REFUSED);
		assert_string_equal(json_text(json_array_get(result.faults, 0), "field"), words[i][0]);
		act_result_release(&result);
		edit_free(&edit);
	}
}

/* An abnormal item: a note must say what, and the conclusion follows. */
static void test_abnormal_item(void **state)
{
	json_t *values = patrol_values(), *faults = NULL;
	json_t *more = json_pack("{s:s, s:s}", "items.av.note", "两台终端报毒，已查杀清除。", "handle_state", "已处理");
	const struct act_request request = { .action = "submit" };
	struct act_result result = { 0 };
	struct edit *edit;
	struct view *view;

	(void)state;
	json_object_set_new(json_object_get(values, "items"), "av", json_pack("{s:s}", "value", "有"));
	edit = scene_edit(scene, scene->clerk, "patrol", values);
	refused(act_on_edit(scene->office, &scene->clerk->actor, edit, &request, &result, &err), ERR_REFUSED);
	act_result_release(&result);
	ok(edit_fill(scene->office, &scene->clerk->actor, edit, more, &faults, &err));
	ok(act_on_edit(scene->office, &scene->clerk->actor, edit, &request, &result, &err));
	view = scene_view(scene, scene->clerk, result.record);
	assert_string_equal(json_text(view->record->body, "concl"), "存在异常已处理");
	assert_non_null(strstr(json_text(view->record->body, "abn"), "两台终端报毒"));
	view_free(&view);
	act_result_release(&result);
	edit_free(&edit);
	json_decref(more);
}

/* ---- deciding ---- */

static void test_four_eyes(void **state)
{
	int64_t own = scene_patrol(scene, scene->head, NULL), id = scene_patrol(scene, scene->clerk, NULL);
	int64_t before = entries();

	(void)state;
	refused(scene_act(scene, scene->clerk, id, "review", NULL, &err), ERR_DENIED);
	refused(scene_act(scene, scene->staff, id, "review", NULL, &err), ERR_DENIED);
	refused(scene_act(scene, scene->head, own, "review", NULL, &err), ERR_DENIED);
	refused(scene_act(scene, scene->head, id, "explode", NULL, &err), ERR_REFUSED);
	refused(scene_act(scene, scene->head, id, "archive", NULL, &err), ERR_REFUSED);
	refused(scene_act(scene, scene->head, 123456, "review", NULL, &err), ERR_REFUSED);
	assert_int_equal(entries(), before);
	ok(scene_act(scene, scene->head, id, "review", "各项正常。", &err));
	refused(scene_act(scene, scene->head, id, "review", NULL, &err), ERR_REFUSED);
}

static void test_reasons(void **state)
{
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	char *far_too_long = mem_zeroed(6000, 1);
	struct view *view;

	(void)state;
	memset(far_too_long, 'x', 5000);
	refused(scene_act(scene, scene->head, id, "return", NULL, &err), ERR_REFUSED);
	refused(scene_act(scene, scene->head, id, "return", "太短", &err), ERR_REFUSED);
	refused(scene_act(scene, scene->head, id, "return", far_too_long, &err), ERR_REFUSED);
	refused(scene_act(scene, scene->head, id, "return", "控制\x01字符不行的", &err), ERR_REFUSED);
	refused(scene_act(scene, scene->head, id, "return", "坏字节\xff\xfe不行的", &err), ERR_REFUSED);
	ok(scene_act(scene, scene->head, id, "return", "异常描述不具体，请补充。", &err));
	view = scene_view(scene, scene->clerk, id);
	assert_string_equal(view->record->state, "returned");
	assert_string_equal(view->events[1].note, "异常描述不具体，请补充。");
	assert_true(view->may_edit);
	view_free(&view);
	view = scene_view(scene, scene->head, id);
	assert_false(view->may_edit);
	view_free(&view);
	free(far_too_long);
}

/* Returned, corrected, submitted again: the number stays, the effects of the review are in the body. */
static void test_whole_life(void **state)
{
	char *number = NULL;
	int64_t id = scene_patrol(scene, scene->clerk, &number);
	const struct act_request submit = { .action = "submit" };
	struct act_result result = { 0 };
	json_t *faults = NULL, *values = json_pack("{s:s}", "remark", "已补充说明。");
	struct edit *edit = NULL;
	struct view *view;

	(void)state;
	ok(scene_act(scene, scene->head, id, "return", "请补充备注说明。", &err));
	scene_pass(30);
	refused(edit_of_record(scene->office, &scene->staff->actor, id, &err) != NULL, ERR_DENIED);
	ok((edit = edit_of_record(scene->office, &scene->clerk->actor, id, &err)) != NULL);
	ok(edit_fill(scene->office, &scene->clerk->actor, edit, values, &faults, &err));
	ok(edit_save(scene->office, &scene->clerk->actor, edit, &err));
	ok(act_on_edit(scene->office, &scene->clerk->actor, edit, &submit, &result, &err));
	assert_string_equal(result.number, number);
	act_result_release(&result);
	edit_free(&edit);
	assert_int_equal(scene_number(scene, "SELECT count(*) FROM draft"), 0);
	scene_pass(30);
	ok(scene_act(scene, scene->head, id, "review", "复核无误。", &err));
	view = scene_view(scene, scene->clerk, id);
	assert_string_equal(view->record->state, "filed");
	assert_true(view->state->approved);
	assert_string_equal(json_text(view->record->body, "rev"), "李国强");
	assert_string_equal(json_text(view->record->body, "rev_note"), "复核无误。");
	assert_string_equal(json_text(view->record->body, "remark"), "已补充说明。");
	assert_int_equal(view->event_count, 4);
	assert_string_equal(json_string_value(json_array_get(json_object_get(view->events[2].changes, "remark"), 1)),
	                    "已补充说明。");
	assert_int_equal(view->events[2].waited_s, 30 * 60);
	view_free(&view);
	json_decref(values);
	free(number);
}

static void test_void_keeps_number(void **state)
{
	char *number = NULL, *next = NULL;
	int64_t id = scene_patrol(scene, scene->clerk, &number);
	struct view *view = NULL;

	(void)state;
	ok(scene_act(scene, scene->head, id, "void", "重复填报，作废。", &err));
	ok((view = view_open(scene->office, &scene->clerk->actor, number, &err)) != NULL);
	assert_string_equal(view->record->state, "voided");
	assert_non_null(json_object_get(view->record->body, "items"));
	view_free(&view);
	scene_patrol(scene, scene->clerk, &next);
	assert_true(strcmp(number, next) < 0);
	refused(scene_act(scene, scene->head, id, "review", NULL, &err), ERR_REFUSED);
	free(number);
	free(next);
}

static void test_choices(void **state)
{
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	struct view *view = scene_view(scene, scene->head, id);
	struct act_choices *choices = NULL;
	bool review = false, denied = false;

	(void)state;
	ok((choices = act_choices(scene->office, &scene->head->actor, view->record, NULL, &err)) != NULL);
	for (size_t i = 0; i < choices->count; i++) {
		const struct act_choice *choice = &choices->items[i];
		review = review || (choice->allowed && !choice->unmet && strcmp(choice->transition->action, "review") == 0);
		assert_true(choice->allowed || choice->why_not != NULL);
	}
	assert_true(review);
	act_choices_free(&choices);
	ok((choices = act_choices(scene->office, &scene->clerk->actor, view->record, NULL, &err)) != NULL);
	for (size_t i = 0; i < choices->count; i++)
		denied = denied || !choices->items[i].allowed;
	assert_true(denied);
	act_choices_free(&choices);
	view_free(&view);
}

/* ---- several at once ---- */

static void test_stale_decision(void **state)
{
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	struct view *view = scene_view(scene, scene->head, id);
	const struct act_request request = { .action = "review", .version = view->record->version };
	struct act_result result = { 0 };

	(void)state;
	ok(scene_act(scene, scene->clerk, id, "recall", NULL, &err));
	refused(act_on_record(scene->office, &scene->head->actor, id, &request, &result, &err), ERR_BUSY);
	act_result_release(&result);
	view_free(&view);
}

static struct edit *edit_with(const struct login *who, int64_t id, const char *key, const char *value)
{
	json_t *values = json_pack("{s:s}", key, value), *faults = NULL;
	struct edit *edit = NULL;

	ok((edit = edit_of_record(scene->office, &who->actor, id, &err)) != NULL);
	ok(edit_fill(scene->office, &who->actor, edit, values, &faults, &err));
	json_decref(values);
	return edit;
}

/* Two versions of one record, begun at the same time by the same person at two terminals. */
static void test_merge(void **state)
{
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	const struct actor *me = &scene->clerk->actor;
	struct act_result result = { 0 };
	struct edit *ours, *theirs, *clash;
	struct view *view;

	(void)state;
	ok(scene_act(scene, scene->clerk, id, "recall", NULL, &err));
	ours = edit_with(scene->clerk, id, "weather", "阴");
	theirs = edit_with(scene->clerk, id, "remark", "另一处的备注");
	clash = edit_with(scene->clerk, id, "weather", "小雨");
	ok(act_save(scene->office, me, ours, &result, &err));
	act_result_release(&result);
	/* Another field: both stand. */
	ok(act_save(scene->office, me, theirs, &result, &err));
	act_result_release(&result);
	view = scene_view(scene, scene->clerk, id);
	assert_string_equal(json_text(view->record->body, "weather"), "阴");
	assert_string_equal(json_text(view->record->body, "remark"), "另一处的备注");
	view_free(&view);
	/* The same field: asked, nothing is thrown away. */
	refused(act_save(scene->office, me, clash, &result, &err), ERR_BUSY);
	assert_int_equal(json_array_size(result.conflicts), 1);
	const json_t *conflict = json_array_get(result.conflicts, 0);
	assert_string_equal(json_text(conflict, "key"), "weather");
	assert_string_equal(json_text(conflict, "base"), "晴");
	assert_string_equal(json_text(conflict, "ours"), "小雨");
	assert_string_equal(json_text(conflict, "theirs"), "阴");
	act_result_release(&result);
	ok(edit_rebase(scene->office, me, clash, NULL, &err));
	ok(act_save(scene->office, me, clash, &result, &err));
	act_result_release(&result);
	view = scene_view(scene, scene->clerk, id);
	assert_string_equal(json_text(view->record->body, "weather"), "小雨");
	assert_string_equal(json_text(view->record->body, "remark"), "另一处的备注");
	view_free(&view);
	edit_free(&ours);
	edit_free(&theirs);
	edit_free(&clash);
}

/* What each child process does; its exit status is what came of it. */
static int in_child(int64_t record, const char *account, const char *action)
{
	struct err err = { .code = ERR_NONE };
	struct office *office = office_open(scene->data, SHARE, &err);
	struct login *login = office ? login_as_owner(office, account, "tty2", &err) : NULL;
	struct act_result result = { 0 };
	const struct act_request request = { .action = action };
	bool done = false;

	if (login && record) {
		done = act_on_record(office, &login->actor, record, &request, &result, &err);
	} else if (login) {
		json_t *values = patrol_values(), *faults = NULL;
		struct edit *edit = edit_new(office, &login->actor, office_form(office, "patrol"), &err);
		done = edit && edit_fill(office, &login->actor, edit, values, &faults, &err) &&
		       act_on_edit(office, &login->actor, edit, &request, &result, &err);
	}
	if (!done && err.code != ERR_REFUSED)
		fprintf(stderr, "child: %s\n", err.text);
	return done ? 0 : (int)err.code;
}

/* Runs COUNT children; how many ended with STATUS. */
static int crowd(int count, int status, int64_t record, const char *account, const char *action)
{
	int matching = 0;

	/* An SQLite connection must not be carried across a fork. */
	scene_leave(scene);
	for (int i = 0; i < count; i++) {
		if (fork() == 0)
			_exit(in_child(record, account, action));
	}
	for (int i = 0; i < count; i++) {
		int how;
		wait(&how);
		matching += WIFEXITED(how) && WEXITSTATUS(how) == status;
	}
	scene_enter(scene);
	return matching;
}

static void test_two_decide_one(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		int64_t id = scene_patrol(scene, scene->clerk, NULL);
		struct view *view;

		assert_int_equal(crowd(4, 0, id, "ligq", "review"), 1);
		view = scene_view(scene, scene->head, id);
		assert_string_equal(view->record->state, "filed");
		assert_int_equal(view->event_count, 2);
		view_free(&view);
	}
}

static void test_numbers_of_a_crowd(void **state)
{
	int64_t before = scene_number(scene, "SELECT count(*) FROM record");

	(void)state;
	scene_pass(24 * 60);
	assert_int_equal(crowd(12, 0, 0, "zhangsan", "submit"), 12);
	assert_int_equal(scene_number(scene, "SELECT count(*) FROM record"), before + 12);
	assert_int_equal(scene_number(scene, "SELECT count(DISTINCT number) FROM record WHERE number LIKE '巡检-20261124-%'"), 12);
	assert_int_equal(scene_number(scene, "SELECT max(CAST(substr(number, -2) AS INTEGER)) FROM record"
	                                     " WHERE number LIKE '巡检-20261124-%'"), 12);
}

/* ---- amending ---- */

static void test_amend(void **state)
{
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	json_t *set = json_pack("{s:s, s:s}", "weather", "阴", "items.temp", "24.5"), *bad = json_pack("{s:s}", "items.temp", "hot");
	json_t *fixed = json_pack("{s:s}", "rev", "张三");
	struct act_result result = { 0 };
	struct view *view;

	(void)state;
	ok(scene_act(scene, scene->head, id, "review", NULL, &err));
	refused(act_amend(scene->office, &scene->clerk->actor, id, set, "太短", &result, &err), ERR_REFUSED);
	refused(act_amend(scene->office, &scene->clerk->actor, id, bad, "抄错了读数，更正。", &result, &err), ERR_REFUSED);
	act_result_release(&result);
	refused(act_amend(scene->office, &scene->clerk->actor, id, fixed, "抄错了读数，更正。", &result, &err), ERR_REFUSED);
	refused(act_amend(scene->office, &scene->head->actor, id, set, "抄错了读数，更正。", &result, &err), ERR_DENIED);
	ok(act_amend(scene->office, &scene->clerk->actor, id, set, "抄错了读数，更正。", &result, &err));
	act_result_release(&result);
	view = scene_view(scene, scene->clerk, id);
	assert_string_equal(view->record->state, "filed");
	assert_string_equal(json_text(view->record->body, "weather"), "阴");
	assert_string_equal(json_text(view->record->body, "rev"), "李国强");
	assert_float_equal(json_number_value(json_object_get(
		json_object_get(json_object_get(view->record->body, "items"), "temp"), "value")), 24.5, 1e-9);
	const struct view_event *last = &view->events[view->event_count - 1];
	assert_string_equal(last->action, "amend");
	assert_string_equal(last->note, "抄错了读数，更正。");
	assert_string_equal(json_string_value(json_array_get(json_object_get(last->changes, "weather"), 0)), "晴");
	view_free(&view);
	ok(scene_act(scene, scene->head, id, "void", "演练用，作废。", &err));
	refused(act_amend(scene->office, &scene->clerk->actor, id, set, "抄错了读数，更正。", &result, &err), ERR_REFUSED);
	json_decref(set);
	json_decref(bad);
	json_decref(fixed);
}

/* ---- linked ---- */

/* Entered on the next day: late, and must say why. */
static void test_late(void **state)
{
	json_t *values = patrol_values(), *faults = NULL, *why = json_pack("{s:s}", "late_why", "当日外出处置故障。");
	const struct act_request request = { .action = "submit" };
	struct act_result result = { 0 };
	struct edit *edit;
	struct view *view;

	(void)state;
	json_object_set_new(values, "at", json_string("2026-11-20T09:10+08:00"));
	edit = scene_edit(scene, scene->clerk, "patrol", values);
	refused(act_on_edit(scene->office, &scene->clerk->actor, edit, &request, &result, &err), ERR_REFUSED);
	act_result_release(&result);
	ok(edit_fill(scene->office, &scene->clerk->actor, edit, why, &faults, &err));
	ok(act_on_edit(scene->office, &scene->clerk->actor, edit, &request, &result, &err));
	view = scene_view(scene, scene->clerk, result.record);
	assert_true(view->record->late);
	view_free(&view);
	act_result_release(&result);
	edit_free(&edit);
	json_decref(why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_submit),         cmocka_unit_test(test_refused_submit),
		cmocka_unit_test(test_unfit_values),   cmocka_unit_test(test_impossible_values),
		cmocka_unit_test(test_abnormal_item),  cmocka_unit_test(test_four_eyes),
		cmocka_unit_test(test_reasons),        cmocka_unit_test(test_whole_life),
		cmocka_unit_test(test_void_keeps_number), cmocka_unit_test(test_choices),
		cmocka_unit_test(test_stale_decision), cmocka_unit_test(test_merge),
		cmocka_unit_test(test_two_decide_one), cmocka_unit_test(test_amend),
		cmocka_unit_test(test_late),           cmocka_unit_test(test_numbers_of_a_crowd),
	};

	text_init("en", "");
	json_setup();
	return cmocka_run_group_tests(tests, begin, end);
}
