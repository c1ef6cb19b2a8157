#include "cli/drafts.h"

#include <errno.h>

#include "app/edit.h"

bool draft_id(const char *which, int64_t *id)
{
	char *end = NULL;
	if (which[0] != 'D' || which[1] < '0' || which[1] > '9')
		return false;
	errno = 0;
	*id = strtoll(which + 1, &end, 10);
	return errno == 0 && *end == '\0';
}

bool draft_show(struct cli *cli, int64_t id, struct err *err)
{
	struct edit *edit = edit_load(cli->office, &cli->login->actor, id, err);
	if (!edit)
		return false;
	json_t *object = json_pack("{s:I, s:s, s:o, s:s, s:o, s:O}", "draft", (json_int_t)edit->id, "form", edit->form,
	                           "record", command_json_text(edit->number), "title", edit->title, "saved_at",
	                           command_json_time(edit->saved_utc), "body", edit->body);
	edit_free(&edit);
	return command_print_json(cli, object, err);
}
