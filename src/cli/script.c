#include "cli/commands.h"

#include "base/text.h"
#include "cli/options.h"

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	static const struct cli_option table[] = { { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 1)
		return command_misused(&command_script, err);
	return cli->screens(cli, argv[0], err);
}

const struct command command_script = {
	"script",
	"FILE",
	N_("Drives the screens with the keys in FILE; a line \":save-screen PATH\" writes what stands on the\n"
	   "screen. For tests, demonstrations and reports of mistakes."),
	COMMAND_OFFICE | COMMAND_ACTOR,
	run,
};
