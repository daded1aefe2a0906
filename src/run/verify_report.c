/* rendered: report.json is in the form that this program writes, and says what the leaves say. */
#include "core.h"
#include "verify_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CORE_TEXT = 1024, GONE_MAX = 1 << 20 };

enum seen { SEEN_ID = 1, SEEN_CHECK = 2, SEEN_RULESET = 4, SEEN_NEED = 8, SEEN_VERDICT = 16, SEEN_SEVERITY = 32, SEEN_SUBJECT = 64, SEEN_OBJECT = 128,
	SEEN_REGISTER = 256, SEEN_POLICY = 512, SEEN_CORE = 1023 };

/* Text members of a core, in the order of enum seen. */
enum { CORE_TEXTS = 8 };
static const char *const core_keys[CORE_TEXTS] = { "id", "check", "ruleset", "need", "verdict", "severity", "subject", "object" };

struct core {
	char		text[CORE_TEXTS][CORE_TEXT], reg[HEX_SHA], policy[HEX_SHA];	/* "": null */
	struct ground	ground[FINDING_GROUNDS];
	unsigned	n, seen;
	bool		over, since_new, since;
};

struct reading {
	struct verify	*v;
	struct core	 core;
	struct { uint64_t input, frame; } ground;	/* of an element */
	uint32_t	 findings, inputs, packs;
	unsigned	 coverage, config;	/* bits of what was seen and agrees */
	struct octets	 made;
	uint32_t	 gone_cap;
	char		 keylog[HEX_SHA], keylog_capture[HEX_SHA];	/* of coverage; empty: not there */
};

static bool differs(struct err *e, const char *what)
{
	err_set(e, "%s is not what the leaves say", what);
	return false;
}

/* ---- findings ---- */

static void copy(char *out, size_t cap, struct slice s, bool *over)
{
	size_t n = s.n < cap ? s.n : cap - 1;

	*over = *over || n < s.n || memchr(s.p, 0, s.n);
	memcpy(out, s.p, n);
	out[n] = 0;
}

static bool core_value(struct core *c, const struct jpath *p, enum jkind kind, struct slice text, uint64_t number)
{
	const char *key = p->at[2].key;

	if (p->depth == 3) {
		for (unsigned i = 0; i < CORE_TEXTS; i++)
			if (kind == J_TEXT && !strcmp(key, core_keys[i])) {
				c->over = c->over || (c->seen >> i & 1);
				copy(c->text[i], CORE_TEXT, text, &c->over);
				c->seen |= 1u << i;
			}
		if (!strcmp(key, "since")) {
			c->since = true;
			c->since_new = slice_is(text, "new");
		}
	} else if (p->depth == 4 && !strcmp(key, "config") && (kind == J_TEXT || kind == J_NULL)) {
		bool reg = !strcmp(p->at[3].key, "register");

		c->over = c->over || (!reg && strcmp(p->at[3].key, "policy"));
		copy(reg ? c->reg : c->policy, HEX_SHA, text, &c->over);
		c->seen |= reg ? SEEN_REGISTER : SEEN_POLICY;
	} else if (p->depth == 5 && !strcmp(key, "grounds")) {
		unsigned i = p->at[3].index < FINDING_GROUNDS ? (unsigned)p->at[3].index : FINDING_GROUNDS - 1;

		c->over = c->over || p->at[3].index >= FINDING_GROUNDS || kind != J_NUMBER || number > UINT32_MAX;
		c->n = i + 1;
		if (!strcmp(p->at[4].key, "frame"))
			c->ground[i].frame = (uint32_t)number;
		else
			c->ground[i].input = (uint32_t)number;
	}
	return true;
}

/* The leaf's text from its core to its id, as the report's finding makes it. */
static bool reported_core(const struct core *c, struct octets *out)
{
	struct leaf l;

	out->n = 0;
	leaf_start(&l, out);
	core_print(&l, &(struct core_text){ .check = c->text[1], .policy = c->policy[0] ? c->policy : NULL, .reg = c->reg[0] ? c->reg : NULL, .need = c->text[3],
		.object = c->text[7], .ruleset = c->text[2], .severity = c->text[5], .subject = c->text[6], .verdict = c->text[4], .ground = c->ground, .n = c->n });
	leaf_kstr(&l, "id", c->text[0]);
	return !l.bad && !out->full;
}

