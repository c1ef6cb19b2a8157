/*
 * step: one transition of one record, inside one transaction.
 *
 * Layer: app; for act.c and effect.c. A step is begun (record read, body merged
 * and checked by the session), judged, its effects carried out, and written;
 * any failure before the commit leaves everything as it was.
 */
#ifndef YW_APP_STEP_H
#define YW_APP_STEP_H

#include "app/act.h"
#include "form/session.h"
#include "model/record.h"

struct step {
	struct office *office;
	const struct actor *actor;
	const struct edit *edit;             /* NULL: on the record as it stands */
	struct act_result *result;
	const struct definition *form;       /* the version that the record lives under */
	const struct transition *transition; /* NULL: changes without a step */
	struct record *record;               /* as it will be written */
	json_t *before;                      /* its body before */
	json_t *hidden;                      /* what of it nobody could see before: stays as it is */
	struct form_session *session;
};

/* The record (0: the edit's new one), its form; ERR if it is not there or not open to the actor. */
bool step_open(struct step *step, int64_t record, struct err *err);
/* The session on the merged body. ERR_BUSY with the result's conflicts if two wrote the same field. */
bool step_open_session(struct step *step, struct err *err);
/* SET (may be NULL) is written into the session. ERR_REFUSED with the result's faults for what cannot be taken. */
bool step_fill(struct step *step, const json_t *set, struct err *err);
/* Everything is checked, by what the transition asks for. ERR_REFUSED with the result's faults. */
bool step_check(struct step *step, struct err *err);
/* Only what this person may write now may differ from what was there. */
bool step_check_written(struct step *step, struct err *err);
/* The note by its length and by what the transition asks for. */
bool step_check_note(const struct transition *transition, const char *note, struct err *err);
/* Body, title, department and time from the session into the record. */
void step_update_columns(struct step *step);
/* Journal, search index, links; the draft is gone. After the record was written. */
bool step_finish(struct step *step, const char *action, const char *from, const char *note, struct err *err);
/* What act_result says, after the commit. */
void step_tell(struct step *step);
void step_release(struct step *step);

/* A name for messages. */
const char *step_name(const struct step *step);

/* Carries out the transition's effects in their order, numbers and linked drafts, too. After the record was stored. */
bool effects_run(struct step *step, const char *reason, struct err *err);

#endif
