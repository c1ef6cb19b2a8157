#include "base/hash.h"

#include <stdlib.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/mem.h"
#include "base/text.h"

struct hash {
	EVP_MD_CTX *context;
};

static bool refused(struct err *err)
{
	return err_set_sub(err, ERR_SYSTEM, (int)ERR_GET_REASON(ERR_get_error()),
	                   _("The cryptographic library of this system does not offer the hash SM3; "
	                     "install OpenSSL 3 with SM3."));
}

struct hash *hash_new(struct err *err)
{
	struct hash *hash = mem_new(struct hash);

	hash->context = EVP_MD_CTX_new();
	if (hash->context != NULL && EVP_DigestInit_ex(hash->context, EVP_sm3(), NULL) == 1)
		return hash;
	hash_free(&hash);
	refused(err);
	return NULL;
}

void hash_add(struct hash *hash, const void *bytes, size_t len)
{
	/* A failure here (there is none that we know) makes hash_end fail: the context is gone. */
	if (hash->context != NULL && EVP_DigestUpdate(hash->context, bytes, len) != 1) {
		EVP_MD_CTX_free(hash->context);
		hash->context = NULL;
	}
}

static void to_hex(const unsigned char *bytes, char hex[HASH_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < HASH_BYTES; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 0x0F];
	}
	hex[HASH_HEX_SIZE - 1] = '\0';
}

bool hash_end(struct hash **hash, char hex[HASH_HEX_SIZE], struct err *err)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned int len = 0;
	EVP_MD_CTX *context = (*hash)->context;
	const bool done = context != NULL && EVP_DigestFinal_ex(context, bytes, &len) == 1 && len == HASH_BYTES;

	hash_free(hash);
	if (!done)
		return refused(err);
	to_hex(bytes, hex);
	return true;
}

void hash_free(struct hash **hash)
{
	if (*hash != NULL)
		EVP_MD_CTX_free((*hash)->context);
	free(*hash);
	*hash = NULL;
}

bool hash_bytes(const void *bytes, size_t len, char hex[HASH_HEX_SIZE], struct err *err)
{
	struct hash *hash = hash_new(err);

	if (hash == NULL)
		return false;
	hash_add(hash, bytes, len);
	return hash_end(&hash, hex, err);
}
