#include "leaf.h"

#include <assert.h>
#include <string.h>

static void lead(struct leaf *l)
{
	if (l->after_key) {
		l->after_key = false;
		return;
	}
	if (l->some[l->depth])
		octets_add(l->out, ",", 1);
	l->some[l->depth] = true;
}

static void down(struct leaf *l, char c)
{
	lead(l);
	octets_add(l->out, &c, 1);
	assert(l->depth + 1 < LEAF_DEPTH);
	l->depth++;
	l->some[l->depth] = false;
	l->key[l->depth] = NULL;
}

static void up(struct leaf *l, char c)
{
	assert(l->depth);
	l->depth--;
	octets_add(l->out, &c, 1);
}

void leaf_start(struct leaf *l, struct octets *out)
{
	*l = (struct leaf){ .out = out };
	down(l, '{');
}

bool leaf_end(struct leaf *l)
{
	up(l, '}');
	assert(!l->depth);
	return !l->bad && !l->out->full;
}

void leaf_open(struct leaf *l) { down(l, '{'); }
void leaf_close(struct leaf *l) { up(l, '}'); }
void leaf_list(struct leaf *l) { down(l, '['); }
void leaf_list_end(struct leaf *l) { up(l, ']'); }

static void quoted(struct leaf *l, const char *s)
{
	octets_add(l->out, "\"", 1);
	while (*s) {
		size_t n = strcspn(s, "\"\\");

		for (size_t i = 0; i < n; i++)
			l->bad |= s[i] < 0x20 || s[i] > 0x7e;
		octets_add(l->out, s, n);
		s += n;
		if (!*s)
			break;
		octets_add(l->out, "\\", 1);
		octets_add(l->out, s++, 1);
	}
	octets_add(l->out, "\"", 1);
}

void leaf_key(struct leaf *l, const char *key)
{
	assert(!l->key[l->depth] || strcmp(l->key[l->depth], key) < 0);
	l->key[l->depth] = key;
	lead(l);
	quoted(l, key);
	octets_add(l->out, ":", 1);
	l->after_key = true;
}

void leaf_str(struct leaf *l, const char *s)
{
	lead(l);
	if (s)
		quoted(l, s);
	else
		octets_add(l->out, "null", 4);
}

void leaf_num(struct leaf *l, uint64_t v)
{
	lead(l);
	l->bad |= v > (UINT64_C(1) << 53) - 1;
	octets_dec(l->out, v);
}

void leaf_dec(struct leaf *l, uint64_t v)
{
	lead(l);
	octets_add(l->out, "\"", 1);
	octets_dec(l->out, v);
	octets_add(l->out, "\"", 1);
}

void leaf_hex(struct leaf *l, const void *p, size_t n)
{
	lead(l);
	octets_add(l->out, "\"", 1);
	octets_hex(l->out, p, n);
	octets_add(l->out, "\"", 1);
}

void leaf_bool(struct leaf *l, bool v)
{
	lead(l);
	octets_str(l->out, v ? "true" : "false");
}

void leaf_kstr(struct leaf *l, const char *key, const char *s)
{
	leaf_key(l, key);
	leaf_str(l, s);
}

void leaf_knum(struct leaf *l, const char *key, uint64_t v)
{
	leaf_key(l, key);
	leaf_num(l, v);
}

void leaf_kdec(struct leaf *l, const char *key, uint64_t v)
{
	leaf_key(l, key);
	leaf_dec(l, v);
}

void leaf_khex(struct leaf *l, const char *key, const void *p, size_t n)
{
	leaf_key(l, key);
	leaf_hex(l, p, n);
}

void leaf_kbool(struct leaf *l, const char *key, bool v)
{
	leaf_key(l, key);
	leaf_bool(l, v);
}
