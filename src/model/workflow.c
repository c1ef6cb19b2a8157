#include "model/workflow.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/text.h"
#include "model/parts.h"

static const char *const kind_names[STATE_KIND_COUNT] = {
#define X(name, text) [STATE_##name] = text,
	STATE_KINDS(X)
#undef X
};

static const char *const effect_names[EFFECT_KIND_COUNT] = {
#define X(name, text, fewest, most) [EFFECT_##name] = text,
	EFFECTS(X)
#undef X
};

static bool find_name(const char *const *names, int count, const char *name, int *found)
{
	for (int i = 0; i < count; i++) {
		if (!str_equal(names[i], name))
			continue;
		*found = i;
		return true;
	}
	return false;
}

bool effect_kind_parse(const char *name, enum effect_kind *kind)
{
	int found;

	if (!find_name(effect_names, EFFECT_KIND_COUNT, name, &found))
		return false;
	*kind = (enum effect_kind)found;
	return true;
}

bool state_kind_parse(const char *name, enum state_kind *kind)
{
	int found;

	if (!find_name(kind_names, STATE_KIND_COUNT, name, &found))
		return false;
	*kind = (enum state_kind)found;
	return true;
}

const char *state_kind_name(enum state_kind kind)
{
	return kind_names[kind];
}

const char *state_label(const struct state *state)
{
	return text_is_english() && state->label_en != NULL ? state->label_en : state->label;
}

const char *transition_label(const struct transition *transition)
{
	return text_is_english() && transition->label_en != NULL ? transition->label_en : transition->label;
}

const char *timer_label(const struct timer *timer)
{
	return text_is_english() && timer->label_en != NULL ? timer->label_en : timer->label;
}

const struct state *workflow_state(const struct workflow *workflow, const char *key)
{
	for (size_t i = 0; i < workflow->state_count; i++)
		if (str_equal(workflow->states[i].key, key))
			return &workflow->states[i];
	return NULL;
}

bool workflow_starts_in(const struct workflow *workflow, const struct transition *transition, const char *state)
{
	const struct state *from = workflow_state(workflow, state);

	for (size_t i = 0; transition->from != NULL && transition->from[i] != NULL; i++) {
		if (str_equal(transition->from[i], state))
			return true;
		/* "*" is any state in which work goes on, not a draft and not an end. */
		if (str_equal(transition->from[i], "*") && from != NULL &&
		    (from->kind == STATE_OPEN || from->kind == STATE_SUSPENDED))
			return true;
	}
	return false;
}

const struct transition *workflow_transition(const struct workflow *workflow, const char *from, const char *action)
{
	for (size_t i = 0; i < workflow->transition_count; i++) {
		const struct transition *transition = &workflow->transitions[i];

		if (str_equal(transition->action, action) && workflow_starts_in(workflow, transition, from))
			return transition;
	}
	return NULL;
}

bool workflow_list_has(char *const *list, const char *key)
{
	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		if (str_equal(list[i], "*") || str_equal(list[i], key))
			return true;
	return false;
}

/* ---- freeing ---- */

static void state_release(struct state *state)
{
	free(state->key);
	free(state->label);
	free(state->label_en);
	free(state->note);
	texts_free(state->who);
}

static void transition_release(struct transition *transition)
{
	char *const texts[] = { transition->action, transition->label, transition->label_en, transition->to,
				transition->reason_default, transition->phrases };
	char **const lists[] = { transition->from, transition->who, transition->not_same_as,
				 transition->require };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(texts[i]);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		texts_free(lists[i]);
	for (size_t i = 0; i < transition->gate_count; i++)
		rule_release(&transition->gates[i]);
	free(transition->gates);
	rule_release(&transition->when);
	for (size_t i = 0; i < transition->effect_count; i++) {
		free(transition->effects[i].name);
		free(transition->effects[i].arg1);
		free(transition->effects[i].arg2);
	}
	free(transition->effects);
}

void workflow_release(struct workflow *workflow)
{
	for (size_t i = 0; i < workflow->state_count; i++)
		state_release(&workflow->states[i]);
	for (size_t i = 0; i < workflow->transition_count; i++)
		transition_release(&workflow->transitions[i]);
	free(workflow->states);
	free(workflow->transitions);
	*workflow = (struct workflow){ .states = NULL };
}
