#include "app/print.h"

#include <sys/stat.h>

#include "app/office_private.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "store/journal.h"

/* The session on RECORD; expressions of one page ask for the same record again and again. */
static struct form_session *session_on(struct printer *printer, const struct record *record)
{
	if (printer->session && printer->record == record)
		return printer->session;
	form_session_free(&printer->session);
	printer->record = NULL;
	const struct definition *form = office_form_version(printer->office, record->form, record->form_hash, NULL);
	if (!form)
		return NULL;
	const struct session_start start = { .form = form,
		                             .evaluator = printer->office->evaluator,
		                             .actor = printer->actor,
		                             .record = record };
	printer->session = form_session_new(&start, NULL);
	printer->record = record;
	return printer->session;
}

static char *text_of(const json_t *value)
{
	if (json_is_string(value))
		return mem_text(json_string_value(value));
	if (json_is_integer(value))
		return str_format("%lld", (long long)json_integer_value(value));
	return json_is_real(value) ? str_format("%.15g", json_real_value(value)) : NULL;
}

static char *evaluate(void *data, const char *expression, const struct record *record)
{
	struct form_session *session = session_on(data, record);
	json_t *value = NULL;
	if (!session || !form_session_evaluate(session, expression, &value, NULL))
		return NULL;
	char *text = text_of(value);
	json_decref(value);
	return text;
}

void printer_init(struct printer *printer, struct office *office, const struct actor *actor)
{
	*printer = (struct printer){ .office = office, .actor = actor };
	printer->context = (struct page_context){
		.office = office->bureau,
		.printed_by = actor->person,
		.printed_utc = clock_now(),
		.training = office->training,
		.english = text_is_english(),
		.evaluate = evaluate,
		.data = printer,
	};
}

void printer_release(struct printer *printer)
{
	form_session_free(&printer->session);
}

bool printer_log(struct printer *printer, int64_t record, const char *what, struct print_entry *entry, struct err *err)
{
	*entry = (struct print_entry){ .record = record,
		                       .what = (char *)(uintptr_t)what,
		                       .person = (char *)(uintptr_t)printer->actor->person };
	if (!print_log_add(printer->office->db, entry, err))
		return false;
	char *note = str_format("%s, %d", what, entry->copy);
	const struct journal_line line = { .actor = printer->actor, .record = record, .action = "print", .note = note };
	bool ok = journal_append(printer->office->db, &line, NULL, err);
	free(note);
	return ok;
}

char *printer_code(const char *hash, char code[PRINT_CODE_SIZE])
{
	size_t at = 0;
	for (size_t i = 0; i < 12; i++) {
		if (i > 0 && i % 4 == 0)
			code[at++] = '-';
		code[at++] = (char)(hash[i] >= 'a' ? hash[i] - 'a' + 'A' : hash[i]);
	}
	code[at] = '\0';
	return code;
}

char *printer_layouts(const struct office *office)
{
	return path_join(office->share, "export");
}

char *printer_folder(const struct office *office, const char *name, struct err *err)
{
	char *folder = name ? str_format("%s/export/%s", office->folder, name) : path_join(office->folder, "export");
	if (!path_make_folder(folder, S_IRWXU, err)) {
		free(folder);
		return NULL;
	}
	return folder;
}

struct layout *printer_list_layout(const struct printer *printer, const struct definition *form, struct err *err)
{
	if (!form)
		form = office_form_at(printer->office, 0);
	if (!form) {
		err_set(err, ERR_REFUSED, _("There is no form. \"yunwei forms check\" says why."));
		return NULL;
	}
	char *folder = printer_layouts(printer->office);
	struct layout *layout = layout_of_month(folder, form, err);
	free(folder);
	return layout;
}

struct report_target printer_target(const char *path)
{
	return strcmp(path, "-") == 0 ? (struct report_target){ .file = stdout } : (struct report_target){ .path = path };
}
