/*
 * The work bench from the start of the program, painted anew, and from a key to its character on the screen, beside the least program that
 * does the same: ncursesw, a text read from a file, getch() and addch(). Both run at the far end of a pty.
 * The floor is this program itself, started with --floor FILE.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <curses.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/path.h"
#include "base/str.h"
#include "bench/bench.h"

enum { CTRL_L = 'L' & 31, PAINTS = 21, KEYS = 200, WAIT_MS = 5000, HEARD_MOST = 1 << 20 };

/* In the footer, which both paint last. */
static const char *const last_words = "返回";

static char *self;

/* --- the floor */

/* Not refresh(): the linker hands that to our terminal layer, for CDK's sake. */
static void flush(void)
{
	(void)wnoutrefresh(stdscr);
	(void)doupdate();
}

static int floor_program(const char *path)
{
	size_t len;
	struct err err;
	char *text = path_read(path, HEARD_MOST, &len, &err);
	int key, row = 0;

	(void)setlocale(LC_ALL, "C.UTF-8");
	if (!text || !initscr())
		return 1;
	(void)raw();
	(void)noecho();
	(void)keypad(stdscr, TRUE);
	for (char *line = text; *line; row++) {
		const size_t line_len = strcspn(line, "\n");
		(void)mvaddnstr(row, 0, line, (int)line_len);
		line += line_len + (line[line_len] != '\0');
	}
	flush();
	(void)move(6, 20);
	flush();
	while ((key = getch()) != ERR && key != 'q') {
		if (key == CTRL_L)
			(void)clearok(curscr, TRUE);
		else
			(void)addch((chtype)key);
		flush();
	}
	(void)endwin();
	free(text);
	return 0;
}

/* --- a program at the far end of a line */

struct line {
	pid_t pid;
	int fd;
	char *heard; /* all that came since line_forget() */
	size_t len;
};

static void become_program(const char *slave, char *const *argv)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	int fd;

	(void)setsid();
	fd = open(slave, O_RDWR); /* the first terminal that a session opens is its own */
	if (fd < 0 || ioctl(fd, TIOCSWINSZ, &size) < 0 || dup2(fd, 0) < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		_exit(126);
	(void)setenv("TERM", "xterm-256color", 1);
	(void)execv(argv[0], argv);
	_exit(127);
}

static struct line line_open(char *const *argv)
{
	struct line line = { .fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), .heard = calloc(1, HEARD_MOST) };

	assert_true(line.fd >= 0 && grantpt(line.fd) == 0 && unlockpt(line.fd) == 0);
	assert_non_null(line.heard);
	line.pid = fork();
	assert_true(line.pid >= 0);
	if (line.pid == 0)
		become_program(ptsname(line.fd), argv);
	return line;
}

static void line_close(struct line *line)
{
	(void)close(line->fd);
	(void)kill(line->pid, SIGHUP);
	(void)waitpid(line->pid, NULL, 0);
	free(line->heard);
}

static void line_forget(struct line *line)
{
	line->len = 0;
	line->heard[0] = '\0';
}

/* Reads what comes within WAIT_MS; false if nothing does. */
static bool line_read(struct line *line, int wait_ms)
{
	struct pollfd ready = { .fd = line->fd, .events = POLLIN };
	ssize_t got;

	if (poll(&ready, 1, wait_ms) <= 0)
		return false;
	got = read(line->fd, line->heard + line->len, HEARD_MOST - 1 - line->len);
	if (got <= 0)
		return false;
	line->len += (size_t)got;
	line->heard[line->len] = '\0';
	return true;
}

static void line_expect(struct line *line, const char *text)
{
	while (!strstr(line->heard, text)) {
		if (!line_read(line, WAIT_MS))
			fail_msg("no \"%s\", but: %s", text, line->heard);
	}
}

static void line_send(struct line *line, const char *keys)
{
	const size_t len = strlen(keys);

	assert_int_equal(write(line->fd, keys, len), (ssize_t)len);
}

static void line_settle(struct line *line)
{
	while (line_read(line, 100))
		;
	line_forget(line);
}

/* --- the measurements */

struct programs {
	char *folder, *data, *screen;
	char *ours[4], *floor[4];
};

static double first_paint(char *const *argv)
{
	const double start = bench_now_us();
	struct line line = line_open(argv);

	line_expect(&line, last_words);
	line_close(&line);
	return bench_now_us() - start;
}

