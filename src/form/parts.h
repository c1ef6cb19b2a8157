/*
 * parts: the files that a definition names with @, and the whole as one text.
 *
 * Layer: form, private to its loaders. The whole is a JSON object
 * {"file": NAME, "form": TEXT, "parts": {"checklists/x": TEXT, ...}} with its
 * keys in order, so that the same files always give the same text and hash.
 */
#ifndef YW_FORM_PARTS_H
#define YW_FORM_PARTS_H

#include <jansson.h>

#include "base/err.h"

struct parts {
	const char *data_folder; /* NULL: only what is there already */
	char *file;              /* name of the form's file */
	char *form;              /* its text */
	json_t *texts;           /* by "folder/name" */
};

/* Begins with the form's own text; or with the whole of an earlier version, if TEXT is one. */
bool parts_begin(struct parts *parts, const char *data_folder, const char *file, const char *text,
                 struct err *err);
void parts_release(struct parts *parts);

/* The text of part NAME of FOLDER ("checklists"), borrowed; read and remembered. NULL with ERR. */
const char *parts_text(struct parts *parts, const char *folder, const char *name, struct err *err);
/* What the part is called in mistakes; caller frees. */
char *parts_path(const struct parts *parts, const char *folder, const char *name);

/* The whole as one text; caller frees. */
char *parts_whole(const struct parts *parts);

#endif
