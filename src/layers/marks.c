#include "marks.h"

#include "err.h"

#include <stdlib.h>
#include <string.h>

enum { RUNS = 1 << 16, ADDRESSES = 1 << 20, NEEDED = 1 << 12 };

/* n octets at `at`, outside the frames, are those at `of` in them. */
struct run { const uint8_t *at, *of; size_t n; };
struct address { size_t at, check; uint8_t fam, bits; };	/* check: of the checksum, 0: none (no frame begins with one) */
struct needed { uint8_t b[16], fam; };
struct packet { uint64_t hash; size_t at, n, first; };		/* first: of a copy, where the first one is; 0: it is none */

struct marks {
	const uint8_t	*base;
	size_t		 n;
	uint8_t		*class;
	struct run	*run;			/* in order of `at`, none overlapping */
	size_t		 nrun;
	struct address	*address;
	size_t		 naddress;
	struct needed	*needed;
	size_t		 nneeded;
	struct packet	*packet;
	size_t		 npacket, cap_packet;
	uint64_t	 refused;
};

int marks_new(struct marks **out, const uint8_t *base, size_t n)
{
	struct marks *m = calloc(1, sizeof(*m));

	*out = NULL;
	if (!m)
		return FW_ENOMEM;
	m->base = base;
	m->n = n;
	m->class = calloc(n ? n : 1, 1);
	m->run = malloc((RUNS + 2) * sizeof(*m->run));
	m->address = malloc(ADDRESSES * sizeof(*m->address));
	m->needed = malloc(NEEDED * sizeof(*m->needed));
	if (!m->class || !m->run || !m->address || !m->needed) {
		marks_free(m);
		return FW_ENOMEM;
	}
	*out = m;
	return FW_OK;
}

void marks_free(struct marks *m)
{
	if (!m)
		return;
	free(m->class);
	free(m->run);
	free(m->address);
	free(m->needed);
	free(m->packet);
	free(m);
}

static bool in_frames(const struct marks *m, const uint8_t *p)
{
	return p >= m->base && p < m->base + m->n;
}

