/*
 * settings: a libconfig file as a JSON value.
 *
 * Layer: form. For files whose words the loader of forms does not check:
 * yunwei.conf, data/demo.cfg, data/duties.cfg, data/phrases.cfg. Groups become
 * objects, lists and arrays arrays; texts must be UTF-8.
 */
#ifndef YW_FORM_SETTINGS_H
#define YW_FORM_SETTINGS_H

#include <jansson.h>

#include "base/err.h"

/* The file at PATH, a new reference; NULL with "PATH:line: what" if it cannot be read or is no libconfig. */
json_t *settings_read(const char *path, struct err *err);

#endif
