#include "base/csv.h"

#include <string.h>

void csv_value(struct str *out, const char *text, bool first)
{
	if (!first)
		str_add_char(out, ',');
	if (text == NULL || strpbrk(text, ",\"\r\n") == NULL) {
		str_add(out, text);
		return;
	}
	str_add_char(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			str_add_char(out, '"');
		str_add_char(out, *text);
	}
	str_add_char(out, '"');
}

void csv_end(struct str *out)
{
	str_add(out, "\r\n");
}

void csv_row(struct str *out, const char *const *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		csv_value(out, values[i], i == 0);
	csv_end(out);
}
