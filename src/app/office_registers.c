/* The registers of people and departments, and the world that forms see. */
#include "app/office_private.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/asset.h"
#include "store/record.h"

enum { ASSETS_A_PAGE = 500, REFERENCES_OFFERED = 200 };

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static void view_people(struct office *office)
{
	office->people = mem_zeroed(office->person_count + 1, sizeof(*office->people));
	for (size_t i = 0; i < office->person_count; i++) {
		const struct person *person = &office->persons[i];
		office->people[i] = (struct office_person){ person->name, or_empty(person->department),
			                                    or_empty(person->phone), or_empty(person->post) };
	}
}

static void view_departments(struct office *office)
{
	office->offices = mem_zeroed(office->department_count + 1, sizeof(*office->offices));
	for (size_t i = 0; i < office->department_count; i++) {
		const struct department *department = &office->departments[i];
		office->offices[i] = (struct office_department){ department->name, or_empty(department->head),
			                                         or_empty(department->kind) };
		if (department->is_center && !office->center)
			office->center = mem_text(department->name);
	}
	if (!office->center)
		office->center = mem_text(office_fact(office, "center"));
}

bool registers_load(struct office *office, struct err *err)
{
	if (!person_list(office->db, NULL, false, &office->persons, &office->person_count, err) ||
	    !department_list(office->db, false, &office->departments, &office->department_count, err))
		return false;
	view_people(office);
	view_departments(office);
	return true;
}

void registers_release(struct office *office)
{
	persons_free(&office->persons, office->person_count);
	departments_free(&office->departments, office->department_count);
	office->person_count = office->department_count = 0;
	free(office->people);
	free(office->offices);
	free(office->center);
	office->people = NULL;
	office->offices = NULL;
	office->center = NULL;
}

size_t office_person_count(const struct office *office)
{
	return office->person_count;
}

const struct office_person *office_person_at(const struct office *office, size_t index)
{
	return index < office->person_count ? &office->people[index] : NULL;
}

const struct office_person *office_person(const struct office *office, const char *name)
{
	for (size_t i = 0; name && i < office->person_count; i++) {
		if (strcmp(office->people[i].name, name) == 0)
			return &office->people[i];
	}
	return NULL;
}

size_t office_department_count(const struct office *office)
{
	return office->department_count;
}

const struct office_department *office_department_at(const struct office *office, size_t index)
{
	return index < office->department_count ? &office->offices[index] : NULL;
}

static const struct office_department *department_named(const struct office *office, const char *name)
{
	for (size_t i = 0; i < office->department_count; i++) {
		if (strcmp(office->offices[i].name, name) == 0)
			return &office->offices[i];
	}
	return NULL;
}

/* --- the world: each CONTEXT is the office --- */

typedef bool each_entry(void *arg, const struct world_entry *entry);

static int64_t world_now(void *context)
{
	(void)context;
	return clock_now();
}

static const char *world_department_of(void *context, const char *person)
{
	const struct office_person *found = office_person(context, person);
	return found && *found->department ? found->department : NULL;
}

static const char *world_phone_of(void *context, const char *person)
{
	const struct office_person *found = office_person(context, person);
	return found && *found->phone ? found->phone : NULL;
}

static const char *world_asset_name(void *context, const char *number)
{
	struct office *office = context;
	struct asset asset = { 0 };
	free(office->asset_name);
	bool known = asset_by_number(office->db, number, &asset, NULL) && asset.id != 0;
	office->asset_name = known ? mem_text(asset.name) : NULL;
	asset_release(&asset);
	return office->asset_name;
}

static bool world_in_center(void *context, const char *person)
{
	const struct office *office = context;
	const char *department = world_department_of(context, person);
	return department && strcmp(department, office->center) == 0;
}

static bool world_is_workday(void *context, int64_t days)
{
	const struct office *office = context;
	return calendar_is_workday(office->calendar, days);
}

static void offer_people(const struct office *office, each_entry *each, void *arg)
{
	for (size_t i = 0; i < office->person_count; i++) {
		const struct world_entry entry = { office->people[i].name, office->people[i].department };
		if (!each(arg, &entry))
			return;
	}
}

