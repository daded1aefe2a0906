/* Cases to findings: ids, severities, frames and filters (DESIGN.md section 6). */
#include "docket.h"

#include "err.h"

#include <stdio.h>
#include <stdlib.h>

enum { ID_ROOM = 160, FILTER_ROOM = 8192 };

static const char *party_id(const struct docket *d, const struct party_key *k, char out[ID_ROOM])
{
	const struct view *v = d->view;
	struct addr a = { .fam = k->fam };
	struct who w;
	size_t n;

	memcpy(a.b, k->addr, 16);
	out[0] = 0;
	switch ((enum party_kind)k->kind) {
	case PARTY_NONE: break;
	case PARTY_ADDR:
		w = who_is(v, &a);
		if (k->bare || k->bits) {
			n = addr_text(&a, out);
			if (k->bits)
				(void)snprintf(out + n, ID_ROOM - n, "/%u", k->bits);
		} else {
			(void)who_id(v, &w, out);
		}
		break;
	case PARTY_ELEMENT:
		if (v->registered && v->registered[k->index] != REG_NONE)
			(void)snprintf(out, ID_ROOM, "%s", v->reg->elements.v[v->registered[k->index]].id.s);
		else if (model_element(v->model, k->index)->has_node)
			(void)model_element_id(v->model, k->index, out);
		else
			(void)addr_text(&model_element(v->model, k->index)->addr, out);
		break;
	case PARTY_REGISTERED: (void)snprintf(out, ID_ROOM, "%s", v->reg->elements.v[k->index].id.s); break;
	case PARTY_SUPPLIER: (void)snprintf(out, ID_ROOM, "%s", v->reg->suppliers.v[k->index].id.s); break;
	}
	return out;
}

static void finding_id(const struct docket *d, struct finding *f)
{
	static const char digits[] = "0123456789abcdef";
	char text[3 * ID_ROOM];
	uint8_t sha[32] = { 0 };
	int n = snprintf(text, sizeof(text), "%s\n%s\n%s", f->check->id, f->subject, f->object);

	if (d->view->sha256)
		d->view->sha256(text, (size_t)n, sha);
	memcpy(f->id, "F-", 2);
	for (unsigned i = 0; i < 12; i++)
		f->id[2 + i] = digits[i % 2 ? sha[i / 2] & 15 : sha[i / 2] >> 4];
	f->id[14] = 0;
}

/* ---- merging: cases of one check whose parties turned out to be the same ---- */

struct named { uint32_t kase; uint32_t check; const char *subject, *object; };

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = (int)x->check - (int)y->check;

	c = c ? c : strcmp(x->subject, y->subject);
	c = c ? c : strcmp(x->object, y->object);
	return c ? c : x->kase < y->kase ? -1 : x->kase > y->kase;
}

static int by_ground(const void *a, const void *b)
{
	const struct ground *x = a, *y = b;

	return x->input != y->input ? (x->input < y->input ? -1 : 1) : x->frame < y->frame ? -1 : x->frame > y->frame;
}

/* ---- filters ---- */

struct filter { char text[FILTER_ROOM]; size_t n; };

static void put(struct filter *f, const char *s)
{
	size_t n = strlen(s);

	if (f->n + n + 1 > sizeof(f->text))
		return;
	memcpy(f->text + f->n, s, n + 1);
	f->n += n;
}

static void put_frames(struct filter *f, const struct finding *x)
{
	char number[16];

	put(f, "frame.number in {");
	for (unsigned i = 0; i < x->nframes; i++) {
		if (i && x->frame[i].frame == x->frame[i - 1].frame)
			continue;
		(void)snprintf(number, sizeof(number), "%s%u", i ? ", " : "", x->frame[i].frame);
		put(f, number);
	}
	put(f, "}");
}

/* The names that Debian 12's Wireshark 4.0 has for the same fields. */
static void put_4_0(struct filter *to, const char *s)
{
	static const char *const names[][2] = { { "nas-5gs.", "nas_5gs." }, { "nas-eps.", "nas_eps." } };
	char one[2] = { 0, 0 };

	while (*s) {
		size_t i = 0;

		while (i < 2 && strncmp(s, names[i][0], strlen(names[i][0])))
			i++;
		if (i < 2) {
			put(to, names[i][1]);
			s += strlen(names[i][0]);
			continue;
		}
		one[0] = *s++;
		put(to, one);
	}
}

