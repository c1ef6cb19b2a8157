/*
 * commands: every subcommand, in the order of help.
 *
 * Layer: cli. Each lives in the file of its name.
 */
#ifndef YW_CLI_COMMANDS_H
#define YW_CLI_COMMANDS_H

#include "cli/command.h"

#define COMMANDS(X)                                                                                \
	X(init)                                                                                    \
	X(forms_list)                                                                              \
	X(forms_check)                                                                             \
	X(record_new)                                                                              \
	X(record_show)                                                                             \
	X(record_list)                                                                             \
	X(record_act)                                                                              \
	X(record_attach)                                                                           \
	X(record_detach)                                                                           \
	X(search)                                                                                  \
	X(export_record)                                                                           \
	X(export_month)                                                                            \
	X(export_list)                                                                             \
	X(audit_list)                                                                              \
	X(audit_verify)                                                                            \
	X(backup)                                                                                  \
	X(restore)                                                                                 \
	X(check)                                                                                   \
	X(user_add)                                                                                \
	X(user_list)                                                                               \
	X(user_disable)                                                                            \
	X(user_enable)                                                                             \
	X(user_passwd)                                                                             \
	X(user_role)                                                                               \
	X(user_key)                                                                                \
	X(ssh)                                                                                     \
	X(script)                                                                                  \
	X(version)                                                                                 \
	X(help)

#define X(name) extern const struct command command_##name;
COMMANDS(X)
#undef X

#endif
