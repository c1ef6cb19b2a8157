/* The cells in walking order, and how each stands. */
#include "form/session_parts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "form/value.h"

/* ---- walking ---- */

struct walk {
	struct cell *cells;
	size_t count, room;
};

static void add(struct walk *walk, struct cell cell)
{
	if (walk->count == walk->room) {
		walk->room = walk->room == 0 ? 64 : walk->room * 2;
		walk->cells = mem_resize(walk->cells, walk->room, sizeof(struct cell));
	}
	walk->cells[walk->count++] = cell;
}

/* An item's note is walked through if it is needed or written already. */
static void add_item(const struct form_session *session, struct walk *walk, struct cell cell)
{
	const struct slot *slot = session_slot(session, cell);

	add(walk, cell);
	cell.part = CELL_NOTE;
	if (slot->needs_note || !value_is_empty(body_value(session->form, session->body, cell)))
		add(walk, cell);
}

static void add_children(const struct form_session *session, struct walk *walk, int field)
{
	const struct field *owner = &session->form->fields[field];
	const struct field_state *state = &session->fields[field];
	struct cell head = cell_of_field(field);

	head.part = CELL_HEAD;
	add(walk, head);
	for (size_t i = 0; i < state->rows; i++)
		for (size_t j = 0; j < owner->child_count; j++) {
			const struct cell cell =
				cell_of_child(field, owner->type == FIELD_TABLE ? (int)i : -1, (int)j);

			if (!state->children[i * owner->child_count + j].is_visible)
				continue;
			if (owner->type == FIELD_TABLE)
				add(walk, cell);
			else
				add_item(session, walk, cell);
		}
}

size_t form_session_cells(const struct form_session *session, size_t section, struct cell **cells)
{
	const struct section *here = &session->form->sections[section];
	struct walk walk = { .cells = NULL };

	for (size_t i = here->first; i < here->first + here->count; i++) {
		const struct field *field = &session->form->fields[i];

		if (!session_is_visible(session, (int)i))
			continue;
		if (field->type == FIELD_TABLE || field->type == FIELD_CHECKLIST)
			add_children(session, &walk, (int)i);
		else
			add(&walk, cell_of_field((int)i));
	}
	*cells = walk.cells;
	return walk.count;
}

bool form_session_section_visible(const struct form_session *session, size_t section)
{
	const struct section *here = &session->form->sections[section];

	for (size_t i = here->first; session->section_visible[section] && i < here->first + here->count; i++)
		if (session->fields[i].self.is_visible)
			return true;
	return false;
}

bool form_session_cell_visible(const struct form_session *session, struct cell cell)
{
	const struct slot *slot = session_slot(session, cell);

	return slot != NULL && slot->is_visible && session_is_visible(session, cell.field);
}

/* ---- one cell ---- */

static char *hint_of(const struct field *field, enum verdict verdict)
{
	const bool has_normal = field->normal.has_low || field->normal.has_high;
	char *normal = range_text(&field->normal, field->decimals);
	char *warn = range_text(&field->warn, field->decimals);
	char *hint;

	if (verdict == VERDICT_FAIL && *warn != '\0')
		hint = str_format(_("abnormal: beyond %s"), warn);
	else if (verdict == VERDICT_WARN && has_normal)
		hint = str_format(_("beyond the normal %s"), normal);
	else
		hint = has_normal ? str_format(_("normal %s"), normal) : mem_text("");
	free(normal);
	free(warn);
	return hint;
}

static char *last_of(const struct form_session *session, struct cell cell, const struct field *field)
{
	const json_t *last = session_last(session, cell);

	/* A carried value that still stands needs no reminder. */
	if (last == NULL || (field->copy == COPY_CARRY &&
	                     json_equal(last, body_value(session->form, session->body, cell))))
		return mem_text("");
	return cell.part == CELL_NOTE ? mem_text(json_string_value(last)) : field_display(field, last);
}

/* What the register says of a name that stands alone. */
static char *note_of(const struct form_session *session, const struct field *field, const json_t *value)
{
	const struct form_world *world = evaluator_world(session->evaluator);
	char *note = NULL;

	if (world == NULL || world->knows == NULL || !json_is_string(value))
		return NULL;
	if (field->type != FIELD_PERSON && field->type != FIELD_DEPARTMENT && field->type != FIELD_ASSET &&
	    field->type != FIELD_REFERENCE)
		return NULL;
	world->knows(world->context, field, json_string_value(value), &note);
	return note;
}

/* The first that is no warning; else the first. */
static const struct cell_fault *worst_fault(const struct slot *slot, bool of_note)
{
	const struct cell_fault *worst = NULL;

	for (size_t i = 0; i < slot->fault_count; i++)
		if (slot->faults[i].of_note == of_note &&
		    (worst == NULL || (worst->is_warning && !slot->faults[i].is_warning)))
			worst = &slot->faults[i];
	return worst;
}

static void view_note(const struct form_session *session, struct cell cell, const struct slot *slot,
                      struct cell_view *view)
{
	const json_t *note = body_value(session->form, session->body, cell);

	view->required = slot->needs_note;
	view->missing = slot->misses_note;
	view->text = mem_text(json_is_string(note) ? json_string_value(note) : "");
	view->display = mem_text(view->text);
	view->hint = mem_text("");
}

static void view_value(const struct form_session *session, struct cell cell, const struct slot *slot,
                       struct cell_view *view)
{
	const char *raw = body_raw(session->form, session->body, cell);
	const json_t *value = body_value(session->form, session->body, cell);

	cell.part = CELL_VALUE;
	view->label = field_label(view->field);
	view->unit = view->field->unit;
	view->required = slot->is_required;
	view->missing = slot->is_missing;
	view->is_raw = raw != NULL;
	view->verdict = raw != NULL ? VERDICT_NONE : field_verdict(view->field, value);
	view->text = raw != NULL ? mem_text(raw) : field_display(view->field, value);
	view->display = mem_text(view->text);
	view->hint = hint_of(view->field, view->verdict);
	view->note = note_of(session, view->field, value);
}

void form_session_view(const struct form_session *session, struct cell cell, struct cell_view *view)
{
	const struct slot *slot = session_slot(session, cell);
	const struct cell_fault *fault;

	*view = (struct cell_view){ .field = session_field(session, cell) };
	if (view->field == NULL || slot == NULL)
		return;
	view->owner = cell.child >= 0 ? &session->form->fields[cell.field] : NULL;
	view->group = view->field->group;
	view->help = view->field->help;
	view->phrases = view->field->dictionary;
	view->article = view->field->article != 0 ? view->field->article :
	                                            definition_section_of(session->form, view->field)->article;
	view->read_only = !session_may_edit(session, cell);
	if (cell.part == CELL_NOTE)
		view_note(session, cell, slot, view);
	else
		view_value(session, cell, slot, view);
	view->last = last_of(session, cell, view->field);
	fault = worst_fault(slot, cell.part == CELL_NOTE);
	view->fault = fault == NULL ? NULL : mem_text(fault->text);
	view->fault_is_warning = fault != NULL && fault->is_warning;
}

void cell_view_release(struct cell_view *view)
{
	free(view->text);
	free(view->display);
	free(view->note);
	free(view->hint);
	free(view->last);
	free(view->fault);
	*view = (struct cell_view){ .field = NULL };
}
