/*
 * What a capsule says: a comment for the section and one for each packet, and the lines on standard output.  Nothing in the file
 * depends on where the record lies or when it was made: the same record gives the same bytes.
 */
#include "capsule.h"
#include "rederive.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MESSAGES = 8, MASKED_RANGES = 10, NAME_MOST = 200 };	/* Wireshark cuts a comment of more than 240 octets */

/* ---- which messages a packet shows ---- */

struct showing { struct capsule *c; bool full; };

static struct cited *cited_at(struct capsule *c, uint32_t input, uint32_t frame)
{
	size_t lo = 0, hi = c->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct frame *f = c->p[mid].f;

		if (f->input < input || (f->input == input && f->no < frame))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->n && c->p[lo].f->input == input && c->p[lo].f->no == frame ? &c->p[lo] : NULL;
}

/* The message's name by the rows that decode it, or NULL. */
static const char *message_name(const struct fact *f)
{
	static const struct { enum fact_kind kind; enum fact_key key; const char *protocol, *what; } rows[] = {
		{ FACT_NGAP, KEY_NGAP_procedureCode, "ngap", "procedure" }, { FACT_NAS5GS, KEY_NAS_mm_message_type, "nas5", "message" },
		{ FACT_NAS5GS, KEY_NAS_sm_message_type, "nas5", "message" }, { FACT_PFCP, KEY_PFCP_msg_type, "pfcp", "message" },
		{ FACT_GTP, KEY_GTP_message, "gtp", "message" }, { FACT_DNS, KEY_DNS_response, "dns", "message" },
		{ FACT_GTPV2, KEY_GTPV2_message_type, "gtpv2", "message" }, { FACT_GTPPRIME, KEY_GTP_message, "gtpprime", "message" },
		{ FACT_DIAMETER, KEY_DIAMETER_cmd_code, "diameter", "message" },
		{ FACT_S1AP, KEY_S1AP_procedureCode, "s1ap", "procedure" }, { FACT_NASEPS, KEY_NASEPS_emm_type, "naseps", "message" },
		{ FACT_NASEPS, KEY_NASEPS_esm_type, "naseps", "message" },
	};
	const struct item *x;
	struct fw_cover r;

	for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
		x = rows[k].kind == (enum fact_kind)f->kind ? span_key(fact_span(f), rows[k].key) : NULL;
		for (unsigned i = 0; x && fw_cover(i, &r); i++)
			if (r.id == x->v.u && !strcmp(r.protocol, rows[k].protocol) && !strcmp(r.what, rows[k].what))
				return r.name;
	}
	return NULL;
}

static void on_fact(void *ctx, const struct fact *f)
{
	struct showing *w = ctx;
	bool message = f->kind != FACT_TUNNEL && f->kind != FACT_CONTACT && f->kind != FACT_LOSS && f->len;
	struct cited *p = message ? cited_at(w->c, f->input, f->frame) : NULL;
	const char *name = p ? message_name(f) : NULL;
	char b[160];

	if (!p || p->nshows++ > SHOWN_MESSAGES)
		return;
	if (p->nshows > SHOWN_MESSAGES)
		(void)snprintf(b, sizeof(b), "\nShows more messages than these %d", SHOWN_MESSAGES);
	else
		(void)snprintf(b, sizeof(b), "\nShows %s%s%s, octets %u to %u", fact_kind_name((enum fact_kind)f->kind), name ? " " : "",
			name ? name : "", f->off, f->off + f->len - 1);
	octets_str(&p->shows, b);
	w->full |= p->shows.full;
}

int capsule_shows(struct capsule *c)
{
	const struct verify *v = c->v;
	struct showing w = { .c = c };
	const struct fw_config cfg = { .pools = v->cfg.pools, .npools = v->cfg.npools, .keep_inner = v->cfg.keep_inner, .masked = true, .fact = on_fact,
		.ctx = &w };
	struct frame *f = verify_ordered(v);	/* all of them: a message may lie in packets that the finding does not name */
	struct fw *fw = NULL;
	int err = f ? fw_new(&fw, &cfg) : FW_ENOMEM;

	if (err == FW_OK) {
		fw_feed(fw, f, v->retained);
		err = fw_end(fw);
	}
	fw_free(fw);
	free(f);
	return err == FW_OK && w.full ? FW_ENOMEM : err;
}

