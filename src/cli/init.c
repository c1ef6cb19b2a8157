#include "cli/commands.h"

#include "app/demo.h"
#include "app/init.h"
#include "base/text.h"
#include "cli/options.h"

static bool fill_training(struct cli *cli, const struct demo_options *options, struct err *err)
{
	cli->office = office_open(cli->data, cli->share, err);
	struct job *job = cli->office ? demo_fill(cli->office, options, err) : NULL;
	bool ok = job && command_run_job(cli, job, err);
	if (ok)
		ok = command_print_json(cli, json_deep_copy(job_result(job)), err);
	job_free(&job);
	return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool demo = false;
	long seed = 1, records = 0, months = 6;
	struct demo_options options = { 0 };
	const struct cli_option table[] = {
		{ "--demo", OPTION_FLAG, &demo },        { "--seed", OPTION_INT, &seed },
		{ "--records", OPTION_INT, &records },   { "--months", OPTION_INT, &months },
		{ "--until", OPTION_TEXT, &options.until }, { NULL, OPTION_FLAG, NULL },
	};
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc > 0)
		return command_misused(&command_init, err);
	if (!cli->data)
		return err_set(err, ERR_USAGE, _("Say where the office is to be: --data DIR, or set YUNWEI_DATA."));
	if (!init_office(cli->data, cli->share, demo, err))
		return false;
	if (!demo)
		return true;
	options.seed = (unsigned)seed;
	options.records = records;
	options.months = (int)months;
	return fill_training(cli, &options, err);
}

const struct command command_init = {
	"init",
	"[--demo] [--seed N] [--records N] [--months N] [--until DATE]",
	N_("Makes the data directory with an empty store; refuses where one is.\n"
	   "  --demo        a training office with people, assets and months of records\n"
	   "  --months N    so many months of them (6)\n"
	   "  --until DATE  the last day (today)\n"
	   "  --records N   at least so many records, for measurements\n"
	   "  --seed N      another course of events"),
	0,
	run,
};
