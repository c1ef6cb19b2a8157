/*
 * csv: rows of comma-separated values as RFC 4180 writes them.
 *
 * Layer: base. UTF-8, CR LF at the end of a row, quotes only where needed.
 */
#ifndef YW_BASE_CSV_H
#define YW_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* What spreadsheets need at the start of a file to take it for UTF-8. */
#define CSV_MARK "\xef\xbb\xbf"

/* Appends TEXT (NULL is empty) as a value of a row; a comma before it unless it is the FIRST. */
void csv_value(struct str *out, const char *text, bool first);
/* Ends the row. */
void csv_end(struct str *out);
/* A whole row. */
void csv_row(struct str *out, const char *const *values, size_t count);

#endif
