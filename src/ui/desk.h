/*
 * desk: what every screen of one person's session has at hand.
 *
 * Layer: ui, private. Made by ui_run(), borrowed by all screens; it is the
 * loop's context.
 */
#ifndef YW_UI_DESK_H
#define YW_UI_DESK_H

#include "app/login.h"
#include "app/office.h"
#include "tui/loop.h"
#include "ui/actions.h"

struct desk {
	struct office *office;
	struct login *login;       /* NULL before somebody is in */
	const char *version;
	unsigned changes;          /* counts up when another session changed the store */
	int64_t watched_ms;        /* when that was last looked at */
	struct asking *asking;     /* what open questions belong to */
};

/*
 * A question in a popup belongs to something (a step, a change of password) that
 * is freed with its answer. The line may end before that: desk_end() frees what
 * is left. desk_answered() frees THING now; desk_ask() is told how.
 */
void desk_ask(struct desk *desk, void *thing, void (*release)(void *thing));
void desk_answered(struct desk *desk, void *thing);
/* The session is over and the loop gone: log-in and open questions. */
void desk_end(struct desk *desk);

static inline const struct actor *desk_actor(const struct desk *desk)
{
	return &desk->login->actor;
}

/* True if another session changed the store since SEEN (updated). Looks at most once a second. */
bool desk_changed(struct desk *desk, struct loop *loop, unsigned *seen);

/* The person's name, department and the time, for the right end of a header. */
void desk_who(const struct desk *desk, char *buffer, size_t size);
/* "11-22 09:05" if it is this year, else "2025-11-22"; "" for 0. */
char *desk_time(int64_t utc, char *buffer, size_t size);
/* "12 min", "3 h 40", "2 d". */
char *desk_span(int64_t seconds, char *buffer, size_t size);
/* The standing line (article 5): this system is not for secrets. */
const char *desk_banner(const struct desk *desk);
/* Header, banner; the first free row is 2. */
void desk_head(const struct desk *desk, struct pane *pane, const char *title);

#endif
