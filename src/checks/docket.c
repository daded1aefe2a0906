/* The docket: wakes the checks, and keeps what they put on it, one case a check, subject and object. */
#include "docket.h"

#include "err.h"
#include "region.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

const char *verdict_name(enum verdict v)
{
	static const char *const names[] = { "violated", "not-decidable", "unprotected", "conform", "not-observed", "off" };

	return names[v];
}

uint32_t text_keep(struct docket *d, const char *s, size_t n)
{
	uint32_t at = d->ntext;

	if (!s || n + 1 > TEXT_ROOM - (size_t)at)
		return 0;
	memcpy(d->text + at, s, n);
	d->text[at + n] = 0;
	d->ntext += (uint32_t)n + 1;
	return at;
}

static void wake_up(struct docket *d, unsigned check, const struct waking *w)
{
	for (int t = 0; t < 256; t++)
		if (w->type == ANY_TYPE || w->type == t)
			d->wake[w->kind][t] |= 1ull << check;
}

int docket_new(struct docket **out, struct view *v, const struct docket_config *cfg)
{
	struct docket *d = calloc(1, sizeof(*d));

	*out = NULL;
	if (!d)
		return FW_ENOMEM;
	d->view = v;
	while (checks[d->nchecks])
		d->nchecks++;
	d->result = calloc(d->nchecks, sizeof(*d->result));
	d->text = region_reserve(TEXT_ROOM);
	if (!d->result || !d->text || ground_pool_init(&d->frames_kept, CASE_CHUNKS) != FW_OK || ground_pool_init(&d->context_kept, CONTEXT_CHUNKS) != FW_OK ||
	    table_init(&d->cases, sizeof(struct case_key), sizeof(struct docket_case), cfg->cases ? cfg->cases : CASES, &cfg->hash) != FW_OK) {
		docket_free(d);
		return FW_ENOMEM;
	}
	d->ntext = 1;
	for (unsigned i = 0; i < d->nchecks; i++) {
		d->result[i].check = checks[i];
		for (unsigned k = 0; k < checks[i]->nwakes; k++)
			wake_up(d, i, &checks[i]->wakes[k]);
	}
	*out = d;
	return FW_OK;
}

void docket_free(struct docket *d)
{
	if (!d)
		return;
	table_free(&d->cases);
	free(d->result);
	ground_pool_free(&d->frames_kept);
	ground_pool_free(&d->context_kept);
	region_release(d->text, TEXT_ROOM);
	free(d->finding);
	free(d->frames);
	free(d->contexts);
	free(d);
}

const char *docket_text(struct docket *d, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(d->reason_room, sizeof(d->reason_room), fmt, ap);
	va_end(ap);
	return d->reason_room;
}

const char *docket_filter(struct docket *d, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(d->filter_room, sizeof(d->filter_room), fmt, ap);
	va_end(ap);
	return d->filter_room;
}

/* ---- adding ---- */

static struct party_key key_of(const struct party *p)
{
	struct party_key k = { .kind = p->kind, .bare = p->bare, .index = p->kind == PARTY_ADDR ? 0 : p->index };

	if (p->kind == PARTY_ADDR) {
		k.fam = p->addr.fam;
		k.bits = p->bits;
		memcpy(k.addr, p->addr.b, 16);
	}
	return k;
}

/* Frames come in order; one that holds two such messages counts once. */
static void add_frame(struct docket *d, struct docket_case *c, uint32_t input, uint32_t frame)
{
	if (c->last.frame == frame && c->last.input == input)
		return;
	c->last = (struct ground){ input, frame };
	if (c->frames_total++ < FINDING_FRAMES)
		c->frames = grounds_add(&d->frames_kept, c->frames, input, &(struct frames){ &frame, 1, 1 }, &d->refused);
}

