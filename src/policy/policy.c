/* A policy from its file and the packs that it imports. */
#include "rules.h"

#include "err.h"

#include <stdlib.h>
#include <string.h>

enum { IMPORTS = 64 };

/* One file as written. */
struct file {
	struct place	at;
	uint32_t	version, pad;
	struct text	title;
	struct texts	import, high_risk, targets;
	struct { struct allow_rule *v; uint32_t n; } allow;
	struct { struct deny_rule *v; uint32_t n; } deny;
	struct { struct share_rule *v; uint32_t n; } share;
	struct { struct accept_rule *v; uint32_t n; } accept;
	struct { struct check_rule *v; uint32_t n; } checks;
	struct { struct unjudged *v; uint32_t n; } unjudged;
	uint32_t	settings;		/* node of the tree + 1; 0: none */
	const struct tree *tree;
	const char	*name;
};

static bool read_settings(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member)
{
	if (node_null(&r->tree->node[node]))
		return true;
	if (r->tree->node[node].kind != NODE_MAP)
		return schema_refuse(r, row, node, "a map of settings");
	*(uint32_t *)member = node + 1;
	return schema_keys(r, settings_schema(), node);
}

#define OFF(m) .off = offsetof(struct file, m)
#define LIST(name, sch, m, most, h) { .key = name, .type = ROW_MAP, .flags = ROW_LIST, .max_list = most, .sub = sch, OFF(m), .help = h }
static const struct key_def file_rows[] = {
	{ .key = "version", .type = ROW_NUMBER, .flags = ROW_REQUIRED, .min = 1, .max = 1, OFF(version), .help = "of this format" },
	{ .key = "title", .type = ROW_TEXT, .min = 1, .max = 256, OFF(title), .help = "what it is, in a line" },
	{ .key = "import", .type = ROW_ID, .flags = ROW_ONE_OR_LIST, .max_list = IMPORTS, OFF(import), .help = "packs whose rules and settings join these" },
	LIST("allow", &allow_schema, allow, 1 << 16, "contacts that are explained"),
	LIST("deny", &deny_schema, deny, 1024, "suppliers kept out of roles and places"),
	LIST("share", &share_schema, share, 1024, "caps on a supplier's share"),
	LIST("accept", &accept_schema, accept, 1 << 16, "findings known and tolerated: shown apart, never hidden"),
	LIST("checks", &check_schema, checks, 1024, "severity and further ground of single checks"),
	{ .key = "high_risk", .type = ROW_TEXT, .flags = ROW_ONE_OR_LIST, .min = 1, .max = 256, .max_list = 256, OFF(high_risk),
	  .help = "supplier groups that rules mean by class: high-risk" },
	{ .key = "duplication_targets", .type = ROW_TEXT, .flags = ROW_ONE_OR_LIST, .min = 1, .max = 128, .max_list = 4096, OFF(targets),
	  .help = "approved interception functions: sha256: and 64 hexadecimal digits of the SHA-256 of the address's text" },
	{ .key = "settings", .type = ROW_OTHER, .read = read_settings, OFF(settings), .help = "a map of settings" },
	LIST("not_judged", &unjudged_schema, unjudged, 1024, "what the source of the rules asks and this version does not judge"),
};
static const struct schema file_schema = { "a policy", sizeof(struct file), SCHEMA_ROWS(file_rows) };

const struct schema *policy_schema(void)
{
	return &file_schema;
}

struct loading {
	struct policy	*p;
	const struct policy_source *src;
	struct troubles	*says;
	struct file	*file[IMPORTS + 1];	/* in order; [0] the user's */
	const char	*name[IMPORTS + 1];	/* of packs; NULL: the user's */
	bool		 open[IMPORTS + 1];
	unsigned	 n;
	int		 err;			/* FW_ENOMEM */
};

/* ---- reading files ---- */

static void after_reading(struct file *f)
{
	uint64_t parts = 1 << PART_SOFTWARE | 1 << PART_HARDWARE | 1 << PART_CLOUD;

	for (uint32_t i = 0; i < f->allow.n; i++)
		if (!f->allow.v[i].window.at.line)
			f->allow.v[i].window.until_ns = UINT64_MAX;
	for (uint32_t i = 0; i < f->deny.n; i++)
		f->deny.v[i].parts = f->deny.v[i].parts ? f->deny.v[i].parts : parts;
	for (uint32_t i = 0; i < f->share.n; i++)
		f->share.v[i].parts = f->share.v[i].parts ? f->share.v[i].parts : parts;
}

static struct file *read_file(struct loading *l, const struct tree *t)
{
	struct file *f = own_take(&l->p->own, sizeof(*f));
	struct schema_reader in = { .tree = t, .own = &l->p->own, .says = l->says };

