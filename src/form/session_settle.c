/*
 * What hangs on a change: hidden and shown, computed and default values, then
 * what is required and what is wrong. Only rules that name something changed
 * are evaluated again.
 */
#include "form/session_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/value.h"

/* Values that set each other in a circle stop here; a longer chain than this is no form. */
enum { MOST_ROUNDS = 12 };

/* Which fields have changed. */
struct dirt {
	bool all; /* time has passed, too */
	bool *fields;
	size_t count;
};

/* ---- rights ---- */

void session_find_rights(struct form_session *session)
{
	for (size_t i = 0; i < session->form->field_count; i++) {
		const struct field *field = &session->form->fields[i];

		session->fields[i].in_state = permission_editable_in(session->form, field, session->record->state);
		session->fields[i].may_fill =
			permission_may_fill(session->form, field, session->actor, session->record);
	}
}

bool session_may_edit(const struct form_session *session, struct cell cell)
{
	const struct field *field = session_field(session, cell);
	const struct field *owner = cell.child >= 0 ? &session->form->fields[cell.field] : NULL;

	if (field == NULL || field->read_only || (owner != NULL && owner->read_only))
		return false;
	return permission_may_edit(session->form, field, session->actor, session->record);
}

/* ---- slots ---- */

static void clear_faults(struct slot *slot)
{
	for (size_t i = 0; i < slot->fault_count; i++)
		free(slot->faults[i].text);
	free(slot->faults);
	slot->faults = NULL;
	slot->fault_count = 0;
}

static void slot_release(struct slot *slot)
{
	clear_faults(slot);
	json_decref(slot->given);
}

static void release_children(struct field_state *state, size_t child_count)
{
	for (size_t i = 0; i < state->rows * child_count; i++)
		slot_release(&state->children[i]);
	free(state->children);
	state->children = NULL;
	state->rows = 0;
}

void session_release_slots(struct form_session *session)
{
	for (size_t i = 0; i < session->form->field_count; i++) {
		release_children(&session->fields[i], session->form->fields[i].child_count);
		slot_release(&session->fields[i].self);
	}
}

void session_forget_defaults(struct form_session *session)
{
	for (size_t i = 0; i < session->form->field_count; i++) {
		struct field_state *state = &session->fields[i];

		json_decref(state->self.given);
		state->self.given = NULL;
		for (size_t j = 0; j < state->rows * session->form->fields[i].child_count; j++) {
			json_decref(state->children[j].given);
			state->children[j].given = NULL;
		}
	}
}

static size_t rows_of(const struct form_session *session, size_t field)
{
	switch (session->form->fields[field].type) {
	case FIELD_TABLE:
		return body_rows(session->form, session->body, (int)field);
	case FIELD_CHECKLIST:
		return 1;
	default:
		return 0;
	}
}

/* After rows have come or gone the slots of all are made anew. */
static void fit_rows(struct form_session *session, size_t field)
{
	struct field_state *state = &session->fields[field];
	const size_t child_count = session->form->fields[field].child_count;
	const size_t rows = rows_of(session, field);

	if (state->rows == rows)
		return;
	release_children(state, child_count);
	state->rows = rows;
	state->children = rows == 0 ? NULL : mem_zeroed(rows * child_count, sizeof(struct slot));
	for (size_t i = 0; i < rows * child_count; i++)
		state->children[i].is_visible = true;
}

void session_reset_rows(struct form_session *session, int field)
{
	release_children(&session->fields[field], session->form->fields[field].child_count);
	fit_rows(session, (size_t)field);
}

struct slot *session_slot(const struct form_session *session, struct cell cell)
{
	struct field_state *state;
	size_t row;

	if (cell.field < 0 || (size_t)cell.field >= session->form->field_count)
		return NULL;
	state = &session->fields[cell.field];
	if (cell.child < 0)
		return &state->self;
	row = cell.row < 0 ? 0 : (size_t)cell.row;
	return row < state->rows ? &state->children[row * session->form->fields[cell.field].child_count +
	                                            (size_t)cell.child] :
	                           NULL;
}

/* The slot of a cell that is known to be there: settling walks over what the form has. */
static __attribute__((returns_nonnull)) struct slot *own_slot(const struct form_session *session, struct cell cell)
{
	struct slot *slot = session_slot(session, cell);

	if (slot == NULL)
		abort();
	return slot;
}

/* ---- what a rule hangs on ---- */

