#include "store/app.h"

#include "app/audit.h"
#include "app/user.h"

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

static struct login *enter(const char *account, const char *password, struct err *err)
{
	return login_by_password(scene->office, account, password, "192.168.1.20", err);
}

static int64_t journaled(const char *action)
{
	char *sql = str_format("SELECT count(*) FROM journal WHERE action = '%s'", action);
	int64_t count = scene_number(scene, sql);

	free(sql);
	return count;
}

static void test_password(void **state)
{
	struct login *login = NULL;
	int64_t logins = journaled("login"), failures = journaled("login_failed");

	(void)state;
	ok((login = enter("wangm", PASSWORD, &err)) != NULL);
	assert_string_equal(login->actor.person, "王敏");
	assert_string_equal(login->actor.department, "信息中心");
	assert_true(login->actor.roles & ROLE_IC_CLERK);
	assert_true(login->by_password);
	assert_false(login->must_change_password);
	login_end(scene->office, &login->actor);
	login_free(&login);
	assert_int_equal(journaled("login"), logins + 1);
	refused(enter("wangm", "wrong", &err) != NULL, ERR_DENIED);
	refused(enter("nobody", "wrong", &err) != NULL, ERR_DENIED);
	refused(enter("wangm", "", &err) != NULL, ERR_DENIED);
	assert_int_equal(journaled("login_failed"), failures + 3);
}

static void test_lockout(void **state)
{
	struct login *login = NULL;
	struct err unknown = { .code = ERR_NONE }, known = { .code = ERR_NONE };

	(void)state;
	for (int i = 0; i < 5; i++)
		refused(enter("fengq", "wrong", &err) != NULL, ERR_DENIED);
	/* Not even the right one now. */
	refused(enter("fengq", PASSWORD, &err) != NULL, ERR_DENIED);
	scene_pass(16);
	ok((login = enter("fengq", PASSWORD, &err)) != NULL);
	login_free(&login);
	/* A failure says nothing about whether there is such an account. */
	assert_null(enter("nobody", "wrong", &unknown));
	assert_null(enter("fengq", "wrong", &known));
	assert_string_equal(unknown.text, known.text);
}

static void test_other_ways(void **state)
{
	struct login *login = NULL;

	(void)state;
	ok((login = login_by_ssh(scene->office, "xuy", "10.0.0.7", &err)) != NULL);
	assert_string_equal(login->actor.origin, "10.0.0.7");
	login_free(&login);
	refused(login_by_ssh(scene->office, "nobody", "10.0.0.7", &err) != NULL, ERR_DENIED);
	ok((login = login_as_owner(scene->office, NULL, "tty1", &err)) != NULL);
	assert_string_equal(login->actor.login, "zhangsan");
	login_free(&login);
	refused(login_as_owner(scene->office, "nobody", "tty1", &err) != NULL, ERR_DENIED);
	ok(login_confirm(scene->office, &scene->head->actor, PASSWORD, &err));
	refused(login_confirm(scene->office, &scene->head->actor, "wrong", &err), ERR_DENIED);
	refused(login_confirm(scene->office, &scene->head->actor, NULL, &err), ERR_DENIED);
}

static void test_change_password(void **state)
{
	const struct actor *me = &scene->staff->actor;
	struct login *login = NULL;

	(void)state;
	refused(login_change_password(scene->office, me, PASSWORD, "short", &err), ERR_REFUSED);
	refused(login_change_password(scene->office, me, PASSWORD, PASSWORD, &err), ERR_REFUSED);
	refused(login_change_password(scene->office, me, "wrong", "Another#2026", &err), ERR_DENIED);
	ok(login_change_password(scene->office, me, PASSWORD, "Another#2026", &err));
	refused(enter("chengj", PASSWORD, &err) != NULL, ERR_DENIED);
	ok((login = enter("chengj", "Another#2026", &err)) != NULL);
	login_free(&login);
	/* It grows old. */
	int64_t now = clock_now();
	scene_pass(91 * 24 * 60);
	ok((login = enter("chengj", "Another#2026", &err)) != NULL);
	assert_true(login->must_change_password);
	login_free(&login);
	clock_hold(now);
}

static const struct user_row *row_of(const struct user_list *list, const char *login)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->rows[i].login, login) == 0)
			return &list->rows[i];
	}
	fail_msg("no account %s", login);
	return NULL;
}