	if (!f)
		return NULL;
	f->name = in.file = own_text(&l->p->own, t->file, strlen(t->file));
	f->tree = t;
	if (!t->n || t->node[0].kind != NODE_MAP) {
		struct place at = { in.file, 1, 1 };

		trouble_say(l->says, &at, "found no map; a policy begins with \"version: 1\"");
		return f;
	}
	(void)schema_read(&in, &file_schema, 0, f);
	after_reading(f);
	return f;
}

static void no_such_pack(struct loading *l, const struct text *name)
{
	const char *near = nearest(name->s, strlen(name->s), l->src->packs, l->src->npacks);
	struct words w = { 0 };

	if (near)
		words_add(&w, "\"%s\" is meant? ", near);
	for (size_t i = 0; i < l->src->npacks; i++)
		words_item(&w, i, l->src->npacks, "and", l->src->packs[i]);
	trouble_say(l->says, &name->at, "import: found the pack \"%s\", which is not there; %s are allowed", name->s, w.text);
}

static void import_all(struct loading *l, unsigned by);

/* Depth is bounded by the number of packs: one that is being read is not read again. */
static void import_one(struct loading *l, const struct text *name)
{
	const struct tree *t = NULL;
	int err;

	for (unsigned i = 0; i < l->n; i++)
		if (l->name[i] && !strcmp(l->name[i], name->s)) {
			if (l->open[i])
				trouble_say(l->says, &name->at, "import: found the pack \"%s\", which imports this one; imports go one way, take one of them out", name->s);
			return;
		}
	if (l->n > IMPORTS) {
		trouble_say(l->says, &name->at, "import: found more than %u packs; at most %u are allowed", (unsigned)IMPORTS, (unsigned)IMPORTS);
		return;
	}
	err = l->src->pack ? l->src->pack(l->src->ctx, name->s, &t, l->says) : FW_EEND;
	if (err == FW_EEND)
		no_such_pack(l, name);
	if (err == FW_ENOMEM)
		l->err = err;
	if (err != FW_OK)
		return;
	l->name[l->n] = name->s;
	l->file[l->n] = read_file(l, t);
	if (l->file[l->n++])
		import_all(l, l->n - 1);
	else
		l->err = FW_ENOMEM;
}

static void import_all(struct loading *l, unsigned by)
{
	const struct texts *names = &l->file[by]->import;

	l->open[by] = true;
	for (uint32_t i = 0; i < names->n && !l->err; i++)
		if (names->v[i].s)
			import_one(l, &names->v[i]);
	l->open[by] = false;
}

/* ---- putting together ---- */

/* The lists of all files one after the other. */
static void join(struct loading *l, size_t list_at, size_t size, void *out)
{
	struct list *to = out;
	uint32_t n = 0;
	uint8_t *v;

	for (unsigned i = 0; i < l->n; i++) {
		const struct list *from = (const void *)((const uint8_t *)l->file[i] + list_at);

		n += from->n;
		if (from->n)
			*to = *from;
	}
	if (to->n == n)				/* one file alone has any: as it is */
		return;
	to->n = 0;
	v = own_array(&l->p->own, n, size);
	if (!v)
		return;
	to->v = v;
	for (unsigned i = 0; i < l->n; i++) {
		const struct list *from = (const void *)((const uint8_t *)l->file[i] + list_at);

		if (from->n)
			memcpy(v + size * to->n, from->v, size * from->n);
		to->n += from->n;
	}
}

static bool hex_digest(const char *s, uint8_t out[32])
{
	static const char digits[] = "0123456789abcdef";

	if (strncmp(s, "sha256:", 7))
		return false;
	s += 7;
	for (unsigned i = 0; i < 64; i++) {
		const char *at = s[i] ? strchr(digits, s[i]) : NULL;

		if (!at)
			return false;
		out[i / 2] = (uint8_t)(out[i / 2] << 4 | (at - digits));
	}
	return !s[64];
}

static int by_digest(const void *a, const void *b)
{
	return memcmp(a, b, 32);
}

static void targets(struct loading *l)
{
	struct policy *p = l->p;
	uint32_t n = 0;

	for (unsigned i = 0; i < l->n; i++)
		n += l->file[i]->targets.n;
	p->targets.v = own_array(&p->own, n, 32);
	for (unsigned i = 0; p->targets.v && i < l->n; i++)
		for (uint32_t k = 0; k < l->file[i]->targets.n; k++) {
			const struct text *t = &l->file[i]->targets.v[k];
			uint8_t *d = p->targets.v[p->targets.n];

			if (!t->s)
				continue;
			if (!strcmp(t->s, "sha256:...")) {	/* as documents print it: a form to fill in, no target */
				p->blank_targets++;
				continue;
			}
			if (!hex_digest(t->s, d)) {
				trouble_say(l->says, &t->at, "duplication_targets: found \"%s\"; sha256: and 64 lower-case hexadecimal digits are allowed", t->s);
				continue;
			}
			for (uint32_t j = 0; j < p->targets.n; j++)
				if (!memcmp(p->targets.v[j], d, 32))
					trouble_say(l->says, &t->at, "duplication_targets: found a target a second time; each stands once, take one out");
			p->targets.n++;
		}
	if (p->targets.n)
		qsort(p->targets.v, p->targets.n, 32, by_digest);
}

