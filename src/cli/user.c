#include "cli/commands.h"

#include <termios.h>
#include <unistd.h>

#include "app/user.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/options.h"

enum { MOST_LINE = 16 * 1024 };

static const struct cli_option no_options[] = { { NULL, OPTION_FLAG, NULL } };

/* One line of the input, without its end; caller frees. At a terminal the typing is not shown. */
static char *read_line(struct cli *cli, const char *prompt, bool hidden, struct err *err)
{
	struct termios before, silent;
	bool asks = isatty(fileno(cli->in)) == 1;
	char *line = mem_zeroed(MOST_LINE, 1);
	if (asks)
		fprintf(stderr, "%s ", prompt);
	bool changed = asks && hidden && tcgetattr(fileno(cli->in), &before) == 0;
	if (changed) {
		silent = before;
		silent.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(fileno(cli->in), TCSAFLUSH, &silent);
	}
	bool got = fgets(line, MOST_LINE, cli->in) != NULL;
	if (changed) {
		tcsetattr(fileno(cli->in), TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	line[strcspn(line, "\r\n")] = '\0';
	if (got && utf8_is_valid(line, strlen(line), NULL))
		return line;
	free(line);
	err_set(err, ERR_REFUSED, _("%s is wanted on the standard input, one line of UTF-8 text."), prompt);
	return NULL;
}

static bool run_add(struct cli *cli, int argc, char **argv, struct err *err)
{
	const char *person = NULL, *department = NULL;
	struct cli_words roles = { .count = 0 };
	bool asks = false;
	const struct cli_option table[] = {
		{ "--person", OPTION_TEXT, &person }, { "--dept", OPTION_TEXT, &department },
		{ "--role", OPTION_MANY, &roles },    { "--password", OPTION_FLAG, &asks },
		{ NULL, OPTION_FLAG, NULL },
	};
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 1 || !person)
		return command_misused(&command_user_add, err);
	char *password = asks ? read_line(cli, _("Password:"), true, err) : NULL;
	if (asks && !password)
		return false;
	char **words = mem_zeroed((size_t)roles.count + 1, sizeof(char *));
	for (int i = 0; i < roles.count; i++)
		words[i] = (char *)(uintptr_t)roles.items[i];
	bool ok = user_add(cli->office, &cli->login->actor, argv[0], person, department, words, password, err);
	free(words);
	free(password);
	return ok;
}

const struct command command_user_add = {
	"user add",
	"LOGIN --person NAME [--dept DEPARTMENT] [--role ROLE]... [--password]",
	N_("A new account for a person, who is entered in the register of people if he is new there.\n"
	   "--password reads the first password from the standard input; it must be changed at the first log-in."),
	COMMAND_OFFICE | COMMAND_ACTOR,
	run_add,
};

static json_t *json_of_row(const struct user_row *row)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:s, s:o}", "login", row->login, "person", row->person,
	                 "department", row->department, "roles", row->roles, "disabled", (int)row->disabled, "locked",
	                 (int)row->locked, "has_password", (int)row->has_password, "keys", row->keys, "last_login_at",
	                 command_json_time(row->last_login_utc));
}

static bool print_list(struct cli *cli, const struct user_list *list, bool json, struct err *err)
{
	json_t *array = json_array();
	for (size_t i = 0; i < list->count; i++) {
		const struct user_row *row = &list->rows[i];
		if (json)
			json_array_append_new(array, json_of_row(row));
		else
			fprintf(cli->out, "%s\t%s\t%s\t%s\t%s\n", row->login, row->person, row->department, row->roles,
			        row->disabled ? _("disabled") : row->locked ? _("locked") : "");
	}
	if (json)
		return command_print_json(cli, array, err);
	json_decref(array);
	return command_flush(cli, err);
}

