#include "form/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

enum { MOST_BYTES = 1024 * 1024 };

/* A form in libconfig begins with a word, a whole with a brace. */
static bool is_whole(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '{';
}

static bool take_whole(struct parts *parts, const char *text, struct err *err)
{
	json_t *whole = json_parse(text, strlen(text), parts->file, err);
	json_t *texts = json_object_get(whole, "parts");
	const char *form = json_string_value(json_object_get(whole, "form"));
	const char *file = json_string_value(json_object_get(whole, "file"));

	if (whole == NULL)
		return false;
	if (form == NULL || file == NULL || !json_is_object(texts)) {
		json_decref(whole);
		return err_set(err, ERR_REFUSED, _("%s: This is no definition of a form."), parts->file);
	}
	free(parts->file);
	parts->file = mem_text(file);
	parts->form = mem_text(form);
	parts->texts = json_incref(texts);
	json_decref(whole);
	return true;
}

bool parts_begin(struct parts *parts, const char *data_folder, const char *file, const char *text,
                 struct err *err)
{
	*parts = (struct parts){ .data_folder = data_folder, .file = mem_text(file) };
	if (is_whole(text))
		return take_whole(parts, text, err);
	parts->form = mem_text(text);
	parts->texts = json_object();
	return true;
}

void parts_release(struct parts *parts)
{
	free(parts->file);
	free(parts->form);
	json_decref(parts->texts);
	*parts = (struct parts){ .file = NULL };
}

char *parts_path(const struct parts *parts, const char *folder, const char *name)
{
	if (parts->data_folder == NULL)
		return str_format("%s/%s.cfg", folder, name);
	return str_format("%s/%s/%s.cfg", parts->data_folder, folder, name);
}

const char *parts_text(struct parts *parts, const char *folder, const char *name, struct err *err)
{
	char *key = str_format("%s/%s", folder, name);
	char *path = parts_path(parts, folder, name);
	const char *known = json_string_value(json_object_get(parts->texts, key));
	char *text = NULL;
	size_t len = 0;

	if (known == NULL && parts->data_folder != NULL && (text = path_read(path, MOST_BYTES, &len, err)) != NULL) {
		if (utf8_is_valid(text, len, NULL))
			json_object_set_new(parts->texts, key, json_stringn(text, len));
		else
			err_set(err, ERR_REFUSED, _("%s: This is not UTF-8 text. Save the file as UTF-8."), path);
		known = json_string_value(json_object_get(parts->texts, key));
	} else if (known == NULL && parts->data_folder == NULL) {
		err_set(err, ERR_REFUSED, _("%s is not there."), path);
	}
	free(text);
	free(path);
	free(key);
	return known;
}

char *parts_whole(const struct parts *parts)
{
	json_t *whole = json_object();
	char *text;

	json_object_set_new(whole, "file", json_string(parts->file));
	json_object_set_new(whole, "form", json_string(parts->form));
	json_object_set(whole, "parts", parts->texts);
	text = json_stable(whole);
	json_decref(whole);
	return text;
}
