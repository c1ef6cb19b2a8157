/* edit: see edit.h. */
#include "tui/edit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { BURST_MOST = 20, BYTES_A_CHAR = 16 };

static void forget(struct edit_state *states, size_t *count)
{
	while (*count > 0)
		free(states[--*count].text);
}

void edit_release(struct edit *edit)
{
	forget(edit->undo, &edit->undo_count);
	forget(edit->redo, &edit->redo_count);
	if (edit->text.data != NULL && edit->forgetful)
		memset(edit->text.data, 0, edit->text.len);
	str_release(&edit->text);
}

static void changed(struct edit *edit)
{
	edit->version++;
}

/* The grapheme boundary at or after AT. */
static size_t boundary(const char *text, size_t at)
{
	size_t start = utf8_prev(text, at), next = utf8_next(text, start);
	return at == 0 || next >= at ? (at == 0 ? 0 : next) : at;
}

void edit_set_caret(struct edit *edit, size_t at)
{
	at = at > edit->text.len ? edit->text.len : at;
	while (at < edit->text.len && (edit->text.data[at] & 0xC0) == 0x80)
		at++;
	edit->caret = boundary(str_text(&edit->text), at);
	edit->burst_end = SIZE_MAX;
}

static void push_state(struct edit_state *states, size_t *count, const struct edit *edit)
{
	if (*count == EDIT_UNDO_MOST) {
		free(states[0].text);
		memmove(states, states + 1, (EDIT_UNDO_MOST - 1) * sizeof *states);
		--*count;
	}
	states[(*count)++] = (struct edit_state){ mem_text(str_text(&edit->text)), edit->caret };
}

/* Before a change: what undo comes back to. */
static void remember(struct edit *edit)
{
	if (edit->forgetful)
		return;
	push_state(edit->undo, &edit->undo_count, edit);
	forget(edit->redo, &edit->redo_count);
	edit->burst_end = SIZE_MAX;
}

static enum input_result go_back(struct edit *edit, struct edit_state *from, size_t *from_count,
                                 struct edit_state *to, size_t *to_count)
{
	if (*from_count == 0)
		return INPUT_REFUSED;
	push_state(to, to_count, edit);
	--*from_count;
	str_set(&edit->text, from[*from_count].text);
	edit->caret = from[*from_count].caret;
	free(from[*from_count].text);
	edit->burst_end = SIZE_MAX;
	changed(edit);
	return INPUT_CHANGED;
}

/* TEXT as it may stand in the field; *REFUSED if some of it may not. Caller frees. */
static char *admissible(const struct edit *edit, const char *text, bool *refused)
{
	char *clean = utf8_clean(text, edit->multiline), *folded;
	size_t to = 0;

	if (edit->halfwidth) {
		folded = utf8_halfwidth(clean);
		free(clean);
		clean = folded;
	}
	for (size_t at = 0; edit->accepts != NULL && clean[at] != '\0'; at++) {
		if (strchr(edit->accepts, clean[at]) != NULL)
			clean[to++] = clean[at];
		else
			*refused = true;
	}
	if (edit->accepts != NULL)
		clean[to] = '\0';
	return clean;
}

/* Bytes of TEXT that there is still room for. */
static size_t room_for(const struct edit *edit, const char *text)
{
	const size_t have = utf8_chars(str_text(&edit->text));
	const size_t most_bytes = edit->max_chars * BYTES_A_CHAR;
	size_t room = edit->max_chars > have ? edit->max_chars - have : 0, at = 0;

	while (room > 0 && text[at] != '\0') {
		size_t next = utf8_next(text, at);
		if (edit->text.len + next > most_bytes) /* one letter under a tower of marks is no letter */
			break;
		at = next;
		room--;
	}
	return at;
}

