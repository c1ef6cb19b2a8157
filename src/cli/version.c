#include "cli/commands.h"

#include "app/check.h"
#include "base/text.h"

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	(void)argv;
	if (argc > 0)
		return command_misused(&command_version, err);
	fprintf(cli->out, "yunwei %s\nSQLite %s%s\n", cli->version, check_sqlite_version(),
	        check_sqlite_needs_guard() ? _(" (writers and checkpoints queue on a lock, as this release needs)") : "");
	return command_flush(cli, err);
}

const struct command command_version = {
	"version", "", N_("The version, and which SQLite runs."), COMMAND_SSH, run,
};
