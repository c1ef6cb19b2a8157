#include "ui/desk.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/view.h"

struct asking {
	void *thing;
	void (*release)(void *thing);
	struct asking *next;
};

void desk_ask(struct desk *desk, void *thing, void (*release)(void *thing))
{
	struct asking *asking = mem_new(struct asking);

	*asking = (struct asking){ thing, release, desk->asking };
	desk->asking = asking;
}

void desk_answered(struct desk *desk, void *thing)
{
	struct asking **at = &desk->asking, *asking;

	while (*at && (*at)->thing != thing)
		at = &(*at)->next;
	asking = *at;
	if (!asking)
		return;
	*at = asking->next;
	asking->release(asking->thing);
	free(asking);
}

void desk_end(struct desk *desk)
{
	while (desk->asking)
		desk_answered(desk, desk->asking->thing);
	login_free(&desk->login);
}

bool desk_changed(struct desk *desk, struct loop *loop, unsigned *seen)
{
	int64_t now = loop_now_ms(loop);

	if (now - desk->watched_ms >= 1000 || now < desk->watched_ms) {
		desk->watched_ms = now;
		if (office_changed(desk->office))
			desk->changes++;
	}
	if (*seen == desk->changes)
		return false;
	*seen = desk->changes;
	return true;
}

char *desk_time(int64_t utc, char *buffer, size_t size)
{
	char then[CLOCK_LOCAL_SIZE], now[CLOCK_LOCAL_SIZE];

	if (!utc) {
		str_copy(buffer, size, "");
		return buffer;
	}
	clock_local(utc, then);
	clock_local(clock_now(), now);
	if (strncmp(then, now, 10) == 0)
		snprintf(buffer, size, "%.5s", then + 11);
	else if (strncmp(then, now, 4) == 0)
		snprintf(buffer, size, "%.5s %.5s", then + 5, then + 11);
	else
		snprintf(buffer, size, "%.10s", then);
	return buffer;
}

char *desk_span(int64_t seconds, char *buffer, size_t size)
{
	long long minutes = (seconds < 0 ? -seconds : seconds) / 60;

	if (minutes < 60)
		snprintf(buffer, size, _("%lld min"), minutes);
	else if (minutes < 48 * 60)
		snprintf(buffer, size, _("%lld h %02lld"), minutes / 60, minutes % 60);
	else
		snprintf(buffer, size, _("%lld d"), minutes / (24 * 60));
	return buffer;
}

void desk_who(const struct desk *desk, char *buffer, size_t size)
{
	static const char *const weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
	const struct actor *actor = desk_actor(desk);
	int64_t days = (clock_now() + (int64_t)clock_zone() * 60) / 86400;
	char now[CLOCK_LOCAL_SIZE];

	clock_local(clock_now(), now);
	snprintf(buffer, size, "%s %s  %.5s %s %.5s", actor->person, actor->department, now + 5,
	         _(weekdays[clock_weekday(days) - 1]), now + 11);
}

const char *desk_banner(const struct desk *desk)
{
	if (office_is_training(desk->office))
		return _("TRAINING · This system is not classified: no state or work secrets may be entered, kept or sent.");
	return _("This system is not classified: no state or work secrets may be entered, kept or sent.");
}

void desk_head(const struct desk *desk, struct pane *pane, const char *title)
{
	char who[256];

	desk_who(desk, who, sizeof who);
	view_header(pane, title, who);
	view_banner(pane, 1, desk_banner(desk));
}
