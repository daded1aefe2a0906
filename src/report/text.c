/*
 * The summary of an audit: what runs, who talks to whom, which protections were seen, and what
 * could not be seen and why.  For a terminal; everything in it is also in report.json.
 */
#include "say.h"

#include "err.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>

/* A part cannot be told: then none is worth anything. */
static void no_memory(struct out *o)
{
	if (!o->err)
		o->err = FW_ENOMEM;
}

static void span_of_time(struct out *o, const struct report *r)
{
	uint64_t first = 0, last = 0, packets = 0;
	char a[TIME_TEXT], b[TIME_TEXT], size[24];

	for (uint32_t i = 0; i < r->ninputs; i++) {
		const struct report_input *in = &r->input[i];

		packets += in->packets;
		if (!in->packets)
			continue;
		if (!first || in->first_ns < first)
			first = in->first_ns;
		if (in->last_ns > last)
			last = in->last_ns;
	}
	say(o, "%s%llu packet%s%s", bold(o), (unsigned long long)packets, plural(packets), plain(o));
	say(o, " (%s of IP) in %u file%s", bytes_text(r->stats.bytes, size), r->ninputs, plural(r->ninputs));
	if (packets)
		say(o, ", %s to %s UTC", when(first, a), when(last, b));
	say(o, "\n");
}

/* ---- what runs ---- */

static void list_attrs(const struct report *r, const struct element *e, enum attr_kind kind, char *out, size_t room, unsigned most)
{
	size_t at = 0;
	unsigned n = 0, left = 0;

	out[0] = 0;
	for (const struct attr *a = model_attr(r->model, e->attrs); a; a = model_attr(r->model, a->next)) {
		char text[160];

		if (a->kind != kind)
			continue;
		if (n == most || at + 60 > room) {
			left++;
			continue;
		}
		switch (kind) {
		case ATTR_EVIDENCE:
		case ATTR_NAME: clean(text, sizeof(text), model_text(r->model, a->text), a->len); break;
		case ATTR_ADDR: addr_text(&a->addr, text); break;
		case ATTR_PLMN: (void)snprintf(text, sizeof(text), "%s", a->plmn); break;
		case ATTR_TAC: (void)snprintf(text, sizeof(text), "%u", a->tac); break;
		}
		at += (size_t)snprintf(out + at, room - at, "%s%.*s", n ? ", " : "", 48, text);
		n++;
	}
	if (left)
		(void)snprintf(out + at, room - at, " and %u more", left);
}

static void roles_text(uint64_t set, char *out, size_t room)
{
	size_t at = 0;

	out[0] = 0;
	for (unsigned k = 0; k < ROLES; k++) {
		/* an SMF is a PFCP-CP and a UPF a PFCP-UP: said once */
		if (!(set >> k & 1) || (k == ROLE_PFCP_CP && set & (ROLE_BIT(ROLE_SMF) | ROLE_BIT(ROLE_SGW_C) | ROLE_BIT(ROLE_PGW_C))) ||
		    (k == ROLE_PFCP_UP && set & (ROLE_BIT(ROLE_UPF) | ROLE_BIT(ROLE_SGW_U) | ROLE_BIT(ROLE_PGW_U))))
			continue;
		at += (size_t)snprintf(out + at, room - at, "%s%s", at ? "+" : "", role_name((enum role)k));
		if (at >= room)
			return;
	}
}

enum { SHOW_ELEMENTS = 60, SHOW_CONTACTS = 40, WIDTH_MIN = 60, WIDTH_UNKNOWN = 110 };

/* A piece of a line, on the next one when the line is full. */
static void piece(struct out *o, unsigned *col, unsigned indent, const char *text)
{
	unsigned n = (unsigned)strlen(text);

	if (*col > indent && *col + 2 + n > o->width) {
		say(o, "\n%*s", (int)indent, "");
		*col = indent;
	} else if (*col > indent) {
		say(o, "  ");
		*col += 2;
	}
	say(o, "%s", text);
	*col += n;
}

static void labelled(struct out *o, unsigned *col, unsigned indent, const char *label, const char *text, const char *end)
{
	char b[320];

	if (!text[0])
		return;
	(void)snprintf(b, sizeof(b), "%s%s%s", label, text, end);
	piece(o, col, indent, b);
}

