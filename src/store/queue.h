/*
 * queue: writers and checkpoints one after another.
 *
 * Layer: store. SQLite before 3.51.3 can lose committed pages when a
 * checkpoint begins while another connection's commit resets the write-ahead
 * log, and its busy timeout is a lottery, no queue. So one byte of a file
 * beside the store is locked (an open-file-description lock) around every write
 * transaction and every checkpoint. The kernel wakes waiters in order and
 * releases the lock when its holder dies. A second byte is held shared by
 * everybody who has the store open, so that restoring can know it is alone.
 */
#ifndef YW_STORE_QUEUE_H
#define YW_STORE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct queue;

/* Opens or makes the lock file (0600). NULL on failure. */
struct queue *queue_open(const char *path, struct err *err);
/* Takes NULL; gives back what is held. */
void queue_close(struct queue **queue);

/* Waits at most TIMEOUT_MS for the turn; then ERR_BUSY, naming the process that holds it. */
bool queue_enter(struct queue *queue, int timeout_ms, struct err *err);
/* Does nothing if the turn is not ours. */
void queue_leave(struct queue *queue);

/* Says that this process has the store open; ERR_BUSY while somebody is alone with it. */
bool queue_attend(struct queue *queue, struct err *err);
/* Makes sure that nobody else has the store open, and keeps them out; ERR_BUSY if somebody has. */
bool queue_be_alone(struct queue *queue, struct err *err);

#endif
