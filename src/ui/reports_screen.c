/* Reports: which month? Then the registers are written, with a bar to watch and a key to stop. */
#include <stdlib.h>

#include "app/export.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/choice.h"
#include "ui/screens.h"
#include "ui/work_job.h"

enum { MONTHS = 24 };

/* The month BACK months before this one: "2026-11". */
static char *month_before(int back)
{
	char today[CLOCK_DAY_SIZE];
	int months;

	clock_day(clock_now(), today);
	months = (int)strtol(today, NULL, 10) * 12 + (int)strtol(today + 5, NULL, 10) - 1 - back;
	return str_format("%04d-%02d", months / 12, months % 12 + 1);
}

static enum react chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct desk *desk = owner;
	char *month = count ? month_before((int)picked[0]) : mem_text(text);
	struct err err = { 0 };
	struct job *job = month ? export_month(desk->office, desk_actor(desk), month, NULL, &err) : NULL;

	if (job)
		work_job(loop, _("Registers of the month"), job);
	else if (err.code)
		loop_notice_err(loop, &err);
	free(month);
	return REACT_REDRAW;
}

void reports_screen(struct desk *desk, struct loop *loop)
{
	struct choice_item items[MONTHS] = { 0 };
	char *labels[MONTHS];

	for (int i = 0; i < MONTHS; i++) {
		labels[i] = month_before(i);
		items[i] = (struct choice_item){ labels[i], i == 0 ? _("not over yet") : NULL, i == 1 };
	}
	choice_open(loop, &(struct choice_options){
		.title = _("Registers of which month?"), .items = items, .count = MONTHS, .free_text = true,
		.done = chosen, .owner = desk });
	for (int i = 0; i < MONTHS; i++)
		free(labels[i]);
}
