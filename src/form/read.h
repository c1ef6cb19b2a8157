/*
 * read: groups of a libconfig file into structs, by tables of words.
 *
 * Layer: form, private to its loaders. Each group of the language has a table
 * that says which words it knows, how each is read and where it goes. What is
 * not in the table is a mistake, so that no misspelling passes in silence.
 */
#ifndef YW_FORM_READ_H
#define YW_FORM_READ_H

#include <libconfig.h>
#include <stdbool.h>
#include <stddef.h>

#include "form/mistake.h"

struct parts;

struct reader {
	struct mistakes *mistakes;
	const char *file;    /* that is being read, for mistakes */
	struct parts *parts; /* where @names come from; NULL: there are none */
	bool is_inner;       /* among the columns or items of a field */
};

struct word {
	const char *name;
	/* AT is the target plus the offset. */
	void (*read)(struct reader *reader, const config_setting_t *setting, void *at);
	size_t offset;
	bool needed;
};

/* Adds a mistake at SETTING's line. */
#define read_mistake(reader, setting, ...)                                                         \
	mistake_add((reader)->mistakes, (reader)->file, read_line_of(setting), __VA_ARGS__)
/* The file as a whole counts as its first line. */
int read_line_of(const config_setting_t *setting);

/*
 * Parses TEXT (named READER->file) into CONFIG, which config_init has made. A
 * file that is no UTF-8, that includes others or has a fault of syntax is a mistake.
 */
bool read_parse(struct reader *reader, config_t *config, const char *text, size_t len);

void read_group(struct reader *reader, const config_setting_t *group, const struct word *words, size_t count,
                void *target);
/* A list of things, each read by ONE into SIZE zeroed bytes; *COUNT of them. The caller owns the array. */
void *read_list(struct reader *reader, const config_setting_t *list, size_t size, size_t *count,
                void (*one)(struct reader *reader, const config_setting_t *setting, void *at));

/* Readers for a table; the type of AT is in parentheses. */
void read_text(struct reader *reader, const config_setting_t *setting, void *at);       /* (char **) */
void read_key(struct reader *reader, const config_setting_t *setting, void *at);        /* (char **) a-z 0-9 _ */
void read_texts(struct reader *reader, const config_setting_t *setting, void *at);      /* (char ***) or one text */
void read_whole(struct reader *reader, const config_setting_t *setting, void *at);      /* (int *) not negative */
void read_flag(struct reader *reader, const config_setting_t *setting, void *at);       /* (bool *) */
void read_number(struct reader *reader, const config_setting_t *setting, double *number, bool *good);
void read_expression(struct reader *reader, const config_setting_t *setting, void *at); /* (struct rule *) */

/* The text of a string setting, checked; NULL with a mistake if it is none. Borrowed. */
const char *read_string(struct reader *reader, const config_setting_t *setting);
/* What a setting is called in a mistake: its name, or "an element". */
const char *read_name(const config_setting_t *setting);

#endif
