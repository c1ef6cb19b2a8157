/* Everything that is kept beside records. */
#include "store/store.h"

#include "store/asset.h"
#include "store/attachment.h"
#include "store/draft.h"
#include "store/link.h"
#include "store/presence.h"
#include "store/print_log.h"
#include "store/setting.h"

static char *folder;
static struct db *db;

static int setup(void **state)
{
	(void)state;
	folder = new_folder();
	db = open_store(folder, DB_CREATE);
	fill_basics(db);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_close(&db);
	remove_folder(folder);
	return 0;
}

static struct store_draft new_draft(const char *form)
{
	return (struct store_draft){ .account = 1, .form = mem_text(form), .form_hash = mem_text("h"), .row = -1,
		                     .body = json_pack("{s:s}", "room", "一号\n\"机房\""), .title = mem_text("更换交换机") };
}

static void test_draft_there_and_back(void **state)
{
	struct store_draft in = new_draft("patrol"), out;

	(void)state;
	in.base = json_pack("{s:i}", "a", 1);
	in.extra = json_pack("{s:s}", "last", "巡检-1");
	in.section = mem_text("power");
	in.field = mem_text("items");
	in.child = mem_text("ups");
	in.row = 3;
	in.part = 1;
	in.caret = 17;
	in.base_version = 4;
	ok(db_begin(db, DB_DRAFT, &err));
	ok(store_draft_save(db, &in, &err));
	in.caret = 18;
	ok(store_draft_save(db, &in, &err));
	ok(db_commit(db, &err));
	ok(store_draft_load(db, in.id, &out, &err));
	assert_int_equal(out.id, in.id);
	assert_int_equal(out.account, 1);
	assert_string_equal(out.form, "patrol");
	assert_string_equal(out.form_hash, "h");
	assert_int_equal(out.record, 0);
	assert_int_equal(out.base_version, 4);
	assert_string_equal(out.title, "更换交换机");
	assert_true(json_equal(out.body, in.body));
	assert_true(json_equal(out.base, in.base));
	assert_true(json_equal(out.extra, in.extra));
	assert_string_equal(out.section, "power");
	assert_string_equal(out.field, "items");
	assert_string_equal(out.child, "ups");
	assert_int_equal(out.row, 3);
	assert_int_equal(out.part, 1);
	assert_int_equal(out.caret, 18);
	assert_int_equal(out.created_utc, in.created_utc);
	assert_int_equal(out.updated_utc, in.updated_utc);
	store_draft_release(&in);
	store_draft_release(&out);
}

static void test_drafts_of_an_account(void **state)
{
	struct store_draft a = new_draft("patrol"), b = new_draft("patrol"), found, *list;
	struct record *record = new_record("巡检", 1000);
	size_t count;

	(void)state;
	file_record(db, record, "open");
	b.record = record->id;
	ok(db_begin(db, DB_DRAFT, &err));
	ok(store_draft_save(db, &a, &err));
	ok(store_draft_save(db, &b, &err));
	ok(db_commit(db, &err));
	ok(store_draft_find(db, 1, "patrol", 0, &found, &err));
	assert_int_equal(found.id, a.id);
	store_draft_release(&found);
	ok(store_draft_find(db, 1, "patrol", record->id, &found, &err));
	assert_int_equal(found.id, b.id);
	store_draft_release(&found);
	ok(store_draft_find(db, 1, "incident", 0, &found, &err));
	assert_int_equal(found.id, 0);
	ok(store_draft_list(db, 1, &list, &count, &err));
	assert_int_equal(count, 2);
	assert_int_equal(list[0].id, b.id);
	assert_null(list[0].body);
	store_drafts_free(&list, count);
	ok(store_draft_list(db, 2, &list, &count, &err));
	assert_int_equal(count, 0);
	ok(db_begin(db, DB_DRAFT, &err));
	ok(store_draft_delete(db, a.id, &err));
	ok(db_commit(db, &err));
	ok(store_draft_load(db, a.id, &found, &err));
	assert_int_equal(found.id, 0);
	store_draft_release(&a);
	store_draft_release(&b);
	record_free(&record);
}

