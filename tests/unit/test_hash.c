/* SM3 by the examples of GB/T 32905-2016, annex A, and a long one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

static const char of_abc[] = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
static const char of_abcd_16[] = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732";
static const char of_nothing[] = "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b";

static void the_standards_examples(void **state)
{
	static const char abcd_16[] = "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd";
	char hex[HASH_HEX_SIZE];
	struct err err;

	(void)state;
	assert_true(hash_bytes("abc", 3, hex, &err));
	assert_string_equal(hex, of_abc);
	assert_true(hash_bytes(abcd_16, 64, hex, &err));
	assert_string_equal(hex, of_abcd_16);
	assert_true(hash_bytes("", 0, hex, &err));
	assert_string_equal(hex, of_nothing);
}

static void parts_give_the_hash_of_the_whole(void **state)
{
	struct err err;
	struct hash *hash = hash_new(&err);
	char hex[HASH_HEX_SIZE];

	(void)state;
	assert_non_null(hash);
	for (int i = 0; i < 16; i++) {
		hash_add(hash, "ab", 2);
		hash_add(hash, "", 0);
		hash_add(hash, "cd", 2);
	}
	assert_true(hash_end(&hash, hex, &err));
	assert_null(hash);
	assert_string_equal(hex, of_abcd_16);
}

static void half_made_hashes_are_freed(void **state)
{
	struct hash *hash = hash_new(NULL), *none = NULL;

	(void)state;
	hash_add(hash, "abc", 3);
	hash_free(&hash);
	assert_null(hash);
	hash_free(&hash);
	hash_free(&none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_standards_examples),
		cmocka_unit_test(parts_give_the_hash_of_the_whole),
		cmocka_unit_test(half_made_hashes_are_freed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
