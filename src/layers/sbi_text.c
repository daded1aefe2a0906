/* Texts of the SBI: identities in paths, queries and bodies (TS 29.571 5.3.2, TS 23.003 28.7), queries, tokens. */
#include "sbi.h"

#include "jscan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

bool sbi_is(const void *p, size_t n, const char *word)
{
	const uint8_t *s = p;

	for (size_t i = 0; i < n; i++)
		if (!word[i] || (s[i] >= 'A' && s[i] <= 'Z' ? s[i] | 32 : s[i]) != (uint8_t)word[i])
			return false;
	return !word[n];
}

/* ---- identities ---- */

struct identity {
	const char	*kind;		/* as layer_pseudonym() wants it; NULL: a secret of a query, of which only its name stays */
	size_t		 skip, n;	/* octets before it that stay, and of it */
	size_t		 secret;	/* of those n, how many at the end are masked */
	size_t		 nid;
	uint8_t		 id[96];	/* its text */
};

/* Masked octets are zero; where there are none a zero is in no text. */
static bool digit(uint8_t c) { return (c >= '0' && c <= '9') || !c; }
static bool alnum(uint8_t c) { return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static size_t digits(const uint8_t *p, size_t n)
{
	size_t i = 0;

	while (i < n && digit(p[i]))
		i++;
	return i;
}

static size_t word(const uint8_t *p, size_t n)
{
	size_t i = 0;

	while (i < n && (p[i] > 32 || !p[i]) && p[i] != '/' && p[i] != '?' && p[i] != '&' && p[i] != '#' && p[i] != '"' && p[i] != '\'' && p[i] != ',' && p[i] != ';')
		i++;
	return i;
}

/* suci-0-MCC-MNC-routing-0-key-MSIN: under the null scheme it is the IMSI (TS 23.003 2.2B). */
static bool null_suci(const uint8_t *p, size_t n, struct identity *x)
{
	const uint8_t *part[7];
	size_t len[7], at = 0;

	for (int i = 0; i < 7; i++) {
		part[i] = p + at;
		len[i] = digits(p + at, n - at);
		at += len[i];
		if (!len[i] || (i < 6 && (at >= n || p[at++] != '-')))
			return false;
	}
	if (*part[0] != '0' || len[0] != 1 || *part[4] != '0' || len[4] != 1 || len[1] + len[2] + len[6] > sizeof(x->id))
		return false;
	for (int i = 1; i < 7; i += i == 2 ? 4 : 1) {
		memcpy(x->id + x->nid, part[i], len[i]);
		x->nid += len[i];
	}
	x->kind = "imsi";
	x->n = 5 + at;
	x->secret = len[6];
	return true;
}

/* The letters that kinds of identities begin with, and end in. */
static bool kind_begins(uint8_t c) { return c == 'i' || c == 'm' || c == 'n' || c == 's' || c == 'e' || c == 'g'; }
static bool kind_ends(uint8_t c) { return c == 'i' || c == 'n' || c == 'v' || c == 'd' || c == 'c'; }

/* Does an identity begin here? */
static bool identity_at(const uint8_t *p, size_t n, struct identity *x)
{
	#define P(prefix, digits) { prefix "-", prefix, sizeof(prefix), digits }
	static const struct { const char *prefix, *kind; uint8_t n; bool digits; } rows[] = {
		P("imsi", true), P("msisdn", true), P("imei", true), P("imeisv", true), P("nai", false), P("extid", false), P("gci", false), P("gli", false),
		P("mac", false), P("eui", false),
	};
#undef P

	x->kind = NULL;
	x->skip = x->n = x->secret = x->nid = 0;
	if (!kind_begins(*p))
		return false;
	if (n > 5 && *p == 's' && !memcmp(p, "suci-", 5))
		return null_suci(p + 5, n - 5, x);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t k = rows[i].n, len;

		if (*p != (uint8_t)rows[i].prefix[0] || n <= k || memcmp(p, rows[i].prefix, k))
			continue;
		len = rows[i].digits ? digits(p + k, n - k) : word(p + k, n - k);
		if (len < (rows[i].digits ? 5 : 1))
			return false;
		x->kind = rows[i].kind;
		x->n = k + len;
		x->secret = len;
		x->nid = len < sizeof(x->id) ? len : sizeof(x->id);
		memcpy(x->id, p + k, x->nid);
		return true;
	}
	return false;
}

