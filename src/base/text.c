#include "base/text.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char domain[] = "yunwei";
#define UNICODE_LOCALE "C.UTF-8" /* in glibc itself, nothing to generate */

static bool english = true;

static bool is_ascii_codeset(const char *codeset)
{
	return strcmp(codeset, "ANSI_X3.4-1968") == 0 || strcmp(codeset, "US-ASCII") == 0 || strcmp(codeset, "646") == 0;
}

/* The terminal's codeset from the environment; SSH clients often send none, or a locale that is not here. */
static void choose_codeset(void)
{
	if (setlocale(LC_CTYPE, "") == NULL || is_ascii_codeset(nl_langinfo(CODESET)))
		setlocale(LC_CTYPE, UNICODE_LOCALE);
}

/*
 * gettext looks at LANGUAGE only if the locale of messages is no plain "C";
 * later editions of glibc count C.UTF-8 as such, and need any other locale.
 */
static void choose_messages(const char *language)
{
	static const char *const locales[] = { UNICODE_LOCALE, "zh_CN.UTF-8", "en_US.UTF-8", "zh_CN.GB18030" };

	setenv("LANGUAGE", language, 1);
	for (size_t i = 0; i < sizeof(locales) / sizeof(*locales); i++)
		/* The translation of "" is the catalogue's head: it is there once the catalogue is found. */
		if (setlocale(LC_MESSAGES, locales[i]) != NULL && (english || *gettext("") != '\0'))
			return;
	setlocale(LC_MESSAGES, UNICODE_LOCALE);
}

void text_init(const char *language, const char *catalogues)
{
	english = strncmp(language, "zh", 2) != 0;
	/* Numbers, sorting and times are ours: they must not change with the clerk's environment. */
	setlocale(LC_ALL, "C");
	choose_codeset();
	bindtextdomain(domain, catalogues);
	bind_textdomain_codeset(domain, "UTF-8");
	/* strerror() as well, whatever the terminal takes. */
	bind_textdomain_codeset("libc", "UTF-8");
	textdomain(domain);
	choose_messages(english ? "en" : "zh_CN");
}

const char *text_codeset(void)
{
	return nl_langinfo(CODESET);
}

bool text_is_english(void)
{
	return english;
}
