/*
 * Translations where no locale was generated: each case is this program again,
 * with an environment of its own, as sshd or a bare console would start it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/str.h"
#include "base/text.h"

/* What the child is asked to translate, and the catalogue made for it. */
static const char sentence[] = "The form is complete.";
static const char catalogue_source[] =
	"msgid \"\"\n"
	"msgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"msgid \"The form is complete.\"\n"
	"msgstr \"表单“完整”。\"\n";

static char *folder, *program;

static int child(const char *language, const char *catalogues)
{
	text_init(language, catalogues);
	printf("%s|%s|%s|%.1f", gettext(sentence), text_codeset(), text_is_english() ? "en" : "zh", 1.5);
	return 0;
}

/* The child's answer in ENVIRONMENT (assignments for env(1)). Caller frees. */
static char *answer(const char *environment, const char *language)
{
	char *command = str_format("env -i %s '%s' child %s '%s'", environment, program, language, folder);
	char line[256] = "";
	FILE *pipe = popen(command, "r");

	assert_non_null(pipe);
	assert_non_null(fgets(line, sizeof(line), pipe));
	assert_int_equal(pclose(pipe), 0);
	free(command);
	return str_format("%s", line);
}

static int make_catalogue(void **state)
{
	char template[] = "/tmp/yw-text-XXXXXX";
	char *inner, *po, *command;
	int status;

	(void)state;
	if (mkdtemp(template) == NULL)
		return -1;
	folder = str_format("%s", template);
	inner = path_join(folder, "zh_CN/LC_MESSAGES");
	po = path_join(folder, "zh.po");
	command = str_format("msgfmt -o '%s/yunwei.mo' '%s'", inner, po);
	status = path_make_folder(inner, 0700, NULL) &&
	         path_write(po, catalogue_source, strlen(catalogue_source), 0600, NULL) && system(command) == 0;
	free(inner);
	free(po);
	free(command);
	return status ? 0 : -1;
}

static int remove_catalogue(void **state)
{
	char *command = str_format("rm -rf '%s'", folder);
	const int status = system(command);

	(void)state;
	free(command);
	free(folder);
	return status;
}

static const char *const environments[] = {
	"", "LANG=C", "LC_ALL=C", "LC_ALL=POSIX", "LANG=C.UTF-8", "LANG=xx_XX.UTF-8", "LC_ALL=no_such.locale",
	"LC_ALL=C LANGUAGE=de", "LANG=C.UTF-8 LANGUAGE=en:fr LC_MESSAGES=C",
};

static void chinese_needs_no_locale(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(environments) / sizeof(*environments); i++) {
		char *got = answer(environments[i], "zh");

		if (strcmp(got, "表单“完整”。|UTF-8|zh|1.5") != 0)
			fail_msg("with %s: %s", environments[i], got);
		free(got);
	}
}

static void english_is_english_whatever_the_environment(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(environments) / sizeof(*environments); i++) {
		char *got = answer(environments[i], "en");

		if (strcmp(got, "The form is complete.|UTF-8|en|1.5") != 0)
			fail_msg("with %s: %s", environments[i], got);
		free(got);
	}
}

/* A clerk's terminal may be set to GB18030: what it takes is known, the sentences stay UTF-8. */
static void a_gb18030_terminal_is_known_as_such(void **state)
{
	char *command = str_format("localedef -c -i zh_CN -f GB18030 '%s/zh_CN.GB18030' >'%s/log' 2>&1", folder, folder);
	char *environment = str_format("LOCPATH='%s' LANG=zh_CN.GB18030", folder);
	char *got;

	(void)state;
	if (system(command) != 0)
		fail_msg("localedef cannot make zh_CN.GB18030: is the package locales there?");
	got = answer(environment, "zh");
	assert_string_equal(got, "表单“完整”。|GB18030|zh|1.5");
	free(got);
	got = answer(environment, "en");
	assert_string_equal(got, "The form is complete.|GB18030|en|1.5");
	free(got);
	free(command);
	free(environment);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chinese_needs_no_locale),
		cmocka_unit_test(english_is_english_whatever_the_environment),
		cmocka_unit_test(a_gb18030_terminal_is_known_as_such),
	};

	if (argc == 4 && strcmp(argv[1], "child") == 0)
		return child(argv[2], argv[3]);
	program = argv[0];
	return cmocka_run_group_tests(tests, make_catalogue, remove_catalogue);
}