/* ---- comments ---- */

static void say(struct octets *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(struct octets *o, const char *fmt, ...)
{
	char b[1024];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(b, sizeof(b), fmt, ap);
	va_end(ap);
	if (n > 0)
		octets_add(o, b, n < (int)sizeof(b) ? (size_t)n : sizeof(b) - 1);
}

/* "F-0123456789ab CHECK, violated, high: subject and object" */
static void say_finding(struct octets *o, const struct capsule *c)
{
	octets_str(o, capsule_word(&c->id));
	octets_str(o, " ");
	octets_str(o, capsule_word(&c->check));
	octets_str(o, ", ");
	octets_str(o, capsule_word(&c->verdict));
	octets_str(o, ", ");
	octets_str(o, capsule_word(&c->severity));
	octets_str(o, ": ");
	octets_str(o, capsule_word(&c->subject));
	if (*capsule_word(&c->object)) {
		octets_str(o, " and ");
		octets_str(o, capsule_word(&c->object));
	}
	octets_str(o, "\n");
}

static void say_name(struct octets *o, const struct verify *v, uint32_t input)
{
	struct octets name = { 0 };
	const char *s = input < v->ninputs && v->name && v->name[input] ? v->name[input] : "?";

	capsule_clean(&name, s, strlen(s), NAME_MOST);
	octets_str(o, capsule_word(&name));
	o->full |= name.full;
	octets_free(&name);
}

/* Octets that are masked, and where. */
static uint32_t say_masked(struct octets *o, const struct cited *p)
{
	uint32_t total = 0, ranges = 0, from = 0;
	bool was = false;

	for (uint32_t i = 0; i <= p->f->caplen; i++) {
		bool now = i < p->f->caplen && p->bits[i / 8] >> i % 8 & 1;

		total += now;
		if (now && !was)
			from = i;
		if (!now && was && o && ranges++ < MASKED_RANGES)
			say(o, from + 1 == i ? "%s%u" : "%s%u to %u", ranges > 1 ? ", " : "", from, i - 1);
		was = now;
	}
	if (o && ranges > MASKED_RANGES)
		say(o, " and %u more ranges", ranges - MASKED_RANGES);
	return total;
}

static void packet_says(struct octets *o, const struct capsule *c, const struct cited *p)
{
	char comment[PACKET_COMMENT];
	uint32_t masked = say_masked(NULL, p);
	const struct evidence_packet e = { .input = p->f->input, .frame = p->f->no };

	o->n = 0;
	say_finding(o, c);
	if (p->ground)
		say(o, c->grounds == 1 ? "Its ground" : "Ground %u of %u", p->ground, c->grounds);
	else
		say(o, "Context, no ground: it takes this packet to make the finding again");
	say(o, ": frame %u of ", p->f->no);
	say_name(o, c->v, p->f->input);
	if (p->nshows)
		octets_add(o, p->shows.b, p->shows.n);
	else
		octets_str(o, "\nShows who speaks to whom, by its headers: no message was read in it");
	if (masked) {
		say(o, "\nMasked, zero here: %u of %u octets, ", masked, p->f->caplen);
		(void)say_masked(o, p);
	} else {
		octets_str(o, "\nMasked: nothing");
	}
	packet_comment(&e, p->leaf, comment);		/* as in the record's packets.pcapng */
	say(o, "\n%s", comment);
	octets_add(o, "", 1);
}

/* A filter as it works here: frames have other numbers, and their own as packet ids. */
static void say_filter(struct octets *o, const char *filter)
{
	static const char from[] = "frame.number", to[] = "frame.packet_id";

	for (const char *at; (at = strstr(filter, from)); filter = at + sizeof(from) - 1) {
		octets_add(o, filter, (size_t)(at - filter));
		octets_str(o, to);
	}
	octets_str(o, filter);
}

/* Title and reason, which are written without a capital and a full stop. */
static void say_reason(struct octets *o, const struct capsule *c)
{
	const char *s = capsule_word(&c->title);

	if (*s) {
		octets_add(o, *s >= 'a' && *s <= 'z' ? &"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[*s - 'a'] : s, 1);
		octets_str(o, s + 1);
		octets_str(o, ": ");
	}
	octets_str(o, capsule_word(&c->reason));
	octets_str(o, ".\n");
}

static void section_says(struct octets *o, const struct capsule *c)
{
	const struct verify *v = c->v;
	uint32_t input = UINT32_MAX;

	octets_str(o, "Fair Witness capsule of the finding ");
	say_finding(o, c);
	say_reason(o, c);
	say(o, "%zu packet%s%s", c->n, c->n == 1 ? "" : "s", c->o->context && c->others ? ", with those that it takes to make the finding again" : "");
	if (c->frames_total > c->grounds)
		say(o, "; the finding cites %llu, of which a record retains the first %u", (unsigned long long)c->frames_total, c->grounds);
	octets_str(o, ". Identities, keys, payload, what no decoder read, and checksums over them are zero.\n");
	if (c->complete)
		octets_str(o, "The finding rests on an absence, which packets alone do not show: it takes the whole capture.\n");
	octets_str(o, "\nDisplay filter: ");
	say_filter(o, capsule_word(&c->filter));
	if (strcmp(capsule_word(&c->filter), capsule_word(&c->filter_4_0))) {
		octets_str(o, "\nBefore Wireshark 4.2: ");
		say_filter(o, capsule_word(&c->filter_4_0));
	}
	octets_str(o, "\nA filter that asks for what is masked shows less here than in the capture");
	octets_str(o, c->others && !c->o->context ? "; of what came in parts it shows nothing without the other parts, which --context adds.\n\nFrom:\n" : ".\n\nFrom:\n");
	for (size_t i = 0; i < c->n; i++) {
		char hex[HEX_SHA] = "no SHA-256 (--no-digest)";

		if (c->p[i].f->input == input)
			continue;
		input = c->p[i].f->input;
		if (input < v->ninputs && v->input[input].sha.there)
			sha_hex(v->input[input].sha.sha, hex);
		say(o, "input %u ", input);
		say_name(o, v, input);
		say(o, ", %s\n", hex);
	}
	say(o, "\nThe record of which this is a part: leaf %u is the finding; its checkpoint follows, to be kept:\n\n", c->leaf);
	octets_add(o, v->note.b, v->note.n);
	octets_str(o, "\nTo verify, get the record, and the log's public key on another way:\n"
		"fairwitness verify DIR --key LOG.PUB --checkpoint FILE (the five lines above)\n");
	say(o, "fairwitness capsule DIR %s -o again.pcapng%s makes this file again, byte for byte\n", capsule_word(&c->id),
		c->o->context ? " --context" : "");
	octets_str(o, "The leaf in a packet's comment is its line's in evidence/packets.jsonl, which leads to the checkpoint: fairwitness-evidence(7).\n");
	octets_add(o, "", 1);
}

static struct evidence_packet packet_of(const struct frame *f)
{
	return (struct evidence_packet){ .input = f->input, .wirelen = f->wirelen, .caplen = f->caplen, .frame = f->no, .t_ns = f->t_ns,
		.link = f->link };
}

int capsule_file(struct capsule *c)
{
	struct octets text = { 0 };
	struct pcapng g = { 0 };
	char program[PCAPNG_PROGRAM];
	int err = FW_OK;

	(void)snprintf(program, sizeof(program), CAPSULE_PROGRAM " %s", fw_version());
	section_says(&text, c);
	pcapng_section(&c->file, text.full ? "" : text.b, program);
	for (size_t i = 0; err == FW_OK && i < c->n; i++) {
		struct evidence_packet p = packet_of(c->p[i].f);

		text.n = 0;
		say_name(&text, c->v, p.input);
		octets_add(&text, "", 1);
		err = text.full ? FW_ENOMEM : pcapng_described(&g, &c->file, &p, text.b);
	}
	for (size_t i = 0; err == FW_OK && i < c->n; i++) {
		struct evidence_packet p = packet_of(c->p[i].f);

		packet_says(&text, c, &c->p[i]);
		err = text.full ? FW_ENOMEM : pcapng_packet(&g, &c->file, &p, c->p[i].f->data, text.b);
	}
	pcapng_free(&g);
	octets_free(&text);
	return err == FW_OK && c->file.full ? FW_ENOMEM : err;
}

/* ---- standard output ---- */

/* In single quotes for a shell. */
static void say_quoted(struct octets *o, const char *s)
{
	octets_str(o, "'");
	for (; *s; s++)
		octets_add(o, *s == '\'' ? "'\\''" : s, *s == '\'' ? 4 : 1);
	octets_str(o, "'");
}

int capsule_say(const struct capsule *c)
{
	const struct verify_line *line = c->v->r->line;
	struct octets o = { 0 }, clean = { 0 }, filter = { 0 };
	uint64_t octets = 0, masked = 0;
	int err;

	for (size_t i = 0; i < c->n; i++) {
		octets += c->p[i].f->caplen;
		masked += say_masked(NULL, &c->p[i]);
	}
	capsule_clean(&clean, c->o->out, strlen(c->o->out), 4096);
	say_finding(&o, c);
	octets_str(&o, "  ");
	say_reason(&o, c);
	if (c->frames_total > c->grounds)
		say(&o, "\nNOT ALL: the finding cites %llu packets; a record retains the first %u, and those are here. The others are in the capture "
			"only.\n", (unsigned long long)c->frames_total, c->grounds);
	if (c->complete)
		octets_str(&o, "\nThe finding rests on an absence, which packets alone do not show: it takes the whole capture.\n");
	say(&o, "\nWritten: %zu packet%s, ", c->n, c->n == 1 ? "" : "s");
	if (c->frames_total <= c->grounds)
		octets_str(&o, c->grounds == 1 ? "the one that the finding cites, " : "all that the finding cites, ");
	if (c->others)
		say(&o, "with%s %u that it takes to make the finding again%s, ", c->o->context ? "" : "out", c->others,
			c->o->context ? "" : " (--context; of what came in parts the filter shows nothing without the others)");
	say(&o, "each with a comment; %llu of %llu octets are masked and zero.\n", (unsigned long long)masked, (unsigned long long)octets);
	octets_str(&o, "Checked before, as verify does:\n");
	for (int i = 0; i < VERIFY_NAMES; i++)
		if (i == SHOWS_SIGNER || i == SHOWS_INTEGRITY || i == SHOWS_INCLUSION || i == SHOWS_CORE)
			say(&o, "  %-16s %-10s %s\n", verify_name((enum verify_name)i), verify_word(line[i].word), line[i].reason);
	octets_str(&o, "\nOpen it:  wireshark ");
	say_quoted(&o, capsule_word(&clean));
	octets_str(&o, "\nOr:       tshark -r ");
	say_quoted(&o, capsule_word(&clean));
	if (c->null_decipher)
		octets_str(&o, " -o nas-5gs.null_decipher:TRUE");
	octets_str(&o, " -Y ");
	say_filter(&filter, capsule_word(&c->filter_4_0));
	octets_add(&filter, "", 1);
	say_quoted(&o, filter.full ? "" : filter.b);
	octets_str(&o, "\n");
	err = o.full || clean.full || filter.full || write_all(1, o.b, o.n) != FW_OK;
	octets_free(&o);
	octets_free(&clean);
	octets_free(&filter);
	return err;
}
