#include "form/near.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

enum { LONGEST = 40 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters must be changed, added or left out to make A of B; neighbours changed round count as one. */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2];
	const size_t a_len = strlen(a), b_len = strlen(b);

	for (size_t j = 0; j <= b_len; j++)
		last[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		size_t *oldest = before;
		before = last;
		last = row;
		row = oldest;
	}
	return last[b_len];
}

void near_begin(struct near *near, const char *word)
{
	const size_t len = strlen(word);

	/* More than a third wrong is another word; one letter always may be. */
	*near = (struct near){ .word = word, .best = NULL, .distance = len > LONGEST ? 0 : len < 6 ? 2 : len / 3 + 1 };
}

void near_offer(struct near *near, const char *known)
{
	size_t far;

	if (known == NULL || near->distance == 0 || strlen(known) > LONGEST)
		return;
	far = distance(near->word, known);
	if (far >= near->distance)
		return;
	near->distance = far;
	near->best = known;
}

char *near_words(const struct near *near)
{
	if (near->best == NULL)
		return mem_text("");
	return str_format(_(" (did you mean \"%s\"?)"), near->best);
}
