/* calendar: CDK's calendar, Monday first; see calendar.h. */
#include "tui/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/loop_parts.h"

enum { ROWS = 11, COLS_ = 24, NAME_BYTES = 16, DAYS_BYTES = 21 };

struct calendar {
	int64_t day, today;
	CDKCALENDAR *widget;
	unsigned serial; /* of the pane that WIDGET was made on */
	enum react (*done)(void *owner, struct loop *loop, int64_t day);
	void *owner;
};

static struct rect place(void *self, int rows, int cols)
{
	(void)self;
	return loop_center(ROWS, COLS_, rows, cols);
}

/*
 * Seven names of three bytes and three columns each, Sunday first: CDK takes a byte for
 * a column. A Chinese character has just three bytes, without the blank behind it.
 */
static void set_day_names(char days[DAYS_BYTES + 1])
{
	static const char english[] = "Su Mo Tu We Th Fr Sa ";
	const char *names = _("Su Mo Tu We Th Fr Sa ");
	struct str tight = STR_INIT;

	for (const char *at = names; *at != '\0'; at++) {
		if (*at != ' ' || (unsigned char)names[0] < 0x80)
			str_add_char(&tight, *at);
	}
	(void)str_copy(days, DAYS_BYTES + 1, tight.len == DAYS_BYTES ? str_text(&tight) : english);
	str_release(&tight);
}

static void set_names(CDKCALENDAR *widget)
{
	static const char *const months[] = { N_("January"),   N_("February"), N_("March"),    N_("April"),
		                              N_("May"),       N_("June"),     N_("July"),     N_("August"),
		                              N_("September"), N_("October"),  N_("November"), N_("December") };
	char names[13][NAME_BYTES], days[DAYS_BYTES + 1];
	const char *list[14] = { names[0] };

	names[0][0] = '\0';
	for (size_t i = 1; i <= 12; i++) {
		(void)str_copy(names[i], NAME_BYTES, _(months[i - 1])); /* CDK has room for no more */
		list[i] = names[i];
	}
	setCDKCalendarMonthsNames(widget, (CDK_CSTRING2)list);
	set_day_names(days);
	setCDKCalendarDaysNames(widget, days);
	widget->weekBase = 1;
}

static CDKCALENDAR *make_widget(struct pane *pane)
{
	CDKCALENDAR *widget = newCDKCalendar(pane->cdk, LEFT, TOP, NULL, 1, 1, 2000, style_cdk(STYLE_TEXT),
	                                     style_cdk(STYLE_TITLE), style_cdk(STYLE_TITLE),
	                                     style_cdk(STYLE_SELECTED), TRUE, FALSE);

	if (widget == NULL)
		return NULL;
	free(widget->marker); /* it ends in 2040, unchecked; without it CDK does not look */
	widget->marker = NULL;
	set_names(widget);
	return widget;
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct calendar *calendar = self;
	int year, month, day, first, cell;

	(void)whole;
	if (pane->serial != calendar->serial) {
		calendar->serial = pane->serial;
		calendar->widget = make_widget(pane);
	}
	if (calendar->widget == NULL)
		return;
	clock_civil(calendar->day, &year, &month, &day);
	(void)werase(calendar->widget->fieldWin);
	setCDKCalendarDate(calendar->widget, day, month, year);
	first = clock_weekday(clock_days(year, month, 1)) - 1;
	cell = first + day - 1;
	draw_caret(pane, 4 + cell / 7, calendar->widget->xOffset + cell % 7 * 3);
}

static enum react take(struct calendar *calendar, struct loop *loop)
{
	loop_answer(loop, calendar, calendar->done(calendar->owner, loop, calendar->day));
	return REACT_NONE;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct calendar *calendar = self;
	chtype input = key_for_cdk(key);
	int year, month, day;

	(void)action;
	if (key_is(key, K_ESC, 0) || key_is(key, 'c', KEY_CTRL))
		return REACT_CLOSE;
	if (key_is(key, K_ENTER, 0))
		return take(calendar, loop);
	if (key_is(key, K_HOME, 0)) {
		calendar->day = calendar->today;
		return REACT_PAINT;
	}
	if (key_is_text(key, "+") || key_is_text(key, "-"))
		input = (chtype)key->text[0]; /* a year */
	if (calendar->widget == NULL || input == 0 || key_is(key, K_TAB, 0))
		return REACT_IGNORED;
	(void)injectCDKCalendar(calendar->widget, input);
	getCDKCalendarDate(calendar->widget, &day, &month, &year);
	calendar->day = clock_days(year, month, day);
	return REACT_PAINT;
}

static const struct screen calendar_screen = {
	.name = "calendar", .flags = SCREEN_POPUP, .place = place, .paint = paint, .handle = handle, .free = free,
};

void calendar_open(struct loop *loop, int64_t day, int64_t today,
                   enum react (*done)(void *owner, struct loop *loop, int64_t day), void *owner)
{
	struct calendar *calendar = mem_new(struct calendar);

	*calendar = (struct calendar){ .day = day, .today = today, .done = done, .owner = owner };
	loop_push(loop, &calendar_screen, calendar);
}
