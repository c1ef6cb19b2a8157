#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

static void (*on_exhausted)(void);

void mem_on_exhausted(void (*hook)(void))
{
	on_exhausted = hook;
}

/* No memory is no place to translate or to format: a plain sentence, and out. */
_Noreturn void mem_exhausted(void)
{
	static const char sentence[] = "yunwei: the system has no more memory; close other programs and start again\n";
	void (*hook)(void) = on_exhausted;

	on_exhausted = NULL;
	if (hook != NULL)
		hook();
	if (write(STDERR_FILENO, sentence, sizeof(sentence) - 1) < 0)
		_exit(ERR_SYSTEM);
	_exit(ERR_SYSTEM);
}

/* Bytes for COUNT things of SIZE, at least one so that the answer is never NULL. */
static size_t bytes_for(size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX)
		mem_exhausted();
	return bytes == 0 ? 1 : bytes;
}

void *mem_zeroed(size_t count, size_t size)
{
	void *memory = calloc(1, bytes_for(count, size));

	if (memory == NULL)
		mem_exhausted();
	return memory;
}

void *mem_resize(void *old, size_t count, size_t size)
{
	void *memory = realloc(old, bytes_for(count, size));

	if (memory == NULL)
		mem_exhausted();
	return memory;
}

char *mem_text(const char *text)
{
	return text == NULL ? NULL : mem_text_len(text, strlen(text));
}

char *mem_text_len(const char *text, size_t len_bytes)
{
	char *copy = mem_resize(NULL, bytes_for(len_bytes, 1) + 1, 1);

	if (len_bytes > 0)
		memcpy(copy, text, len_bytes);
	copy[len_bytes] = '\0';
	return copy;
}