/* What of a long paste can matter at all: cleaning a megabyte for a field of ten characters helps nobody. */
static char *bounded(const struct edit *edit, const char *text, bool *refused)
{
	size_t most = (edit->max_chars + 1) * BYTES_A_CHAR * 2, len = strnlen(text, most + 1);

	while (!edit->multiline && len > 0 && len <= most && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--; /* a line was copied with its end */
	if (len <= most)
		return mem_text_len(text, len);
	*refused = true;
	while (most > 0 && (text[most] & 0xC0) == 0x80)
		most--;
	return mem_text_len(text, most);
}

static void insert_bytes(struct edit *edit, const char *text, size_t len, size_t chars)
{
	const bool goes_on = edit->burst_end == edit->caret && edit->burst_chars + chars <= BURST_MOST;

	if (!goes_on) {
		remember(edit);
		edit->burst_chars = 0;
	}
	str_insert(&edit->text, edit->caret, text, len);
	edit_set_caret(edit, edit->caret + len);
	edit->burst_end = edit->caret;
	edit->burst_chars += chars;
	changed(edit);
}

enum input_result edit_insert(struct edit *edit, const char *text)
{
	bool refused = false;
	char *part = bounded(edit, text, &refused);
	char *good = admissible(edit, part, &refused);
	size_t len = room_for(edit, good);

	refused = refused || good[len] != '\0' || good[0] == '\0';
	good[len] = '\0';
	if (len > 0)
		insert_bytes(edit, good, len, utf8_chars(good));
	free(good);
	free(part);
	return refused ? INPUT_REFUSED : INPUT_CHANGED;
}

void edit_set(struct edit *edit, const char *text)
{
	str_clear(&edit->text);
	edit->caret = 0;
	(void)edit_insert(edit, text == NULL ? "" : text);
	edit_set_caret(edit, edit->text.len);
	forget(edit->undo, &edit->undo_count);
	forget(edit->redo, &edit->redo_count);
	changed(edit);
}

static enum input_result remove_range(struct edit *edit, size_t from, size_t to)
{
	if (from >= to)
		return INPUT_REFUSED;
	remember(edit);
	str_remove(&edit->text, from, to - from);
	edit_set_caret(edit, from);
	changed(edit);
	return INPUT_CHANGED;
}

static bool is_word(const char *text, size_t at)
{
	return isalnum((unsigned char)text[at]) || text[at] == '_';
}

/* A run of blanks, then a run of letters and digits or one character of another kind. */
static size_t word_before(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] == ' ')
		at--;
	if (at > 0 && !is_word(text, at - 1))
		return utf8_prev(text, at);
	while (at > 0 && is_word(text, at - 1))
		at--;
	return at;
}

static size_t word_after(const char *text, size_t at)
{
	if (text[at] != '\0' && !is_word(text, at))
		at = utf8_next(text, at);
	while (text[at] != '\0' && is_word(text, at))
		at++;
	while (text[at] == ' ')
		at++;
	return at;
}

static enum input_result move_to(struct edit *edit, size_t at)
{
	edit_set_caret(edit, at);
	return INPUT_MOVED;
}

static enum input_result control_key(struct edit *edit, int letter)
{
	const char *text = str_text(&edit->text);

	switch (letter) {
	case 'k':
		return remove_range(edit, edit->caret, edit->caret + strcspn(text + edit->caret, "\n"));
	case 'u':
		return remove_range(edit, 0, edit->caret);
	case 'w':
		return remove_range(edit, word_before(text, edit->caret), edit->caret);
	case 'z':
	case '_':
		return go_back(edit, edit->undo, &edit->undo_count, edit->redo, &edit->redo_count);
	case 'y':
		return go_back(edit, edit->redo, &edit->redo_count, edit->undo, &edit->undo_count);
	case K_LEFT:
		return move_to(edit, word_before(text, edit->caret));
	case K_RIGHT:
		return move_to(edit, word_after(text, edit->caret));
	case K_HOME:
		return move_to(edit, 0);
	case K_END:
		return move_to(edit, edit->text.len);
	default:
		return INPUT_IGNORED;
	}
}

enum input_result edit_key(struct edit *edit, const struct key *key)
{
	const char *text = str_text(&edit->text);

	if (key->kind == KEY_TEXT || key->kind == KEY_PASTED)
		return edit_insert(edit, key->text);
	if (key->kind != KEY_NAMED)
		return INPUT_IGNORED;
	if (key->mods == KEY_CTRL)
		return control_key(edit, key->code);
	if (key->mods != 0)
		return INPUT_IGNORED;
	switch (key->code) {
	case K_LEFT:
		return move_to(edit, utf8_prev(text, edit->caret));
	case K_RIGHT:
		return move_to(edit, utf8_next(text, edit->caret));
	case K_BACKSPACE:
		return remove_range(edit, utf8_prev(text, edit->caret), edit->caret);
	case K_DELETE:
		return remove_range(edit, edit->caret, utf8_next(text, edit->caret));
	default:
		return INPUT_IGNORED;
	}
}