static bool known_add(struct reading *r, const struct report_gone *g, struct err *e)
{
	struct baseline *b = &r->v->since;

	if (b->n == GONE_MAX) {
		err_set(e, "more than %d findings of an earlier report", GONE_MAX);
		return false;
	}
	if (b->n == r->gone_cap) {
		uint32_t cap = r->gone_cap ? 2 * r->gone_cap : 64;
		struct report_gone *known = realloc(b->known, cap * sizeof(*known));

		if (!known) {
			r->v->no_memory = true;
			err_set(e, "%s", err_word(FW_ENOMEM));
			return false;
		}
		b->known = known;
		r->gone_cap = cap;
	}
	b->known[b->n++] = *g;
	return true;
}

static bool core_end(struct reading *r, struct err *e)
{
	struct verify *v = r->v;
	struct slice leaf;
	const char *comma;

	if (r->findings == v->nfindings) {
		err_set(e, "more findings than the log has leaves of them");
		return false;
	}
	leaf = verify_leaf(v, v->finding[r->findings]);
	comma = memchr(leaf.p, ',', leaf.n);		/* after alone, which the report does not have */
	if (comma)
		leaf = (struct slice){ comma, (size_t)(leaf.p + leaf.n - comma) };
	if (r->core.over || r->core.seen != SEEN_CORE || !reported_core(&r->core, &r->made) || r->made.n > leaf.n || memcmp(r->made.b + 1, leaf.p + 1, r->made.n - 1)) {
		err_set(e, "finding %u (%.20s) is not what leaf %u says of it", r->findings, r->core.text[0], v->finding[r->findings]);
		return false;
	}
	r->findings++;
	v->compared = v->compared || r->core.since;
	if (r->core.since && !r->core.since_new) {
		struct report_gone g = { .check = "", .subject = "", .object = "" };

		memcpy(g.id, r->core.text[0], sizeof(g.id) - 1);
		return known_add(r, &g, e);
	}
	return true;
}

/* ---- inputs, configuration, coverage ---- */

static bool input_value(struct reading *r, const struct jpath *p, enum jkind kind, struct slice text, uint64_t number, struct err *e)
{
	struct verify *v = r->v;
	const char *key = p->at[2].key;
	const struct entry_input *in;
	uint64_t i = p->at[1].index;
	char hex[HEX_SHA];

	if (p->depth != 3)
		return true;
	if (i >= v->ninputs)
		return differs(e, "the number of inputs");
	in = &v->input[i];
	sha_hex(in->sha.sha, hex);
	if (!strcmp(key, "name")) {
		r->inputs = (uint32_t)i + 1;
		if (kind != J_TEXT || v->name[i])
			return differs(e, "an input's name");
		v->name[i] = strndup(text.p, text.n);
		return v->name[i] || differs(e, "memory");
	}
	if (!strcmp(key, "sha256") && (in->sha.there ? kind != J_TEXT || !slice_is(text, hex) : kind != J_NULL))
		return differs(e, "an input's sha256");
	if (!strcmp(key, "packets") && (kind != J_NUMBER || number != in->packets))
		return differs(e, "an input's packets");
	if (!strcmp(key, "bytes") && (kind != J_NUMBER || number != in->bytes))
		return differs(e, "an input's bytes");
	return true;
}

static const struct vconfig *config_at(const struct verify *v, const char *kind, uint32_t n)
{
	for (uint32_t i = 0; i < v->nconfigs; i++)
		if (slice_is(v->config[i].kind, kind) && !n--)
			return &v->config[i];
	return NULL;
}

/* The digest, or null, of the one file of this kind. */
static bool config_is(const struct vconfig *c, enum jkind kind, struct slice text)
{
	char hex[HEX_SHA];

	if (!c)
		return kind == J_NULL;
	sha_hex(c->sha, hex);
	return kind == J_TEXT && slice_is(text, hex);
}

