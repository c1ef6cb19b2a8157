/* Any bytes as a layout: a layout or mistakes, never a crash. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "report/layout.h"
#include "report/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
const char *__lsan_default_suppressions(void);

/* libconfig's scanner loses the text that it was reading when the syntax ends in the middle of it. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig.so\n";
}

static void ignore(void *data, const char *key)
{
	(void)data;
	(void)key;
}

/* The bytes also as a template over an empty record. */
static void expand(const char *text)
{
	const struct page_context context = { 0 };
	const struct record record = { 0 };
	const struct print print = { .page = &context, .record = &record };

	if (!utf8_is_valid(text, strlen(text), NULL))
		return;
	free(template_expand(&print, text));
	template_keys(text, ignore, NULL);
	(void)template_fault(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct layout_mistakes mistakes = { 0 };
	char *text = mem_text_len((const char *)bytes, len);
	struct layout *layout = layout_load_text(text, "fuzz", NULL, &mistakes);

	if ((layout == NULL) != (mistakes.count > 0))
		abort();
	expand(text);
	layout_free(&layout);
	layout_mistakes_release(&mistakes);
	free(text);
	return 0;
}
