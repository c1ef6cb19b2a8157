/* Opinions: what was decided and by whom, as the journal says, above a blank line to sign on. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/permission.h"
#include "report/measure.h"
#include "report/page.h"

/* 22 mm for an approval; 45 mm clear where the seal comes. */
#define APPROVAL_PT 62.0
#define SEAL_PT 128.0
#define TRACE_PT 9.0
enum { SEAL_UNITS = 14, MOST_LINES = 14, BLOCK_ROWS = 3 };

/* ---- what is printed ---- */

/* Whether the decision sent the record back or ended it. */
static bool is_refusal(const struct page *page, const struct page_entry *entry)
{
	const struct state *to = page->print.form == NULL || str_is_empty(entry->to) ?
		NULL : workflow_state(&page->print.form->workflow, entry->to);
	return to != NULL && (to->kind == STATE_REFUSED || to->kind == STATE_DRAFT || to->kind == STATE_VOID);
}

/* The note, or the action's name if there is none; a refusal is always named. */
static char *opinion_text(const struct page *page, const struct element *element, const struct page_entry *entry)
{
	struct str text = STR_INIT;

	if (element->value != NULL) {
		char *before = template_expand(&page->print, element->value);
		str_add(&text, before);
		free(before);
	}
	if (entry == NULL)
		return str_take(&text);
	if (text.len > 0)
		str_add_char(&text, '\n');
	if (str_is_empty(entry->note))
		str_add(&text, entry->label);
	else if (is_refusal(page, entry))
		str_addf(&text, "%s%s%s", entry->label == NULL ? "" : entry->label, print_word(&page->print, WORD_COLON), entry->note);
	else
		str_add(&text, entry->note);
	return str_take(&text);
}

static char *trace_text(const struct page *page, const struct element *element, const struct page_entry *entry)
{
	if (element->trace != NULL)
		return template_expand(&page->print, element->trace);
	if (entry == NULL)
		return NULL;
	char *person = print_person(&page->print, entry), *time = print_time(&page->print, entry->at_utc), *text;
	if (str_is_empty(entry->paper_signer)) {
		const enum word word = is_refusal(page, entry) ? WORD_SYSTEM_REFUSAL : WORD_SYSTEM_DECISION;
		text = word_fill(print_word(&page->print, word), "person", person, "time", time, NULL);
	} else {
		int64_t utc = 0;
		char *day = clock_parse(entry->paper_day == NULL ? "" : entry->paper_day, &utc) ?
			print_day(&page->print, utc) : mem_text("");
		text = word_fill(print_word(&page->print, WORD_PAPER_DECISION), "signer", entry->paper_signer, "day", day, "person",
		                 person, "time", time, NULL);
		free(day);
	}
	free(person);
	free(time);
	return text;
}

/* ---- the block: opinion, trace, line to sign ---- */

/* One row of the block, UNITS wide beside the label. */
static void add_block_row(struct page *page, struct style style, char *text_take, double least_pt, int units, bool first, bool last)
{
	style.open_above = !first;
	style.open_below = !last;
	flow_cell(&page->flow, PAGE_LABEL_UNITS, units, style, text_take);
	flow_fit(&page->flow, least_pt);
}

/* The label, and the room for the seal, stand beside all rows of the block. */
static void add_block_sides(struct page *page, const char *label, int units)
{
	struct style seal = page_small_style(ALIGN_CENTER);

	seal.rise = RISE_BOTTOM;
	flow_cell(&page->flow, 0, PAGE_LABEL_UNITS, page_label_style(page, label, PAGE_LABEL_UNITS * PAGE_UNIT_PT),
	          mem_text(label))->rows = BLOCK_ROWS;
	if (units < PAGE_BODY_UNITS)
		flow_cell(&page->flow, PAGE_LABEL_UNITS + units, PAGE_BODY_UNITS - units, seal,
		          mem_text(print_word(&page->print, WORD_SEAL)))->rows = BLOCK_ROWS;
}

