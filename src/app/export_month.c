#include "app/export.h"

#include <sys/stat.h>

#include "app/job_private.h"
#include "app/month.h"
#include "app/office_private.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"

struct month_job {
	struct month month;
	char *folder;
	size_t next;               /* form; the count of forms: the index */
};

static bool write_register(struct month *month, const struct month_register *ledger, const char *path, struct err *err)
{
	char head[HASH_HEX_SIZE];
	struct db *db = month->printer.office->db;
	const struct report_target target = { .path = path };
	bool ok = db_begin(db, DB_DECISION, err) && month_log(month, ledger, head, err);
	if (ok) {
		const struct register_input input = month_input(month, ledger, head);
		ok = report_write_register(ledger->layout, &month->printer.context, &input, &target, err) &&
		     db_commit(db, err);
	}
	if (!ok)
		db_rollback(db);
	return ok;
}

static bool write_form(struct job *job, struct month_job *state, const struct definition *form, struct err *err)
{
	struct month_register ledger;
	if (!month_has(&state->month, form))
		return true;
	job_say(job, definition_name(form));
	if (!month_load(&state->month, form, &ledger, err))
		return false;
	char *safe = path_safe_name(definition_name(form));
	char *path = str_format("%s/%s-%s.xlsx", state->folder, state->month.text, safe);
	bool ok = write_register(&state->month, &ledger, path, err);
	if (ok)
		json_array_append_new(json_object_get(job->result, "files"),
		                      json_pack("{s:s, s:s, s:I}", "file", path, "form", form->id, "records",
		                                (json_int_t)ledger.count));
	free(path);
	free(safe);
	month_register_release(&ledger);
	return ok;
}

/* --- the index --- */

static bool index_row(struct report_list *list, const struct office *office, size_t number, const json_t *file,
                      struct err *err)
{
	const struct definition *form = office_form(office, json_text(file, "form"));
	const char *path = json_text(file, "file");
	const char *slash = strrchr(path, '/');
	char *no = str_format("%zu", number);
	char *records = str_format("%lld", (long long)json_whole(file, "records", 0));
	const char *const cells[] = { no, form ? definition_title(form) : "", records, slash ? slash + 1 : path };
	bool ok = report_list_row(list, cells, err);
	free(no);
	free(records);
	return ok;
}

static bool fill_index(const struct job *job, const struct month *month, const char *path, const struct layout *layout,
                       struct err *err)
{
	const struct report_list_column columns[] = {
		{ _("No."), 6, true }, { _("Register"), 40, false }, { _("Records"), 8, true }, { _("File"), 44, false },
	};
	const struct report_target target = { .path = path };
	char *title = str_format(_("Registers of %s"), month->text);
	struct report_list *list = report_list_new(layout, &month->printer.context, title, columns, 4, &target, err);
	const json_t *files = json_object_get(job->result, "files");
	bool ok = list != NULL;
	for (size_t i = 0; ok && i < json_array_size(files); i++)
		ok = index_row(list, month->printer.office, i + 1, json_array_get(files, i), err);
	ok = ok && report_list_finish(list, err);
	report_list_free(&list);
	free(title);
	return ok;
}

static bool write_index(struct job *job, struct month_job *state, struct err *err)
{
	struct layout *layout = printer_list_layout(&state->month.printer, NULL, err);
	char *path = str_format("%s/%s-index.xlsx", state->folder, state->month.text);
	bool ok = layout && fill_index(job, &state->month, path, layout, err);
	if (ok)
		json_object_set_new(job->result, "index", json_string(path));
	layout_free(&layout);
	free(path);
	return ok;
}

static bool month_step(struct job *job, void *data, bool *done, struct err *err)
{
	struct month_job *state = data;
	const struct definition *form = office_form_at(state->month.printer.office, state->next);
	*done = form == NULL;
	if (!form)
		return write_index(job, state, err);
	if (!write_form(job, state, form, err))
		return false;
	job->done = ++state->next;
	return true;
}

static void month_job_release(void *data)
{
	struct month_job *state = data;
	month_release(&state->month);
	free(state->folder);
	free(state);
}

struct job *export_month(struct office *office, const struct actor *actor, const char *month, const char *folder,
                         struct err *err)
{
	static const struct job_kind kind = { month_step, month_job_release };
	struct month_job *state = mem_new(struct month_job);
	if (month_init(&state->month, office, actor, month, err))
		state->folder = folder ? mem_text(folder) : printer_folder(office, month, err);
	if (!state->folder || !path_make_folder(state->folder, S_IRWXU, err)) {
		month_job_release(state);
		return NULL;
	}
	struct job *job = job_new(&kind, state, office_form_count(office) + 1);
	json_object_set_new(job->result, "folder", json_string(state->folder));
	json_object_set_new(job->result, "files", json_array());
	return job;
}
