/* The group `workflow`: states, transitions, effects. */
#include "form/load_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/near.h"
#include "model/parts.h"

#define COUNT(words) (sizeof(words) / sizeof(words[0]))

/* ---- states ---- */

static void read_kind(struct reader *reader, const config_setting_t *setting, void *at)
{
	const char *name = read_string(reader, setting);
	enum state_kind *kind = at;
	struct near near;
	char *hint;

	/* If it is none, a kind that asks for nothing more. */
	*kind = STATE_DONE;
	if (name == NULL || state_kind_parse(name, kind))
		return;
	near_begin(&near, name);
	for (int i = 0; i < STATE_KIND_COUNT; i++)
		near_offer(&near, state_kind_name((enum state_kind)i));
	hint = near_words(&near);
	read_mistake(reader, setting, _("\"%s\" is no kind of state%s"), name, hint);
	free(hint);
}

#define AT(member) offsetof(struct state, member)
static const struct word state_words[] = {
	{ "key", read_key, AT(key), true },
	{ "label", read_text, AT(label), true },
	{ "label_en", read_text, AT(label_en), false },
	{ "kind", read_kind, AT(kind), true },
	{ "approved", read_flag, AT(approved), false },
	{ "who", read_texts, AT(who), false },
	{ "limit_hours", read_whole, AT(limit_hours), false },
	{ "limit_working", read_flag, AT(limit_working), false },
	{ "note", read_text, AT(note), false },
};
#undef AT

static void load_state(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct state *state = at;

	state->line = (int)config_setting_source_line(setting);
	read_group(reader, setting, state_words, COUNT(state_words), state);
}

static void read_states(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct workflow *workflow = at;

	workflow->states = read_list(reader, setting, sizeof(struct state), &workflow->state_count, load_state);
}

/* ---- effects ---- */

static const struct effect_kind_words {
	const char *name;
	int fewest, most;
} effect_kinds[EFFECT_KIND_COUNT] = {
#define X(name, text, fewest, most) [EFFECT_##name] = { text, fewest, most },
	EFFECTS(X)
#undef X
};

static void unknown_effect(struct reader *reader, const config_setting_t *setting, const char *name)
{
	struct near near;
	char *hint;

	near_begin(&near, name);
	for (int i = 0; i < EFFECT_KIND_COUNT; i++)
		near_offer(&near, effect_kinds[i].name);
	hint = near_words(&near);
	read_mistake(reader, setting, _("\"%s\" is no effect%s"), name, hint);
	free(hint);
}

static void check_count(struct reader *reader, const config_setting_t *setting, const struct effect_kind_words *kind,
                        int count)
{
	if (count >= kind->fewest && count <= kind->most)
		return;
	read_mistake(reader, setting, ngettext("the effect \"%s\" takes %d word after its name",
	                                       "the effect \"%s\" takes %d words after its name",
	                                       (unsigned long)kind->most),
	             kind->name, kind->most);
}

static void load_effect(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct effect *effect = at;
	char **words = NULL;
	int count = 0;

	effect->line = (int)config_setting_source_line(setting);
	read_texts(reader, setting, &words);
	while (words != NULL && words[count] != NULL)
		count++;
	if (count == 0)
		read_mistake(reader, setting, _("an effect must be [\"name\", ...]"));
	else if (!effect_kind_parse(words[0], &effect->kind))
		unknown_effect(reader, setting, words[0]);
	else
		check_count(reader, setting, &effect_kinds[effect->kind], count - 1);
	effect->name = count > 0 ? mem_text(words[0]) : NULL;
	effect->arg1 = count > 1 ? mem_text(words[1]) : NULL;
	effect->arg2 = count > 2 ? mem_text(words[2]) : NULL;
	texts_free(words);
}

static void read_effects(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct transition *transition = at;

	transition->effects = read_list(reader, setting, sizeof(struct effect), &transition->effect_count,
	                                load_effect);
}

/* ---- transitions ---- */

static void read_reason(struct reader *reader, const config_setting_t *setting, void *at)
{
	static const char *const modes[] = { [REASON_NONE] = "none", [REASON_MAY] = "may", [REASON_MUST] = "must" };
	const char *name = read_string(reader, setting);

	if (name == NULL)
		return;
	for (size_t i = 0; i < COUNT(modes); i++) {
		if (strcmp(name, modes[i]) != 0)
			continue;
		*(enum reason_mode *)at = (enum reason_mode)i;
		return;
	}
	read_mistake(reader, setting, _("\"%s\" is none of: none, may, must"), name);
}

static void read_gates(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct transition *transition = at;

	transition->gates = read_list(reader, setting, sizeof(struct rule), &transition->gate_count, load_rule);
}

#define AT(member) offsetof(struct transition, member)
static const struct word transition_words[] = {
	{ "action", read_key, AT(action), true },
	{ "label", read_text, AT(label), true },
	{ "label_en", read_text, AT(label_en), false },
	{ "from", read_texts, AT(from), true },
	{ "to", read_text, AT(to), true },
	{ "who", read_texts, AT(who), true },
	{ "when", read_expression, AT(when), false },
	{ "check_all", read_flag, AT(check_all), false },
	{ "require", read_texts, AT(require), false },
	{ "gates", read_gates, 0, false },
	{ "not_same_as", read_texts, AT(not_same_as), false },
	{ "reason", read_reason, AT(reason), false },
	{ "reason_min", read_whole, AT(reason_min), false },
	{ "reason_default", read_text, AT(reason_default), false },
	{ "phrases", read_text, AT(phrases), false },
	{ "sign", read_flag, AT(sign), false },
	{ "confirm", read_flag, AT(confirm), false },
	{ "primary", read_flag, AT(primary), false },
	{ "effects", read_effects, 0, false },
};
#undef AT

static void load_transition(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct transition *transition = at;

	transition->line = (int)config_setting_source_line(setting);
	read_group(reader, setting, transition_words, COUNT(transition_words), transition);
}

static void read_transitions(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct workflow *workflow = at;

	workflow->transitions = read_list(reader, setting, sizeof(struct transition), &workflow->transition_count,
	                                  load_transition);
}

static const struct word workflow_words[] = {
	{ "states", read_states, 0, true },
	{ "transitions", read_transitions, 0, true },
};

void load_workflow(struct reader *reader, const config_setting_t *setting, void *at)
{
	read_group(reader, setting, workflow_words, COUNT(workflow_words), at);
}