/* An opinion longer than the block can hold on one page goes to an annex. */
static char *shortened(struct page *page, const char *label, char *text_take, int units)
{
	struct utf8_line *lines;
	char *text = text_take;
	const size_t count = measure_wrap(text, flow_room(&page->flow, 0, units, page->layout->size_pt), &lines);

	if (count > MOST_LINES) {
		char number[16];
		struct style style = page_value_style(page);
		style.rise = RISE_TOP;
		snprintf(number, sizeof(number), "%d", page_annex(page, label));
		flow_add(&page->annexes, true)->split = true;
		flow_cell(&page->annexes, 0, PAGE_UNITS, style, mem_text(text + lines[MOST_LINES - 1].start));
		flow_fit(&page->annexes, PAGE_ROW_PT);
		char *note = word_fill(print_word(&page->print, WORD_TO_ANNEX), "n", number, NULL);
		char *head = mem_text_len(text, lines[MOST_LINES - 2].end);
		text = str_format("%s\n%s", head, note);
		free(head);
		free(note);
		free(text_take);
	}
	free(lines);
	return text;
}

static void add_block(struct page *page, const struct element *element, const char *label, const struct page_entry *entry)
{
	const int units = element->seal ? PAGE_BODY_UNITS - SEAL_UNITS : PAGE_BODY_UNITS;
	char *sign = template_expand(&page->print, element->sign != NULL ? element->sign : print_word(&page->print, WORD_SIGN));
	char *trace = trace_text(page, element, entry);
	struct style opinion = page_value_style(page), small = page_small_style(ALIGN_LEFT), line = page_value_style(page);
	double least = element->height_pt > APPROVAL_PT ? element->height_pt : APPROVAL_PT;

	least = element->seal && least < SEAL_PT ? SEAL_PT : least;
	opinion.rise = RISE_TOP;
	small.size_pt = TRACE_PT;
	line.rise = RISE_BOTTOM;
	const double trace_pt = measure_height(1, TRACE_PT), sign_pt = 26;
	char *text = shortened(page, label, opinion_text(page, element, entry), units);
	flow_add(&page->flow, true)->keep = true;
	add_block_sides(page, label, units);
	add_block_row(page, opinion, text, least - trace_pt - sign_pt, units, true, false);
	flow_add(&page->flow, true)->keep = true;
	add_block_row(page, small, trace, trace_pt, units, false, false);
	flow_add(&page->flow, true);
	add_block_row(page, line, sign, sign_pt, units, false, true);
}

void page_approval(struct page *page, const struct element *element)
{
	char *label = template_expand(&page->print, element->what);

	/* Without states and actions the fields say it all. */
	const bool by_journal = element->states != NULL || element->actions != NULL;
	add_block(page, element, label,
	          by_journal ? print_standing(&page->print, NULL, element->states, element->actions) : NULL);
	free(label);
}

/* ---- the general page: one block for each office that decides ---- */

/* The office's role whose opinion TRANSITION asks for, from a state that waits for it; false if it asks for none. */
static bool deciding_role(const struct workflow *workflow, const struct transition *transition, enum role *role)
{
	const struct state *from = transition->from == NULL || transition->from[0] == NULL ?
		NULL : workflow_state(workflow, transition->from[0]);
	const bool asks = transition->primary && transition->reason != REASON_NONE && from != NULL && from->kind == STATE_OPEN;

	return asks && transition->who != NULL && transition->who[0] != NULL && role_parse(transition->who[0], role);
}

/* All that an office may say: agreeing, returning, refusing. NULL-terminated, borrowed texts; the caller frees the array. */
static char **actions_of(const struct workflow *workflow, enum role role)
{
	char **actions = mem_zeroed(workflow->transition_count + 1, sizeof(*actions));
	size_t count = 0;

	for (size_t i = 0; i < workflow->transition_count; i++) {
		const struct transition *t = &workflow->transitions[i];
		if (t->reason != REASON_NONE && workflow_list_has(t->who, role_key(role)))
			actions[count++] = t->action;
	}
	return actions;
}

static void add_office_block(struct page *page, enum role role)
{
	const struct element element = { .kind = ELEMENT_APPROVAL };
	char **actions = actions_of(&page->print.form->workflow, role);
	char *label = word_fill(print_word(&page->print, WORD_OPINION_OF), "role", role_label(role), NULL);

	add_block(page, &element, label, print_standing(&page->print, NULL, NULL, actions));
	free(label);
	free(actions);
}

void page_approvals(struct page *page)
{
	const struct workflow *workflow = page->print.form == NULL ? NULL : &page->print.form->workflow;
	unsigned seen = 0;
	enum role role;

	for (size_t i = 0; workflow != NULL && i < workflow->transition_count; i++) {
		if (!deciding_role(workflow, &workflow->transitions[i], &role) || (seen & role) != 0)
			continue;
		seen |= role;
		add_office_block(page, role);
	}
}
