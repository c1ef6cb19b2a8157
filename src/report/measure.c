#include "report/measure.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Left and right padding of a cell in the common programs, and what they may break differently. */
static const double padding_pt = 5.0, usable = 0.97;
/* A grapheme of many marks is rare; a text of nothing else is broken too early, which is no harm. */
enum { MOST_BYTES_A_COLUMN = 16 };
static const double line_ems = 1.5, vertical_padding_pt = 2.5;

/* The em of one ASCII character in the widest of the common proportional fonts (DejaVu Sans), rounded up. */
static double ascii_ems(char c)
{
	if (strchr("mwMW@%", c) != NULL)
		return 0.95;
	if (c >= 'A' && c <= 'Z')
		return 0.72;
	if (strchr("+<>=#&~^", c) != NULL)
		return 0.84;
	if (strchr(" .,:;'|!iljI[]()/-ft", c) != NULL)
		return 0.42;
	return 0.64;
}

double measure_ems(const char *text)
{
	double ems = 0;
	for (size_t at = 0, next; text[at] != '\0'; at = next) {
		next = utf8_next(text, at);
		if ((unsigned char)text[at] < 0x80)
			ems += ascii_ems(text[at]);
		else
			ems += utf8_width_len(text + at, next - at) > 0 ? 1.0 : 0.0; /* Chinese fonts give “ ” ° a full em */
	}
	return ems;
}

double measure_room(double width_pt, double size_pt)
{
	const double ems = (width_pt - padding_pt) * usable / size_pt;
	return ems < 1 ? 1 : ems;
}

/* The first line of TEXT; no more of it is looked at than could stand on one. */
static struct utf8_line first_line(const char *text, double room_ems)
{
	const size_t most = (size_t)(room_ems + 1) * 2 * MOST_BYTES_A_COLUMN;
	size_t len = strlen(text);

	while (len > most || (text[len] & 0xC0) == 0x80)
		len = len > most ? most : len - 1;
	char *start = mem_text_len(text, len);
	struct utf8_line line;
	for (int columns = (int)(room_ems * 2);;) {
		struct utf8_line *lines;
		columns = columns < 2 ? 2 : columns;
		utf8_wrap(start, columns, &lines);
		line = lines[0];
		free(lines);
		char *one = mem_text_len(start, line.end);
		const double ems = measure_ems(one);
		free(one);
		if (columns == 2 || ems <= room_ems)
			break;
		const int guess = (int)(columns * room_ems / ems);
		columns = guess < columns ? guess : columns - 1;
	}
	free(start);
	return line;
}

/* Columns are half ems; a line whose characters are wider than that is broken earlier. */
size_t measure_wrap(const char *text, double room_ems, struct utf8_line **lines)
{
	size_t count = 0, room = 0, at = 0;

	*lines = NULL;
	do {
		const struct utf8_line line = first_line(text + at, room_ems);
		if (count == room) {
			room = room == 0 ? 4 : room * 2;
			*lines = mem_resize(*lines, room, sizeof(**lines));
		}
		(*lines)[count++] = (struct utf8_line){ at + line.start, at + line.end, at + line.next };
		/* Always onwards, and a break at the very end begins no further line. */
		at += line.next > 0 ? line.next : strlen(text + at);
	} while (text[at] != '\0');
	return count;
}

size_t measure_lines(const char *text, double room_ems)
{
	struct utf8_line *lines;
	const size_t count = measure_wrap(text, room_ems, &lines);
	free(lines);
	return count;
}

double measure_height(size_t lines, double size_pt)
{
	return (double)lines * size_pt * line_ems + vertical_padding_pt;
}

size_t measure_fit(double height_pt, double size_pt)
{
	const double lines = (height_pt - vertical_padding_pt) / (size_pt * line_ems);
	return lines < 0 ? 0 : (size_t)(lines + 1e-6);
}
