#include "report/book.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

enum { BORDERS = 4, SHEET_NAME_CHARS = 31, COPY_BYTES = 65536 };

/*
 * The width of Excel's columns is counted in digits of the workbook's default font. Times New Roman 10.5 has digits
 * of exactly 7 pixels, which the library takes for granted, and every system has it or Liberation Serif, whose digits
 * are the same: so a column is as wide everywhere as we say. With the library's Calibri it would be a third wider on
 * a machine that has no Calibri.
 */
static const char default_font[] = "Times New Roman";
static const double default_size_pt = 10.5;

struct kept_format {
	struct style style;
	uint8_t borders[BORDERS];
	lxw_format *format;
};

struct book {
	lxw_workbook *workbook; /* NULL once it is closed */
	struct report_target target;
	const struct page_context *context;
	const struct words *words;
	char *temporary;        /* its name until it is in place */
	char *folder;           /* where it lies */
	struct kept_format *formats;
	size_t format_count;
	char **names;           /* of the sheets */
	size_t name_count;
};

bool book_ok(lxw_error error, struct err *err)
{
	if (error == LXW_NO_ERROR)
		return true;
	if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return err_set(err, ERR_REFUSED, _("A text is longer than a cell of a workbook can hold (32,767 characters)."));
	return err_set_sub(err, ERR_SYSTEM, (int)error, _("The workbook cannot be written: %s"), lxw_strerror(error));
}

/* The library says on standard error what it also returns: that belongs in the log. */
static bool hush(void)
{
	return !log_captures_stderr() && log_capture_stderr(NULL);
}

static void unhush(bool hushed)
{
	if (hushed)
		log_release_stderr();
}

/* A name beside the target (or in the folder for temporary files), reserved. */
static char *reserve(struct book *book, struct err *err)
{
	const char *path = book->target.path, *tmp = getenv("TMPDIR");
	const char *slash = path == NULL ? NULL : strrchr(path, '/');

	if (path == NULL)
		book->folder = mem_text(str_is_empty(tmp) ? "/tmp" : tmp);
	else
		book->folder = slash == NULL ? mem_text(".") : mem_text_len(path, slash == path ? 1 : (size_t)(slash - path));
	char *name = str_format("%s/.yunwei-XXXXXX", book->folder);
	const int fd = mkstemp(name); /* made 0600 */
	if (fd < 0) {
		err_errno(err, _("No file can be made in %s"), book->folder);
		free(name);
		return NULL;
	}
	close(fd);
	return name;
}

static void describe(struct book *book)
{
	lxw_doc_properties properties = {
		.author = (char *)(uintptr_t)(book->context->office == NULL ? "" : book->context->office),
		.created = (time_t)book->context->printed_utc,
	};

	lxw_format *standard = STAILQ_FIRST(book->workbook->formats);
	format_set_font_name(standard, default_font);
	format_set_font_size(standard, default_size_pt);
	workbook_set_properties(book->workbook, &properties);
}

struct book *book_new(const struct report_target *target, const struct page_context *context, const struct words *words,
                      bool constant_memory, struct err *err)
{
	struct book *book = mem_new(struct book);

	book->target = *target;
	book->context = context;
	book->words = words;
	book->temporary = reserve(book, err);
	if (book->temporary == NULL)
		goto fail;
	lxw_workbook_options options = { .constant_memory = constant_memory };
	const bool hushed = hush();
	book->workbook = workbook_new_opt(book->temporary, &options);
	unhush(hushed);
	if (book->workbook == NULL) {
		err_set(err, ERR_SYSTEM, _("The workbook cannot be made."));
		goto fail;
	}
	describe(book);
	return book;
fail:
	book_free(&book);
	return NULL;
}

/* ---- sheets ---- */

/* NAME with what Excel forbids replaced, short enough to take SUFFIX. Caller frees. */
static char *sheet_name(const char *name, const char *suffix)
{
	struct str out = STR_INIT;
	size_t chars = strlen(suffix);

	for (size_t at = 0, next; name[at] != '\0' && chars < SHEET_NAME_CHARS; at = next, chars++) {
		size_t len;
		utf8_decode(name + at, &len);
		next = at + len;
		if (strchr("[]:*?/\\'", name[at]) != NULL || (unsigned char)name[at] < ' ')
			str_add_char(&out, '_');
		else
			str_add_len(&out, name + at, len);
	}
	str_add(&out, suffix);
	return str_take(&out);
}

static bool is_taken(const struct book *book, const char *name)
{
	for (size_t i = 0; i < book->name_count; i++) {
		if (strcmp(book->names[i], name) == 0)
			return true;
	}
	return false;
}

lxw_worksheet *book_sheet(struct book *book, const char *name, struct err *err)
{
	char suffix[16] = "";
	char *good = sheet_name(str_is_empty(name) ? "1" : name, suffix);

	for (int n = 2; is_taken(book, good); n++) {
		snprintf(suffix, sizeof(suffix), " %d", n);
		free(good);
		good = sheet_name(name, suffix);
	}
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, good);
	if (sheet == NULL) {
		err_set(err, ERR_SYSTEM, _("The sheet \"%s\" cannot be made."), good);
		free(good);
		return NULL;
	}
	book->names = mem_resize(book->names, book->name_count + 1, sizeof(*book->names));
	book->names[book->name_count++] = good;
	return sheet;
}

/* ---- formats ---- */

static const char *font_name(const struct book *book, enum font font)
{
	static const enum word words[FONT_COUNT] = {
		[FONT_BODY] = WORD_FONT_BODY,
		[FONT_HEAD] = WORD_FONT_HEAD,
		[FONT_TITLE] = WORD_FONT_TITLE,
		[FONT_SONG] = WORD_FONT_SONG,
	};
	/* The layout's fonts in English, too: the values stay Chinese. */
	return word_text(book->words, false, words[font]);
}

