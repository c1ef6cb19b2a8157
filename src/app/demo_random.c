#include "app/demo_parts.h"

#include "base/json.h"

/* SplitMix64: any seed is a good one. */
uint64_t demo_random_next(struct demo_random *random)
{
	uint64_t z = random->state += 0x9e3779b97f4a7c15U;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

int64_t demo_random_between(struct demo_random *random, int64_t low, int64_t high)
{
	if (high <= low)
		return low;
	return low + (int64_t)(demo_random_next(random) % (uint64_t)(high - low + 1));
}

double demo_random_unit(struct demo_random *random)
{
	return (double)(demo_random_next(random) >> 11) / 9007199254740992.0;
}

bool demo_random_chance(struct demo_random *random, int64_t percent)
{
	return demo_random_between(random, 0, 99) < percent;
}

const json_t *demo_random_weighted(struct demo_random *random, const json_t *list)
{
	int64_t sum = 0;
	for (size_t i = 0; i < json_array_size(list); i++)
		sum += json_whole(json_array_get(list, i), "weight", 1);
	int64_t at = sum > 0 ? demo_random_between(random, 0, sum - 1) : -1;
	for (size_t i = 0; at >= 0 && i < json_array_size(list); i++) {
		at -= json_whole(json_array_get(list, i), "weight", 1);
		if (at < 0)
			return json_array_get(list, i);
	}
	return NULL;
}
