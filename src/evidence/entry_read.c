/* Leaves as rows: which members each type has, fairwitness-evidence(7) "Leaves". */
#include "read.h"

#include <stddef.h>
#include <string.h>

#define ROWS(t) static const struct member t##_rows[]
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct common { struct slice t; uint64_t v; };
enum { T_AT = sizeof(struct entry), V_AT = T_AT + offsetof(struct common, v) };
struct held { struct entry entry; struct common common; };	/* what every leaf has, behind what it says */

#define G(m) (uint16_t)offsetof(struct entry, u.genesis.m)
ROWS(genesis) = {
	{ "at", WANT_TEXT, G(at) }, { "case", WANT_TEXT, G(case_id) }, { "exporter", WANT_SHA, G(exporter) }, { "from", WANT_DECIMAL, G(from) },
	{ "keep_inner", WANT_BOOL, G(keep_inner) }, { "origin", WANT_TEXT, G(origin) }, { "ruleset", WANT_TEXT, G(ruleset) }, { "run", WANT_SHA, G(run) },
	{ "t", WANT_TEXT, T_AT }, { "tool", WANT_SHA, G(tool) }, { "until", WANT_DECIMAL, G(until) }, { "v", WANT_NUMBER, V_AT },
	{ "version", WANT_TEXT, G(version) },
};
#define C(m) (uint16_t)offsetof(struct entry, u.config.m)
ROWS(config) = {
	{ "kind", WANT_TEXT, C(kind) }, { "name", WANT_TEXT, C(name) }, { "sha256", WANT_SHA, C(sha) }, { "t", WANT_TEXT, T_AT }, { "v", WANT_NUMBER, V_AT },
};
#define S(m) (uint16_t)offsetof(struct entry, u.seg.m)
ROWS(seg) = {
	{ "bytes", WANT_DECIMAL, S(bytes) }, { "count", WANT_NUMBER, S(count) }, { "first", WANT_DECIMAL, S(first) }, { "from", WANT_DECIMAL, S(from) },
	{ "input", WANT_NUMBER, S(input) }, { "n", WANT_NUMBER, S(n) }, { "outside", WANT_NUMBER, S(outside) }, { "retained", WANT_NUMBER, S(retained) },
	{ "root", WANT_SHA, S(root) }, { "t", WANT_TEXT, T_AT }, { "until", WANT_DECIMAL, S(until) }, { "v", WANT_NUMBER, V_AT },
};
#define A(m) (uint16_t)offsetof(struct entry, u.gap.m)
ROWS(gap) = {
	{ "after", WANT_DECIMAL, A(after) }, { "cause", WANT_TEXT, A(cause) }, { "input", WANT_NUMBER, A(input) }, { "known", WANT_TEXT, A(known) },
	{ "t", WANT_TEXT, T_AT }, { "v", WANT_NUMBER, V_AT },
};
#define F(m) (uint16_t)offsetof(struct entry, u.finding.m)
ROWS(finding) = {
	{ "alone", WANT_BOOL, F(alone) }, { "core", WANT_OBJECT, F(core) }, { "id", WANT_TEXT, F(id) }, { "pkts", WANT_ARRAY, F(pkts) }, { "t", WANT_TEXT, T_AT },
	{ "v", WANT_NUMBER, V_AT },
};
#define L(m) (uint16_t)offsetof(struct entry, u.close.m)
ROWS(close) = {
	{ "coverage", WANT_OBJECT, L(coverage) }, { "files", WANT_OBJECT, L(files) }, { "findings", WANT_NUMBER, L(findings) }, { "inputs", WANT_ARRAY, L(inputs) },
	{ "retained", WANT_NUMBER, L(retained) }, { "t", WANT_TEXT, T_AT }, { "v", WANT_NUMBER, V_AT }, { "whole", WANT_BOOL, L(whole) },
};
#define K(m) (uint16_t)offsetof(struct entry_core, m)
ROWS(core) = {
	{ "check", WANT_TEXT, K(check) }, { "config", WANT_OBJECT, K(config) }, { "grounds", WANT_ARRAY, K(grounds) }, { "need", WANT_TEXT, K(need) },
	{ "object", WANT_TEXT, K(object) }, { "ruleset", WANT_TEXT, K(ruleset) }, { "severity", WANT_TEXT, K(severity) }, { "subject", WANT_TEXT, K(subject) },
	{ "verdict", WANT_TEXT, K(verdict) },
};
ROWS(core_config) = { { "policy", WANT_SHA_OR_NULL, K(policy) }, { "register", WANT_SHA_OR_NULL, K(reg) } };
#define V(m) (uint16_t)offsetof(struct entry_coverage, m)
ROWS(coverage) = {
	{ "bytes", WANT_DECIMAL, V(bytes) }, { "cut", WANT_DECIMAL, V(cut) }, { "decoded", WANT_DECIMAL, V(decoded) }, { "duplicate", WANT_DECIMAL, V(duplicate) },
	{ "malformed", WANT_DECIMAL, V(malformed) }, { "opaque", WANT_DECIMAL, V(opaque) }, { "outside", WANT_DECIMAL, V(outside) },
	{ "packets", WANT_DECIMAL, V(packets) },
};
ROWS(ground) = {
	{ "frame", WANT_NUMBER, offsetof(struct entry_ground, frame) }, { "input", WANT_NUMBER, offsetof(struct entry_ground, input) },
};
ROWS(input) = {
	{ "bytes", WANT_DECIMAL, offsetof(struct entry_input, bytes) }, { "packets", WANT_DECIMAL, offsetof(struct entry_input, packets) },
	{ "sha256", WANT_SHA_OR_NULL, offsetof(struct entry_input, sha) },
};