/* Which file's word on a setting counts: the user's, else the packs', which must agree. */
static const struct node *setting_node(struct loading *l, const struct key_def *row, unsigned *file)
{
	const struct node *chosen = NULL;

	for (unsigned i = 0; i < l->n; i++) {
		const struct tree *t = l->file[i]->tree;
		uint32_t at = l->file[i]->settings ? tree_find(t, l->file[i]->settings - 1, row->key, strlen(row->key)) : NODE_NONE;
		const struct node *n;
		struct place place;

		if (at == NODE_NONE)
			continue;
		n = &t->node[at];
		if (!chosen) {
			chosen = n;
			*file = i;
			if (!i)
				return n;
			continue;
		}
		if (n->kind == NODE_SCALAR && chosen->kind == NODE_SCALAR && n->len == chosen->len && !memcmp(n->text, chosen->text, n->len))
			continue;
		place = (struct place){ l->file[i]->name, n->line, n->column };
		trouble_say(l->says, &place, "%s: found another value than %s:%u has; packs must agree, or set it in the policy that imports them", row->key,
			l->file[*file]->name, chosen->line);
	}
	return chosen;
}

static void settings(struct loading *l)
{
	const struct schema *s = settings_schema();
	struct policy *p = l->p;

	p->settings_at = own_array(&p->own, s->n, sizeof(*p->settings_at));
	for (unsigned i = 0; p->settings_at && i < s->n; i++) {
		const struct key_def *row = &s->rows[i];
		void *member = (uint8_t *)&p->settings + row->off;
		struct schema_reader in = { .own = &p->own, .says = l->says, .file = p->file };
		unsigned file = 0;
		const struct node *n = setting_node(l, row, &file);

		if (!n) {
			schema_default(&in, row, member);
			continue;
		}
		in.tree = l->file[file]->tree;
		in.file = l->file[file]->name;
		p->settings_at[i] = (struct place){ in.file, n->line, n->column };
		(void)schema_value(&in, row, (uint32_t)(n - in.tree->node), member);
	}
}

static void put_together(struct loading *l)
{
	struct policy *p = l->p;

	join(l, offsetof(struct file, allow), sizeof(*p->allow.v), &p->allow);
	join(l, offsetof(struct file, deny), sizeof(*p->deny.v), &p->deny);
	join(l, offsetof(struct file, share), sizeof(*p->share.v), &p->share);
	join(l, offsetof(struct file, accept), sizeof(*p->accept.v), &p->accept);
	join(l, offsetof(struct file, checks), sizeof(*p->checks.v), &p->checks);
	join(l, offsetof(struct file, unjudged), sizeof(*p->unjudged.v), &p->unjudged);
	join(l, offsetof(struct file, high_risk), sizeof(*p->high_risk.v), &p->high_risk);
	p->packs.v = own_array(&p->own, l->n, sizeof(*p->packs.v));
	for (unsigned i = 0; p->packs.v && i < l->n; i++)
		if (l->name[i])
			p->packs.v[p->packs.n++] = l->name[i];
	targets(l);
	settings(l);
	for (uint32_t i = 0; i < p->share.n; i++)
		if (!p->share.v[i].min_coverage_ppm)
			p->share.v[i].min_coverage_ppm = p->settings.share_min_coverage_ppm;
}

int policy_load(struct policy **out, const struct tree *t, const struct policy_source *src, struct troubles *says)
{
	struct loading l = { .p = calloc(1, sizeof(*l.p)), .src = src, .says = says };
	struct text standard = { "default", { "default", 0, 0 } };
	uint32_t before = says->n;

	*out = NULL;
	if (!l.p)
		return FW_ENOMEM;
	if (t) {
		l.file[l.n++] = read_file(&l, t);
		if (!l.file[0])
			l.err = FW_ENOMEM;
		else
			import_all(&l, 0);
	} else {
		import_one(&l, &standard);
	}
	l.p->file = l.n && l.file[0] ? l.file[0]->name : "default";
	if (!l.err && l.n && says->n == before) {
		put_together(&l);
		if (says->n == before)
			policy_check(l.p, src, says);
		if (says->n == before)
			l.err = allow_compile(l.p);
	}
	if (l.err || l.p->own.full || says->n != before) {
		policy_free(l.p);
		return says->n != before ? FW_EFORMAT : FW_ENOMEM;
	}
	*out = l.p;
	return FW_OK;
}

void policy_free(struct policy *p)
{
	if (!p)
		return;
	keyed_free(&p->anchors);
	own_free(&p->own);
	free(p);
}
