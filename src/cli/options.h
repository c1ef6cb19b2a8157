/*
 * options: the words after a command's name.
 *
 * Layer: cli.
 */
#ifndef YW_CLI_OPTIONS_H
#define YW_CLI_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"

enum cli_option_kind {
	OPTION_FLAG, /* bool *: set to true */
	OPTION_TEXT, /* const char **: the next word */
	OPTION_INT,  /* long *: the next word, a number >= 0 */
	OPTION_MANY, /* struct cli_words *: collected */
};

enum { OPTION_MANY_MOST = 64 };
struct cli_words {
	const char *items[OPTION_MANY_MOST];
	int count;
};

struct cli_option {
	const char *name; /* "--json" or "-o"; NULL ends the table */
	enum cli_option_kind kind;
	void *value;
};

/*
 * Takes the options of TABLE out of ARGV wherever they stand ("--" ends them; both
 * "--x y" and "--x=y"); the other words stay, in order, *ARGC of them. An unknown
 * option is ERR_USAGE.
 */
bool options_take(const struct cli_option *table, int *argc, char **argv, struct err *err);
/* The same, but stops at the first word that is no option: for the options before a command's name. */
bool options_take_leading(const struct cli_option *table, int *argc, char **argv, struct err *err);

#endif
