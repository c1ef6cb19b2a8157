#include "cli/commands.h"

#include "app/export.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/list_options.h"
#include "cli/options.h"

/* Over ssh there is only the standard output: nobody writes files on the server. */
static bool choose_target(const struct cli *cli, const char **target, struct err *err)
{
	if (!cli->over_ssh)
		return true;
	if (*target && strcmp(*target, "-") != 0)
		return err_set(err, ERR_DENIED, _("Over ssh a workbook goes to the standard output only: -o -."));
	*target = "-";
	return true;
}

static bool is_output(const char *target)
{
	return target && strcmp(target, "-") == 0;
}

static bool run_record(struct cli *cli, int argc, char **argv, struct err *err)
{
	const char *target = NULL;
	char *written = NULL;
	int64_t record;
	const struct cli_option table[] = { { "-o", OPTION_TEXT, &target }, { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 1)
		return command_misused(&command_export_record, err);
	bool ok = choose_target(cli, &target, err) && command_record_id(cli, argv[0], &record, err) &&
	          export_record(cli->office, &cli->login->actor, record, target, &written, err);
	if (ok && !is_output(target))
		fprintf(cli->out, "%s\n", written);
	free(written);
	return ok && command_flush(cli, err);
}

const struct command command_export_record = {
	"export record",
	"NUMBER [-o FILE]",
	N_("The printed page of one record as a workbook; -o - writes it to the standard output.\n"
	   "Without -o it goes to the folder export of the data directory; its path is printed."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run_record,
};

static bool print_files(struct cli *cli, const json_t *result, bool json, struct err *err)
{
	size_t i;
	json_t *file;
	if (json)
		return command_print_json(cli, json_deep_copy(result), err);
	json_array_foreach(json_object_get(result, "files"), i, file)
		fprintf(cli->out, "%s\n", json_text(file, "file"));
	fprintf(cli->out, "%s\n", json_text(result, "index"));
	return command_flush(cli, err);
}

static bool run_month(struct cli *cli, int argc, char **argv, struct err *err)
{
	const char *target = NULL;
	bool json = false;
	const struct cli_option table[] = {
		{ "-o", OPTION_TEXT, &target },
		{ "--json", OPTION_FLAG, &json },
		{ NULL, OPTION_FLAG, NULL },
	};
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 1)
		return command_misused(&command_export_month, err);
	if (!choose_target(cli, &target, err))
		return false;
	struct job *job = is_output(target) ? export_month_book(cli->office, &cli->login->actor, argv[0], target, err)
	                                    : export_month(cli->office, &cli->login->actor, argv[0], target, err);
	bool ok = job && command_run_job(cli, job, err);
	if (ok && !is_output(target))
		ok = print_files(cli, job_result(job), json, err);
	job_free(&job);
	return ok && command_flush(cli, err);
}

const struct command command_export_month = {
	"export month",
	"YYYY-MM [-o DIR] [--json]",
	N_("The registers of a month as workbooks, with an index, into DIR (else export/YYYY-MM of the data\n"
	   "directory); prints their paths. -o - writes one workbook with a sheet for each register to the\n"
	   "standard output, which is also what happens over ssh."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run_month,
};

static bool run_list(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct list_query query = { 0 };
	const char *target = NULL;
	struct cli_option table[LIST_OPTIONS + 2] = { { NULL, OPTION_FLAG, NULL } };
	list_options_table(&query, table);
	table[LIST_OPTIONS] = (struct cli_option){ "-o", OPTION_TEXT, &target };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 1)
		return command_misused(&command_export_list, err);
	query.form = argv[0];
	if (!choose_target(cli, &target, err))
		return false;
	struct job *job = export_list(cli->office, &cli->login->actor, &query, target, err);
	bool ok = job && command_run_job(cli, job, err);
	if (ok && !is_output(target))
		fprintf(cli->out, "%s\n", json_text(job_result(job), "file"));
	job_free(&job);
	return ok && command_flush(cli, err);
}

const struct command command_export_list = {
	"export list",
	"FORM [--state S] [--month YYYY-MM] [--dept D] [--text WORDS] [-o FILE]",
	N_("Exactly the rows and columns that \"record list\" shows, all of them, as a workbook."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run_list,
};
