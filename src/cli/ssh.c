#include "cli/commands.h"

#include "base/text.h"
#include "base/utf8.h"
#include "cli/options.h"
#include "cli/words.h"

/* What the client asked for; never through a shell. */
static bool run_words(struct cli *cli, const char *line, struct err *err)
{
	char **words = NULL;
	int count = 0;
	if (!utf8_is_valid(line, strlen(line), NULL))
		return err_set(err, ERR_USAGE, _("The command is not UTF-8 text."));
	if (!words_split(line, &words, &count, err))
		return false;
	bool ok = count > 0 ? command_run(cli, count, words, err) : cli->screens(cli, NULL, err);
	words_free(&words);
	return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	static const struct cli_option table[] = { { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 1)
		return command_misused(&command_ssh, err);
	char *origin = login_origin();
	cli->login = login_by_ssh(cli->office, argv[0], origin, err);
	free(origin);
	if (!cli->login)
		return false;
	const char *line = getenv("SSH_ORIGINAL_COMMAND");
	cli->over_ssh = true;
	return line ? run_words(cli, line, err) : cli->screens(cli, NULL, err);
}

const struct command command_ssh = {
	"ssh",
	"NAME",
	N_("What sshd is told to run for a person whose key it has checked. Reads SSH_ORIGINAL_COMMAND: one of\n"
	   "the commands that are open over ssh, or nothing, which opens the screens. No shell is involved."),
	COMMAND_OFFICE,
	run,
};
