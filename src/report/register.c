/* Registers: one row a record, sorted, with totals and a line to sign. */
#include "report/register.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "report/book.h"
#include "report/measure.h"
#include "report/paint.h"
#include "report/running.h"

static struct style cell_style(const struct ledger *ledger, enum align align)
{
	return (struct style){ .font = FONT_BODY, .align = align, .size_pt = ledger->layout->size_pt };
}

/* ---- columns ---- */

static const char *general_label(const struct ledger *ledger, const char *key)
{
	static const struct {
		const char *key;
		enum word word;
	} labels[] = {
		{ "number", WORD_NUMBER }, { "state", WORD_STATE }, { "department", WORD_DEPARTMENT },
		{ "applicant", WORD_APPLICANT }, { "title", WORD_SUBJECT }, { "occurred_at", WORD_OCCURRED },
		{ "updated_at", WORD_UPDATED }, { "filing_number", WORD_FILED },
	};
	const struct field *field = definition_field(ledger->input->form, key);

	if (field != NULL)
		return print_label(&ledger->print, field);
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		if (str_equal(labels[i].key, key))
			return print_word(&ledger->print, labels[i].word);
	}
	return key;
}

/* The columns of the form's list, after a serial number. */
static void columns_of_form(struct ledger *ledger)
{
	const struct definition *form = ledger->input->form;
	const size_t listed = form == NULL ? 0 : form->column_count;

	ledger->count = listed + 1;
	ledger->own = mem_zeroed(ledger->count, sizeof(*ledger->own));
	ledger->own[0] = (struct register_column){ .label = mem_text(print_word(&ledger->print, WORD_SERIAL)),
						   .value = mem_text("{#}"), .width = 2, .align = ALIGN_CENTER };
	for (size_t i = 0; i < listed; i++) {
		const struct list_column *column = &form->columns[i];
		ledger->own[i + 1] = (struct register_column){ .label = mem_text(general_label(ledger, column->key)),
							       .value = str_format("{%s}", column->key),
							       .width = (column->width + 1) / 2 };
	}
	ledger->columns = ledger->own;
}

/* As wide as their texts, then all stretched or narrowed to the page. */
static void set_widths(struct ledger *ledger)
{
	static const double padding_pt = 7;
	const double page_pt = paint_page_width(ledger->layout->margins_mm, true);
	double natural = 0;

	for (size_t i = 0; i < ledger->count; i++) {
		ledger->flow.unit_pt[i] = ledger->columns[i].width * ledger->layout->size_pt + padding_pt;
		natural += ledger->flow.unit_pt[i];
	}
	for (size_t i = 0; i < ledger->count; i++)
		ledger->flow.unit_pt[i] *= page_pt / natural;
}

/* ---- what a column shows ---- */

static bool concerns(const struct register_column *column, const struct field *item)
{
	if (column->items == NULL && column->groups == NULL)
		return true;
	return workflow_list_has(column->items, item->key) ||
	       (item->group != NULL && workflow_list_has(column->groups, item->group));
}

static void add_abnormal(const struct print *print, struct str *out, const struct field *item, const json_t *entry)
{
	const char *note = json_string_value(json_object_get(entry, "note"));
	char *reading = print_value(print, item, json_object_get(entry, "value"));

	str_addf(out, "%s%s %s", out->len > 0 ? "; " : "", print_label(print, item), reading);
	if (!str_is_empty(note))
		str_addf(out, "%s%s", print_word(print, WORD_COLON), note);
	free(reading);
}

static char *checklist_cell(const struct print *print, const struct register_column *column)
{
	const struct field *list = print->form == NULL ? NULL : definition_field(print->form, column->checklist);
	enum verdict worst = VERDICT_NONE;
	struct str text = STR_INIT;

	for (size_t i = 0; list != NULL && i < list->child_count; i++) {
		const struct field *item = &list->children[i];
		const json_t *entry = json_object_get(print_body(print, list), item->key);
		const enum verdict verdict = field_verdict(item, json_object_get(entry, "value"));
		if (!concerns(column, item))
			continue;
		worst = verdict > worst ? verdict : worst;
		if (column->abnormal && verdict >= VERDICT_WARN)
			add_abnormal(print, &text, item, entry);
	}
	if (!column->abnormal)
		str_add(&text, print_verdict(print, worst));
	return str_take(&text);
}

