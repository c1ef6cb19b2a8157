/*
 * step: the questions that a step of the workflow asks before it is done.
 *
 * Layer: ui, private. Reason or opinion, the password for a signature, "are you
 * sure": each only if the transition wants it. Then the step is carried out.
 */
#ifndef YW_UI_STEP_H
#define YW_UI_STEP_H

#include "app/act.h"
#include "ui/desk.h"

struct step_options {
	const struct transition *transition;
	const struct edit *edit;  /* what is handed in with it; NULL: the record as it stands */
	int64_t record;           /* if EDIT is NULL */
	/* Not called if the person turned back. ERR is NULL if it was done. RESULT is borrowed. */
	enum react (*done)(void *owner, struct loop *loop, const struct act_result *result, const struct err *err);
	void *owner;
};

/*
 * Steps in the order in which they are offered: those that this person may take, the
 * usual one first; then those that he may not (once each, although several roles may
 * take them). ITEMS holds CHOICES->count of them; *ALLOWED is how many come first.
 */
size_t step_order(const struct act_choices *choices, const struct act_choice **items, size_t most, size_t *allowed);

/* OPTIONS are copied; what they point at must live until done. */
enum react step_start(struct desk *desk, struct loop *loop, const struct step_options *options);

/* "Submitted: 巡检-20261122-01" as a notice. */
void step_notice(struct loop *loop, const struct transition *transition, const struct act_result *result);

#endif
