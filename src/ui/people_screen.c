/* The registers as they stand: departments with their first responsible person (article 7), people, assets. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/world.h"
#include "tui/menu.h"
#include "tui/viewer.h"
#include "ui/screens.h"
#include "ui/text_lines.h"

static void show_departments(struct desk *desk, struct loop *loop)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < office_department_count(desk->office); i++) {
		const struct office_department *it = office_department_at(desk->office, i);

		text_column(&out, it->name, 26);
		str_addf(&out, "%s%s\n", _("first responsible person: "), str_is_empty(it->head) ? "-" : it->head);
	}
	viewer_open(loop, _("Departments"), str_text(&out), NULL);
	str_release(&out);
}

static void show_people(struct desk *desk, struct loop *loop)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < office_person_count(desk->office); i++) {
		const struct office_person *it = office_person_at(desk->office, i);

		text_column(&out, it->name, 10);
		text_column(&out, it->department, 26);
		text_column(&out, it->post ? it->post : "", 16);
		str_addf(&out, "%s\n", it->phone ? it->phone : "");
	}
	viewer_open(loop, _("People"), str_text(&out), NULL);
	str_release(&out);
}

static bool add_entry(void *arg, const struct world_entry *entry)
{
	text_column(arg, entry->text, 18);
	str_addf(arg, "%s\n", entry->note ? entry->note : "");
	return true;
}

static void show_assets(struct desk *desk, struct loop *loop)
{
	const struct form_world *world = office_world(desk->office);
	struct field any = { .type = FIELD_ASSET };
	struct str out = STR_INIT;

	world->lookup(world->context, &any, add_entry, &out);
	viewer_open(loop, _("Assets"), str_text(&out), NULL);
	str_release(&out);
}

static enum react chosen(void *owner, struct loop *loop, size_t index)
{
	static void (*const show[])(struct desk *, struct loop *) = { show_departments, show_people, show_assets };

	show[index](owner, loop);
	return REACT_REDRAW;
}

void people_screen(struct desk *desk, struct loop *loop)
{
	struct menu_item items[] = { { _("Departments"), NULL }, { _("People"), NULL }, { _("Assets"), NULL } };

	menu_open(loop, _("Registers"), items, sizeof items / sizeof *items, chosen, desk);
}