static void one_element(struct out *o, const struct report *r, uint32_t i, unsigned wroles, unsigned wid)
{
	const struct element *e = model_element(r->model, i);
	char id[ELEMENT_ID], roles[64], text[256], frame[32] = "";
	unsigned indent = wroles + wid + 6, col = indent;

	(void)report_element_id(r, i, id);
	roles_text(report_element_roles(r, i), roles, sizeof(roles));
	say(o, "  %s%-*s%s  %-*s  ", bold(o), (int)wroles, roles, plain(o), (int)wid, id);
	list_attrs(r, e, ATTR_NAME, text, sizeof(text), 3);
	labelled(o, &col, indent, "\"", text, "\"");
	list_attrs(r, e, ATTR_PLMN, text, sizeof(text), 4);
	labelled(o, &col, indent, "PLMN ", text, "");
	list_attrs(r, e, ATTR_TAC, text, sizeof(text), 6);
	labelled(o, &col, indent, "TAC ", text, "");
	list_attrs(r, e, ATTR_ADDR, text, sizeof(text), 4);
	labelled(o, &col, indent, "", text, "");
	if (e->ngrounds) {
		(void)snprintf(frame, sizeof(frame), "(frame %u%s)", e->ground[0].frame, e->ngrounds > 1 ? ", ..." : "");
		labelled(o, &col, indent, "", frame, "");
	}
	say(o, "\n");
}

/* In the order of the signal: RAN nodes, AMFs, SMFs, user planes. */
static void what_runs(struct out *o, const struct report *r)
{
	uint32_t n = model_elements(r->model), shown[SHOW_ELEMENTS];
	unsigned nshown = 0, left = 0, wroles = 4, wid = 8;
	char id[ELEMENT_ID], roles[64];

	title(o, "What runs");
	for (unsigned role = 0; role < ROLES; role++)
		for (uint32_t i = 0; i < n; i++) {
			const struct element *e = model_element(r->model, i);

			if (!e->roles || !report_leads(r, i) || (unsigned)__builtin_ctzll(report_element_roles(r, i)) != role)
				continue;
			if (nshown == SHOW_ELEMENTS) {
				left++;
				continue;
			}
			shown[nshown++] = i;
			roles_text(report_element_roles(r, i), roles, sizeof(roles));
			wroles = strlen(roles) > wroles ? (unsigned)strlen(roles) : wroles;
			(void)report_element_id(r, i, id);
			wid = strlen(id) > wid ? (unsigned)strlen(id) : wid;
		}
	for (unsigned i = 0; i < nshown; i++)
		one_element(o, r, shown[i], wroles, wid);
	if (left)
		say(o, "  and %u more in report.json\n", left);
	if (!nshown)
		say(o, "  No network element showed itself: no NGAP and no PFCP was read, and no GTP-U tunnel was seen.\n");
}

/* ---- who talks to whom ---- */

static void end_name(const struct report *r, const struct contact_rec *c, bool b, char *out, size_t room)
{
	struct addr a = model_contact_end(r->model, c, b);
	uint32_t at = (b ? c->key.bits_b : c->key.bits_a) ? 0 : model_first_at(r->model, &a);
	char text[END_TEXT];

	const char *id = report_end_registered(r, c, b);

	report_end_text(r->model, c, b, text);
	if (id)
		(void)snprintf(out, room, "%s %s", id, text);
	else if (b ? c->key.bits_b : c->key.bits_a)
		(void)snprintf(out, room, "UEs %s", text);
	else if (at && !model_next_at(r->model, at)) {
		char roles[64];

		roles_text(model_element(r->model, model_holder(r->model, at))->roles, roles, sizeof(roles));
		(void)snprintf(out, room, "%s %s", roles, text);
	} else {
		(void)snprintf(out, room, "%s", text);
	}
}

static void service_text(const struct contact_rec *c, char *out, size_t room)
{
	const char *p = protocol_name(c->key.proto);

	if (p && c->key.port)
		(void)snprintf(out, room, "%s %u", p, c->key.port);
	else if (p)
		(void)snprintf(out, room, "%s", p);
	else
		(void)snprintf(out, room, "IP protocol %u", c->key.proto);
}

/* A line of the list: a contact, or all ports between one pair when they are many (a scan, ephemeral services). */
struct row_key { uint8_t a[16], b[16]; uint8_t fam, proto, inner, bits_a, bits_b, plane, pad[2]; };
struct row { struct row_key key; uint32_t contact, contacts; uint64_t packets, bytes; };	/* contact: the first */

