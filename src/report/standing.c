/* Which decisions of the journal still stand, and who took them. */
#include "base/mem.h"
#include "base/str.h"
#include "report/print.h"

char *print_person(const struct print *print, const struct page_entry *entry)
{
	if (str_is_empty(entry->acting_for))
		return mem_text(entry->person == NULL ? "" : entry->person);
	return word_fill(print_word(print, WORD_ACTING_FOR), "person", entry->person, "other", entry->acting_for, NULL);
}

static bool is_draft(const struct print *print, const char *key)
{
	const struct state *state = print->form == NULL || key == NULL ? NULL : workflow_state(&print->form->workflow, key);
	return state != NULL && state->kind == STATE_DRAFT;
}

static bool has_moved(const struct page_entry *entry)
{
	return !str_is_empty(entry->to) && !str_equal(entry->from, entry->to);
}

/* Whether entry I was undone by what came after it. */
static bool is_undone(const struct print *print, size_t i)
{
	const char *decided_in = print->entries[i].from;
	const bool sent_back = is_draft(print, print->entries[i].to);

	for (size_t k = i + 1; k < print->entry_count; k++) {
		const struct page_entry *later = &print->entries[k];
		if (has_moved(later) && (sent_back || is_draft(print, later->to) || str_equal(later->to, decided_in)))
			return true;
	}
	return false;
}

static bool matches(const struct page_entry *entry, const char *action, char *const *from, char *const *actions)
{
	if (action == NULL && actions == NULL && !has_moved(entry))
		return false;
	return (action == NULL || str_equal(action, entry->action)) &&
	       (from == NULL || workflow_list_has(from, entry->from == NULL ? "" : entry->from)) &&
	       (actions == NULL || workflow_list_has(actions, entry->action));
}

const struct page_entry *print_standing(const struct print *print, const char *action, char *const *from,
                                        char *const *actions)
{
	for (size_t i = print->entry_count; i-- > 0;) {
		if (matches(&print->entries[i], action, from, actions))
			return is_undone(print, i) ? NULL : &print->entries[i];
	}
	return NULL;
}
