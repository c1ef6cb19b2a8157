/* What is wrong, what is missing, and whether a step may be taken. */
#include "form/session_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/value.h"

/* ---- the list of faults ---- */

struct faults {
	struct form_fault *items;
	size_t count;
};

char *session_cell_name(const struct form_session *session, struct cell cell)
{
	const struct field *field = session_field(session, cell);
	const struct field *owner;

	if (field == NULL)
		return mem_text("");
	owner = &session->form->fields[cell.field];
	if (cell.row >= 0 && cell.child >= 0)
		return str_format(_("%s, row %d, %s"), field_label(owner), cell.row + 1, field_label(field));
	if (cell.row >= 0)
		return str_format(_("%s, row %d"), field_label(owner), cell.row + 1);
	if (cell.part == CELL_NOTE)
		return str_format(_("%s (description)"), field_label(field));
	return mem_text(field_label(field));
}

static void add_fault(struct faults *faults, const struct form_session *session, struct cell cell, bool is_warning,
                      const char *text)
{
	char *name = session_cell_name(session, cell);

	faults->items = mem_resize(faults->items, faults->count + 1, sizeof(struct form_fault));
	faults->items[faults->count++] = (struct form_fault){
		.cell = cell,
		.is_warning = is_warning,
		.text = *name == '\0' ? mem_text(text) : str_format(_("%s: %s"), name, text),
	};
	free(name);
}

void form_faults_free(struct form_fault **faults, size_t count)
{
	for (size_t i = 0; *faults != NULL && i < count; i++)
		free((*faults)[i].text);
	free(*faults);
	*faults = NULL;
}

/* ---- what a transition asks for ---- */

enum demand { DEMAND_NONE, DEMAND_AS_REQUIRED, DEMAND_FILLED };

static bool names_section(const struct definition *form, const char *word, size_t field)
{
	static const char prefix[] = "section:";
	const struct section *section = definition_section_of(form, &form->fields[field]);

	return strncmp(word, prefix, strlen(prefix)) == 0 && str_equal(word + strlen(prefix), section->key);
}

static enum demand demand_of(const struct form_session *session, const struct transition *transition, size_t field)
{
	enum demand demand = DEMAND_NONE;

	if (transition == NULL)
		return DEMAND_NONE;
	if (transition->check_all && session->fields[field].in_state)
		demand = DEMAND_AS_REQUIRED;
	for (size_t i = 0; transition->require != NULL && transition->require[i] != NULL; i++) {
		if (str_equal(transition->require[i], session->form->fields[field].key))
			return DEMAND_FILLED;
		if (names_section(session->form, transition->require[i], field))
			demand = DEMAND_AS_REQUIRED;
	}
	return demand;
}

/* What a step itself will fill (by an effect) nobody can be asked for. */
static bool is_filled_by_effect(const struct transition *transition, const struct field *field)
{
	for (size_t i = 0; transition != NULL && i < transition->effect_count; i++) {
		const struct effect *effect = &transition->effects[i];

		if ((effect->kind == EFFECT_SET || effect->kind == EFFECT_STAMP) &&
		    str_equal(effect->arg1, field->key))
			return true;
	}
	return false;
}

static bool can_be_filled(const struct field *field)
{
	return !field->read_only || field->compute.expression != NULL || field->default_value.expression != NULL;
}

static bool lacks(const struct form_session *session, struct cell cell, const struct slot *slot, enum demand demand)
{
	const struct field *field = session_field(session, cell);

	if (demand == DEMAND_FILLED && cell.child < 0 && field->type != FIELD_CHECKLIST)
		return slot->is_missing || (value_is_empty(body_value(session->form, session->body, cell)) &&
		                            body_raw(session->form, session->body, cell) == NULL);
	return demand != DEMAND_NONE && slot->is_missing && can_be_filled(field);
}

static const char *missing_text(const struct field *field)
{
	return field->type == FIELD_TABLE ? _("there are too few rows") : _("must be filled in");
}

