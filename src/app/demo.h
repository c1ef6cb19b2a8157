/*
 * demo: the training office: people, departments, assets and months of life.
 *
 * Layer: app. Made with the same use-cases that people use, the clock moved; the
 * same options give the same office, byte for byte in what it says. What it holds
 * is described in data/demo.cfg.
 */
#ifndef YW_APP_DEMO_H
#define YW_APP_DEMO_H

#include "app/job.h"
#include "app/office.h"

struct demo_options {
	unsigned seed;            /* 1 unless set */
	int months;               /* of life before the last day; 6 unless set */
	const char *until;        /* the last day, NULL: today */
	long records;             /* at least so many records (for measurements); 0: as life brings */
};

/* Fills an empty training office (init_office). Result: {"records": n, ...}. */
struct job *demo_fill(struct office *office, const struct demo_options *options, struct err *err);

#endif
