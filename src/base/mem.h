/*
 * mem: memory that is there.
 *
 * Layer: base. Every allocation of ours goes through here and never returns
 * NULL: when the system has no more, the hook set by mem_on_exhausted() runs
 * (restore the terminal, say so) and the process ends with status 6. What a
 * person typed is in the store's draft, at most a second old, so ending is
 * safer than limping on. Libraries that report their own exhaustion (SQLite)
 * are reported as ERR_SYSTEM and survive.
 */
#ifndef YW_BASE_MEM_H
#define YW_BASE_MEM_H

#include <stddef.h>

/* Sets what runs before the process ends for want of memory; NULL for none. */
void mem_on_exhausted(void (*hook)(void));

/* Ends the process as above; for a library of which a call failed for want of memory only. */
_Noreturn void mem_exhausted(void);

/* COUNT * SIZE zeroed bytes; the caller owns them and frees with free(). */
void *mem_zeroed(size_t count, size_t size) __attribute__((malloc, returns_nonnull));

/* Resizes OLD (or NULL) to COUNT * SIZE bytes, overflow checked; new bytes are not zeroed. */
void *mem_resize(void *old, size_t count, size_t size) __attribute__((returns_nonnull));

/* A copy of TEXT (NULL gives NULL); of its first LEN bytes plus a NUL. Caller frees. */
char *mem_text(const char *text);
char *mem_text_len(const char *text, size_t len_bytes) __attribute__((returns_nonnull));

/* A zeroed struct: struct thing *t = mem_new(struct thing); */
#define mem_new(type) ((type *)mem_zeroed(1, sizeof(type)))

#endif