static void add_context(struct docket *d, struct docket_case *c, const struct ground *g, unsigned n)
{
	struct ground have[FINDING_CONTEXT];
	unsigned kept = grounds_all(&d->context_kept, c->context, have, FINDING_CONTEXT), k;

	for (unsigned i = 0; i < n; i++) {
		for (k = 0; k < kept && (have[k].frame != g[i].frame || have[k].input != g[i].input); k++)
			;
		if (k < kept || !g[i].frame)
			continue;
		if (kept == FINDING_CONTEXT) {
			d->refused++;
			return;
		}
		have[kept++] = g[i];
		c->context = grounds_put(&d->context_kept, c->context, g[i], &d->refused);
	}
}

/* What the verdict rests on besides x's own packets, as long as those are retained. */
static void rests_on(struct docket *d, struct docket_case *c, const struct instance *x)
{
	struct ground why[MODEL_WHY];

	if (c->frames_total >= FINDING_GROUNDS)
		return;
	if (x->fact)
		add_context(d, c, why, model_why_last(d->view->model, why));
	if (x->end)
		add_context(d, c, why, model_why_end(d->view->model, x->end - 1, why));
	add_context(d, c, x->context, x->ncontext);
	if (x->all)
		add_context(d, c, x->ground, x->nground);
}

static void add_term(struct docket *d, struct docket_case *c, const char *filter)
{
	for (unsigned i = 0; i < c->nterms; i++)
		if (!strcmp(text_at(d, c->term[i]), filter))
			return;
	if (c->nterms == CASE_TERMS) {
		c->terms_full = 1;
		return;
	}
	c->term[c->nterms] = text_keep(d, filter, strlen(filter));
	if (c->term[c->nterms])
		c->nterms++;
}

static void add_ue(struct docket *d, struct docket_case *c, const char *ue, unsigned n)
{
	uint32_t end = 0;

	for (unsigned i = n < 4 ? 0 : n - 4; i < n; i++)
		end = end << 8 | (uint8_t)ue[i];
	for (unsigned i = 0; i < c->nues; i++)
		if (c->ue_end[i] == end && !strncmp(text_at(d, c->ue[i]), ue, n) && !text_at(d, c->ue[i])[n])
			return;
	c->ues++;
	if (c->nues < FINDING_UES && (c->ue[c->nues] = text_keep(d, ue, n)))
		c->ue_end[c->nues++] = end;
}

static void undecided(struct docket *d, struct check_result *r, const struct instance *x, uint64_t n)
{
	const char *text = x->reason ? x->reason : "";

	for (unsigned i = 0; i < r->nundecided; i++)
		if (!strcmp(r->undecided[i].text, text)) {
			r->undecided[i].n += n;
			return;
		}
	if (r->nundecided < CHECK_REASONS) {
		uint32_t at = text_keep(d, text, strlen(text));

		if (at)
			r->undecided[r->nundecided++] = (struct reason){ text_at(d, at), n };
	}
}

/* A contact's packets and filters, in the caller's room. */
struct shown { struct ground ground[MODEL_FRAMES]; char term[CONTACT_TERM], pair[CONTACT_TERM]; };

static void show_contact(const struct view *v, struct instance *x, struct shown *room)
{
	const struct contact_rec *c = model_contact(v->model, x->contact - 1);

	x->ground = room->ground;
	x->nground = model_contact_frames(v->model, x->contact - 1, room->ground);
	x->frames_total = model_contact_frames_total(v->model, x->contact - 1);
	x->filter = term_contact(v, c, room->term);
	x->wide = term_pair(v, c, room->pair);
	x->pin |= v->fragments || c->outer == OUTER_SEVERAL;	/* the filter may show fragments of another port, too; or what a tunnel carries */
}

