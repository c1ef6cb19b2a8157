/* What expressions know: fields, facts, counts; and what is filed of a field. */
#include "form/session_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "form/value.h"

int64_t session_now(const struct form_session *session)
{
	const struct form_world *world = evaluator_world(session->evaluator);

	return world != NULL && world->now != NULL ? world->now(world->context) : clock_now();
}

bool session_is_visible(const struct form_session *session, int field)
{
	const struct definition *form = session->form;
	size_t section = 0;

	while (section + 1 < form->section_count && form->sections[section + 1].first <= (size_t)field)
		section++;
	return session->section_visible[section] && session->fields[field].self.is_visible;
}

const char *session_group(const struct form_session *session, struct cell cell)
{
	const struct field *field = session_field(session, cell);
	const struct field *owner = &session->form->fields[cell.field];
	const struct field *by;
	struct cell other;

	if (field->choices_by == NULL)
		return NULL;
	by = cell.child >= 0 ? field_child(owner, field->choices_by) : NULL;
	if (by != NULL) {
		other = cell_of_child(cell.field, cell.row, (int)(by - owner->children));
	} else {
		by = definition_field(session->form, field->choices_by);
		if (by == NULL)
			return NULL;
		other = cell_of_field((int)(by - session->form->fields));
	}
	return json_string_value(body_value(session->form, session->body, other));
}

/* ---- what is filed ---- */

static bool child_is_visible(const struct form_session *session, int field, size_t row, size_t child)
{
	const struct field_state *state = &session->fields[field];

	return row >= state->rows || state->children[row * session->form->fields[field].child_count + child].is_visible;
}

static json_t *filed_row(const struct form_session *session, int field, size_t row)
{
	const struct field *table = &session->form->fields[field];
	json_t *filed = json_object();

	for (size_t i = 0; i < table->child_count; i++) {
		const struct cell cell = cell_of_child(field, (int)row, (int)i);
		const json_t *value = body_value(session->form, session->body, cell);

		if (!value_is_empty(value) && child_is_visible(session, field, row, i))
			json_object_set(filed, table->children[i].key, (json_t *)value);
	}
	return filed;
}

static json_t *filed_table(const struct form_session *session, int field)
{
	const size_t rows = body_rows(session->form, session->body, field);
	json_t *filed = json_array();

	for (size_t i = 0; i < rows; i++) {
		json_t *row = filed_row(session, field, i);

		if (json_object_size(row) > 0)
			json_array_append(filed, row);
		json_decref(row);
	}
	return filed;
}

static json_t *filed_list(const struct form_session *session, int field)
{
	const struct field *list = &session->form->fields[field];
	json_t *filed = json_object();

	for (size_t i = 0; i < list->child_count; i++) {
		struct cell cell = cell_of_child(field, -1, (int)i);
		const json_t *value = body_value(session->form, session->body, cell);
		json_t *entry = json_object();
		const json_t *note;

		cell.part = CELL_NOTE;
		note = body_value(session->form, session->body, cell);
		if (!value_is_empty(value))
			json_object_set(entry, "value", (json_t *)value);
		if (!value_is_empty(note))
			json_object_set(entry, "note", (json_t *)note);
		if (json_object_size(entry) > 0 && child_is_visible(session, field, 0, i))
			json_object_set(filed, list->children[i].key, entry);
		json_decref(entry);
	}
	return filed;
}

json_t *session_filed(const struct form_session *session, int field)
{
	const enum field_type type = session->form->fields[field].type;
	json_t *value;

	if (type == FIELD_TABLE)
		value = filed_table(session, field);
	else if (type == FIELD_CHECKLIST)
		value = filed_list(session, field);
	else
		value = json_incref((json_t *)body_value(session->form, session->body, cell_of_field(field)));
	if (!value_is_empty(value))
		return value;
	json_decref(value);
	return NULL;
}

/* ---- check lists, counted ---- */

static const char *verdict_word(enum verdict verdict)
{
	return verdict == VERDICT_FAIL ? "fail" : "warn";
}

