/* loop: the stack, the keys, the time; see loop.h. Painting: loop_paint.c. */
#include "tui/loop.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/loop_parts.h"

enum { TICK_MS = 1000, PUMP_MS = 100, READ_MOST = 64 * 1024 };

struct loop *loop_new(const struct loop_options *options)
{
	struct loop *loop = mem_new(struct loop);

	loop->options = *options;
	loop->reader = term_key_reader();
	loop->ticked_ms = loop->key_ms = loop_now_ms(loop);
	return loop;
}

static void free_layer(struct layer *layer)
{
	pane_free(&layer->pane);
	if (layer->screen->free != NULL)
		layer->screen->free(layer->self);
	free(layer);
}

static void free_graves(struct loop *loop)
{
	while (loop->grave_count > 0)
		free_layer(loop->graves[--loop->grave_count]);
}

/* Takes layer I off the stack. */
static void bury(struct loop *loop, size_t i)
{
	loop->graves = mem_resize(loop->graves, loop->grave_count + 1, sizeof *loop->graves);
	loop->graves[loop->grave_count++] = loop->layers[i];
	for (loop->count--; i < loop->count; i++)
		loop->layers[i] = loop->layers[i + 1];
	loop->rebuild = true;
}

void loop_free(struct loop **loop)
{
	if (*loop == NULL)
		return;
	free_graves(*loop);
	while ((*loop)->count > 0) {
		bury(*loop, (*loop)->count - 1);
		free_graves(*loop);
	}
	free((*loop)->graves);
	loop_free_panes(*loop);
	key_reader_free(&(*loop)->reader);
	free((*loop)->notice_text);
	free(*loop);
	*loop = NULL;
}

int64_t loop_now_ms(const struct loop *loop)
{
	return loop->options.now_ms != NULL ? loop->options.now_ms(loop->options.clock) : clock_monotonic_ms();
}

const struct screen *loop_top(const struct loop *loop, void **self)
{
	if (loop->count == 0)
		return NULL;
	*self = loop->layers[loop->count - 1]->self;
	return loop->layers[loop->count - 1]->screen;
}

void loop_help(const struct loop *loop, struct str *out)
{
	if (loop->count > 0)
		actions_help(loop->options.actions, loop->layers[loop_lowest_seen(loop)]->screen->actions,
		             loop->options.global, out);
}

void loop_push(struct loop *loop, const struct screen *screen, void *self)
{
	struct layer *layer = mem_new(struct layer);

	layer->screen = screen;
	layer->self = self;
	layer->want = REACT_LAYOUT;
	if (loop->count == LAYERS_MOST) {
		free_layer(layer);
		loop_notice(loop, STYLE_WARN, "%s", _("Too many screens lie on each other. Close some with Esc."));
		return;
	}
	loop->layers[loop->count++] = layer;
	loop->rebuild = true;
}

static size_t index_of(const struct loop *loop, const void *self)
{
	size_t i = loop->count;

	while (i > 0 && loop->layers[i - 1]->self != self)
		i--;
	return i; /* one more than the index; 0: not there */
}

static void leave(struct loop *loop, size_t i, enum leave why)
{
	struct layer *layer = loop->layers[i];

	if (layer->screen->leave != NULL)
		layer->screen->leave(layer->self, loop, why);
}

static void close_layer(struct loop *loop, size_t i)
{
	bool was_top = i + 1 == loop->count, was_popup = (loop->layers[i]->screen->flags & SCREEN_POPUP) != 0;
	struct layer *top;

	leave(loop, i, LEAVE_CLOSED);
	bury(loop, i);
	if (loop->count == 0) {
		loop->ended = true;
		return;
	}
	top = loop->layers[loop->count - 1];
	if (was_top && !was_popup && top->screen->resumed != NULL)
		loop_react(loop, top->self, top->screen->resumed(top->self, loop));
}

static void leave_all(struct loop *loop, enum leave why)
{
	while (loop->count > 0) {
		leave(loop, loop->count - 1, why);
		bury(loop, loop->count - 1);
	}
	loop->ended = true;
}

void *loop_close_popup(struct loop *loop, void *self)
{
	size_t place = index_of(loop, self);

	if (place > 0)
		close_layer(loop, place - 1);
	return place > 1 && place - 1 <= loop->count ? loop->layers[place - 2]->self : NULL;
}

