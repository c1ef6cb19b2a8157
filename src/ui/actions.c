#include "ui/actions.h"

#include "base/text.h"

static const struct action table[] = {
#define X(id, name, keys, label, help, needs) { ACTION_##id, name, keys, label, help, needs },
#include "ui/actions.def"
#undef X
};

static const struct action_need needs[] = {
	{ NEEDS_ROW, N_("Nothing is selected.") },
	{ NEEDS_DRAFT, N_("No draft is selected.") },
	{ NEEDS_WRITABLE, N_("This is not yours to write now.") },
	{ NEEDS_CHECKLIST, N_("There is no check list to be marked here.") },
	{ NEEDS_FOLLOW, N_("No other form follows from this one as it stands.") },
	{ NEEDS_TABLE, N_("The caret is not in a table that may be written.") },
	{ NEEDS_LINK, N_("No other record belongs to this one.") },
	{ NEEDS_SHELL, N_("There is no shell to go back to.") },
};

const int ui_global_actions[] = { ACTION_HELP, ACTION_BACK, ACTION_REDRAW, ACTION_SUSPEND, 0 };

struct actions *ui_actions(struct err *err)
{
	return actions_new(table, sizeof table / sizeof *table, needs, sizeof needs / sizeof *needs, err);
}
