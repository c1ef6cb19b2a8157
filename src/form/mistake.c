#include "form/mistake.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

void mistake_add(struct mistakes *mistakes, const char *file, int line, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	/* One mistake is one line. */
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '\n' || text.data[i] == '\t')
			text.data[i] = ' ';
	mistakes->items = mem_resize(mistakes->items, mistakes->count + 1, sizeof(struct mistake));
	mistakes->items[mistakes->count++] = (struct mistake){
		.file = mem_text(file),
		.line = line,
		.text = str_take(&text),
	};
}

char *mistake_text(const struct mistake *mistake)
{
	if (mistake->line == 0)
		return str_format("%s: %s", mistake->file, mistake->text);
	return str_format("%s:%d: %s", mistake->file, mistake->line, mistake->text);
}

static int compare(const void *left, const void *right)
{
	const struct mistake *a = left, *b = right;
	const int by_file = strcmp(a->file, b->file);

	if (by_file != 0)
		return by_file;
	return a->line != b->line ? (a->line > b->line) - (a->line < b->line) : strcmp(a->text, b->text);
}

static void release_one(struct mistake *mistake)
{
	free(mistake->file);
	free(mistake->text);
}

void mistakes_sort(struct mistakes *mistakes)
{
	size_t kept = 0;

	if (mistakes->count == 0)
		return;
	qsort(mistakes->items, mistakes->count, sizeof(struct mistake), compare);
	for (size_t i = 1; i < mistakes->count; i++) {
		if (compare(&mistakes->items[kept], &mistakes->items[i]) == 0)
			release_one(&mistakes->items[i]);
		else
			mistakes->items[++kept] = mistakes->items[i];
	}
	mistakes->count = kept + 1;
}

void mistakes_release(struct mistakes *mistakes)
{
	for (size_t i = 0; i < mistakes->count; i++)
		release_one(&mistakes->items[i]);
	free(mistakes->items);
	*mistakes = (struct mistakes){ .items = NULL };
}