static void test_sequence(void **state)
{
	struct record *record = new_record("巡检", 1000);
	int64_t n;

	(void)state;
	file_record(db, record, "filed");
	ok(db_begin(db, DB_DECISION, &err));
	ok(sequence_next(db, "patrol", "2026", 1, &n, &err));
	assert_int_equal(n, 2);
	ok(sequence_next(db, "patrol", "2027", 1, &n, &err));
	assert_int_equal(n, 1);
	ok(sequence_next(db, "filing", "2026", 1, &n, &err));
	assert_int_equal(n, 1);
	db_rollback(db); /* and none of them was ever allotted */
	ok(sequence_last(db, "patrol", "2026", &n, &err));
	assert_int_equal(n, 1);
	ok(sequence_last(db, "patrol", "2027", &n, &err));
	assert_int_equal(n, 0);
	ok(db_begin(db, DB_DECISION, &err));
	refused(sequence_next(db, "patrol", "2026", 99, &n, &err), ERR_REFUSED);
	db_rollback(db);
	refused(sequence_next(db, "patrol", "2026", 1, &n, &err), ERR_SYSTEM);
	record_free(&record);
}

static void test_form_version(void **state)
{
	struct form_version *list;
	size_t count;
	bool has;
	char *source;

	(void)state;
	ok(db_begin(db, DB_DECISION, &err));
	ok(form_version_keep(db, "patrol", form_hash(), "other title", "other source", &err)); /* it is there: nothing changes */
	ok(form_version_keep(db, "incident", "hash2", "异常情况报告", "id = \"incident\";", &err));
	ok(db_commit(db, &err));
	source = form_version_source(db, form_hash(), NULL);
	assert_string_equal(source, SOURCE);
	free(source);
	assert_null(form_version_source(db, "none", NULL));
	ok(form_version_has(db, "hash2", &has, &err));
	assert_true(has);
	ok(form_version_has(db, "none", &has, &err));
	assert_false(has);
	ok(form_version_list(db, "incident", &list, &count, &err));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].title, "异常情况报告");
	form_versions_free(&list, count);
	ok(form_version_list(db, NULL, &list, &count, &err));
	assert_int_equal(count, 2);
	form_versions_free(&list, count);
}

static void test_people_and_departments(void **state)
{
	struct department finance = { .name = (char *)"财务股", .kind = (char *)"综合", .position = 2 }, found, *departments;
	struct person li = { .name = (char *)"李四", .department = (char *)"财务股", .post = (char *)"股长" }, out, *persons;
	size_t count;

	(void)state;
	ok(db_begin(db, DB_DECISION, &err));
	ok(department_save(db, &finance, &err));
	ok(person_save(db, &li, &err));
	finance.head = (char *)"李四";
	finance.is_closed = true;
	ok(department_save(db, &finance, &err));
	finance.head = (char *)"无此人";
	refused(department_save(db, &finance, &err), ERR_REFUSED);
	li.department = (char *)"无此股";
	refused(person_save(db, &li, &err), ERR_REFUSED);
	ok(db_commit(db, &err));
	ok(department_by_name(db, "财务股", &found, &err));
	assert_int_equal(found.id, finance.id);
	assert_string_equal(found.head, "李四");
	department_release(&found);
	ok(department_by_id(db, 1, &found, &err));
	assert_true(found.is_center);
	department_release(&found);
	ok(department_list(db, false, &departments, &count, &err));
	assert_int_equal(count, 1);
	departments_free(&departments, count);
	ok(department_list(db, true, &departments, &count, &err));
	assert_int_equal(count, 2);
	departments_free(&departments, count);
	ok(person_by_name(db, "李四", &out, &err));
	assert_string_equal(out.department, "财务股");
	assert_false(out.in_center);
	out.has_left = true;
	ok(db_begin(db, DB_DECISION, &err));
	ok(person_save(db, &out, &err));
	ok(db_commit(db, &err));
	person_release(&out);
	ok(person_list(db, NULL, false, &persons, &count, &err));
	assert_int_equal(count, 1);
	assert_true(persons[0].in_center);
	persons_free(&persons, count);
	ok(person_list(db, "财务股", true, &persons, &count, &err));
	assert_int_equal(count, 1);
	persons_free(&persons, count);
	ok(person_by_name(db, "无此人", &out, &err));
	assert_int_equal(out.id, 0);
}

