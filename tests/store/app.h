/*
 * app: what the tests of the use-cases share: a training office in a new folder, its people, its clock.
 */
#ifndef YW_TESTS_APP_H
#define YW_TESTS_APP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>
#include <sqlite3.h>

#include "app/act.h"
#include "app/demo.h"
#include "app/edit.h"
#include "app/init.h"
#include "app/job.h"
#include "app/login.h"
#include "app/office.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"

#define SHARE YW_SOURCE
#define PASSWORD "Peixun#2026"

/* Fails the test with the error's text. */
#define ok(call)                                                                                   \
	do {                                                                                       \
		struct err err = { .code = ERR_NONE };                                             \
		if (!(call))                                                                       \
			fail_msg("%s: %s", #call, err.text);                                       \
	} while (0)
/* The call must fail with CODE. */
#define refused(call, expected)                                                                    \
	do {                                                                                       \
		struct err err = { .code = ERR_NONE };                                             \
		if (call)                                                                          \
			fail_msg("%s: was not refused", #call);                                    \
		if (err.code != (expected))                                                        \
			fail_msg("%s: code %d, not %d: %s", #call, (int)err.code, (int)(expected), err.text); \
		if (err.text[0] == '\0')                                                           \
			fail_msg("%s: refused without a word", #call);                             \
	} while (0)

struct scene {
	char *folder;          /* holds data/ and whatever a test writes */
	char *data;
	struct office *office;
	struct login *clerk, *head, *staff, *admin; /* zhangsan, ligq, chengj, chenl */
};

static inline int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

static inline char *scene_folder(void)
{
	char *folder = str_format("%s/yunwei-app-XXXXXX", getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");

	assert_non_null(mkdtemp(folder));
	return folder;
}

static inline struct login *scene_login(struct scene *scene, const char *account)
{
	struct err err = { .code = ERR_NONE };
	struct login *login = login_as_owner(scene->office, account, "tty1", &err);

	if (login == NULL)
		fail_msg("%s: %s", account, err.text);
	return login;
}

static inline void scene_logins(struct scene *scene)
{
	scene->clerk = scene_login(scene, "zhangsan");
	scene->head = scene_login(scene, "ligq");
	scene->staff = scene_login(scene, "chengj");
	scene->admin = scene_login(scene, "chenl");
}

static inline void scene_leave(struct scene *scene)
{
	login_free(&scene->clerk);
	login_free(&scene->head);
	login_free(&scene->staff);
	login_free(&scene->admin);
	office_close(&scene->office);
}

/* Opens the office anew, as another process would. */
static inline void scene_enter(struct scene *scene)
{
	ok((scene->office = office_open(scene->data, SHARE, &err)) != NULL);
	scene_logins(scene);
}

/* MONTHS of life until Friday 2026-11-20 (0: nobody has done anything yet); it is Monday morning. */
static inline struct scene *scene_new(int months)
{
	struct scene *scene = mem_new(struct scene);
	struct demo_options options = { .seed = 1, .months = months > 0 ? months : 1, .until = "2026-11-20" };
	struct job *job;
	int64_t monday;

	scene->folder = scene_folder();
	scene->data = path_join(scene->folder, "data");
	ok(init_office(scene->data, SHARE, true, &err));
	ok((scene->office = office_open(scene->data, SHARE, &err)) != NULL);
	ok((job = demo_fill(scene->office, &options, &err)) != NULL);
	if (months > 0)
		ok(job_run(job, &err));
	job_free(&job);
	assert_true(clock_parse("2026-11-23 08:40", &monday));
	clock_hold(monday);
	scene_logins(scene);
	return scene;
}

static inline void scene_free(struct scene **scene)
{
	scene_leave(*scene);
	nftw((*scene)->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free((*scene)->folder);
	free((*scene)->data);
	free(*scene);
	*scene = NULL;
	clock_hold(0);
}

/* MINUTES pass. */
static inline void scene_pass(int minutes)
{
	clock_hold(clock_now() + (int64_t)minutes * 60);
}

/* One number from the file, read beside the program. */
static inline int64_t scene_number(const struct scene *scene, const char *sql)
{
	char *path = path_join(scene->data, "yunwei.db");
	sqlite3 *raw = NULL;
	sqlite3_stmt *statement = NULL;
	int64_t number;

	assert_int_equal(sqlite3_open_v2(path, &raw, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	if (sqlite3_prepare_v2(raw, sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(raw));
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(raw);
	free(path);
	return number;
}

/* Straight into the file, as the sqlite3 shell would. */
static inline void scene_meddle(const struct scene *scene, const char *sql)
{
	char *path = path_join(scene->data, "yunwei.db"), *message = NULL;
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	if (sqlite3_exec(raw, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	sqlite3_close(raw);
	free(path);
}

/* ---- records ---- */

/* A whole daily check: every pass or fail item normal, every reading inside its range. */
static inline json_t *patrol_values(void)
{
	static const char *const readings[][2] = { { "temp", "23.5" },  { "humid", "50" },   { "mains", "221.0" }, { "ups_v", "220.0" },
		                                   { "ups_load", "41" }, { "ups_bat", "99" }, { "ac1_t", "24.0" } };
	static const char *const normals[][2] = {
		{ "clean", "正常" }, { "leak", "无" }, { "smell", "无" }, { "light", "正常" }, { "ups_mode", "市电在线" },
		{ "ups_alarm", "无" }, { "pdu", "正常" }, { "ac1", "正常" }, { "ac_drain", "正常" }, { "gas", "绿区" },
		{ "ext", "正常" }, { "fire", "正常" }, { "door", "正常" }, { "cctv", "正常" }, { "env", "正常" },
		{ "sw", "正常" }, { "fw", "正常" }, { "net_i", "通" }, { "net_g", "通" }, { "net_p", "通" },
		{ "srv", "正常" }, { "raid", "正常" }, { "app", "正常" }, { "bk", "成功" }, { "av", "无" },
		{ "cable", "正常" }, { "entry", "无人员" } };
	json_t *items = json_object();

	for (size_t i = 0; i < sizeof(readings) / sizeof(readings[0]); i++)
		json_object_set_new(items, readings[i][0], json_pack("{s:s}", "value", readings[i][1]));
	for (size_t i = 0; i < sizeof(normals) / sizeof(normals[0]); i++)
		json_object_set_new(items, normals[i][0], json_pack("{s:s}", "value", normals[i][1]));
	return json_pack("{s:s, s:o}", "weather", "晴", "items", items);
}

/* A new edit of FORM with VALUES (stolen), which must all be taken. */
static inline struct edit *scene_edit(struct scene *scene, const struct login *who, const char *form, json_t *values)
{
	struct err err = { .code = ERR_NONE };
	json_t *faults = NULL;
	struct edit *edit = edit_new(scene->office, &who->actor, office_form(scene->office, form), &err);

	if (edit == NULL)
		fail_msg("%s: %s", form, err.text);
	if (!edit_fill(scene->office, &who->actor, edit, values, &faults, &err))
		fail_msg("%s: %s", err.text, json_dumps(faults, JSON_INDENT(1)));
	json_decref(values);
	return edit;
}

/* Submits a daily check by WHO; its id. *NUMBER (may be NULL) is the caller's. */
static inline int64_t scene_patrol(struct scene *scene, const struct login *who, char **number)
{
	struct edit *edit = scene_edit(scene, who, "patrol", patrol_values());
	const struct act_request request = { .action = "submit" };
	struct act_result result = { 0 };
	struct err err = { .code = ERR_NONE };
	int64_t id;

	if (!act_on_edit(scene->office, &who->actor, edit, &request, &result, &err))
		fail_msg("submit: %s %s", err.text, json_dumps(result.faults, JSON_INDENT(1)));
	assert_non_null(result.number);
	assert_string_equal(result.state, "submitted");
	id = result.record;
	if (number != NULL)
		*number = mem_text(result.number);
	act_result_release(&result);
	edit_free(&edit);
	return id;
}

static inline bool scene_act(struct scene *scene, const struct login *who, int64_t record, const char *action,
                             const char *note, struct err *err)
{
	const struct act_request request = { .action = action, .note = note };
	struct act_result result = { 0 };
	bool done = act_on_record(scene->office, &who->actor, record, &request, &result, err);

	act_result_release(&result);
	return done;
}

static inline struct view *scene_view(struct scene *scene, const struct login *who, int64_t record)
{
	struct view *view = NULL;

	ok((view = view_open_id(scene->office, &who->actor, record, &err)) != NULL);
	return view;
}

#endif
