#include "cli/commands.h"

#include "app/find.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/options.h"

static json_t *json_of_hit(const struct find_hit *hit)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "id", (json_int_t)hit->record, "number", hit->number,
	                 "form", hit->form, "title", hit->title, "department", hit->department, "state_label", hit->state,
	                 "excerpt", hit->excerpt, "occurred_at", command_json_time(hit->occurred_utc));
}

static bool print(struct cli *cli, const struct find_hits *hits, bool json, struct err *err)
{
	json_t *list = json_array();
	for (size_t i = 0; i < hits->count; i++) {
		const struct find_hit *hit = &hits->items[i];
		if (json)
			json_array_append_new(list, json_of_hit(hit));
		else
			fprintf(cli->out, "%s\t%s\t%s\t%s\n", *hit->number ? hit->number : "-", hit->state, hit->title,
			        hit->excerpt);
	}
	if (json)
		return command_print_json(cli, list, err);
	json_decref(list);
	return command_flush(cli, err);
}

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool json = false;
	long limit = 50;
	const struct cli_option table[] = {
		{ "--json", OPTION_FLAG, &json },
		{ "--limit", OPTION_INT, &limit },
		{ NULL, OPTION_FLAG, NULL },
	};
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc == 0)
		return command_misused(&command_search, err);
	struct str words = STR_INIT;
	for (int i = 0; i < argc; i++)
		str_addf(&words, "%s%s", i ? " " : "", argv[i]);
	struct find_hits *hits =
		find_text(cli->office, &cli->login->actor, str_text(&words), 0, (size_t)limit, err);
	str_release(&words);
	bool ok = hits && print(cli, hits, json, err);
	find_hits_free(&hits);
	return ok;
}

const struct command command_search = {
	"search",
	"TEXT [--json] [--limit N]",
	N_("Records in which all the words occur, newest first; two Chinese characters are enough.\n"
	   "A number finds its record."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run,
};