static bool config_value(struct reading *r, const struct jpath *p, enum jkind kind, struct slice text, struct err *e)
{
	const struct vconfig *c;
	char name[PATH_MAX_TEXT];

	if (jpath_is(p, "register") || jpath_is(p, "register/sha256")) {
		r->config |= 1;
		return config_is(config_at(r->v, "register", 0), kind, text) || differs(e, "register");
	}
	if (jpath_is(p, "policy/sha256")) {
		r->config |= 2;
		return config_is(config_at(r->v, "policy", 0), kind, text) || differs(e, "policy");
	}
	if (jpath_is(p, "policy/packs/*")) {
		c = config_at(r->v, "pack", (uint32_t)p->at[2].index);
		(void)snprintf(name, sizeof(name), "pack-%.*s.yaml", text.n < 100 ? (int)text.n : 100, text.p);
		return (kind == J_TEXT && c && slice_is(c->name, name)) || differs(e, "policy/packs");
	}
	if (jpath_is(p, "policy/pack_sha256/*")) {
		c = config_at(r->v, "pack", r->packs++);
		(void)snprintf(name, sizeof(name), "pack-%s.yaml", p->at[2].key);
		return (c && slice_is(c->name, name) && config_is(c, kind, text)) || differs(e, "policy/pack_sha256");
	}
	return true;
}

static bool keylog_value(char hex[HEX_SHA], enum jkind kind, struct slice text, struct err *e)
{
	if (kind != J_TEXT || text.n != HEX_SHA - 1)
		return differs(e, "coverage/key_log");
	memcpy(hex, text.p, text.n);
	return true;
}

/* What the last leaf of the configuration is of, when that is a key log's; nothing when it is not. */
static bool keylog_is(struct reading *r, struct err *e)
{
	const struct vconfig *c = config_at(r->v, "keylog", 0);
	uint8_t d[SHA];

	r->v->keylog_file = r->keylog[0];
	if (!c && !r->keylog[0] && !r->keylog_capture[0])
		return true;
	r->made.n = 0;
	keylog_note(&r->made, r->keylog, r->keylog_capture, d);
	return (c && r->made.n && !r->made.full && !memcmp(d, c->sha, SHA)) || differs(e, "coverage/key_log");
}

static bool coverage_value(struct reading *r, const struct jpath *p, enum jkind kind, uint64_t number, struct err *e)
{
	const struct entry_coverage *c = &r->v->close.cov;
	const struct { const char *key; uint64_t v; } rows[] = {
		{ "packets", c->packets }, { "bytes", c->bytes }, { "decoded", c->decoded }, { "opaque", c->opaque }, { "malformed", c->malformed },
		{ "duplicate", c->duplicate }, { "cut", c->cut }, { "outside_window", c->outside },
	};

	for (unsigned i = 0; p->depth == 2 && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(p->at[1].key, rows[i].key)) {
			r->coverage |= 1u << i;
			return (kind == J_NUMBER && number == rows[i].v) || differs(e, rows[i].key);
		}
	if (p->depth == 2 && !strcmp(p->at[1].key, "keep_inner"))
		return kind == (r->v->genesis.keep_inner ? J_TRUE : J_FALSE) || differs(e, "keep_inner");
	return true;
}

void verify_gone_free(struct report_gone *g)
{
	const char *text[] = { g->check, g->subject, g->object };

	for (unsigned i = 0; i < 3; i++)
		if (*text[i])		/* the empty one is not ours to free */
			free((char *)(uintptr_t)text[i]);
}

static bool gone_value(struct reading *r, const struct jpath *p, struct slice text, struct err *e)
{
	struct report_gone g = { .check = "", .subject = "", .object = "", .gone = true };
	struct baseline *b = &r->v->since;
	const char *key = p->at[2].key, **to;

	r->v->compared = true;
	if (p->depth != 3)
		return true;
	if (!strcmp(p->at[2].key, "id")) {
		if (text.n >= sizeof(g.id))
			return differs(e, "an id of gone");
		memcpy(g.id, text.p, text.n);
		return known_add(r, &g, e);
	}
	if (!b->n || !b->known[b->n - 1].gone)
		return differs(e, "gone");
	to = !strcmp(key, "check") ? &b->known[b->n - 1].check : !strcmp(key, "subject") ? &b->known[b->n - 1].subject : &b->known[b->n - 1].object;
	if (**to)
		return differs(e, "gone");
	*to = text.n ? strndup(text.p, text.n) : "";
	return *to || differs(e, "memory");
}

