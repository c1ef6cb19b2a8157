#include "app/act.h"

#include "app/login.h"
#include "app/office_private.h"
#include "app/record_private.h"
#include "app/step.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/form_version.h"
#include "store/journal.h"
#include "store/link.h"
#include "store/record.h"

enum { DAY_S = 86400 };

void act_result_release(struct act_result *result)
{
	free(result->number);
	free(result->filing_number);
	free(result->state);
	json_decref(result->faults);
	json_decref(result->conflicts);
	*result = (struct act_result){ 0 };
}

/* --- judging --- */

static bool explain(const struct step *step, enum permission_answer answer, struct err *err)
{
	const struct state *state = workflow_state(&step->form->workflow, step->record->state);
	const char *label = transition_label(step->transition);
	switch (answer) {
	case PERMISSION_YES:
		return true;
	case PERMISSION_WRONG_STATE:
		return err_set(err, ERR_REFUSED, _("\"%s\" cannot be done while %s is in the state \"%s\"."), label,
		               step_name(step), state ? state_label(state) : step->record->state);
	case PERMISSION_WRONG_ROLE:
		return err_set(err, ERR_DENIED, _("\"%s\" is not for your role."), label);
	case PERMISSION_SAME_PERSON:
		break;
	}
	return err_set(err, ERR_DENIED, _("\"%s\" must be done by another person than the one before."), label);
}

static bool check_permission(const struct step *step, struct err *err)
{
	json_t *actors = step->record->id ? journal_actors(step->office->db, step->record->id, err) : json_object();
	if (!actors)
		return false;
	bool ok = explain(step, permission_may_act(step->transition, step->actor, step->record, actors), err);
	json_decref(actors);
	return ok;
}

/* The one that is offered; else any of that name, to say why not. What was filled in may choose among several. */
static bool find_transition(struct step *step, const char *action, struct err *err)
{
	const struct workflow *workflow = &step->form->workflow;
	step->transition = form_session_transition(step->session, action);
	if (!step->transition)
		step->transition = workflow_transition(workflow, step->record->state, action);
	for (size_t i = 0; !step->transition && i < workflow->transition_count; i++) {
		if (strcmp(workflow->transitions[i].action, action) == 0)
			step->transition = &workflow->transitions[i];
	}
	return step->transition || err_set(err, ERR_REFUSED, _("The form \"%s\" knows no step \"%s\"."),
	                                   definition_name(step->form), action);
}

static bool check_version(const struct step *step, int64_t version, struct err *err)
{
	if (!version || step->record->version == version)
		return true;
	return err_set(err, ERR_BUSY, _("%s was changed by somebody else meanwhile. Look at it again, then decide."),
	               step_name(step));
}

/* The session with all that is to be written, and the transition that this makes it. */
static bool prepare(struct step *step, const struct act_request *request, struct err *err)
{
	return step_open_session(step, err) && step_fill(step, request->set, err) &&
	       find_transition(step, request->action, err);
}

static bool judge(struct step *step, const struct act_request *request, bool is_signed, struct err *err)
{
	if (!check_version(step, request->version, err) || !prepare(step, request, err) || !check_permission(step, err) ||
	    !step_check_note(step->transition, request->note, err))
		return false;
	if (step->transition->sign && !is_signed)
		/* It was another step a moment ago, when the signature was asked for. */
		return err_set(err, ERR_BUSY, _("%s was changed by somebody else meanwhile. Look at it again, then decide."),
		               step_name(step));
	if (!form_session_offers(step->session, step->transition))
		return err_set(err, ERR_REFUSED, _("\"%s\" is not offered as %s stands now."),
		               transition_label(step->transition), step_name(step));
	return step_check(step, err) && step_check_written(step, err);
}

/* --- the signature --- */

static bool may_need_signature(const struct definition *form, const char *action)
{
	for (size_t i = 0; i < form->workflow.transition_count; i++) {
		if (form->workflow.transitions[i].sign && strcmp(form->workflow.transitions[i].action, action) == 0)
			return true;
	}
	return false;
}

static bool confirm(struct step *step, const struct act_request *request, bool *is_signed, struct err *err)
{
	if (!step->transition->sign)
		return true;
	if (!request->password)
		return err_set(err, ERR_DENIED, _("\"%s\" is signed with your password: do it on the screen."),
		               transition_label(step->transition));
	*is_signed = login_confirm(step->office, step->actor, request->password, err);
	return *is_signed;
}

