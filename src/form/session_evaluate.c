/* Any expression over the record, for what is printed. */
#include "form/session_parts.h"

bool form_session_evaluate(struct form_session *session, const char *expression, json_t **value, struct err *err)
{
	struct scope scope = { .session = session, .cell = { -1, -1, -1, CELL_NONE } };
	struct expression *prepared = expression_get(session->evaluator, expression, err);

	return prepared != NULL && expression_value(prepared, scope_lookup, &scope, value, err);
}
