#include "ui/list.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/choice.h"
#include "tui/dialog.h"

enum { CHOICES_MOST = 64, MONTHS = 36 };

void list_drop_choices(struct list_view *list)
{
	for (size_t i = 0; i < list->choice_count; i++)
		free(list->choices[i]);
	list->choice_count = 0;
}

static void add_choice(struct list_view *list, const char *text)
{
	if (list->choice_count < CHOICES_MOST)
		list->choices[list->choice_count++] = mem_text(text);
}

/* The text picked, NULL for "all". */
static char *picked_text(const struct list_view *list, const size_t *picked, size_t count, const char *text)
{
	if (count && picked[0] < list->choice_count)
		return mem_text(list->choices[picked[0]]);
	return str_is_empty(text) ? NULL : mem_text(text);
}

static void open_choice(struct list_view *list, const char *title, const char *const *labels, bool free_text,
                        enum react (*done)(void *, struct loop *, const size_t *, size_t, const char *))
{
	struct choice_item items[CHOICES_MOST];

	for (size_t i = 0; i < list->choice_count; i++)
		items[i] = (struct choice_item){ labels ? labels[i] : list->choices[i], NULL, false };
	choice_open(list->loop, &(struct choice_options){
		.title = title, .items = items, .count = list->choice_count, .may_be_none = true, .none = _("(all)"), .free_text = free_text,
		.done = done, .owner = list });
}

static enum react text_given(void *owner, struct loop *loop, const char *text)
{
	struct list_view *list = owner;

	(void)loop;
	if (!text)
		return REACT_REDRAW;
	free(list->text);
	list->text = str_is_empty(text) ? NULL : mem_text(text);
	return list_requery(list, false);
}

void list_ask_text(struct list_view *list)
{
	dialog_prompt(list->loop, &(struct prompt_options){
		.title = _("Filter"), .text = _("Words, or a number or part of it; empty shows all:"), .initial = list->text,
		.max_chars = 100, .one_line = true, .done = text_given, .owner = list });
}

static enum react form_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct list_view *list = owner;

	(void)loop;
	free(list->form);
	list->form = picked_text(list, picked, count, text);
	/* A state of another form would show nothing at all. */
	free(list->state);
	list->state = NULL;
	return list_requery(list, true);
}

void list_ask_form(struct list_view *list)
{
	const char *labels[CHOICES_MOST];

	list_drop_choices(list);
	for (size_t i = 0; i < office_form_count(list->desk->office) && i < CHOICES_MOST; i++) {
		labels[i] = definition_title(office_form_at(list->desk->office, i));
		add_choice(list, office_form_at(list->desk->office, i)->id);
	}
	open_choice(list, _("Form"), labels, false, form_chosen);
}

static enum react month_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct list_view *list = owner;

	(void)loop;
	free(list->month);
	list->month = picked_text(list, picked, count, text);
	return list_requery(list, false);
}

void list_ask_month(struct list_view *list)
{
	char today[CLOCK_DAY_SIZE];
	int year, month;

	list_drop_choices(list);
	clock_day(clock_now(), today);
	add_choice(list, today);
	year = (int)strtol(today, NULL, 10);
	month = (int)strtol(today + 5, NULL, 10);
	for (int i = 0; i < MONTHS; i++) {
		char *text = str_format("%04d-%02d", year, month);

		add_choice(list, text);
		free(text);
		year -= month == 1;
		month = month == 1 ? 12 : month - 1;
	}
	open_choice(list, _("Month, or a day (2026-11-22)"), NULL, true, month_chosen);
}

static enum react state_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct list_view *list = owner;

	(void)loop;
	free(list->state);
	list->state = picked_text(list, picked, count, text);
	return list_requery(list, false);
}

static bool has_choice(const struct list_view *list, const char *text)
{
	for (size_t i = 0; i < list->choice_count; i++)
		if (str_equal(list->choices[i], text))
			return true;
	return false;
}

void list_ask_state(struct list_view *list)
{
	const char *labels[CHOICES_MOST];

	list_drop_choices(list);
	labels[0] = _("not done yet");
	add_choice(list, "open");
	for (size_t f = 0; f < office_form_count(list->desk->office); f++) {
		const struct definition *form = office_form_at(list->desk->office, f);

		if (list->form && !str_equal(form->id, list->form))
			continue;
		for (size_t i = 0; i < form->workflow.state_count && list->choice_count < CHOICES_MOST; i++)
			if (!has_choice(list, form->workflow.states[i].key)) {
				labels[list->choice_count] = state_label(&form->workflow.states[i]);
				add_choice(list, form->workflow.states[i].key);
			}
	}
	open_choice(list, _("State"), labels, false, state_chosen);
}

static enum react department_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct list_view *list = owner;

	(void)loop;
	free(list->department);
	list->department = picked_text(list, picked, count, text);
	return list_requery(list, false);
}

void list_ask_department(struct list_view *list)
{
	list_drop_choices(list);
	for (size_t i = 0; i < office_department_count(list->desk->office); i++)
		add_choice(list, office_department_at(list->desk->office, i)->name);
	open_choice(list, _("Department"), NULL, false, department_chosen);
}
