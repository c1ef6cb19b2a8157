/*
 * follow: the form that follows from a record (an abnormal item opens an incident).
 *
 * Layer: ui, private. Which form follows when, and what goes over, says the
 * definition (`follow`); the two records carry each other's number.
 */
#ifndef YW_UI_FOLLOW_H
#define YW_UI_FOLLOW_H

#include "form/session.h"
#include "ui/desk.h"

/* The first form that follows from SESSION's record as it stands; NULL if none. */
const struct follow *follow_of(const struct form_session *session);
/* Opens the editor on it, linked to the stored record RECORD. */
void follow_open(struct desk *desk, struct loop *loop, const struct form_session *session, int64_t record);
/* Asks whether to; false if no form follows. The screen that asked closes with the answer; SESSION is not needed any more. */
bool follow_offer(struct desk *desk, struct loop *loop, const struct form_session *session, int64_t record);

#endif