static void first_paint_of_the_work_bench(void **state)
{
	const struct programs *programs = *state;
	double ours[PAINTS], floors[PAINTS];

	for (int i = 0; i < PAINTS; i++) {
		floors[i] = first_paint(programs->floor);
		ours[i] = first_paint(programs->ours);
	}
	bench_line("from start to the painted work bench", bench_median(ours, PAINTS), bench_median(floors, PAINTS), 3.0);
}

static double painted_anew(char *const *argv)
{
	struct line line = line_open(argv);
	double took[PAINTS];

	line_expect(&line, last_words);
	line_settle(&line);
	for (int i = 0; i < PAINTS; i++) {
		const double start = bench_now_us();
		line_send(&line, "\014");
		line_expect(&line, last_words);
		took[i] = bench_now_us() - start;
		line_settle(&line);
	}
	line_close(&line);
	return bench_median(took, PAINTS);
}

static void the_work_bench_painted_anew(void **state)
{
	const struct programs *programs = *state;
	const double floor_us = painted_anew(programs->floor);

	bench_line("the work bench painted anew (Ctrl-L)", painted_anew(programs->ours), floor_us, 3.0);
}

/* Both answer a letter with the letter. */
static double key_to_screen(struct line *line)
{
	double took[KEYS];
	char key[2] = "a";

	for (int i = 0; i < KEYS; i++) {
		double start;

		key[0] = (char)('a' + i % 15);
		line_forget(line);
		start = bench_now_us();
		line_send(line, key);
		while (!strchr(line->heard, key[0])) {
			if (!line_read(line, WAIT_MS))
				fail_msg("no answer to key %d, \"%s\", but: %s", i, key, line->heard);
		}
		took[i] = bench_now_us() - start;
	}
	return bench_median(took, KEYS);
}

/* Into the incident form, to a text of several lines. */
static void to_a_text(struct line *line)
{
	static const char *const steps[][2] = {
		{ "2", "报告表" }, { "ycqk", "ycqk" }, { "\r", "涉及设备系统" }, { "\033OB", "看到什么" },
	};

	line_expect(line, last_words);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		line_settle(line);
		line_send(line, steps[i][0]);
		line_expect(line, steps[i][1]);
	}
	line_settle(line);
}

static void from_key_to_screen(void **state)
{
	const struct programs *programs = *state;
	struct line floor = line_open(programs->floor), ours = line_open(programs->ours);
	double floor_us;

	line_expect(&floor, last_words);
	line_settle(&floor);
	to_a_text(&ours);
	floor_us = key_to_screen(&floor);
	bench_line("from a key to its character on the screen", key_to_screen(&ours), floor_us, 1.3);
	line_close(&floor);
	line_close(&ours);
}

/* A training office, and its work bench as text for the floor to paint. */
static int set_up(void **state)
{
	struct programs *programs = calloc(1, sizeof *programs);
	const char *yunwei = getenv("YUNWEI");
	char *command;
	int result;

	programs->folder = str_format("%s/bench-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	if (!yunwei || !mkdtemp(programs->folder))
		return -1;
	programs->data = path_join(programs->folder, "data");
	programs->screen = path_join(programs->folder, "screen");
	command = str_format("cd '%s' && '%s' --data data init --demo --months 3 >/dev/null && echo ':save-screen screen' >keys && "
	                     "'%s' --data data script keys", programs->folder, yunwei, yunwei);
	result = system(command);
	free(command);
	programs->ours[0] = (char *)yunwei;
	programs->ours[1] = (char *)"--data";
	programs->ours[2] = programs->data;
	programs->floor[0] = self;
	programs->floor[1] = (char *)"--floor";
	programs->floor[2] = programs->screen;
	*state = programs;
	return result;
}

static int tear_down(void **state)
{
	struct programs *programs = *state;
	char *command = str_format("rm -rf '%s'", programs->folder);
	const int result = system(command);

	free(command);
	free(programs->folder);
	free(programs->data);
	free(programs->screen);
	free(programs);
	return result;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_paint_of_the_work_bench),
		cmocka_unit_test(the_work_bench_painted_anew),
		cmocka_unit_test(from_key_to_screen),
	};

	self = argv[0];
	if (argc == 3 && strcmp(argv[1], "--floor") == 0)
		return floor_program(argv[2]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
