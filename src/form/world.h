/*
 * world: what a form needs to know of everything around it.
 *
 * Layer: form. The form engine never touches the store: whoever opens a session
 * (app/) fills this struct with functions. Any of them may be NULL; then nothing
 * is known: nobody is in the center, no list has an entry and no name is
 * refused, Monday..Friday are worked, and the time is clock_now().
 */
#ifndef YW_FORM_WORLD_H
#define YW_FORM_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "model/field.h"

/* One entry of a register, as a list of choices shows it. Texts borrowed for the call. */
struct world_entry {
	const char *text;    /* what is stored: a name, an asset's number, a record's number */
	const char *note;    /* shown beside: the department, what the asset is; NULL */
};

struct form_world {
	void *context;
	int64_t (*now)(void *context);
	bool (*in_center)(void *context, const char *person);
	/* Name of the department, borrowed until the next call; NULL if the person is unknown. */
	const char *(*department_of)(void *context, const char *person);
	/* Likewise the person's telephone, and the name of the asset with that number. */
	const char *(*phone_of)(void *context, const char *person);
	const char *(*asset_name)(void *context, const char *number);
	bool (*is_workday)(void *context, int64_t days);
	/*
	 * Calls EACH for every entry of the register that FIELD draws from (by its
	 * type: person, department, asset, reference) until it returns false.
	 */
	void (*lookup)(void *context, const struct field *field,
	               bool (*each)(void *arg, const struct world_entry *entry), void *arg);
	/* True if TEXT is an entry of FIELD's register; *NOTE (if not NULL) its note, caller frees. */
	bool (*knows)(void *context, const struct field *field, const char *text, char **note);
};

#endif
