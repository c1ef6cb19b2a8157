/*
 * load: from libconfig files to definitions.
 *
 * Layer: form; with phrases.c the only user of libconfig. The language is
 * yunwei-form(5). A definition is read with every @part that it names
 * (DATA/dictionaries/NAME.cfg, DATA/checklists/NAME.cfg), and its `source` is
 * the whole of it as one text: a JSON object with the file and the parts, which
 * form_load_text() reads again without any file. `hash` is the SM3 of that text.
 */
#ifndef YW_FORM_LOAD_H
#define YW_FORM_LOAD_H

#include "base/err.h"
#include "form/mistake.h"
#include "form/phrases.h"
#include "model/definition.h"

/*
 * Reads one definition. PHRASES may be NULL (then phrase lists are not checked).
 * NULL if there is any mistake; all of them are appended to MISTAKES. The caller
 * owns the result (definition_free).
 */
struct definition *form_load_file(const char *path, const char *data_folder, const struct phrases *phrases,
                                  struct mistakes *mistakes);

/* Reads `definition->source` of an earlier version, or a plain definition without @parts; NAME is for mistakes. */
struct definition *form_load_text(const char *source, const char *name, struct mistakes *mistakes);

/* All the good definitions of a folder, and what is wrong with the others. */
struct catalogue {
	struct definition **forms; /* in order of file name */
	size_t count;
	struct phrases *phrases;
	struct mistakes mistakes;
};

/*
 * Reads every *.cfg of FORMS_FOLDER and DATA_FOLDER/phrases.cfg. A broken
 * definition never stops the others. What only shows between forms is checked,
 * too: ids and codes given twice, forms to open that are not there. NULL with
 * ERR only if the folder itself cannot be read.
 */
struct catalogue *catalogue_load(const char *forms_folder, const char *data_folder, struct err *err);
void catalogue_free(struct catalogue **catalogue);
const struct definition *catalogue_form(const struct catalogue *catalogue, const char *id);

#endif