static void test_account(void **state)
{
	struct store_account account, *list;
	size_t count;

	(void)state;
	ok(store_account_by_login(db, "zhangsan", &account, &err));
	assert_string_equal(account.person, "张三");
	assert_string_equal(account.department, "信息中心");
	assert_true(account.in_center);
	assert_int_equal(account.roles, ROLE_IC_CLERK | ROLE_ADMIN);
	assert_null(account.password);
	account.roles = ROLE_IC_HEAD;
	account.password = mem_text("$y$hash");
	account.password_utc = 5000;
	account.must_change = true;
	account.expires_utc = 9000;
	account.settings = mem_text("{}");
	ok(db_begin(db, DB_DECISION, &err));
	db_gate(db, true);
	ok(store_account_save(db, &account, &err));
	ok(store_account_note_failure(db, account.id, 0, &err));
	ok(store_account_note_failure(db, account.id, 7000, &err));
	ok(db_commit(db, &err));
	store_account_release(&account);
	ok(store_account_by_id(db, 1, &account, &err));
	assert_int_equal(account.roles, ROLE_IC_HEAD);
	assert_string_equal(account.password, "$y$hash");
	assert_int_equal(account.password_utc, 5000);
	assert_true(account.must_change);
	assert_int_equal(account.failures, 2);
	assert_int_equal(account.locked_until_utc, 7000);
	assert_int_equal(account.expires_utc, 9000);
	assert_string_equal(account.settings, "{}");
	assert_int_equal(account.last_login_utc, 0);
	store_account_release(&account);
	ok(db_begin(db, DB_DECISION, &err));
	ok(store_account_note_login(db, 1, "tty1", &err));
	ok(db_commit(db, &err));
	ok(store_account_list(db, &list, &count, &err));
	assert_int_equal(count, 1);
	assert_int_equal(list[0].failures, 0);
	assert_int_equal(list[0].locked_until_utc, 0);
	assert_true(list[0].last_login_utc > 0);
	assert_string_equal(list[0].last_origin, "tty1");
	store_accounts_free(&list, count);
	ok(store_account_by_login(db, "nobody", &account, &err));
	assert_int_equal(account.id, 0);
}

static void test_account_refusals(void **state)
{
	struct store_account twice = { .login = (char *)"zhangsan", .person = (char *)"张三" };
	struct store_account unknown = { .login = (char *)"wangwu", .person = (char *)"王五" };

	(void)state;
	ok(db_begin(db, DB_DECISION, &err));
	db_gate(db, true);
	refused(store_account_save(db, &twice, &err), ERR_REFUSED);
	refused(store_account_save(db, &unknown, &err), ERR_REFUSED);
	db_rollback(db);
}

static void test_account_keys(void **state)
{
	struct store_account_key key = { .account = 1, .type = (char *)"ssh-ed25519", .blob = (char *)"AAAA" }, *keys;
	size_t count;

	(void)state;
	ok(db_begin(db, DB_DECISION, &err));
	refused(store_account_key_add(db, &key, &err), ERR_DENIED);
	db_gate(db, true);
	ok(store_account_key_add(db, &key, &err));
	refused(store_account_key_add(db, &key, &err), ERR_REFUSED);
	ok(store_account_key_revoke(db, key.id, &err));
	refused(store_account_key_add(db, &key, &err), ERR_REFUSED);
	ok(db_commit(db, &err));
	ok(store_account_key_list(db, 1, false, &keys, &count, &err));
	assert_int_equal(count, 0);
	ok(store_account_key_list(db, 0, true, &keys, &count, &err));
	assert_int_equal(count, 1);
	assert_true(keys[0].revoked_utc > 0);
	store_account_keys_free(&keys, count);
}

