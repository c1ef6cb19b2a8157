#include "report/measure.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Left and right padding of a cell in the common programs, and what they may break differently. */
static const double padding_pt = 5.0, usable = 0.97;
static const double line_ems = 1.5, vertical_padding_pt = 4.0;

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

int measure_columns(double width_pt, double size_pt)
{
	const int columns = (int)((width_pt - padding_pt) * usable / (size_pt / 2));
	return columns < 2 ? 2 : columns;
}

static double widest_ems(const char *text, const struct utf8_line *lines, size_t count)
{
	double widest = 0;
	for (size_t i = 0; i < count; i++) {
		char *line = mem_text_len(text + lines[i].start, lines[i].end - lines[i].start);
		const double ems = measure_ems(line);
		widest = ems > widest ? ems : widest;
		free(line);
	}
	return widest;
}

/* Columns are half ems; a line whose characters are wider than that is broken earlier, and so are all of its text. */
size_t measure_wrap(const char *text, int columns, struct utf8_line **lines)
{
	const double room_ems = columns / 2.0;

	for (int narrower = columns;;) {
		const size_t count = utf8_wrap(text, narrower, lines);
		const double widest = widest_ems(text, *lines, count);
		if (widest <= room_ems || narrower <= 2)
			return count;
		free(*lines);
		const int guess = (int)(narrower * room_ems / widest);
		narrower = guess < 2 ? 2 : guess < narrower ? guess : narrower - 1;
	}
}

size_t measure_lines(const char *text, int columns)
{
	struct utf8_line *lines;
	const size_t count = measure_wrap(text, columns, &lines);
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