static void add_finding(struct docket *d, struct docket_case *c, const struct instance *x, uint32_t index)
{
	enum severity s = x->severity ? x->severity : checks[d->current]->severity;

	rests_on(d, c, x);
	if (x->verdict == VIOLATED ? !c->violated : !c->reason) {
		uint32_t at = x->reason ? text_keep(d, x->reason, strlen(x->reason)) : 0;

		c->reason = at ? at : c->reason;
	}
	if (!x->title || (c->title && strcmp(text_at(d, c->title), x->title) != 0))
		c->no_title = 1;
	else if (!c->title)
		c->title = text_keep(d, x->title, strlen(x->title));
	if (x->verdict == VIOLATED && s > c->severity)
		c->severity = (uint8_t)s;
	if (x->filter)
		add_term(d, c, x->filter);
	if (x->wide && !c->wide)
		c->wide = text_keep(d, x->wide, strlen(x->wide));
	if (x->tshark && !c->options)
		c->options = text_keep(d, x->tshark, strlen(x->tshark));
	if (x->fact) {
		add_frame(d, c, x->fact->input, x->fact->frame);	/* a filter shows a message in the frame that ends it */
		d->recent[d->hand++ % RECENT] = (struct recent){ x->fact->n, index };
	}
	for (unsigned i = 0; i < x->nground; i++)
		add_frame(d, c, x->ground[i].input, x->ground[i].frame);
	if (x->frames_total > x->nground)
		c->frames_total += x->frames_total - x->nground;
	if (x->ue)
		add_ue(d, c, x->ue, x->nue);
}

bool docket_said(const struct docket *d, const struct instance *x)
{
	struct case_key key = { .check = d->current, .subject = key_of(&x->subject), .object = key_of(&x->object) };
	uint32_t i = table_seek_of(&d->cases, &key, sizeof(key));

	if (x->fact && (x->fact->outer || x->fact->decrypted))		/* the filter of what a tunnel carried is another one, and of what was opened */
		return false;
	return i != TABLE_NONE && ((const struct docket_case *)table_at(&d->cases, i))->said >> (x->slot - 1) & 1;
}

void docket_add(struct docket *d, const struct instance *x)
{
	struct case_key key = { .check = d->current, .subject = key_of(&x->subject), .object = key_of(&x->object) };
	struct check_result *r = &d->result[d->current];
	uint64_t n = x->count ? x->count : 1, first = x->first_ns ? x->first_ns : x->fact ? x->fact->t_ns : 0,
		last = x->last_ns ? x->last_ns : x->fact ? x->fact->t_ns : 0;
	struct docket_case *c;
	uint32_t i;
	bool made;

	r->counts[x->verdict] += n;
	if (x->verdict == NOT_DECIDABLE)
		undecided(d, r, x, n);
	if (x->verdict != VIOLATED && x->verdict != UNPROTECTED && (x->apart || !x->fact))
		return;			/* nothing else depends on it */
	i = table_take_of(&d->cases, &key, sizeof(key), &made);
	if (i == TABLE_NONE) {
		d->refused++;
		return;
	}
	c = table_at(&d->cases, i);
	if (made) {
		c->subject_at = x->subject.addr;
		c->object_at = x->object.addr;
		c->would_be_standard = 1;
	}
	if (x->verdict == VIOLATED || x->verdict == UNPROTECTED) {
		struct instance all = *x;
		struct shown room;
		char number[32];

		if (x->contact && !x->filter)
			show_contact(d->view, &all, &room);
		if (x->fact && x->fact->decrypted) {	/* who has no key log sees none of it: the frame alone can be named */
			(void)snprintf(number, sizeof(number), "frame.number == %u", x->fact->frame);
			all.filter = number;
			all.tshark = NULL;
			all.slot = 0;
		}
		add_finding(d, c, &all, i);
		c->would_be_standard &= x->would_be_standard;
		c->impure |= all.pin;
		if (all.slot)
			c->said |= 1u << (all.slot - 1);
		if (first && (!c->first_ns || first < c->first_ns))
			c->first_ns = first;
		if (last > c->last_ns)
			c->last_ns = last;
		*(x->verdict == VIOLATED ? &c->violated : &c->unprotected) += n;
	} else {
		c->impure = 1;			/* the same filter may show this one too */
	}
}

void docket_conforms(struct docket *d)
{
	d->result[d->current].counts[CONFORM]++;
}