static void test_presence(void **state)
{
	struct record *record = new_record("巡检", 1000);
	struct presence *list;
	size_t count;
	const int64_t now = clock_now();

	(void)state;
	file_record(db, record, "open");
	ok(db_begin(db, DB_DRAFT, &err));
	ok(presence_tell(db, "a", 1, record->id, true, &err));
	ok(presence_tell(db, "b", 1, 0, false, &err));
	ok(db_commit(db, &err));
	ok(presence_list(db, record->id, NULL, &list, &count, &err));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].person, "张三");
	assert_true(list[0].editing);
	presences_free(&list, count);
	ok(presence_list(db, record->id, "a", &list, &count, &err));
	assert_int_equal(count, 0);
	ok(presence_list(db, 0, NULL, &list, &count, &err));
	assert_int_equal(count, 2);
	presences_free(&list, count);
	clock_set_now(now + PRESENCE_S + 5); /* whoever died is forgotten */
	ok(presence_list(db, 0, NULL, &list, &count, &err));
	assert_int_equal(count, 0);
	clock_set_now(now);
	ok(db_begin(db, DB_DRAFT, &err));
	ok(presence_leave(db, "a", &err));
	ok(db_commit(db, &err));
	ok(presence_list(db, 0, NULL, &list, &count, &err));
	assert_int_equal(count, 1);
	presences_free(&list, count);
	record_free(&record);
}

static void test_attachment(void **state)
{
	struct record *record = new_record("巡检", 1000);
	struct attachment added, *list;
	void *bytes;
	size_t size, count;

	(void)state;
	file_record(db, record, "open");
	ok(db_begin(db, DB_DECISION, &err));
	ok(attachment_add(db, 1, "截图.png", "\0\1\2", 3, "张三", &added, &err));
	attachment_release(&added);
	ok(attachment_add(db, 1, "截图.png", "new", 3, "张三", NULL, &err));
	ok(attachment_add(db, 1, "empty", "", 0, "张三", NULL, &err));
	refused(attachment_add(db, 1, "huge", "", (size_t)ATTACHMENT_MOST_BYTES + 1, "张三", NULL, &err), ERR_REFUSED);
	ok(db_commit(db, &err));
	ok(attachment_list(db, 1, &list, &count, &err));
	assert_int_equal(count, 3);
	assert_int_equal(list[0].size, 3);
	assert_string_equal(list[0].name, "截图.png");
	attachments_free(&list, count);
	ok(attachment_read(db, 1, "截图.png", &bytes, &size, &err));
	assert_int_equal(size, 3);
	assert_memory_equal(bytes, "new", 3);
	free(bytes);
	ok(attachment_read(db, 1, "empty", &bytes, &size, &err));
	assert_int_equal(size, 0);
	free(bytes);
	refused(attachment_read(db, 1, "none", &bytes, &size, &err), ERR_REFUSED);
	meddle(folder, "UPDATE attachment SET bytes = x'6e6578' WHERE id = 2");
	refused(attachment_read(db, 1, "截图.png", &bytes, &size, &err), ERR_DAMAGED);
	record_free(&record);
}

static void test_link(void **state)
{
	struct record *a = new_record("一", 1000), *b = new_record("二", 1000);
	struct link *links;
	size_t count;

	(void)state;
	file_record(db, a, "open");
	file_record(db, b, "open");
	ok(db_begin(db, DB_DECISION, &err));
	ok(link_add(db, a->id, b->id, "opened", &err));
	ok(link_add(db, a->id, b->id, "opened", &err));
	refused(link_add(db, a->id, a->id, "opened", &err), ERR_REFUSED);
	refused(link_add(db, a->id, 99, "opened", &err), ERR_REFUSED);
	ok(db_commit(db, &err));
	ok(link_list(db, b->id, &links, &count, &err));
	assert_int_equal(count, 1);
	assert_int_equal(links[0].record, a->id);
	assert_false(links[0].is_from_here);
	assert_string_equal(links[0].title, "一");
	assert_string_equal(links[0].number, "巡检-1");
	links_free(&links, count);
	ok(link_list(db, a->id, &links, &count, &err));
	assert_true(links[0].is_from_here);
	links_free(&links, count);
	record_free(&a);
	record_free(&b);
}

