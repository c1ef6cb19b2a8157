/* Management: what keeps the system itself in order. Each entry says why not, if it is not this person's. */
#include <stdlib.h>
#include <string.h>

#include "app/audit.h"
#include "app/backup.h"
#include "app/check.h"
#include "app/user.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/dialog.h"
#include "tui/menu.h"
#include "tui/viewer.h"
#include "ui/screens.h"
#include "ui/text_lines.h"
#include "ui/work_job.h"

enum { JOURNAL_MOST = 500 };

static void change_password(struct desk *desk, struct loop *loop)
{
	password_screen(desk, loop, false);
}

static void back_up(struct desk *desk, struct loop *loop)
{
	struct err err = { 0 };
	struct job *job = backup_make(desk->office, desk_actor(desk), NULL, &err);

	if (job)
		work_job(loop, _("Backup"), job);
	else
		loop_notice_err(loop, &err);
}

static void check(struct desk *desk, struct loop *loop)
{
	struct err err = { 0 };
	struct job *job = check_all(desk->office, &err);

	if (job)
		work_job(loop, _("Is everything whole?"), job);
	else
		loop_notice_err(loop, &err);
}

static void verify_journal(struct desk *desk, struct loop *loop)
{
	struct audit_verdict verdict;
	struct err err = { 0 };
	char *text;

	if (!audit_verify(desk->office, &verdict, &err)) {
		dialog_message(loop, STYLE_FAIL, _("Journal"), err.text);
		return;
	}
	text = str_format(_("%lld entries, all hold.\nHead of the chain:\n%s"), (long long)verdict.entries, verdict.head);
	dialog_message(loop, STYLE_OK, _("Journal"), text);
	free(text);
}

static enum react code_given(void *owner, struct loop *loop, const char *code)
{
	struct desk *desk = owner;
	struct err err = { 0 };
	char *number = NULL, *text;
	bool current;

	if (!code)
		return REACT_REDRAW;
	if (!audit_verify_code(desk->office, code, &number, &current, &err)) {
		dialog_message(loop, STYLE_FAIL, _("Verify a printed page"), err.text);
		return REACT_REDRAW;
	}
	text = str_format(current ? _("The page is of %s, which still reads as it did when it was printed.")
	                          : _("The page is of %s, which has been changed since it was printed."), number);
	dialog_message(loop, current ? STYLE_OK : STYLE_WARN, _("Verify a printed page"), text);
	free(text);
	free(number);
	return REACT_REDRAW;
}

static void verify_page(struct desk *desk, struct loop *loop)
{
	dialog_prompt(loop, &(struct prompt_options){
		.title = _("Verify a printed page"), .text = _("The check code at the foot of the page:"), .max_chars = 40,
		.one_line = true, .must = true, .done = code_given, .owner = desk });
}

static void show_journal(struct desk *desk, struct loop *loop)
{
	struct err err = { 0 };
	struct audit_query query = { 0 };
	struct audit_list *list = audit_list(desk->office, desk_actor(desk), &query, JOURNAL_MOST, &err);
	struct str out = STR_INIT;
	char when[24];

	if (!list) {
		loop_notice_err(loop, &err);
		return;
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct audit_entry *it = &list->items[i];

		str_addf(&out, "%6lld  %-12s", (long long)it->seq, desk_time(it->at_utc, when, sizeof when));
		text_column(&out, it->person ? it->person : "-", 10);
		text_column(&out, it->action, 12);
		str_addf(&out, "%s  %s\n", it->number ? it->number : "", it->note ? it->note : "");
	}
	viewer_open(loop, _("Journal, newest first"), str_text(&out), NULL);
	str_release(&out);
	audit_list_free(&list);
}

/* "staff admin" in words. */
static void add_roles(struct str *out, const char *keys)
{
	char *rest = mem_text(keys), *word = rest;

	while (*word) {
		size_t len = strcspn(word, " ");
		bool last = word[len] == '\0';
		enum role role;

		word[len] = '\0';
		if (len)
			str_addf(out, "%s ", role_parse(word, &role) ? role_label(role) : word);
		word += last ? len : len + 1;
	}
	free(rest);
}

static void show_accounts(struct desk *desk, struct loop *loop)
{
	struct err err = { 0 };
	struct user_list *list = user_list(desk->office, desk_actor(desk), &err);
	struct str out = STR_INIT;
	char when[24];

	if (!list) {
		loop_notice_err(loop, &err);
		return;
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct user_row *it = &list->rows[i];

		text_column(&out, it->login, 10);
		text_column(&out, it->person, 8);
		text_column(&out, it->department, 22);
		text_column(&out, desk_time(it->last_login_utc, when, sizeof when), 12);
		add_roles(&out, it->roles);
		str_addf(&out, "%s%s\n", it->disabled ? _("  disabled") : "", it->locked ? _("  locked") : "");
	}
	viewer_open(loop, _("Accounts"), str_text(&out), NULL);
	str_release(&out);
	user_list_free(&list);
}

static void show_mistakes(struct desk *desk, struct loop *loop)
{
	struct str out = STR_INIT;
	const char *text;

	for (size_t i = 0; i < office_form_count(desk->office); i++)
		str_addf(&out, "[x] %s  %s\n", office_form_at(desk->office, i)->id, definition_title(office_form_at(desk->office, i)));
	for (size_t i = 0; (text = office_mistake(desk->office, i)); i++)
		str_addf(&out, "[!!] %s\n", text);
	viewer_open(loop, _("Form definitions"), str_text(&out), NULL);
	str_release(&out);
}

static const struct {
	const char *label;
	void (*open)(struct desk *desk, struct loop *loop);
	unsigned roles; /* any of them; 0: everybody */
} entries[] = {
	{ N_("Change my password"), change_password, 0 },
	{ N_("Back up the store now"), back_up, ROLE_IC_CLERK | ROLE_IC_HEAD | ROLE_ADMIN },
	{ N_("Check that everything is whole"), check, ROLE_IC_CLERK | ROLE_IC_HEAD | ROLE_ADMIN | ROLE_AUDITOR },
	{ N_("Verify the journal's chain"), verify_journal, ROLE_IC_CLERK | ROLE_IC_HEAD | ROLE_ADMIN | ROLE_AUDITOR },
	{ N_("Verify a printed page by its code"), verify_page, 0 },
	{ N_("Read the journal"), show_journal, ROLE_IC_HEAD | ROLE_ADMIN | ROLE_AUDITOR },
	{ N_("Accounts"), show_accounts, ROLE_ADMIN | ROLE_AUDITOR | ROLE_IC_HEAD },
	{ N_("Form definitions"), show_mistakes, 0 },
};
enum { ENTRY_COUNT = sizeof entries / sizeof *entries };

static enum react chosen(void *owner, struct loop *loop, size_t index)
{
	entries[index].open(owner, loop);
	return REACT_REDRAW;
}

void admin_screen(struct desk *desk, struct loop *loop)
{
	struct menu_item items[ENTRY_COUNT];
	unsigned roles = desk_actor(desk)->roles;

	for (size_t i = 0; i < ENTRY_COUNT; i++)
		items[i] = (struct menu_item){ _(entries[i].label),
			                       !entries[i].roles || (roles & entries[i].roles) ? NULL : _("This is for other roles than yours.") };
	menu_open(loop, _("Manage"), items, ENTRY_COUNT, chosen, desk);
}
