/*
 * fill: many values into a session at once, by the rules of the screen.
 *
 * Layer: app. For the command line, for linked forms and the training office.
 */
#ifndef YW_APP_FILL_H
#define YW_APP_FILL_H

#include <jansson.h>

#include "form/session.h"

/*
 * VALUES: {"key": value as in a body}, or by the path of a cell ("list.item",
 * "table.2.column"). What cannot be taken is appended to FAULTS as {"field",
 * "message"}; the rest is taken.
 */
void fill_session(struct form_session *session, const json_t *values, json_t *faults);

/* {"field", "message"} onto FAULTS. */
void fill_fault(json_t *faults, const char *field, const char *message);
/* What form_session_faults gives, warnings left out, onto FAULTS; how many. */
size_t fill_session_faults(const struct form_session *session, const struct transition *transition, json_t *faults);

#endif
