/*
 * failing: a disk and a memory whose n-th use fails, put below SQLite.
 *
 * failing_disk_install() makes itself the default file system of this process;
 * failing_arm(what, n) lets the n-th such call from now on fail, and every one
 * after it too (a full disk stays full) until failing_disarm().
 */
#ifndef YW_TESTS_FAILING_H
#define YW_TESTS_FAILING_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum failing_call { FAILING_NONE, FAILING_WRITE, FAILING_SYNC, FAILING_READ, FAILING_MEMORY };

static struct {
	enum failing_call call;
	long left;   /* calls that still succeed */
	long failed; /* calls that did not */
	sqlite3_vfs *disk;
	sqlite3_mem_methods memory;
} failing;

/* The real file stands behind this head. */
struct failing_file {
	sqlite3_file base;
	sqlite3_file *real;
};

static inline bool failing_now(enum failing_call call)
{
	if (failing.call != call || failing.left-- > 0)
		return false;
	failing.failed++;
	return true;
}

static inline void failing_arm(enum failing_call call, long n)
{
	failing.call = call;
	failing.left = n;
	failing.failed = 0;
}

/* True if a call failed since it was armed. */
static inline bool failing_disarm(void)
{
	failing.call = FAILING_NONE;
	return failing.failed > 0;
}

static inline sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct failing_file *)file)->real;
}

static inline int f_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static inline int f_read(sqlite3_file *file, void *into, int n, sqlite3_int64 at)
{
	return failing_now(FAILING_READ) ? SQLITE_IOERR_READ : real_of(file)->pMethods->xRead(real_of(file), into, n, at);
}

static inline int f_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
	if (!failing_now(FAILING_WRITE))
		return real_of(file)->pMethods->xWrite(real_of(file), from, n, at);
	/* As disks do: half of it may have been written. */
	real_of(file)->pMethods->xWrite(real_of(file), from, n / 2, at);
	return SQLITE_FULL;
}

static inline int f_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	return failing_now(FAILING_WRITE) ? SQLITE_IOERR_TRUNCATE
	                                  : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static inline int f_sync(sqlite3_file *file, int flags)
{
	return failing_now(FAILING_SYNC) ? SQLITE_IOERR_FSYNC : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static inline int f_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static inline int f_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static inline int f_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static inline int f_reserved(sqlite3_file *file, int *result)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}

static inline int f_control(sqlite3_file *file, int op, void *arg)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static inline int f_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static inline int f_traits(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static inline int f_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **at)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, at);
}

static inline int f_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static inline void f_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static inline int f_shm_unmap(sqlite3_file *file, int remove)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods failing_methods = {
	2, f_close, f_read, f_write, f_truncate, f_sync, f_size, f_lock, f_unlock, f_reserved, f_control, f_sector, f_traits,
	f_shm_map, f_shm_lock, f_shm_barrier, f_shm_unmap, NULL, NULL,
};

static inline int v_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	struct failing_file *f = (struct failing_file *)file;
	int rc;

	(void)vfs;
	f->real = (sqlite3_file *)(f + 1);
	f->base.pMethods = NULL;
	rc = failing.disk->xOpen(failing.disk, name, f->real, flags, out);
	if (rc == SQLITE_OK)
		f->base.pMethods = &failing_methods;
	return rc;
}

static inline int v_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	return failing.disk->xDelete(failing.disk, name, sync);
}

static inline int v_access(sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
	(void)vfs;
	return failing.disk->xAccess(failing.disk, name, flags, result);
}

static inline int v_full_name(sqlite3_vfs *vfs, const char *name, int n, char *out)
{
	(void)vfs;
	return failing.disk->xFullPathname(failing.disk, name, n, out);
}

static inline void failing_disk_install(void)
{
	static sqlite3_vfs vfs;

	failing.disk = sqlite3_vfs_find(NULL);
	vfs = *failing.disk;
	vfs.zName = "failing";
	vfs.szOsFile = (int)sizeof(struct failing_file) + failing.disk->szOsFile;
	vfs.pNext = NULL;
	vfs.xOpen = v_open;
	vfs.xDelete = v_delete;
	vfs.xAccess = v_access;
	vfs.xFullPathname = v_full_name;
	sqlite3_vfs_register(&vfs, 1);
}

static inline void *m_malloc(int n)
{
	return failing_now(FAILING_MEMORY) ? NULL : failing.memory.xMalloc(n);
}

static inline void *m_realloc(void *old, int n)
{
	return failing_now(FAILING_MEMORY) ? NULL : failing.memory.xRealloc(old, n);
}

/* Before SQLite's first use in the process. */
static inline void failing_memory_install(void)
{
	sqlite3_mem_methods methods;

	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &failing.memory);
	methods = failing.memory;
	methods.xMalloc = m_malloc;
	methods.xRealloc = m_realloc;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}

#endif