char *ledger_cell(const struct print *print, const struct register_column *column)
{
	return column->checklist != NULL ? checklist_cell(print, column) : template_expand(print, column->value);
}

/* ---- rows ---- */

static bool is_void(const struct print *print)
{
	const struct state *state = print->form == NULL || print->record->state == NULL ?
		NULL : workflow_state(&print->form->workflow, print->record->state);
	return state != NULL && state->kind == STATE_VOID;
}

static void add_remark(const struct print *print, struct str *out, const char *text)
{
	if (text[0] != '\0')
		str_addf(out, "%s%s", out->len > 0 ? print_word(print, WORD_SEPARATOR) : "", text);
}

/* The last column also says that the record is void, or was entered late, if it does not by itself. */
static char *remarked(const struct print *print, char *text_take)
{
	const char *void_word = print_word(print, WORD_VOID), *late_word = print_word(print, WORD_LATE);
	struct str out = STR_INIT;

	if (is_void(print) && strstr(text_take, void_word) == NULL)
		add_remark(print, &out, void_word);
	if (print->record->late && strstr(text_take, late_word) == NULL)
		add_remark(print, &out, late_word);
	add_remark(print, &out, text_take);
	free(text_take);
	return str_take(&out);
}

static void add_to_sum(struct ledger *ledger, size_t column, const char *text, bool void_too)
{
	if (void_too || ledger->columns[column].total == TOTAL_NONE)
		return;
	if (ledger->columns[column].total == TOTAL_COUNT)
		ledger->sums[column] += text[0] != '\0';
	else
		ledger->sums[column] += strtod(text, NULL);
}

static void add_row(struct ledger *ledger, const struct print *print, bool shaded)
{
	flow_add(&ledger->flow, true)->split = true;
	for (size_t i = 0; i < ledger->count; i++) {
		struct style style = cell_style(ledger, ledger->columns[i].align);
		char *text = ledger_cell(print, &ledger->columns[i]);
		add_to_sum(ledger, i, text, is_void(print));
		style.shaded = shaded;
		flow_cell(&ledger->flow, (int)i, 1, style, i + 1 == ledger->count ? remarked(print, text) : text);
	}
	flow_fit(&ledger->flow, ledger->layout->row_pt);
}

void ledger_add_record(struct ledger *ledger, const struct record *record, bool has_day, int64_t day, bool shaded)
{
	const struct register_input *input = ledger->input;
	const struct definition *own = input->form_of == NULL ? NULL : input->form_of(ledger->print.page->data, record);
	struct print print = ledger->print;

	print.record = record;
	print.form = own == NULL ? input->form : own;
	print.has_day = has_day;
	print.day = day;
	print.table = ledger->layout->each == NULL || print.form == NULL ? NULL : definition_field(print.form, ledger->layout->each);
	const json_t *rows = print.table == NULL ? NULL : print_body(&print, print.table);
	const size_t count = json_array_size(rows);
	for (size_t i = 0; i == 0 || i < count; i++) {
		print.row = json_array_get(rows, i);
		print.serial = (int)++ledger->rows;
		add_row(ledger, &print, shaded);
	}
}

static void add_across(struct ledger *ledger, const char *text)
{
	flow_add(&ledger->flow, true);
	flow_cell(&ledger->flow, 0, (int)ledger->count, cell_style(ledger, ALIGN_CENTER), mem_text(text));
	flow_fit(&ledger->flow, ledger->layout->row_pt);
}

/* ---- head and foot ---- */

