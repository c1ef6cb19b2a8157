#include "base/password.h"

#include <crypt.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

static const char method[] = "$y$"; /* yescrypt */

enum { LEAST_CHARS = 8, LEAST_CLASSES = 3, LONGEST_BYTES = CRYPT_MAX_PASSPHRASE_SIZE - 1 };

/* struct crypt_data has 32 kB and holds the plain text: from the heap, and wiped. */
static void wipe(struct crypt_data **data)
{
	volatile unsigned char *bytes = (volatile unsigned char *)*data;

	for (size_t i = 0; i < sizeof(**data); i++)
		bytes[i] = 0;
	free(*data);
	*data = NULL;
}

/* The hash of PLAIN with SETTING (a salt, or a stored hash); NULL with errno set. Caller frees. */
static char *hashed(const char *plain, const char *setting)
{
	struct crypt_data *data = mem_new(struct crypt_data);
	const char *result = crypt_r(plain, setting, data);
	const int number = errno;
	/* A failure is "*0" or "*1", which no hash starts with. */
	char *copy = result == NULL || result[0] == '*' ? NULL : mem_text(result);

	wipe(&data);
	errno = number;
	return copy;
}

char *password_hash(const char *plain, struct err *err)
{
	char salt[CRYPT_GENSALT_OUTPUT_SIZE];
	char *hash;

	if (strlen(plain) > LONGEST_BYTES) {
		err_set(err, ERR_REFUSED, _("The password is too long: at most %d bytes."), LONGEST_BYTES);
		return NULL;
	}
	if (crypt_gensalt_rn(method, 0, NULL, 0, salt, sizeof(salt)) == NULL) {
		err_errno(err, _("The system cannot make a salt for a password"));
		return NULL;
	}
	hash = hashed(plain, salt);
	if (hash == NULL)
		err_errno(err, _("The system cannot hash a password with yescrypt"));
	return hash;
}

/* Equality at a cost that does not tell where the difference is. */
static bool equal(const char *a, const char *b)
{
	const size_t len = strlen(a);
	unsigned int difference = strlen(b) == len ? 0 : 1;

	if (difference != 0)
		return false;
	for (size_t i = 0; i < len; i++)
		difference |= (unsigned int)((uint8_t)a[i] ^ (uint8_t)b[i]);
	return difference == 0;
}

bool password_matches(const char *plain, const char *stored)
{
	/* Hashed against when there is no account, so that the time does not tell. */
	static const char nobody[] = "$y$j9T$AAAAAAAAAAAAAAAAAAAAA.";
	const bool known = !str_is_empty(stored);
	char *hash = hashed(plain, known ? stored : nobody);
	const bool matches = known && hash != NULL && equal(hash, stored);

	free(hash);
	return matches;
}

/* How many of lower, upper, digit and other occur in PLAIN. */
static int classes(const char *plain)
{
	bool lower = false, upper = false, digit = false, other = false;

	for (; *plain != '\0'; plain++) {
		const bool is_lower = *plain >= 'a' && *plain <= 'z';
		const bool is_upper = *plain >= 'A' && *plain <= 'Z';
		const bool is_digit = *plain >= '0' && *plain <= '9';

		lower = lower || is_lower;
		upper = upper || is_upper;
		digit = digit || is_digit;
		other = other || !(is_lower || is_upper || is_digit);
	}
	return lower + upper + digit + other;
}

/* True if NAME (of more than a letter or two) stands anywhere in PLAIN, in capitals or not. */
static bool holds_name(const char *plain, const char *name)
{
	const size_t len = str_is_empty(name) ? 0 : strlen(name);

	if (len < 3)
		return false;
	for (; strlen(plain) >= len; plain++)
		if (strncasecmp(plain, name, len) == 0)
			return true;
	return false;
}

const char *password_weakness(const char *plain, const char *name)
{
	if (utf8_chars(plain) < LEAST_CHARS)
		return _("The password is too short: at least 8 characters.");
	if (strlen(plain) > LONGEST_BYTES)
		return _("The password is too long: at most 511 bytes.");
	if (classes(plain) < LEAST_CLASSES)
		return _("The password is too simple: take three of small letters, capitals, digits and other characters.");
	if (holds_name(plain, name))
		return _("The password must not contain the account's name.");
	return NULL;
}
