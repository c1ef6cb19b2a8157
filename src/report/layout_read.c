#include "report/layout_read.h"

#include <stdarg.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "report/print.h"

void layout_wrong(struct reading *r, const config_setting_t *setting, const char *format, ...)
{
	const char *file = config_setting_source_file(setting);
	va_list args;

	va_start(args, format);
	layout_mistake_addv(r->mistakes, file == NULL ? r->name : file, (int)config_setting_source_line(setting), format,
	                    args);
	va_end(args);
}

/* How a setting is called in messages. */
static const char *name_of(const config_setting_t *setting)
{
	const char *name = config_setting_name(setting);
	return name == NULL ? _("this entry") : name;
}

bool layout_is_list(const config_setting_t *setting)
{
	return config_setting_is_list(setting) || config_setting_is_array(setting);
}

/* ---- readers of single values ---- */

/* A text that is there and is UTF-8, borrowed; NULL after saying what is wrong. */
static const char *text_in(struct reading *r, const config_setting_t *setting)
{
	const char *text = config_setting_get_string(setting);

	if (text == NULL)
		layout_wrong(r, setting, _("\"%s\" must be a text in quotation marks."), name_of(setting));
	else if (!utf8_is_valid(text, strlen(text), NULL))
		layout_wrong(r, setting, _("\"%s\" is not valid UTF-8."), name_of(setting));
	else
		return text;
	return NULL;
}

void layout_read_text(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	const char *text = text_in(r, setting);

	(void)attribute;
	if (text != NULL)
		*(char **)to = mem_text(text);
}

void layout_read_template(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	const char *text = text_in(r, setting);
	const char *fault = text == NULL ? NULL : template_fault(text);

	(void)attribute;
	if (fault != NULL)
		layout_wrong(r, setting, _("\"%s\": %s."), name_of(setting), _(fault));
	else if (text != NULL)
		*(char **)to = mem_text(text);
}

void layout_read_whole(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	const int number = config_setting_get_int(setting);

	if (config_setting_type(setting) != CONFIG_TYPE_INT || number < attribute->low || number > attribute->high)
		layout_wrong(r, setting, _("\"%s\" must be a whole number from %.0f to %.0f."), name_of(setting), attribute->low,
		      attribute->high);
	else
		*(int *)to = number;
}

static bool number_in(const config_setting_t *setting, double *number)
{
	if (config_setting_type(setting) == CONFIG_TYPE_INT)
		*number = config_setting_get_int(setting);
	else if (config_setting_type(setting) == CONFIG_TYPE_FLOAT)
		*number = config_setting_get_float(setting);
	else
		return false;
	return true;
}

void layout_read_number(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	double number;

	if (!number_in(setting, &number) || !(number >= attribute->low && number <= attribute->high))
		layout_wrong(r, setting, _("\"%s\" must be a number from %.1f to %.1f."), name_of(setting), attribute->low,
		      attribute->high);
	else
		*(double *)to = number;
}

void layout_read_bool(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	(void)attribute;
	if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
		layout_wrong(r, setting, _("\"%s\" must be true or false."), name_of(setting));
	else
		*(bool *)to = config_setting_get_bool(setting) != CONFIG_FALSE;
}

/* For switches that are on unless turned off: the struct says the opposite. */
void layout_read_not(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	bool on = true;
	layout_read_bool(r, setting, attribute, &on);
	*(bool *)to = !on;
}

void layout_read_words(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	const int count = layout_is_list(setting) ? config_setting_length(setting) : 0;

	(void)attribute;
	if (count == 0) {
		layout_wrong(r, setting, _("\"%s\" must be a list of texts: [\"...\", \"...\"]."), name_of(setting));
		return;
	}
	char **words = mem_zeroed((size_t)count + 1, sizeof(*words));
	size_t filled = 0;
	for (int i = 0; i < count; i++) {
		const char *text = text_in(r, config_setting_get_elem(setting, (unsigned)i));
		if (text != NULL)
			words[filled++] = mem_text(text);
	}
	*(char ***)to = words;
}

/* The index of the text among CHOICES (NULL-terminated). */
static int choice_in(struct reading *r, const config_setting_t *setting, const char *const *choices)
{
	const char *text = text_in(r, setting);
	struct str all = STR_INIT;

	for (int i = 0; text != NULL && choices[i] != NULL; i++) {
		if (str_equal(choices[i], text)) {
			str_release(&all);
			return i;
		}
		str_addf(&all, "%s%s", i > 0 ? ", " : "", choices[i]);
	}
	if (text != NULL)
		layout_wrong(r, setting, _("\"%s\" is \"%s\", but must be one of: %s."), name_of(setting), text, str_text(&all));
	str_release(&all);
	return -1;
}

