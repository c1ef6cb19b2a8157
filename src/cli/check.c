#include "cli/commands.h"

#include "app/check.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/options.h"

static void print_checks(FILE *out, const json_t *result)
{
	size_t i;
	json_t *check;
	fprintf(out, "SQLite %s%s\n", json_text(result, "sqlite"),
	        json_flag(result, "guard") ? _(" (writers and checkpoints queue on a lock, as this release needs)") : "");
	json_array_foreach(json_object_get(result, "checks"), i, check) {
		fprintf(out, "%-14s %s\n", json_text(check, "name"), json_flag(check, "ok") ? _("ok") : _("NOT OK"));
		if (!json_flag(check, "ok"))
			fprintf(out, "%s\n", json_text(check, "detail"));
	}
}

/* A broken definition is what was given; a broken store is damage. */
static bool judge(const json_t *result, struct err *err)
{
	size_t i;
	json_t *check;
	if (json_flag(result, "ok"))
		return true;
	json_array_foreach(json_object_get(result, "checks"), i, check) {
		if (!json_flag(check, "ok") && strcmp(json_text(check, "name"), "definitions") != 0)
			return err_set(err, ERR_DAMAGED, _("The store does not hold together. Keep it as it is, and restore the "
			                                   "latest good backup."));
	}
	return err_set(err, ERR_REFUSED, _("There are mistakes in the form definitions."));
}

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool json = false;
	const struct cli_option table[] = { { "--json", OPTION_FLAG, &json }, { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc > 0)
		return command_misused(&command_check, err);
	struct job *job = check_all(cli->office, err);
	bool ok = job && command_run_job(cli, job, err);
	if (ok && json)
		ok = command_print_json(cli, json_deep_copy(job_result(job)), err);
	else if (ok)
		print_checks(cli->out, job_result(job));
	ok = ok && command_flush(cli, err) && judge(job_result(job), err);
	job_free(&job);
	return ok;
}

const struct command command_check = {
	"check",
	"[--json]",
	N_("Is everything whole? The store's pages and references, the journal's chain, numbering, the search\n"
	   "index, attachments, form definitions. Exit status 5 if not."),
	COMMAND_OFFICE,
	run,
};
