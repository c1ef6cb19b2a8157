/*
 * width: curses and we must agree how many columns a character takes.
 *
 * ncursesw asks wcwidth(3). The C library answers by its locale's tables, which
 * are of another Unicode version than libunistring's, know nothing of our setting
 * for ambiguous characters, and differ between zh_CN.UTF-8 and zh_CN.GB18030.
 * Where the two disagree the caret runs away from the text. So the program
 * brings its own wcwidth(), which the dynamic linker gives to ncursesw too.
 */
#include <wchar.h>

#include "base/utf8.h"
#include "tui/cells.h"

int wcwidth(wchar_t c)
{
	char text[5];

	if (c >= 0x20 && c < 0x7f)
		return 1;
	if (c >= 0x4e00 && c <= 0x9fff)
		return 2;
	if (c == 0)
		return 0;
	if (c < 0xa0 || utf8_encode((uint32_t)c, text) == 0)
		return -1;
	return utf8_width(text);
}
