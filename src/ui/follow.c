#include "ui/follow.h"

#include <stdlib.h>

#include "app/edit.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/dialog.h"
#include "ui/screens.h"

/* What is needed after the session is gone. */
struct offer {
	struct desk *desk;
	const struct definition *form; /* borrowed from the office */
	int64_t record;
	json_t *presets;
};

const struct follow *follow_of(const struct form_session *session)
{
	const struct definition *form = form_session_form(session);

	for (size_t i = 0; i < form->follow_count; i++)
		if (form_session_follows(session, &form->follows[i]))
			return &form->follows[i];
	return NULL;
}

static bool prepare(struct desk *desk, const struct form_session *session, int64_t record, struct offer *offer,
                    struct err *err)
{
	const struct follow *follow = follow_of(session);

	*offer = (struct offer){ .desk = desk, .record = record };
	if (!follow)
		return err_set(err, ERR_REFUSED, _("No other form follows from this one as it stands."));
	offer->form = office_form(desk->office, follow->form);
	if (!offer->form)
		return err_set(err, ERR_REFUSED, _("The form \"%s\" that follows is missing or broken: see \"yunwei forms check\"."),
		               follow->form);
	offer->presets = form_session_presets(session, follow, err);
	return offer->presets != NULL;
}

static void open_offer(struct offer *offer, struct loop *loop)
{
	struct err err = { 0 };
	struct edit *edit = edit_new_from(offer->desk->office, desk_actor(offer->desk), offer->form, offer->record,
	                                  offer->presets, &err);

	if (edit)
		editor_screen(offer->desk, loop, edit);
	else
		loop_notice_err(loop, &err);
}

void follow_open(struct desk *desk, struct loop *loop, const struct form_session *session, int64_t record)
{
	struct err err = { 0 };
	struct offer offer;

	if (!prepare(desk, session, record, &offer, &err)) {
		loop_notice_err(loop, &err);
		return;
	}
	open_offer(&offer, loop);
	json_decref(offer.presets);
}

static void offer_release(void *self)
{
	struct offer *offer = self;

	json_decref(offer->presets);
	free(offer);
}

static enum react answered(void *owner, struct loop *loop, bool yes)
{
	struct offer *offer = owner;

	if (yes)
		open_offer(offer, loop);
	desk_answered(offer->desk, offer);
	return REACT_CLOSE;
}

bool follow_offer(struct desk *desk, struct loop *loop, const struct form_session *session, int64_t record)
{
	const struct follow *follow = follow_of(session);
	struct offer *offer;
	char *text;

	if (!follow)
		return false;
	offer = mem_new(struct offer);
	if (!prepare(desk, session, record, offer, NULL)) {
		offer_release(offer);
		return false;
	}
	text = str_format(_("%s: open it now, filled in from this record?"), follow_label(follow));
	desk_ask(desk, offer, offer_release);
	dialog_confirm(loop, text, false, answered, offer);
	free(text);
	return true;
}
