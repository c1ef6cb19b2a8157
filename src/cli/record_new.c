#include "cli/commands.h"

#include "app/act.h"
#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/options.h"

enum { MOST_BYTES = 8 * 1024 * 1024 };

static json_t *read_values(struct cli *cli, const char *from, struct err *err)
{
	size_t len = 0;
	bool is_input = strcmp(from, "-") == 0;
	char *text = is_input ? command_read_all(cli->in, MOST_BYTES, &len, err) : path_read(from, MOST_BYTES, &len, err);
	json_t *values = text ? json_parse(text, len, is_input ? _("the standard input") : from, err) : NULL;
	free(text);
	if (values && !json_is_object(values)) {
		json_decref(values);
		values = NULL;
		err_set(err, ERR_REFUSED, _("%s: one JSON object is wanted, with a value for each field by its key."), from);
	}
	return values;
}

/* All faults, a line each, on standard error; the summary is ERR's. */
static void print_faults(const json_t *faults)
{
	size_t i;
	json_t *fault;
	json_array_foreach((json_t *)(uintptr_t)faults, i, fault)
		fprintf(stderr, "%s: %s\n", json_text(fault, "field"), json_text(fault, "message"));
}

static bool print_number(struct cli *cli, const struct act_result *result, bool json, struct err *err)
{
	if (json)
		return command_print_json(cli, json_pack("{s:I, s:o, s:s}", "id", (json_int_t)result->record, "number",
		                                         command_json_text(result->number), "state", result->state),
		                          err);
	if (result->number)
		fprintf(cli->out, "%s\n", result->number);
	else
		fprintf(cli->out, "#%lld\n", (long long)result->record);
	return command_flush(cli, err);
}

/* The step that the submit key does on a new record. */
static const char *primary_action(const struct definition *form)
{
	const struct workflow *workflow = &form->workflow;
	for (size_t i = 0; i < workflow->transition_count; i++) {
		const struct transition *transition = &workflow->transitions[i];
		if (transition->primary && workflow_list_has(transition->from, workflow->states[0].key))
			return transition->action;
	}
	return "submit";
}

static bool submit(struct cli *cli, const struct edit *edit, const char *action, bool json, struct err *err)
{
	const struct act_request request = { .action = action, .trusted = !cli->over_ssh };
	struct act_result result = { 0 };
	bool ok = act_on_edit(cli->office, &cli->login->actor, edit, &request, &result, err);
	if (ok)
		ok = print_number(cli, &result, json, err);
	else
		print_faults(result.faults);
	act_result_release(&result);
	return ok;
}

static bool keep(struct cli *cli, struct edit *edit, bool json, struct err *err)
{
	if (!edit_save(cli->office, &cli->login->actor, edit, err))
		return false;
	if (json)
		return command_print_json(cli, json_pack("{s:I}", "draft", (json_int_t)edit->id), err);
	fprintf(cli->out, "D%lld\n", (long long)edit->id);
	return command_flush(cli, err);
}

static bool make(struct cli *cli, const struct definition *form, const json_t *values, bool submits, bool json,
                 struct err *err)
{
	json_t *faults = NULL;
	struct edit *edit = edit_new_from(cli->office, &cli->login->actor, form, 0, NULL, err);
	bool ok = edit && edit_fill(cli->office, &cli->login->actor, edit, values, &faults, err);
	if (ok)
		ok = submits ? submit(cli, edit, primary_action(form), json, err) : keep(cli, edit, json, err);
	print_faults(faults);
	json_decref(faults);
	edit_free(&edit);
	return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	const char *from = NULL;
	bool submits = false, json = false;
	const struct cli_option table[] = {
		{ "--from", OPTION_TEXT, &from },
		{ "--submit", OPTION_FLAG, &submits },
		{ "--json", OPTION_FLAG, &json },
		{ NULL, OPTION_FLAG, NULL },
	};
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 1 || !from)
		return command_misused(&command_record_new, err);
	if (cli->over_ssh && strcmp(from, "-") != 0)
		return err_set(err, ERR_DENIED, _("Over ssh the values come on the standard input only: --from -."));
	const struct definition *form = office_form(cli->office, argv[0]);
	if (!form)
		return err_set(err, ERR_REFUSED, _("There is no form \"%s\". \"yunwei forms list\" names them."), argv[0]);
	json_t *values = read_values(cli, from, err);
	bool ok = values && make(cli, form, values, submits, json, err);
	json_decref(values);
	return ok;
}

const struct command command_record_new = {
	"record new",
	"FORM --from FILE.json|- [--submit] [--json]",
	N_("One record, checked exactly as on the screen. The file holds one JSON object with a value for\n"
	   "each field by its key. With --submit prints its number; without, it stays a draft of the\n"
	   "account and its id (\"D12\") is printed."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run,
};