enum { MANY_PORTS = 8 };

/* The busiest lines of a plane, and what all of them are together. */
struct top { struct row row[SHOW_CONTACTS]; uint32_t n, most; uint64_t contacts, packets; };

static uint64_t weight(const struct contact_rec *c) { return c->packets[0] + c->packets[1]; }

static struct row_key row_key(const struct report *r, const struct contact_rec *c)
{
	struct row_key k = { .fam = c->key.fam, .proto = c->key.proto, .inner = c->key.inner, .bits_a = c->key.bits_a, .bits_b = c->key.bits_b,
		.plane = (uint8_t)model_contact_plane(r->model, c) };

	memcpy(k.a, c->key.a, 16);
	memcpy(k.b, c->key.b, 16);
	return k;
}

static void row_add(struct row *x, const struct contact_rec *c, uint32_t contact)
{
	if (!x->contacts++)
		x->contact = contact;
	x->packets += weight(c);
	x->bytes += c->bytes[0] + c->bytes[1];
}

static void top_add(struct top *t, const struct row *x)
{
	uint32_t at;

	t->contacts += x->contacts;
	t->packets += x->packets;
	for (at = t->n; at && t->row[at - 1].packets < x->packets; at--)
		if (at < t->most)
			t->row[at] = t->row[at - 1];
	if (at < t->most) {
		t->row[at] = *x;
		t->n += t->n < t->most;
	}
}

/* Pairs first, to know which have many ports; then the lines, each where its first contact is. */
static bool rows_of(struct top top[], const struct report *r, const uint32_t *order, uint32_t n)
{
	static const struct hash_key fixed = { { 1, 3, 5, 7 } };
	uint32_t *pair_of = calloc(n, sizeof(*pair_of));
	struct table pairs;

	if (!pair_of || table_init(&pairs, sizeof(struct row_key), sizeof(struct row), n, &fixed)) {
		free(pair_of);
		return false;
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct contact_rec *c = model_contact(r->model, order[i]);
		struct row_key k = row_key(r, c);
		bool made;

		pair_of[i] = table_get(&pairs, &k, table_hash(&pairs, &k), &made);
		if (pair_of[i] == TABLE_NONE) {		/* no memory */
			table_free(&pairs);
			free(pair_of);
			return false;
		}
		row_add(table_at(&pairs, pair_of[i]), c, order[i]);
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct row *pair = table_at(&pairs, pair_of[i]);
		struct row one = { .key = pair->key };

		if (pair->contacts < MANY_PORTS) {
			row_add(&one, model_contact(r->model, order[i]), order[i]);
			top_add(&top[pair->key.plane], &one);
		} else if (pair->contact == order[i]) {
			top_add(&top[pair->key.plane], pair);
		}
	}
	table_free(&pairs);
	free(pair_of);
	return true;
}

/* What a line says, in columns. */
enum { C_A, C_B, C_SERVICE, C_NAME, C_PACKETS, COLUMNS };
struct cells { char c[COLUMNS][128]; const char *arrow; char size[24]; };

static void cells_of(const struct report *r, const struct row *x, struct cells *l)
{
	const struct contact_rec *c = model_contact(r->model, x->contact);
	const char *proto = protocol_name(c->key.proto);
	enum { N = sizeof(l->c[0]) };

	l->arrow = c->at == OPENED_B ? "-->" : c->at == OPENED_A ? "<--" : "<->";
	end_name(r, c, false, l->c[C_A], N);
	end_name(r, c, true, l->c[C_B], N);
	if (x->contacts > 1)
		(void)snprintf(l->c[C_SERVICE], N, "%s, %u ports", proto ? proto : "IP", x->contacts);
	else
		service_text(c, l->c[C_SERVICE], N);
	(void)snprintf(l->c[C_NAME], N, "%s", x->contacts > 1 ? "" : report_interface(r, c));
	(void)snprintf(l->c[C_PACKETS], N, "%llu packet%s", (unsigned long long)x->packets, plural(x->packets));
	bytes_text(x->bytes, l->size);
}

