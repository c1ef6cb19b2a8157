/* What is to be filled in? A choice of the forms that this person may begin. */
#include <stdlib.h>

#include "app/edit.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/choice.h"
#include "ui/screens.h"

static size_t begin_list(const struct desk *desk, const struct definition **forms, size_t most)
{
	size_t count = 0;

	for (size_t i = 0; i < office_form_count(desk->office) && count < most; i++)
		if (edit_may_begin(desk_actor(desk), office_form_at(desk->office, i)))
			forms[count++] = office_form_at(desk->office, i);
	return count;
}

enum { FORMS_MOST = 256 };

static enum react picked_form(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct desk *desk = owner;
	const struct definition *forms[FORMS_MOST];

	(void)text;
	if (count && picked[0] < begin_list(desk, forms, FORMS_MOST))
		editor_new(desk, loop, forms[picked[0]]);
	return REACT_REDRAW;
}

void new_screen(struct desk *desk, struct loop *loop)
{
	const struct definition *forms[FORMS_MOST];
	size_t count = begin_list(desk, forms, FORMS_MOST);
	struct choice_item *items = mem_zeroed(count + 1, sizeof *items);

	for (size_t i = 0; i < count; i++)
		items[i] = (struct choice_item){ definition_title(forms[i]), forms[i]->menu_group, false };
	if (count)
		choice_open(loop, &(struct choice_options){
			.title = _("Fill in a new form"), .items = items, .count = count, .done = picked_form, .owner = desk });
	else
		loop_notice(loop, STYLE_WARN, "%s", _("There is no form that you may begin."));
	free(items);
}