/* Every ground of an element is a packet that was retained. */
static bool element_value(struct reading *r, const struct jpath *p, uint64_t number, struct err *e)
{
	const struct verify *v = r->v;
	uint64_t lo = 0, hi = v->retained;

	if (p->depth != 5 || strcmp(p->at[2].key, "grounds"))
		return true;
	if (!strcmp(p->at[4].key, "input"))
		r->ground.input = number;
	else
		r->ground.frame = number;
	if (!strcmp(p->at[4].key, "input") || !v->opened)	/* the frame comes second */
		return true;
	while (lo < hi) {
		uint64_t mid = lo + (hi - lo) / 2;
		const struct frame *f = &v->packet[mid];

		if (f->input < r->ground.input || (f->input == r->ground.input && f->no < r->ground.frame))
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < v->retained && v->packet[lo].input == r->ground.input && v->packet[lo].no == r->ground.frame)
		return true;
	err_set(e, "element %llu: its ground input %llu frame %llu was not retained", (unsigned long long)p->at[1].index, (unsigned long long)r->ground.input,
		(unsigned long long)r->ground.frame);
	return false;
}

static bool on_value(void *ctx, const struct jpath *p, enum jkind kind, struct slice text, uint64_t number, struct err *e)
{
	struct reading *r = ctx;
	const char *top = p->depth ? p->at[0].key : "";

	if (!strcmp(top, "findings") || !strcmp(top, "accepted"))
		return core_value(&r->core, p, kind, text, number);
	if (!strcmp(top, "contacts"))
		return true;
	if (!strcmp(top, "elements"))
		return element_value(r, p, number, e);
	if (!strcmp(top, "inputs"))
		return input_value(r, p, kind, text, number, e);
	if (!strcmp(top, "register") || !strcmp(top, "policy"))
		return config_value(r, p, kind, text, e);
	if (jpath_is(p, "coverage/key_log/sha256"))
		return keylog_value(r->keylog, kind, text, e);
	if (jpath_is(p, "coverage/key_log/capture_sha256"))
		return keylog_value(r->keylog_capture, kind, text, e);
	if (!strcmp(top, "coverage"))
		return coverage_value(r, p, kind, number, e);
	if (!strcmp(top, "gone"))
		return gone_value(r, p, text, e);
	if (jpath_is(p, "tool/version"))
		return (kind == J_TEXT && text.n == r->v->genesis.version.n && !memcmp(text.p, r->v->genesis.version.p, text.n)) || differs(e, "tool/version");
	return true;
}

static bool on_end(void *ctx, const struct jpath *p, struct err *e)
{
	struct reading *r = ctx;
	bool ok = true;

	if (p->depth == 2 && (!strcmp(p->at[0].key, "findings") || !strcmp(p->at[0].key, "accepted"))) {
		ok = core_end(r, e);
		r->core = (struct core){ .n = 0 };
	}
	return ok;
}

static bool all_seen(struct reading *r, struct err *e)
{
	struct verify *v = r->v;
	uint32_t packs = 0;

	while (config_at(v, "pack", packs))
		packs++;
	if (r->findings != v->nfindings) {
		err_set(e, "%u findings, the log has %u", r->findings, v->nfindings);
		return false;
	}
	return (r->inputs == v->ninputs || differs(e, "the number of inputs")) && (r->coverage == 255 || differs(e, "coverage")) &&
		((r->config == 3 && r->packs == packs) || differs(e, "register or policy")) && keylog_is(r, e);
}

int verify_report(struct verify *v)
{
	struct reading *r = calloc(1, sizeof(*r));
	struct jtaker t = { .value = on_value, .end = on_end, .ctx = r };
	int fd = verify_open(v, "report.json"), err = FW_ENOMEM;

	if (!r)
		goto out;
	r->v = v;
	err = FW_OK;
	if (!v->lawful || !v->report_held) {
		verify_not_shown(v, SHOWS_RENDERED, v->lawful ? "report.json or report.html is not the one that the log names" : "rests on the log, which failed");
		goto out;
	}
	v->name = calloc(v->ninputs + 1, sizeof(*v->name));
	if (!v->name) {
		err = FW_ENOMEM;
		goto out;
	}
	err = json_stream(fd, &t, &v->e);
	if (err == FW_EIO) {
		verify_unreadable(v, "report.json: %s", v->e.text);
		err = FW_OK;
	} else if (err == FW_EFORMAT || (err == FW_OK && !all_seen(r, &v->e))) {
		verify_fail(v, SHOWS_RENDERED, "report.json: %s", v->e.text);
		err = FW_OK;
	}
	v->reported = !verify_failed(v, SHOWS_RENDERED);
out:
	if (fd >= 0)
		(void)close(fd);
	if (r)
		octets_free(&r->made);
	free(r);
	return err;
}