static void print_rows(struct out *o, const struct report *r, const struct row *row, uint32_t n)
{
	unsigned w[COLUMNS] = { 0 };
	struct cells l;

	for (uint32_t i = 0; i < n; i++) {
		cells_of(r, &row[i], &l);
		for (unsigned k = 0; k < COLUMNS; k++)
			w[k] = strlen(l.c[k]) > w[k] ? (unsigned)strlen(l.c[k]) : w[k];
	}
	for (uint32_t i = 0; i < n; i++) {
		cells_of(r, &row[i], &l);
		say(o, "    %-*s %s %-*s  %-*s%s%-*s  %*s, %s\n", (int)w[C_A], l.c[C_A], l.arrow, (int)w[C_B], l.c[C_B], (int)w[C_SERVICE], l.c[C_SERVICE],
			w[C_NAME] ? "  " : "", (int)w[C_NAME], l.c[C_NAME], (int)w[C_PACKETS], l.c[C_PACKETS], l.size);
	}
}

/* A plane's lines, the busiest first; the rest are counted. */
static void plane_contacts(struct out *o, const struct report *r, const struct top *t, const char *name)
{
	uint64_t shown = 0;

	if (!t->contacts)
		return;
	say(o, "  %s: %llu contact%s, %llu packet%s\n", name, (unsigned long long)t->contacts, plural(t->contacts), (unsigned long long)t->packets,
		plural(t->packets));
	print_rows(o, r, t->row, t->n);
	for (uint32_t i = 0; i < t->n; i++)
		shown += t->row[i].contacts;
	if (t->contacts > shown)
		say(o, "    and %llu more in report.json\n", (unsigned long long)(t->contacts - shown));
}

static void who_talks(struct out *o, const struct report *r)
{
	static const struct { enum plane plane; const char *name; uint32_t most; } planes[] = {
		{ PLANE_SIGNALLING, "Signalling", 20 }, { PLANE_USER, "User plane", 20 }, { PLANE_MANAGEMENT, "Management", 20 }, { PLANE_OTHER, "Other", 12 },
	};
	enum { PLANES = sizeof(planes) / sizeof(planes[0]) };
	uint32_t n, *order = report_contact_order(r->model, &n);
	struct top top[PLANES] = { { .n = 0 } };

	title(o, "Who talks to whom");
	if (!order)
		no_memory(o);
	else if (!n)
		say(o, "  Nobody: no IP packet was read.\n");
	for (unsigned i = 0; i < PLANES; i++)
		top[planes[i].plane].most = planes[i].most;
	if (n && !rows_of(top, r, order, n))
		no_memory(o);
	for (unsigned i = 0; n && i < PLANES; i++)
		plane_contacts(o, r, &top[planes[i].plane], planes[i].name);
	free(order);
}

/* ---- sessions, protections ---- */

/* One of a list on a line, when there is any of it. */
static void item(struct out *o, bool *first, uint64_t n, const char *thing, const char *where)
{
	if (!n)
		return;
	say(o, "%s%llu %s%s%s", *first ? "  " : ";  ", (unsigned long long)n, thing, plural(n), where);
	*first = false;
}

static void what_sessions(struct out *o, const struct report *r)
{
	const struct model_counts *n = model_counts(r->model);
	bool s1 = n->by_kind[FACT_S1AP].messages, n2 = n->by_kind[FACT_NGAP].messages, first = true;

	if (!n->ues && !n->pdu_sessions && !n->erabs && !n->pfcp_asked && !n->tunnels && !n->pfcp_associations)
		return;
	title(o, "Sessions");
	item(o, &first, n->ues, "UE context", !s1 ? " over N2" : n2 ? " over N2 and S1" : " over S1");
	item(o, &first, n->pdu_sessions, "PDU session", "");
	item(o, &first, n->erabs, "E-RAB", " over S1");
	item(o, &first, n->pfcp_associations, "PFCP association", "");
	if (n->pfcp_asked)
		say(o, "%s%llu PFCP session%s asked, %llu accepted, %llu deleted", first ? "  " : ";  ", (unsigned long long)n->pfcp_asked, plural(n->pfcp_asked),
			(unsigned long long)n->pfcp_accepted, (unsigned long long)n->pfcp_deleted);
	first = first && !n->pfcp_asked;
	item(o, &first, n->tunnels, "tunnel end", " with traffic");
	say(o, "\n");
}

static void algorithms(struct out *o, const char *what, const char *name, const uint64_t *v)
{
	bool any = false;

	for (unsigned i = 0; i < 8; i++) {
		if (!v[i])
			continue;
		say(o, "%s%s%s%u %llu time%s%s", any ? ", " : what, any ? "" : ": ", name, i, (unsigned long long)v[i], plural(v[i]),
			i ? "" : " (null: no protection)");
		any = true;
	}
	if (any)
		say(o, "\n");
}