static bool name_is_dirty(const struct form_session *session, const struct dirt *dirt, const char *name)
{
	for (size_t i = 0; i < session->form->field_count; i++) {
		const struct field *field = &session->form->fields[i];

		if (!dirt->fields[i])
			continue;
		if (strcmp(field->key, name) == 0 ||
		    (field->type == FIELD_CHECKLIST && names_is_count(field->key, name, NULL)))
			return true;
		/* Whether a record is late follows from when it happened. */
		if (strcmp(name, names_fact(FACT_LATE)) == 0 && str_equal(field->key, session->form->occurred_field))
			return true;
	}
	return false;
}

/* OWN: the field whose rule it is (or its table); -1 for a section's. */
static bool touches(const struct form_session *session, const struct dirt *dirt, const struct rule *rule, int own)
{
	const struct expression *expression;

	if (rule->expression == NULL)
		return false;
	if (dirt->all || (own >= 0 && dirt->fields[own]))
		return true;
	expression = expression_get(session->evaluator, rule->expression, NULL);
	for (size_t i = 0; expression != NULL && i < expression_name_count(expression); i++)
		if (name_is_dirty(session, dirt, expression_name(expression, i)))
			return true;
	return false;
}

/* ---- values that follow ---- */

static void set_value(struct form_session *session, struct cell cell, json_t *value, struct dirt *next)
{
	json_t *body = body_with(session->form, session->body, cell, value, NULL);

	json_decref(session->body);
	session->body = body;
	next->fields[cell.field] = true;
	next->count++;
}

static json_t *result_of(const struct form_session *session, const struct rule *rule, struct cell cell)
{
	json_t *result = session_evaluate(session, rule, cell);
	json_t *value = value_from_expression(session_field(session, cell), result, session_now(session));

	json_decref(result);
	return value;
}

static bool same(const json_t *a, const json_t *b)
{
	return value_is_empty(a) ? value_is_empty(b) : b != NULL && json_equal(a, b) != 0;
}

/* Nobody has put another value in the place of the default. */
static bool follows_default(const struct form_session *session, struct cell cell, const struct slot *slot)
{
	const json_t *value = body_value(session->form, session->body, cell);

	if (body_raw(session->form, session->body, cell) != NULL)
		return false;
	if (value == NULL)
		return value_is_empty(slot->given) || slot->given == NULL;
	return !value_is_empty(value) && same(value, slot->given);
}

static void settle_default(struct form_session *session, struct cell cell, const struct dirt *dirt, struct dirt *next)
{
	const struct field *field = session_field(session, cell);
	struct slot *slot = own_slot(session, cell);
	json_t *given;

	/* That time has passed changes no default. */
	if (slot->given != NULL && (dirt->all || !touches(session, dirt, &field->default_value, cell.field)))
		return;
	given = result_of(session, &field->default_value, cell);
	if (follows_default(session, cell, slot) &&
	    !same(body_value(session->form, session->body, cell), given))
		set_value(session, cell, value_is_empty(given) ? NULL : json_incref(given), next);
	json_decref(slot->given);
	slot->given = given;
}

static void settle_computed(struct form_session *session, struct cell cell, const struct dirt *dirt, struct dirt *next)
{
	const struct field *field = session_field(session, cell);
	struct slot *slot = own_slot(session, cell);
	const json_t *present = body_value(session->form, session->body, cell);
	/* A suggestion that was there before, or was changed by hand, stays until what it uses changes. */
	const bool keeps = !field->read_only && !slot->is_computed && present != NULL;
	json_t *value;

	if (slot->is_computed && !touches(session, dirt, &field->compute, cell.child >= 0 ? cell.field : -1))
		return;
	slot->is_computed = true;
	value = result_of(session, &field->compute, cell);
	if (!keeps && !same(present, value))
		set_value(session, cell, value_is_empty(value) ? NULL : json_incref(value), next);
	json_decref(value);
}

static void settle_visible(struct form_session *session, struct cell cell, const struct dirt *dirt, struct dirt *next)
{
	const struct field *field = session_field(session, cell);
	struct slot *slot = own_slot(session, cell);
	bool visible;

	if (!touches(session, dirt, &field->visible_if, cell.field))
		return;
	visible = session_holds(session, &field->visible_if, cell, true, false);
	if (visible == slot->is_visible)
		return;
	slot->is_visible = visible;
	next->fields[cell.field] = true;
	next->count++;
}