/* The first run that ends past p. */
static size_t run_at(const struct marks *m, const uint8_t *p)
{
	size_t lo = 0, hi = m->nrun;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (m->run[mid].at + m->run[mid].n <= p)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Where octet p came from, and how many from there on lie side by side in the frames, at most n; NULL: nobody knows, for *len octets. */
static const uint8_t *origin(const struct marks *m, const uint8_t *p, size_t n, size_t *len)
{
	const struct run *r;
	size_t i;

	if (in_frames(m, p)) {
		*len = (size_t)(m->base + m->n - p) < n ? (size_t)(m->base + m->n - p) : n;
		return p;
	}
	i = run_at(m, p);
	r = i < m->nrun ? &m->run[i] : NULL;
	if (!r || p < r->at) {
		*len = r && (size_t)(r->at - p) < n ? (size_t)(r->at - p) : n;
		return NULL;
	}
	*len = (size_t)(r->at + r->n - p) < n ? (size_t)(r->at + r->n - p) : n;
	return r->of + (p - r->at);
}

void marks_set(struct marks *m, const uint8_t *p, size_t n, enum mark what)
{
	while (p && n) {
		size_t len;
		const uint8_t *of = origin(m, p, n, &len);

		if (of)
			memset(m->class + (of - m->base), what, len);
		p += len;
		n -= len;
	}
}

/* Nothing is known of [p, p + n) any more.  Returns where a run of it would stand. */
static size_t forget(struct marks *m, const uint8_t *p, size_t n)
{
	size_t i = run_at(m, p), k;

	if (i < m->nrun && m->run[i].at < p) {		/* its front stays; its end too, when it reaches past */
		struct run *r = &m->run[i];
		size_t front = (size_t)(p - r->at);

		if (r->at + r->n > p + n && m->nrun >= RUNS) {
			m->refused++;
		} else if (r->at + r->n > p + n) {
			memmove(r + 1, r, (m->nrun - i) * sizeof(*r));
			m->nrun++;
			r[1].n = (size_t)(r->at + r->n - (p + n));
			r[1].of = r->of + front + n;
			r[1].at = p + n;
		}
		r->n = front;
		i++;
	}
	for (k = i; k < m->nrun && m->run[k].at + m->run[k].n <= p + n; k++)
		;
	if (k < m->nrun && m->run[k].at < p + n) {
		size_t front = (size_t)(p + n - m->run[k].at);

		m->run[k].at += front;
		m->run[k].of += front;
		m->run[k].n -= front;
	}
	memmove(&m->run[i], &m->run[k], (m->nrun - k) * sizeof(*m->run));
	m->nrun -= k - i;
	return i;
}

static void note(struct marks *m, const uint8_t *at, const uint8_t *of, size_t n)
{
	size_t i = forget(m, at, n);

	if (!of)
		return;
	if (i && m->run[i - 1].at + m->run[i - 1].n == at && m->run[i - 1].of + m->run[i - 1].n == of) {
		m->run[i - 1].n += n;		/* goes on where the one before ends */
		return;
	}
	if (m->nrun >= RUNS) {
		m->refused++;
		return;
	}
	memmove(&m->run[i + 1], &m->run[i], (m->nrun - i) * sizeof(*m->run));
	m->run[i] = (struct run){ at, of, n };
	m->nrun++;
}

void marks_copied(struct marks *m, const uint8_t *to, const uint8_t *from, size_t n)
{
	size_t len;

	/* what moves within a buffer moves to its front: each piece is read before it is written over */
	for (; n; to += len, from += len, n -= len) {
		const uint8_t *of = origin(m, from, n, &len);

		note(m, to, of, len);
	}
}

/* The frames are few and a copy comes soon after. */
void marks_packet(struct marks *m, uint64_t hash, const uint8_t *p, size_t n, bool copy)
{
	struct packet x = { .hash = hash, .at = (size_t)(p - m->base), .n = n };

	for (size_t i = copy ? m->npacket : 0; i && !x.first; i--)
		if (m->packet[i - 1].hash == hash && m->packet[i - 1].n == n)
			x.first = m->packet[i - 1].at;
	if (m->npacket == m->cap_packet) {
		size_t cap = m->cap_packet ? 2 * m->cap_packet : 1024;
		struct packet *more = realloc(m->packet, cap * sizeof(*more));

		if (!more) {
			m->refused++;
			return;
		}
		m->packet = more;
		m->cap_packet = cap;
	}
	m->packet[m->npacket++] = x;
}

void marks_address(struct marks *m, const uint8_t *p, uint8_t fam, uint8_t bits, const uint8_t *check)
{
	size_t len, n = fam == 4 ? 4 : 16;
	const uint8_t *of = p ? origin(m, p, n, &len) : NULL, *sum = NULL;

	if (!of)
		return;
	if (len < n || m->naddress == ADDRESSES) {	/* in pieces: all of it goes */
		m->refused += len == n;
		marks_set(m, p, n, MARK_IDENTITY);
		if (check)
			marks_set(m, check, 2, MARK_CHECK);
		return;
	}
	if (check)
		sum = origin(m, check, 2, &len);
	m->address[m->naddress++] = (struct address){ (size_t)(of - m->base), sum ? (size_t)(sum - m->base) : 0, fam, bits };
}

void marks_needs(struct marks *m, const uint8_t *addr, uint8_t fam)
{
	struct needed x = { .fam = fam };

	memcpy(x.b, addr, fam == 4 ? 4 : 8);
	for (size_t i = 0; i < m->nneeded; i++)
		if (!memcmp(&m->needed[i], &x, sizeof(x)))
			return;
	if (m->nneeded == NEEDED)
		m->refused++;
	else
		m->needed[m->nneeded++] = x;
}

static bool is_needed(const struct marks *m, const struct address *a)
{
	for (size_t i = 0; i < m->nneeded; i++)
		if (m->needed[i].fam == a->fam && !memcmp(m->needed[i].b, m->base + a->at, a->fam == 4 ? 4 : 8))
			return true;
	return false;
}

void marks_end(struct marks *m)
{
	for (size_t i = 0; i < m->naddress; i++) {
		const struct address *a = &m->address[i];
		size_t n = a->fam == 4 ? 4 : 16, keep = (a->bits + 7u) / 8;

		if (keep >= n || is_needed(m, a))
			continue;
		memset(m->class + a->at + keep, MARK_IDENTITY, n - keep);
		if (a->check)
			memset(m->class + a->check, MARK_CHECK, 2);
	}
	for (size_t i = 0; i < m->npacket; i++)
		if (m->packet[i].first)
			memcpy(m->class + m->packet[i].at, m->class + m->packet[i].first, m->packet[i].n);
}

const uint8_t *marks_classes(const struct marks *m) { return m->class; }
uint64_t marks_refused(const struct marks *m) { return m->refused; }
