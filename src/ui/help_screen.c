/* F1: what can be done on this screen, then the help text of data/help.LANG.txt. */
#include <stdlib.h>

#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/viewer.h"
#include "ui/screens.h"

enum { HELP_MOST = 256 * 1024 };

void help_screen(struct desk *desk, struct loop *loop)
{
	struct str out = STR_INIT;
	char *path = office_share(desk->office, text_is_english() ? "data/help.en.txt" : "data/help.zh.txt");
	char *text = path_read(path, HELP_MOST, NULL, NULL);

	str_addf(&out, "%s\n\n", _("On this screen"));
	loop_help(loop, &out);
	if (text)
		str_addf(&out, "\n%s", text);
	viewer_open(loop, _("Help"), str_text(&out), NULL);
	free(text);
	free(path);
	str_release(&out);
}