/* Found among the values, since what a check list lacks is a value, too. */
static void settle_required(struct form_session *session, struct cell cell, const struct dirt *dirt, struct dirt *next)
{
	const struct field *field = session_field(session, cell);
	struct slot *slot = own_slot(session, cell);
	bool required = field->required || field->min_rows > 0;

	if (!required && field->required_if.expression != NULL) {
		if (!touches(session, dirt, &field->required_if, cell.field))
			return;
		required = session_holds(session, &field->required_if, cell, false, false);
	}
	if (required == slot->is_required)
		return;
	slot->is_required = required;
	next->fields[cell.field] = true;
	next->count++;
}

static void settle_cell(struct form_session *session, struct cell cell, const struct dirt *dirt, struct dirt *next)
{
	const struct field *field = session_field(session, cell);
	const struct field_state *state = &session->fields[cell.field];

	settle_visible(session, cell, dirt, next);
	settle_required(session, cell, dirt, next);
	if (field->default_value.expression != NULL && state->may_fill)
		settle_default(session, cell, dirt, next);
	if (field->compute.expression != NULL && state->in_state)
		settle_computed(session, cell, dirt, next);
}

static void settle_field(struct form_session *session, size_t field, const struct dirt *dirt, struct dirt *next)
{
	const struct field *owner = &session->form->fields[field];
	const struct field_state *state = &session->fields[field];

	settle_cell(session, cell_of_field((int)field), dirt, next);
	fit_rows(session, field);
	for (size_t i = 0; i < state->rows; i++)
		for (size_t j = 0; j < owner->child_count; j++)
			settle_cell(session,
			            cell_of_child((int)field, owner->type == FIELD_TABLE ? (int)i : -1, (int)j), dirt,
			            next);
}

static void settle_section(struct form_session *session, size_t at, const struct dirt *dirt, struct dirt *next)
{
	const struct section *section = &session->form->sections[at];
	const struct cell none = { .field = -1, .row = -1, .child = -1, .part = CELL_NONE };
	bool visible;

	if (!touches(session, dirt, &section->visible_if, -1))
		return;
	visible = session_holds(session, &section->visible_if, none, true, false);
	if (visible == session->section_visible[at])
		return;
	session->section_visible[at] = visible;
	for (size_t i = 0; i < section->count; i++)
		next->fields[section->first + i] = true;
	next->count += section->count;
}

/* ---- what is required and what is wrong ---- */

/* Takes TEXT over. */
static void add_fault(struct slot *slot, char *text, bool is_warning, bool of_note)
{
	slot->faults = mem_resize(slot->faults, slot->fault_count + 1, sizeof(*slot->faults));
	slot->faults[slot->fault_count++] =
		(struct cell_fault){ .text = text, .is_warning = is_warning, .of_note = of_note };
}

static char *raw_fault(const struct form_session *session, const struct field *field, const char *raw)
{
	json_t *value = NULL;
	char *why = NULL;

	if (value_read(field, raw, session_now(session), &value, &why))
		why = mem_text(_("not read yet"));
	json_decref(value);
	return why;
}

static void find_value_fault(struct form_session *session, struct cell cell, struct slot *slot)
{
	const struct field *field = session_field(session, cell);
	const char *raw = body_raw(session->form, session->body, cell);
	const json_t *value = body_value(session->form, session->body, cell);
	char *fault = NULL;

	if (raw != NULL)
		fault = raw_fault(session, field, raw);
	else if (!value_is_empty(value))
		fault = value_fault(field, value, session_group(session, cell), evaluator_world(session->evaluator));
	if (fault != NULL)
		add_fault(slot, fault, false, false);
}

static void find_rule_faults(struct form_session *session, struct cell cell, struct slot *slot)
{
	const struct field *field = session_field(session, cell);

	for (size_t i = 0; i < field->check_count; i++)
		if (!session_holds(session, &field->checks[i], cell, true, true))
			add_fault(slot, mem_text(field->checks[i].message), field->checks[i].is_warning, false);
}

/* An item out of order must be described. */
static void find_note_fault(struct form_session *session, struct cell cell, struct slot *slot)
{
	const struct field *item = session_field(session, cell);
	const enum verdict verdict = field_verdict(item, body_value(session->form, session->body, cell));
	const char *note;

	cell.part = CELL_NOTE;
	note = json_string_value(body_value(session->form, session->body, cell));
	slot->needs_note = item->note_min > 0 &&
	                   (verdict == VERDICT_FAIL || (verdict == VERDICT_WARN && item->note_on_warn));
	slot->misses_note = slot->needs_note && !value_is_long_enough(note, 1);
	if (slot->needs_note && !slot->misses_note && !value_is_long_enough(note, item->note_min))
		add_fault(slot, str_format(_("describe it in at least %d characters"), item->note_min), false, true);
	if (value_is_long_enough(note, NOTE_MOST + 1))
		add_fault(slot, str_format(_("at most %d characters"), NOTE_MOST), false, true);
}

