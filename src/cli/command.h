/*
 * command: what a subcommand is, and what it runs in.
 *
 * Layer: cli. A command is a const struct, one a file; commands.c lists them.
 * A name may be two words ("record new"). run() writes its result, and nothing
 * else, to cli->out; when it fails it says why in ERR, whose code becomes the
 * exit status.
 */
#ifndef YW_CLI_COMMAND_H
#define YW_CLI_COMMAND_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "app/login.h"
#include "app/office.h"

struct cli {
	const char *program;     /* how we were called, for authorized_keys */
	const char *version;
	const char *data;        /* the data directory */
	const char *share;       /* forms/, data/, export/ */
	const char *as;          /* --as, or NULL */
	const char *now;         /* --now, or NULL */
	FILE *in, *out;
	struct office *office;   /* NULL for a command that needs none */
	struct login *login;     /* NULL for a command that needs nobody */
	bool over_ssh;           /* inside `ssh NAME`: only commands marked for it */
	/* Opens the screens, with keys from SCRIPT or from the terminal (NULL). Set by main. */
	bool (*screens)(struct cli *cli, const char *script, struct err *err);
};

enum command_flag {
	COMMAND_OFFICE = 1, /* needs the office open */
	COMMAND_ACTOR = 2,  /* and somebody who acts */
	COMMAND_SSH = 4,    /* may be asked for over ssh */
};

struct command {
	const char *name;
	const char *usage;       /* what follows the name */
	const char *help;        /* a few lines, N_() */
	unsigned flags;
	bool (*run)(struct cli *cli, int argc, char **argv, struct err *err);
};

/* All of them, in the order of help; NULL beyond the last. */
const struct command *command_at(size_t index);
/* The longest name that ARGV begins with; *USED words belong to it. NULL if none. */
const struct command *command_find(int argc, char **argv, int *used);
/* Lists the commands whose names begin with WORD (NULL: all). False if there is none. */
bool command_list(FILE *out, const char *word);
void command_print_help(FILE *out, const struct command *command);

/* Runs the command that ARGV names, opening what its flags ask for. */
bool command_run(struct cli *cli, int argc, char **argv, struct err *err);

/* "usage: ..." as an ERR_USAGE. */
bool command_misused(const struct command *command, struct err *err);

/* --- helpers for their results */

/* One JSON value and a line end. Takes VALUE. */
bool command_print_json(struct cli *cli, json_t *value, struct err *err);
/* After the last write: ERR_SYSTEM if the output could not be written (a full disk, a closed pipe). */
bool command_flush(struct cli *cli, struct err *err);
/* All of CLI's input, at most MOST bytes; caller frees. */
char *command_read_all(FILE *in, size_t most, size_t *len, struct err *err);
/* {"at": iso} helpers: UTC seconds as ISO 8601 with the bureau's zone, JSON null for 0. */
json_t *command_json_time(int64_t utc);
json_t *command_json_text(const char *text); /* null for NULL */
/* A number, or "#12" for a stored record, from what a person wrote. */
bool command_record_id(struct cli *cli, const char *which, int64_t *record, struct err *err);
/* Makes a job go to its end, saying on standard error what it is at if that is a terminal. */
struct job;
bool command_run_job(struct cli *cli, struct job *job, struct err *err);

#endif
