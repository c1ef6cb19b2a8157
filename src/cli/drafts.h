/*
 * drafts: "D12" where a record's number may stand.
 *
 * Layer: cli.
 */
#ifndef YW_CLI_DRAFTS_H
#define YW_CLI_DRAFTS_H

#include <stdint.h>

#include "cli/command.h"

/* True if WHICH names a draft. */
bool draft_id(const char *which, int64_t *id);
/* {"draft", "form", "record", "title", "saved_at", "body"} */
bool draft_show(struct cli *cli, int64_t id, struct err *err);

#endif
