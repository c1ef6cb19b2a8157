#include "form/settings.h"

#include <libconfig.h>

#include "base/path.h"
#include "base/text.h"
#include "base/utf8.h"

enum { SETTINGS_MOST_BYTES = 4 * 1024 * 1024 };

static json_t *value_of(const config_setting_t *setting);

static json_t *members_of(const config_setting_t *setting)
{
	json_t *object = json_object();
	for (int i = 0; i < config_setting_length(setting); i++) {
		const config_setting_t *member = config_setting_get_elem(setting, (unsigned)i);
		json_object_set_new(object, config_setting_name(member), value_of(member));
	}
	return object;
}

static json_t *elements_of(const config_setting_t *setting)
{
	json_t *array = json_array();
	for (int i = 0; i < config_setting_length(setting); i++)
		json_array_append_new(array, value_of(config_setting_get_elem(setting, (unsigned)i)));
	return array;
}

static json_t *value_of(const config_setting_t *setting)
{
	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_GROUP:
		return members_of(setting);
	case CONFIG_TYPE_LIST:
	case CONFIG_TYPE_ARRAY:
		return elements_of(setting);
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		return json_integer(config_setting_get_int64(setting));
	case CONFIG_TYPE_FLOAT:
		return json_real(config_setting_get_float(setting));
	case CONFIG_TYPE_BOOL:
		return json_boolean(config_setting_get_bool(setting));
	default:
		return json_string(config_setting_get_string(setting));
	}
}

static int line_of(const char *text, size_t at)
{
	int line = 1;
	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

json_t *settings_read(const char *path, struct err *err)
{
	size_t len = 0, bad_at = 0;
	json_t *value = NULL;
	char *text = path_read(path, SETTINGS_MOST_BYTES, &len, err);
	if (!text)
		return NULL;
	config_t config;
	config_init(&config);
	if (!utf8_is_valid(text, len, &bad_at))
		err_set(err, ERR_REFUSED, _("%s:%d: this is not UTF-8 text. Save the file as UTF-8."), path,
		        line_of(text, bad_at));
	else if (!config_read_string(&config, text))
		err_set(err, ERR_REFUSED, "%s:%d: %s", path, config_error_line(&config), config_error_text(&config));
	else
		value = members_of(config_root_setting(&config));
	config_destroy(&config);
	free(text);
	return value;
}
