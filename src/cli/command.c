#include "cli/command.h"

#include <errno.h>
#include <unistd.h>

#include "app/job.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

static bool is_under(const char *name, const char *word)
{
	size_t len = word ? strlen(word) : 0;
	return len == 0 || (strncmp(name, word, len) == 0 && (name[len] == '\0' || name[len] == ' '));
}

bool command_list(FILE *out, const char *word)
{
	bool any = false;
	for (size_t i = 0; command_at(i); i++) {
		const struct command *command = command_at(i);
		if (!is_under(command->name, word))
			continue;
		fprintf(out, "  %s%s%s\n", command->name, *command->usage ? " " : "", command->usage);
		any = true;
	}
	return any;
}

void command_print_help(FILE *out, const struct command *command)
{
	fprintf(out, _("Usage: yunwei [--data DIR] [--as NAME] [--lang zh|en] %s %s"), command->name, command->usage);
	fprintf(out, "\n\n%s\n", _(command->help));
}

bool command_misused(const struct command *command, struct err *err)
{
	return err_set(err, ERR_USAGE, _("Usage: yunwei %s %s"), command->name, command->usage);
}

static bool open_office(struct cli *cli, struct err *err)
{
	if (!cli->data)
		return err_set(err, ERR_USAGE, _("Say which office: --data DIR, or set YUNWEI_DATA."));
	cli->office = office_open(cli->data, cli->share, err);
	if (!cli->office)
		return false;
	return !cli->now || office_set_now(cli->office, cli->now, err);
}

static bool log_in(struct cli *cli, struct err *err)
{
	char *origin = login_origin();
	cli->login = login_as_owner(cli->office, cli->as, origin, err);
	free(origin);
	return cli->login != NULL;
}

static bool wants_help(int argc, char **argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--help") == 0)
			return true;
	}
	return false;
}

/* No command of that name: help if asked for, else say which there are. */
static bool run_none(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool known = false;
	for (size_t i = 0; argc > 0 && command_at(i); i++)
		known = known || is_under(command_at(i)->name, argv[0]);
	if (known && wants_help(argc, argv)) {
		command_list(cli->out, argv[0]);
		return command_flush(cli, err);
	}
	return err_set(err, ERR_USAGE, known ? _("\"%s\" wants another word. yunwei %s --help tells which there are.")
	                                     : _("There is no command \"%s\". yunwei help lists all. (%s)"),
	               argv[0], argv[0]);
}

bool command_run(struct cli *cli, int argc, char **argv, struct err *err)
{
	int used = 0;
	const struct command *command = command_find(argc, argv, &used);
	if (!command)
		return run_none(cli, argc, argv, err);
	if (cli->over_ssh && !(command->flags & COMMAND_SSH))
		return err_set(err, ERR_DENIED, _("The command \"%s\" is not open over ssh."), command->name);
	if (wants_help(argc - used, argv + used)) {
		command_print_help(cli->out, command);
		return command_flush(cli, err);
	}
	if ((command->flags & (COMMAND_OFFICE | COMMAND_ACTOR)) && !cli->office && !open_office(cli, err))
		return false;
	if ((command->flags & COMMAND_ACTOR) && !cli->login && !log_in(cli, err))
		return false;
	return command->run(cli, argc - used, argv + used, err);
}

bool command_flush(struct cli *cli, struct err *err)
{
	if (fflush(cli->out) == 0 && !ferror(cli->out))
		return true;
	return err_errno(err, _("The result could not be written to the standard output"));
}

bool command_print_json(struct cli *cli, json_t *value, struct err *err)
{
	bool ok = value && json_dumpf(value, cli->out, JSON_INDENT(2)) == 0;
	json_decref(value);
	if (ok)
		fputc('\n', cli->out);
	return command_flush(cli, err);
}

json_t *command_json_time(int64_t utc)
{
	char local[CLOCK_LOCAL_SIZE];
	return utc ? json_string(clock_local(utc, local)) : json_null();
}

json_t *command_json_text(const char *text)
{
	return text ? json_string(text) : json_null();
}

char *command_read_all(FILE *in, size_t most, size_t *len, struct err *err)
{
	size_t cap = 64 * 1024;
	char *bytes = mem_resize(NULL, cap, 1);
	*len = 0;
	for (;;) {
		*len += fread(bytes + *len, 1, cap - 1 - *len, in);
		if (ferror(in)) {
			err_errno(err, _("The input could not be read"));
			goto fail;
		}
		if (*len > most) {
			err_set(err, ERR_REFUSED, _("The input is larger than the %zu bytes that are accepted."), most);
			goto fail;
		}
		if (feof(in))
			break;
		if (*len == cap - 1)
			bytes = mem_resize(bytes, cap *= 2, 1);
	}
	bytes[*len] = '\0';
	return bytes;
fail:
	free(bytes);
	return NULL;
}

bool command_record_id(struct cli *cli, const char *which, int64_t *record, struct err *err)
{
	struct view *view = view_open(cli->office, &cli->login->actor, which, err);
	if (!view)
		return false;
	*record = view->record->id;
	view_free(&view);
	return true;
}

bool command_run_job(struct cli *cli, struct job *job, struct err *err)
{
	(void)cli;
	bool shown = isatty(STDERR_FILENO) == 1;
	enum job_state state = JOB_MORE;
	for (int64_t next_ms = 0; state == JOB_MORE;) {
		state = job_step(job, err);
		if (!shown || clock_monotonic_ms() < next_ms)
			continue;
		fprintf(stderr, "\r\033[K%zu/%zu %s", job_done(job), job_total(job), job_doing(job));
		next_ms = clock_monotonic_ms() + 200;
	}
	if (shown)
		fprintf(stderr, "\r\033[K");
	return state == JOB_DONE;
}