static void add_finding(json_t *findings, const struct field *item, const json_t *value, const json_t *note,
                        enum verdict verdict)
{
	json_t *finding = json_object();

	json_set_text(finding, "key", item->key);
	json_set_text(finding, "label", item->label);
	json_set_text(finding, "group", item->group);
	json_object_set(finding, "value", (json_t *)value);
	json_set_text(finding, "unit", item->unit);
	json_set_text(finding, "note", json_string_value(note));
	json_set_text(finding, "verdict", verdict_word(verdict));
	json_array_append_new(findings, finding);
}

/* How many items have VERDICT; all that are not normal are described in FINDINGS (if not NULL). */
static int count_verdicts(const struct form_session *session, int field, enum verdict verdict, json_t *findings)
{
	const struct field *list = &session->form->fields[field];
	int count = 0;

	for (size_t i = 0; i < list->child_count; i++) {
		struct cell cell = cell_of_child(field, -1, (int)i);
		const json_t *value = body_value(session->form, session->body, cell);
		const enum verdict found = field_verdict(&list->children[i], value);

		if (!child_is_visible(session, field, 0, i))
			continue;
		count += found == verdict;
		cell.part = CELL_NOTE;
		if (findings != NULL && found >= VERDICT_WARN)
			add_finding(findings, &list->children[i], value,
			            body_value(session->form, session->body, cell), found);
	}
	return count;
}

static int count_missing(const struct form_session *session, int field)
{
	const struct field *list = &session->form->fields[field];
	const struct field_state *state = &session->fields[field];
	int count = 0;

	for (size_t i = 0; i < list->child_count && state->rows > 0; i++)
		count += state->children[i].is_visible && state->children[i].is_required &&
		         value_is_empty(body_value(session->form, session->body, cell_of_child(field, -1, (int)i)));
	return count;
}

static json_t *counted(const struct form_session *session, int field, enum count_kind kind)
{
	json_t *findings, *value;
	char *text;

	if (kind == COUNT_MISSING)
		return json_integer(count_missing(session, field));
	if (kind != COUNT_FINDINGS)
		return json_integer(count_verdicts(session, field,
		                                   kind == COUNT_WARN ? VERDICT_WARN : VERDICT_FAIL, NULL));
	findings = json_array();
	count_verdicts(session, field, VERDICT_FAIL, findings);
	text = json_line(findings);
	value = json_string(text);
	free(text);
	json_decref(findings);
	return value;
}

/* ---- facts ---- */

static bool is_late(const struct form_session *session)
{
	char today[CLOCK_DAY_SIZE], day[CLOCK_DAY_SIZE];
	int64_t occurred;

	if (session->record->number != NULL)
		return session->record->late;
	occurred = form_session_occurred(session);
	if (session->form->due_count == 0 || occurred == 0)
		return false;
	return strcmp(clock_day(occurred, day), clock_day(session_now(session), today)) < 0;
}

static json_t *text_or_null(const char *text)
{
	return text == NULL ? json_null() : json_string(text);
}

static json_t *fact_of(const struct scope *scope, enum fact fact)
{
	const struct form_session *session = scope->session;
	const struct record *record = session->record;
	char buffer[CLOCK_LOCAL_SIZE], day[CLOCK_DAY_SIZE];

	switch (fact) {
	case FACT_NOW:
		return json_string(clock_local(session_now(session), buffer));
	case FACT_TODAY:
		return json_string(clock_day(session_now(session), day));
	case FACT_ME:
		return text_or_null(session->actor->person);
	case FACT_MY_DEPARTMENT:
		return text_or_null(session->actor->department);
	case FACT_STATE:
		return text_or_null(record->state);
	case FACT_APPLICANT:
		return text_or_null(record->applicant);
	case FACT_DEPARTMENT:
		return text_or_null(record->department);
	case FACT_NUMBER:
		return text_or_null(record->number);
	case FACT_FILING_NUMBER:
		return text_or_null(record->filing_number);
	case FACT_IS_NEW:
		return json_integer(record->id == 0);
	case FACT_LATE:
		return json_integer(is_late(session));
	default:
		return text_or_null(scope->reason);
	}
}

