/* Single values of a register or a policy. */
#include "schema.h"

#include <string.h>

bool value_number(const struct node *n, uint64_t most, uint64_t *v)
{
	*v = 0;
	if (n->kind != NODE_SCALAR || !n->len || n->len > 20)
		return false;
	for (uint32_t i = 0; i < n->len; i++) {
		if (n->text[i] < '0' || n->text[i] > '9' || *v > most / 10)
			return false;
		*v = *v * 10 + (unsigned)(n->text[i] - '0');
	}
	return *v <= most;
}

bool value_prefix(const struct node *n, struct prefix *p)
{
	const char *slash = n->kind == NODE_SCALAR ? memchr(n->text, '/', n->len) : NULL;
	size_t len = slash ? (size_t)(slash - n->text) : n->len, rest = slash ? n->len - len - 1 : 0;
	unsigned bits = 0, whole;
	struct addr net;

	if (n->kind != NODE_SCALAR || !addr_parse(n->text, len, &p->net))
		return false;
	whole = p->net.fam == 4 ? 32 : 128;
	p->bits = (uint8_t)whole;
	if (!slash)
		return true;
	if (!rest || rest > 3 || (rest > 1 && slash[1] == '0'))
		return false;
	for (size_t i = 1; i <= rest; i++) {
		if (slash[i] < '0' || slash[i] > '9')
			return false;
		bits = bits * 10 + (unsigned)(slash[i] - '0');
	}
	if (bits > whole)
		return false;
	p->bits = (uint8_t)bits;
	net = addr_net(&p->net, bits);
	return addr_eq(&net, &p->net);		/* 10.0.0.1/24 is a slip: /24 or /32? */
}

bool value_day(const char *s, size_t n, uint64_t *from_ns, uint64_t *until_ns)
{
	char full[TIME_TEXT] = "YYYY-MM-DDT00:00:00.000000000Z", back[TIME_TEXT];

	if (n == 20 && s[19] == 'Z')
		memcpy(full, s, 19);
	else if (n == 10)
		memcpy(full, s, 10);
	else
		return false;
	if (!time_parse(full, 30, from_ns))
		return false;
	(void)time_text(*from_ns, back);
	*until_ns = n == 10 ? *from_ns + 86400ull * 1000000000 : *from_ns;
	return !strcmp(full, back);		/* no 31st of February */
}

bool value_id(const char *s, size_t n)
{
	if (!n || n > 64)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || memchr("._:/+-", c, 6)))
			return false;
	}
	return true;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '-' ? '_' : c;
}

/* Changes of one letter that make b of a; more than `most` octets are far apart. */
static unsigned distance(const char *a, size_t n, const char *b)
{
	enum { most = 40 };
	size_t m = strlen(b);
	unsigned row[most + 1];

	if (n > most || m > most)
		return most;
	for (size_t j = 0; j <= m; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= n; i++) {
		unsigned corner = row[0];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= m; j++) {
			unsigned same = corner + (lower(a[i - 1]) != lower(b[j - 1])), least = row[j] + 1;

			corner = row[j];
			if (row[j - 1] + 1 < least)
				least = row[j - 1] + 1;
			row[j] = same < least ? same : least;
		}
	}
	return row[m];
}

const char *nearest(const char *s, size_t n, const char *const *of, size_t nof)
{
	unsigned best = n < 4 ? 2 : n < 8 ? 3 : 4;	/* must be below */
	const char *at = NULL;

	for (size_t i = 0; i < nof; i++) {
		unsigned d = distance(s, n, of[i]);

		if (d < best) {
			best = d;
			at = of[i];
		}
	}
	return at;
}
