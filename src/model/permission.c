#include "model/permission.h"

#include <string.h>

#include "base/str.h"
#include "base/text.h"

static const struct {
	const char *key, *label;
} roles[ROLE_BIT_COUNT] = {
#define X(name, key, label) [ROLE_BIT_##name] = { key, label },
	ROLES(X)
#undef X
};

const char *role_key(enum role role)
{
	for (int i = 0; i < ROLE_BIT_COUNT; i++)
		if ((unsigned)role == 1U << i)
			return roles[i].key;
	return "";
}

const char *role_label(enum role role)
{
	for (int i = 0; i < ROLE_BIT_COUNT; i++)
		if ((unsigned)role == 1U << i)
			return _(roles[i].label);
	return "";
}

bool role_parse(const char *key, enum role *role)
{
	for (int i = 0; i < ROLE_BIT_COUNT; i++) {
		if (!str_equal(key, roles[i].key))
			continue;
		*role = (enum role)(1U << i);
		return true;
	}
	return false;
}

/* ---- words that are relative to a record ---- */

static bool has(const struct actor *actor, enum role role)
{
	return (actor->roles & (unsigned)role) != 0;
}

/* A record that nobody has made yet belongs to whoever fills it. */
static bool is_applicant(const struct actor *actor, const struct record *record)
{
	return record->applicant == NULL || str_equal(actor->person, record->applicant);
}

static bool is_author(const struct actor *actor, const struct record *record)
{
	return record->author != 0 ? record->author == actor->account : is_applicant(actor, record);
}

static bool is_of_department(const struct actor *actor, const struct record *record)
{
	return !str_is_empty(record->department) && str_equal(actor->department, record->department);
}

static bool is_its_head(const struct actor *actor, const struct record *record)
{
	return has(actor, ROLE_DEPT_HEAD) && is_of_department(actor, record);
}

static bool is_a_head(const struct actor *actor, const struct record *record)
{
	(void)record;
	return has(actor, ROLE_DEPT_HEAD);
}

static bool is_of_center(const struct actor *actor, const struct record *record)
{
	(void)record;
	return has(actor, ROLE_IC_CLERK) || has(actor, ROLE_IC_HEAD);
}

static bool is_anybody(const struct actor *actor, const struct record *record)
{
	(void)actor;
	(void)record;
	return true;
}

static const struct {
	const char *word;
	bool (*holds)(const struct actor *actor, const struct record *record);
} relative[] = {
	{ "author", is_author },        { "applicant", is_applicant },     { "department", is_of_department },
	{ "dept_head", is_its_head },   { "any_dept_head", is_a_head }, { "center", is_of_center },
	{ "everyone", is_anybody },
};

bool permission_has_role(const struct actor *actor, const struct record *record, const char *who)
{
	enum role role;

	for (size_t i = 0; i < sizeof(relative) / sizeof(relative[0]); i++)
		if (str_equal(who, relative[i].word))
			return relative[i].holds(actor, record);
	return role_parse(who, &role) && has(actor, role);
}

bool permission_any_role(const struct actor *actor, const struct record *record, char *const *who)
{
	for (size_t i = 0; who != NULL && who[i] != NULL; i++)
		if (permission_has_role(actor, record, who[i]))
			return true;
	return false;
}

bool permission_role_known(const char *who)
{
	enum role role;

	for (size_t i = 0; i < sizeof(relative) / sizeof(relative[0]); i++)
		if (str_equal(who, relative[i].word))
			return true;
	return role_parse(who, &role);
}

const char *permission_role_word(size_t i)
{
	const size_t words = sizeof(relative) / sizeof(relative[0]);

	if (i < words)
		return relative[i].word;
	return i - words < ROLE_BIT_COUNT ? roles[i - words].key : NULL;
}

/* ---- seeing ---- */

/* Whoever has to decide must be able to read what it is about. */
static bool has_a_part(const struct definition *form, const struct actor *actor, const struct record *record)
{
	const struct workflow *workflow = &form->workflow;

	for (size_t i = 0; i < workflow->transition_count; i++)
		if (permission_any_role(actor, record, workflow->transitions[i].who))
			return true;
	return false;
}

static bool is_unsubmitted(const struct definition *form, const struct record *record)
{
	const struct state *state = workflow_state(&form->workflow, record->state);

	return record->number == NULL && state != NULL && state->kind == STATE_DRAFT;
}

bool permission_may_see(const struct definition *form, const struct actor *actor, const struct record *record)
{
	if (is_author(actor, record))
		return true;
	if (is_unsubmitted(form, record))
		return false;
	if (form->restricted_to != NULL)
		return permission_any_role(actor, record, form->restricted_to);
	return is_of_department(actor, record) || is_of_center(actor, record) || has(actor, ROLE_LEADER) ||
	       has(actor, ROLE_CHIEF) || has(actor, ROLE_ARCHIVIST) || has_a_part(form, actor, record);
}

/* ---- writing ---- */

/* The nearest list of states that says something about FIELD: its own, its table's, its section's; NULL if none does. */
static char *const *edit_states(const struct definition *form, const struct field *field)
{
	const struct field *owner = definition_owner_of(form, field);
	const struct section *section = definition_section_of(form, field);

	if (field->edit_states != NULL)
		return field->edit_states;
	if (owner != NULL && owner->edit_states != NULL)
		return owner->edit_states;
	return section != NULL ? section->edit_states : NULL;
}

static char *const *edit_roles(const struct definition *form, const struct field *field)
{
	static char author[] = "author";
	static char *const only_author[] = { author, NULL };
	const struct field *owner = definition_owner_of(form, field);
	const struct section *section = definition_section_of(form, field);

	if (field->edit_roles != NULL)
		return field->edit_roles;
	if (owner != NULL && owner->edit_roles != NULL)
		return owner->edit_roles;
	return section != NULL && section->edit_roles != NULL ? section->edit_roles : only_author;
}

bool permission_editable_in(const struct definition *form, const struct field *field, const char *state)
{
	char *const *states = edit_states(form, field);
	const struct state *here = workflow_state(&form->workflow, state);

	if (states != NULL)
		return workflow_list_has(states, state);
	return here != NULL && (here == form->workflow.states || here->kind == STATE_DRAFT);
}

bool permission_may_fill(const struct definition *form, const struct field *field, const struct actor *actor,
                         const struct record *record)
{
	return permission_editable_in(form, field, record->state) &&
	       permission_any_role(actor, record, edit_roles(form, field));
}

bool permission_may_edit(const struct definition *form, const struct field *field, const struct actor *actor,
                         const struct record *record)
{
	return !field->read_only && permission_may_fill(form, field, actor, record);
}

/* ---- acting ---- */

static bool has_done(const struct actor *actor, const json_t *names)
{
	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));

		if (str_equal(name, actor->person) ||
		    (actor->acting_for != NULL && str_equal(name, actor->acting_for)))
			return true;
	}
	return false;
}

enum permission_answer permission_may_act(const struct transition *transition, const struct actor *actor,
                                          const struct record *record, const json_t *actors)
{
	if (!workflow_list_has(transition->from, record->state))
		return PERMISSION_WRONG_STATE;
	if (!permission_any_role(actor, record, transition->who))
		return PERMISSION_WRONG_ROLE;
	for (size_t i = 0; transition->not_same_as != NULL && transition->not_same_as[i] != NULL; i++)
		if (has_done(actor, json_object_get(actors, transition->not_same_as[i])))
			return PERMISSION_SAME_PERSON;
	return PERMISSION_YES;
}
