/*
 * words: a command line as sshd hands it over, split without any shell.
 *
 * Layer: cli. Blanks part words; '...' and "..." keep them together; a backslash
 * keeps the next character outside '...' . Nothing else has a meaning: no
 * variables, no wildcards, no pipes.
 */
#ifndef YW_CLI_WORDS_H
#define YW_CLI_WORDS_H

#include <stdbool.h>

#include "base/err.h"

/* *WORDS, a NULL-terminated array of *COUNT texts, is freed with words_free. ERR_USAGE if a quote is not closed. */
bool words_split(const char *line, char ***words, int *count, struct err *err);
void words_free(char ***words);

#endif