/*
 * A signature is asked for before the transaction, on the same record with the same values: a wrong
 * password has to be journaled, whatever becomes of the step.
 */
static bool sign(struct office *office, const struct actor *actor, int64_t record, const struct edit *edit,
                 const struct act_request *request, struct act_result *result, bool *is_signed, struct err *err)
{
	struct step step = { .office = office, .actor = actor, .edit = edit, .result = result };
	*is_signed = request->trusted;
	bool ok = step_open(&step, record, err);
	if (ok && !request->trusted && may_need_signature(step.form, request->action))
		ok = prepare(&step, request, err) && check_permission(&step, err) &&
		     confirm(&step, request, is_signed, err);
	step_release(&step);
	return ok;
}

/* --- writing --- */

static int64_t day_of(int64_t utc)
{
	return (utc + clock_zone() * 60) / DAY_S;
}

static void move_state(struct step *step)
{
	struct record *record = step->record;
	const char *to = step->transition->to;
	bool leaves_draft = record_kind(step->form, record) == STATE_DRAFT;
	if (strcmp(to, "=") != 0 && strcmp(to, record->state) != 0) {
		free(record->state);
		record->state = mem_text(to);
		record->state_since_utc = clock_now();
	}
	if (leaves_draft && record_kind(step->form, record) != STATE_DRAFT && !record->submitted_utc)
		record->submitted_utc = clock_now();
}

/* What is due on its day and entered on a later one is late, and stays so. */
static void mark_late(struct step *step)
{
	struct record *record = step->record;
	if (step->form->due_count > 0 && record->submitted_utc && record->occurred_utc &&
	    day_of(record->occurred_utc) < day_of(record->submitted_utc))
		record->late = true;
}

/* A new record gets its place in the store first: its number is allotted to it. */
static bool place_new(struct step *step, struct err *err)
{
	const struct definition *form = step->form;
	struct db *db = step->office->db;
	int64_t from = step->edit->link_from;
	return form_version_keep(db, form->id, form->hash, form->title, form->source, err) &&
	       record_insert(db, step->record, err) && (!from || link_add(db, from, step->record->id, "opened", err));
}

static bool carry_out(struct step *step, const struct act_request *request, struct err *err)
{
	bool is_new = step->record->id == 0;
	char *from = is_new ? NULL : mem_text(step->record->state);
	bool ok = (!is_new || place_new(step, err)) && effects_run(step, request->note, err);
	if (ok) {
		move_state(step);
		step_update_columns(step);
		mark_late(step);
		ok = record_update(step->office->db, step->record, err) &&
		     step_finish(step, step->transition->action, from, request->note, err);
	}
	free(from);
	return ok;
}

static bool act(struct office *office, const struct actor *actor, int64_t record, const struct edit *edit,
                const struct act_request *request, struct act_result *result, struct err *err)
{
	struct step step = { .office = office, .actor = actor, .edit = edit, .result = result };
	*result = (struct act_result){ 0 };
	/* The training office puts many steps into one transaction of its own. */
	bool ours = !db_in_transaction(office->db);
	bool is_signed = false;
	if (!sign(office, actor, record, edit, request, result, &is_signed, err) || (ours && !db_begin(office->db, DB_DECISION, err)))
		return false;
	bool judged = step_open(&step, record, err) && judge(&step, request, is_signed, err);
	bool ok = judged && carry_out(&step, request, err) && (!ours || db_commit(office->db, err));
	if (ok)
		step_tell(&step);
	else if (ours || judged)
		/* Half a step must never be committed, by whoever's transaction. */
		db_rollback(office->db);
	step_release(&step);
	return ok;
}

bool act_on_record(struct office *office, const struct actor *actor, int64_t record, const struct act_request *request,
                   struct act_result *result, struct err *err)
{
	return act(office, actor, record, NULL, request, result, err);
}

bool act_on_edit(struct office *office, const struct actor *actor, const struct edit *edit,
                 const struct act_request *request, struct act_result *result, struct err *err)
{
	return act(office, actor, edit->record, edit, request, result, err);
}