static void offer_departments(const struct office *office, each_entry *each, void *arg)
{
	for (size_t i = 0; i < office->department_count; i++) {
		const struct world_entry entry = { office->offices[i].name, office->offices[i].head };
		if (!each(arg, &entry))
			return;
	}
}

/* What cannot be read is not offered; the next access to the store tells the person why. */
static void offer_assets(const struct office *office, each_entry *each, void *arg)
{
	char *after = NULL;
	bool more = true;
	while (more) {
		struct asset *assets = NULL;
		size_t count = 0;
		if (!asset_list(office->db, after, false, ASSETS_A_PAGE, &assets, &count, NULL))
			break;
		more = count == ASSETS_A_PAGE;
		for (size_t i = 0; i < count; i++) {
			const struct world_entry entry = { assets[i].number, assets[i].name };
			if (!each(arg, &entry)) {
				more = false;
				break;
			}
		}
		free(after);
		after = count ? mem_text(assets[count - 1].number) : NULL;
		assets_free(&assets, count);
	}
	free(after);
}

static void offer_records(const struct office *office, each_entry *each, void *arg)
{
	const struct record_filter filter = { .numbered = true, .limit = REFERENCES_OFFERED };
	struct record_page page = { 0 };
	if (!record_list(office->db, &filter, &page, NULL))
		return;
	for (size_t i = 0; i < page.count; i++) {
		const struct world_entry entry = { page.items[i]->number, page.items[i]->title };
		if (!each(arg, &entry))
			break;
	}
	record_page_release(&page);
}

static void world_lookup(void *context, const struct field *field, each_entry *each, void *arg)
{
	switch (field->type) {
	case FIELD_PERSON:
		offer_people(context, each, arg);
		break;
	case FIELD_DEPARTMENT:
		offer_departments(context, each, arg);
		break;
	case FIELD_ASSET:
		offer_assets(context, each, arg);
		break;
	case FIELD_REFERENCE:
		offer_records(context, each, arg);
		break;
	default:
		break;
	}
}

static bool knows_asset(const struct office *office, const char *text, char **note)
{
	struct asset asset = { 0 };
	bool known = asset_by_number(office->db, text, &asset, NULL) && asset.id != 0;
	*note = known ? mem_text(asset.name) : NULL;
	asset_release(&asset);
	return known;
}

static bool knows_record(const struct office *office, const char *text, char **note)
{
	struct record *record = record_find(office->db, text, NULL);
	bool known = record && record->number;
	*note = known ? mem_text(record->title) : NULL;
	record_free(&record);
	return known;
}

static bool knows_name(const char *name, const char *note, char **kept)
{
	*kept = name ? mem_text(note) : NULL;
	return name != NULL;
}

static bool world_knows(void *context, const struct field *field, const char *text, char **note)
{
	const struct office *office = context;
	char *unused = NULL;
	bool known = true;
	if (!note)
		note = &unused;
	*note = NULL;
	if (field->type == FIELD_PERSON) {
		const struct office_person *person = office_person(office, text);
		known = knows_name(person ? person->name : NULL, person ? person->department : NULL, note);
	} else if (field->type == FIELD_DEPARTMENT) {
		const struct office_department *department = department_named(office, text);
		known = knows_name(department ? department->name : NULL, department ? department->head : NULL, note);
	} else if (field->type == FIELD_ASSET) {
		known = knows_asset(office, text, note);
	} else if (field->type == FIELD_REFERENCE) {
		known = knows_record(office, text, note);
	}
	free(unused);
	return known;
}

void world_init(struct office *office)
{
	office->world = (struct form_world){
		.context = office,
		.now = world_now,
		.in_center = world_in_center,
		.department_of = world_department_of,
		.phone_of = world_phone_of,
		.asset_name = world_asset_name,
		.is_workday = world_is_workday,
		.lookup = world_lookup,
		.knows = world_knows,
	};
}
