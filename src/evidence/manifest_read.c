/* MANIFEST.sha256: what sha256sum writes, sorted, and paths that stay below the directory. */
#include "read.h"

#include <string.h>

bool path_is_safe(struct slice path)
{
	size_t from = 0;

	if (!path.n || path.n > PATH_MAX_TEXT)
		return false;
	for (size_t i = 0; i <= path.n; i++) {
		char c = i < path.n ? path.p[i] : '/';

		if (c == '/') {
			struct slice part = { path.p + from, i - from };

			if (!part.n || slice_is(part, ".") || slice_is(part, ".."))
				return false;
			from = i + 1;
		} else if (!(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') {
			return false;
		}
	}
	return true;
}

static int by_octets(struct slice a, struct slice b)
{
	int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool manifest_next(struct slice *rest, struct slice *last, struct slice *path, uint8_t sha[SHA], struct err *e)
{
	struct slice line;

	e->text[0] = 0;
	if (!rest->n)
		return false;
	if (!line_get(rest, &line)) {
		err_set(e, "the last line has no newline");
		return false;
	}
	if (line.n < 67 || !hex_get((struct slice){ line.p, 64 }, sha, SHA) || line.p[64] != ' ' || line.p[65] != ' ') {
		err_set(e, "64 hex digits, two spaces and a path are wanted");
		return false;
	}
	*path = (struct slice){ line.p + 66, line.n - 66 };
	if (!path_is_safe(*path)) {
		char b[SHOWN];

		err_set(e, "%s is no path that the format allows", shown(*path, b));
		return false;
	}
	if (last->n && by_octets(*last, *path) >= 0) {
		err_set(e, "not in order of paths");
		return false;
	}
	*last = *path;
	return true;
}