/* ---- names ---- */

/* A rule may ask for its own cell's value even while the cell is hidden. */
static json_t *own_value(const struct form_session *session, struct cell cell)
{
	cell.part = CELL_VALUE;
	return json_incref((json_t *)body_value(session->form, session->body, cell));
}

static json_t *sibling_value(const struct form_session *session, struct cell cell, const struct field *sibling)
{
	const struct field *owner = &session->form->fields[cell.field];
	const struct cell other = cell_of_child(cell.field, cell.row, (int)(sibling - owner->children));

	if (other.child != cell.child &&
	    !child_is_visible(session, cell.field, cell.row < 0 ? 0 : (size_t)cell.row, (size_t)other.child))
		return NULL;
	return own_value(session, other);
}

/* What only a column's or item's rule knows. True if NAME is one of that. */
static bool lookup_in_row(const struct form_session *session, struct cell cell, const char *name, json_t **value)
{
	const struct field *owner = &session->form->fields[cell.field];
	const struct field *sibling = field_child(owner, name);

	if (sibling != NULL) {
		*value = sibling_value(session, cell, sibling);
		return true;
	}
	if (strcmp(name, "row") == 0) {
		*value = json_integer(cell.row + 1);
		return true;
	}
	if (strcmp(name, "note") != 0 || owner->type != FIELD_CHECKLIST)
		return false;
	cell.part = CELL_NOTE;
	*value = json_incref((json_t *)body_value(session->form, session->body, cell));
	return true;
}

static json_t *lookup_count(const struct form_session *session, const char *name)
{
	for (size_t i = 0; i < session->form->field_count; i++) {
		enum count_kind kind;

		if (session->form->fields[i].type == FIELD_CHECKLIST &&
		    names_is_count(session->form->fields[i].key, name, &kind) && session_is_visible(session, (int)i))
			return counted(session, (int)i, kind);
	}
	return NULL;
}

json_t *scope_lookup(void *context, const char *name)
{
	const struct scope *scope = context;
	const struct form_session *session = scope->session;
	const struct field *field;
	enum fact fact;
	json_t *value;

	if (scope->cell.part != CELL_NONE && strcmp(name, "value") == 0)
		return own_value(session, scope->cell);
	if (scope->cell.child >= 0 && lookup_in_row(session, scope->cell, name, &value))
		return value;
	if (names_fact_parse(name, &fact))
		return fact_of(scope, fact);
	field = definition_field(session->form, name);
	if (field == NULL)
		return lookup_count(session, name);
	const int at = (int)(field - session->form->fields);
	if (!session_is_visible(session, at) && at != scope->cell.field)
		return NULL;
	return session_filed(session, at);
}

/* ---- rules ---- */

static void log_failure(const struct form_session *session, const struct rule *rule, const struct err *err)
{
	log_write(LOG_WARN, "form %s, line %d: a rule cannot be evaluated: %s", session->form->id, rule->line,
	          err->text);
}

json_t *session_evaluate(const struct form_session *session, const struct rule *rule, struct cell cell)
{
	struct scope scope = { .session = session, .cell = cell };
	struct err err = { .code = ERR_NONE };
	struct expression *expression;
	json_t *value;

	if (rule->expression == NULL)
		return json_null();
	expression = expression_get(session->evaluator, rule->expression, &err);
	if (expression != NULL && expression_value(expression, scope_lookup, &scope, &value, &err))
		return value;
	log_failure(session, rule, &err);
	return json_null();
}

bool session_holds(const struct form_session *session, const struct rule *rule, struct cell cell, bool fallback,
                   bool if_null)
{
	struct scope scope = { .session = session, .cell = cell };
	struct err err = { .code = ERR_NONE };
	struct expression *expression;
	enum truth truth;

	if (rule->expression == NULL)
		return fallback;
	expression = expression_get(session->evaluator, rule->expression, &err);
	if (expression != NULL && expression_truth(expression, scope_lookup, &scope, &truth, &err))
		return truth == TRUTH_NULL ? if_null : truth == TRUTH_TRUE;
	log_failure(session, rule, &err);
	return if_null;
}