static void filters(struct docket *d, struct finding *x, const struct named *first, const struct named *end)
{
	struct filter f = { .n = 0 }, old = { .n = 0 };
	const char *seen[CASE_TERMS];
	unsigned n = 0;
	bool impure = false, wide = false;

	for (const struct named *k = first; k < end; k++) {
		const struct docket_case *c = table_at(&d->cases, k->kase);

		impure |= c->impure;
		wide |= c->terms_full;
		for (unsigned i = 0; i < c->nterms; i++) {
			const char *t = text_at(d, c->term[i]);
			unsigned s = 0;

			while (s < n && strcmp(seen[s], t))
				s++;
			if (s == n && n < CASE_TERMS)
				seen[n++] = t;
			else if (s == n)
				wide = true;
		}
	}
	if (wide) {
		n = 0;
		for (const struct named *k = first; k < end && n < CASE_TERMS; k++) {
			const char *t = text_at(d, ((struct docket_case *)table_at(&d->cases, k->kase))->wide);

			if (t)
				seen[n++] = t;
		}
	}
	for (unsigned i = 0; i < n; i++) {
		put(&f, n > 1 ? i ? " || (" : "(" : "");
		put(&f, seen[i]);
		put(&f, n > 1 ? ")" : "");
	}
	if (!n || (impure && x->frames_total <= FINDING_FRAMES)) {
		struct filter with = { .n = 0 };

		if (n) {
			put(&with, "(");
			put(&with, f.text);
			put(&with, ") && ");
		}
		put_frames(&with, x);
		f = with;
	}
	put_4_0(&old, f.text);
	x->filter = text_at(d, text_keep(d, f.text, f.n));
	x->filter_4_0 = text_at(d, text_keep(d, old.text, old.n));
}

/* ---- what it takes to make it again ---- */

static bool grounds_hold(const struct finding *x, const struct ground *g)
{
	for (unsigned i = 0; i < x->nframes && i < FINDING_GROUNDS; i++)
		if (x->frame[i].input == g->input && x->frame[i].frame == g->frame)
			return true;
	return false;
}

static unsigned add_context(struct ground *to, unsigned n, const struct ground *g, unsigned m)
{
	for (unsigned i = 0; i < m && n < FINDING_CONTEXT; i++)
		to[n++] = g[i];
	return n;
}

static unsigned of_party(const struct docket *d, const struct addr *at, uint8_t bits, struct ground *to, unsigned n)
{
	struct ground why[MODEL_WHY];

	return at->fam ? add_context(to, n, why, model_why_at(d->view->model, at, bits, why)) : n;
}

static void contexts(struct docket *d, struct finding *x, const struct named *first, const struct named *end)
{
	struct ground all[FINDING_CONTEXT], *to = d->contexts + (size_t)(x - d->finding) * FINDING_CONTEXT;
	unsigned n = 0;

	for (const struct named *k = first; k < end; k++) {
		const struct docket_case *c = table_at(&d->cases, k->kase);
		struct ground some[FINDING_CONTEXT];

		n = add_context(all, n, some, grounds_all(&d->context_kept, c->context, some, FINDING_CONTEXT));
		n = of_party(d, &c->subject_at, c->key.subject.bits, all, n);
		n = of_party(d, &c->object_at, c->key.object.bits, all, n);
	}
	qsort(all, n, sizeof(*all), by_ground);
	for (unsigned i = 0; i < n; i++)
		if ((!i || by_ground(&all[i - 1], &all[i])) && all[i].frame && !grounds_hold(x, &all[i]))
			to[x->ncontext++] = all[i];
	x->context = to;
}

/* ---- one finding ---- */

static void make(struct docket *d, struct finding *x, const struct named *first, const struct named *end, struct ground *room, unsigned *used)
{
	const struct docket_case *lead = table_at(&d->cases, first->kase);
	const char *title = lead->no_title ? NULL : text_at(d, lead->title);
	struct ground some[MODEL_FRAMES];
	enum severity said = SEV_NONE;
	unsigned n = 0, kept;

	*x = (struct finding){ .check = checks[first->check], .verdict = UNPROTECTED, .subject = first->subject, .object = first->object };
	for (const struct named *k = first; k < end; k++) {
		const struct docket_case *c = table_at(&d->cases, k->kase);

		if (c->violated) {
			x->verdict = VIOLATED;
			if (!lead->violated)
				lead = c;
		}
		said = (enum severity)c->severity > said ? (enum severity)c->severity : said;
		x->count += c->violated + c->unprotected;
		x->frames_total += c->frames_total;
		x->ues += c->ues;
		if (c->first_ns && (!x->first_ns || c->first_ns < x->first_ns))
			x->first_ns = c->first_ns;
		if (c->last_ns > x->last_ns)
			x->last_ns = c->last_ns;
		kept = grounds_get(&d->frames_kept, c->frames, some);
		kept = kept < FINDING_FRAMES - n ? kept : FINDING_FRAMES - n;
		memcpy(room + n, some, kept * sizeof(*some));
		n += kept;
		for (unsigned i = 0; i < c->nues && x->nues < FINDING_UES; i++)
			x->ue[x->nues++] = text_at(d, c->ue[i]);
		if (title && (c->no_title || !c->title || strcmp(text_at(d, c->title), title) != 0))
			title = NULL;
		if (c->options)
			x->options = text_at(d, c->options);
	}
	x->title = title ? title : x->check->title;
	x->reason = lead->reason ? text_at(d, lead->reason) : x->title;
	if (lead->terms_full && lead->wide) {		/* more than 32 ports between one pair is one scan */
		char many[SCRATCH];
		int len = snprintf(many, sizeof(many), "more than %u ports between the two, a scan; the first: %s", CASE_TERMS, x->reason);
		uint32_t at = text_keep(d, many, len < (int)sizeof(many) ? (size_t)len : sizeof(many) - 1);

		x->reason = at ? text_at(d, at) : x->reason;
	}
	qsort(room, n, sizeof(*room), by_ground);
	for (unsigned i = 0; i < n; i++) {		/* two elements at one address may rest on one frame */
		if (x->nframes && !by_ground(&room[x->nframes - 1], &room[i]))
			x->frames_total--;
		else
			room[x->nframes++] = room[i];
	}
	x->frame = room;
	n = x->nframes;
	*used += n;
	contexts(d, x, first, end);
	x->severity = policy_severity(d->view->policy, x->check->id, x->verdict == VIOLATED ? said ? said : x->check->severity : SEV_INFO);
	finding_id(d, x);
	filters(d, x, first, end);
	if (d->view->policy->accept.n) {
		uint32_t a = policy_accepts(d->view->policy, x->check->id, x->subject, x->object, d->view->at_ns);

		x->accepted = a == POLICY_NONE ? NULL : &d->view->policy->accept.v[a];
	}
}

