#include "cli/commands.h"

#include "app/backup.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/options.h"

static bool run_backup(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool json = false;
	const struct cli_option table[] = { { "--json", OPTION_FLAG, &json }, { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc > 1)
		return command_misused(&command_backup, err);
	struct job *job = backup_make(cli->office, &cli->login->actor, argc ? argv[0] : NULL, err);
	bool ok = job && command_run_job(cli, job, err);
	if (ok && json)
		ok = command_print_json(cli, json_deep_copy(job_result(job)), err);
	else if (ok)
		fprintf(cli->out, "%s\nSM3 %s\n", json_text(job_result(job), "file"), json_text(job_result(job), "sm3"));
	job_free(&job);
	return ok && command_flush(cli, err);
}

const struct command command_backup = {
	"backup",
	"[FILE] [--json]",
	N_("Copies the store while it is in use and verifies the copy; prints its path and SM3.\n"
	   "Without FILE it goes to the folder backup of the data directory."),
	COMMAND_OFFICE | COMMAND_ACTOR,
	run_backup,
};

static bool run_restore(struct cli *cli, int argc, char **argv, struct err *err)
{
	static const struct cli_option table[] = { { NULL, OPTION_FLAG, NULL } };
	char *kept = NULL;
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 1)
		return command_misused(&command_restore, err);
	if (!cli->data)
		return err_set(err, ERR_USAGE, _("Say which office: --data DIR, or set YUNWEI_DATA."));
	bool ok = backup_put_back(cli->data, argv[0], &kept, err);
	if (ok && kept)
		fprintf(cli->out, _("The store that was there is kept as %s\n"), kept);
	free(kept);
	return ok && command_flush(cli, err);
}

const struct command command_restore = {
	"restore",
	"FILE",
	N_("Verifies the backup FILE and puts it in the place of the store. Nobody may be at work; the\n"
	   "store that was there is kept beside."),
	0,
	run_restore,
};
