/* What is to happen, the earliest first; what was planned first comes first at the same time. */
#include "app/demo_parts.h"

#include "base/mem.h"

struct entry {
	struct thing *thing;
	uint64_t order;
};

struct agenda {
	struct entry *heap;
	size_t count, room;
	uint64_t planned;
};

static bool is_before(const struct entry *a, const struct entry *b)
{
	if (a->thing->due_utc != b->thing->due_utc)
		return a->thing->due_utc < b->thing->due_utc;
	return a->order < b->order;
}

static void swap(struct entry *a, struct entry *b)
{
	struct entry kept = *a;
	*a = *b;
	*b = kept;
}

void agenda_put(struct agenda **slot, struct thing *thing)
{
	if (!*slot)
		*slot = mem_new(struct agenda);
	struct agenda *agenda = *slot;
	if (agenda->count == agenda->room) {
		agenda->room = agenda->room ? agenda->room * 2 : 64;
		agenda->heap = mem_resize(agenda->heap, agenda->room, sizeof(*agenda->heap));
	}
	size_t at = agenda->count++;
	agenda->heap[at] = (struct entry){ thing, agenda->planned++ };
	for (; at > 0 && is_before(&agenda->heap[at], &agenda->heap[(at - 1) / 2]); at = (at - 1) / 2)
		swap(&agenda->heap[at], &agenda->heap[(at - 1) / 2]);
}

static void sink(struct agenda *agenda)
{
	for (size_t at = 0;;) {
		size_t least = at;
		for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < agenda->count; child++) {
			if (is_before(&agenda->heap[child], &agenda->heap[least]))
				least = child;
		}
		if (least == at)
			return;
		swap(&agenda->heap[at], &agenda->heap[least]);
		at = least;
	}
}

struct thing *agenda_take(struct agenda *agenda)
{
	if (!agenda || agenda->count == 0)
		return NULL;
	struct thing *first = agenda->heap[0].thing;
	agenda->heap[0] = agenda->heap[--agenda->count];
	sink(agenda);
	return first;
}

int64_t agenda_next(const struct agenda *agenda)
{
	return agenda && agenda->count > 0 ? agenda->heap[0].thing->due_utc : INT64_MAX;
}

void agenda_free(struct agenda **slot)
{
	if (!*slot)
		return;
	for (size_t i = 0; i < (*slot)->count; i++)
		demo_thing_free(&(*slot)->heap[i].thing);
	free((*slot)->heap);
	free(*slot);
	*slot = NULL;
}