/* ---- the words of the checks ---- */

static void words(struct docket *d)
{
	for (unsigned i = 0; i < d->nchecks; i++) {
		struct check_result *r = &d->result[i];
		const struct check *c = r->check;

		r->verdict = NOT_OBSERVED;
		for (unsigned v = VERDICTS; v-- > 0; )
			if (r->counts[v])
				r->verdict = (enum verdict)v;
		if (c->asked && !c->asked(d->view))
			r->verdict = c->wants_register && !d->view->reg ? NOT_DECIDABLE : OFF;
		switch (r->verdict) {
		case VIOLATED: r->reason = c->title; break;
		case UNPROTECTED: r->reason = "as observed; no rule is broken"; break;
		case CONFORM: r->reason = "everything on these taps that bears on it conforms"; break;
		case NOT_OBSERVED: r->reason = "nothing on these taps bears on it"; break;
		case NOT_DECIDABLE:
			r->reason = r->nundecided ? r->undecided[0].text : "there is no register; one, with the rules that go with it, would decide";
			break;
		case OFF: r->reason = "no rule asks for it"; break;
		}
	}
	for (uint32_t i = 0; i < d->nfindings; i++)
		for (unsigned k = 0; k < d->nchecks; k++)
			d->result[k].findings += d->result[k].check == d->finding[i].check;
}

static int by_weight(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int c = (int)y->severity - (int)x->severity;

	c = c ? c : (int)x->verdict - (int)y->verdict;
	c = c ? c : strcmp(x->check->id, y->check->id);
	c = c ? c : strcmp(x->subject, y->subject);
	return c ? c : strcmp(x->object, y->object);
}

static uint32_t name_cases(struct docket *d, struct named *list)
{
	char id[ID_ROOM];
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->cases.high; i++) {
		const struct docket_case *c = table_at(&d->cases, i);
		uint32_t s, o;

		if (!c->violated && !c->unprotected)
			continue;
		party_id(d, &c->key.subject, id);
		s = text_keep(d, id, strlen(id));
		party_id(d, &c->key.object, id);
		o = text_keep(d, id, strlen(id));
		if (!s || !o)
			d->refused++;
		else
			list[n++] = (struct named){ i, c->key.check, text_at(d, s), text_at(d, o) };
	}
	qsort(list, n, sizeof(*list), by_name);
	return n;
}

int fold(struct docket *d)
{
	struct named *list = malloc((d->cases.high + 1) * sizeof(*list));
	uint32_t n, end;
	unsigned used = 0;
	int err = FW_ENOMEM;

	if (!list)
		return err;
	n = name_cases(d, list);
	d->finding = calloc(n + 1, sizeof(*d->finding));
	d->frames = malloc(((size_t)n + 1) * FINDING_FRAMES * sizeof(*d->frames));
	d->contexts = malloc(((size_t)n + 1) * FINDING_CONTEXT * sizeof(*d->contexts));
	if (!d->finding || !d->frames || !d->contexts)
		goto done;
	for (uint32_t i = 0; i < n; i = end) {
		struct finding *x = &d->finding[d->nfindings++];
		const struct docket_case *c = table_at(&d->cases, list[i].kase);

		for (end = i + 1; end < n && list[end].check == list[i].check && !strcmp(list[end].subject, list[i].subject) &&
			!strcmp(list[end].object, list[i].object); end++)
			;
		make(d, x, &list[i], &list[end], d->frames + used, &used);
		x->subject_at = c->subject_at;
		x->object_at = c->object_at;
		x->would_be_standard = c->would_be_standard;
	}
	qsort(d->finding, d->nfindings, sizeof(*d->finding), by_weight);
	err = cover(d);
	words(d);
done:
	free(list);
	return err;
}
