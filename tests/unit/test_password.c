/* Passwords: salted, matched, weighed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/password.h"

static void a_hash_matches_its_password_only(void **state)
{
	struct err err;
	char *hash = password_hash("机房-Ab12", &err), *again = password_hash("机房-Ab12", &err);

	(void)state;
	assert_non_null(hash);
	assert_int_equal(strncmp(hash, "$y$", 3), 0);
	assert_null(strstr(hash, "Ab12"));
	assert_string_not_equal(hash, again);
	assert_true(password_matches("机房-Ab12", hash));
	assert_true(password_matches("机房-Ab12", again));
	assert_false(password_matches("机房-Ab13", hash));
	assert_false(password_matches("", hash));
	free(hash);
	free(again);
}

static void no_account_never_matches(void **state)
{
	static const char *const broken[] = { NULL, "", "*", "*0", "!", "x", "plain", "$y$j9T$", "$y$zzzz$abc$def" };

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		assert_false(password_matches("plain", broken[i]));
		assert_false(password_matches("", broken[i]));
		assert_false(password_matches("*0", broken[i]));
	}
}

/* So that one cannot learn by the clock which accounts exist. */
static void no_account_takes_as_long_as_one(void **state)
{
	char *hash = password_hash("Secret-1", NULL);
	int64_t start = clock_monotonic_ms(), with, without;

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_false(password_matches("Secret-2", hash));
	with = clock_monotonic_ms() - start;
	start = clock_monotonic_ms();
	for (int i = 0; i < 5; i++)
		assert_false(password_matches("Secret-2", NULL));
	without = clock_monotonic_ms() - start;
	assert_true(without * 3 + 3 >= with);
	free(hash);
}

static void too_long_a_password_is_refused(void **state)
{
	struct err err = { .code = ERR_NONE };
	char plain[600];

	(void)state;
	memset(plain, 'a', sizeof(plain) - 1);
	plain[sizeof(plain) - 1] = '\0';
	assert_null(password_hash(plain, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_false(password_matches(plain, "$y$j9T$AAAAAAAAAAAAAAAAAAAAA.$x"));
	plain[511] = '\0';
	char *hash = password_hash(plain, &err);
	assert_non_null(hash);
	assert_true(password_matches(plain, hash));
	free(hash);
}

static void weak_passwords_are_told(void **state)
{
	static const struct { const char *plain, *name; bool weak; } cases[] = {
		{ "", "chen", true },           { "Ab1-", "chen", true },        { "Ab1-567", "chen", true },
		{ "Ab1-5678", "chen", false },  { "abcdefgh", "chen", true },    { "abcdEFGH", "chen", true },
		{ "abcdEF12", "chen", false },  { "abcd-12x", "chen", false },   { "12345678", "chen", true },
		{ "机房巡检机房巡检", "chen", true }, { "机房巡检Ab12", "chen", false }, { "Ab1-机房", "chen", true },
		{ "Chen-2026", "chen", true },  { "2026-CHENx", "chen", true },  { "Li-20260", "li", false },
		{ "Ab1-5678", NULL, false },    { "Ab1-5678", "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *reason = password_weakness(cases[i].plain, cases[i].name);

		if ((reason != NULL) != cases[i].weak)
			fail_msg("%s: %s", cases[i].plain, reason == NULL ? "taken" : reason);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hash_matches_its_password_only),
		cmocka_unit_test(no_account_never_matches),
		cmocka_unit_test(no_account_takes_as_long_as_one),
		cmocka_unit_test(too_long_a_password_is_refused),
		cmocka_unit_test(weak_passwords_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
