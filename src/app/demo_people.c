/* The training office before anything happens: people, heads, accounts, assets. */
#include "app/demo_parts.h"

#include "app/office_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/password.h"
#include "base/text.h"
#include "store/account.h"
#include "store/asset.h"
#include "store/journal.h"
#include "store/setting.h"

static char *text_of(const json_t *object, const char *key)
{
	return (char *)(uintptr_t)json_string_value(json_object_get(object, key));
}

static bool add_person(struct demo *demo, const json_t *one, int position, struct err *err)
{
	struct person person = { .name = text_of(one, "name"),
		                 .department = text_of(one, "department"),
		                 .post = text_of(one, "post"),
		                 .phone = text_of(one, "phone"),
		                 .position = position };
	struct department department = { 0 };
	bool ok = person_save(demo->office->db, &person, err);
	if (ok && json_flag(one, "head")) {
		ok = department_by_name(demo->office->db, person.department, &department, err);
		free(department.head);
		department.head = mem_text(person.name);
		ok = ok && department_save(demo->office->db, &department, err);
	}
	department_release(&department);
	return ok;
}

static bool read_roles(const json_t *one, unsigned *roles, struct err *err)
{
	const json_t *words = json_object_get(one, "roles");
	*roles = 0;
	for (size_t i = 0; i < json_array_size(words); i++) {
		enum role role;
		const char *word = json_string_value(json_array_get(words, i));
		if (!word || !role_parse(word, &role))
			return err_set(err, ERR_REFUSED, _("data/demo.cfg: there is no role \"%s\"."), word ? word : "");
		*roles |= (unsigned)role;
	}
	return true;
}

static bool add_account(struct demo *demo, const json_t *one, char *hash, struct demo_person *person, struct err *err)
{
	struct store_account account = { .login = text_of(one, "login"),
		                         .person = text_of(one, "name"),
		                         .password = hash,
		                         .password_utc = demo->end_utc,
		                         .created_utc = clock_now() };
	if (!read_roles(one, &account.roles, err) || !store_account_save(demo->office->db, &account, err))
		return false;
	const struct journal_line line = { .action = "user_add", .note = account.login };
	*person = (struct demo_person){
		.actor = { .account = account.id,
		           .login = account.login,
		           .person = account.person,
		           .department = json_text(one, "department"),
		           .roles = account.roles,
		           .origin = json_text(demo->settings, "mark") },
		.phone = json_text(one, "phone"),
		.is_head = json_flag(one, "head"),
	};
	return journal_append(demo->office->db, &line, NULL, err);
}

static bool add_people(struct demo *demo, struct err *err)
{
	const json_t *people = json_object_get(demo->settings, "people");
	/* One hash for all: in a training office everybody knows the password. */
	char *hash = password_hash(json_text(demo->settings, "password"), err);
	bool ok = hash != NULL;
	demo->people = mem_zeroed(json_array_size(people) + 1, sizeof(*demo->people));
	for (size_t i = 0; ok && i < json_array_size(people); i++) {
		const json_t *one = json_array_get(people, i);
		ok = add_person(demo, one, (int)i, err) &&
		     (!text_of(one, "login") || add_account(demo, one, hash, &demo->people[demo->person_count++], err));
	}
	free(hash);
	return ok;
}

static bool add_assets(struct demo *demo, struct err *err)
{
	const json_t *assets = json_object_get(demo->settings, "assets");
	bool ok = true;
	for (size_t i = 0; ok && i < json_array_size(assets); i++) {
		const json_t *one = json_array_get(assets, i);
		struct asset asset = { .number = text_of(one, "number"),
			               .name = text_of(one, "name"),
			               .kind = text_of(one, "kind"),
			               .model = text_of(one, "model"),
			               .department = text_of(one, "department"),
			               .person = text_of(one, "person"),
			               .place = text_of(one, "place") };
		ok = asset_save(demo->office->db, &asset, err);
	}
	return ok;
}

static bool name_owner(struct demo *demo, struct err *err)
{
	const char *owner = json_text(demo->settings, "owner");
	free(demo->office->owner_account);
	demo->office->owner_account = mem_text(owner);
	return setting_set(demo->office->db, "owner_account", owner, err);
}

bool demo_settle(struct demo *demo, struct err *err)
{
	struct db *db = demo->office->db;
	const struct journal_line line = { .action = "init", .note = "training" };
	if (!db_begin(db, DB_DECISION, err))
		return false;
	db_gate(db, true);
	if (journal_append(db, &line, NULL, err) && add_people(demo, err) && add_assets(demo, err) && name_owner(demo, err) && db_commit(db, err))
		return office_refresh(demo->office, err);
	db_rollback(db);
	return false;
}

const struct demo_person *demo_person_by_login(const struct demo *demo, const char *login)
{
	for (size_t i = 0; login && i < demo->person_count; i++) {
		if (strcmp(demo->people[i].actor.login, login) == 0)
			return &demo->people[i];
	}
	return NULL;
}

const struct demo_person *demo_head_of(const struct demo *demo, const char *department)
{
	for (size_t i = 0; department && i < demo->person_count; i++) {
		if (demo->people[i].is_head && strcmp(demo->people[i].actor.department, department) == 0)
			return &demo->people[i];
	}
	return NULL;
}

const struct demo_person *demo_person_with(struct demo *demo, unsigned role, const char *department,
                                           const struct demo_person *not)
{
	const struct demo_person *chosen = NULL;
	int64_t fitting = 0;
	for (size_t i = 0; i < demo->person_count; i++) {
		const struct demo_person *person = &demo->people[i];
		if (!(person->actor.roles & role) || person == not ||
		    (department && strcmp(person->actor.department, department) != 0))
			continue;
		/* Each of those that fit is as likely as the others. */
		if (demo_random_between(&demo->random, 0, fitting++) == 0)
			chosen = person;
	}
	return chosen;
}
