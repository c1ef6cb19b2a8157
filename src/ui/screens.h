/*
 * screens: every screen's door.
 *
 * Layer: ui, private. Each pushes itself on the loop; what cannot be opened is
 * said as a notice on the screen below.
 */
#ifndef YW_UI_SCREENS_H
#define YW_UI_SCREENS_H

#include "app/edit.h"
#include "app/list.h"
#include "ui/desk.h"

/* The loop's options for DESK (ui.c): what is the same on all screens. */
struct loop_options desk_loop(struct desk *desk, const struct actions *actions);
/* Log-in if nobody is in, else the work bench, and a new password before it if one is wanted. */
void first_screen(struct desk *desk, struct loop *loop);

void login_screen(struct desk *desk, struct loop *loop);
/* Over everything else until the password is given again. */
void lock_screen(struct desk *desk, struct loop *loop);
/* The work bench; if drafts are there, asks whether to go on with the newest. */
void bench_screen(struct desk *desk, struct loop *loop);
void new_screen(struct desk *desk, struct loop *loop);
/* Takes EDIT. */
void editor_screen(struct desk *desk, struct loop *loop, struct edit *edit);
/* Opens the draft ID of the actor. */
void editor_resume(struct desk *desk, struct loop *loop, int64_t draft);
/* Begins a new record of FORM. */
void editor_new(struct desk *desk, struct loop *loop, const struct definition *form);
/* The same for a day that is over: when it was really done is asked first. */
void editor_new_late(struct desk *desk, struct loop *loop, const struct definition *form, int64_t due_utc);
void record_screen(struct desk *desk, struct loop *loop, int64_t record);
/* The same from "waiting for me": after a decision the next one comes up by itself. */
void record_screen_in_turn(struct desk *desk, struct loop *loop, int64_t record);
/* QUERY's texts are copied; NULL: everything. */
void list_screen(struct desk *desk, struct loop *loop, const struct list_query *query);
void search_screen(struct desk *desk, struct loop *loop, const char *text);
/* ARTICLE is selected; 0: the first. */
void regulation_screen(struct desk *desk, struct loop *loop, int article);
void people_screen(struct desk *desk, struct loop *loop);
void reports_screen(struct desk *desk, struct loop *loop);
void admin_screen(struct desk *desk, struct loop *loop);
void password_screen(struct desk *desk, struct loop *loop, bool must);
void help_screen(struct desk *desk, struct loop *loop);

#endif