void loop_react(struct loop *loop, const void *self, enum react react)
{
	size_t place = index_of(loop, self);

	if (react == REACT_QUIT)
		leave_all(loop, LEAVE_CLOSED);
	else if (place > 0 && react == REACT_CLOSE)
		close_layer(loop, place - 1);
	else if (place > 0 && react != REACT_IGNORED && react > loop->layers[place - 1]->want)
		loop->layers[place - 1]->want = react;
}

void loop_want(struct loop *loop, const void *self, enum react react)
{
	loop_react(loop, self, react);
}

void loop_quit(struct loop *loop)
{
	leave_all(loop, LEAVE_CLOSED);
}

unsigned loop_holds(const struct loop *loop, const struct layer *layer)
{
	unsigned holds = layer->screen->holds != NULL ? layer->screen->holds(layer->self) : 0;

	if (loop->options.global_holds != NULL)
		holds |= loop->options.global_holds(loop->options.context);
	return holds;
}

/* Keys that mean the same everywhere, unless the table binds them or the screen takes them. */
static void take_common_key(struct loop *loop, const struct key *key)
{
	if (key_is(key, 'l', KEY_CTRL)) {
		term_redraw();
		loop->reveal = true;
	}
	if (key_is(key, 'z', KEY_CTRL))
		term_suspend();
}

static bool takes_text(const struct layer *layer)
{
	return layer->screen->takes_text != NULL && layer->screen->takes_text(layer->self);
}

/* One key to the screen on top. */
static void dispatch(struct loop *loop, const struct key *key)
{
	struct layer *top = loop->layers[loop->count - 1];
	const bool plain = (top->screen->flags & (SCREEN_POPUP | SCREEN_MODAL_KEYS)) == 0;
	const int action = loop->options.actions == NULL ? 0 :
	                   actions_find(loop->options.actions, top->screen->actions,
	                                plain ? loop->options.global : NULL, key, takes_text(top));
	const char *why = action == 0 ? NULL : actions_why_not(loop->options.actions, action, loop_holds(loop, top));
	void *self = top->self;
	enum react react;

	if (loop->rebuild)
		loop_prepare(loop);
	if (why != NULL) {
		loop_notice(loop, STYLE_WARN, "%s", why);
		return;
	}
	react = top->screen->handle(self, loop, action, key);
	if (react == REACT_IGNORED && action == 0)
		take_common_key(loop, key);
	if (react == REACT_IGNORED && action != 0 && plain && loop->options.global_handle != NULL)
		react = loop->options.global_handle(loop->options.context, loop, action);
	loop_react(loop, self, react);
	free_graves(loop);
}

void loop_feed(struct loop *loop, const struct key *key)
{
	size_t at = 0;

	loop->key_ms = loop_now_ms(loop);
	loop->idle = false;
	if (loop->notice_text != NULL)
		loop_notice(loop, STYLE_TEXT, NULL);
	if (term_is_too_small())
		return;
	if (key->kind != KEY_TEXT) {
		const bool leaves = loop->count > 0 && key_is(key, K_F10, 0) &&
		                    (loop->layers[loop->count - 1]->screen->flags & SCREEN_POPUP) != 0;
		if (loop->count > 0 && key->kind != KEY_NONE) /* F10 leaves a popup as it leaves a screen */
			dispatch(loop, leaves ? &(struct key){ .kind = KEY_NAMED, .code = K_ESC } : key);
		return;
	}
	/* A burst goes whole to who takes text; character by character to who does not. */
	while (loop->count > 0 && at < key->len) {
		bool whole = takes_text(loop->layers[loop->count - 1]);
		size_t next = whole ? key->len : utf8_next(key->text, at);
		char *part = mem_text_len(key->text + at, next - at);
		dispatch(loop, &(struct key){ .kind = KEY_TEXT, .text = part, .len = next - at });
		free(part);
		at = next;
	}
}