/* One cell's faults, of its value and then of its note. */
static void collect_cell(const struct form_session *session, struct cell cell, enum demand demand,
                         struct faults *faults)
{
	const struct slot *slot = session_slot(session, cell);
	struct cell note = cell;

	note.part = CELL_NOTE;
	if (lacks(session, cell, slot, demand))
		add_fault(faults, session, cell, false, missing_text(session_field(session, cell)));
	for (size_t i = 0; i < slot->fault_count; i++)
		if (!slot->faults[i].of_note)
			add_fault(faults, session, cell, slot->faults[i].is_warning, slot->faults[i].text);
	if (demand != DEMAND_NONE && slot->misses_note)
		add_fault(faults, session, note, false, _("what is out of order must be described"));
	for (size_t i = 0; i < slot->fault_count; i++)
		if (slot->faults[i].of_note)
			add_fault(faults, session, note, slot->faults[i].is_warning, slot->faults[i].text);
}

static void collect_field(const struct form_session *session, size_t at, const struct transition *transition,
                          struct faults *faults)
{
	const struct field *field = &session->form->fields[at];
	const struct field_state *state = &session->fields[at];
	enum demand demand = demand_of(session, transition, at);
	struct cell cell = cell_of_field((int)at);

	if (!session_is_visible(session, (int)at))
		return;
	if (is_filled_by_effect(transition, field))
		demand = DEMAND_NONE;
	if (field->type == FIELD_TABLE || field->type == FIELD_CHECKLIST)
		cell.part = CELL_HEAD;
	collect_cell(session, cell, demand, faults);
	for (size_t i = 0; i < state->rows; i++)
		for (size_t j = 0; j < field->child_count; j++) {
			cell = cell_of_child((int)at, field->type == FIELD_TABLE ? (int)i : -1, (int)j);
			if (session_slot(session, cell)->is_visible)
				collect_cell(session, cell, demand, faults);
		}
}

static const struct cell no_cell = { .field = -1, .row = -1, .child = -1, .part = CELL_NONE };

static void collect_gates(const struct form_session *session, const struct transition *transition,
                          struct faults *faults)
{
	for (size_t i = 0; transition != NULL && i < transition->gate_count; i++)
		if (!session_holds(session, &transition->gates[i], no_cell, true, false))
			add_fault(faults, session, no_cell, transition->gates[i].is_warning,
			          transition->gates[i].message);
}

/* What another program wrote and no field takes must not be lost in silence. */
static void collect_strangers(const struct form_session *session, struct faults *faults)
{
	const char *key;
	json_t *value;

	json_object_foreach(session->body, key, value) {
		char *text;

		if (*key == '_' || definition_field(session->form, key) != NULL)
			continue;
		text = str_format(_("The form has no field \"%s\"."), key);
		add_fault(faults, session, no_cell, false, text);
		free(text);
	}
}

size_t form_session_faults(const struct form_session *session, const struct transition *transition,
                           struct form_fault **faults)
{
	struct faults all = { .items = NULL };

	for (size_t i = 0; i < session->form->field_count; i++)
		collect_field(session, i, transition, &all);
	collect_strangers(session, &all);
	collect_gates(session, transition, &all);
	*faults = all.items;
	return all.count;
}

bool form_session_may_pass(const struct form_session *session, const struct transition *transition)
{
	struct form_fault *faults;
	const size_t count = form_session_faults(session, transition, &faults);
	bool good = true;

	for (size_t i = 0; i < count; i++)
		good = good && faults[i].is_warning;
	form_faults_free(&faults, count);
	return good;
}

/* ---- transitions ---- */

bool form_session_offers(const struct form_session *session, const struct transition *transition)
{
	return workflow_starts_in(&session->form->workflow, transition, session->record->state) &&
	       session_holds(session, &transition->when, no_cell, true, false);
}

const struct transition *form_session_transition(const struct form_session *session, const char *action)
{
	const struct workflow *workflow = &session->form->workflow;

	for (size_t i = 0; i < workflow->transition_count; i++)
		if (str_equal(workflow->transitions[i].action, action) &&
		    form_session_offers(session, &workflow->transitions[i]))
			return &workflow->transitions[i];
	return NULL;
}

