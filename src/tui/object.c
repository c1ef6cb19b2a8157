/*
 * object: what our own CDK objects have in common.
 *
 * CDK registers, focuses, draws and destroys them like its own. Keys come to them
 * by their own functions, not by injection: a chtype holds no phrase.
 */
#include "base/mem.h"
#include "tui/cells.h"

static char ours; /* its address marks our objects in CDKOBJS.dataPtr */

void object_nothing(CDKOBJS *object)
{
	(void)object;
}

void object_move(CDKOBJS *object, int col, int row, boolean relative, boolean refresh)
{
	(void)object, (void)col, (void)row, (void)relative, (void)refresh; /* it is painted where it is told */
}

int object_inject(CDKOBJS *object, chtype input)
{
	(void)object, (void)input;
	return 0;
}

void *object_new(size_t size, const CDKFUNCS *functions)
{
	CDKOBJS *object = _newCDKObject((unsigned)size, functions);

	if (object == NULL)
		mem_exhausted();
	object->acceptsFocus = TRUE;
	object->hasFocus = FALSE;
	object->screenIndex = -1;
	object->dataPtr = &ours;
	return object;
}

void object_free(CDKOBJS *object)
{
	unregisterCDKObject(ObjTypeOf(object), object);
	_destroyCDKObject(object);
}

bool object_is_ours(const CDKOBJS *object)
{
	return object->dataPtr == &ours;
}

void object_stand(CDKOBJS *object, struct pane *pane)
{
	if (object->screenIndex >= 0 && object->screen == pane->cdk)
		return;
	unregisterCDKObject(ObjTypeOf(object), object);
	registerCDKObject(pane->cdk, ObjTypeOf(object), object);
}
