#include "cli/commands.h"

#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "cli/options.h"
#include "form/load.h"

/* Without an office: the forms as they lie in the share folder. */
static struct catalogue *load(const struct cli *cli, struct err *err)
{
	char *forms = path_join(cli->share, "forms");
	char *data = path_join(cli->share, "data");
	struct catalogue *catalogue = catalogue_load(forms, data, err);
	free(forms);
	free(data);
	return catalogue;
}

static json_t *describe(const struct definition *form)
{
	json_t *articles = json_array();
	for (size_t i = 0; i < form->article_count; i++)
		json_array_append_new(articles, json_integer(form->articles[i]));
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:s}", "id", form->id, "title", definition_title(form), "name",
	                 definition_name(form), "code", form->code, "articles", articles, "hash", form->hash);
}

static bool run_list(struct cli *cli, int argc, char **argv, struct err *err)
{
	bool json = false;
	const struct cli_option table[] = { { "--json", OPTION_FLAG, &json }, { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc > 0)
		return command_misused(&command_forms_list, err);
	struct catalogue *catalogue = load(cli, err);
	if (!catalogue)
		return false;
	json_t *all = json_array();
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct definition *form = catalogue->forms[i];
		json_array_append_new(all, describe(form));
		if (!json)
			fprintf(cli->out, "%s\t%s\t%s\n", form->id, form->code, definition_title(form));
	}
	catalogue_free(&catalogue);
	if (json)
		return command_print_json(cli, all, err);
	json_decref(all);
	return command_flush(cli, err);
}

const struct command command_forms_list = {
	"forms list",
	"[--json]",
	N_("The forms, one a line: id, letters of the code, title."),
	COMMAND_SSH,
	run_list,
};

static void print_mistakes(FILE *out, const struct mistakes *mistakes)
{
	for (size_t i = 0; i < mistakes->count; i++) {
		char *text = mistake_text(&mistakes->items[i]);
		fprintf(out, "%s\n", text);
		free(text);
	}
}

/* The files given, each alone; the parts that they name come from the share folder. */
static void check_files(const struct cli *cli, int argc, char **argv, struct mistakes *mistakes)
{
	char *data = path_join(cli->share, "data");
	char *path = path_join(data, "phrases.cfg");
	struct phrases *phrases = phrases_load(path, mistakes);
	for (int i = 0; i < argc; i++) {
		struct definition *form = form_load_file(argv[i], data, phrases, mistakes);
		definition_free(&form);
	}
	mistakes_sort(mistakes);
	phrases_free(&phrases);
	free(path);
	free(data);
}

static bool tell(struct cli *cli, const struct mistakes *mistakes, size_t good, struct err *err)
{
	print_mistakes(cli->out, mistakes);
	if (mistakes->count == 0)
		fprintf(cli->out, ngettext("%zu definition, no mistake\n", "%zu definitions, no mistake\n", good), good);
	if (!command_flush(cli, err) || mistakes->count == 0)
		return mistakes->count == 0;
	return err_set(err, ERR_REFUSED, ngettext("%zu mistake in the definitions.", "%zu mistakes in the definitions.",
	                                          mistakes->count), mistakes->count);
}

static bool run_check(struct cli *cli, int argc, char **argv, struct err *err)
{
	const struct cli_option table[] = { { NULL, OPTION_FLAG, NULL } };
	if (!options_take(table, &argc, argv, err))
		return false;
	if (argc > 0) {
		struct mistakes mistakes = { NULL, 0 };
		check_files(cli, argc, argv, &mistakes);
		bool ok = tell(cli, &mistakes, (size_t)argc, err);
		mistakes_release(&mistakes);
		return ok;
	}
	struct catalogue *catalogue = load(cli, err);
	if (!catalogue)
		return false;
	bool ok = tell(cli, &catalogue->mistakes, catalogue->count, err);
	catalogue_free(&catalogue);
	return ok;
}

const struct command command_forms_check = {
	"forms check",
	"[FILE...]",
	N_("Reads every definition (or the files given) and tells every mistake as \"file:line: what\".\n"
	   "Exit status 1 if there is any."),
	0,
	run_check,
};
