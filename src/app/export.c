#include "app/export.h"

#include "app/office_private.h"
#include "app/print.h"
#include "app/record_private.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "store/journal.h"

enum { MOST_ENTRIES = 1000 };

struct printing {
	struct printer printer;
	struct record *record;
	const struct definition *form;
	struct layout *layout;
	struct journal_entry *journal;
	struct page_entry *entries;
	size_t count;
};

static const char *label_of(const struct definition *form, const char *action)
{
	for (size_t i = 0; i < form->workflow.transition_count; i++) {
		if (strcmp(form->workflow.transitions[i].action, action) == 0)
			return transition_label(&form->workflow.transitions[i]);
	}
	return action;
}

static bool load_journal(struct printing *printing, struct err *err)
{
	const struct journal_filter filter = { .record = printing->record->id, .oldest_first = true, .limit = MOST_ENTRIES };
	if (!journal_list(printing->printer.office->db, &filter, &printing->journal, &printing->count, err))
		return false;
	printing->entries = mem_zeroed(printing->count + 1, sizeof(*printing->entries));
	for (size_t i = 0; i < printing->count; i++) {
		const struct journal_entry *from = &printing->journal[i];
		printing->entries[i] = (struct page_entry){ .at_utc = from->at_utc,
			                                    .person = from->actor,
			                                    .acting_for = from->acting_for,
			                                    .action = from->action,
			                                    .label = label_of(printing->form, from->action),
			                                    .from = from->from,
			                                    .to = from->to,
			                                    .note = from->note };
	}
	return true;
}

static bool open_printing(struct printing *printing, struct office *office, const struct actor *actor, int64_t id,
                          struct err *err)
{
	printer_init(&printing->printer, office, actor);
	printing->record = record_get(office, actor, id, err);
	if (!printing->record)
		return false;
	printing->form = office_form_version(office, printing->record->form, printing->record->form_hash, err);
	if (!printing->form)
		return false;
	char *folder = printer_layouts(office);
	printing->layout = layout_of_form(folder, printing->form, err);
	free(folder);
	return printing->layout && load_journal(printing, err);
}

static void printing_release(struct printing *printing)
{
	printer_release(&printing->printer);
	journal_entries_free(&printing->journal, printing->count);
	free(printing->entries);
	layout_free(&printing->layout);
	record_free(&printing->record);
}

static bool write_page(struct printing *printing, const char *path, struct err *err)
{
	struct print_entry print;
	char code[PRINT_CODE_SIZE];
	const struct state *state = workflow_state(&printing->form->workflow, printing->record->state);
	if (!printer_log(&printing->printer, printing->record->id, printing->form->id, &print, err))
		return false;
	const struct page_input input = { .form = printing->form,
		                          .record = printing->record,
		                          .entries = printing->entries,
		                          .entry_count = printing->count,
		                          .copy = print.copy,
		                          .check_code = printer_code(print.record_hash, code),
		                          .chain_head = print.head.hash,
		                          .decided = state && state->approved,
		                          .stamp = { .fonds = office_fact(printing->printer.office, "fonds"),
		                                     .retention = printing->form->retention } };
	const struct report_target target = printer_target(path);
	return report_write_record(printing->layout, &printing->printer.context, &input, 1, &target, err);
}

/* DATA/export/NA2026-0012.xlsx */
static char *default_path(const struct printing *printing, struct err *err)
{
	char *folder = printer_folder(printing->printer.office, NULL, err);
	if (!folder)
		return NULL;
	char *name = printing->record->code ? path_safe_name(printing->record->code)
	                                    : str_format("%lld", (long long)printing->record->id);
	char *path = str_format("%s/%s.xlsx", folder, name);
	free(name);
	free(folder);
	return path;
}

bool export_record(struct office *office, const struct actor *actor, int64_t record, const char *path, char **written,
                   struct err *err)
{
	struct printing printing = { 0 };
	char *to = NULL;
	*written = NULL;
	bool ok = open_printing(&printing, office, actor, record, err);
	if (ok)
		to = path ? mem_text(path) : default_path(&printing, err);
	/* Log first, then the page that carries what was logged; the commit only when the page is there. */
	ok = to && db_begin(office->db, DB_DECISION, err) && write_page(&printing, to, err) && db_commit(office->db, err);
	if (!ok)
		db_rollback(office->db);
	else
		*written = mem_text(to);
	free(to);
	printing_release(&printing);
	return ok;
}
