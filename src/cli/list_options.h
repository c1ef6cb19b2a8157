/*
 * list_options: the filters that "record list" and "export list" share.
 *
 * Layer: cli.
 */
#ifndef YW_CLI_LIST_OPTIONS_H
#define YW_CLI_LIST_OPTIONS_H

#include "app/list.h"
#include "cli/options.h"

enum { LIST_OPTIONS = 4 };

/* Fills the first LIST_OPTIONS places of TABLE; they write into QUERY. */
void list_options_table(struct list_query *query, struct cli_option table[LIST_OPTIONS]);

#endif