static const struct type { const char *name; const struct member *rows; size_t n; } types[ENTRY_TYPES] = {
	{ "genesis", genesis_rows, COUNT(genesis_rows) }, { "config", config_rows, COUNT(config_rows) }, { "seg", seg_rows, COUNT(seg_rows) },
	{ "gap", gap_rows, COUNT(gap_rows) }, { "finding", finding_rows, COUNT(finding_rows) }, { "close", close_rows, COUNT(close_rows) },
};

const char *entry_name(enum entry_type t)
{
	return types[t].name;
}

static bool one_of(struct slice s, const char *const *words, size_t n, const char *what, struct err *e)
{
	char b[SHOWN];

	for (size_t i = 0; i < n; i++)
		if (slice_is(s, words[i]))
			return true;
	err_set(e, "%s %s: there is no such", what, shown(s, b));
	return false;
}

/* Is there such a day?  "2026-11-02" */
static bool is_day(struct slice s)
{
	static const uint8_t days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	unsigned v[3] = { 0 };

	for (size_t i = 0, k = 0; i < 10 && s.n == 10; i++) {
		if (i == 4 || i == 7) {
			k++;
			if (s.p[i] != '-')
				return false;
		} else if (s.p[i] < '0' || s.p[i] > '9') {
			return false;
		} else {
			v[k] = v[k] * 10 + (unsigned)(s.p[i] - '0');
		}
	}
	return s.n == 10 && v[1] >= 1 && v[1] <= 12 && v[2] >= 1 && v[2] <= days[v[1] - 1];
}

static bool finding_get(const struct jdoc *d, struct entry_finding *f, struct err *e)
{
	static const char *const needs[] = { "positive", "complete" }, *const verdicts[] = { "violated", "unprotected" },
		*const severities[] = { "info", "low", "med", "high", "crit" };
	struct entry_core *c = &f->c;

	if (!object_get(d, f->core, core_rows, COUNT(core_rows), c, e) || !object_get(d, c->config, core_config_rows, COUNT(core_config_rows), c, e) ||
	    !one_of(c->need, needs, COUNT(needs), "need", e) || !one_of(c->verdict, verdicts, COUNT(verdicts), "verdict", e) ||
	    !one_of(c->severity, severities, COUNT(severities), "severity", e))
		return false;
	return true;
}

static bool meaning(const struct jdoc *d, struct entry *entry, struct err *e)
{
	static const char *const kinds[] = { "register", "policy", "pack", "keylog" }, *const causes[] = { "damaged", "unread" };
	uint64_t known;
	uint8_t id[8];

	switch (entry->type) {
	case ENTRY_GENESIS:
		if (!is_day(entry->u.genesis.at))
			err_set(e, "at: a day is wanted");
		else if (!hex_get(entry->u.genesis.case_id, id, sizeof(id)))
			err_set(e, "case: 16 lower-case hex digits are wanted");
		else
			return true;
		return false;
	case ENTRY_CONFIG: return one_of(entry->u.config.kind, kinds, COUNT(kinds), "kind", e);
	case ENTRY_SEG: return true;
	case ENTRY_GAP:
		if (!one_of(entry->u.gap.cause, causes, COUNT(causes), "cause", e))
			return false;
		if (slice_is(entry->u.gap.known, "unknown") || decimal_get(entry->u.gap.known, &known))
			return true;
		err_set(e, "known: a decimal string or \"unknown\" is wanted");
		return false;
	case ENTRY_FINDING: return finding_get(d, &entry->u.finding, e);
	case ENTRY_CLOSE: return object_get(d, entry->u.close.coverage, coverage_rows, COUNT(coverage_rows), &entry->u.close.cov, e);
	case ENTRY_TYPES: break;
	}
	return false;
}

