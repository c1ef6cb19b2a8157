/* Who may see, write and do what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "form/load.h"
#include "model/permission.h"

static struct definition *form;

static const struct actor author = { .account = 1, .person = "张三", .department = "办公室", .roles = ROLE_STAFF };
static const struct actor namesake = { .account = 9, .person = "张三", .department = "财务股", .roles = ROLE_STAFF };
static const struct actor colleague = { .account = 2, .person = "李四", .department = "办公室", .roles = ROLE_STAFF };
static const struct actor its_head = { .account = 3, .person = "王五", .department = "办公室", .roles = ROLE_DEPT_HEAD };
static const struct actor other_head = { .account = 4, .person = "赵六", .department = "财务股", .roles = ROLE_DEPT_HEAD };
static const struct actor clerk = { .account = 5, .person = "钱七", .department = "信息中心", .roles = ROLE_IC_CLERK };
static const struct actor ic_head = { .account = 6, .person = "孙八", .department = "信息中心", .roles = ROLE_IC_HEAD };
static const struct actor admin = { .account = 7, .person = "周九", .department = "信息中心", .roles = ROLE_ADMIN };

static char draft[] = "draft", review[] = "review", filed[] = "filed", office[] = "办公室", name[] = "张三", number[] = "1号";

static struct record record_in(char *state)
{
	return (struct record){ .id = 1, .state = state, .department = office, .applicant = name, .author = 1,
		                .number = state == draft ? NULL : number };
}

static int set_up(void **state)
{
	struct mistakes mistakes = { .items = NULL };

	(void)state;
	json_setup();
	form = form_load_file(YW_SOURCE "/tests/fixtures/forms/good/whole.cfg", YW_SOURCE "/tests/fixtures/forms/data", NULL,
	                      &mistakes);
	return form != NULL ? 0 : 1;
}

static int tear_down(void **state)
{
	(void)state;
	definition_free(&form);
	return 0;
}

static void words_mean_roles_relative_to_the_record(void **state)
{
	static const struct {
		const struct actor *actor;
		const char *who;
		bool has;
	} cases[] = {
		{ &author, "author", true },        { &namesake, "author", false },     { &namesake, "applicant", true },
		{ &colleague, "author", false },    { &colleague, "department", true }, { &clerk, "department", false },
		{ &its_head, "dept_head", true },   { &other_head, "dept_head", false }, { &other_head, "any_dept_head", true },
		{ &author, "any_dept_head", false }, { &clerk, "center", true },        { &ic_head, "center", true },
		{ &admin, "center", false },        { &clerk, "ic_clerk", true },       { &clerk, "ic_head", false },
		{ &admin, "admin", true },          { &author, "everyone", true },      { &author, "staff", true },
		{ &admin, "nobody", false },        { &admin, "", false },
	};
	const struct record record = record_in(review);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (permission_has_role(cases[i].actor, &record, cases[i].who) != cases[i].has)
			fail_msg("case %zu: %s", i, cases[i].who);
	for (size_t i = 0; permission_role_word(i) != NULL; i++)
		assert_true(permission_role_known(permission_role_word(i)));
	assert_false(permission_role_known("boss"));
	assert_false(permission_any_role(&author, &record, NULL));
}

static void roles_have_keys_and_labels(void **state)
{
	enum role role;

	(void)state;
	for (int i = 0; i < ROLE_BIT_COUNT; i++) {
		assert_true(role_parse(role_key((enum role)(1 << i)), &role));
		assert_int_equal(role, 1 << i);
		assert_true(*role_label(role) != '\0');
	}
	assert_false(role_parse("boss", &role));
	assert_string_equal(role_key((enum role)(1 << 30)), "");
}

static void a_record_is_for_those_it_concerns(void **state)
{
	struct record record = record_in(draft);
	char *only_head[] = { (char[]){ "ic_head" }, NULL };

	(void)state;
	assert_true(permission_may_see(form, &author, &record));
	assert_false(permission_may_see(form, &colleague, &record));
	assert_false(permission_may_see(form, &clerk, &record));
	record = record_in(review);
	assert_true(permission_may_see(form, &colleague, &record));
	assert_true(permission_may_see(form, &clerk, &record));
	assert_true(permission_may_see(form, &ic_head, &record));
	assert_false(permission_may_see(form, &other_head, &record));
	assert_false(permission_may_see(form, &admin, &record));
	form->restricted_to = only_head;
	assert_true(permission_may_see(form, &ic_head, &record));
	assert_true(permission_may_see(form, &author, &record));
	assert_false(permission_may_see(form, &clerk, &record));
	assert_false(permission_may_see(form, &colleague, &record));
	form->restricted_to = NULL;
}

static void a_field_is_written_in_its_state_by_its_people(void **state)
{
	const struct field *line = definition_field(form, "line"), *level = definition_field(form, "level");
	const struct field *dept = definition_field(form, "dept");
	const struct field *what = field_child(definition_field(form, "rows"), "what");
	struct record record = record_in(draft);

	(void)state;
	assert_true(permission_may_edit(form, line, &author, &record));
	assert_true(permission_may_edit(form, what, &author, &record));
	assert_false(permission_may_edit(form, line, &colleague, &record));
	assert_false(permission_may_edit(form, level, &ic_head, &record));
	assert_false(permission_may_edit(form, dept, &author, &record));
	assert_true(permission_may_fill(form, dept, &author, &record));
	assert_true(permission_editable_in(form, what, "draft"));
	assert_false(permission_editable_in(form, what, "review"));
	assert_false(permission_editable_in(form, what, "elsewhere"));
	record = record_in(review);
	assert_false(permission_may_edit(form, line, &author, &record));
	assert_true(permission_may_edit(form, level, &ic_head, &record));
	assert_false(permission_may_edit(form, level, &clerk, &record));
}

static void a_step_is_for_its_people_and_never_for_the_same_twice(void **state)
{
	const struct transition *submit = workflow_transition(&form->workflow, "draft", "submit");
	const struct transition *agree = workflow_transition(&form->workflow, "review", "agree");
	const struct transition *refuse = workflow_transition(&form->workflow, "review", "refuse");
	json_t *actors = json_loads("{\"submit\":[\"张三\",\"吴十\"],\"other\":[\"孙八\"]}", 0, NULL);
	struct record record = record_in(draft);
	struct actor deputy = ic_head;

	(void)state;
	assert_non_null(submit);
	assert_non_null(agree);
	assert_non_null(refuse);
	assert_null(workflow_transition(&form->workflow, "draft", "refuse"));
	assert_null(workflow_transition(&form->workflow, "filed", "refuse"));
	assert_int_equal(permission_may_act(submit, &author, &record, NULL), PERMISSION_YES);
	assert_int_equal(permission_may_act(submit, &colleague, &record, NULL), PERMISSION_WRONG_ROLE);
	assert_int_equal(permission_may_act(agree, &ic_head, &record, NULL), PERMISSION_WRONG_STATE);
	record = record_in(review);
	assert_int_equal(permission_may_act(agree, &ic_head, &record, actors), PERMISSION_YES);
	assert_int_equal(permission_may_act(refuse, &ic_head, &record, actors), PERMISSION_YES);
	deputy.person = "吴十";
	assert_int_equal(permission_may_act(agree, &deputy, &record, actors), PERMISSION_SAME_PERSON);
	/* Neither may somebody decide for the one who submitted. */
	deputy.person = "郑十一";
	deputy.acting_for = "张三";
	assert_int_equal(permission_may_act(agree, &deputy, &record, actors), PERMISSION_SAME_PERSON);
	record = record_in(filed);
	assert_int_equal(permission_may_act(agree, &ic_head, &record, actors), PERMISSION_WRONG_STATE);
	json_decref(actors);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_mean_roles_relative_to_the_record),
		cmocka_unit_test(roles_have_keys_and_labels),
		cmocka_unit_test(a_record_is_for_those_it_concerns),
		cmocka_unit_test(a_field_is_written_in_its_state_by_its_people),
		cmocka_unit_test(a_step_is_for_its_people_and_never_for_the_same_twice),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
