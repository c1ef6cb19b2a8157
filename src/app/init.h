/*
 * init: a new data directory.
 *
 * Layer: app.
 */
#ifndef YW_APP_INIT_H
#define YW_APP_INIT_H

#include "app/office.h"

/* Makes DATA (0700) with an empty store (0600) and the departments of data/; refuses where one is. */
bool init_office(const char *data, const char *share, bool training, struct err *err);

#endif
