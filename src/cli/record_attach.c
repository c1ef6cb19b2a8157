#include "cli/commands.h"

#include <sys/stat.h>

#include "app/attach.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/options.h"

static const struct cli_option no_options[] = { { NULL, OPTION_FLAG, NULL } };

static bool run_attach(struct cli *cli, int argc, char **argv, struct err *err)
{
	int64_t record;
	size_t len = 0;
	char sm3[HASH_HEX_SIZE];
	if (!options_take(no_options, &argc, argv, err))
		return false;
	if (argc != 2)
		return command_misused(&command_record_attach, err);
	if (!command_record_id(cli, argv[0], &record, err))
		return false;
	char *bytes = command_read_all(cli->in, attach_most(cli->office), &len, err);
	bool ok = bytes && attach_add(cli->office, &cli->login->actor, record, argv[1], bytes, len, sm3, err);
	free(bytes);
	if (!ok)
		return false;
	fprintf(cli->out, "SM3 %s\n", sm3);
	return command_flush(cli, err);
}

const struct command command_record_attach = {
	"record attach",
	"NUMBER NAME < bytes",
	N_("Keeps the bytes of the standard input with the record, under NAME; prints their SM3."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run_attach,
};

/* To the standard output goes nothing but the bytes; to a file, the SM3 is the result. */
static bool put(struct cli *cli, const char *file, const char *bytes, size_t len, const char *sm3, struct err *err)
{
	if (strcmp(file, "-") == 0) {
		fwrite(bytes, 1, len, cli->out);
		return command_flush(cli, err);
	}
	if (cli->over_ssh)
		return err_set(err, ERR_DENIED, _("Over ssh an attachment goes to the standard output only: FILE is \"-\"."));
	if (!path_write(file, bytes, len, S_IRUSR | S_IWUSR, err))
		return false;
	fprintf(cli->out, "SM3 %s\n", sm3);
	return command_flush(cli, err);
}

static bool run_detach(struct cli *cli, int argc, char **argv, struct err *err)
{
	int64_t record;
	size_t len = 0;
	char *bytes = NULL, sm3[HASH_HEX_SIZE];
	if (!options_take(no_options, &argc, argv, err))
		return false;
	if (argc != 3)
		return command_misused(&command_record_detach, err);
	bool ok = command_record_id(cli, argv[1], &record, err) &&
	          attach_read(cli->office, &cli->login->actor, record, argv[2], &bytes, &len, sm3, err) &&
	          put(cli, argv[0], bytes, len, sm3, err);
	free(bytes);
	return ok;
}

const struct command command_record_detach = {
	"record detach-to",
	"FILE NUMBER NAME",
	N_("Writes a copy of the attachment NAME to FILE (\"-\": the standard output), checked against its SM3."),
	COMMAND_OFFICE | COMMAND_ACTOR | COMMAND_SSH,
	run_detach,
};
