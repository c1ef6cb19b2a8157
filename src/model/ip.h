/*
 * ip: IPv4 and MAC addresses.
 *
 * Layer: model. Addresses are host-order uint32_t. Texts are folded from
 * full-width and from 。 before parsing.
 */
#ifndef YW_MODEL_IP_H
#define YW_MODEL_IP_H

#include <stdbool.h>
#include <stdint.h>

enum { IP_SIZE = 16, MAC_SIZE = 18 };

bool ip_parse(const char *text, uint32_t *address);
char *ip_format(uint32_t address, char buffer[IP_SIZE]);
/* A mask of contiguous ones; *PREFIX its length. */
bool ip_mask_parse(const char *text, int *prefix);
bool ip_cidr_parse(const char *text, uint32_t *network, int *prefix);
bool ip_same_subnet(uint32_t a, uint32_t b, int prefix);
/* Network and broadcast address are no hosts (prefix < 31). */
bool ip_is_host(uint32_t address, int prefix);
/* 12 hex digits with any of : - . or blanks between; written AA-BB-CC-DD-EE-FF. */
bool mac_parse(const char *text, char mac[MAC_SIZE]);

#endif
