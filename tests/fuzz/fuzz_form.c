/*
 * Any bytes as a definition: good or not, never worse than mistakes; a good one can be read again from its
 * source with the same hash, and a record of it can be opened, filled with the definition's own bytes and judged.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "form/choices.h"
#include "form/load.h"
#include "form/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
const char *__lsan_default_suppressions(void);

/* libconfig forgets the words it has read when it meets a fault of syntax. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig.so\n";
}

static __attribute__((noinline)) void must(bool holds)
{
	if (!holds)
		abort();
}

static void look(const struct form_session *session, struct cell cell)
{
	struct cell_view view;
	struct options options;

	form_session_view(session, cell, &view);
	must(view.text != NULL && utf8_is_valid(view.text, strlen(view.text), NULL));
	cell_view_release(&view);
	form_cell_choices(session, cell, &options);
	options_release(&options);
}

static void fill(struct form_session *session, const char *text)
{
	const struct definition *form = form_session_form(session);

	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FIELD_TABLE)
			(void)form_session_row_add(session, (int)i, 0, NULL);
	for (size_t section = 0; section < form->section_count; section++) {
		struct cell *cells;
		const size_t count = form_session_cells(session, section, &cells);

		for (size_t i = 0; i < count && i < 20; i++) {
			(void)form_session_set_text(session, cells[i], text + i % (strlen(text) + 1), NULL);
			look(session, cells[i]);
		}
		free(cells);
	}
	(void)form_session_all_normal(session, SIZE_MAX);
}

static void judge(struct form_session *session)
{
	const struct definition *form = form_session_form(session);

	for (size_t i = 0; i < form->workflow.transition_count; i++) {
		struct form_fault *faults;
		const size_t count = form_session_faults(session, &form->workflow.transitions[i], &faults);

		form_faults_free(&faults, count);
	}
	json_decref(form_session_body(session));
	while (form_session_undo(session, NULL))
		;
	free(form_session_title(session));
}

static void use(const struct definition *form, const char *text)
{
	static const struct actor actor = { .account = 1, .person = "x", .department = "y", .roles = ~0U };
	struct err err = { .code = ERR_NONE };
	struct evaluator *evaluator = evaluator_new(NULL, &err);
	struct session_start start = { .form = form, .evaluator = evaluator, .actor = &actor };
	struct form_session *session = form_session_new(&start, &err);
	char *part = utf8_repaired(text, strnlen(text, 60));

	must(session != NULL);
	fill(session, part);
	judge(session);
	form_session_free(&session);
	evaluator_free(&evaluator);
	free(part);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct mistakes mistakes = { .items = NULL };
	char *text = mem_text_len((const char *)bytes, len);
	struct definition *form = form_load_text(text, "fuzz", &mistakes), *again;

	must((form != NULL) == (mistakes.count == 0));
	if (form != NULL) {
		again = form_load_text(form->source, "again", &mistakes);
		must(again != NULL && strcmp(again->hash, form->hash) == 0);
		definition_free(&again);
		use(form, text);
	}
	definition_free(&form);
	mistakes_sort(&mistakes);
	mistakes_release(&mistakes);
	free(text);
	return 0;
}
