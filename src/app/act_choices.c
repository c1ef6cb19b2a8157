/* What an actor sees offered for a record, and why not. */
#include "app/act.h"

#include "app/fill.h"
#include "app/office_private.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/session.h"
#include "store/journal.h"

static const char *const refusals[] = {
	[PERMISSION_YES] = NULL,
	[PERMISSION_WRONG_STATE] = N_("This cannot be done as the record stands now."),
	[PERMISSION_WRONG_ROLE] = N_("This is not for your role."),
	[PERMISSION_SAME_PERSON] = N_("Another person than the one before must do this."),
};

static void judge(struct act_choice *choice, const struct form_session *session, enum permission_answer answer)
{
	choice->allowed = answer == PERMISSION_YES;
	if (!choice->allowed) {
		choice->why_not = mem_text(_(refusals[answer]));
		return;
	}
	json_t *faults = json_array();
	choice->unmet = fill_session_faults(session, choice->transition, faults) > 0;
	if (choice->unmet)
		choice->why_not = mem_text(json_text(json_array_get(faults, 0), "message"));
	json_decref(faults);
}

static struct form_session *open_session(struct office *office, const struct definition *form,
                                         const struct actor *actor, const struct record *record,
                                         const struct edit *edit, struct err *err)
{
	const struct session_start start = { .form = form,
		                             .evaluator = office->evaluator,
		                             .actor = actor,
		                             .record = record,
		                             .body = edit ? edit->body : NULL };
	return form_session_new(&start, err);
}

static void add(struct act_choices *choices, const struct transition *transition, const struct form_session *session,
                enum permission_answer answer)
{
	choices->items = mem_resize(choices->items, choices->count + 1, sizeof(*choices->items));
	struct act_choice *choice = &choices->items[choices->count++];
	*choice = (struct act_choice){ .transition = transition };
	judge(choice, session, answer);
}

struct act_choices *act_choices(struct office *office, const struct actor *actor, const struct record *record,
                                const struct edit *edit, struct err *err)
{
	const struct definition *form = office_form_version(office, record->form, record->form_hash, err);
	struct form_session *session = form ? open_session(office, form, actor, record, edit, err) : NULL;
	json_t *actors = NULL;
	struct act_choices *choices = NULL;
	if (session)
		actors = record->id ? journal_actors(office->db, record->id, err) : json_object();
	if (!actors)
		goto done;
	choices = mem_new(struct act_choices);
	for (size_t i = 0; i < form->workflow.transition_count; i++) {
		const struct transition *transition = &form->workflow.transitions[i];
		if (form_session_offers(session, transition))
			add(choices, transition, session, permission_may_act(transition, actor, record, actors));
	}
done:
	json_decref(actors);
	form_session_free(&session);
	return choices;
}

void act_choices_free(struct act_choices **choices)
{
	if (!*choices)
		return;
	for (size_t i = 0; i < (*choices)->count; i++)
		free((*choices)->items[i].why_not);
	free((*choices)->items);
	free(*choices);
	*choices = NULL;
}