/* The value that the effect gives FIELD; NULL with ERR if the expression fails. */
static json_t *effect_value(const struct form_session *session, const struct effect *effect,
                            const struct field *field, const char *reason, struct err *err)
{
	const char *text = effect->kind == EFFECT_STAMP ? ":now" : effect->arg2;
	struct scope scope = { .session = session, .cell = no_cell, .reason = reason };
	struct expression *expression = expression_get(session->evaluator, text, err);
	json_t *result = NULL, *value;

	if (expression == NULL || !expression_value(expression, scope_lookup, &scope, &result, err))
		return NULL;
	value = value_from_expression(field, result, session_now(session));
	json_decref(result);
	return value;
}

bool form_session_apply_effect(struct form_session *session, const struct effect *effect, const char *reason,
                               struct err *err)
{
	const struct field *field;
	json_t *value;
	struct cell cell;

	if (effect->kind != EFFECT_SET && effect->kind != EFFECT_CLEAR && effect->kind != EFFECT_STAMP)
		return true;
	field = definition_field(session->form, effect->arg1);
	if (field == NULL)
		return err_set(err, ERR_REFUSED, _("The form has no field \"%s\"."), effect->arg1);
	value = effect->kind == EFFECT_CLEAR ? json_null() : effect_value(session, effect, field, reason, err);
	if (value == NULL)
		return err_prefix(err, _("The form \"%s\", line %d"), session->form->id, effect->line);
	cell = cell_of_field((int)(field - session->form->fields));
	session_change(session, body_with(session->form, session->body, cell, value, NULL), cell);
	return true;
}

/* ---- what follows ---- */

bool form_session_follows(const struct form_session *session, const struct follow *follow)
{
	return session_holds(session, &follow->when, no_cell, true, false);
}

json_t *form_session_presets(const struct form_session *session, const struct follow *follow, struct err *err)
{
	struct scope scope = { .session = session, .cell = no_cell };
	json_t *body = json_object();

	for (size_t i = 0; i < follow->preset_count; i++) {
		const struct preset *preset = &follow->presets[i];
		struct expression *expression = expression_get(session->evaluator, preset->value.expression, err);
		json_t *value = NULL;

		if (expression == NULL || !expression_value(expression, scope_lookup, &scope, &value, err)) {
			err_prefix(err, _("The form \"%s\", line %d"), session->form->id, preset->value.line);
			json_decref(body);
			return NULL;
		}
		if (!value_is_empty(value))
			json_object_set(body, preset->key, value);
		json_decref(value);
	}
	return body;
}

/* ---- how far ---- */

static void count_cell(const struct form_session *session, struct cell cell, struct form_completion *completion)
{
	const struct slot *slot = session_slot(session, cell);
	const json_t *value = body_value(session->form, session->body, cell);

	if (cell.part == CELL_NOTE) {
		completion->required += slot->needs_note;
		completion->required_filled += slot->needs_note && !slot->misses_note;
	} else {
		completion->required += slot->is_required;
		completion->required_filled += slot->is_required && !slot->is_missing;
	}
	completion->fields++;
	completion->filled += !value_is_empty(value) || body_raw(session->form, session->body, cell) != NULL;
	for (size_t i = 0; i < slot->fault_count; i++)
		completion->faults += !slot->faults[i].is_warning && slot->faults[i].of_note == (cell.part == CELL_NOTE);
}

struct form_completion form_session_completion(const struct form_session *session, size_t section)
{
	struct form_completion completion = { .fields = 0 };
	struct cell *cells;
	const size_t count = form_session_cells(session, section, &cells);

	for (size_t i = 0; i < count; i++) {
		/* The caption of a check list is no cell of its own; that of a table stands for its rows. */
		if (cells[i].part == CELL_HEAD && session->form->fields[cells[i].field].type == FIELD_CHECKLIST)
			continue;
		count_cell(session, cells[i], &completion);
	}
	free(cells);
	return completion;
}
