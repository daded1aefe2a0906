/* Members of a report that may have been written by anybody: nothing is believed to be there or to be of its kind. */
#include "inside.h"

struct str as_text(const json_t *v)
{
	return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : (struct str){ "", 0 };
}

struct str get_text(const json_t *o, const char *key)
{
	return as_text(json_object_get(o, key));
}

/* Large numbers stand as decimal strings. */
uint64_t as_num(const json_t *v)
{
	struct str s = as_text(v);
	uint64_t n = 0;

	if (json_is_integer(v))
		return json_integer_value(v) < 0 ? 0 : (uint64_t)json_integer_value(v);
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9' || __builtin_mul_overflow(n, (uint64_t)10, &n) || __builtin_add_overflow(n, (uint64_t)(s.s[i] - '0'), &n))
			return 0;
	}
	return n;
}

uint64_t get_num(const json_t *o, const char *key)
{
	return as_num(json_object_get(o, key));
}

bool get_true(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

bool get_is(const json_t *o, const char *key, const char *text)
{
	return str_eq(get_text(o, key), (struct str){ text, strlen(text) });
}

uint64_t list_total(const struct page *p, const char *key)
{
	for (unsigned i = 0; i < p->in->ncounts; i++)
		if (!strcmp(p->in->count[i].key, key))
			return p->in->count[i].n;
	return json_array_size(json_object_get(p->r, key));
}

const json_t *check_of(const struct page *p, struct str id)
{
	const json_t *checks = json_object_get(p->r, "checks"), *c;

	for (size_t i = 0; i < json_array_size(checks); i++) {
		c = json_array_get(checks, i);
		if (str_eq(get_text(c, "id"), id))
			return c;
	}
	return NULL;
}