void layout_read_kind(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	static const char *const kinds[] = { [LAYOUT_FORM] = "form", [LAYOUT_REGISTER] = "register", NULL };
	const int kind = choice_in(r, setting, kinds);

	(void)attribute;
	if (kind >= 0)
		*(enum layout_kind *)to = (enum layout_kind)kind;
}

void layout_read_align(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	static const char *const aligns[] = { [ALIGN_LEFT] = "left", [ALIGN_CENTER] = "center", [ALIGN_RIGHT] = "right",
					      NULL };
	const int align = choice_in(r, setting, aligns);

	(void)attribute;
	if (align >= 0)
		*(enum align *)to = (enum align)align;
}

void layout_read_total(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	static const char *const totals[] = { [TOTAL_NONE] = "none", [TOTAL_SUM] = "sum", [TOTAL_COUNT] = "count", NULL };
	const int total = choice_in(r, setting, totals);

	(void)attribute;
	if (total >= 0)
		*(enum column_total *)to = (enum column_total)total;
}

void layout_read_rows(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	static const char *const rows[] = { "records", "days", NULL };

	(void)attribute;
	*(bool *)to = choice_in(r, setting, rows) == 1;
}

/* Above and below, the running head and the three lines of the running foot need their room. */
void layout_read_margins(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	static const double least_mm[MARGIN_COUNT] = { [MARGIN_TOP] = 15, [MARGIN_RIGHT] = 10, [MARGIN_BOTTOM] = 18, [MARGIN_LEFT] = 10 };
	double *margins = to;
	bool good = layout_is_list(setting) && config_setting_length(setting) == MARGIN_COUNT;

	for (int i = 0; good && i < MARGIN_COUNT; i++)
		good = number_in(config_setting_get_elem(setting, (unsigned)i), &margins[i]) && margins[i] >= least_mm[i] &&
		       margins[i] <= attribute->high;
	if (!good)
		layout_wrong(r, setting, _("\"%s\" must be four numbers of millimetres: top (from 15), right (10), bottom (18), left (10), to %.0f."),
		             name_of(setting), attribute->high);
}

void layout_read_head(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	struct layout *layout = to;

	if (!layout_is_list(setting) || config_setting_length(setting) != 2) {
		layout_wrong(r, setting, _("\"%s\" must be two texts: (\"left\", \"right\")."), name_of(setting));
		return;
	}
	layout_read_template(r, config_setting_get_elem(setting, 0), attribute, &layout->head_left);
	layout_read_template(r, config_setting_get_elem(setting, 1), attribute, &layout->head_right);
}

void layout_read_own_words(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to)
{
	struct words *words = to;
	enum word word;

	(void)attribute;
	if (!config_setting_is_group(setting)) {
		layout_wrong(r, setting, _("\"words\" must be a group: { key = \"text\"; ... }."));
		return;
	}
	for (int i = 0; i < config_setting_length(setting); i++) {
		const config_setting_t *one = config_setting_get_elem(setting, (unsigned)i);
		const char *text = text_in(r, one);
		if (!word_parse(config_setting_name(one), &word))
			layout_wrong(r, one, _("\"%s\" is no word of a layout."), config_setting_name(one));
		else if (text != NULL)
			words->own[word] = mem_text(text);
	}
}

/* ---- groups by table ---- */

static void wrong_word(struct reading *r, const config_setting_t *setting, const struct attribute *attributes, size_t count,
                       unsigned kind)
{
	struct str allowed = STR_INIT;

	for (size_t i = 0; i < count; i++) {
		if ((attributes[i].allowed & kind) != 0)
			str_addf(&allowed, "%s%s", allowed.len > 0 ? ", " : "", attributes[i].name);
	}
	layout_wrong(r, setting, _("\"%s\" means nothing here; possible are: %s."), name_of(setting), str_text(&allowed));
	str_release(&allowed);
}

static const struct attribute *find(const struct attribute *attributes, size_t count, unsigned kind, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (str_equal(attributes[i].name, name) && (attributes[i].allowed & kind) != 0)
			return &attributes[i];
	}
	return NULL;
}

/* Reads every member of GROUP into TO; SKIP (may be NULL) is one that was read already. */
void layout_read_group(struct reading *r, const config_setting_t *group, const struct attribute *attributes, size_t count,
                       unsigned kind, void *to, const config_setting_t *skip)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *setting = config_setting_get_elem(group, (unsigned)i);
		if (setting == skip)
			continue;
		const struct attribute *attribute = find(attributes, count, kind, config_setting_name(setting));
		if (attribute == NULL)
			wrong_word(r, setting, attributes, count, kind);
		else
			attribute->read(r, setting, attribute, (char *)to + attribute->offset);
	}
}
