#include "app/export.h"

#include "app/job_private.h"
#include "app/office_private.h"
#include "app/print.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

enum { PAGE = 200 };

struct list_job {
	struct printer printer;
	struct list_query query;
	char *texts[5];            /* what the query borrows */
	char *path;
	char *key;                 /* of the last row written */
	struct layout *layout;
	struct report_list *list;
	json_int_t rows;
};

static bool begin(struct list_job *list, struct err *err)
{
	const struct definition *form = office_form(list->printer.office, list->query.form);
	struct list_page *head = list_load(list->printer.office, list->printer.actor, &list->query, NULL, false, 1, err);
	if (!head)
		return false;
	struct report_list_column *columns = mem_zeroed(head->column_count + 1, sizeof(*columns));
	for (size_t i = 0; i < head->column_count; i++)
		columns[i] = (struct report_list_column){ .heading = list_heading(form, head->columns[i].key),
			                                  .width = head->columns[i].width };
	const struct report_target target = printer_target(list->path);
	list->layout = printer_list_layout(&list->printer, form, err);
	if (list->layout)
		list->list = report_list_new(list->layout, &list->printer.context,
		                             form ? definition_title(form) : _("All records"), columns, head->column_count,
		                             &target, err);
	free(columns);
	list_page_free(&head);
	return list->list != NULL;
}

static bool write_page(struct list_job *list, bool *last, struct err *err)
{
	struct list_page *page =
		list_load(list->printer.office, list->printer.actor, &list->query, list->key, false, PAGE, err);
	bool ok = page != NULL;
	for (size_t i = 0; ok && i < page->count; i++)
		ok = report_list_row(list->list, (const char *const *)page->rows[i].cells, err);
	if (ok) {
		*last = !page->more_after;
		list->rows += (json_int_t)page->count;
		free(list->key);
		list->key = page->count ? mem_text(page->rows[page->count - 1].key) : NULL;
	}
	list_page_free(&page);
	return ok;
}

static bool finish(struct job *job, struct list_job *list, struct err *err)
{
	char *note = str_format("%s, %lld", list->query.form ? list->query.form : "*", (long long)list->rows);
	bool ok = report_list_finish(list->list, err) &&
	          office_journal(list->printer.office, list->printer.actor, "export", note, err);
	free(note);
	json_object_set_new(job->result, "file", json_string(list->path));
	json_object_set_new(job->result, "records", json_integer(list->rows));
	return ok;
}

static bool list_step(struct job *job, void *state, bool *done, struct err *err)
{
	struct list_job *list = state;
	if ((!list->list && !begin(list, err)) || !write_page(list, done, err))
		return false;
	job->done = (size_t)list->rows;
	return !*done || finish(job, list, err);
}

static void list_release(void *state)
{
	struct list_job *list = state;
	printer_release(&list->printer);
	report_list_free(&list->list);
	layout_free(&list->layout);
	for (size_t i = 0; i < sizeof(list->texts) / sizeof(list->texts[0]); i++)
		free(list->texts[i]);
	free(list->key);
	free(list->path);
	free(list);
}

static const char *keep(struct list_job *list, size_t slot, const char *text)
{
	list->texts[slot] = mem_text(text);
	return list->texts[slot];
}

static char *default_path(const struct office *office, const struct list_query *query, struct err *err)
{
	char *folder = printer_folder(office, NULL, err);
	char *path = folder ? str_format("%s/list-%s.xlsx", folder, query->form ? query->form : "all") : NULL;
	free(folder);
	return path;
}

struct job *export_list(struct office *office, const struct actor *actor, const struct list_query *query,
                        const char *path, struct err *err)
{
	static const struct job_kind kind = { list_step, list_release };
	char *to = path ? mem_text(path) : default_path(office, query, err);
	if (!to)
		return NULL;
	struct list_job *list = mem_new(struct list_job);
	printer_init(&list->printer, office, actor);
	list->path = to;
	list->query = *query;
	list->query.form = keep(list, 0, query->form);
	list->query.state = keep(list, 1, query->state);
	list->query.month = keep(list, 2, query->month);
	list->query.department = keep(list, 3, query->department);
	list->query.text = keep(list, 4, query->text);
	struct job *job = job_new(&kind, list, 0);
	job_say(job, to);
	return job;
}