static void test_accounts(void **state)
{
	const struct actor *admin = &scene->admin->actor;
	char *roles[] = { (char[]){ "staff" }, (char[]){ "auditor" }, NULL };
	char *wrong[] = { (char[]){ "king" }, NULL };
	struct user_list *list = NULL;
	struct login *login = NULL;

	(void)state;
	refused(user_add(scene->office, &scene->clerk->actor, "new", "新人", "办公室", roles, NULL, &err), ERR_DENIED);
	refused(user_add(scene->office, admin, "New!", "新人", "办公室", roles, NULL, &err), ERR_REFUSED);
	refused(user_add(scene->office, admin, "new", "新人", NULL, roles, NULL, &err), ERR_REFUSED);
	refused(user_add(scene->office, admin, "new", "新人", "没有的股室", roles, NULL, &err), ERR_REFUSED);
	refused(user_add(scene->office, admin, "new", "新人", "办公室", wrong, NULL, &err), ERR_REFUSED);
	refused(user_add(scene->office, admin, "new", "新人", "办公室", roles, "weak", &err), ERR_REFUSED);
	refused(user_add(scene->office, admin, "chenl", "陈立", NULL, roles, NULL, &err), ERR_REFUSED);
	ok(user_add(scene->office, admin, "new", "新人", "办公室", roles, "Geheim#2026", &err));
	assert_string_equal(office_person(scene->office, "新人")->department, "办公室");
	ok((login = enter("new", "Geheim#2026", &err)) != NULL);
	assert_true(login->must_change_password);
	login_free(&login);

	ok(user_set_role(scene->office, admin, "new", "archivist", true, &err));
	ok(user_set_role(scene->office, admin, "new", "auditor", false, &err));
	refused(user_set_role(scene->office, admin, "chenl", "admin", false, &err), ERR_REFUSED);
	ok(user_set_disabled(scene->office, admin, "new", true, &err));
	refused(user_set_disabled(scene->office, admin, "chenl", true, &err), ERR_REFUSED);
	refused(enter("new", "Geheim#2026", &err) != NULL, ERR_DENIED);
	refused(user_list(scene->office, &scene->clerk->actor, &err) != NULL, ERR_DENIED);
	ok((list = user_list(scene->office, admin, &err)) != NULL);
	assert_string_equal(row_of(list, "new")->roles, "staff archivist");
	assert_true(row_of(list, "new")->disabled);
	user_list_free(&list);
	ok(user_set_disabled(scene->office, admin, "new", false, &err));
	ok(user_set_password(scene->office, admin, "new", "Wieder#2027", &err));
	ok((login = enter("new", "Wieder#2027", &err)) != NULL);
	login_free(&login);
}

static void test_keys(void **state)
{
	static const char key[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7hXo0c1rUjPqX2z0v6y7cJk3v8rI8x2m9bq1Yc7D2e 张三@笔记本";
	const struct actor *admin = &scene->admin->actor;
	char *lines = NULL;

	(void)state;
	refused(user_set_key(scene->office, admin, "zhangsan", "command=\"sh\" ssh-ed25519 AAAA", true, &err), ERR_REFUSED);
	refused(user_set_key(scene->office, admin, "zhangsan", "ssh-ed25519 not base64!", true, &err), ERR_REFUSED);
	refused(user_set_key(scene->office, &scene->clerk->actor, "zhangsan", key, true, &err), ERR_DENIED);
	ok(user_set_key(scene->office, admin, "zhangsan", key, true, &err));
	refused(user_set_key(scene->office, admin, "zhangsan", key, true, &err), ERR_REFUSED);
	ok((lines = user_authorized_keys(scene->office, "/usr/bin/yunwei", &err)) != NULL);
	assert_int_equal(strncmp(lines, "restrict,pty,command=\"'/usr/bin/yunwei' --data '", 47), 0);
	assert_non_null(strstr(lines, "' ssh zhangsan\" ssh-ed25519 AAAAC3Nza"));
	free(lines);
	ok(user_set_key(scene->office, admin, "zhangsan", key, false, &err));
	refused(user_set_key(scene->office, admin, "zhangsan", key, false, &err), ERR_REFUSED);
	ok((lines = user_authorized_keys(scene->office, "yunwei", &err)) != NULL);
	assert_string_equal(lines, "");
	free(lines);
}

/* Everything above stands in the journal, and only those who may read it do. */
static void test_journal(void **state)
{
	struct audit_query query = { .action = "user_role" };
	struct audit_list *list = NULL;

	(void)state;
	refused(audit_list(scene->office, &scene->staff->actor, &query, 10, &err) != NULL, ERR_DENIED);
	ok((list = audit_list(scene->office, &scene->admin->actor, &query, 10, &err)) != NULL);
	assert_int_equal(list->count, 2);
	assert_string_equal(list->items[0].note, "new");
	assert_string_equal(list->items[0].person, "陈立");
	assert_non_null(json_object_get(list->items[0].changes, "roles"));
	audit_list_free(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_password),        cmocka_unit_test(test_lockout),  cmocka_unit_test(test_other_ways),
		cmocka_unit_test(test_change_password), cmocka_unit_test(test_accounts), cmocka_unit_test(test_keys),
		cmocka_unit_test(test_journal),
	};

	text_init("en", "");
	json_setup();
	return cmocka_run_group_tests(tests, begin, end);
}
