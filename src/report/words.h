/*
 * words: the fixed words that stand on paper.
 *
 * Layer: report. Their English is here, their Chinese in the layouts' `words`
 * group (export/words.cfg): what stands on paper does not hang on the language of
 * the screen. {name} marks what is put in.
 */
#ifndef YW_REPORT_WORDS_H
#define YW_REPORT_WORDS_H

#include <stdbool.h>

/* X(ENUM, "key in words.cfg", English). */
#define WORDS(X)                                                                                   \
	X(COLON, "colon", ": ")                                                                \
	X(SEPARATOR, "separator", ", ")                                                        \
	X(NONE, "none", "none")                                                                \
	X(YES, "yes", "yes")                                                                   \
	X(NO, "no", "no")                                                                      \
	X(FONT_BODY, "font_body", "FangSong")                                                  \
	X(FONT_HEAD, "font_head", "SimHei")                                                    \
	X(FONT_TITLE, "font_title", "FZXiaoBiaoSong-B05S")                                     \
	X(FONT_SONG, "font_song", "SimSun")                                                    \
	X(DAY, "day", "{yyyy}-{mm}-{dd}")                                                      \
	X(MONTH, "month", "{yyyy}-{mm}")                                                       \
	X(YEAR, "year", "{yyyy}")                                                              \
	X(BANNER, "banner", "Not for state secrets or work secrets.")                          \
	X(PAGE_OF, "page_of", "Page {page} of {pages}")                                        \
	X(PRINTED, "printed", "Printed by {person}, {time}")                                   \
	X(CHECK, "check", "Check code {code}")                                                 \
	X(CHAIN, "chain", "Journal {head}")                                                    \
	X(COPY, "copy", "Print no. {n}")                                                       \
	X(NOT_DECIDED, "not_decided", "Not decided yet: for signature only")                   \
	X(VOID, "void", "Void")                                                                \
	X(TRAINING, "training", "TRAINING")                                                    \
	X(BLANK_BELOW, "blank_below", "(nothing below)")                                       \
	X(TO_ANNEX, "to_annex", "(continued in annex {n})")                                    \
	X(ANNEX, "annex", "Annex {n}: {title}")                                                \
	X(SYSTEM_DECISION, "system_decision", "Approved in the system: {person} {time}")       \
	X(SYSTEM_REFUSAL, "system_refusal", "Refused in the system: {person} {time}")          \
	X(PAPER_DECISION, "paper_decision", "(signed on paper) {signer} {day}; entered by {person} {time}") \
	X(ACTING_FOR, "acting_for", "{person} (for {other})")                                  \
	X(SIGN, "sign", "Signature:                         Date:                 ")           \
	X(SEAL, "seal", "(seal)")                                                              \
	X(SERIAL, "serial", "No.")                                                             \
	X(ITEM, "item", "Item")                                                                \
	X(READING, "reading", "Reading")                                                       \
	X(VERDICT, "verdict", "Result")                                                        \
	X(NORMAL, "normal", "ok")                                                          \
	X(WARN, "warn", "warn")                                                             \
	X(FAIL, "fail", "fail")                                                            \
	X(CHECK_NOTES, "check_notes", "Notes on the items")                                    \
	X(TICKED, "ticked", "[x]")                                                             \
	X(UNTICKED, "unticked", "[ ]")                                                         \
	X(TIME, "time", "Time")                                                                \
	X(PERSON, "person", "Person")                                                          \
	X(ACTION, "action", "Action")                                                          \
	X(OPINION_OF, "opinion_of", "Opinion: {role}")                                         \
	X(OPINION, "opinion", "Opinion or reason")                                             \
	X(NUMBER, "number", "Number")                                                          \
	X(NO_NUMBER, "no_number", "draft")                                                     \
	X(STATE, "state", "State")                                                             \
	X(DEPARTMENT, "department", "Department")                                              \
	X(APPLICANT, "applicant", "Applicant")                                                 \
	X(SUBJECT, "subject", "Subject")                                                       \
	X(OCCURRED, "occurred", "Happened")                                                    \
	X(UPDATED, "updated", "Changed")                                                       \
	X(FILED, "filed", "Filed under")                                                       \
	X(FONDS, "fonds", "Fonds")                                                             \
	X(BOX_YEAR, "box_year", "Year")                                                        \
	X(BOX_ITEM, "box_item", "Item")                                                        \
	X(BOX_OFFICE, "box_office", "Office")                                                  \
	X(RETENTION, "retention", "Retention")                                                 \
	X(BOX_PAGES, "box_pages", "Pages")                                                     \
	X(REGISTER_TITLE, "register_title", "{month} {title}")                                 \
	X(REGISTER_OF, "register_of", "{title}: register")                                     \
	X(TOTAL, "total", "Total")                                                             \
	X(TOTAL_ROWS, "total_rows", "{n} records")                                             \
	X(MONTH_EMPTY, "month_empty", "Nothing this month")                                    \
	X(MISSED_WHY, "missed_why", "{missed}: {reason}")                                          \
	X(REST_WHY, "rest_why", "{rest} ({festival})")                                             \
	X(REST, "rest", "rest day")                                                            \
	X(MISSED, "missed", "missed")                                                          \
	X(LATE, "late", "entered late")                                                        \
	X(WEEKDAYS, "weekdays", "Mo Tu We Th Fr Sa Su")                                        \
	X(SIGN_REGISTER, "sign_register", "Drawn up by:                Checked by:                Head:                Date:                ")

enum word {
#define X(name, key, english) WORD_##name,
	WORDS(X)
#undef X
		WORD_COUNT
};

struct words {
	char *own[WORD_COUNT]; /* the layout's; NULL: ours */
};

/* The word's place by its key; false if there is none. */
bool word_parse(const char *key, enum word *word);
/* The layout's word, or ours if ENGLISH is asked for or the layout (OWN may be NULL) has none. */
const char *word_text(const struct words *own, bool english, enum word word);
/* TEXT with {name} replaced: name, value, name, value, ..., NULL. A NULL value is "". Caller frees. */
char *word_fill(const char *text, ...) __attribute__((sentinel));
void words_release(struct words *words);

#endif