static void test_asset(void **state)
{
	struct asset asset = { .number = (char *)"XX-01", .name = (char *)"核心交换机", .department = (char *)"信息中心",
		               .person = (char *)"张三" }, found, *list;
	size_t count;

	(void)state;
	ok(db_begin(db, DB_DECISION, &err));
	ok(asset_save(db, &asset, &err));
	asset.place = (char *)"一号机房";
	ok(asset_save(db, &asset, &err));
	asset.id = 0;
	refused(asset_save(db, &asset, &err), ERR_REFUSED); /* the number is taken */
	asset.number = (char *)"XX-02";
	asset.is_retired = true;
	ok(asset_save(db, &asset, &err));
	asset.person = (char *)"无此人";
	refused(asset_save(db, &asset, &err), ERR_REFUSED);
	ok(db_commit(db, &err));
	ok(asset_by_number(db, "XX-01", &found, &err));
	assert_string_equal(found.place, "一号机房");
	assert_string_equal(found.department, "信息中心");
	asset_release(&found);
	ok(asset_list(db, NULL, false, 0, &list, &count, &err));
	assert_int_equal(count, 1);
	assets_free(&list, count);
	ok(asset_list(db, "XX-01", true, 0, &list, &count, &err));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].number, "XX-02");
	assets_free(&list, count);
}

static void test_print_log(void **state)
{
	struct record *record = new_record("巡检", 1000);
	struct print_entry first = { .record = 1, .what = (char *)"patrol", .person = (char *)"张三" }, second = first, *list;
	struct journal_head head;
	char code[20];
	size_t count;

	(void)state;
	file_record(db, record, "filed");
	ok(db_begin(db, DB_DECISION, &err));
	ok(print_log_add(db, &first, &err));
	ok(print_log_add(db, &second, &err));
	ok(db_commit(db, &err));
	assert_int_equal(first.copy, 1);
	assert_int_equal(second.copy, 2);
	ok(journal_head(db, &head, &err));
	assert_string_equal(first.head.hash, head.hash);
	ok(print_log_list(db, 1, 0, &list, &count, &err));
	assert_int_equal(count, 2);
	assert_int_equal(list[0].copy, 2);
	print_entries_free(&list, count);
	ok(print_log_list(db, 0, 1, &list, &count, &err));
	assert_int_equal(count, 1);
	print_entries_free(&list, count);
	/* As a person copies it from paper: capitals, grouped. */
	snprintf(code, sizeof(code), "%.4s-%.4s %.4s", first.record_hash, first.record_hash + 4, first.record_hash + 8);
	for (char *c = code; *c != '\0'; c++)
		*c = *c >= 'a' && *c <= 'f' ? (char)(*c - 'a' + 'A') : *c;
	ok(print_log_by_code(db, code, &list, &count, &err));
	assert_int_equal(count, 2);
	print_entries_free(&list, count);
	ok(print_log_by_code(db, "0000000000", &list, &count, &err));
	assert_int_equal(count, 0);
	refused(print_log_by_code(db, "1234567", &list, &count, &err), ERR_REFUSED);
	refused(print_log_by_code(db, "% OR 1=1", &list, &count, &err), ERR_REFUSED);
	record_free(&record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_draft_there_and_back, setup, teardown),
		cmocka_unit_test_setup_teardown(test_drafts_of_an_account, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sequence, setup, teardown),
		cmocka_unit_test_setup_teardown(test_form_version, setup, teardown),
		cmocka_unit_test_setup_teardown(test_people_and_departments, setup, teardown),
		cmocka_unit_test_setup_teardown(test_account, setup, teardown),
		cmocka_unit_test_setup_teardown(test_account_refusals, setup, teardown),
		cmocka_unit_test_setup_teardown(test_account_keys, setup, teardown),
		cmocka_unit_test_setup_teardown(test_presence, setup, teardown),
		cmocka_unit_test_setup_teardown(test_attachment, setup, teardown),
		cmocka_unit_test_setup_teardown(test_link, setup, teardown),
		cmocka_unit_test_setup_teardown(test_asset, setup, teardown),
		cmocka_unit_test_setup_teardown(test_print_log, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
