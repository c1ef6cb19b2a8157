/*
 * running: header and footer of a sheet, in the workbook's codes.
 *
 * Layer: report, inside. Excel allows 255 characters each; what does not fit is
 * refused, never cut.
 */
#ifndef YW_REPORT_RUNNING_H
#define YW_REPORT_RUNNING_H

#include "report/print.h"

struct running {
	const char *code;        /* ASCII code of the record; NULL */
	const char *check_code, *chain_head;
	int copy;
	bool not_decided, is_void;
	int pages;               /* 0: let the workbook count them */
};

/* Both are the caller's to free. False with ERR if one is too long. */
bool running_make(const struct print *print, const struct running *running, char **header, char **footer, struct err *err);

#endif
