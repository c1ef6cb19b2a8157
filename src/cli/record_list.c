#include "cli/commands.h"

#include "app/list.h"
#include "base/csv.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/list_options.h"
#include "cli/options.h"

enum { PAGE = 200, DEFAULT_LIMIT = 50 };

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

void list_options_table(struct list_query *query, struct cli_option table[LIST_OPTIONS])
{
	table[0] = (struct cli_option){ "--state", OPTION_TEXT, &query->state };
	table[1] = (struct cli_option){ "--month", OPTION_TEXT, &query->month };
	table[2] = (struct cli_option){ "--dept", OPTION_TEXT, &query->department };
	table[3] = (struct cli_option){ "--text", OPTION_TEXT, &query->text };
}

static json_t *json_of_row(const struct list_row *row)
{
	json_t *object = json_object();
	json_object_set_new(object, "id", json_integer(row->id));
	json_object_set_new(object, "number", command_json_text(row->number));
	json_object_set_new(object, "code", command_json_text(row->code));
	json_object_set_new(object, "form", json_string(row->form));
	json_object_set_new(object, "state", json_string(row->state));
	json_object_set_new(object, "state_label", json_string(row->state_label));
	json_object_set_new(object, "department", json_string(row->department));
	json_object_set_new(object, "applicant", json_string(row->applicant));
	json_object_set_new(object, "title", json_string(row->title));
	json_object_set_new(object, "occurred_at", command_json_time(row->occurred_utc));
	json_object_set_new(object, "updated_at", command_json_time(row->updated_utc));
	json_object_set_new(object, "late", json_boolean(row->late));
	return object;
}

static void print_padded(FILE *out, const char *text, int width, bool last)
{
	char *fitted = last ? mem_text(text) : utf8_ellipsis(text, width);
	int used = utf8_width(fitted);
	fprintf(out, "%s%*s", fitted, last ? 0 : width - used + 2, "");
	free(fitted);
}

static void print_line(FILE *out, const struct list_page *page, char *const *cells)
{
	for (size_t i = 0; i < page->column_count; i++) {
		char *line = utf8_clean(cells[i], false);
		print_padded(out, line, page->columns[i].width, i + 1 == page->column_count);
		free(line);
	}
	fputc('\n', out);
}

static void print_csv(FILE *out, const struct list_page *page, char *const *cells)
{
	struct str row = STR_INIT;
	csv_row(&row, (const char *const *)cells, page->column_count);
	fputs(str_text(&row), out);
	str_release(&row);
}

static void print_heading(FILE *out, const struct list_page *page, const struct definition *form, enum format format)
{
	char **cells = mem_zeroed(page->column_count + 1, sizeof(char *));
	for (size_t i = 0; i < page->column_count; i++)
		cells[i] = mem_text(list_heading(form, page->columns[i].key));
	if (format == FORMAT_CSV)
		print_csv(out, page, cells);
	else
		print_line(out, page, cells);
	for (size_t i = 0; i < page->column_count; i++)
		free(cells[i]);
	free(cells);
}

static void put_page(FILE *out, const struct list_page *page, enum format format, json_t *rows)
{
	for (size_t i = 0; i < page->count; i++) {
		if (format == FORMAT_JSON)
			json_array_append_new(rows, json_of_row(&page->rows[i]));
		else if (format == FORMAT_CSV)
			print_csv(out, page, page->rows[i].cells);
		else
			print_line(out, page, page->rows[i].cells);
	}
}

static bool put_all(struct cli *cli, const struct list_query *query, enum format format, long limit, json_t *rows,
                    struct err *err)
{
	char *key = NULL;
	bool ok = true, more = true, first = true;
	while (ok && more && limit > 0) {
		struct list_page *page = list_load(cli->office, &cli->login->actor, query, key, false,
		                                   (size_t)(limit < PAGE ? limit : PAGE), err);
		ok = page != NULL;
		if (ok && first && format != FORMAT_JSON)
			print_heading(cli->out, page, office_form(cli->office, query->form), format);
		first = false;
		if (ok)
			put_page(cli->out, page, format, rows);
		free(key);
		key = ok && page->count ? mem_text(page->rows[page->count - 1].key) : NULL;
		more = ok && page->more_after && key;
		limit -= ok ? (long)page->count : 0;
		list_page_free(&page);
	}
	free(key);
	return ok;
}

static bool run(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct list_query query = { 0 };
	bool json = false, csv = false;
	long limit = DEFAULT_LIMIT;
	struct cli_option table[LIST_OPTIONS + 4] = { { NULL, OPTION_FLAG, NULL } };
	list_options_table(&query, table);
	table[LIST_OPTIONS] = (struct cli_option){ "--limit", OPTION_INT, &limit };
	table[LIST_OPTIONS + 1] = (struct cli_option){ "--json", OPTION_FLAG, &json };
	table[LIST_OPTIONS + 2] = (struct cli_option){ "--csv", OPTION_FLAG, &csv };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc > 1 || (json && csv))
		return command_misused(&command_record_list, err);
	query.form = argc ? argv[0] : NULL;
	json_t *rows = json_array();
	bool ok = put_all(cli, &query, json ? FORMAT_JSON : csv ? FORMAT_CSV : FORMAT_TEXT, limit, rows, err);
	if (ok && json)
		return command_print_json(cli, rows, err);
	json_decref(rows);
	return ok && command_flush(cli, err);
}

const struct command command_record_list = {
	"record list",
	"[FORM] [--state S] [--month YYYY-MM] [--dept D] [--text WORDS] [--limit N] [--json|--csv]",
	N_("Records, newest first, at most 50 unless --limit says otherwise. With FORM, the columns are the\n"
	   "form's own. --state takes a state's key or label, or \"open\"."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run,
};
