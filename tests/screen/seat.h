/*
 * seat: somebody of the training office at the screen, in the test's own process.
 *
 * The office has lived one month until Friday 2026-11-20; the clock stands on the
 * Monday after at 08:40, or where the test puts it. It is made once a program and
 * copied for every seat, so tests do not see each other.
 */
#ifndef YW_TESTS_SEAT_H
#define YW_TESTS_SEAT_H

#include "store/app.h"
#include "support/screen.h"
#include "ui/actions.h"
#include "ui/desk.h"
#include "ui/screens.h"

struct seat {
	char *folder, *data;
	struct office *office;
	struct screen_test *screen;
	struct actions *actions;
	struct loop *loop;
	struct desk desk;
};

/* The office that seats are copies of: as it has lived, and as it is before anybody has done anything. */
static char *seat_lived, *seat_empty;

static inline char *seat_template(int months)
{
	struct scene *scene = scene_new(months);
	char *folder = mem_text(scene->folder);

	scene_leave(scene);
	free(scene->folder);
	free(scene->data);
	free(scene);
	return folder;
}

static inline int seats_begin(void **state)
{
	(void)state;
	text_init("zh", YW_BUILD "/locale");
	seat_lived = seat_template(1);
	seat_empty = seat_template(0);
	return 0;
}

static inline int seats_end(void **state)
{
	(void)state;
	nftw(seat_lived, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	nftw(seat_empty, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free(seat_lived);
	free(seat_empty);
	clock_hold(0);
	return 0;
}

static inline void seat_clock(const char *local)
{
	int64_t now;

	assert_true(clock_parse(local, &now));
	clock_hold(now);
}

struct seat_options {
	const char *account;  /* NULL: the log-in screen */
	int rows, cols;       /* 0: 24, 80 */
	const char *share;    /* forms, data, export; NULL: the source's */
	const char *now;      /* NULL: Monday 2026-11-23 08:40 */
	bool empty;           /* nobody has done anything yet */
	bool english;
	enum theme theme;
};

/* In the log-in: as through the console's, with a password to unlock. */
static inline void seat_sit_down(struct seat *seat, const struct seat_options *options)
{
	struct loop_options loop;

	text_init(options->english ? "en" : "zh", YW_BUILD "/locale");
	seat_clock(options->now ? options->now : "2026-11-23 08:40");
	seat->screen = screen_open(&(struct screen_options){ .rows = options->rows, .cols = options->cols,
	                                                     .theme = options->theme });
	text_init(options->english ? "en" : "zh", YW_BUILD "/locale");
	ok((seat->office = office_open(seat->data, options->share ? options->share : SHARE, &err)) != NULL);
	ok((seat->actions = ui_actions(&err)) != NULL);
	seat->desk = (struct desk){ .office = seat->office, .version = "test" };
	if (options->account != NULL)
		ok((seat->desk.login = login_as_owner(seat->office, options->account, "tty1", &err)) != NULL);
	loop = desk_loop(&seat->desk, seat->actions);
	loop.now_ms = screen_now_ms;
	loop.clock = seat->screen;
	seat->loop = loop_new(&loop);
	first_screen(&seat->desk, seat->loop);
	(void)loop_run_until_idle(seat->loop);
}

/* The person goes; what was typed stays as a draft. */
static inline void seat_stand_up(struct seat *seat)
{
	loop_quit(seat->loop);
	(void)loop_run_until_idle(seat->loop);
	loop_free(&seat->loop);
	screen_close(&seat->screen);
	actions_free(&seat->actions);
	desk_end(&seat->desk);
	office_close(&seat->office);
}

static inline struct seat *seat_new(const struct seat_options *options)
{
	struct seat *seat = mem_new(struct seat);
	char *copy;

	seat->folder = scene_folder();
	seat->data = path_join(seat->folder, "data");
	copy = str_format("cp -a %s/data %s", options->empty ? seat_empty : seat_lived, seat->data);
	assert_int_equal(system(copy), 0);
	free(copy);
	seat_sit_down(seat, options);
	return seat;
}

static inline void seat_free(struct seat **seat)
{
	seat_stand_up(*seat);
	nftw((*seat)->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free((*seat)->folder);
	free((*seat)->data);
	free(*seat);
	*seat = NULL;
}

static inline void seat_keys(struct seat *seat, const char *keys)
{
	assert_true(screen_keys(seat->screen, seat->loop, keys));
}

/* A second passes, with its tick. */
static inline void seat_wait(struct seat *seat)
{
	screen_pass(seat->screen, seat->loop, 1000);
}

/*
 * One screen at both sizes, and once more without colour: the same text. KEYS lead
 * to it from the work bench; the golden is NAME-80x24 and NAME-120x40.
 */
static inline void seat_golden_of(const struct seat_options *options, const char *keys, const char *name)
{
	static const struct {
		int rows, cols;
		enum theme theme;
	} terminals[] = { { 24, 80, THEME_NORMAL }, { 24, 80, THEME_MONO }, { 40, 120, THEME_CONTRAST } };

	for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++) {
		struct seat_options one = *options;
		char *golden = str_format("%s-%dx%d", name, terminals[i].cols, terminals[i].rows);
		struct seat *seat;

		one.rows = terminals[i].rows;
		one.cols = terminals[i].cols;
		one.theme = terminals[i].theme;
		seat = seat_new(&one);
		seat_keys(seat, keys);
		screen_golden(golden);
		seat_free(&seat);
		free(golden);
	}
}

static inline void seat_golden(const char *account, const char *keys, const char *name)
{
	seat_golden_of(&(struct seat_options){ .account = account }, keys, name);
}

#endif
