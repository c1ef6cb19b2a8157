/*
 * definition: a whole form: sections, fields, workflow, lists.
 *
 * Layer: model. Read-only after form/load built it; freed with definition_free.
 */
#ifndef YW_MODEL_DEFINITION_H
#define YW_MODEL_DEFINITION_H

#include "model/field.h"
#include "model/workflow.h"

struct section {
	char *key;
	char *title, *title_en;
	int article;             /* whose words stand beside; 0: none */
	char *help;              /* NULL; lines separated by \n */
	struct rule visible_if;
	char **edit_states;      /* NULL-terminated; NULL: initial states */
	char **edit_roles;       /* NULL: the record's author */
	size_t first, count;     /* its fields in definition->fields */
	int line;
};

struct list_column {
	char *key;               /* a field, or number state department applicant title occurred_at updated_at */
	int width;               /* terminal columns */
	int line;
};

/* What a record offers to open next: a new record of FORM, begun with values of this one. */
struct follow {
	char *form;              /* definition id */
	char *label, *label_en;
	struct rule when;        /* offered only if it holds */
	struct preset {
		char *key;       /* of the new record */
		struct rule value;
	} *presets;
	size_t preset_count;
	int line;
};

/* When a record of the form has to be made, for the list of what is due. */
enum due_every { DUE_WORKDAY, DUE_WEEK, DUE_MONTH, DUE_QUARTER };
struct due {
	char *key;
	char *label, *label_en;
	enum due_every every;
	int day;                 /* of the week (1 Monday), month or quarter (counted from its first); 0 for workdays */
	int by_minute;           /* of the day; -1: by its end */
	char **who;              /* roles whose duty it is */
	int late_days;           /* workdays in which it may still be entered */
	int line;
};

enum form_kind { FORM_CASE /* with approvals */, FORM_RECORD /* a log */ };

struct definition {
	char *id;                /* ASCII */
	char *title, *title_en;  /* in full, as printed */
	char *name, *name_en;    /* short, for lists */
	char *menu_group;        /* for "new": heading under which it stands; NULL */
	int *articles;           /* of the regulation that it answers */
	size_t article_count;
	enum form_kind kind;
	char *number_pattern;    /* see model/number.h */
	char *code;              /* two ASCII letters for file names: NA2026-0012 */
	char *retention;         /* "10年" */
	char *layout;            /* export/NAME.cfg for one record; NULL: id */
	char *title_expression;  /* SQLite expression for record.title; NULL: the form's name and day */
	char *occurred_field;    /* key of the datetime or date that says when it happened; NULL: submission */
	char *department_field;  /* key; NULL: the author's */
	bool copy_last;          /* a new one starts from the last filed one by the copy rules */
	char **restricted_to;    /* roles that may see it at all; NULL: everybody of the department and the center */

	struct section *sections;
	size_t section_count;
	struct field *fields;    /* all sections' fields in order */
	size_t field_count;
	struct workflow workflow;
	struct timer *timers;    /* clocks shown while it is under way */
	size_t timer_count;
	struct list_column *columns;
	size_t column_count;

	struct follow *follows;
	size_t follow_count;
	struct due *dues;
	size_t due_count;

	char *source;            /* the file's text, kept with every version */
	char *path;              /* where it came from */
	char hash[65];           /* SM3 of the source and what it includes, hex */
};

const char *definition_title(const struct definition *form);
const char *definition_name(const struct definition *form);
const char *follow_label(const struct follow *follow);
const char *due_label(const struct due *due);
/* The first follow that opens FORM_ID, or NULL. */
const struct follow *definition_follow(const struct definition *form, const char *form_id);
const struct field *definition_field(const struct definition *form, const char *key);
/* The section of FIELD, which may also be a column or item of one. */
const struct section *definition_section_of(const struct definition *form, const struct field *field);
/* The table or check list that FIELD is a column or item of; NULL if it stands by itself. */
const struct field *definition_owner_of(const struct definition *form, const struct field *field);
bool definition_answers(const struct definition *form, int article);
void definition_free(struct definition **form);

#endif