static bool same_style(const struct style *a, const struct style *b)
{
	return a->font == b->font && a->align == b->align && a->rise == b->rise && a->bold == b->bold &&
	       a->shaded == b->shaded && a->size_pt >= b->size_pt && a->size_pt <= b->size_pt;
}

static lxw_format *make_format(struct book *book, const struct style *style, const uint8_t borders[BORDERS])
{
	static const uint8_t aligns[] = { LXW_ALIGN_LEFT, LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT };
	static const uint8_t rises[] = { LXW_ALIGN_VERTICAL_CENTER, LXW_ALIGN_VERTICAL_TOP, LXW_ALIGN_VERTICAL_BOTTOM };
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_font_name(format, font_name(book, style->font));
	format_set_font_size(format, style->size_pt);
	format_set_align(format, aligns[style->align]);
	format_set_align(format, rises[style->rise]);
	format_set_text_wrap(format);
	format_set_num_format(format, "@");
	if (style->bold)
		format_set_bold(format);
	if (style->shaded)
		format_set_bg_color(format, 0xE6E6E6);
	format_set_left(format, borders[0]);
	format_set_right(format, borders[1]);
	format_set_top(format, borders[2]);
	format_set_bottom(format, borders[3]);
	return format;
}

lxw_format *book_format(struct book *book, const struct style *style, const uint8_t borders[BORDERS])
{
	for (size_t i = 0; i < book->format_count; i++) {
		const struct kept_format *kept = &book->formats[i];
		if (same_style(&kept->style, style) && memcmp(kept->borders, borders, BORDERS) == 0)
			return kept->format;
	}
	book->formats = mem_resize(book->formats, book->format_count + 1, sizeof(*book->formats));
	struct kept_format *kept = &book->formats[book->format_count++];
	*kept = (struct kept_format){ .style = *style, .format = make_format(book, style, borders) };
	memcpy(kept->borders, borders, BORDERS);
	return kept->format;
}

/* "_x000A_" is how the file format writes a line feed: as typed text it must be told apart. */
static bool is_escape(const char *at)
{
	return at[0] == '_' && at[1] == 'x' && strspn(at + 2, "0123456789abcdefABCDEF") == 4 && at[6] == '_';
}

/* What XML cannot hold: control characters but the line feed, and the two that are none. */
static bool is_forbidden(uint32_t c)
{
	return (c < 0x20 && c != '\n') || c == 0xFFFE || c == 0xFFFF;
}

/* TEXT as the file format can hold it; NULL if it is so already. */
static char *storable(const char *text)
{
	struct str out = STR_INIT;
	bool changed = false;

	for (size_t at = 0, len; text[at] != '\0'; at += len) {
		if (is_forbidden(utf8_decode(text + at, &len))) {
			str_add(&out, "\uFFFD");
			changed = true;
		} else {
			str_add(&out, is_escape(text + at) ? "_x005F" : "");
			changed = changed || is_escape(text + at);
			str_add_len(&out, text + at, len);
		}
	}
	if (!changed)
		str_release(&out);
	return changed ? str_take(&out) : NULL;
}

bool book_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format,
               struct err *err)
{
	if (str_is_empty(text))
		return format == NULL || book_ok(worksheet_write_blank(sheet, row, column, format), err);
	char *other = storable(text);
	const bool good = book_ok(worksheet_write_string(sheet, row, column, other == NULL ? text : other, format), err);
	free(other);
	return good;
}

/* ---- putting it in place ---- */

static bool sync_path(const char *path, struct err *err)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) != 0) {
		err_errno(err, _("%s cannot be written to the disk"), path);
		if (fd >= 0)
			close(fd);
		return false;
	}
	close(fd);
	return true;
}

static bool copy_out(struct book *book, struct err *err)
{
	FILE *in = fopen(book->temporary, "rb");
	char *bytes = mem_zeroed(COPY_BYTES, 1);
	bool good = in != NULL;

	while (good) {
		const size_t len = fread(bytes, 1, COPY_BYTES, in);
		if (len == 0) {
			good = ferror(in) == 0;
			break;
		}
		good = fwrite(bytes, 1, len, book->target.file) == len;
	}
	good = good && fflush(book->target.file) == 0;
	if (!good)
		err_errno(err, _("The workbook cannot be written out"));
	if (in != NULL)
		fclose(in);
	free(bytes);
	return good;
}

bool book_finish(struct book *book, struct err *err)
{
	lxw_workbook *workbook = book->workbook;

	book->workbook = NULL;
	const bool hushed = hush();
	errno = 0;
	const lxw_error error = workbook_close(workbook);
	const int reason = errno;
	unhush(hushed);
	errno = reason;
	if (error != LXW_NO_ERROR && reason != 0)
		return err_errno(err, _("The workbook cannot be written"));
	if (!book_ok(error, err))
		return false;
	if (book->target.path == NULL)
		return copy_out(book, err);
	if (!sync_path(book->temporary, err))
		return false;
	if (rename(book->temporary, book->target.path) != 0)
		return err_errno(err, _("%s cannot be put in place"), book->target.path);
	free(book->temporary);
	book->temporary = NULL;
	return sync_path(book->folder, err);
}

void book_free(struct book **book)
{
	struct book *b = *book;

	*book = NULL;
	if (b == NULL)
		return;
	if (b->workbook != NULL)
		lxw_workbook_free(b->workbook);
	if (b->temporary != NULL) {
		unlink(b->temporary);
		free(b->temporary);
	}
	for (size_t i = 0; i < b->name_count; i++)
		free(b->names[i]);
	free(b->names);
	free(b->formats);
	free(b->folder);
	free(b);
}
