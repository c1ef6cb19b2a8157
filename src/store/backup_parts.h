/*
 * backup_parts: what backup.c and restore.c share with the door. Private to store/.
 */
#ifndef YW_STORE_BACKUP_PARTS_H
#define YW_STORE_BACKUP_PARTS_H

#include "store/backup.h"
#include "store/check.h"

/* One consistent state of DB as the file PATH (0600, must not be there), synced; unverified. */
bool backup_copy(struct db *db, const char *path, struct err *err);

/* Takes a store out of the mode with a log beside it: one file that stands alone. */
bool db_seal(struct db *db, struct err *err);
/* What a finished check means for a backup: ERR_DAMAGED with its first finding. */
bool check_outcome(const struct store_check *check, const char *path, struct store_backup_result *result,
                   struct err *err);

bool file_make_new(const char *path, struct err *err);
bool file_rename(const char *from, const char *to, struct err *err);
bool file_digest(const char *path, int64_t *bytes, char hex[HASH_HEX_SIZE], struct err *err);

#endif
