#include "app/check.h"

#include "app/job_private.h"
#include "app/office_private.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/check.h"

struct checking {
	struct office *office;
	struct store_check *check;
};

static void checking_release(void *state)
{
	struct checking *checking = state;
	store_check_free(&checking->check);
	free(checking);
}

static void add(json_t *checks, const char *name, const char *detail)
{
	json_array_append_new(checks, json_pack("{s:s, s:b, s:s}", "name", name, "ok", *detail == '\0', "detail", detail));
}

/* All findings of one part, a line each; "" if there are none. */
static char *findings_of(const struct store_report *report, enum store_check_part part)
{
	struct str lines = STR_INIT;
	for (size_t i = 0; i < report->count; i++) {
		if (report->findings[i].part == part)
			str_addf(&lines, "%s%s", lines.len ? "\n" : "", report->findings[i].text);
	}
	return str_take(&lines);
}

static void add_forms(const struct office *office, json_t *checks)
{
	struct str lines = STR_INIT;
	for (size_t i = 0; office_mistake(office, i); i++)
		str_addf(&lines, "%s%s", i ? "\n" : "", office_mistake(office, i));
	add(checks, "definitions", str_text(&lines));
	str_release(&lines);
}

static void finish(struct job *job, const struct checking *checking)
{
	const struct store_report *report = store_check_report(checking->check);
	json_t *checks = json_array();
	for (int part = 0; part < STORE_CHECK_COUNT; part++) {
		char *detail = findings_of(report, (enum store_check_part)part);
		add(checks, store_check_name((enum store_check_part)part), detail);
		free(detail);
	}
	add_forms(checking->office, checks);
	json_object_set_new(job->result, "sqlite", json_string(check_sqlite_version()));
	json_object_set_new(job->result, "guard", json_boolean(check_sqlite_needs_guard()));
	json_object_set_new(job->result, "records", json_integer(report->records));
	json_object_set_new(job->result, "entries", json_integer(report->entries));
	json_object_set_new(job->result, "attachments", json_integer(report->attachments));
	json_object_set_new(job->result, "checks", checks);
	json_object_set_new(job->result, "ok", json_boolean(report->count == 0 && !office_mistake(checking->office, 0)));
}

static bool checking_step(struct job *job, void *state, bool *done, struct err *err)
{
	struct checking *checking = state;
	enum store_check_part part = store_check_part(checking->check);
	job->done = (size_t)part;
	job_say(job, part < STORE_CHECK_COUNT ? store_check_name(part) : "");
	if (!store_check_step(checking->check, done, err))
		return false;
	if (*done)
		finish(job, checking);
	return true;
}

struct job *check_all(struct office *office, struct err *err)
{
	static const struct job_kind kind = { checking_step, checking_release };
	struct store_check *check = store_check_new(office->db, false, err);
	if (!check)
		return NULL;
	struct checking *checking = mem_new(struct checking);
	checking->office = office;
	checking->check = check;
	return job_new(&kind, checking, STORE_CHECK_COUNT);
}

const char *check_sqlite_version(void)
{
	return db_sqlite_version();
}

bool check_sqlite_needs_guard(void)
{
	return db_sqlite_needs_guard();
}
