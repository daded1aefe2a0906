/* Objects of JSON whose members are rows: one reader for heads, tallies, `run` and `end`. */
#include "scan.h"

static bool is_name(const char *name, struct str key)
{
	return strlen(name) == key.n && !memcmp(name, key.p, key.n);
}

/* Members mostly come in the order of the rows: the search begins behind the last one found. */
const struct row *rows_find(struct scan *s, const struct rows *rows, struct rows_at *at, struct str key, size_t where)
{
	for (unsigned k = 0; k < rows->n; k++) {
		unsigned i = at->hint + k < rows->n ? at->hint + k : at->hint + k - rows->n;

		if (!is_name(rows->row[i].name, key))
			continue;
		if (at->seen >> i & 1) {
			(void)scan_fail_at(s, where, "each member once");
			return NULL;
		}
		at->seen |= (uint64_t)1 << i;
		at->hint = i + 1;
		return &rows->row[i];
	}
	return NULL;
}

static bool read_frames(struct scan *s, struct frames *f)
{
	uint32_t n = scan_count(s), *v = n ? scan_mem(s, n * sizeof(*v)) : NULL;
	bool first = true;

	if (!scan_take(s, '[', "a list of frames"))
		return false;
	for (uint32_t i = 0; scan_next(s, ']', &first); i++) {
		uint64_t x;

		if (!v || i == n || !scan_uint(s, UINT32_MAX, &x))
			return scan_fail(s, "a list of frames");
		v[i] = (uint32_t)x;
	}
	f->at = v;
	f->n = n;
	return !s->want;
}

static bool read_word(struct scan *s, const char *const *words, uint8_t *out)
{
	size_t where = s->at;
	struct str v;

	if (!scan_string(s, &v))
		return false;
	for (unsigned i = 0; words[i]; i++)
		if (is_name(words[i], v)) {
			*out = (uint8_t)i;
			return true;
		}
	return scan_fail_at(s, where, "a word that is known here");
}

static bool read_protocol(struct scan *s, uint8_t *out)
{
	size_t where = s->at;
	uint64_t n = 0;
	struct str v;

	if (scan_peek(s) != '"') {
		if (!scan_uint(s, 255, &n))
			return false;
	} else if (!scan_string(s, &v) || !(n = protocol_find(v.p, v.n))) {
		return scan_fail_at(s, where, "a protocol's name or number");
	}
	*out = (uint8_t)n;
	return true;
}

bool rows_read(struct scan *s, const struct row *r, void *object)
{
	uint8_t *at = (uint8_t *)object + r->off;
	uint64_t v = 0;

	switch ((enum row_type)r->type) {
	case ROW_U8:
		if (scan_uint(s, UINT8_MAX, &v))
			*at = (uint8_t)v;
		break;
	case ROW_U16:
		if (scan_uint(s, UINT16_MAX, &v))
			*(uint16_t *)(void *)at = (uint16_t)v;
		break;
	case ROW_U32:
		if (scan_uint(s, UINT32_MAX, &v))
			*(uint32_t *)(void *)at = (uint32_t)v;
		break;
	case ROW_U64: (void)scan_uint(s, UINT64_MAX, (uint64_t *)(void *)at); break;
	case ROW_BOOL: (void)scan_bool(s, (bool *)at); break;
	case ROW_TIME_OR_NULL:
		if (scan_null(s))
			break;
		(void)scan_time(s, (uint64_t *)(void *)at);
		break;
	case ROW_TIME: (void)scan_time(s, (uint64_t *)(void *)at); break;
	case ROW_ADDR: (void)scan_addr(s, (struct addr *)(void *)at); break;
	case ROW_TEXT_OR_NULL:
		if (scan_null(s))
			break;
		(void)scan_ended(s, (const char **)(void *)at);
		break;
	case ROW_TEXT: (void)scan_ended(s, (const char **)(void *)at); break;
	case ROW_WORD: (void)read_word(s, r->words, at); break;
	case ROW_PROTOCOL: (void)read_protocol(s, at); break;
	case ROW_FRAMES: (void)read_frames(s, (struct frames *)(void *)at); break;
	case ROW_READ: (void)r->read(s, object); break;
	case ROW_KNOWN: (void)scan_skip(s); break;
	}
	return !s->want;
}

bool rows_done(struct scan *s, const struct rows *rows, const struct rows_at *at)
{
	for (unsigned i = 0; i < rows->n && !s->want; i++)
		if (rows->row[i].need && !(at->seen >> i & 1)) {
			s->member = rows->row[i].name;
			return scan_fail(s, "the member");
		}
	return !s->want;
}

bool rows_object(struct scan *s, const struct rows *rows, void *object)
{
	struct rows_at at = { 0 };
	bool first = true;

	if (!scan_take(s, '{', "an object"))
		return false;
	while (scan_next(s, '}', &first)) {
		size_t where = s->at;
		const struct row *r;
		struct str key;

		if (!scan_key(s, &key))
			return false;
		r = rows_find(s, rows, &at, key, where);
		if (r ? !rows_read(s, r, object) : s->want || !scan_skip(s))
			return false;
		s->unknown += !r;
	}
	return rows_done(s, rows, &at);
}

bool rows_list(struct scan *s, const struct rows *rows, size_t size, void **out, uint32_t *n)
{
	uint32_t count = scan_count(s);
	uint8_t *v = count ? scan_mem(s, count * size) : NULL;
	bool first = true;
	uint32_t i = 0;

	if (!scan_take(s, '[', "a list of objects"))
		return false;
	for (; v && i < count && scan_next(s, ']', &first); i++)
		if (!rows_object(s, rows, v + i * size))
			return false;
	if (s->want || scan_next(s, ']', &first))
		return scan_fail(s, "a list of objects");
	*out = v;
	*n = i;
	return !s->want;
}
