#include "app/office.h"

#include <sys/stat.h>
#include <unistd.h>

#include "app/office_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "form/settings.h"
#include "store/form_version.h"
#include "store/journal.h"
#include "store/setting.h"
#include "store/view.h"

#define SYSTEM_CONFIGURATION "/etc/yunwei/yunwei.conf"

enum { STORE_WAIT_MS = 10000, MOST_REGULATION_BYTES = 1024 * 1024, MOST_CALENDAR_BYTES = 256 * 1024 };

char *office_share(const struct office *office, const char *name)
{
	return path_join(office->share, name);
}

/* Refuses with words that help: no such folder, no store in it, or somebody else's. */
static bool check_folder(const char *data, struct err *err)
{
	struct stat status;
	char *store = path_join(data, "yunwei.db");
	bool ok = false;
	if (stat(data, &status) != 0)
		err_set(err, ERR_REFUSED, _("There is no data directory %s. \"yunwei --data %s init\" makes one."), data,
		        data);
	else if (status.st_uid != geteuid())
		err_set(err, ERR_DENIED, _("The data directory %s belongs to another account. Only its owner opens it."),
		        data);
	else if (!path_exists(store))
		err_set(err, ERR_REFUSED, _("There is no office in %s. \"yunwei --data %s init\" makes one."), data, data);
	else
		ok = true;
	free(store);
	return ok;
}

static json_t *settings_if_any(const char *path, struct err *err)
{
	return path_exists(path) ? settings_read(path, err) : json_object();
}

json_t *office_system_settings(struct err *err)
{
	return settings_if_any(SYSTEM_CONFIGURATION, err);
}

/* The data directory's settings win. */
static bool load_settings(struct office *office, struct err *err)
{
	char *path = path_join(office->folder, "yunwei.conf");
	office->settings = office_system_settings(err);
	json_t *own = office->settings ? settings_if_any(path, err) : NULL;
	free(path);
	if (!own)
		return false;
	json_object_update_recursive(office->settings, own);
	json_decref(own);
	clock_set_zone(office_setting_int(office, "office.zone_minutes", 480));
	db_set_wait(office->db, office_setting_int(office, "store.wait_ms", STORE_WAIT_MS));
	return true;
}

static bool load_facts(struct office *office, struct err *err)
{
	char *path = office_share(office, "data/bureau.cfg");
	office->facts = settings_read(path, err);
	free(path);
	if (!office->facts)
		return false;
	office->bureau = mem_text(office_fact(office, "bureau"));
	err_clear(err);
	char *training = setting_get(office->db, "training", err);
	office->training = str_equal(training, "1");
	free(training);
	office->owner_account = setting_get(office->db, "owner_account", err);
	return !err || err->code == ERR_NONE;
}

static bool load_forms(struct office *office, struct err *err)
{
	char *forms = office_share(office, "forms");
	char *data = office_share(office, "data");
	office->catalogue = catalogue_load(forms, data, err);
	free(forms);
	free(data);
	if (!office->catalogue)
		return false;
	const struct mistakes *mistakes = &office->catalogue->mistakes;
	office->mistake_count = mistakes->count;
	office->mistakes = mem_zeroed(mistakes->count + 1, sizeof(char *));
	for (size_t i = 0; i < mistakes->count; i++) {
		office->mistakes[i] = mistake_text(&mistakes->items[i]);
		log_write(LOG_WARN, "form definition: %s", office->mistakes[i]);
	}
	return true;
}

static bool make_view(struct office *office, const struct definition *form, struct err *err)
{
	const char **keys = mem_zeroed(form->field_count + 1, sizeof(char *));
	for (size_t i = 0; i < form->field_count; i++)
		keys[i] = form->fields[i].key;
	bool ok = form_view_make(office->db, form->id, keys, form->field_count, err);
	free(keys);
	return ok;
}

