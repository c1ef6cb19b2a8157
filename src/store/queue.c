#include "store/queue.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

/* Open-file-description locks are Linux's, so <fcntl.h> hides them from strict X/Open code. */
#ifndef F_OFD_SETLK
#define F_OFD_SETLK 37
#define F_OFD_SETLKW 38
#endif

/*
 * Which byte of the file means what. Who wants the turn first takes the place
 * before it, and gives the place up when he has the turn: whoever comes back at
 * once finds the place taken and stands behind those who waited.
 */
enum { BYTE_TURN = 0, BYTE_ATTENDANCE = 1, BYTE_PLACE = 2 };

struct queue {
	int fd;
	char *path;
	bool is_mine; /* the turn */
};

struct queue *queue_open(const char *path, struct err *err)
{
	struct queue *queue = mem_new(struct queue);

	queue->path = mem_text(path);
	queue->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (queue->fd >= 0)
		return queue;
	err_errno(err, _("The lock file %s cannot be opened; it must belong to whoever runs this program"), path);
	queue_close(&queue);
	return NULL;
}

void queue_close(struct queue **queue)
{
	if (*queue == NULL)
		return;
	if ((*queue)->fd >= 0)
		close((*queue)->fd); /* gives back every lock */
	free((*queue)->path);
	free(*queue);
	*queue = NULL;
}

static bool lock_byte(const struct queue *queue, int command, short type, off_t byte)
{
	struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };

	return fcntl(queue->fd, command, &range) == 0;
}

static bool is_taken(int error)
{
	return error == EAGAIN || error == EACCES || error == EINTR;
}

static void on_alarm(int number)
{
	(void)number; /* its only work is to interrupt fcntl */
}

/*
 * The kernel keeps the waiters of a lock in order, but has no time limit for
 * them: an alarm interrupts the wait. It repeats, because one that comes just
 * before the wait begins would be lost. Whatever alarm was set before is put back.
 */
static bool lock_until(const struct queue *queue, off_t byte, int64_t deadline)
{
	const int64_t left_ms = deadline - clock_monotonic_ms();
	const int timeout_ms = left_ms > 0 ? (int)left_ms : 0;
	struct sigaction action, old_action;
	struct itimerval timer = { .it_interval = { 0, 20000 }, .it_value = { timeout_ms / 1000, 0 } }, old_timer;
	sigset_t alarm_only, old_mask;
	bool locked;

	timer.it_value.tv_usec = (suseconds_t)(timeout_ms % 1000) * 1000 + 1;
	memset(&action, 0, sizeof(action));
	action.sa_handler = on_alarm; /* without SA_RESTART */
	sigaction(SIGALRM, &action, &old_action);
	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &alarm_only, &old_mask);
	setitimer(ITIMER_REAL, &timer, &old_timer);

	do
		locked = lock_byte(queue, F_OFD_SETLKW, F_WRLCK, byte);
	while (!locked && errno == EINTR && clock_monotonic_ms() < deadline);

	const int why = errno;
	setitimer(ITIMER_REAL, &old_timer, NULL);
	sigprocmask(SIG_SETMASK, &old_mask, NULL);
	sigaction(SIGALRM, &old_action, NULL);
	errno = why;
	return locked;
}

/* Who has the turn, for the message of those who wait in vain. A full disk must not stop anybody here. */
static void leave_name(const struct queue *queue)
{
	char name[16];
	const int len = snprintf(name, sizeof(name), "%-10ld\n", (long)getpid());

	if (pwrite(queue->fd, name, (size_t)len, 0) < 0)
		errno = 0;
}

static long read_name(const struct queue *queue)
{
	char name[16] = "";

	return pread(queue->fd, name, sizeof(name) - 1, 0) > 0 ? strtol(name, NULL, 10) : 0;
}

/* Without an alarm as long as nobody is there. */
static bool take(const struct queue *queue, off_t byte, int64_t deadline)
{
	return lock_byte(queue, F_OFD_SETLK, F_WRLCK, byte) ||
	       (is_taken(errno) && clock_monotonic_ms() < deadline && lock_until(queue, byte, deadline));
}

static bool take_turn(const struct queue *queue, int64_t deadline)
{
	if (!take(queue, BYTE_PLACE, deadline))
		return false;
	const bool taken = take(queue, BYTE_TURN, deadline);
	const int why = errno;
	lock_byte(queue, F_OFD_SETLK, F_UNLCK, BYTE_PLACE);
	errno = why;
	return taken;
}

bool queue_enter(struct queue *queue, int timeout_ms, struct err *err)
{
	if (take_turn(queue, clock_monotonic_ms() + timeout_ms)) {
		queue->is_mine = true;
		leave_name(queue);
		return true;
	}
	if (is_taken(errno))
		return err_set_sub(err, ERR_BUSY, EAGAIN,
		                   _("Another session (process %ld) has been writing to the store for %d ms; "
		                     "nothing of yours was changed. Try again."),
		                   read_name(queue), timeout_ms);
	return err_errno(err, _("The lock file %s cannot be locked"), queue->path);
}

void queue_leave(struct queue *queue)
{
	if (queue->is_mine)
		lock_byte(queue, F_OFD_SETLK, F_UNLCK, BYTE_TURN);
	queue->is_mine = false;
}

bool queue_attend(struct queue *queue, struct err *err)
{
	if (lock_byte(queue, F_OFD_SETLK, F_RDLCK, BYTE_ATTENDANCE))
		return true;
	if (is_taken(errno))
		return err_set(err, ERR_BUSY, _("The store is just being restored from a backup. Try again in a minute."));
	return err_errno(err, _("The lock file %s cannot be locked"), queue->path);
}

bool queue_be_alone(struct queue *queue, struct err *err)
{
	if (lock_byte(queue, F_OFD_SETLK, F_WRLCK, BYTE_ATTENDANCE))
		return true;
	if (is_taken(errno))
		return err_set(err, ERR_BUSY,
		               _("Other sessions have the store open. End them all, then try again; nothing was changed."));
	return err_errno(err, _("The lock file %s cannot be locked"), queue->path);
}
