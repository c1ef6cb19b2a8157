/*
 * print: what every page needs, whatever it shows. For export*.c.
 *
 * Layer: app.
 */
#ifndef YW_APP_PRINT_H
#define YW_APP_PRINT_H

#include "app/office.h"
#include "form/session.h"
#include "report/report.h"
#include "store/print_log.h"

enum { PRINT_CODE_SIZE = 15 };

struct printer {
	struct office *office;
	const struct actor *actor;
	struct page_context context;
	struct form_session *session;  /* of the record whose expressions were asked for last */
	const struct record *record;
};

void printer_init(struct printer *printer, struct office *office, const struct actor *actor);
void printer_release(struct printer *printer);

/* Enters a print in the log and the journal, within a transaction. RECORD 0: a register. ENTRY is filled; its texts are borrowed. */
bool printer_log(struct printer *printer, int64_t record, const char *what, struct print_entry *entry, struct err *err);
/* The short code that stands on paper: "3F2A-09BC-71D0" of HASH. */
char *printer_code(const char *hash, char code[PRINT_CODE_SIZE]);

/* share/export. Caller frees. */
char *printer_layouts(const struct office *office);
/* DATA/export, or DATA/export/NAME, made if need be. Caller frees; NULL with ERR. */
char *printer_folder(const struct office *office, const char *name, struct err *err);
/* The month layout of FORM (NULL: of any form), which gives a list its words. Caller frees; NULL with ERR. */
struct layout *printer_list_layout(const struct printer *printer, const struct definition *form, struct err *err);
/* "-" is the standard output, all else a path. */
struct report_target printer_target(const char *path);

#endif