static bool make_views(struct office *office, struct err *err)
{
	for (size_t i = 0; i < office_form_count(office); i++) {
		if (!make_view(office, office_form_at(office, i), err))
			return false;
	}
	return true;
}

static bool load_calendar(struct office *office, struct err *err)
{
	char **names = NULL;
	size_t count = 0;
	char *folder = office_share(office, "data");
	bool ok = path_list(folder, ".tsv", &names, &count, err);
	office->calendar = calendar_new();
	for (size_t i = 0; i < count; i++) {
		char *path = path_join(folder, names[i]);
		size_t len = 0;
		char *text = NULL;
		if (ok && strncmp(names[i], "workdays-", 9) == 0) {
			text = path_read(path, MOST_CALENDAR_BYTES, &len, err);
			ok = text && calendar_add(office->calendar, text, path, err);
		}
		free(text);
		free(path);
		free(names[i]);
	}
	free(names);
	free(folder);
	return ok;
}

static bool load_regulation(struct office *office, struct err *err)
{
	size_t len = 0;
	char *path = office_share(office, "data/regulation.txt");
	char *text = path_read(path, MOST_REGULATION_BYTES, &len, err);
	free(path);
	if (!text)
		return false;
	office->regulation = regulation_parse(text);
	free(text);
	return true;
}

struct office *office_open(const char *data, const char *share, struct err *err)
{
	if (!check_folder(data, err))
		return NULL;
	struct office *office = mem_new(struct office);
	office->folder = mem_text(data);
	office->share = mem_text(share);
	office->session = str_format("%ld-%lld", (long)getpid(), (long long)clock_now());
	office->db = db_open(data, DB_EXISTING, err);
	if (!office->db || !load_settings(office, err) || !load_facts(office, err) || !load_forms(office, err) ||
	    !load_calendar(office, err) || !load_regulation(office, err) || !registers_load(office, err))
		goto fail;
	world_init(office);
	office->evaluator = evaluator_new(&office->world, err);
	if (!office->evaluator || !make_views(office, err))
		goto fail;
	db_changed(office->db);
	return office;
fail:
	office_close(&office);
	return NULL;
}

void office_close(struct office **office_slot)
{
	struct office *office = *office_slot;
	if (!office)
		return;
	evaluator_free(&office->evaluator);
	for (size_t i = 0; i < office->version_count; i++)
		definition_free(&office->versions[i]);
	free(office->versions);
	for (size_t i = 0; i < office->mistake_count; i++)
		free(office->mistakes[i]);
	free(office->mistakes);
	catalogue_free(&office->catalogue);
	calendar_free(&office->calendar);
	regulation_free(&office->regulation);
	registers_release(office);
	json_decref(office->settings);
	json_decref(office->facts);
	db_close(&office->db);
	free(office->folder);
	free(office->share);
	free(office->bureau);
	free(office->session);
	free(office->owner_account);
	free(office->asset_name);
	free(office);
	*office_slot = NULL;
}

const char *office_bureau(const struct office *office)
{
	return office->bureau;
}

const char *office_center(const struct office *office)
{
	return office->center;
}

bool office_is_training(const struct office *office)
{
	return office->training;
}

bool office_set_now(struct office *office, const char *time, struct err *err)
{
	int64_t now_utc;
	if (!office->training)
		return err_set(err, ERR_DENIED, _("Only in a training office may the clock be moved (--now)."));
	if (!clock_parse(time, &now_utc))
		return err_set(err, ERR_USAGE, _("\"%s\" is no time. Write it as \"2026-11-22 09:05\"."), time);
	clock_set_now(now_utc);
	return true;
}

const json_t *settings_value(const json_t *tree, const char *name)
{
	const char *dot = strchr(name, '.');
	if (!dot)
		return json_object_get(tree, name);
	char group[64];
	size_t len = (size_t)(dot - name);
	if (len >= sizeof(group))
		return NULL;
	memcpy(group, name, len);
	group[len] = '\0';
	return json_object_get(json_object_get(tree, group), dot + 1);
}