static char *title_of(const struct ledger *ledger)
{
	const struct print *print = &ledger->print;
	const struct layout *layout = ledger->layout;
	const char *own = print->page->english ? layout->title_en : layout->title;
	char *title = own != NULL ? template_expand(print, own) : template_expand(print, "{form}");

	if (own == NULL) {
		char *of = word_fill(print_word(print, WORD_REGISTER_OF), "title", title, NULL);
		free(title);
		title = of;
	}
	if (print->year == 0)
		return title;
	char year[8], mm[4], m[4];
	snprintf(year, sizeof(year), "%d", print->year % 10000);
	snprintf(mm, sizeof(mm), "%02d", print->month % 100);
	snprintf(m, sizeof(m), "%d", print->month % 100);
	char *month = word_fill(print_word(print, print->month == 0 ? WORD_YEAR : WORD_MONTH), "yyyy", year, "mm", mm, "m", m, NULL);
	char *whole = word_fill(print_word(print, WORD_REGISTER_TITLE), "month", month, "title", title, NULL);
	free(month);
	free(title);
	return whole;
}

static struct row *add_head_row(struct ledger *ledger, bool boxed)
{
	struct row *row = flow_add(&ledger->flow, boxed);
	row->repeat = true;
	row->keep = true;
	return row;
}

/* Two texts over the columns, parted where half of the width is reached. */
static void add_halves(struct ledger *ledger, char *left_take, char *right_take)
{
	const int units = ledger->flow.units;
	int half = 1;

	while (half < units - 1 && flow_width(&ledger->flow, 0, half) < flow_width(&ledger->flow, 0, units) * 0.55)
		half++;
	if (units == 1)
		half = 0;
	if (half > 0)
		flow_cell(&ledger->flow, 0, half, cell_style(ledger, ALIGN_LEFT), left_take);
	else
		free(left_take);
	flow_cell(&ledger->flow, half, units - half, cell_style(ledger, ALIGN_RIGHT), right_take);
}

static void add_head(struct ledger *ledger)
{
	const struct layout *layout = ledger->layout;
	const struct style title = { .font = FONT_TITLE, .align = ALIGN_CENTER, .size_pt = 18 };
	const struct style heading = { .font = FONT_HEAD, .align = ALIGN_CENTER, .size_pt = layout->size_pt };

	add_head_row(ledger, false);
	flow_cell(&ledger->flow, 0, (int)ledger->count, title, title_of(ledger));
	flow_fit(&ledger->flow, 32);
	add_head_row(ledger, false);
	add_halves(ledger, template_expand(&ledger->print, layout->head_left == NULL ? "{office}" : layout->head_left),
	           template_expand(&ledger->print, layout->head_right == NULL ? "[{from} - {until}]" : layout->head_right));
	flow_fit(&ledger->flow, 22);
	add_head_row(ledger, true);
	for (size_t i = 0; i < ledger->count; i++)
		flow_cell(&ledger->flow, (int)i, 1, heading, template_expand(&ledger->print, ledger->columns[i].label));
	flow_fit(&ledger->flow, 26);
}

static size_t first_total(const struct ledger *ledger)
{
	size_t i = 0;
	while (i < ledger->count && ledger->columns[i].total == TOTAL_NONE)
		i++;
	return i;
}

static void add_totals(struct ledger *ledger)
{
	char count[24];
	size_t at = first_total(ledger);
	struct style style = cell_style(ledger, ALIGN_CENTER);

	at = at == 0 ? 1 : at;
	snprintf(count, sizeof(count), "%zu", ledger->input->count);
	char *records = word_fill(print_word(&ledger->print, WORD_TOTAL_ROWS), "n", count, NULL);
	flow_add(&ledger->flow, true);
	style.font = FONT_HEAD;
	flow_cell(&ledger->flow, 0, (int)at, style,
	          str_format("%s%s%s", print_word(&ledger->print, WORD_TOTAL), print_word(&ledger->print, WORD_COLON), records));
	free(records);
	for (; at < ledger->count; at++) {
		const bool totalled = ledger->columns[at].total != TOTAL_NONE;
		flow_cell(&ledger->flow, (int)at, 1, cell_style(ledger, ledger->columns[at].align),
		          totalled ? str_format("%.15g", ledger->sums[at]) : NULL);
	}
	flow_fit(&ledger->flow, ledger->layout->row_pt);
}

/* The foot never stands alone on a page: the last row comes along. */
static void keep_last(struct ledger *ledger)
{
	ledger->flow.rows[ledger->flow.count - 1].keep = true;
}

