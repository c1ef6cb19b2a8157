/*
 * names: what expressions know beside the fields.
 *
 * Layer: form.
 */
#ifndef YW_FORM_NAMES_H
#define YW_FORM_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Facts of the record and the moment: X(ENUM, "name"). */
#define FACTS(X)                                                                                   \
	X(NOW, "now")                     /* "2026-11-22T09:05+08:00" */                           \
	X(TODAY, "today")                                                                          \
	X(ME, "me")                       /* the person's name */                                  \
	X(MY_DEPARTMENT, "my_department")                                                          \
	X(STATE, "state")                                                                          \
	X(APPLICANT, "applicant")                                                                  \
	X(DEPARTMENT, "department")       /* the record's */                                       \
	X(NUMBER, "number")                                                                        \
	X(FILING_NUMBER, "filing_number")                                                          \
	X(IS_NEW, "is_new")               /* 1 until it is stored */                               \
	X(LATE, "late")                   /* 1 if entered after its day, or would be now */        \
	X(REASON, "reason")               /* in effects: the words given with the step */

enum fact {
#define X(name, text) FACT_##name,
	FACTS(X)
#undef X
		FACT_COUNT
};

bool names_is_fact(const char *name);
bool names_fact_parse(const char *name, enum fact *fact);
size_t names_fact_count(void);
const char *names_fact(size_t i);

/* What is counted of a check list: KEY_abnormal, KEY_warn, KEY_missing, and KEY_findings. */
enum count_kind { COUNT_ABNORMAL, COUNT_WARN, COUNT_MISSING, COUNT_FINDINGS };
/* True if NAME is one of them for the check list KEY; *KIND (may be NULL) says which. */
bool names_is_count(const char *key, const char *name, enum count_kind *kind);

#endif
