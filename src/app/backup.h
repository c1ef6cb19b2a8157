/*
 * backup: the store copied while in use, and put back.
 *
 * Layer: app.
 */
#ifndef YW_APP_BACKUP_H
#define YW_APP_BACKUP_H

#include "app/job.h"
#include "app/office.h"

/* Online; PATH NULL: DATA/backup/yunwei-YYYYMMDD-HHMMSS.db. Verified after writing. Result: {"file", "bytes", "sm3", "entries"}. */
struct job *backup_make(struct office *office, const struct actor *actor, const char *path, struct err *err);
/*
 * Verifies FILE, then puts it in the place of the store of the data directory DATA, where
 * nobody may be at work; the store that was there is kept beside as *KEPT (caller frees).
 */
bool backup_put_back(const char *data, const char *file, char **kept, struct err *err);

#endif
