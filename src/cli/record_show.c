#include "cli/commands.h"

#include "app/act.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/drafts.h"
#include "cli/options.h"

/* --- as JSON --- */

static json_t *json_of_events(const struct view *view)
{
	json_t *events = json_array();
	for (size_t i = 0; i < view->event_count; i++) {
		const struct view_event *event = &view->events[i];
		json_array_append_new(
			events,
			json_pack("{s:I, s:o, s:s, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:I}", "seq",
		                  (json_int_t)event->seq, "at", command_json_time(event->at_utc), "person", event->person,
		                  "acting_for", command_json_text(event->acting_for), "origin", event->origin, "action",
		                  event->action, "label", event->label, "from", event->from, "to", event->to, "note",
		                  event->note, "changes", event->changes ? json_incref(event->changes) : json_null(),
		                  "waited_s", (json_int_t)event->waited_s));
	}
	return events;
}

static json_t *json_of_links(const struct view *view)
{
	json_t *links = json_array();
	for (size_t i = 0; i < view->link_count; i++)
		json_array_append_new(links, json_pack("{s:s, s:s, s:s, s:b}", "number", view->links[i].number, "title",
		                                       view->links[i].title, "relation", view->links[i].relation,
		                                       "outgoing", (int)view->links[i].outgoing));
	return links;
}

static json_t *json_of_attachments(const struct view *view)
{
	json_t *list = json_array();
	for (size_t i = 0; i < view->attachment_count; i++) {
		const struct view_attachment *one = &view->attachments[i];
		json_array_append_new(list, json_pack("{s:s, s:I, s:s, s:s, s:o}", "name", one->name, "size",
		                                      (json_int_t)one->size, "sm3", one->sm3, "by", one->by, "at",
		                                      command_json_time(one->at_utc)));
	}
	return list;
}

static json_t *json_of_actions(const struct act_choices *choices)
{
	json_t *list = json_array();
	for (size_t i = 0; i < choices->count; i++) {
		const struct act_choice *one = &choices->items[i];
		json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:b, s:o}", "action", one->transition->action,
		                                      "label", transition_label(one->transition), "allowed",
		                                      (int)one->allowed, "unmet", (int)one->unmet, "why_not",
		                                      command_json_text(one->why_not)));
	}
	return list;
}

static json_t *json_of_record(const struct view *view)
{
	const struct record *record = view->record;
	json_t *object = json_object();
	json_object_set_new(object, "id", json_integer(record->id));
	json_object_set_new(object, "number", command_json_text(record->number));
	json_object_set_new(object, "code", command_json_text(record->code));
	json_object_set_new(object, "filing_number", command_json_text(record->filing_number));
	json_object_set_new(object, "form", json_string(record->form));
	json_object_set_new(object, "form_hash", json_string(record->form_hash));
	json_object_set_new(object, "form_title", json_string(definition_title(view->form)));
	json_object_set_new(object, "state", json_string(record->state));
	json_object_set_new(object, "state_label", json_string(state_label(view->state)));
	json_object_set_new(object, "department", command_json_text(record->department));
	json_object_set_new(object, "applicant", command_json_text(record->applicant));
	json_object_set_new(object, "title", command_json_text(record->title));
	json_object_set_new(object, "occurred_at", command_json_time(record->occurred_utc));
	json_object_set_new(object, "entered_at", command_json_time(record->entered_utc));
	json_object_set_new(object, "submitted_at", command_json_time(record->submitted_utc));
	json_object_set_new(object, "updated_at", command_json_time(record->updated_utc));
	json_object_set_new(object, "due_at", command_json_time(view->due_utc));
	json_object_set_new(object, "late", json_boolean(record->late));
	json_object_set_new(object, "version", json_integer(record->version));
	json_object_set(object, "body", record->body);
	return object;
}

static bool print_json(struct cli *cli, const struct view *view, struct err *err)
{
	struct act_choices *choices = act_choices(cli->office, &cli->login->actor, view->record, NULL, err);
	if (!choices)
		return false;
	json_t *object = json_of_record(view);
	json_object_set_new(object, "events", json_of_events(view));
	json_object_set_new(object, "links", json_of_links(view));
	json_object_set_new(object, "attachments", json_of_attachments(view));
	json_object_set_new(object, "actions", json_of_actions(choices));
	act_choices_free(&choices);
	return command_print_json(cli, object, err);
}

/* --- as text --- */

static void print_time(FILE *out, const char *label, int64_t utc)
{
	char local[CLOCK_LOCAL_SIZE];
	if (utc)
		fprintf(out, "%s\t%s\n", label, clock_local(utc, local));
}