static void protections(struct out *o, const struct report *r)
{
	static const char *const schemes[] = { "null scheme (the subscriber's identity in clear)", "ECIES profile A", "ECIES profile B" };
	const struct model_counts *n = model_counts(r->model);
	uint32_t nc, *order = report_contact_order(r->model, &nc);
	struct { const char *name; uint64_t n; } clear[64] = { { NULL, 0 } };	/* more than there are interfaces */
	unsigned k;
	bool any = false;

	if (!order)
		no_memory(o);
	title(o, "Protections seen");
	algorithms(o, "  NAS ciphering chosen", "5G-EA", n->ea);
	algorithms(o, "  NAS integrity chosen", "5G-IA", n->ia);
	algorithms(o, "  NAS ciphering chosen in EPS", "EEA", n->eea);
	algorithms(o, "  NAS integrity chosen in EPS", "EIA", n->eia);
	for (unsigned i = 0; i < 16; i++)
		if (n->suci[i])
			say(o, "  %llu registration%s with SUCI %s%u: %s\n", (unsigned long long)n->suci[i], plural(n->suci[i]), "scheme ", i,
				i < 3 ? schemes[i] : "home network's own or reserved");
	for (uint32_t i = 0; i < nc; i++) {
		const struct contact_rec *c = model_contact(r->model, order[i]);
		const char *name = report_interface(r, c);

		if (!*name || c->key.inner || !strcmp(name, "DNS") || report_opened(r->model, c) || model_call_home(r->model, c) == CALL_HOME)
			continue;
		for (k = 0; k < 64 && clear[k].name && strcmp(clear[k].name, name) != 0; k++)
			;
		if (k < 64) {
			clear[k].name = name;
			clear[k].n++;
		}
	}
	free(order);
	for (k = 0; k < 64 && clear[k].name; k++) {
		say(o, "%s%s on %llu link%s", any ? ", " : "  Readable on the wire, with no IPsec, DTLS or TLS around it: ", clear[k].name,
			(unsigned long long)clear[k].n, plural(clear[k].n));
		any = true;
	}
	if (any)
		say(o, "\n");
	if (n->sbi_requests)
		say(o, "  %llu request%s of the SBI read in clear, %llu of them with an access token\n", (unsigned long long)n->sbi_requests, plural(n->sbi_requests),
			(unsigned long long)n->sbi_tokens);
	if (report_opens(r))
		say(o, "  %llu of %llu TLS connection%s read with the %s, and %llu request%s of the SBI in them: in clear to nobody else\n",
			(unsigned long long)r->stats.tls.decrypted, (unsigned long long)r->stats.tls.connections, plural(r->stats.tls.connections),
			!r->keylog_capture_sha256 ? "key log that was given" : r->keylog_sha256 ? "key log that was given and the secrets in the inputs" :
			"secrets in the inputs",
			(unsigned long long)n->sbi_decrypted, plural(n->sbi_decrypted));
	if (!any && !n->sbi_requests && !report_opens(r) && !n->nas_protected && !n->suci[0])
		say(o, "  None: nothing on these taps bears on it.\n");
}

/* ---- what could not be seen ---- */

/* "       3 packets of ...": n of a thing, and what of it. */
static void unseen(struct out *o, bool *any, uint64_t n, const char *thing, const char *what)
{
	if (!n)
		return;
	say(o, "  %8llu %s%s %s\n", (unsigned long long)n, thing, plural(n), what);
	*any = true;
}

static void unknown_numbers(struct out *o, bool *any, const struct fw_stats *s)
{
	char what[160];

	for (unsigned i = 0; i < sizeof(s->link) / sizeof(s->link[0]); i++) {
		const char *name = link_name(s->link[i].id);

		(void)snprintf(what, sizeof(what), "of link type %u%s%s%s, which is not read", s->link[i].id, name ? " (" : "", name ? name : "",
			name ? ")" : "");
		unseen(o, any, s->link[i].packets, "packet", what);
	}
	for (unsigned i = 0; i < sizeof(s->ppid) / sizeof(s->ppid[0]); i++) {
		(void)snprintf(what, sizeof(what), "of payload protocol %u, which is not read", s->ppid[i].id);
		unseen(o, any, s->ppid[i].packets, "SCTP message", what);
	}
}

