/* A month's registers in one workbook: what goes through a pipe. */
#include "app/export.h"

#include "app/job_private.h"
#include "app/month.h"
#include "app/office_private.h"
#include "base/mem.h"

struct book_job {
	struct month month;
	char *path;
	struct month_register *ledgers;
	size_t count;
	size_t next;               /* form to be loaded */
};

static bool write_book(struct book_job *book, struct err *err)
{
	const struct layout **layouts = mem_zeroed(book->count + 1, sizeof(*layouts));
	struct register_input *inputs = mem_zeroed(book->count + 1, sizeof(*inputs));
	char(*heads)[HASH_HEX_SIZE] = mem_zeroed(book->count + 1, sizeof(*heads));
	struct db *db = book->month.printer.office->db;
	const struct report_target target = printer_target(book->path);
	bool ok = db_begin(db, DB_DECISION, err);
	for (size_t i = 0; ok && i < book->count; i++) {
		ok = month_log(&book->month, &book->ledgers[i], heads[i], err);
		layouts[i] = book->ledgers[i].layout;
		inputs[i] = month_input(&book->month, &book->ledgers[i], heads[i]);
	}
	ok = ok && report_write_registers(layouts, &book->month.printer.context, inputs, book->count, &target, err) &&
	     db_commit(db, err);
	if (!ok)
		db_rollback(db);
	free(layouts);
	free(inputs);
	free(heads);
	return ok;
}

static bool book_step(struct job *job, void *data, bool *done, struct err *err)
{
	struct book_job *book = data;
	const struct definition *form = office_form_at(book->month.printer.office, book->next);
	*done = form == NULL;
	if (!form)
		return write_book(book, err);
	job_say(job, definition_name(form));
	job->done = ++book->next;
	return !month_has(&book->month, form) || month_load(&book->month, form, &book->ledgers[book->count++], err);
}

static void book_release(void *data)
{
	struct book_job *book = data;
	for (size_t i = 0; i < book->count; i++)
		month_register_release(&book->ledgers[i]);
	free(book->ledgers);
	month_release(&book->month);
	free(book->path);
	free(book);
}

struct job *export_month_book(struct office *office, const struct actor *actor, const char *month, const char *path,
                              struct err *err)
{
	static const struct job_kind kind = { book_step, book_release };
	struct book_job *book = mem_new(struct book_job);
	book->path = mem_text(path);
	book->ledgers = mem_zeroed(office_form_count(office) + 1, sizeof(*book->ledgers));
	if (!month_init(&book->month, office, actor, month, err)) {
		book_release(book);
		return NULL;
	}
	return job_new(&kind, book, office_form_count(office) + 1);
}
