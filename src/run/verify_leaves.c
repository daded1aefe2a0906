/* What the leaves say: their order, the laws of fairwitness-evidence(7), and the files whose digests they hold. */
#include "verify_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Trouble with leaf i: integrity fails. */
#define LEAF(v, i, fmt, ...) verify_fail(v, SHOWS_INTEGRITY, "leaf %llu: " fmt, (unsigned long long)(i), __VA_ARGS__)

static bool config_get(struct verify *v, uint64_t i, const struct entry_config *c)
{
	struct vconfig *to = &v->config[v->nconfigs];
	struct slice name = c->name;
	uint32_t before = v->nconfigs;
	char b[SHOWN];

	if (before == CONFIGS_MAX) {
		LEAF(v, i, "more than %d configuration leaves", CONFIGS_MAX);
		return false;
	}
	if (slice_is(c->kind, "pack") ? name.n < 11 || memcmp(name.p, "pack-", 5) || memcmp(name.p + name.n - 5, ".yaml", 5) || memchr(name.p, '/', name.n) ||
	    !path_is_safe(name) : !slice_is(name, slice_is(c->kind, "policy") ? "policy.yaml" : slice_is(c->kind, "keylog") ? "keylog.yaml" : "register.yaml")) {
		LEAF(v, i, "name %s is no name of such a file", shown(name, b));
		return false;
	}
	for (uint32_t k = 0; k < before; k++)
		if (v->config[k].name.n == name.n && !memcmp(v->config[k].name.p, name.p, name.n)) {
			LEAF(v, i, "%s stands there twice", shown(name, b));
			return false;
		}
	if (before && slice_is(v->config[before - 1].kind, "keylog")) {
		LEAF(v, i, "%s stands after the key log", shown(name, b));
		return false;
	}
	if ((slice_is(c->kind, "register") && before) || (slice_is(c->kind, "policy") && before > 1) ||
	    (slice_is(c->kind, "policy") && before && !slice_is(v->config[0].kind, "register"))) {
		LEAF(v, i, "%s stands after the policy or a pack", shown(name, b));
		return false;
	}
	*to = (struct vconfig){ .kind = c->kind, .name = name };
	memcpy(to->sha, c->sha, SHA);
	v->nconfigs++;
	return true;
}

static bool seg_get(struct verify *v, uint64_t i, const struct entry_seg *s)
{
	struct vseg *to = &v->seg[v->nsegs], *last = v->nsegs ? to - 1 : NULL;
	bool next = last && last->input == s->input;
	uint8_t none[SHA];

	if (next ? s->n != last->n + 1 : s->n || (last && s->input <= last->input)) {
		LEAF(v, i, "segment %llu of input %llu does not follow what stands before it", (unsigned long long)s->n, (unsigned long long)s->input);
		return false;
	}
	if (s->n > UINT64_MAX / SEGMENT - 1 || s->first != s->n * SEGMENT + 1 || s->count > SEGMENT || s->from > s->until || s->outside > s->count ||
	    s->retained > s->count - s->outside) {
		LEAF(v, i, "first, count, from, until, outside or retained cannot be of segment %llu", (unsigned long long)s->n);
		return false;
	}
	sha_of("", 0, none);
	if (!s->retained && memcmp(s->root, none, SHA)) {
		LEAF(v, i, "root: %s", "no packet is retained, and the root is not that of nothing");
		return false;
	}
	*to = (struct vseg){ .leaf = i, .input = s->input, .n = s->n, .count = s->count, .retained = s->retained, .from = s->from, .until = s->until, .base = v->retained };
	memcpy(to->root, s->root, SHA);
	v->retained += s->retained;
	v->nsegs++;
	if (v->retained <= RETAINED_MAX)
		return true;
	LEAF(v, i, "more than %d retained packets are not read", RETAINED_MAX);
	return false;
}

static void gap_get(struct verify *v, const struct entry_gap *g)
{
	size_t n = strlen(v->gaps);

	if (g->input >= v->gap_inputs)
		v->gap_inputs = g->input + 1;
	if (v->ngaps++ < 3)
		(void)snprintf(v->gaps + n, sizeof(v->gaps) - n, slice_is(g->cause, "damaged") ? "%sinput %llu is damaged after frame %llu, %.*s lost" :
			"%sof input %llu with %llu packets, %.*s are of link types that are not read", n ? "; " : "", (unsigned long long)g->input,
			(unsigned long long)g->after, (int)g->known.n, g->known.p);
}