static void add_foot(struct ledger *ledger)
{
	const char *sign = ledger->layout->sign;

	keep_last(ledger);
	if (ledger->input->count == 0 && !ledger->layout->days)
		add_across(ledger, print_word(&ledger->print, WORD_MONTH_EMPTY));
	else if (!ledger->layout->untotalled)
		add_totals(ledger);
	keep_last(ledger);
	/* After the last day of a month nothing can follow. */
	if (!ledger->layout->days)
		add_across(ledger, print_word(&ledger->print, WORD_BLANK_BELOW));
	keep_last(ledger);
	flow_add(&ledger->flow, false);
	flow_cell(&ledger->flow, 0, (int)ledger->count, cell_style(ledger, ALIGN_LEFT),
	          template_expand(&ledger->print, sign != NULL ? sign : print_word(&ledger->print, WORD_SIGN_REGISTER)));
	flow_fit(&ledger->flow, 40);
}

/* ---- order ---- */

/* Numbers within texts count by their value: 9 before 10. */
static int compare_natural(const char *a, const char *b)
{
	while (*a != '\0' && *b != '\0') {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			char *a_end, *b_end;
			const unsigned long long x = strtoull(a, &a_end, 10), y = strtoull(b, &b_end, 10);
			if (x != y)
				return x < y ? -1 : 1;
			a = a_end;
			b = b_end;
		} else if (*a != *b) {
			return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
		} else {
			a++;
			b++;
		}
	}
	return (*a != '\0') - (*b != '\0');
}

struct sort_key {
	char *text;
	const struct record *record;
};

static int compare_keys(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;
	const int order = compare_natural(x->text, y->text);

	if (order != 0)
		return order;
	return x->record->id < y->record->id ? -1 : x->record->id > y->record->id;
}

/* Days go by time; the others by the layout's key, or by number. */
static void sort_records(struct ledger *ledger)
{
	const size_t count = ledger->input->count;
	const char *by = ledger->layout->days ? "{occurred_at}" : ledger->layout->sort == NULL ? "{record.number}" : ledger->layout->sort;
	struct sort_key *keys = mem_zeroed(count + 1, sizeof(*keys));

	ledger->sorted = mem_zeroed(count + 1, sizeof(*ledger->sorted));
	for (size_t i = 0; i < count; i++) {
		struct print print = ledger->print;
		print.record = ledger->input->records[i];
		keys[i] = (struct sort_key){ template_expand(&print, by), print.record };
	}
	qsort(keys, count, sizeof(*keys), compare_keys);
	for (size_t i = 0; i < count; i++) {
		ledger->sorted[i] = keys[i].record;
		free(keys[i].text);
	}
	free(keys);
}

/* ---- the whole ---- */

bool ledger_build(struct ledger *ledger, const struct layout *layout, const struct page_context *context,
                  const struct register_input *input, struct err *err)
{
	*ledger = (struct ledger){
		.layout = layout,
		.input = input,
		.print = { .page = context, .words = &layout->words, .form = input->form, .year = input->year,
		           .month = input->month },
		.columns = layout->columns,
		.count = layout->column_count,
	};
	if (ledger->count == 0)
		columns_of_form(ledger);
	ledger->sums = mem_zeroed(ledger->count, sizeof(*ledger->sums));
	flow_init(&ledger->flow, (int)ledger->count, 0);
	set_widths(ledger);
	sort_records(ledger);
	add_head(ledger);
	if (layout->days) {
		if (!ledger_add_days(ledger, err))
			return false;
	} else {
		for (size_t i = 0; i < input->count; i++)
			ledger_add_record(ledger, ledger->sorted[i], false, 0, false);
	}
	add_foot(ledger);
	return true;
}

void ledger_release(struct ledger *ledger)
{
	flow_release(&ledger->flow);
	for (size_t i = 0; ledger->own != NULL && i < ledger->count; i++) {
		free(ledger->own[i].label);
		free(ledger->own[i].value);
	}
	free(ledger->own);
	free(ledger->sums);
	free(ledger->sorted);
}
