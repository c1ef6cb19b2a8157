/* term: opening, closing, size and flushing. Signals: term_signal.c; reading the screen back: term_text.c. */
#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/cells.h"
#include "tui/term_signal.h"

enum { ESCAPE_MS = 50, DIGIT_MS = 400 };

/* The one terminal. */
static struct {
	SCREEN *screen;
	int in, out;
	struct term_options options;
	struct termios line; /* as it was found */
	bool line_known;
	char goodbye[128];   /* what gives the screen back, made while nothing is wrong */
	size_t goodbye_len;
	int cursor_row, cursor_col;
} terminal = { .in = -1, .out = -1 };

/* A string capability, or "" if the terminal has none. */
static const char *capability(const char *name)
{
	char *text = tigetstr((char *)name);
	return text == NULL || text == (char *)-1 ? "" : text;
}

static const char *paste_switch(bool on)
{
	const char *known = capability(on ? "BE" : "BD");
	if (known[0] != '\0')
		return known;
	return on ? "\033[?2004h" : "\033[?2004l";
}

static void make_goodbye(void)
{
	struct str all = STR_INIT;

	str_add(&all, paste_switch(false));
	str_add(&all, capability("sgr0"));
	str_add(&all, capability("rmkx"));
	str_add(&all, capability("cnorm"));
	str_add(&all, capability("rmcup")[0] != '\0' ? capability("rmcup") : "\r\n\n");
	terminal.goodbye_len = all.len < sizeof terminal.goodbye ? all.len : 0;
	memcpy(terminal.goodbye, str_text(&all), terminal.goodbye_len);
	str_release(&all);
}

/* Past curses' buffer; async-signal-safe. */
static void send_bytes(const char *bytes, size_t len)
{
	for (size_t at = 0; at < len;) {
		ssize_t sent = write(terminal.out, bytes + at, len - at);
		if (sent <= 0)
			break;
		at += (size_t)sent;
	}
}

static void switch_paste(bool on)
{
	send_bytes(paste_switch(on), strlen(paste_switch(on)));
}

void term_restore(void)
{
	if (terminal.screen == NULL)
		return;
	send_bytes(terminal.goodbye, terminal.goodbye_len);
	if (terminal.line_known)
		(void)tcsetattr(terminal.in, TCSANOW, &terminal.line);
}

/* An entry of terminfo for TYPE with which we can work; a type it does not know is nearly always an xterm. */
static SCREEN *new_screen(const char *type, FILE *out, FILE *in)
{
	const char *const types[] = { type, "xterm-256color", "xterm", "vt100" };

	if (type[0] == '\0' || str_equal(type, "dumb"))
		return NULL;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		SCREEN *screen = newterm(types[i], out, in);
		if (screen != NULL && capability("cup")[0] != '\0') {
			if (i > 0)
				log_write(LOG_WARN, "terminal type %s is not known, taken for %s", type, types[i]);
			return screen;
		}
		if (screen != NULL) {
			(void)endwin();
			delscreen(screen);
		}
	}
	return NULL;
}

static void take_line(void)
{
	(void)raw();
	(void)noecho();
	(void)nonl();
	(void)intrflush(stdscr, FALSE);
	(void)typeahead(-1);
	(void)keypad(stdscr, TRUE);
	(void)idlok(stdscr, TRUE);
	(void)leaveok(stdscr, FALSE);
	switch_paste(true);
}

