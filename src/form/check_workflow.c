/* States that can be reached and left, transitions that lead somewhere. */
#include "form/load_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/near.h"

#define MISTAKE(checker, line, ...) mistake_add((checker)->mistakes, (checker)->file, line, __VA_ARGS__)

/* ---- effects ---- */

static void check_stamp(struct checker *checker, const struct field *field, int line)
{
	if (field != NULL && field->type != FIELD_DATE && field->type != FIELD_DATETIME && field->type != FIELD_TIME)
		MISTAKE(checker, line, _("stamp needs a field of type date, datetime or time"));
}

static void check_effect(struct checker *checker, const struct effect *effect)
{
	switch (effect->kind) {
	case EFFECT_SET:
		check_key(checker, effect->arg1, effect->line);
		check_expression(checker, effect->arg2, effect->line, NULL, NULL);
		break;
	case EFFECT_CLEAR:
		check_key(checker, effect->arg1, effect->line);
		break;
	case EFFECT_STAMP:
		check_stamp(checker, check_key(checker, effect->arg1, effect->line), effect->line);
		break;
	case EFFECT_OPEN:
		if (effect->arg1 != NULL && definition_follow(checker->form, effect->arg1) == NULL)
			MISTAKE(checker, effect->line, _("there is no `follow` for the form \"%s\""), effect->arg1);
		break;
	default:
		break;
	}
}

/* ---- transitions ---- */

static bool has_section(const struct definition *form, const char *key)
{
	for (size_t i = 0; i < form->section_count; i++)
		if (str_equal(form->sections[i].key, key))
			return true;
	return false;
}

static void check_require(struct checker *checker, const struct transition *transition)
{
	static const char prefix[] = "section:";

	for (size_t i = 0; transition->require != NULL && transition->require[i] != NULL; i++) {
		const char *key = transition->require[i];

		if (strncmp(key, prefix, strlen(prefix)) != 0)
			check_key(checker, key, transition->line);
		else if (!has_section(checker->form, key + strlen(prefix)))
			MISTAKE(checker, transition->line, _("there is no section \"%s\""), key + strlen(prefix));
	}
}

static void check_earlier_actions(struct checker *checker, const struct transition *transition)
{
	const struct workflow *workflow = &checker->form->workflow;

	for (size_t i = 0; transition->not_same_as != NULL && transition->not_same_as[i] != NULL; i++) {
		bool found = false;
		struct near near;
		char *hint;

		near_begin(&near, transition->not_same_as[i]);
		for (size_t j = 0; j < workflow->transition_count; j++) {
			const char *action = workflow->transitions[j].action;

			found = found || str_equal(action, transition->not_same_as[i]);
			if (action != NULL)
				near_offer(&near, action);
		}
		hint = near_words(&near);
		if (!found)
			MISTAKE(checker, transition->line, _("there is no action \"%s\"%s"),
			        transition->not_same_as[i], hint);
		free(hint);
	}
}

static bool share_a_state(const struct workflow *workflow, const struct transition *a, const struct transition *b)
{
	for (size_t i = 0; i < workflow->state_count; i++)
		if (workflow->states[i].key != NULL && workflow_starts_in(workflow, a, workflow->states[i].key) &&
		    workflow_starts_in(workflow, b, workflow->states[i].key))
			return true;
	return false;
}

/* Of two with the same action the first must not always win. */
static void check_rivals(struct checker *checker, const struct transition *transition)
{
	const struct workflow *workflow = &checker->form->workflow;

	for (const struct transition *other = workflow->transitions; other < transition; other++)
		if (transition->action != NULL && str_equal(other->action, transition->action) &&
		    other->when.expression == NULL && share_a_state(workflow, other, transition))
			MISTAKE(checker, transition->line,
			        _("\"%s\" is never taken: the one in line %d has the same action and no `when`"),
			        transition->action, other->line);
}

static void check_ends(struct checker *checker, const struct transition *transition)
{
	char *const to[] = { transition->to, NULL };

	check_states(checker, transition->from, transition->line);
	if (transition->from != NULL && transition->from[0] == NULL)
		MISTAKE(checker, transition->line, _("from names no state"));
	if (transition->to != NULL && strcmp(transition->to, "*") == 0)
		MISTAKE(checker, transition->line, _("to must be one state, or \"=\""));
	else if (transition->to != NULL && strcmp(transition->to, "=") != 0)
		check_states(checker, to, transition->line);
}

