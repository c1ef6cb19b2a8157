/*
 * banned: functions that must not be used, as compile errors (forced include).
 *
 * Use instead: str.h for building text, utf8.h for measuring it, clock.h for
 * time, strtol with checks for numbers.
 */
#ifndef YW_BASE_BANNED_H
#define YW_BASE_BANNED_H

/* Before the poison, the headers that themselves mention these names. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef YW_LAYER_REPORT
#include <xlsxwriter.h>
#endif

/* A macro cannot be poisoned: the C library's checked variants are macros for some compilers. */
#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf
#undef strncpy
#undef strncat

#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strncat gets
#pragma GCC poison atoi atol atoll atof strtok localtime gmtime ctime asctime

#endif
