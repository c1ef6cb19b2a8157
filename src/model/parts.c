#include "model/parts.h"

#include <stdlib.h>

void texts_free(char **texts)
{
	for (size_t i = 0; texts != NULL && texts[i] != NULL; i++)
		free(texts[i]);
	free(texts);
}

void rule_release(struct rule *rule)
{
	free(rule->expression);
	free(rule->message);
	*rule = (struct rule){ .expression = NULL };
}
