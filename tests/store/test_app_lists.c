#include "store/app.h"

#include "app/find.h"
#include "app/list.h"
#include "app/worklist.h"

static struct scene *scene;

static int begin(void **state)
{
	(void)state;
	scene = scene_new(2);
	return 0;
}

static int end(void **state)
{
	(void)state;
	scene_free(&scene);
	return 0;
}

static struct list_page *load(const struct login *who, const struct list_query *query, const char *from, bool back,
                              size_t limit)
{
	struct list_page *page = NULL;

	ok((page = list_load(scene->office, &who->actor, query, from, back, limit, &err)) != NULL);
	return page;
}

/* Walked in pages forwards and backwards, every record is seen once and in order. */
static void walk(enum list_sort sort, bool ascending)
{
	const struct list_query query = { .form = "patrol", .sort = sort, .ascending = ascending };
	int64_t total = scene_number(scene, "SELECT count(*) FROM record WHERE form = 'patrol'");
	int64_t *ids = mem_zeroed((size_t)total + 10, sizeof(int64_t));
	char *key = NULL;
	int64_t seen = 0;
	bool more = true;

	while (more) {
		struct list_page *page = load(scene->clerk, &query, key, false, 7);
		assert_true(page->count <= 7 && page->count > 0);
		assert_int_equal(page->more_before, key != NULL);
		for (size_t i = 0; i < page->count; i++)
			ids[seen++] = page->rows[i].id;
		free(key);
		key = mem_text(page->rows[page->count - 1].key);
		more = page->more_after;
		list_page_free(&page);
	}
	assert_int_equal(seen, total);
	more = true;
	seen--; /* the key is that of the last one */
	while (more) {
		struct list_page *page = load(scene->clerk, &query, key, true, 7);
		assert_true(page->more_after);
		for (size_t i = page->count; i > 0; i--)
			assert_int_equal(page->rows[i - 1].id, ids[--seen]);
		free(key);
		key = mem_text(page->rows[0].key);
		more = page->more_before;
		list_page_free(&page);
	}
	assert_int_equal(seen, 0);
	free(key);
	free(ids);
}

static void test_paging(void **state)
{
	(void)state;
	walk(LIST_BY_TIME, false);
	walk(LIST_BY_TIME, true);
	walk(LIST_BY_NUMBER, false);
	walk(LIST_BY_UPDATE, true);
	walk(LIST_BY_DEPARTMENT, false);
}

/* A refresh keeps its place: the row that stood first stands first again. */
static void test_reload(void **state)
{
	const struct list_query query = { .form = "patrol" };
	struct list_page *page = load(scene->clerk, &query, NULL, false, 10), *again = NULL;

	(void)state;
	scene_patrol(scene, scene->clerk, NULL);
	ok((again = list_reload(scene->office, &scene->clerk->actor, &query, page->rows[4].key, 5, &err)) != NULL);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(again->rows[i].id, page->rows[4 + i].id);
	assert_true(again->more_before);
	list_page_free(&again);
	list_page_free(&page);
}

static int count(const struct login *who, const struct list_query *query)
{
	int n = 0;

	ok(list_count(scene->office, &who->actor, query, 1000, &n, &err));
	return n;
}

static void test_filters(void **state)
{
	int64_t all = scene_number(scene, "SELECT count(*) FROM record WHERE form = 'patrol'");

	(void)state;
	assert_int_equal(count(scene->clerk, &(struct list_query){ .form = "patrol" }), all);
	int november = count(scene->clerk, &(struct list_query){ .form = "patrol", .month = "2026-11" });
	int october = count(scene->clerk, &(struct list_query){ .form = "patrol", .month = "2026-10" });
	int september = count(scene->clerk, &(struct list_query){ .form = "patrol", .month = "2026-09" });
	assert_int_equal(november + october + september, all);
	assert_true(november > 10 && october > 10);
	assert_int_equal(count(scene->clerk, &(struct list_query){ .form = "patrol", .month = "2026-10-01" }), 0);
	int filed = count(scene->clerk, &(struct list_query){ .form = "patrol", .state = "filed" });
	assert_int_equal(count(scene->clerk, &(struct list_query){ .form = "patrol", .state = "已登记" }), filed);
	assert_int_equal(count(scene->clerk, &(struct list_query){ .form = "patrol", .state = "open" }), all - filed);
	assert_int_equal(count(scene->clerk, &(struct list_query){ .form = "patrol", .department = "办公室" }), 0);
	refused(list_load(scene->office, &scene->clerk->actor, &(struct list_query){ .form = "nonsense" }, NULL, false, 5, &err) != NULL,
	        ERR_REFUSED);
	refused(list_load(scene->office, &scene->clerk->actor, &(struct list_query){ .state = "nonsense" }, NULL, false, 5, &err) != NULL,
	        ERR_REFUSED);
	refused(list_load(scene->office, &scene->clerk->actor, &(struct list_query){ .month = "November" }, NULL, false, 5, &err) != NULL,
	        ERR_REFUSED);
}

