/*
 * act: any step of a workflow: submit, agree, return, file, void ...
 *
 * Layer: app. One door for screens and commands: permission, gates, required
 * fields, effects, record, number, journal, all in one transaction, committed
 * with synchronous=FULL. A refusal changes nothing; what is reported as done is
 * on the disk. Rules: domain.md 2.3.
 */
#ifndef YW_APP_ACT_H
#define YW_APP_ACT_H

#include "app/edit.h"

/* What an actor sees offered for a record. */
struct act_choice {
	const struct transition *transition; /* borrowed from the form's version */
	bool allowed;                        /* as far as the person goes */
	bool unmet;                          /* allowed, but a gate does not hold or a field is missing yet */
	char *why_not;                       /* of !allowed or unmet: a sentence for a person; else NULL */
};
struct act_choices {
	struct act_choice *items;            /* in the definition's order; only those that start in this state */
	size_t count;
};
/* The steps that start where RECORD stands; those not allowed say why. Gates are tried on EDIT's body if given. */
struct act_choices *act_choices(struct office *office, const struct actor *actor, const struct record *record,
                                const struct edit *edit, struct err *err);
void act_choices_free(struct act_choices **choices);

struct act_request {
	const char *action;       /* the transition's */
	const char *note;         /* opinion or reason; NULL if none */
	const char *password;     /* for a transition that signs; NULL */
	const json_t *set;        /* {"key" or "list.item" or "table.2.column": value}: written with the step; NULL */
	bool trusted;             /* the owner's command line: a signature needs no password */
	int64_t version;          /* of the record as the person saw it: ERR_BUSY if it is another now; 0: whatever */
};
struct act_result {
	int64_t record;
	char *number, *filing_number, *state;
	int64_t opened;           /* a draft that the step opened for a linked form; 0 */
	json_t *faults;           /* of ERR_REFUSED: [{"field": "items.temp", "message": "..."}], or NULL */
	json_t *conflicts;        /* of ERR_BUSY: [{"key": ..., "base": ..., "ours": ..., "theirs": ...}], or NULL */
};

/* A step on a record as it stands. */
bool act_on_record(struct office *office, const struct actor *actor, int64_t record, const struct act_request *request,
                   struct act_result *result, struct err *err);
/* The same with what EDIT holds (of a new record, or of changes to one). The draft is gone when it is done. */
bool act_on_edit(struct office *office, const struct actor *actor, const struct edit *edit,
                  const struct act_request *request, struct act_result *result, struct err *err);
/* Puts a draft's changes into the record without a step (a section filled while the work goes on). */
bool act_save(struct office *office, const struct actor *actor, const struct edit *edit, struct act_result *result,
              struct err *err);
/*
 * Amend (domain.md 2.3): fields of a submitted, not archived record get new values (SET as in
 * act_request) with a REASON (>= 6 characters); journaled old and new. By whoever owns the step.
 */
bool act_amend(struct office *office, const struct actor *actor, int64_t record, const json_t *set,
               const char *reason, struct act_result *result, struct err *err);
void act_result_release(struct act_result *result);

#endif
