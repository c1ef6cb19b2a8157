/*
 * yunwei: options and wiring, nothing else.
 */
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/options.h"
#include "ui/ui.h"

#ifndef YW_VERSION
#error "the build names the version"
#endif

struct settings {
	const char *data, *as, *language, *now;
	bool help, version;
};

static void say(const struct err *err)
{
	fprintf(stderr, "yunwei: %s\n", err->text);
	log_write(LOG_INFO, "%s:%d: %s", err->file ? err->file : "", err->line, err->text);
}

/* Whatever comes in must be UTF-8, so that nothing behind has to ask. */
static bool check_text(int argc, char **argv, struct err *err)
{
	for (int i = 1; i < argc; i++) {
		if (!utf8_is_valid(argv[i], strlen(argv[i]), NULL))
			return err_set(err, ERR_USAGE, _("Argument %d is not UTF-8 text."), i);
	}
	return true;
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);
	return str_is_empty(value) || !utf8_is_valid(value, strlen(value), NULL) ? NULL : value;
}

static bool read_options(struct settings *settings, int *argc, char **argv, struct err *err)
{
	const struct cli_option table[] = {
		{ "--data", OPTION_TEXT, &settings->data },       { "--as", OPTION_TEXT, &settings->as },
		{ "--lang", OPTION_TEXT, &settings->language },   { "--now", OPTION_TEXT, &settings->now },
		{ "--help", OPTION_FLAG, &settings->help },       { "--version", OPTION_FLAG, &settings->version },
		{ NULL, OPTION_FLAG, NULL },
	};
	return options_take_leading(table, argc, argv, err);
}

/* The language has to be known before the first message, wrong options' too. */
static const char *find_language(int argc, char **argv)
{
	const char *language = environment("YUNWEI_LANG");
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			language = argv[i + 1];
		else if (strncmp(argv[i], "--lang=", 7) == 0)
			language = argv[i] + 7;
	}
	return language ? language : "zh";
}

/* The source tree while we run from the build tree, else where it was installed. */
static const char *find_share(void)
{
	const char *named = environment("YUNWEI_SHARE");
	if (named)
		return named;
	return path_exists(YW_BUILD "/yunwei") && path_exists(YW_SOURCE "/forms") ? YW_SOURCE : YW_SHARE;
}

static const char *find_catalogues(const char *share)
{
	return strcmp(share, YW_SHARE) == 0 ? YW_LOCALE : YW_BUILD "/locale";
}

/* The program by its full path, for the lines of authorized_keys. */
static const char *find_program(char path[PATH_MAX], const char *called)
{
	ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - 1);
	if (len <= 0)
		return called;
	path[len] = '\0';
	return path;
}

static void open_log(const char *data)
{
	struct err err = { 0 };
	char *path = data ? path_join(data, "yunwei.log") : NULL;
	if (path && path_exists(data))
		/* Without a log the work goes on; there is nowhere to say so but the log. */
		(void)log_open(path, LOG_INFO, &err);
	free(path);
}

static bool open_screens(struct cli *cli, const char *script, struct err *err)
{
	const struct ui_options options = { .login = &cli->login, .script = script, .version = cli->version };
	return ui_run(cli->office, &options, err);
}

/* `yunwei` alone: the office, its owner's account if it names one (else the log-in screen asks), the screens. */
static bool open_alone(struct cli *cli, struct err *err)
{
	if (!cli->data)
		return err_set(err, ERR_USAGE, _("Say which office: --data DIR, or set YUNWEI_DATA. yunwei help tells more."));
	cli->office = office_open(cli->data, cli->share, err);
	if (!cli->office || (cli->now && !office_set_now(cli->office, cli->now, err)))
		return false;
	if (cli->as || login_default_account(cli->office)) {
		char *origin = login_origin();
		cli->login = login_as_owner(cli->office, cli->as, origin, err);
		free(origin);
		if (!cli->login)
			return false;
	}
	return cli->screens(cli, NULL, err);
}

static bool run(struct cli *cli, const struct settings *settings, int argc, char **argv, struct err *err)
{
	char *help[] = { (char[]){ "help" } }, *version[] = { (char[]){ "version" } };
	if (settings->help)
		return command_run(cli, 1, help, err);
	if (settings->version)
		return command_run(cli, 1, version, err);
	return argc > 0 ? command_run(cli, argc, argv, err) : open_alone(cli, err);
}

int main(int argc, char **argv)
{
	struct settings settings = { .data = environment("YUNWEI_DATA") };
	struct err err = { 0 };
	json_setup();
	umask(S_IRWXG | S_IRWXO);
	signal(SIGPIPE, SIG_IGN);
	const char *share = find_share();
	text_init(find_language(argc, argv), find_catalogues(share));
	int count = argc - 1;
	bool ok = check_text(argc, argv, &err) && read_options(&settings, &count, argv + 1, &err);
	if (ok && settings.language && strcmp(settings.language, "zh") != 0 && strcmp(settings.language, "en") != 0)
		ok = err_set(&err, ERR_USAGE, _("There is no language \"%s\": zh or en."), settings.language);
	if (ok) {
		char program[PATH_MAX];
		struct cli cli = { .program = find_program(program, argv[0]), .version = YW_VERSION, .data = settings.data, .share = share,
			           .as = settings.as, .now = settings.now, .in = stdin, .out = stdout,
			           .screens = open_screens };
		open_log(settings.data);
		ok = run(&cli, &settings, count, argv + 1, &err);
		login_free(&cli.login);
		office_close(&cli.office);
	}
	if (!ok)
		say(&err);
	log_close();
	return ok ? 0 : (int)err.code;
}