static void not_seen(struct out *o, const struct report *r)
{
	const struct fw_stats *s = &r->stats;
	const struct model_counts *n = model_counts(r->model);
	bool any = false;

	title(o, "What could not be seen, and why");
	for (uint32_t i = 0; i < r->ninputs; i++)
		if (r->input[i].trouble)
			say(o, "  %s\n", r->input[i].trouble);
	unknown_numbers(o, &any, s);
	unseen(o, &any, s->opaque, "packet", "whose content this version does not read, or that is encrypted (counted as contacts)");
	unseen(o, &any, n->nas_encrypted, "NAS message", "ciphered, or under an algorithm whose choice was not seen");
	unseen(o, &any, s->malformed, "packet", "malformed: a header that lies or ends too soon");
	unseen(o, &any, s->cut, "packet", "of which the capture cut off what would have been read (snap length)");
	unseen(o, &any, s->fragments_incomplete, "IP datagram", "of which fragments are missing");
	unseen(o, &any, s->sctp_lost, "SCTP message", "missing from the capture (gaps in TSN)");
	unseen(o, &any, s->tcp_gap_bytes, "byte", "missing inside TCP streams that were followed");
	if (r->blocks.all)
		say(o, "  %8llu block%s of secrets in the inputs, %llu of them of TLS, %s: whoever has these files can read what they open\n",
			(unsigned long long)r->blocks.all, plural(r->blocks.all), (unsigned long long)r->blocks.tls,
			r->keylog_capture_sha256 ? "used as --keylog-in-capture asked" : "not used (--keylog-in-capture uses them)");
	unseen(o, &any, s->tls.no_secret, "TLS connection", "of which the key log has no secret");
	unseen(o, &any, s->tls.incomplete, "TLS connection", "whose beginning or middle is missing, so that nothing behind it was decrypted");
	unseen(o, &any, s->tls.failed, "TLS connection", "that the key log does not fit, or whose octets were changed");
	unseen(o, &any, s->tls.cipher, "TLS connection", "under a cipher that is not read with a key log");
	unseen(o, &any, s->tls.other, "TLS connection", "with early data, which is not followed, or a record that is out of place");
	unseen(o, &any, s->sctp_bad_checksum, "SCTP packet", "with a wrong checksum (read all the same; usual where the sending host captured)");
	unseen(o, &any, s->refused, "record", "that a full table did not take");
	unseen(o, &any, s->dup_overrun, "packet", "forgotten within 10 ms, as there were so many: a copy of one counts as another packet");
	unseen(o, &any, n->dns_unkept, "DNS answer", "that were not kept: what they could explain is not explained");
	unseen(o, &any, r->outside, "packet", "outside the time window that was asked for");
	unseen(o, &any, s->encap_deep, "packet", "in more tunnels than are followed");
	for (unsigned e = 0; e < FW_ENCAPS; e++)
		if (s->encap[e])
			say(o, "  %8llu packet%s taken out of %s and read\n", (unsigned long long)s->encap[e], plural(s->encap[e]), fw_encap_title(e));
	if (s->duplicate)
		say(o, "  %8llu packet%s captured twice, counted once\n", (unsigned long long)s->duplicate, plural(s->duplicate));
	if (!any)
		say(o, "  Every packet was read.\n");
	if (!n->by_kind[FACT_NGAP].messages && !n->by_kind[FACT_S1AP].messages)
		say(o, "  No NGAP: nothing is known of N2, its RAN nodes and AMFs, from these taps.\n");
	if (!n->by_kind[FACT_PFCP].messages)
		say(o, "  No PFCP: nothing is known of N4 from these taps.\n");
	if (!n->tunnels)
		say(o, "  No GTP-U: no user plane was in view.\n");
}

int report_text(const struct report *r, bool colour, unsigned width, int (*write)(void *ctx, const char *p, size_t n), void *ctx)
{
	struct out o = { .write = write, .ctx = ctx, .colour = colour, .width = !width ? WIDTH_UNKNOWN : width < WIDTH_MIN ? WIDTH_MIN : width };

	span_of_time(&o, r);
	say_verdicts(&o, r);
	what_runs(&o, r);
	who_talks(&o, r);
	what_sessions(&o, r);
	protections(&o, r);
	not_seen(&o, r);
	return o.err;
}
