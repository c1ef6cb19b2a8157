/*
 * Anything done to a record of the form that has every type: (what, where, text) after (what, where, text).
 * Whatever comes, the views hold valid text, a draft opened again is the same draft, and undo leads back.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "form/load.h"
#include "form/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#define FORMS "tests/fixtures/forms"

static struct definition *form;
static struct evaluator *evaluator;
static const struct actor actor = { .account = 1, .person = "x", .department = "y", .roles = ROLE_IC_CLERK };

static __attribute__((noinline)) void must(bool holds)
{
	if (!holds)
		abort();
}

/* Time stands still, or a draft opened a minute later would rightly differ. */
static int64_t now(void *context)
{
	(void)context;
	return 1795309500;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const struct form_world world = { .now = now };
	struct mistakes mistakes = { .items = NULL };
	struct err err = { .code = ERR_NONE };

	(void)argc;
	(void)argv;
	form = form_load_file(FORMS "/good/whole.cfg", FORMS "/data", NULL, &mistakes);
	evaluator = evaluator_new(&world, &err);
	must(form != NULL && evaluator != NULL);
	return 0;
}

static struct form_session *open(const json_t *body)
{
	struct session_start start = { .form = form, .evaluator = evaluator, .actor = &actor, .body = body };
	struct form_session *session = form_session_new(&start, NULL);

	must(session != NULL);
	return session;
}

static struct cell nth_cell(const struct form_session *session, size_t n)
{
	struct cell *cells, cell;
	const size_t section = n % form->section_count;
	const size_t count = form_session_cells(session, section, &cells);

	cell = count > 0 ? cells[n / form->section_count % count] : (struct cell){ .field = -1, .part = CELL_NONE };
	free(cells);
	return cell;
}

static void act(struct form_session *session, uint8_t what, uint8_t where, const char *text)
{
	const struct cell cell = nth_cell(session, where);
	const int rows = (int)(definition_field(form, "rows") - form->fields);
	struct cell note = cell;
	json_t *value;

	note.part = CELL_NOTE;
	switch (what % 10) {
	case 0:
		(void)form_session_row_add(session, rows, where % 4U, NULL);
		break;
	case 1:
		(void)form_session_row_remove(session, rows, where % 4U, NULL);
		break;
	case 2:
		(void)form_session_row_move(session, rows, where % 4U, where / 4U % 4U, NULL);
		break;
	case 3:
		(void)form_session_undo(session, NULL);
		break;
	case 4:
		(void)form_session_all_normal(session, SIZE_MAX);
		break;
	case 5:
		(void)form_session_set_text(session, note, text, NULL);
		break;
	case 6:
		value = json_loads(text, JSON_DECODE_ANY, NULL);
		(void)form_session_set_value(session, cell, value, NULL);
		json_decref(value);
		break;
	default:
		(void)form_session_set_text(session, cell, text, NULL);
	}
}

static void check(const struct form_session *session)
{
	for (size_t section = 0; section < form->section_count; section++) {
		struct cell *cells, parsed;
		const size_t count = form_session_cells(session, section, &cells);

		for (size_t i = 0; i < count; i++) {
			struct cell_view view;
			char *path = form_cell_path(session, cells[i]);

			must(form_cell_parse(session, path, &parsed) && cell_equal(parsed, cells[i]));
			form_session_view(session, cells[i], &view);
			must(utf8_is_valid(view.text, strlen(view.text), NULL));
			must(utf8_find_control(view.text) == SIZE_MAX);
			cell_view_release(&view);
			free(path);
		}
		free(cells);
	}
}

static void check_draft(const struct form_session *session)
{
	json_t *draft = form_session_draft(session), *body = form_session_body(session);
	struct form_session *again = open(draft);
	json_t *same = form_session_draft(again), *same_body = form_session_body(again);

	must(json_equal(draft, same));
	must(json_equal(body, same_body));
	json_decref(same);
	json_decref(same_body);
	json_decref(draft);
	json_decref(body);
	form_session_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct form_session *session = open(NULL);
	struct form_fault *faults;
	size_t at = 0, count;

	while (at + 3 <= len) {
		const size_t most = len - at - 3, size = bytes[at + 2] % 64U < most ? bytes[at + 2] % 64U : most;
		char *text = mem_text_len((const char *)bytes + at + 3, size);

		act(session, bytes[at], bytes[at + 1], text);
		free(text);
		at += 3 + size;
	}
	check(session);
	check_draft(session);
	count = form_session_faults(session, &form->workflow.transitions[0], &faults);
	form_faults_free(&faults, count);
	form_session_free(&session);
	return 0;
}
