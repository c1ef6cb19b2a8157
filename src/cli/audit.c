#include "cli/commands.h"

#include "app/audit.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/options.h"

static json_t *json_of_entry(const struct audit_entry *entry)
{
	return json_pack("{s:I, s:o, s:s, s:o, s:s, s:o, s:s, s:s, s:s, s:s, s:o, s:s}", "seq", (json_int_t)entry->seq,
	                 "at", command_json_time(entry->at_utc), "person", entry->person, "acting_for",
	                 command_json_text(entry->acting_for), "origin", entry->origin, "number",
	                 command_json_text(entry->number), "action", entry->action, "from", entry->from, "to", entry->to,
	                 "note", entry->note, "changes", entry->changes ? json_incref(entry->changes) : json_null(),
	                 "hash", entry->hash);
}

static void print_entry(FILE *out, const struct audit_entry *entry)
{
	char local[CLOCK_LOCAL_SIZE];
	fprintf(out, "%lld\t%s\t%s\t%s\t%s\t%s\t%s\n", (long long)entry->seq, clock_local(entry->at_utc, local),
	        entry->person, entry->origin, entry->action, entry->number ? entry->number : "", entry->note);
}

static bool print_list(struct cli *cli, const struct audit_list *list, bool json, struct err *err)
{
	json_t *array = json_array();
	for (size_t i = 0; i < list->count; i++) {
		if (json)
			json_array_append_new(array, json_of_entry(&list->items[i]));
		else
			print_entry(cli->out, &list->items[i]);
	}
	if (json)
		return command_print_json(cli, array, err);
	json_decref(array);
	return command_flush(cli, err);
}

static bool run_list(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct audit_query query = { 0 };
	bool json = false;
	long limit = 50, before = 0;
	const struct cli_option table[] = {
		{ "--person", OPTION_TEXT, &query.person }, { "--action", OPTION_TEXT, &query.action },
		{ "--record", OPTION_TEXT, &query.record }, { "--from", OPTION_TEXT, &query.from_day },
		{ "--to", OPTION_TEXT, &query.to_day },     { "--before", OPTION_INT, &before },
		{ "--limit", OPTION_INT, &limit },          { "--json", OPTION_FLAG, &json },
		{ NULL, OPTION_FLAG, NULL },
	};
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc > 0)
		return command_misused(&command_audit_list, err);
	query.before_seq = before;
	struct audit_list *list = audit_list(cli->office, &cli->login->actor, &query, (size_t)limit, err);
	bool ok = list && print_list(cli, list, json, err);
	audit_list_free(&list);
	return ok;
}

const struct command command_audit_list = {
	"audit list",
	"[--person P] [--action A] [--record NUMBER] [--from DAY] [--to DAY] [--before N] [--limit N] [--json]",
	N_("Entries of the journal, newest first; for auditors, administrators and heads."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run_list,
};

static bool verify_code(struct cli *cli, const char *code, struct err *err)
{
	char *number = NULL;
	bool current = false;
	bool ok = audit_verify_code(cli->office, code, &number, &current, err);
	if (ok)
		fprintf(cli->out, current ? _("%s: the record reads as it did when this page was printed.\n")
		                          : _("%s: the record was changed after this page was printed.\n"),
		        number);
	free(number);
	return ok && command_flush(cli, err);
}

static bool run_verify(struct cli *cli, int argc, char **argv, struct err *err)
{
	const char *code = NULL;
	bool json = false;
	struct audit_verdict verdict;
	const struct cli_option table[] = {
		{ "--code", OPTION_TEXT, &code },
		{ "--json", OPTION_FLAG, &json },
		{ NULL, OPTION_FLAG, NULL },
	};
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc > 0)
		return command_misused(&command_audit_verify, err);
	bool holds = audit_verify(cli->office, &verdict, err);
	if (json && (holds || verdict.broken_seq)) {
		json_t *object = json_pack("{s:b, s:I, s:o, s:s}", "ok", (int)holds, "entries", (json_int_t)verdict.entries,
		                           "broken", verdict.broken_seq ? json_integer(verdict.broken_seq) : json_null(),
		                           "head", verdict.head);
		return command_print_json(cli, object, holds ? err : NULL) && holds;
	}
	if (!holds)
		return false;
	fprintf(cli->out, ngettext("%lld entry holds. Head %s\n", "%lld entries hold. Head %s\n",
	                           (unsigned long)verdict.entries), (long long)verdict.entries, verdict.head);
	return code ? verify_code(cli, code, err) : command_flush(cli, err);
}

const struct command command_audit_verify = {
	"audit verify",
	"[--code CODE] [--json]",
	N_("Reads the whole journal and says how many entries hold; exit status 5 and the first broken one\n"
	   "if its chain does not. --code takes the short code of a printed page."),
	COMMAND_OFFICE,
	run_verify,
};
