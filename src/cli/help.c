#include "cli/commands.h"

#include "base/text.h"

static bool print_all(struct cli *cli, struct err *err)
{
	fprintf(cli->out, _("yunwei alone opens the full screen. Commands:\n\n"));
	command_list(cli->out, NULL);
	fprintf(cli->out, "\n%s\n",
	        _("Before the command may stand: --data DIR, --as NAME, --lang zh|en, --now TIME (training office only).\n"
	          "Exit status: 0 done, 1 refused, 2 wrong usage, 3 not permitted, 4 busy, 5 damaged, 6 system failure."));
	return command_flush(cli, err);
}

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	int used = 0;
	if (argc == 0)
		return print_all(cli, err);
	const struct command *command = command_find(argc, argv, &used);
	if (command && used == argc)
		command_print_help(cli->out, command);
	else if (argc > 1 || !command_list(cli->out, argv[0]))
		return err_set(err, ERR_USAGE, _("There is no command \"%s\". yunwei help lists all."), argv[0]);
	return command_flush(cli, err);
}

const struct command command_help = {
	"help", "[COMMAND]", N_("All commands, or how one is used."), COMMAND_SSH, run,
};
