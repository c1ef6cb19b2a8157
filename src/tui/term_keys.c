/* term_keys: between the key reader and curses' names for keys. */
#include "tui/cells.h"

void term_define_keys(struct key_reader *reader)
{
	static const struct {
		const char *capability;
		int code;
	} keys[] = {
		{ "kcuu1", K_UP },     { "kcud1", K_DOWN },      { "kcub1", K_LEFT },       { "kcuf1", K_RIGHT },
		{ "khome", K_HOME },   { "kend", K_END },        { "kpp", K_PAGE_UP },      { "knp", K_PAGE_DOWN },
		{ "kich1", K_INSERT }, { "kdch1", K_DELETE },    { "kcbt", K_BACKTAB },     { "kent", K_ENTER },
		{ "kf1", K_F1 },       { "kf2", K_F2 },          { "kf3", K_F3 },           { "kf4", K_F4 },
		{ "kf5", K_F5 },       { "kf6", K_F6 },          { "kf7", K_F7 },           { "kf8", K_F8 },
		{ "kf9", K_F9 },       { "kf10", K_F10 },        { "kf11", K_F11 },         { "kf12", K_F12 },
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *sequence = tigetstr((char *)keys[i].capability);
		if (sequence != NULL && sequence != (char *)-1)
			key_reader_define(reader, sequence, keys[i].code, 0);
	}
}

chtype key_for_cdk(const struct key *key)
{
	static const struct {
		int code;
		chtype cdk;
	} keys[] = {
		{ K_ENTER, KEY_ENTER }, { K_ESC, KEY_ESC },     { K_TAB, KEY_TAB },          { K_BACKTAB, KEY_BTAB },
		{ K_UP, KEY_UP },       { K_DOWN, KEY_DOWN },   { K_LEFT, KEY_LEFT },        { K_RIGHT, KEY_RIGHT },
		{ K_HOME, KEY_HOME },   { K_END, KEY_END },     { K_PAGE_UP, KEY_PPAGE },    { K_PAGE_DOWN, KEY_NPAGE },
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys && key->kind == KEY_NAMED && key->mods == 0; i++) {
		if (keys[i].code == key->code)
			return keys[i].cdk;
	}
	return 0;
}