void docket_withdraw(struct docket *d)
{
	struct check_result *r = &d->result[d->current];

	r->counts[CONFORM] += r->counts[VIOLATED];
	r->counts[VIOLATED] = 0;
	for (uint32_t i = 0; i < d->cases.high; i++) {
		struct docket_case *c = table_at(&d->cases, i);

		if (c->key.check == d->current)
			c->violated = 0;
	}
}

void docket_share(struct docket *d, const struct share_result *s)
{
	struct share_result *to = &d->share[d->nshares];

	if (d->nshares == SHARES_MAX) {
		d->refused++;
		return;
	}
	*to = *s;
	to->supplier = text_at(d, text_keep(d, s->supplier, strlen(s->supplier)));
	if (!to->supplier)
		to->supplier = "";
	d->nshares++;
}

/* ---- waking ---- */

_Static_assert(FACT_KINDS <= 64, "a bit a kind: check.reads");

static const uint16_t type_key[FACT_KINDS] = {
	[FACT_NGAP] = KEY_NGAP_procedureCode, [FACT_NAS5GS] = KEY_NAS_mm_message_type, [FACT_PFCP] = KEY_PFCP_msg_type, [FACT_GTP] = KEY_GTP_message,
	[FACT_GTPV2] = KEY_GTPV2_message_type, [FACT_S1AP] = KEY_S1AP_procedureCode, [FACT_NASEPS] = KEY_NASEPS_emm_type,
};

static unsigned type_of(const struct fact *f)
{
	uint16_t key = type_key[f->kind];

	for (const struct item *i = f->item, *end = i + f->nitem; key && i < end; i++)
		if (i->key == key)
			return (uint8_t)i->v.u;
	return 0;
}

/* A copy of a message: its frame belongs to what the first was put on the docket for. */
static void copy_of(struct docket *d, const struct fact *f)
{
	for (unsigned i = 0; i < RECENT; i++)
		if (d->recent[i].n == f->dup)
			add_frame(d, table_at(&d->cases, d->recent[i].kase), f->input, f->frame);
}

/* What could not be read leaves every check that would have read it undecided, on that link. */
static void hole(struct docket *d, const struct fact *f, uint64_t kinds, const char *reason)
{
	struct instance x = fact_instance(f);

	x.verdict = NOT_DECIDABLE;
	x.reason = reason;
	x.apart = f->kind == FACT_LOSS;
	for (unsigned i = 0; i < d->nchecks; i++) {
		if (!(checks[i]->reads & kinds) || (checks[i]->asked && !checks[i]->asked(d->view)))
			continue;
		d->current = i;
		docket_add(d, &x);
	}
}

/* Nothing of it is missing, nor what it answers: most are. */
static bool read_whole(const struct docket *d, const struct fact *f)
{
	return f->kind != FACT_LOSS && (f->outcome == OUT_OK || f->outcome == OUT_ENCRYPTED) && !model_last(d->view->model)->orphan;
}