/* ?name=value and &name=value where the name says that the value is a secret. */
static bool secret_at(const uint8_t *p, size_t n, struct identity *x)
{
#define N(name) { name, sizeof(name) }
	static const struct { const char *name; size_t n; } names[] = { N("access_token"), N("token"), N("password"), N("passwd"), N("secret"), N("client_secret"), N("api_key"),
		N("apikey"), N("key"), N("code") };		/* n: with what stands before it */
#undef N
	size_t k = 1;

	if (*p != '?' && *p != '&')
		return false;
	while (k < n && (alnum(p[k]) || p[k] == '_' || p[k] == '-'))
		k++;
	if (k == n || p[k] != '=')
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].n != k || !sbi_is(p + 1, k - 1, names[i].name))
			continue;
		*x = (struct identity){ .skip = k + 1, .n = word(p + k + 1, n - k - 1) };
		x->secret = x->n;
		return x->n != 0;
	}
	return false;
}

/* Of the word that ends before p[to], where it begins. */
static size_t word_before(const uint8_t *p, size_t from, size_t to)
{
	size_t i = to;

	while (i > from && alnum(p[i - 1]) && to - i < 8)
		i--;
	return i > from + 2 && p[i - 1] == '%' && to - i > 2 ? i + 2 : i;	/* %22imsi- */
}

#ifdef __SSE2__
/* Of 16 octets, which are a dash, a question mark or an ampersand: a bit each. */
static inline unsigned stops(__m128i v)
{
	return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('-')), _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('?')), _mm_cmpeq_epi8(v, _mm_set1_epi8('&')))));
}
#endif

/* The first dash, question mark or ampersand at or behind p, in a text that begins at `text`; end: there is none. */
static const uint8_t *stop(const uint8_t *text, const uint8_t *p, const uint8_t *end)
{
#ifdef __SSE2__
	unsigned some = end - text >= 16 ? 16 : end - text >= 8 ? 8 : 0, which;

	while (some && p < end) {
		const uint8_t *at = (size_t)(end - p) < some ? end - some : p;	/* the last ones once more */
		const void *from = at;

		which = stops(some == 16 ? _mm_loadu_si128(from) : _mm_loadl_epi64(from)) >> (p - at);
		if (which)
			return p + __builtin_ctz(which);
		p = at + some;
	}
#else
	(void)text;
#endif
	while (p < end && *p != '-' && *p != '?' && *p != '&')
		p++;
	return p;
}

/* The next identity at or behind `from`, and where: its kind ends in a dash, a secret's name in an equals sign. */
static bool find(const uint8_t *p, size_t n, size_t from, size_t *at, struct identity *x)
{
	const uint8_t *end = p + n;

	if (n < 5)			/* gci-1 */
		return false;
	for (const uint8_t *s = stop(p, p + from, end); s < end; s = stop(p, s + 1, end)) {
		size_t i = (size_t)(s - p), back;

		if (*s != '-') {
			if (secret_at(s, n - i, x)) {
				*at = i;
				return true;
			}
			continue;
		}
		if (i == from || !kind_ends(s[-1]))
			continue;
		back = word_before(p, from, i);
		if (i - back >= 3 && i - back <= 6 && identity_at(p + back, n - back, x)) {
			*at = back;
			return true;
		}
	}
	return false;
}

static const char *pseudonym(struct layers *l, const struct identity *x)
{
	const char *s = !x->kind ? "present" : layer_masked(l) ? "sub-0000000000000000" : layer_pseudonym(l, x->kind, x->id, x->nid);

	if (s && x->kind)
		put_text(layer_put(l), KEY_NAS_subscriber, s, strlen(s));
	return s;
}

bool sbi_put_identity(struct layers *l, const uint8_t *p, size_t n, bool marked)
{
	struct identity x;

	if (n < 5 || !identity_at(p, n, &x) || !x.kind || x.n != n)
		return false;
	if (marked) {
		layer_mark(l, p, n, MARK_SIGNALLING);
		layer_mark(l, p + n - x.secret, x.secret, MARK_IDENTITY);
	}
	(void)pseudonym(l, &x);
	return true;
}

size_t sbi_before_identity(const uint8_t *p, size_t n)
{
	struct identity x;
	size_t at;

	return find(p, n, 0, &at, &x) ? at + x.skip + x.n - x.secret : n;
}

bool sbi_hidden(const struct layers *l, const uint8_t *p, size_t n)
{
	struct identity x;
	size_t at;

	return layer_masked(l) && ((n == 1 && *p == '?') || find(p, n, 0, &at, &x));
}