static bool run_list(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool json = false;
	const struct cli_option table[] = { { "--json", OPTION_FLAG, &json }, { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc > 0)
		return command_misused(&command_user_list, err);
	struct user_list *list = user_list(cli->office, &cli->login->actor, err);
	bool ok = list && print_list(cli, list, json, err);
	user_list_free(&list);
	return ok;
}

const struct command command_user_list = {
	"user list", "[--json]", N_("The accounts, one a line: name, person, department, roles."),
	COMMAND_OFFICE | COMMAND_ACTOR, run_list,
};

static bool set_disabled(struct cli *cli, const struct command *command, int argc, char **argv, bool disabled,
                         struct err *err)
{
	if (!options_take(no_options, &argc, argv, err))
		return false;
	if (argc != 1)
		return command_misused(command, err);
	return user_set_disabled(cli->office, &cli->login->actor, argv[0], disabled, err);
}

static bool run_disable(struct cli *cli, int argc, char **argv, struct err *err)
{
	return set_disabled(cli, &command_user_disable, argc, argv, true, err);
}

static bool run_enable(struct cli *cli, int argc, char **argv, struct err *err)
{
	return set_disabled(cli, &command_user_enable, argc, argv, false, err);
}

const struct command command_user_disable = {
	"user disable", "LOGIN", N_("The account lets nobody in any more; nothing of it is deleted."),
	COMMAND_OFFICE | COMMAND_ACTOR, run_disable,
};

const struct command command_user_enable = {
	"user enable", "LOGIN", N_("The account lets its person in again."), COMMAND_OFFICE | COMMAND_ACTOR, run_enable,
};

static bool run_passwd(struct cli *cli, int argc, char **argv, struct err *err)
{
	if (!options_take(no_options, &argc, argv, err))
		return false;
	if (argc != 1)
		return command_misused(&command_user_passwd, err);
	char *password = read_line(cli, _("New password:"), true, err);
	bool ok = password && user_set_password(cli->office, &cli->login->actor, argv[0], password, err);
	free(password);
	return ok;
}

const struct command command_user_passwd = {
	"user passwd", "LOGIN",
	N_("Sets the password that is read from the standard input, and unlocks the account. Its person must\n"
	   "change it at the next log-in."),
	COMMAND_OFFICE | COMMAND_ACTOR, run_passwd,
};

static bool run_role(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool takes = false;
	const struct cli_option table[] = { { "--take", OPTION_FLAG, &takes }, { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 2)
		return command_misused(&command_user_role, err);
	return user_set_role(cli->office, &cli->login->actor, argv[0], argv[1], !takes, err);
}

const struct command command_user_role = {
	"user role", "LOGIN ROLE [--take]", N_("Gives the account a role, or takes it away."),
	COMMAND_OFFICE | COMMAND_ACTOR, run_role,
};

static bool print_keys(struct cli *cli, struct err *err)
{
	char *lines = user_authorized_keys(cli->office, cli->program, err);
	if (!lines)
		return false;
	fputs(lines, cli->out);
	free(lines);
	return command_flush(cli, err);
}

static bool run_key(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool removes = false, prints = false;
	const struct cli_option table[] = {
		{ "--remove", OPTION_FLAG, &removes },
		{ "--print", OPTION_FLAG, &prints },
		{ NULL, OPTION_FLAG, NULL },
	};
	if (!options_take(table, &argc, argv, err))
		return false;
	if (prints && argc == 0)
		return print_keys(cli, err);
	if (prints || argc != 1)
		return command_misused(&command_user_key, err);
	char *key = read_line(cli, _("Public key:"), false, err);
	bool ok = key && user_set_key(cli->office, &cli->login->actor, argv[0], key, !removes, err);
	free(key);
	return ok;
}

const struct command command_user_key = {
	"user key", "LOGIN [--remove] < KEY.pub | --print",
	N_("Remembers (or forgets) the public key on the standard input. --print writes the lines for\n"
	   "authorized_keys, each with the command that it may run."),
	COMMAND_OFFICE | COMMAND_ACTOR, run_key,
};
