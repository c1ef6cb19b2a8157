#include "cli/commands.h"

#include "app/act.h"
#include "app/view.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/drafts.h"
#include "cli/options.h"

/* A table or a list of several is given as JSON; everything else is read as if it were typed. */
static json_t *parse_value(const char *text)
{
	json_t *value = *text == '[' || *text == '{' ? json_parse(text, strlen(text), "--set", NULL) : NULL;

	return value ? value : json_string(text);
}

/* "key=value" words as an object. */
static json_t *parse_set(const struct cli_words *words, struct err *err)
{
	json_t *set = json_object();
	for (int i = 0; i < words->count; i++) {
		const char *equals = strchr(words->items[i], '=');
		if (!equals || equals == words->items[i]) {
			json_decref(set);
			err_set(err, ERR_USAGE, _("--set wants key=value, not \"%s\"."), words->items[i]);
			return NULL;
		}
		char *key = mem_text_len(words->items[i], (size_t)(equals - words->items[i]));
		json_object_set_new(set, key, parse_value(equals + 1));
		free(key);
	}
	return set;
}

static bool knows_action(const struct definition *form, const char *action)
{
	for (size_t i = 0; i < form->workflow.transition_count; i++) {
		if (strcmp(form->workflow.transitions[i].action, action) == 0)
			return true;
	}
	return false;
}

static bool act_on(struct cli *cli, const char *which, const struct act_request *request, struct act_result *result,
                   struct err *err)
{
	const struct actor *actor = &cli->login->actor;
	struct view *view = view_open(cli->office, actor, which, err);
	if (!view)
		return false;
	struct act_request versioned = *request;
	versioned.version = view->record->version;
	bool amends = strcmp(request->action, "amend") == 0 && !knows_action(view->form, "amend");
	bool ok = amends ? act_amend(cli->office, actor, view->record->id, request->set, request->note, result, err)
	                 : act_on_record(cli->office, actor, view->record->id, &versioned, result, err);
	view_free(&view);
	return ok;
}

static bool act_on_draft(struct cli *cli, int64_t id, const struct act_request *request, struct act_result *result,
                         struct err *err)
{
	struct edit *edit = edit_load(cli->office, &cli->login->actor, id, err);
	bool ok = edit && act_on_edit(cli->office, &cli->login->actor, edit, request, result, err);
	edit_free(&edit);
	return ok;
}

static bool print_result(struct cli *cli, const struct act_result *result, bool json, struct err *err)
{
	if (json)
		return command_print_json(
			cli,
			json_pack("{s:I, s:o, s:o, s:s, s:o}", "id", (json_int_t)result->record, "number",
		                  command_json_text(result->number), "filing_number",
		                  command_json_text(result->filing_number), "state", result->state, "opened",
		                  result->opened ? json_integer(result->opened) : json_null()),
			err);
	fprintf(cli->out, "%s\t%s\n", result->number ? result->number : "-", result->state);
	if (result->opened)
		fprintf(cli->out, "D%lld\n", (long long)result->opened);
	return command_flush(cli, err);
}

static void print_list(const json_t *list, const char *field, const char *text)
{
	size_t i;
	json_t *item;
	json_array_foreach((json_t *)(uintptr_t)list, i, item)
		fprintf(stderr, "%s: %s\n", json_text(item, field), text ? json_text(item, text) : _("changed by both"));
}

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct act_request request = { .trusted = !cli->over_ssh };
	struct act_result result = { 0 };
	struct cli_words words = { .count = 0 };
	bool json = false;
	int64_t draft;
	const struct cli_option table[] = {
		{ "--note", OPTION_TEXT, &request.note },
		{ "--set", OPTION_MANY, &words },
		{ "--json", OPTION_FLAG, &json },
		{ NULL, OPTION_FLAG, NULL },
	};
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 2)
		return command_misused(&command_record_act, err);
	json_t *set = parse_set(&words, err);
	if (!set)
		return false;
	request.action = argv[1];
	request.set = set;
	bool ok = draft_id(argv[0], &draft) ? act_on_draft(cli, draft, &request, &result, err)
	                                    : act_on(cli, argv[0], &request, &result, err);
	if (ok)
		ok = print_result(cli, &result, json, err);
	else if (json_array_size(result.faults) > 1)
		print_list(result.faults, "field", "message");
	print_list(result.conflicts, "key", NULL);
	act_result_release(&result);
	json_decref(set);
	return ok;
}

const struct command command_record_act = {
	"record act",
	"NUMBER ACTION [--note TEXT] [--set key=value]... [--json]",
	N_("Any step that the person may do: submit, agree, return, file ... \"record show --json\" lists them\n"
	   "under \"actions\". --set writes fields together with the step: key=value, item.key=value,\n"
	   "table.2.column=value, or a whole table as a JSON array. \"amend\" gives fields of a submitted record new values; --note is the reason."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run,
};
