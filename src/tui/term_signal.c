/* term_signal: see term_signal.h; the flags are read by term_take_events(). */
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "tui/term.h"
#include "tui/term_signal.h"

static const struct {
	int signal;
	unsigned event; /* 0: ignored */
} handled[] = {
	{ SIGWINCH, TERM_RESIZED }, { SIGHUP, TERM_HUNGUP },     { SIGTERM, TERM_HUNGUP }, { SIGINT, TERM_HUNGUP },
	{ SIGTSTP, TERM_SUSPEND },  { SIGCONT, TERM_CONTINUED }, { SIGPIPE, 0 },
};
enum { HANDLED = sizeof handled / sizeof *handled };

/* Our own mistakes: the line is given back, then the signal does what it always does. */
static const int fatal[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
enum { FATAL = sizeof fatal / sizeof *fatal };

static atomic_uint pending;
static int wake[2] = { -1, -1 };
static struct sigaction before[HANDLED], before_fatal[FATAL];

void term_post_events(unsigned events)
{
	atomic_fetch_or(&pending, events);
	if (wake[1] >= 0) {
		ssize_t sent = write(wake[1], "", 1); /* full: there is a byte to wake it already */
		(void)sent;
	}
}

static void on_signal(int signal)
{
	for (size_t i = 0; i < HANDLED; i++) {
		if (handled[i].signal == signal)
			term_post_events(handled[i].event);
	}
}

static void on_fatal(int signal)
{
	term_restore();
	(void)raise(signal); /* SA_RESETHAND: now for real */
}

unsigned term_take_events(void)
{
	char byte[64];

	while (wake[0] >= 0 && read(wake[0], byte, sizeof byte) == (ssize_t)sizeof byte)
		continue;
	return atomic_exchange(&pending, 0);
}

int term_signal_fd(void)
{
	return wake[0];
}

static void set_handler(int signal, void (*handler)(int), int flags, struct sigaction *old)
{
	struct sigaction action;

	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	action.sa_flags = flags;
	(void)sigemptyset(&action.sa_mask);
	(void)sigaction(signal, &action, old);
}

bool term_signal_open(struct err *err)
{
	if (pipe(wake) != 0)
		return err_errno(err, _("No pipe for signals could be made"));
	for (int i = 0; i < 2; i++) {
		(void)fcntl(wake[i], F_SETFL, O_NONBLOCK);
		(void)fcntl(wake[i], F_SETFD, FD_CLOEXEC);
	}
	atomic_store(&pending, 0);
	for (size_t i = 0; i < HANDLED; i++)
		set_handler(handled[i].signal, handled[i].event == 0 ? SIG_IGN : on_signal, 0, &before[i]);
	for (size_t i = 0; i < FATAL; i++) {
		(void)sigaction(fatal[i], NULL, &before_fatal[i]);
		if (before_fatal[i].sa_handler == SIG_DFL) /* a sanitizer's stays */
			set_handler(fatal[i], on_fatal, (int)SA_RESETHAND, NULL);
	}
	return true;
}

void term_signal_close(void)
{
	for (size_t i = 0; i < HANDLED; i++)
		(void)sigaction(handled[i].signal, &before[i], NULL);
	for (size_t i = 0; i < FATAL; i++)
		(void)sigaction(fatal[i], &before_fatal[i], NULL);
	for (int i = 0; i < 2; i++) {
		(void)close(wake[i]);
		wake[i] = -1;
	}
}

void term_signal_stop(void)
{
	struct sigaction ours;

	set_handler(SIGTSTP, SIG_DFL, 0, &ours);
	(void)kill(0, SIGTSTP); /* the group: an ssh or a shell script before us waits, too */
	(void)sigaction(SIGTSTP, &ours, NULL);
}
