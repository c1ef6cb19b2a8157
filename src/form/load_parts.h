/*
 * load_parts: what the files of the loader share; nobody else includes it.
 *
 * Layer: form.
 */
#ifndef YW_FORM_LOAD_PARTS_H
#define YW_FORM_LOAD_PARTS_H

#include "form/parts.h"
#include "form/phrases.h"
#include "form/read.h"
#include "model/definition.h"

/* Labels stand in 16 columns on a narrow screen; half as much again is still shown. */
enum { LABEL_MOST_COLUMNS = 24, ITEM_LABEL_MOST_COLUMNS = 120, DEFAULT_NOTE_MIN = 6 };

/* A field of a section, a column or an item: AT is (struct field *). */
void load_field(struct reader *reader, const config_setting_t *setting, void *at);
/* { test = ...; message = ...; warning = ...; }: AT is (struct rule *). */
void load_rule(struct reader *reader, const config_setting_t *setting, void *at);
/* edit = { states = ...; who = ...; } into two NULL-terminated lists. */
struct edit_right {
	char **states, **roles;
};
void load_edit(struct reader *reader, const config_setting_t *setting, struct edit_right *right);

/* The group `workflow`: AT is (struct workflow *). */
void load_workflow(struct reader *reader, const config_setting_t *setting, void *at);

/*
 * What can only be seen in the whole: names, expressions, states. FILE is the
 * form's, ROOT its settings (for lines), PARTS tells in which file a check
 * list's items stand.
 */
void check_definition(const struct definition *form, const config_setting_t *root, const struct parts *parts,
                      const struct phrases *phrases, const char *file, struct mistakes *mistakes);

/* What the checks share. */
struct checker {
	const struct definition *form;
	const config_setting_t *root;
	const struct parts *parts;
	const struct phrases *phrases; /* NULL: not checked */
	const char *file;              /* of what is being checked */
	struct mistakes *mistakes;
	struct evaluator *evaluator;
};

void check_field(struct checker *checker, const struct field *field, const struct field *owner);
void check_workflow(struct checker *checker);
/* Prepares the expression of RULE (if any) and knows its names: OWNER and FIELD NULL outside of fields. */
void check_rule(struct checker *checker, const struct rule *rule, const struct field *owner,
                const struct field *field);
void check_expression(struct checker *checker, const char *expression, int line, const struct field *owner,
                      const struct field *field);
void check_roles(struct checker *checker, char *const *who, int line);
void check_states(struct checker *checker, char *const *states, int line);
void check_phrases(struct checker *checker, const char *list, int line);
/* The field with that key; a mistake with the nearest one if there is none. */
const struct field *check_key(struct checker *checker, const char *key, int line);
/* No field's value is computed from itself. */
void check_cycles(struct checker *checker);

#endif