/* Everybody sees what is his department's; the center sees all. */
static void test_who_sees_what(void **state)
{
	const struct list_query query = { .form = "incident" };
	struct list_page *page = load(scene->staff, &query, NULL, false, 200);
	int mine = (int)page->count, all = count(scene->clerk, &query);

	(void)state;
	for (size_t i = 0; i < page->count; i++)
		assert_string_equal(page->rows[i].department, "不动产登记中心");
	list_page_free(&page);
	assert_int_equal(count(scene->staff, &query), mine);
	assert_true(mine < all);
	/* And so it is with one by one, and with words. */
	page = load(scene->clerk, &query, NULL, false, 200);
	for (size_t i = 0; i < page->count; i++) {
		if (strcmp(page->rows[i].department, "不动产登记中心") == 0)
			continue;
		refused(view_open_id(scene->office, &scene->staff->actor, page->rows[i].id, &err) != NULL, ERR_DENIED);
		struct find_hits *hits = NULL;
		ok((hits = find_text(scene->office, &scene->staff->actor, page->rows[i].number, 0, 50, &err)) != NULL);
		for (size_t h = 0; h < hits->count; h++)
			assert_true(hits->items[h].record != page->rows[i].id);
		find_hits_free(&hits);
	}
	list_page_free(&page);
}

static void test_find(void **state)
{
	struct find_hits *hits = NULL;

	(void)state;
	ok((hits = find_text(scene->office, &scene->clerk->actor, "巡检-20261120-01", 0, 10, &err)) != NULL);
	assert_true(hits->count >= 1);
	assert_string_equal(hits->items[0].number, "巡检-20261120-01");
	find_hits_free(&hits);
	/* Two characters from the middle of a word. */
	ok((hits = find_text(scene->office, &scene->clerk->actor, "心机", 0, 5, &err)) != NULL);
	assert_int_equal(hits->count, 5);
	assert_true(hits->more);
	int64_t last = hits->items[4].record;
	find_hits_free(&hits);
	ok((hits = find_text(scene->office, &scene->clerk->actor, "心机", last, 5, &err)) != NULL);
	assert_int_equal(hits->count, 5);
	assert_true(hits->items[0].record < last);
	find_hits_free(&hits);
	ok((hits = find_text(scene->office, &scene->clerk->actor, "绝无此词", 0, 5, &err)) != NULL);
	assert_int_equal(hits->count, 0);
	find_hits_free(&hits);
	ok((hits = find_text(scene->office, &scene->clerk->actor, "'; DROP TABLE record; --\" OR *", 0, 5, &err)) != NULL);
	find_hits_free(&hits);
}

static struct worklist *bench(const struct login *who)
{
	struct worklist *list = NULL;

	ok((list = worklist_load(scene->office, &who->actor, &err)) != NULL);
	return list;
}

/* Monday morning: the day's check is due until somebody has made it. */
static void test_due(void **state)
{
	int64_t now = clock_now(), tomorrow;
	struct worklist *list;

	(void)state;
	assert_true(clock_parse("2026-11-24 08:40", &tomorrow));
	clock_hold(tomorrow);
	list = bench(scene->clerk);
	assert_true(list->due_count >= 1);
	const struct work_due *today = &list->due[list->due_count - 1];
	assert_string_equal(today->form, "patrol");
	assert_false(today->done);
	assert_false(today->overdue);
	char local[CLOCK_LOCAL_SIZE];
	assert_string_equal(clock_local(today->due_utc, local), "2026-11-24T09:30+08:00");
	int due = list->month.due, done = list->month.done;
	assert_true(due >= 15 && done >= 14 && done < due);
	worklist_free(&list);

	scene_pass(60);
	list = bench(scene->clerk);
	assert_true(list->due[list->due_count - 1].overdue);
	worklist_free(&list);

	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	list = bench(scene->clerk);
	assert_int_equal(list->month.due, due);
	assert_int_equal(list->month.done, done + 1);
	assert_true(list->due[list->due_count - 1].done);
	assert_int_equal(list->due[list->due_count - 1].record, id);
	worklist_free(&list);
	/* It is nobody's duty outside the center. */
	list = bench(scene->staff);
	assert_int_equal(list->due_count, 0);
	worklist_free(&list);
	clock_hold(now);
}

static void test_waiting(void **state)
{
	int64_t id = scene_patrol(scene, scene->clerk, NULL);
	int before = worklist_count(scene->office, &scene->head->actor);
	struct worklist *list = bench(scene->head);
	bool there = false;

	(void)state;
	assert_int_equal(list->waiting_count, before);
	for (size_t i = 0; i < list->waiting_count; i++) {
		there = there || list->waiting[i].record == id;
		assert_true(i == 0 || list->waiting[i - 1].since_utc <= list->waiting[i].since_utc);
	}
	assert_true(there);
	worklist_free(&list);
	ok(scene_act(scene, scene->head, id, "review", NULL, &err));
	assert_int_equal(worklist_count(scene->office, &scene->head->actor), before - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paging),         cmocka_unit_test(test_reload), cmocka_unit_test(test_filters),
		cmocka_unit_test(test_who_sees_what),  cmocka_unit_test(test_find),   cmocka_unit_test(test_due),
		cmocka_unit_test(test_waiting),
	};

	text_init("en", "");
	json_setup();
	return cmocka_run_group_tests(tests, begin, end);
}
