#include "app/step.h"

#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/number.h"
#include "store/sequence.h"

/* "NA2026-0012", or "HC20261122-01" for what counts by the day. Caller frees. */
static char *code_of(const char *letters, const char *scope, int64_t n)
{
	struct str code = STR_INIT;
	str_add(&code, letters);
	for (const char *at = scope; *at; at++) {
		if (*at != '-')
			str_add_char(&code, *at);
	}
	str_addf(&code, strlen(scope) > 4 ? "-%02lld" : "-%04lld", (long long)n);
	return str_take(&code);
}

/* Numbers are allotted here, in the transaction that uses them: no gap, no double (domain.md 6.1). */
static bool allot_number(struct step *step, const struct effect *effect, struct err *err)
{
	const struct definition *form = step->form;
	struct record *record = step->record;
	int64_t n = 0, now = clock_now();
	(void)effect;
	if (record->number)
		return true;
	char *scope = number_scope(form->number_pattern, now);
	bool ok = sequence_next(step->office->db, form->id, scope, record->id, &n, err);
	if (ok) {
		record->number = number_format(form->number_pattern, now, n);
		record->code = code_of(form->code, scope, n);
	}
	free(scope);
	return ok;
}

static bool allot_filing_number(struct step *step, const struct effect *effect, struct err *err)
{
	struct record *record = step->record;
	int64_t n = 0, now = clock_now();
	(void)effect;
	if (record->filing_number)
		return true;
	const char *pattern = office_fact(step->office, "filing");
	if (number_pattern_fault(pattern))
		return err_set(err, ERR_SYSTEM, _("office.filing in the configuration is no number pattern: %s"),
		               number_pattern_fault(pattern));
	char *scope = number_scope(pattern, now);
	bool ok = sequence_next(step->office->db, "filing", scope, record->id, &n, err);
	if (ok)
		record->filing_number = number_format(pattern, now, n);
	free(scope);
	return ok;
}

/* A draft of another form, begun with values of this one, for the same person to finish. */
static bool open_linked(struct step *step, const struct effect *effect, struct err *err)
{
	const struct definition *form = office_form(step->office, effect->arg1);
	const struct follow *follow = definition_follow(step->form, effect->arg1);
	if (!form || !follow)
		return err_set(err, ERR_REFUSED, _("The form \"%s\", which this step opens, is not there."), effect->arg1);
	json_t *body = form_session_presets(step->session, follow, err);
	if (!body)
		return false;
	struct edit *edit = edit_new_from(step->office, step->actor, form, step->record->id, body, err);
	bool ok = edit && edit_store(step->office, step->actor, edit, err);
	if (ok)
		step->result->opened = edit->id;
	edit_free(&edit);
	json_decref(body);
	return ok;
}

/* By kind; NULL: it changes the body, which is the session's. */
static bool (*const run_effect[EFFECT_KIND_COUNT])(struct step *step, const struct effect *effect, struct err *err) = {
	[EFFECT_NUMBER] = allot_number,
	[EFFECT_FILING_NUMBER] = allot_filing_number,
	[EFFECT_OPEN] = open_linked,
};

bool effects_run(struct step *step, const char *reason, struct err *err)
{
	for (size_t i = 0; i < step->transition->effect_count; i++) {
		const struct effect *effect = &step->transition->effects[i];
		bool ok = run_effect[effect->kind] ? run_effect[effect->kind](step, effect, err)
		                                   : form_session_apply_effect(step->session, effect, reason, err);
		if (!ok)
			return false;
		form_session_set_numbers(step->session, step->record->number, step->record->filing_number);
	}
	return true;
}
