#include "ui/step.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/dialog.h"

struct step {
	struct desk *desk;
	struct step_options options;
	char *note, *password;
	bool confirmed;
	char complaint[160];
};

enum { REASON_CHARS = 300, PHRASES_MOST = 200 };

static void step_release(void *self)
{
	struct step *step = self;

	free(step->note);
	free(step->password);
	free(step);
}

static enum react next_question(struct step *step, struct loop *loop);

static enum react carry_out(struct step *step, struct loop *loop)
{
	const struct step_options *options = &step->options;
	struct act_request request = {
		.action = options->transition->action,
		.note = str_is_empty(step->note) ? NULL : step->note,
		.password = step->password,
	};
	struct act_result result = { 0 };
	struct err err = { 0 };
	bool ok;
	enum react react;

	if (options->edit)
		ok = act_on_edit(step->desk->office, desk_actor(step->desk), options->edit, &request, &result, &err);
	else
		ok = act_on_record(step->desk->office, desk_actor(step->desk), options->record, &request, &result, &err);
	react = options->done(options->owner, loop, &result, ok ? NULL : &err);
	act_result_release(&result);
	desk_answered(step->desk, step);
	return react;
}

static const char *judge_reason(void *owner, const char *text)
{
	struct step *step = owner;
	int least = step->options.transition->reason_min;

	if (step->options.transition->reason != REASON_MUST || utf8_chars(text) >= (size_t)(least > 0 ? least : 1))
		return NULL;
	char *words = str_format(ngettext("At least %d character, please.", "At least %d characters, please.", (unsigned long)least),
	                         least);
	str_copy(step->complaint, sizeof step->complaint, words);
	free(words);
	return step->complaint;
}

static enum react reason_given(void *owner, struct loop *loop, const char *text)
{
	struct step *step = owner;

	if (!text) {
		desk_answered(step->desk, step);
		return REACT_REDRAW;
	}
	step->note = mem_text(text);
	return next_question(step, loop);
}

/* The default stands first among the phrases: offered, never taken by itself. */
static void ask_reason(struct step *step, struct loop *loop)
{
	const struct transition *transition = step->options.transition;
	char *const *list = transition->phrases ? office_phrases(step->desk->office, transition->phrases) : NULL;
	const char *phrases[PHRASES_MOST];
	size_t count = 0;
	bool must = transition->reason == REASON_MUST;

	if (transition->reason_default)
		phrases[count++] = transition->reason_default;
	for (; list && *list && count < PHRASES_MOST; list++)
		if (!transition->reason_default || !str_equal(*list, transition->reason_default))
			phrases[count++] = *list;
	dialog_prompt(loop, &(struct prompt_options){
		.title = transition_label(transition),
		.text = must ? _("Opinion or reason (required). F3 offers phrases, F9 goes on.")
		             : _("Opinion or reason. F3 offers phrases, F9 goes on."),
		.max_chars = REASON_CHARS,
		.must = must,
		.phrases = phrases,
		.phrase_count = count,
		.check = judge_reason,
		.done = reason_given,
		.owner = step,
	});
}

static enum react password_given(void *owner, struct loop *loop, const char *text)
{
	struct step *step = owner;

	if (!text) {
		desk_answered(step->desk, step);
		return REACT_REDRAW;
	}
	step->password = mem_text(text);
	return next_question(step, loop);
}

static enum react confirmed(void *owner, struct loop *loop, bool yes)
{
	struct step *step = owner;

	if (!yes) {
		desk_answered(step->desk, step);
		return REACT_REDRAW;
	}
	step->confirmed = true;
	return next_question(step, loop);
}

static enum react next_question(struct step *step, struct loop *loop)
{
	const struct transition *transition = step->options.transition;

	if (transition->reason != REASON_NONE && !step->note) {
		ask_reason(step, loop);
	} else if (transition->sign && !step->password) {
		dialog_prompt(loop, &(struct prompt_options){
			.title = _("Signature"),
			.text = _("Your password, as your signature:"),
			.one_line = true, .masked = true, .must = true,
			.done = password_given, .owner = step,
		});
	} else if (transition->confirm && !step->confirmed) {
		char *text = str_format(_("%s: are you sure?"), transition_label(transition));

		dialog_confirm(loop, text, false, confirmed, step);
		free(text);
	} else {
		return carry_out(step, loop);
	}
	return REACT_PAINT;
}

enum react step_start(struct desk *desk, struct loop *loop, const struct step_options *options)
{
	struct step *step = mem_new(struct step);

	desk_ask(desk, step, step_release);
	step->desk = desk;
	step->options = *options;
	return next_question(step, loop);
}

void step_notice(struct loop *loop, const struct transition *transition, const struct act_result *result)
{
	if (result->filing_number)
		loop_notice(loop, STYLE_OK, _("%s: done. %s, filed as %s."), transition_label(transition),
		            result->number ? result->number : "", result->filing_number);
	else
		loop_notice(loop, STYLE_OK, _("%s: done. %s"), transition_label(transition), result->number ? result->number : "");
}

/* A step that is told apart by who does it stands once: the one that this person may take, else the first. */
static bool is_shadowed(const struct act_choices *choices, size_t i)
{
	for (size_t other = 0; other < choices->count; other++)
		if (other != i && str_equal(choices->items[other].transition->action, choices->items[i].transition->action) &&
		    !choices->items[i].allowed && (choices->items[other].allowed || other < i))
			return true;
	return false;
}

size_t step_order(const struct act_choices *choices, const struct act_choice **items, size_t most, size_t *allowed)
{
	enum { USUAL, OTHERS, DENIED, RANKS };
	size_t count = 0;

	*allowed = 0;
	for (int rank = 0; rank < RANKS; rank++)
		for (size_t i = 0; i < choices->count && count < most; i++) {
			const struct act_choice *item = &choices->items[i];
			int its = !item->allowed ? DENIED : item->transition->primary ? USUAL : OTHERS;

			if (its != rank || is_shadowed(choices, i))
				continue;
			items[count++] = item;
			*allowed += rank != DENIED;
		}
	return count;
}