/* Its packets: those of the grounds first, each one that a segment retained. */
static bool packets_of(struct verify *v, uint64_t i, const struct entry_finding *f)
{
	uint32_t at = 0;
	uint64_t seg, position, n = 0, grounds = 0;

	while (entry_next_packet(&v->doc, f->pkts, &at, &seg, &position, &v->e)) {
		uint32_t lo = 0, hi = v->nsegs;

		n++;
		while (lo < hi) {
			uint32_t mid = lo + (hi - lo) / 2;

			if (v->seg[mid].leaf < seg)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (lo == v->nsegs || v->seg[lo].leaf != seg || position >= v->seg[lo].retained) {
			LEAF(v, i, "pkts: leaf %llu is no segment with a retained packet %llu", (unsigned long long)seg, (unsigned long long)position);
			return false;
		}
	}
	if (v->e.text[0]) {
		LEAF(v, i, "%s", v->e.text);
		return false;
	}
	at = 0;
	for (struct entry_ground g; entry_next_ground(&v->doc, f->c.grounds, &at, &g, &v->e);)
		grounds++;
	if (v->e.text[0])
		LEAF(v, i, "grounds: %s", v->e.text);
	else if (!grounds || grounds > n)
		LEAF(v, i, "%s", grounds ? "pkts: fewer packets than grounds" : "grounds: there are none");
	return !v->e.text[0] && grounds && grounds <= n;
}

/* What it was judged by is what the log names. */
static bool config_of(const struct verify *v, const char *kind, const struct sha_or *s)
{
	for (uint32_t i = 0; i < v->nconfigs; i++)
		if (slice_is(v->config[i].kind, kind))
			return s->there && !memcmp(s->sha, v->config[i].sha, SHA);
	return !s->there;
}

static bool finding_get(struct verify *v, uint64_t i, const struct entry_finding *f)
{
	struct octets name = { 0 };
	uint8_t id[6], sha[SHA];

	if (!jdoc_plain(f->c.check, &name) || !jdoc_plain((struct slice){ "\n", 1 }, &name) || !jdoc_plain(f->c.subject, &name) ||
	    !jdoc_plain((struct slice){ "\n", 1 }, &name) || !jdoc_plain(f->c.object, &name)) {
		octets_free(&name);
		v->no_memory = true;
		return false;
	}
	sha_of(name.b, name.n, sha);
	octets_free(&name);
	if (f->id.n != 14 || memcmp(f->id.p, "F-", 2) || !hex_get((struct slice){ f->id.p + 2, 12 }, id, sizeof(id)) ||
	    memcmp(id, sha, sizeof(id))) {
		LEAF(v, i, "id: %s", "is not of its check, subject and object");
		return false;
	}
	if (!config_of(v, "register", &f->c.reg) || !config_of(v, "policy", &f->c.policy)) {
		LEAF(v, i, "config: %s", "another register or policy than the log names");
		return false;
	}
	if (f->c.ruleset.n != v->genesis.ruleset.n || memcmp(f->c.ruleset.p, v->genesis.ruleset.p, f->c.ruleset.n)) {
		LEAF(v, i, "ruleset: %s", "another one than leaf 0 names");
		return false;
	}
	v->ncomplete += slice_is(f->c.need, "complete");
	v->finding[v->nfindings++] = (uint32_t)i;
	return packets_of(v, i, f);
}

/* ---- the last leaf ---- */

static int inputs_get(struct verify *v, uint64_t i)
{
	uint32_t at = 0, n = 0;
	struct entry_input in;

	while (entry_next_input(&v->doc, v->close.inputs, &at, &in, &v->e))
		n++;
	if (v->e.text[0]) {
		LEAF(v, i, "inputs: %s", v->e.text);
		return FW_EEND;
	}
	v->input = calloc(n + 1, sizeof(*v->input));
	if (!v->input)
		return FW_ENOMEM;
	at = 0;
	while (v->ninputs < n && entry_next_input(&v->doc, v->close.inputs, &at, &v->input[v->ninputs], &v->e))
		v->ninputs++;
	return FW_OK;
}

/* Segments add up to their input's packets, and everything to the coverage. */
static bool counts_hold(struct verify *v, uint64_t i, uint64_t outside)
{
	const struct entry_coverage *c = &v->close.cov;
	uint64_t all = 0, sum = 0;
	uint32_t k = 0;

	for (uint32_t in = 0; in < v->ninputs; in++) {
		uint64_t n = 0;

		for (; k < v->nsegs && v->seg[k].input == in; k++)
			n += v->seg[k].count;
		if (k && v->seg[k - 1].input == in && !v->seg[k - 1].count) {
			LEAF(v, v->seg[k - 1].leaf, "the last segment of input %u holds no packet", in);
			return false;
		}
		if (n != v->input[in].packets) {
			LEAF(v, i, "input %u has %llu packets, its segments %llu", in, (unsigned long long)v->input[in].packets, (unsigned long long)n);
			return false;
		}
		all += n;		/* at most 2^20 segments of 2^16: no overflow */
	}
	if (k < v->nsegs) {
		LEAF(v, i, "there is no input %llu, which has segments", (unsigned long long)v->seg[k].input);
		return false;
	}
	if (outside != c->outside || outside > all || all - outside != c->packets) {
		LEAF(v, i, "%llu packets less %llu outside the window are not the coverage's %llu and %llu", (unsigned long long)all, (unsigned long long)outside,
			(unsigned long long)c->packets, (unsigned long long)c->outside);
		return false;
	}
	if (!__builtin_add_overflow(c->decoded, c->opaque, &sum) && !__builtin_add_overflow(sum, c->malformed, &sum) &&
	    !__builtin_add_overflow(sum, c->duplicate, &sum) && sum == c->packets)
		return true;
	LEAF(v, i, "%s", "decoded, opaque, malformed and duplicate do not add up to the packets");
	return false;
}

static bool files_hold(struct verify *v, uint64_t i)
{
	static const char *const want[] = { "evidence/README.txt", "facts.ndjson.zst", "findings.ndjson", "report.html", "report.json" };
	bool facts = verify_file(v, "facts.ndjson.zst") != NULL, ok = true;
	uint8_t sha[SHA];
	uint32_t at = 0;
	struct slice path;
	size_t k = 0;
	char b[SHOWN];

	while (entry_next_file(&v->doc, v->close.files, &at, &path, sha, &v->e)) {
		const struct vfile *f;

		if (k == 1 && !slice_is(path, want[1]) && !facts)
			k++;
		if (k == sizeof(want) / sizeof(want[0]) || !slice_is(path, want[k])) {
			LEAF(v, i, "files: %s is not the next of the files that it names", shown(path, b));
			return false;
		}
		f = verify_file(v, want[k++]);
		if (f && !memcmp(f->sha, sha, SHA))
			continue;
		verify_fail(v, SHOWS_INTEGRITY, "%s: %s", want[k - 1], f ? "has another SHA-256 than the last leaf names" : "is missing");
		ok = ok && k != 4 && k != 5;
	}
	if (v->e.text[0] || k != sizeof(want) / sizeof(want[0])) {
		LEAF(v, i, "%s", v->e.text[0] ? v->e.text : "files: not all are named");
		return false;
	}
	v->report_held = ok;
	return true;
}

static int close_get(struct verify *v, uint64_t i, const struct entry_close *c, uint64_t outside)
{
	int err;

	v->close = *c;
	err = inputs_get(v, i);
	if (err != FW_OK)
		return err;
	if (!counts_hold(v, i, outside) || !files_hold(v, i))
		return FW_EEND;
	if (v->gap_inputs > v->ninputs) {
		LEAF(v, i, "there is no input %llu, which has a gap", (unsigned long long)v->gap_inputs - 1);
		return FW_EEND;
	}
	if (c->findings != v->nfindings || c->retained != v->retained) {
		LEAF(v, i, "%llu findings and %llu retained packets; the leaves hold %u and %llu", (unsigned long long)c->findings, (unsigned long long)c->retained,
			v->nfindings, (unsigned long long)v->retained);
		return FW_EEND;
	}
	return FW_OK;
}

/* ---- all of them ---- */

static bool genesis_get(struct verify *v, const struct entry_genesis *g)
{
	v->genesis = *g;
	if (!slice_is(g->origin, v->cp.origin)) {
		LEAF(v, 0, "origin: %s", "another one than the checkpoint's");
		return false;
	}
	if (g->until && g->until <= g->from) {
		LEAF(v, 0, "until: %s", "the window ends before it begins");
		return false;
	}
	return true;
}

/* The origin names the inputs and the configuration: another record under the same key is another log. */
static bool origin_holds(struct verify *v)
{
	struct octets t = { 0 };
	char hex[HEX_SHA];
	uint8_t sha[SHA];
	bool ok;

	octets_str(&t, "fairwitness-origin-v1\n");
	for (uint32_t i = 0; i < v->ninputs; i++) {
		if (v->input[i].sha.there)
			octets_hex(&t, v->input[i].sha.sha, SHA);
		else
			octets_str(&t, "-");
		octets_str(&t, "\n");
	}
	for (uint32_t i = 0; i < v->nconfigs; i++) {
		octets_add(&t, v->config[i].name.p, v->config[i].name.n);
		octets_str(&t, " ");
		octets_hex(&t, v->config[i].sha, SHA);
		octets_str(&t, "\n");
	}
	octets_add(&t, v->genesis.ruleset.p, v->genesis.ruleset.n);
	octets_str(&t, "\n");
	octets_add(&t, v->genesis.case_id.p, v->genesis.case_id.n);
	octets_str(&t, "\n");
	sha_of(t.b, t.n, sha);
	octets_free(&t);
	sha_hex(sha, hex);
	ok = strlen(v->cp.origin) > 64 && !strcmp(v->cp.origin + strlen(v->cp.origin) - 64, hex);
	if (!ok)
		verify_fail(v, SHOWS_INTEGRITY, "evidence/checkpoint: the origin's digest is not of the inputs and the configuration that the leaves name");
	return ok;
}

static int read_leaves(struct verify *v)
{
	enum entry_type last = ENTRY_GENESIS;
	uint64_t outside = 0, n = v->cp.size;
	struct entry l;
	int err;

	for (uint64_t i = 0; i < n; i++) {
		struct slice text = verify_leaf(v, i);
		bool ok = entry_read(&v->doc, text.p, text.n, &l, &v->e);

		if (!ok) {
			LEAF(v, i, "%s", v->e.text);
			return FW_EEND;
		}
		if ((l.type == ENTRY_GENESIS) != !i || l.type < last || (l.type == ENTRY_CLOSE) != (i == n - 1)) {
			LEAF(v, i, "%s does not stand here: genesis, config, seg, gap, finding, close is the order", entry_name(l.type));
			return FW_EEND;
		}
		last = l.type;
		switch (l.type) {
		case ENTRY_GENESIS: ok = genesis_get(v, &l.u.genesis); break;
		case ENTRY_CONFIG: ok = config_get(v, i, &l.u.config); break;
		case ENTRY_SEG:
			ok = seg_get(v, i, &l.u.seg);
			outside += l.u.seg.outside;
			break;
		case ENTRY_GAP: gap_get(v, &l.u.gap); break;
		case ENTRY_FINDING: ok = finding_get(v, i, &l.u.finding); break;
		case ENTRY_CLOSE:
			if ((err = close_get(v, i, &l.u.close, outside)) != FW_OK)
				return err;
			break;
		case ENTRY_TYPES: break;
		}
		if (!ok)
			return FW_EEND;
	}
	return origin_holds(v) ? FW_OK : FW_EEND;
}

/* exporter.pub and the configuration are what the leaves say. */
static int held_files(struct verify *v)
{
	char path[PATH_MAX_TEXT + 32];
	struct octets text = { 0 };
	uint8_t key[32];
	int err = verify_read(v, "evidence/exporter.pub", &text);

	if (err == FW_EEND)
		verify_fail(v, SHOWS_INTEGRITY, "%s", v->e.text);
	else if (err != FW_OK)
		return err;
	else if (!ssh_key_read((struct slice){ text.b, text.n }, key, &v->e))
		verify_fail(v, SHOWS_INTEGRITY, "evidence/exporter.pub: %s", v->e.text);
	else if (memcmp(key, v->genesis.exporter, 32))
		verify_fail(v, SHOWS_INTEGRITY, "evidence/exporter.pub: is not the key that leaf 0 names");
	octets_free(&text);
	v->config_held = true;
	for (uint32_t i = 0; i < v->nconfigs; i++) {
		const struct vfile *f;

		(void)snprintf(path, sizeof(path), "evidence/config/%.*s", (int)v->config[i].name.n, v->config[i].name.p);
		f = verify_file(v, path);
		if (f && !memcmp(f->sha, v->config[i].sha, SHA))
			continue;
		verify_fail(v, SHOWS_INTEGRITY, "%s: %s", path, f ? "has another SHA-256 than its leaf names" : "is missing");
		v->config_held = false;
	}
	return FW_OK;
}

int verify_leaves(struct verify *v)
{
	int err;

	if (!v->rebuilt)
		return FW_OK;
	v->seg = calloc(v->cp.size, sizeof(*v->seg));
	v->finding = calloc(v->cp.size, sizeof(*v->finding));
	if (!v->seg || !v->finding)
		return FW_ENOMEM;
	err = read_leaves(v);
	if (err == FW_EEND)
		return FW_OK;
	v->lawful = err == FW_OK;
	return err == FW_OK ? held_files(v) : err;
}