const char *office_fact(const struct office *office, const char *key)
{
	const json_t *said = json_object_get(json_object_get(office->settings, "office"), key);
	return json_is_string(said) ? json_string_value(said) : json_text(office->facts, key);
}

const char *office_setting(const struct office *office, const char *name, const char *fallback)
{
	const json_t *value = settings_value(office->settings, name);
	return json_is_string(value) ? json_string_value(value) : fallback;
}

int office_setting_int(const struct office *office, const char *name, int fallback)
{
	const json_t *value = settings_value(office->settings, name);
	json_int_t number = json_is_integer(value) ? json_integer_value(value) : fallback;
	return number >= 0 && number <= 1000000 ? (int)number : fallback;
}

size_t office_form_count(const struct office *office)
{
	return office->catalogue->count;
}

const struct definition *office_form_at(const struct office *office, size_t index)
{
	return index < office->catalogue->count ? office->catalogue->forms[index] : NULL;
}

const struct definition *office_form(const struct office *office, const char *id)
{
	return id ? catalogue_form(office->catalogue, id) : NULL;
}

static const struct definition *remember_version(struct office *office, struct definition *form)
{
	office->versions = mem_resize(office->versions, office->version_count + 1, sizeof(*office->versions));
	office->versions[office->version_count++] = form;
	return form;
}

const struct definition *office_form_version(struct office *office, const char *id, const char *hash, struct err *err)
{
	const struct definition *present = office_form(office, id);
	if (present && str_equal(present->hash, hash))
		return present;
	for (size_t i = 0; i < office->version_count; i++) {
		if (strcmp(office->versions[i]->hash, hash) == 0)
			return office->versions[i];
	}
	err_clear(err);
	char *source = form_version_source(office->db, hash, err);
	if (!source) {
		if (!err || err->code == ERR_NONE)
			err_set(err, ERR_DAMAGED, _("The version %.12s of the form \"%s\" is not in the store."), hash, id);
		return NULL;
	}
	struct mistakes mistakes = { NULL, 0 };
	struct definition *form = form_load_text(source, id, &mistakes);
	free(source);
	if (!form)
		err_set(err, ERR_DAMAGED, _("The version %.12s of the form \"%s\" cannot be read: %s"), hash, id,
		        mistakes.count ? mistakes.items[0].text : "");
	else
		/* The text was kept under this hash: it stays its name whatever the loader computes today. */
		str_copy(form->hash, sizeof(form->hash), hash);
	mistakes_release(&mistakes);
	return form ? remember_version(office, form) : NULL;
}

const char *office_mistake(const struct office *office, size_t index)
{
	return index < office->mistake_count ? office->mistakes[index] : NULL;
}

struct evaluator *office_evaluator(struct office *office)
{
	return office->evaluator;
}

const struct form_world *office_world(const struct office *office)
{
	return &office->world;
}

const struct calendar *office_calendar(const struct office *office)
{
	return office->calendar;
}

char *const *office_phrases(const struct office *office, const char *list)
{
	static char *const none[] = { NULL };
	char *const *phrases = list ? phrases_list(office->catalogue->phrases, list) : NULL;
	return phrases ? phrases : none;
}

bool office_changed(struct office *office)
{
	return db_changed(office->db);
}

bool office_refresh(struct office *office, struct err *err)
{
	registers_release(office);
	return registers_load(office, err);
}

struct db *office_db(const struct office *office)
{
	return office->db;
}

bool office_journal(struct office *office, const struct actor *actor, const char *action, const char *note,
                    struct err *err)
{
	const struct journal_line line = { .actor = actor, .action = action, .note = note };
	if (db_begin(office->db, DB_DECISION, err) && journal_append(office->db, &line, NULL, err) &&
	    db_commit(office->db, err))
		return true;
	db_rollback(office->db);
	return false;
}
