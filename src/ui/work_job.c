#include "ui/work_job.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/dialog.h"

struct work_job {
	struct job *job;
	char *title;
};

static enum work_state step(void *self, int *permille, struct str *what, struct err *err)
{
	struct work_job *work = self;
	enum job_state state = job_step(work->job, err);

	*permille = job_total(work->job) ? (int)(job_done(work->job) * 1000 / job_total(work->job)) : 0;
	str_set(what, job_doing(work->job));
	return state == JOB_MORE ? WORK_MORE : state == JOB_DONE ? WORK_DONE : WORK_FAILED;
}

/* The parts of "check" (store/check.c) in a person's words. */
static const char *check_words(const char *name)
{
	static const struct {
		const char *name, *words;
	} parts[] = {
		{ "integrity", N_("the file of the store") },   { "references", N_("references between records") },
		{ "journal", N_("the journal's chain") },       { "prints", N_("prints") },
		{ "records", N_("contents of the records") },   { "forms", N_("forms as they were filed") },
		{ "numbers", N_("numbers") },                   { "attachments", N_("evidence") },
		{ "search", N_("the search index") },           { "definitions", N_("form definitions") },
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (str_equal(parts[i].name, name))
			return _(parts[i].words);
	return name;
}

/* What a result says, in words: files with their records, checks with their outcome. */
static void describe_item(const char *folder, const json_t *item, struct str *out)
{
	const char *file = json_string_value(json_object_get(item, "file"));
	const char *name = json_string_value(json_object_get(item, "name"));
	const char *detail = json_string_value(json_object_get(item, "detail"));

	/* The folder has been said already. */
	if (file && folder && strncmp(file, folder, strlen(folder)) == 0 && file[strlen(folder)] == '/')
		file += strlen(folder) + 1;
	if (file)
		str_addf(out, "\n%s", file);
	if (json_object_get(item, "records"))
		str_addf(out, ngettext("  (%lld record)", "  (%lld records)",
		                       (unsigned long)json_integer_value(json_object_get(item, "records"))),
		         (long long)json_integer_value(json_object_get(item, "records")));
	if (name)
		str_addf(out, "\n%s %s%s%s", json_is_true(json_object_get(item, "ok")) ? "[x]" : "[!!]", check_words(name),
		         str_is_empty(detail) ? "" : ": ", detail ? detail : "");
}

static void describe(const json_t *result, struct str *out)
{
	const char *folder = json_string_value(json_object_get(result, "folder"));
	const json_t *lists[] = { json_object_get(result, "files"), json_object_get(result, "checks") };
	size_t i;
	json_t *item;

	if (folder)
		str_addf(out, "%s", folder);
	describe_item(NULL, result, out);
	for (size_t l = 0; l < 2; l++)
		json_array_foreach(lists[l], i, item)
			describe_item(folder, item, out);
}

static enum react done(void *self, struct loop *loop, bool cancelled, const struct err *err)
{
	struct work_job *work = self;
	struct str text = STR_INIT;

	if (err) {
		dialog_message(loop, STYLE_FAIL, work->title, err->text);
	} else if (cancelled) {
		loop_notice(loop, STYLE_WARN, "%s", _("Stopped; nothing that counts was written."));
	} else {
		describe(job_result(work->job), &text);
		dialog_message(loop, STYLE_OK, work->title, text.len ? str_text(&text) : _("Done."));
	}
	str_release(&text);
	return REACT_RELOAD;
}

static void work_free(void *self)
{
	struct work_job *work = self;

	job_free(&work->job);
	free(work->title);
	free(work);
}

void work_job(struct loop *loop, const char *title, struct job *job)
{
	struct work_job *self = mem_new(struct work_job);

	self->job = job;
	self->title = mem_text(title);
	loop_work(loop, &(struct work){ .title = title, .step = step, .done = done, .free = work_free }, self);
}