static void print_child(FILE *out, const struct field *item, const json_t *entry)
{
	const json_t *value = json_is_object(entry) ? json_object_get(entry, "value") : entry;
	char *text = field_display(item, value);
	const char *note = json_is_object(entry) ? json_text(entry, "note") : "";
	if (*text || *note)
		fprintf(out, "    %s\t%s%s%s%s\n", field_label(item), text, *text && item->unit ? " " : "",
		        *text && item->unit ? item->unit : "", "");
	if (*note)
		fprintf(out, "        %s\n", note);
	free(text);
}

static void print_rows(FILE *out, const struct field *table, const json_t *rows)
{
	for (size_t i = 0; i < json_array_size(rows); i++) {
		fprintf(out, "  %zu\n", i + 1);
		for (size_t c = 0; c < table->child_count; c++) {
			const json_t *value = json_object_get(json_array_get(rows, i), table->children[c].key);
			if (value)
				print_child(out, &table->children[c], value);
		}
	}
}

static void print_field(FILE *out, const struct field *field, const json_t *value)
{
	if (field->type == FIELD_CHECKLIST) {
		fprintf(out, "  %s\n", field_label(field));
		for (size_t i = 0; i < field->child_count; i++) {
			const json_t *entry = json_object_get(value, field->children[i].key);
			if (entry)
				print_child(out, &field->children[i], entry);
		}
	} else if (field->type == FIELD_TABLE) {
		fprintf(out, "  %s\n", field_label(field));
		print_rows(out, field, value);
	} else {
		char *text = field_display(field, value);
		fprintf(out, "  %s\t%s%s%s\n", field_label(field), text, field->unit ? " " : "",
		        field->unit ? field->unit : "");
		free(text);
	}
}

static void print_body(FILE *out, const struct view *view)
{
	for (size_t s = 0; s < view->form->section_count; s++) {
		const struct section *section = &view->form->sections[s];
		bool headed = false;
		for (size_t i = section->first; i < section->first + section->count; i++) {
			const json_t *value = json_object_get(view->record->body, view->form->fields[i].key);
			if (!value || json_is_null(value))
				continue;
			if (!headed)
				fprintf(out, "\n%s\n", text_is_english() && section->title_en ? section->title_en : section->title);
			headed = true;
			print_field(out, &view->form->fields[i], value);
		}
	}
}

static void print_events(FILE *out, const struct view *view)
{
	fprintf(out, "\n");
	for (size_t i = 0; i < view->event_count; i++) {
		const struct view_event *event = &view->events[i];
		char local[CLOCK_LOCAL_SIZE];
		fprintf(out, "%s  %s  %s%s%s%s%s\n", clock_local(event->at_utc, local), event->person, event->label,
		        *event->to ? "  -> " : "", event->to, *event->note ? "  " : "", event->note);
	}
	for (size_t i = 0; i < view->attachment_count; i++)
		fprintf(out, "%s  %lld  SM3 %s\n", view->attachments[i].name, (long long)view->attachments[i].size,
		        view->attachments[i].sm3);
}

static bool print_text(struct cli *cli, const struct view *view, struct err *err)
{
	const struct record *record = view->record;
	FILE *out = cli->out;
	fprintf(out, "%s  %s  [%s]\n%s\n", record->number ? record->number : "-", definition_title(view->form),
	        state_label(view->state), record->title ? record->title : "");
	fprintf(out, "%s\t%s\n", _("Department"), record->department ? record->department : "");
	fprintf(out, "%s\t%s\n", _("Made by"), record->applicant ? record->applicant : "");
	if (record->filing_number)
		fprintf(out, "%s\t%s\n", _("Filing number"), record->filing_number);
	print_time(out, _("Time"), record->occurred_utc);
	print_time(out, _("Submitted"), record->submitted_utc);
	print_time(out, _("Due"), view->due_utc);
	print_body(out, view);
	print_events(out, view);
	return command_flush(cli, err);
}

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool json = false;
	const struct cli_option table[] = { { "--json", OPTION_FLAG, &json }, { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc != 1)
		return command_misused(&command_record_show, err);
	int64_t draft;
	if (draft_id(argv[0], &draft))
		return draft_show(cli, draft, err);
	struct view *view = view_open(cli->office, &cli->login->actor, argv[0], err);
	bool ok = view && (json ? print_json(cli, view, err) : print_text(cli, view, err));
	view_free(&view);
	return ok;
}

const struct command command_record_show = {
	"record show",
	"NUMBER [--json]",
	N_("One record with its timeline, attachments and links. NUMBER is its number, its code\n"
	   "(\"EV2026-0003\"), its filing number, \"#ID\", or \"D12\" for a draft of the account."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run,
};
