/*
 * password: yescrypt by libxcrypt's crypt(3).
 *
 * Layer: base; the only user of crypt.h.
 */
#ifndef YW_BASE_PASSWORD_H
#define YW_BASE_PASSWORD_H

#include "base/err.h"

/* The salted yescrypt hash of PLAIN; the caller frees it. */
char *password_hash(const char *plain, struct err *err);
/* True if PLAIN gives STORED; compares in constant time. A NULL or empty STORED never matches, at the same cost. */
bool password_matches(const char *plain, const char *stored);
/* NULL if PLAIN is good enough (>= 8 characters, three of lower, upper, digit, other; NAME not in it); else the reason, static. */
const char *password_weakness(const char *plain, const char *name);

#endif