void loop_tick(struct loop *loop)
{
	loop->ticked_ms = loop_now_ms(loop);
	for (size_t i = 0; i < loop->count; i++) {
		struct layer *layer = loop->layers[i];
		if ((layer->screen->flags & SCREEN_TICKS) != 0 && layer->screen->tick != NULL)
			loop_react(loop, layer->self, layer->screen->tick(layer->self, loop, loop->ticked_ms));
	}
	if (loop->options.idle_ms > 0 && loop->options.on_idle != NULL && !loop->idle && loop->count > 0 &&
	    loop->ticked_ms - loop->key_ms >= loop->options.idle_ms) {
		loop->idle = true;
		loop->options.on_idle(loop->options.context, loop);
	}
	free_graves(loop);
}

static bool needs_ticks(const struct loop *loop)
{
	for (size_t i = 0; i < loop->count; i++) {
		if ((loop->layers[i]->screen->flags & SCREEN_TICKS) != 0)
			return true;
	}
	return loop->options.idle_ms > 0 && !loop->idle;
}

static void take_events(struct loop *loop)
{
	unsigned events = term_take_events();

	if ((events & TERM_SUSPEND) != 0) {
		term_suspend();
		events |= term_take_events();
	}
	if ((events & (TERM_RESIZED | TERM_CONTINUED)) != 0) {
		term_resize(0, 0);
		if ((events & TERM_CONTINUED) != 0)
			term_redraw();
		loop->rebuild = true;
	}
	if ((events & TERM_HUNGUP) != 0) {
		loop->hung_up = true;
		leave_all(loop, LEAVE_HANGUP);
		free_graves(loop);
	}
}

/* Long work for a while; false if there is none. */
static bool pump(struct loop *loop)
{
	int64_t until = clock_monotonic_ms() + PUMP_MS;

	if (loop->pump == NULL)
		return false;
	do {
		if (!loop->pump(loop, loop->pump_self))
			break;
	} while (clock_monotonic_ms() < until && loop->pump != NULL);
	free_graves(loop);
	return loop->pump != NULL;
}

/* Milliseconds until something has to be done without a key; -1: never. */
static int patience_ms(const struct loop *loop)
{
	int64_t now = loop_now_ms(loop), tick = loop->ticked_ms + TICK_MS - now;
	int wait = key_reader_wait_ms(loop->reader, now);

	if (loop->pump != NULL)
		return 0;
	if (!needs_ticks(loop))
		return wait;
	tick = tick < 0 ? 0 : tick;
	return wait < 0 || tick < wait ? (int)tick : wait;
}

/* Reads for at most TIMEOUT_MS and handles every key that is there. True if bytes came. */
static bool read_keys(struct loop *loop, int timeout_ms)
{
	static char bytes[READ_MOST];
	size_t got, all = 0;
	struct key key;

	while ((got = term_read(bytes, sizeof bytes, timeout_ms)) > 0) {
		key_reader_feed(loop->reader, bytes, got, loop_now_ms(loop));
		all += got;
		timeout_ms = 0;
		if (got < sizeof bytes) /* all that was there; what comes next makes the next burst */
			break;
	}
	while (!loop->ended && key_reader_take(loop->reader, loop_now_ms(loop), &key))
		loop_feed(loop, &key);
	return all > 0;
}

bool loop_run_until_idle(struct loop *loop)
{
	do {
		take_events(loop);
	} while (!loop->ended && (read_keys(loop, 0) || pump(loop)));
	if (!loop->ended)
		loop_show(loop);
	return !loop->ended;
}

static void run_from_source(struct loop *loop)
{
	struct key key;

	while (!loop->ended) {
		take_events(loop);
		while (pump(loop))
			continue;
		if (loop->ended)
			break;
		if (!loop->options.next_key(loop->options.source, loop, &key))
			loop_quit(loop);
		else if (key.kind != KEY_NONE)
			loop_feed(loop, &key);
	}
	free_graves(loop);
}

bool loop_run(struct loop *loop)
{
	if (loop->options.next_key != NULL) {
		run_from_source(loop);
		return !loop->hung_up;
	}
	while (!loop->ended) {
		take_events(loop);
		if (loop->ended)
			break;
		loop_show(loop);
		(void)read_keys(loop, patience_ms(loop));
		(void)pump(loop);
		if (!loop->ended && needs_ticks(loop) && loop_now_ms(loop) - loop->ticked_ms >= TICK_MS)
			loop_tick(loop);
	}
	free_graves(loop);
	return !loop->hung_up;
}
