/* pane: a window and the CDK screen on it; see cells.h. */
#include <locale.h>
#include <stdlib.h>

#include "base/mem.h"
#include "tui/cells.h"

/*
 * CDK's first screen sets the locale and the line as it likes. So there is one from
 * term_open() on, made before both are set as they shall be, and never the last to go.
 */
static CDKSCREEN *first;

void pane_open(void)
{
	char *locale = mem_text(setlocale(LC_ALL, NULL));

	first = initCDKScreen(stdscr);
	(void)setlocale(LC_ALL, locale);
	free(locale);
}

void pane_close(void)
{
	if (first != NULL) {
		free(first->object);
		destroyCDKScreen(first);
	}
	first = NULL;
}

struct pane *pane_new(struct rect rect)
{
	static unsigned serial;
	struct pane *pane;
	WINDOW *window = newwin(rect.rows, rect.cols, rect.row, rect.col);

	if (window == NULL)
		return NULL;
	(void)idlok(window, TRUE);
	(void)leaveok(window, FALSE);
	pane = mem_new(struct pane);
	pane->window = window;
	pane->serial = ++serial;
	pane->cdk = initCDKScreen(window);
	if (pane->cdk == NULL)
		mem_exhausted();
	return pane;
}

static void let_go(CDKOBJS *object)
{
	if (object_is_ours(object))
		unregisterCDKObject(ObjTypeOf(object), object);
	else
		_destroyCDKObject(object);
}

void pane_free(struct pane **pane)
{
	CDKSCREEN *cdk;

	if (*pane == NULL)
		return;
	cdk = (*pane)->cdk;
	while (cdk->objectCount > 0)
		let_go(cdk->object[cdk->objectCount - 1]);
	free(cdk->object); /* destroyCDKScreen() forgets it */
	destroyCDKScreen(cdk);
	(void)delwin((*pane)->window);
	free(*pane);
	*pane = NULL;
}

/* CDK's widgets have windows of their own, which lie over the pane's. */
static void draw_widgets(const struct pane *pane)
{
	for (int i = 0; i < pane->cdk->objectCount; i++) {
		CDKOBJS *object = pane->cdk->object[i];
		if (object_is_ours(object))
			continue;
		object->fn->drawObj(object, object->box);
		if (ObjTypeOf(object) == vMENU)
			drawCDKMenuSubwin((CDKMENU *)(void *)object); /* its drawing draws the titles only */
	}
}

void pane_show(struct pane *pane, bool whole)
{
	if (whole)
		(void)touchwin(pane->window);
	(void)wrefresh(pane->window); /* which only copies, see cdk_cells.c */
	draw_widgets(pane);
}