static void check_transition(struct checker *checker, const struct transition *transition)
{
	check_ends(checker, transition);
	check_roles(checker, transition->who, transition->line);
	if (transition->who != NULL && transition->who[0] == NULL)
		MISTAKE(checker, transition->line, _("who names nobody"));
	check_rule(checker, &transition->when, NULL, NULL);
	for (size_t i = 0; i < transition->gate_count; i++)
		check_rule(checker, &transition->gates[i], NULL, NULL);
	check_require(checker, transition);
	check_earlier_actions(checker, transition);
	check_rivals(checker, transition);
	check_phrases(checker, transition->phrases, transition->line);
	for (size_t i = 0; i < transition->effect_count; i++)
		check_effect(checker, &transition->effects[i]);
}

/* ---- states ---- */

static bool is_underway(const struct state *state)
{
	return state->kind == STATE_DRAFT || state->kind == STATE_OPEN || state->kind == STATE_SUSPENDED;
}

/* Marks what can be reached from state AT. */
static void reach(const struct workflow *workflow, size_t at, bool *reached)
{
	reached[at] = true;
	for (size_t i = 0; i < workflow->transition_count; i++) {
		const struct transition *transition = &workflow->transitions[i];
		const struct state *to = workflow_state(workflow, transition->to);

		if (to != NULL && !reached[to - workflow->states] && workflow->states[at].key != NULL &&
		    workflow_starts_in(workflow, transition, workflow->states[at].key))
			reach(workflow, (size_t)(to - workflow->states), reached);
	}
}

static bool can_be_left(const struct workflow *workflow, const struct state *state)
{
	for (size_t i = 0; i < workflow->transition_count; i++)
		if (!str_equal(workflow->transitions[i].to, "=") &&
		    workflow_starts_in(workflow, &workflow->transitions[i], state->key))
			return true;
	return false;
}

static void check_reach(struct checker *checker)
{
	const struct workflow *workflow = &checker->form->workflow;
	bool *reached = mem_zeroed(workflow->state_count, sizeof(bool));

	reach(workflow, 0, reached);
	for (size_t i = 0; i < workflow->state_count; i++) {
		const struct state *state = &workflow->states[i];

		if (state->key == NULL)
			continue;
		if (!reached[i])
			MISTAKE(checker, state->line, _("no transition leads to the state \"%s\""), state->key);
		else if (is_underway(state) && !can_be_left(workflow, state))
			MISTAKE(checker, state->line, _("no transition leads out of the state \"%s\""), state->key);
	}
	free(reached);
}

static void check_each_state(struct checker *checker)
{
	const struct workflow *workflow = &checker->form->workflow;

	for (size_t i = 0; i < workflow->state_count; i++) {
		const struct state *state = &workflow->states[i];

		check_roles(checker, state->who, state->line);
		for (size_t j = 0; j < i; j++)
			if (state->key != NULL && str_equal(workflow->states[j].key, state->key))
				MISTAKE(checker, state->line, _("the state \"%s\" is there twice"), state->key);
	}
	if (workflow->state_count > 0 && workflow->states[0].kind != STATE_DRAFT)
		MISTAKE(checker, workflow->states[0].line, _("the first state must be of the kind draft"));
}

static void check_numbering(struct checker *checker)
{
	const struct workflow *workflow = &checker->form->workflow;

	for (size_t i = 0; i < workflow->transition_count; i++)
		for (size_t j = 0; j < workflow->transitions[i].effect_count; j++)
			if (str_equal(workflow->transitions[i].effects[j].name, "number"))
				return;
	if (workflow->transition_count > 0)
		MISTAKE(checker, workflow->transitions[0].line,
		        _("no transition has the effect [\"number\"], so no record would get one"));
}

void check_workflow(struct checker *checker)
{
	const struct workflow *workflow = &checker->form->workflow;

	/* Without states there is nothing to lead anywhere, and that has been told. */
	if (workflow->state_count == 0)
		return;
	check_each_state(checker);
	for (size_t i = 0; i < workflow->transition_count; i++)
		check_transition(checker, &workflow->transitions[i]);
	check_reach(checker);
	check_numbering(checker);
}