bool sbi_put_text(struct layers *l, enum fact_key k, const uint8_t *p, size_t n, bool marked)
{
	struct identity x;
	size_t at, from = 0, len = 0;
	bool some = false;
	char *s;

	if (marked)
		layer_mark(l, p, n, MARK_SIGNALLING);
	if (!find(p, n, 0, &at, &x)) {
		put_text(layer_put(l), k, (const char *)p, n);
		return false;
	}
	s = layer_room(l, 4 * n + 32);		/* the shortest identity is of 5 octets, a pseudonym of 20 */
	if (!s)
		return true;
	do {
		const char *as = pseudonym(l, &x);
		size_t keep = at + x.skip - from, nas = as ? strlen(as) : 0;

		memcpy(s + len, p + from, keep);
		len += keep;
		if (as && x.kind && memcmp(as, "sub-", 4)) {	/* identities in clear: as it stands */
			as = (const char *)p + at + x.skip;
			nas = x.n;
		}
		if (marked)
			layer_mark(l, p + at + x.skip + x.n - x.secret, x.secret, MARK_IDENTITY);
		if (nas)
			memcpy(s + len, as, nas);
		len += nas;
		some |= x.kind != NULL;
		from = at + x.skip + x.n;
	} while (find(p, n, from, &at, &x));
	memcpy(s + len, p + from, n - from);
	len += n - from;
	put_text(layer_put(l), k, s, len);
	return some;
}

/* ---- other applications ---- */

static bool starts(const uint8_t *p, size_t n, const char *with)
{
	size_t k = strlen(with);

	return n >= k && !memcmp(p, with, k);
}

/* etcd's API is gRPC, its services in packages of that name; resources of Kubernetes stand under /api/v1/ and /apis/GROUP/VERSION/. */
const char *sbi_application_of(const uint8_t *path, size_t n)
{
	static const char *const core[] = { "namespaces", "nodes", "pods", "services", "endpoints", "events", "secrets", "configmaps", "persistentvolumes", "persistentvolumeclaims",
		"serviceaccounts", "replicationcontrollers", "componentstatuses", "limitranges", "resourcequotas", "podtemplates", "bindings" };
	static const char *const groups[] = { "apps/", "batch/", "autoscaling/", "policy/", "extensions/" };
	static const char group_end[] = ".k8s.io/";
	const uint8_t *p;

	if (starts(path, n, "/etcdserverpb.") || starts(path, n, "/v3electionpb.") || starts(path, n, "/v3lockpb."))
		return "etcd";
	if (starts(path, n, "/api/v1/")) {
		for (size_t i = 0; i < sizeof(core) / sizeof(core[0]); i++) {
			size_t k = 8 + strlen(core[i]);

			if (starts(path + 8, n - 8, core[i]) && (n == k || path[k] == '/' || path[k] == '?'))
				return "Kubernetes API";
		}
	} else if (starts(path, n, "/apis/")) {
		for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
			if (starts(path + 6, n - 6, groups[i]))
				return "Kubernetes API";
		p = memchr(path + 6, '/', n - 6);
		if (p && (size_t)(p + 1 - path - 6) > sizeof(group_end) - 1 && !memcmp(p + 2 - sizeof(group_end), group_end, sizeof(group_end) - 1))
			return "Kubernetes API";
	}
	return NULL;
}

const char *sbi_application_by_agent(const uint8_t *agent, size_t n)
{
	static const char *const clients[] = { "kubelet/", "kubectl/", "kube-" };
	static const char says[] = " kubernetes/";

	for (size_t i = 0; i < sizeof(clients) / sizeof(clients[0]); i++)
		for (size_t k = 0; starts(agent, n, clients[i]) && k + sizeof(says) - 1 <= n; k++)
			if (!memcmp(agent + k, says, sizeof(says) - 1))
				return "Kubernetes API";
	return NULL;
}

/* ---- key=value ---- */

