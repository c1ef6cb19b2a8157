/*
 * journal_parts: how a row of the journal is read. Private to store/journal*.c.
 */
#ifndef YW_STORE_JOURNAL_PARTS_H
#define YW_STORE_JOURNAL_PARTS_H

/* In the order in which they are hashed; the last two are the links of the chain. */
#define JOURNAL_COLUMNS                                                                            \
	"seq, at, actor, login, acting_for, origin, record, action, from_state, to_state, note, "  \
	"changes, record_hash, previous, hash"
enum { JOURNAL_HASHED = 13 };

#endif
