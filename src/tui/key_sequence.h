/*
 * key_sequence: what the sequences of all terminals mean.
 *
 * Layer: tui, private to the key reader. The grammar of control sequences (ECMA-48)
 * says where one ends even if nobody knows what it means.
 */
#ifndef YW_TUI_KEY_SEQUENCE_H
#define YW_TUI_KEY_SEQUENCE_H

#include <stddef.h>

enum sequence {
	SEQUENCE_MORE,    /* not complete */
	SEQUENCE_KEY,     /* CODE and MODS; a CODE below K_ENTER is a character */
	SEQUENCE_NOTHING, /* complete, but means nothing to us */
	SEQUENCE_PASTE,   /* a bracketed paste begins */
};

struct sequence_key {
	int code;
	unsigned mods;
};

/* Reads the sequence that begins BYTES (with Esc [ or Esc O and so on); *USED is its length. */
enum sequence key_sequence(const char *bytes, size_t len, size_t *used, struct sequence_key *key);

#endif