static void find_missing(struct form_session *session, struct cell cell, struct slot *slot)
{
	const struct field *field = session_field(session, cell);
	const json_t *value = body_value(session->form, session->body, cell);
	const size_t least = field->min_rows > 0 ? (size_t)field->min_rows : 1;

	if (field->type == FIELD_TABLE) {
		slot->is_missing = slot->is_required && json_array_size(value) < least;
	} else if (field->type == FIELD_CHECKLIST) {
		slot->is_missing = false; /* its items say what is */
	} else {
		slot->is_missing = slot->is_required && value_is_empty(value) &&
		                   body_raw(session->form, session->body, cell) == NULL;
	}
}

static void judge_cell(struct form_session *session, struct cell cell)
{
	struct slot *slot = own_slot(session, cell);
	const struct field *owner = &session->form->fields[cell.field];

	clear_faults(slot);
	slot->needs_note = slot->misses_note = false;
	find_missing(session, cell, slot);
	if (cell.child >= 0 && owner->type == FIELD_CHECKLIST)
		find_note_fault(session, cell, slot);
	/* What nobody may write now was judged when it was written. */
	if (!session->fields[cell.field].in_state || !session_is_visible(session, cell.field) || !slot->is_visible)
		return;
	find_value_fault(session, cell, slot);
	if (slot->fault_count == 0)
		find_rule_faults(session, cell, slot);
}

static bool is_touched(const struct form_session *session, struct cell cell, const struct dirt *dirt)
{
	const struct field *field = session_field(session, cell);

	if (dirt->all || dirt->fields[cell.field] || touches(session, dirt, &field->required_if, cell.field))
		return true;
	for (size_t i = 0; i < field->check_count; i++)
		if (touches(session, dirt, &field->checks[i], cell.field))
			return true;
	return field->choices_by != NULL && name_is_dirty(session, dirt, field->choices_by);
}

static void judge_field(struct form_session *session, size_t field, const struct dirt *dirt)
{
	const struct field *owner = &session->form->fields[field];
	struct cell cell = cell_of_field((int)field);

	if (is_touched(session, cell, dirt))
		judge_cell(session, cell);
	for (size_t i = 0; i < session->fields[field].rows; i++)
		for (size_t j = 0; j < owner->child_count; j++) {
			cell = cell_of_child((int)field, owner->type == FIELD_TABLE ? (int)i : -1, (int)j);
			if (is_touched(session, cell, dirt))
				judge_cell(session, cell);
		}
}

/* ---- the whole ---- */

/* One round: what hangs on DIRT; returns what changed by it in NEXT. */
static void settle_round(struct form_session *session, const struct dirt *dirt, struct dirt *next)
{
	const struct definition *form = session->form;

	memset(next->fields, 0, form->field_count * sizeof(bool));
	next->count = 0;
	for (size_t i = 0; i < form->section_count; i++)
		settle_section(session, i, dirt, next);
	for (size_t i = 0; i < form->field_count; i++)
		settle_field(session, i, dirt, next);
}

static struct dirt dirt_new(const struct form_session *session)
{
	return (struct dirt){ .fields = mem_zeroed(session->form->field_count + 1, sizeof(bool)) };
}

void session_settle(struct form_session *session, int field)
{
	const size_t count = session->form->field_count;
	struct dirt seen = dirt_new(session), fresh = dirt_new(session), next = dirt_new(session);

	seen.all = fresh.all = field == ALL_FIELDS;
	if (field != ALL_FIELDS)
		seen.fields[field] = fresh.fields[field] = true;
	for (int round = 0; round < MOST_ROUNDS; round++) {
		settle_round(session, &fresh, &next);
		if (next.count == 0)
			break;
		for (size_t i = 0; i < count; i++)
			seen.fields[i] = seen.fields[i] || next.fields[i];
		memcpy(fresh.fields, next.fields, count * sizeof(bool));
		fresh.all = false;
	}
	for (size_t i = 0; i < count; i++)
		judge_field(session, i, &seen);
	free(seen.fields);
	free(fresh.fields);
	free(next.fields);
}
