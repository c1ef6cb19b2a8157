/* mistake: appending to a list of mistakes in a layout. Layer: report, inside. */
#ifndef YW_REPORT_MISTAKE_H
#define YW_REPORT_MISTAKE_H

#include <stdarg.h>

#include "report/layout.h"

void layout_mistake_add(struct layout_mistakes *mistakes, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void layout_mistake_addv(struct layout_mistakes *mistakes, const char *file, int line, const char *format, va_list args)
	__attribute__((format(printf, 4, 0)));

#endif