bool entry_read(struct jdoc *d, const char *text, size_t n, struct entry *entry, struct err *e)
{
	struct held held = { 0 };
	uint32_t at = 1;
	char b[SHOWN];

	if (n > LEAF_MAX) {
		err_set(e, "%zu octets; a leaf has at most %d", n, LEAF_MAX);
		return false;
	}
	if (!jdoc_parse(d, text, n, e))
		return false;
	if (!jdoc_same(d)) {
		err_set(e, "not in canonical form");
		return false;
	}
	while (at < d->nnodes && !slice_is((struct slice){ text + d->node[at].name, d->node[at].name_len }, "t"))
		at = d->node[at].end;
	held.entry.type = ENTRY_TYPES;
	for (int t = 0; at < d->nnodes && t < ENTRY_TYPES; t++)
		if (slice_is(jdoc_text(d, at), types[t].name))
			held.entry.type = (enum entry_type)t;
	if (held.entry.type == ENTRY_TYPES) {
		err_set(e, "t %s: there is no such leaf", at < d->nnodes ? shown(jdoc_text(d, at), b) : "is missing");
		return false;
	}
	if (!object_get(d, 0, types[held.entry.type].rows, types[held.entry.type].n, &held, e))
		return false;
	if (held.common.v != 1) {
		err_set(e, "v %llu: this format is 1", (unsigned long long)held.common.v);
		return false;
	}
	*entry = held.entry;
	return meaning(d, entry, e);
}

/* ---- what arrays hold ---- */

static bool next(const struct jdoc *d, uint32_t parent, uint32_t *at, uint32_t *node, struct err *e)
{
	e->text[0] = 0;
	*node = *at ? *at : parent + 1;
	if (*node >= d->node[parent].end)
		return false;
	*at = d->node[*node].end;
	return true;
}

bool entry_next_ground(const struct jdoc *d, uint32_t array, uint32_t *at, struct entry_ground *g, struct err *e)
{
	uint32_t node;

	return next(d, array, at, &node, e) && object_get(d, node, ground_rows, COUNT(ground_rows), g, e);
}

bool entry_next_packet(const struct jdoc *d, uint32_t array, uint32_t *at, uint64_t *seg, uint64_t *position, struct err *e)
{
	uint32_t node;

	if (!next(d, array, at, &node, e))
		return false;
	if (d->node[node].kind == J_ARRAY && d->node[node].end == node + 3 && d->node[node + 1].kind == J_NUMBER && d->node[node + 2].kind == J_NUMBER)
		return decimal_get(jdoc_text(d, node + 1), seg) && decimal_get(jdoc_text(d, node + 2), position);
	err_set(e, "pkts: pairs of numbers are wanted");
	return false;
}

bool entry_next_input(const struct jdoc *d, uint32_t array, uint32_t *at, struct entry_input *in, struct err *e)
{
	uint32_t node;

	return next(d, array, at, &node, e) && object_get(d, node, input_rows, COUNT(input_rows), in, e);
}

bool entry_next_file(const struct jdoc *d, uint32_t object, uint32_t *at, struct slice *path, uint8_t sha[SHA], struct err *e)
{
	uint32_t node;

	if (!next(d, object, at, &node, e))
		return false;
	*path = (struct slice){ d->text + d->node[node].name, d->node[node].name_len };
	if (d->node[node].kind == J_TEXT && hex_get(jdoc_text(d, node), sha, SHA))
		return true;
	err_set(e, "files: a SHA-256 in hex is wanted");
	return false;
}

bool bundle_next(struct slice *rest, struct slice *leaf, struct err *e)
{
	size_t n;

	e->text[0] = 0;
	if (!rest->n)
		return false;
	n = rest->n < 2 ? 0 : (size_t)(uint8_t)rest->p[0] << 8 | (uint8_t)rest->p[1];
	if (rest->n < 2 || rest->n - 2 < n) {
		err_set(e, "the bundle ends inside a leaf");
		return false;
	}
	*leaf = (struct slice){ rest->p + 2, n };
	rest->p += n + 2;
	rest->n -= n + 2;
	return true;
}
