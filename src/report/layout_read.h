/*
 * layout_read: libconfig settings read by tables of the words that may be there.
 *
 * Layer: report, inside.
 */
#ifndef YW_REPORT_LAYOUT_READ_H
#define YW_REPORT_LAYOUT_READ_H

#include <libconfig.h>
#include <stddef.h>

#include "report/layout_model.h"
#include "report/mistake.h"

/* A layout being read. */
struct reading {
	struct layout *layout;
	struct layout_mistakes *mistakes;
	const char *name;
};

/* A word that a group may have: who reads it, where to, between which bounds. */
struct attribute {
	const char *name;
	unsigned allowed; /* a bit for each kind of group */
	void (*read)(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, void *to);
	size_t offset;
	double low, high;
};

/* Says what is wrong, with the setting's file and line. */
void layout_wrong(struct reading *r, const config_setting_t *setting, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool layout_is_list(const config_setting_t *setting);

/*
 * Reads every member of GROUP into TO by the ATTRIBUTES that are allowed for KIND (a bit); SKIP (may be NULL) is one
 * that was read already.
 */
void layout_read_group(struct reading *r, const config_setting_t *group, const struct attribute *attributes,
                       size_t count, unsigned kind, void *to, const config_setting_t *skip);

/* Readers for attributes: what they make, what TO is. */
#define READER(name)                                                                               \
	void layout_read_##name(struct reading *r, const config_setting_t *setting, const struct attribute *attribute, \
	                        void *to)
READER(text); /* char * */
READER(template); /* char *, well-formed */
READER(whole); /* int from low to high */
READER(number); /* double from low to high */
READER(bool); /* bool */
READER(not); /* bool, the opposite: for switches that are on unless turned off */
READER(words); /* char **, NULL-terminated */
READER(kind); /* enum layout_kind */
READER(align); /* enum align */
READER(total); /* enum column_total */
READER(rows); /* bool: days */
READER(margins); /* double[MARGIN_COUNT] */
READER(head); /* struct layout: head_left and head_right */
READER(own_words); /* struct words */
#undef READER

#endif
