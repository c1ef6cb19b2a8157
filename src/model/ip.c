#include "model/ip.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

/* Half-width and without blanks at the ends: as an input method may leave it. Caller frees. */
static char *folded(const char *text)
{
	char *half = utf8_halfwidth(text);
	struct str s = STR_INIT;

	str_add(&s, half);
	str_trim(&s);
	free(half);
	return str_take(&s);
}

/* A decimal number of at most three digits up to MOST, without needless zeros; NULL if there is none. */
static const char *read_number(const char *at, unsigned most, unsigned *number)
{
	const char *start = at;

	*number = 0;
	while (isdigit((unsigned char)*at) && at - start < 4)
		*number = *number * 10 + (unsigned)(*at++ - '0');
	if (at == start || at - start > 3 || *number > most || (at - start > 1 && *start == '0'))
		return NULL;
	return at;
}

/* Four numbers with points between; returns where they end. */
static const char *read_address(const char *at, uint32_t *address)
{
	unsigned part;

	*address = 0;
	for (int i = 0; i < 4; i++) {
		if (i > 0 && *at++ != '.')
			return NULL;
		at = read_number(at, 255, &part);
		if (at == NULL)
			return NULL;
		*address = *address << 8 | part;
	}
	return at;
}

bool ip_parse(const char *text, uint32_t *address)
{
	char *half = folded(text);
	const char *end = read_address(half, address);
	const bool good = end != NULL && *end == '\0';

	free(half);
	return good;
}

char *ip_format(uint32_t address, char buffer[IP_SIZE])
{
	snprintf(buffer, IP_SIZE, "%u.%u.%u.%u", (unsigned)(address >> 24), (unsigned)(address >> 16 & 255),
	         (unsigned)(address >> 8 & 255), (unsigned)(address & 255));
	return buffer;
}

static uint32_t mask_of(int prefix)
{
	return prefix == 0 ? 0 : UINT32_MAX << (32 - prefix);
}

bool ip_mask_parse(const char *text, int *prefix)
{
	uint32_t mask;

	if (!ip_parse(text, &mask))
		return false;
	for (*prefix = 0; *prefix <= 32; ++*prefix)
		if (mask_of(*prefix) == mask)
			return true;
	return false;
}

bool ip_cidr_parse(const char *text, uint32_t *network, int *prefix)
{
	char *half = folded(text);
	unsigned length = 0;
	const char *at = read_address(half, network);
	bool good = at != NULL && *at == '/';

	if (good) {
		at = read_number(at + 1, 32, &length);
		good = at != NULL && *at == '\0' && (*network & ~mask_of((int)length)) == 0;
	}
	*prefix = (int)length;
	free(half);
	return good;
}

bool ip_same_subnet(uint32_t a, uint32_t b, int prefix)
{
	return ((a ^ b) & mask_of(prefix)) == 0;
}

bool ip_is_host(uint32_t address, int prefix)
{
	const uint32_t host = address & ~mask_of(prefix);

	return prefix >= 31 || (host != 0 && host != ~mask_of(prefix));
}

bool mac_parse(const char *text, char mac[MAC_SIZE])
{
	char *half = folded(text);
	size_t digits = 0;
	bool good = true;

	for (const char *at = half; *at != '\0' && good; at++) {
		if (strchr(":-. ", *at) != NULL)
			continue;
		good = isxdigit((unsigned char)*at) && digits < 12;
		if (!good)
			break;
		/* Two digits and a dash: AA-BB-CC-DD-EE-FF. */
		mac[digits / 2 * 3 + digits % 2] = (char)toupper((unsigned char)*at);
		if (digits % 2 == 1)
			mac[digits / 2 * 3 + 2] = digits == 11 ? '\0' : '-';
		digits++;
	}
	free(half);
	return good && digits == 12;
}
