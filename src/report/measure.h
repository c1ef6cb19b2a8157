/*
 * measure: how much room a text takes on paper.
 *
 * Layer: report; pure. We do not know which font the reader's machine has, so
 * every measure is on the safe side: a Chinese character is one em, ASCII half
 * an em by utf8_width() and more where a wide proportional font would need it,
 * and a line is one and a half ems high (the tallest common Chinese font, Noto,
 * takes 1.45). Points and ems throughout: 1 pt = 1/72 inch.
 */
#ifndef YW_REPORT_MEASURE_H
#define YW_REPORT_MEASURE_H

#include <stddef.h>

#include "base/utf8.h"

/* Never smaller than this (五号). */
#define MEASURE_LEAST_PT 10.5

/* Ems of SIZE_PT that fit between the borders of a cell of WIDTH_PT; at least one. */
double measure_room(double width_pt, double size_pt);
/* Lines that TEXT takes in so many ems, as a renderer would break it; the caller frees *LINES. At least one. */
size_t measure_wrap(const char *text, double room_ems, struct utf8_line **lines);
size_t measure_lines(const char *text, double room_ems);
/* Height of a cell with that many lines, its padding included. */
double measure_height(size_t lines, double size_pt);
/* How many lines fit into HEIGHT_PT. */
size_t measure_fit(double height_pt, double size_pt);
/* Width of one line of text, in ems, on the safe side. */
double measure_ems(const char *text);

#endif