void sbi_params(struct layers *l, const uint8_t *p, size_t n, bool marked, bool form)
{
#define R(name, key, form) { name, sizeof(name) - 1, key, form }
	static const struct { const char *name; size_t n; enum fact_key key; bool form; } rows[] = {
		R("target-nf-type", KEY_SBI_target_nf_type, false), R("requester-nf-type", KEY_SBI_requester_nf_type, false),
		R("service-names", KEY_SBI_service_name, false), R("target-nf-instance-id", KEY_SBI_nf_instance_id, false),
		R("requester-nf-instance-fqdn", KEY_SBI_requester_fqdn, false), R("nf-type", KEY_SBI_nf_type, false),
		R("grant_type", KEY_SBI_grant_type, true), R("nfInstanceId", KEY_SBI_nf_instance_id, true), R("nfType", KEY_SBI_requester_nf_type, true),
		R("targetNfType", KEY_SBI_target_nf_type, true), R("scope", KEY_SBI_scope, true), R("targetNfInstanceId", KEY_SBI_target_instance_id, true),
	};
#undef R
	const uint8_t *end = p + n;

	while (p < end) {
		const uint8_t *stop = memchr(p, '&', (size_t)(end - p)), *eq;

		stop = stop ? stop : end;
		eq = memchr(p, '=', (size_t)(stop - p));
		for (size_t i = 0; eq && i < sizeof(rows) / sizeof(rows[0]); i++) {
			if (rows[i].form != form || (size_t)(eq - p) != rows[i].n || memcmp(p, rows[i].name, rows[i].n))
				continue;
			if (marked)
				layer_mark(l, p, rows[i].n + 1, MARK_SIGNALLING);
			(void)sbi_put_text(l, rows[i].key, eq + 1, (size_t)(stop - eq - 1), marked);
		}
		if (marked && stop < end)
			layer_mark(l, stop, 1, MARK_SIGNALLING);
		p = stop < end ? stop + 1 : end;
	}
}

/* ---- tokens (RFC 7515 3.1, RFC 7519 4.1; TS 29.510 6.3.5.2.4) ---- */

static int base64url(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : digit(c) ? c - '0' + 52 : c == '-' ? 62 : c == '_' ? 63 : -1;
}

static size_t decode(const uint8_t *p, size_t n, uint8_t *out)
{
	uint32_t v = 0;
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		int d = base64url(p[i]);

		if (d < 0)
			return 0;
		v = v << 6 | (uint32_t)d;
		if (i % 4)
			out[len++] = (uint8_t)(v >> (i % 4 == 1 ? 4 : i % 4 == 2 ? 2 : 0));
	}
	return len;
}

static void claims(struct layers *l, const uint8_t *p, size_t n)
{
	static const struct { const char *name; enum fact_key key; } rows[] = {
		{ "iss", KEY_SBI_issuer }, { "sub", KEY_SBI_subject }, { "aud", KEY_SBI_audience }, { "scope", KEY_SBI_scope }, { "exp", KEY_SBI_expires },
	};
	struct jscan s;
	enum jtoken t;
	uint64_t v;

	jscan_begin(&s, p, n, false);
	put_open(layer_put(l), ITEM_NO_ID);
	while ((t = jscan_next(&s)) != J_END) {
		for (size_t i = 0; (t == J_STRING || t == J_NUMBER) && s.depth < 3 && i < sizeof(rows) / sizeof(rows[0]); i++) {
			if (!sbi_is(jscan_key(&s).p, jscan_key(&s).n, rows[i].name))
				continue;
			if (t == J_STRING && rows[i].key != KEY_SBI_expires) {
				(void)sbi_put_text(l, rows[i].key, s.value.p, s.value.n, false);
			} else if (t == J_NUMBER && rows[i].key == KEY_SBI_expires && s.value.n < 16) {
				v = 0;
				for (size_t k = 0; k < s.value.n && digit(s.value.p[k]); k++)
					v = 10 * v + (uint64_t)(s.value.p[k] - '0');
				put_uint(layer_put(l), KEY_SBI_expires, v);
			}
		}
	}
	put_close_or_drop(layer_put(l));
}

void sbi_token(struct layers *l, const uint8_t *p, size_t n, bool marked)
{
	const char *digest = layer_masked(l) ? "present" : layer_digest(l, p, n);
	const uint8_t *dot, *dot2;
	uint8_t *mem;
	size_t len;

	if (marked)
		layer_mark(l, p, n, MARK_IDENTITY);
	if (digest)
		put_text(layer_put(l), KEY_SBI_token, digest, strlen(digest));
	if (layer_masked(l))
		return;
	dot = memchr(p, '.', n);
	dot2 = dot ? memchr(dot + 1, '.', (size_t)(p + n - dot - 1)) : NULL;
	if (!dot2 || !(mem = layer_mem(l, (size_t)(dot2 - dot))))
		return;
	len = decode(dot + 1, (size_t)(dot2 - dot - 1), mem);
	if (len)
		claims(l, mem, len);
}
