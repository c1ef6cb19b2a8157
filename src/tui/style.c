/* style: the themes, a table. */
#include "tui/cells.h"

#include "base/str.h"

struct look {
	attr_t attributes;
	short colour; /* foreground on the terminal's own background; -1: its own */
};

/* The pairs 1..7 are the colours 1..7 on the terminal's own background. */
#define OWN (-1)

static const struct look looks[][STYLE_COUNT] = {
	[THEME_NORMAL] = {
		[STYLE_TEXT] = { A_NORMAL, OWN },
		[STYLE_DIM] = { A_DIM, OWN },
		[STYLE_LABEL] = { A_NORMAL, OWN },
		[STYLE_TITLE] = { A_BOLD, OWN },
		[STYLE_FRAME] = { A_NORMAL, OWN },
		[STYLE_FOCUS] = { A_REVERSE, OWN },
		[STYLE_SELECTED] = { A_REVERSE, OWN },
		[STYLE_KEY] = { A_BOLD, OWN },
		[STYLE_FOOTER] = { A_NORMAL, OWN },
		[STYLE_BANNER] = { A_NORMAL, COLOR_YELLOW },
		[STYLE_WARN] = { A_BOLD, COLOR_YELLOW },
		[STYLE_FAIL] = { A_BOLD, COLOR_RED },
		[STYLE_OK] = { A_NORMAL, COLOR_GREEN },
	},
	[THEME_CONTRAST] = {
		[STYLE_TEXT] = { A_NORMAL, OWN },
		[STYLE_DIM] = { A_NORMAL, OWN },
		[STYLE_LABEL] = { A_BOLD, OWN },
		[STYLE_TITLE] = { A_BOLD | A_UNDERLINE, OWN },
		[STYLE_FRAME] = { A_BOLD, OWN },
		[STYLE_FOCUS] = { A_REVERSE | A_BOLD, OWN },
		[STYLE_SELECTED] = { A_REVERSE | A_BOLD, OWN },
		[STYLE_KEY] = { A_REVERSE, OWN },
		[STYLE_FOOTER] = { A_BOLD, OWN },
		[STYLE_BANNER] = { A_REVERSE, OWN },
		[STYLE_WARN] = { A_BOLD, COLOR_YELLOW },
		[STYLE_FAIL] = { A_BOLD | A_REVERSE, OWN },
		[STYLE_OK] = { A_BOLD, OWN },
	},
	[THEME_MONO] = {
		[STYLE_TEXT] = { A_NORMAL, OWN },
		[STYLE_DIM] = { A_NORMAL, OWN },
		[STYLE_LABEL] = { A_NORMAL, OWN },
		[STYLE_TITLE] = { A_BOLD, OWN },
		[STYLE_FRAME] = { A_NORMAL, OWN },
		[STYLE_FOCUS] = { A_REVERSE, OWN },
		[STYLE_SELECTED] = { A_REVERSE, OWN },
		[STYLE_KEY] = { A_BOLD, OWN },
		[STYLE_FOOTER] = { A_NORMAL, OWN },
		[STYLE_BANNER] = { A_UNDERLINE, OWN },
		[STYLE_WARN] = { A_UNDERLINE, OWN },
		[STYLE_FAIL] = { A_BOLD | A_UNDERLINE, OWN },
		[STYLE_OK] = { A_NORMAL, OWN },
	},
};

/* The one terminal's theme. */
static const struct look *theme_looks = looks[THEME_MONO];

bool style_theme_named(const char *name, enum theme *theme)
{
	static const char *const names[] = { "normal", "contrast", "mono" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal(name, names[i])) {
			*theme = (enum theme)i;
			return true;
		}
	}
	return false;
}

void style_open(enum theme theme)
{
	bool colour = theme != THEME_MONO && has_colors() && start_color() == OK && use_default_colors() == OK;

	theme_looks = looks[colour || theme == THEME_CONTRAST ? theme : THEME_MONO];
	for (short c = 1; colour && c < 8; c++)
		init_pair(c, c, -1);
}

bool style_is_monochrome(void)
{
	return theme_looks == looks[THEME_MONO];
}

attr_t style_attributes(enum style style)
{
	return theme_looks[style].attributes;
}

short style_pair(enum style style)
{
	short colour = theme_looks[style].colour;
	return colour > 0 && has_colors() ? colour : 0;
}

chtype style_cdk(enum style style)
{
	return style_attributes(style) | (chtype)COLOR_PAIR(style_pair(style));
}
