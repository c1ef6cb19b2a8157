/*
 * backup: a copy of the store while it is used, and back again.
 *
 * Layer: store; named store_ beside app/backup.h. Articles 17 and 21.
 */
#ifndef YW_STORE_BACKUP_H
#define YW_STORE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "store/db.h"

struct store_backup_result {
	int64_t bytes;
	int64_t records, entries; /* in the copy, verified */
	char sm3[HASH_HEX_SIZE];  /* of the file */
};

/*
 * A backup under way: one consistent state goes to the file PATH (0600), which
 * must not be there, while others go on working; then the copy is opened and
 * checked (pages, chain, numbers), and only then has its name. Freed before
 * the end, or failed, it leaves nothing. DB takes no other part meanwhile.
 */
struct store_backup;
struct store_backup *store_backup_new(struct db *db, const char *path, struct err *err);
bool store_backup_step(struct store_backup *backup, bool *done, struct err *err);
/* Of 100, roughly. */
int store_backup_percent(const struct store_backup *backup);
/* When done. */
const struct store_backup_result *store_backup_outcome(const struct store_backup *backup);
void store_backup_free(struct store_backup **backup);

/* All steps at once; RESULT may be NULL. */
bool store_backup_write(struct db *db, const char *path, struct store_backup_result *result, struct err *err);

/* Checks the file PATH as a backup of ours, changing nothing. ERR_DAMAGED with the first finding. */
bool store_backup_verify(const char *path, struct store_backup_result *result, struct err *err);

/*
 * Puts the backup PATH in the place of the store in DIR: verified before,
 * refused with ERR_BUSY while anybody has the store open (the caller, too). The
 * old file is kept beside; *KEPT is its path (NULL if there was none), which
 * the caller frees.
 */
bool store_backup_restore(const char *dir, const char *path, char **kept, struct store_backup_result *result,
                          struct err *err);

#endif