static void holes(struct docket *d, const struct fact *f)
{
	static const struct { uint8_t proto; uint64_t kinds; const char *what; } carried[] = {
		{ 132, 1ull << FACT_NGAP | 1ull << FACT_NAS5GS | 1ull << FACT_DIAMETER | 1ull << FACT_S1AP | 1ull << FACT_NASEPS, "messages on SCTP are missing from the capture" },
		{ 17, 1ull << FACT_PFCP | 1ull << FACT_GTP | 1ull << FACT_DNS | 1ull << FACT_GTPV2, "fragments of messages on UDP are missing from the capture" },
		{ 6, 1ull << FACT_DNS | 1ull << FACT_DIAMETER, "part of a TCP stream is missing from the capture" },
	};

	if (f->kind == FACT_LOSS) {
		for (size_t i = 0; i < sizeof(carried) / sizeof(carried[0]); i++)
			if (!f->transport || carried[i].proto == f->transport)
				hole(d, f, carried[i].kinds, carried[i].what);
		return;
	}
	switch ((enum outcome)f->outcome) {
	case OUT_CUT: hole(d, f, 1ull << f->kind, "a message is cut off by the capture"); break;
	case OUT_SHORT:
	case OUT_VALUE: hole(d, f, 1ull << f->kind, "a message is malformed and was not read to its end"); break;
	case OUT_LIMIT: hole(d, f, 1ull << f->kind, "a message is larger than what is read of one"); break;
	case OUT_OK:
	case OUT_UNKNOWN:
	case OUT_ENCRYPTED:
	case OUTCOMES: break;
	}
	if (f->kind == FACT_NGAP && model_last(d->view->model)->orphan)
		hole(d, f, 1ull << FACT_NGAP, "an NGAP response's request is not in the capture");
	if (f->kind == FACT_S1AP && model_last(d->view->model)->orphan)
		hole(d, f, 1ull << FACT_S1AP, "an S1AP response's request is not in the capture");
	if (f->kind == FACT_PFCP && model_last(d->view->model)->orphan)
		hole(d, f, 1ull << FACT_PFCP, "a PFCP response's request is not in the capture");
}

void docket_fact(struct docket *d, const struct fact *f)
{
	uint64_t awake;

	if (f->dup) {
		copy_of(d, f);
		return;
	}
	if (!read_whole(d, f) && f->kind != FACT_TUNNEL && f->kind != FACT_CONTACT)
		holes(d, f);
	if (f->kind == FACT_LOSS)
		return;
	awake = d->wake[f->kind][type_of(f)];
	for (; awake; awake &= awake - 1) {
		d->current = (uint32_t)__builtin_ctzll(awake);
		if (!checks[d->current]->asked || checks[d->current]->asked(d->view))
			checks[d->current]->on_fact(d->view, f, d);
	}
}

int docket_end(struct docket *d)
{
	struct explanation x;
	uint64_t on = 0, all = 0, element_only = 0;		/* a bit each: asked for; of them, those that look at contacts */
	int err = view_settle(d->view);

	if (err != FW_OK)
		return err;
	if (!d->view->at_ns)		/* the UTC day of the last packet */
		d->view->at_ns = d->view->last_ns - d->view->last_ns % 86400000000000ull;
	for (unsigned i = 0; i < d->nchecks; i++) {
		uint64_t bit = (uint64_t)(!checks[i]->asked || checks[i]->asked(d->view)) << i;

		on |= bit;
		all |= checks[i]->on_contact ? bit : 0;
		element_only |= checks[i]->elements_only ? bit : 0;
	}
	for (uint32_t c = 0; all && c < model_contacts(d->view->model); c++) {
		bool element = contact_of_element(d->view, model_contact(d->view->model, c));

		/* what no element takes part in is nobody's to explain */
		if (element)
			explain_contact(d->view, c, &x);
		else
			x = (struct explanation){ .kind = EXPLAINED_NOT };
		for (uint64_t left = element ? all : all & ~element_only; left; left &= left - 1) {
			d->current = (uint32_t)__builtin_ctzll(left);
			checks[d->current]->on_contact(d->view, c, &x, d);
		}
	}
	for (unsigned i = 0; i < d->nchecks; i++) {
		d->current = i;
		if (on >> i & 1 && checks[i]->at_end)
			checks[i]->at_end(d->view, d);
	}
	return fold(d);
}

uint32_t docket_findings(const struct docket *d) { return d->nfindings; }
const struct finding *docket_finding(const struct docket *d, uint32_t i) { return &d->finding[i]; }
uint64_t docket_refused(const struct docket *d) { return d->refused; }
const struct view *docket_view(const struct docket *d) { return d->view; }

const struct check_result *docket_results(const struct docket *d, unsigned *n)
{
	*n = d->nchecks;
	return d->result;
}

const struct share_result *docket_shares(const struct docket *d, unsigned *n)
{
	*n = d->nshares;
	return d->share;
}
