/*
 * field: one thing a form asks for.
 *
 * Layer: model (pure, no I/O). Built by form/load from a definition, owned by
 * the form's definition (see definition.h) and never changed afterwards. A
 * table's columns and a check list's items are fields themselves, in `children`.
 */
#ifndef YW_MODEL_FIELD_H
#define YW_MODEL_FIELD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Type names as a definition writes them: X(ENUM, "name"). */
#define FIELD_TYPES(X)                                                                             \
	X(TEXT, "text")             /* one line */                                                 \
	X(MEMO, "memo")             /* several lines */                                            \
	X(CHOICE, "choice")         /* one of a list */                                            \
	X(MULTI, "multi")           /* several of a list */                                        \
	X(DATE, "date")             /* a day */                                                    \
	X(DATETIME, "datetime")     /* to the minute */                                            \
	X(TIME, "time")             /* of day */                                                   \
	X(INTEGER, "integer")                                                                      \
	X(DECIMAL, "decimal")                                                                      \
	X(BOOL, "bool")                                                                            \
	X(PERSON, "person")         /* a name from the register of people */                       \
	X(DEPARTMENT, "department") /* a name from the register of departments */                  \
	X(ASSET, "asset")           /* a number from the register of assets */                     \
	X(IP, "ip")                                                                                \
	X(MAC, "mac")                                                                              \
	X(CHECKLIST, "checklist")   /* items, each with a value and a note */                      \
	X(TABLE, "table")           /* rows of columns */                                          \
	X(REFERENCE, "reference")   /* numbers of other records */

enum field_type {
#define X(name, text) FIELD_##name,
	FIELD_TYPES(X)
#undef X
		FIELD_TYPE_COUNT
};

/* What "as last time" does with a field. */
enum field_copy {
	COPY_RESET,   /* fresh: the default, or empty */
	COPY_CARRY,   /* comes along */
	COPY_MEASURE, /* blank, the last value shown dim beside */
};

/* How a value stands against its ranges, or which verdict a choice carries. */
enum verdict { VERDICT_NONE, VERDICT_NORMAL, VERDICT_WARN, VERDICT_FAIL };

struct choice {
	char *value;          /* what is stored, shown and printed */
	char *label_en;       /* shown in English; NULL: value */
	char *group;          /* for choices_by: only offered when that field has this value; NULL: always */
	char *note;           /* shown beside in the list of choices; NULL */
	enum verdict verdict; /* of a check item */
};

/* A bound that may be absent. */
struct range {
	bool has_low, has_high;
	double low, high; /* inclusive, in the field's unit */
};

/* A rule: an SQLite expression over the record's fields (:key), with the message to show if it does not hold. */
struct rule {
	char *expression;
	char *message;   /* for a person; NULL for conditions */
	bool is_warning; /* shown, but does not stop a submission */
	int line;        /* in the definition, for messages about the definition */
};

struct field {
	char *key;             /* ASCII, unique in its form; children: unique among themselves */
	char *label, *label_en;
	enum field_type type;
	bool many;             /* person, department, asset, reference: several */
	bool free_text;        /* choice, person, asset: a text outside the list is accepted */
	int length;            /* most characters (graphemes); 0: the type's own limit */
	int min_length;        /* fewest characters, 0: none */
	int decimals;          /* of a decimal, digits after the point */
	int min_rows, max_rows;/* of a table; max 0: 200 */
	int width;             /* columns on the screen or in a table; 0: by type */
	char *unit;            /* "V", "%"; NULL */
	struct range possible; /* outside: refused (a slip of the hand) */
	struct range normal;   /* outside: warn */
	struct range warn;     /* outside: fail */

	struct choice *choices;
	size_t choice_count;
	char *choices_by;      /* key of the field whose value selects the choices' group; NULL */
	char *dictionary;      /* name of the phrase list behind F3; NULL */
	char *format;          /* regular expression (POSIX extended) that a text must match; NULL */
	char *format_message;

	bool required;         /* always */
	bool read_only;        /* fixed or computed: never typed */
	bool in_search;        /* its text goes into the search index */
	struct rule required_if, visible_if; /* expression NULL: none */
	struct rule default_value, compute;  /* expressions that give a value */
	struct rule *checks;
	size_t check_count;

	enum field_copy copy;
	char *group;           /* a check item's zone */
	char *normal_words;    /* a check item's default wording when normal */
	int note_min;          /* a check item's note when abnormal: fewest characters; 0: no note needed */
	bool note_on_warn;     /* the note is needed for a warning, too */
	char *help;            /* shown beside; NULL */
	int article;           /* of the regulation, shown beside; 0: the section's */
	char **edit_states;    /* states in which it may be written; NULL-terminated, NULL: as its section */
	char **edit_roles;     /* by whom; likewise */

	struct field *children;
	size_t child_count;
	char *items_part;      /* name of the check list's own file; NULL: the items stand in the definition */
	int line;              /* in the definition, of an item: in the file where it stands */
};

const char *field_type_name(enum field_type type);
bool field_type_parse(const char *name, enum field_type *type);

/* The label in the current language (text_is_english). */
const char *field_label(const struct field *field);
const char *choice_label(const struct choice *choice);

const struct field *field_child(const struct field *field, const char *key);
/* The choice that VALUE names, or NULL. */
const struct choice *field_choice(const struct field *field, const char *value);

/* The verdict of VALUE (a JSON number or string, NULL or null: VERDICT_NONE) by ranges or choices. */
enum verdict field_verdict(const struct field *field, const json_t *value);

/* How a range reads: "198–242", "≤ 80", "≥ 95"; caller frees; "" if it has no bounds. */
char *range_text(const struct range *range, int decimals);

/* The body value of any type as a person reads it: "2026-11-22 09:05", "是", "a、b", "83". Caller frees. */
char *field_display(const struct field *field, const json_t *value);

/* Frees what a field owns, not the struct itself. */
void field_release(struct field *field);

#endif
