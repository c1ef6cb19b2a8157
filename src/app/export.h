/*
 * export: records and months as workbooks, ready to print.
 *
 * Layer: app. Each printed record is entered in the print log (who, when, which
 * copy, journal head) and the journal; the page carries its short code.
 */
#ifndef YW_APP_EXPORT_H
#define YW_APP_EXPORT_H

#include "app/job.h"
#include "app/list.h"

/* The page of one record. PATH NULL: DATA/export/CODE.xlsx; "-": the standard output. *WRITTEN (caller frees) is where it lies. */
bool export_record(struct office *office, const struct actor *actor, int64_t record, const char *path, char **written,
                   struct err *err);
/*
 * All registers of MONTH ("2026-11") with an index, into FOLDER (NULL: DATA/export/2026-11).
 * Result: {"folder": ..., "files": [{"file", "form", "records"}]}.
 */
struct job *export_month(struct office *office, const struct actor *actor, const char *month, const char *folder,
                         struct err *err);
/* The same in one workbook, a sheet for each register; PATH "-": the standard output. */
struct job *export_month_book(struct office *office, const struct actor *actor, const char *month, const char *path,
                              struct err *err);
/* Exactly what a list shows. Result: {"file": ..., "records": n}. */
struct job *export_list(struct office *office, const struct actor *actor, const struct list_query *query,
                        const char *path, struct err *err);

#endif