bool term_open(const struct term_options *options, struct err *err)
{
	const char *type = options->type != NULL ? options->type : getenv("TERM");
	FILE *in = options->in != NULL ? options->in : stdin;
	FILE *out = options->out != NULL ? options->out : stdout;

	if (str_equal(nl_langinfo(CODESET), "UTF-8"))
		(void)setenv("NCURSES_NO_UTF8_ACS", "1", 0); /* PuTTY says xterm but has no VT100 lines in UTF-8 */
	else if (strncmp(nl_langinfo(CODESET), "GB", 2) == 0)
		utf8_set_ambiguous_wide(true); /* as such terminals and locales have it */
	terminal.options = *options;
	terminal.in = fileno(in);
	terminal.out = fileno(out);
	terminal.line_known = tcgetattr(terminal.in, &terminal.line) == 0;
	terminal.screen = new_screen(type == NULL ? "" : type, out, in);
	if (terminal.screen == NULL)
		return err_set(err, ERR_REFUSED,
		               _("A terminal of the type \"%s\" cannot show a full screen. Set TERM, for "
		                 "example to xterm."),
		               type == NULL ? "" : type);
	if (!term_signal_open(err)) {
		term_close();
		return false;
	}
	make_goodbye();
	mem_on_exhausted(term_restore);
	style_open(options->theme);
	pane_open();
	take_line();
	term_resize(options->rows, options->cols);
	return true;
}

void term_close(void)
{
	if (terminal.screen == NULL)
		return;
	term_signal_close();
	mem_on_exhausted(NULL);
	pane_close();
	(void)endwin();
	switch_paste(false);
	delscreen(terminal.screen);
	terminal.screen = NULL;
	if (terminal.line_known)
		(void)tcsetattr(terminal.in, TCSADRAIN, &terminal.line);
}

bool term_is_open(void)
{
	return terminal.screen != NULL;
}

int term_rows(void)
{
	return getmaxy(stdscr);
}

int term_cols(void)
{
	return getmaxx(stdscr);
}

bool term_is_too_small(void)
{
	return term_rows() < TERM_LEAST_ROWS || term_cols() < TERM_LEAST_COLS;
}

bool term_is_monochrome(void)
{
	return style_is_monochrome();
}

bool term_has_ascii_borders(void)
{
	return terminal.options.ascii_borders;
}

void term_resize(int rows, int cols)
{
	struct winsize size;

	if ((rows <= 0 || cols <= 0) && ioctl(terminal.out, TIOCGWINSZ, &size) == 0) {
		rows = size.ws_row;
		cols = size.ws_col;
	}
	if (rows <= 0 || cols <= 0) {
		rows = term_rows();
		cols = term_cols();
	}
	if (rows == term_rows() && cols == term_cols())
		return;
	(void)resize_term(rows, cols);
	term_redraw();
}

void term_suspend(void)
{
	(void)endwin();
	switch_paste(false);
	term_signal_stop();
	switch_paste(true);
	term_redraw();
	term_post_events(TERM_CONTINUED);
}

void term_redraw(void)
{
	(void)clearok(curscr, TRUE);
}

void term_place_cursor(int row, int col)
{
	terminal.cursor_row = row;
	terminal.cursor_col = col;
}

void term_cursor(int *row, int *col)
{
	*row = terminal.cursor_row;
	*col = terminal.cursor_col;
}

void term_flush(void)
{
	(void)wmove(newscr, terminal.cursor_row, terminal.cursor_col);
	(void)doupdate();
}

struct key_reader *term_key_reader(void)
{
	const struct term_options *options = &terminal.options;
	struct key_reader *reader =
		key_reader_new(nl_langinfo(CODESET), options->escape_ms > 0 ? options->escape_ms : ESCAPE_MS,
	                       options->digit_ms > 0 ? options->digit_ms : DIGIT_MS);
	term_define_keys(reader);
	return reader;
}

size_t term_read(char *buffer, size_t size, int timeout_ms)
{
	struct pollfd fds[2] = { { .fd = terminal.in, .events = POLLIN },
		                 { .fd = term_signal_fd(), .events = POLLIN } };
	ssize_t got;

	if (poll(fds, 2, timeout_ms) <= 0 || fds[0].revents == 0)
		return 0;
	got = read(terminal.in, buffer, size);
	if (got > 0)
		return (size_t)got;
	if (got == 0 || (errno != EAGAIN && errno != EINTR))
		term_post_events(TERM_HUNGUP);
	return 0;
}
