/* For tests of the model: facts made by hand, as the decoders would make them, and what must hold whatever they say. */
#ifndef FW_TESTS_NETFACTS_H
#define FW_TESTS_NETFACTS_H

#include "model.h"

#include <stdlib.h>
#include <string.h>

enum { INITIATING, SUCCESS };
enum { NG_SETUP = 21, INITIAL_UE = 15, DOWNLINK_NAS = 4, SETUP_SESSION = 29, PATH_SWITCH = 25, HANDOVER_ALLOC = 13, RELEASE = 41 };
enum { EST_REQ = 50, EST_RSP, MOD_REQ, MOD_RSP, DEL_REQ, DEL_RSP };
enum { IE_CREATE_PDR = 1, IE_PDI = 2, IE_CREATE_FAR = 3, IE_FORWARDING = 4, IE_UPDATE_FAR = 10, IE_UPDATE_FORWARDING = 11, IE_F_TEID = 21,
	IE_F_SEID = 57, IE_OHC = 84 };

struct net {
	struct model	*m;
	struct put	 o;
	struct fact	 f;
	uint64_t	 n;
	struct addr	 bound_ue;	/* of the last tunnel that was bound */
	unsigned	 nodes, tunnels, ends;	/* bindings by kind */
	size_t		 used;
	uint8_t		 octets[1 << 14];	/* values of the fact under way */
	struct item	 item[FACT_ITEMS];
};

static inline void on_bind(void *ctx, const struct binding *b)
{
	struct net *t = ctx;

	t->nodes += b->kind == BIND_NODE;
	t->tunnels += b->kind == BIND_TUNNEL;
	t->ends += b->kind == BIND_END;
	if (b->kind == BIND_TUNNEL)
		t->bound_ue = b->ue4;
}

static inline struct net *net_new(uint32_t sessions)
{
	struct net *t = calloc(1, sizeof(*t));
	struct model_config cfg = { .hash = hash_key_make("test", 4), .sessions = sessions, .bind = on_bind, .ctx = t };

	if (!t || model_new(&t->m, &cfg))
		abort();
	return t;
}

static inline void net_free(struct net *t)
{
	model_free(t->m);
	free(t);
}

static inline struct addr ip(const char *text)
{
	struct addr a;

	if (!addr_parse(text, strlen(text), &a))
		abort();
	return a;
}

/* ---- facts ---- */

static inline const uint8_t *keep(struct net *t, const void *p, size_t n)
{
	uint8_t *at = t->octets + t->used;

	if (t->used + n > sizeof(t->octets))
		abort();
	memcpy(at, p, n);
	t->used += n;
	return at;
}

static inline void start(struct net *t, enum fact_kind kind, struct addr src, uint16_t sport, struct addr dst, uint16_t dport)
{
	t->n++;
	t->used = 0;
	t->f = (struct fact){ .n = t->n, .kind = (uint8_t)kind, .frame = (uint32_t)t->n, .t_ns = t->n * 1000000, .src = src, .dst = dst,
		.sport = sport, .dport = dport };
	put_start(&t->o, t->item, FACT_ITEMS);
}

static inline void finish(struct net *t)
{
	put_done(&t->o, &t->f);
	model_fact(t->m, &t->f);
}

static inline void teid_octets(struct net *t, uint32_t teid)
{
	uint8_t b[4] = { (uint8_t)(teid >> 24), (uint8_t)(teid >> 16), (uint8_t)(teid >> 8), (uint8_t)teid };

	put_octets(&t->o, KEY_NGAP_gTP_TEID, keep(t, b, 4), 4);
}

static inline void address(struct net *t, enum fact_key k, struct addr a)
{
	unsigned n = a.fam == 4 ? 4 : 16;

	put_addr(&t->o, k, keep(t, a.b, n), n);
}

struct ran { const char *addr; uint16_t port; const char *amf; };
static const struct ran north = { "10.1.2.1", 40001, "10.1.2.9" }, south = { "10.1.2.2", 40002, "10.1.2.9" };

/* up: from the RAN node to the AMF. */
static inline void ngap(struct net *t, const struct ran *r, bool up, unsigned pdu, unsigned procedure)
{
	struct addr ran = ip(r->addr), amf = ip(r->amf);

	start(t, FACT_NGAP, up ? ran : amf, up ? r->port : 38412, up ? amf : ran, up ? 38412 : r->port);
	put_uint(&t->o, KEY_NGAP_pdu, pdu);
	put_uint(&t->o, KEY_NGAP_procedureCode, procedure);
	put_bool(&t->o, KEY_NGAP_from_ran, up);
}

enum { NO_ID = -1 };

static inline void ue_ids(struct net *t, int64_t amf_id, int64_t ran_id)
{
	if (amf_id != NO_ID) {
		put_open(&t->o, 10);
		put_uint(&t->o, KEY_NGAP_AMF_UE_NGAP_ID, (uint64_t)amf_id);
		put_close(&t->o);
	}
	if (ran_id != NO_ID) {
		put_open(&t->o, 85);
		put_uint(&t->o, KEY_NGAP_RAN_UE_NGAP_ID, (uint64_t)ran_id);
		put_close(&t->o);
	}
}

static inline void session_item(struct net *t, unsigned psi, const char *end, uint32_t teid)
{
	put_open(&t->o, 74);
	put_open(&t->o, ITEM_NO_ID);
	put_uint(&t->o, KEY_NGAP_pDUSessionID, psi);
	put_open(&t->o, 139);
	address(t, KEY_NGAP_TLA_IPv4, ip(end));
	teid_octets(t, teid);
	put_close(&t->o);
	put_close(&t->o);
	put_close(&t->o);
}

static inline void ue_message(struct net *t, const struct ran *r, bool up, unsigned pdu, unsigned procedure, int64_t amf_id, int64_t ran_id)
{
	ngap(t, r, up, pdu, procedure);
	ue_ids(t, amf_id, ran_id);
	finish(t);
}

static inline void session_message(struct net *t, const struct ran *r, bool up, unsigned pdu, unsigned procedure, int64_t amf_id, int64_t ran_id,
	unsigned psi, const char *end, uint32_t teid)
{
	ngap(t, r, up, pdu, procedure);
	ue_ids(t, amf_id, ran_id);
	session_item(t, psi, end, teid);
	finish(t);
}

static inline void plmn(struct net *t)
{
	put_octets(&t->o, KEY_NGAP_pLMNIdentity, keep(t, "\x00\xf1\x10", 3), 3);
}

static inline void ng_setup(struct net *t, const struct ran *r, const char *name, const char *id)
{
	ngap(t, r, true, INITIATING, NG_SETUP);
	put_open(&t->o, 27);
	plmn(t);
	put_bits(&t->o, KEY_NGAP_gNB_ID, keep(t, id, 3), 3);
	put_uint(&t->o, KEY_NGAP_gNB_ID_bits, 24);
	put_close(&t->o);
	put_open(&t->o, 82);
	put_text(&t->o, KEY_NGAP_RANNodeName, name, strlen(name));
	put_close(&t->o);
	put_open(&t->o, 102);
	put_octets(&t->o, KEY_NGAP_tAC, keep(t, "\0\0\x07", 3), 3);
	put_close(&t->o);
	finish(t);
}

static inline void ng_setup_response(struct net *t, const struct ran *r)
{
	ngap(t, r, false, SUCCESS, NG_SETUP);
	put_open(&t->o, 1);
	put_text(&t->o, KEY_NGAP_AMFName, "core", 4);
	put_close(&t->o);
	put_open(&t->o, 96);
	plmn(t);
	put_bits(&t->o, KEY_NGAP_aMFRegionID, keep(t, "\x01", 1), 1);
	put_bits(&t->o, KEY_NGAP_aMFSetID, keep(t, "\x00\x40", 2), 2);		/* 10 bits: 1 */
	put_bits(&t->o, KEY_NGAP_aMFPointer, keep(t, "\x04", 1), 1);		/* 6 bits: 1 */
	put_close(&t->o);
	finish(t);
}

static const char *const cp = "10.1.4.1", *const up = "10.1.4.2";

static inline void pfcp(struct net *t, unsigned type, uint32_t seq, uint64_t seid)
{
	bool request = type % 2 == 0;

	start(t, FACT_PFCP, ip(request ? cp : up), 8805, ip(request ? up : cp), 8805);
	put_uint(&t->o, KEY_PFCP_msg_type, type);
	put_uint(&t->o, KEY_PFCP_seid, seid);
	put_uint(&t->o, KEY_PFCP_seqno, seq);
}

static inline void f_seid(struct net *t, uint64_t seid)
{
	put_open(&t->o, IE_F_SEID);
	put_uint(&t->o, KEY_PFCP_seid, seid);
	put_close(&t->o);
}

static inline void pdr(struct net *t, unsigned id, const char *addr, uint32_t teid, const char *ue)
{
	put_open(&t->o, IE_CREATE_PDR);
	put_uint(&t->o, KEY_PFCP_pdr_id, id);
	put_open(&t->o, IE_PDI);
	put_open(&t->o, IE_F_TEID);
	put_uint(&t->o, KEY_PFCP_f_teid_teid, teid);
	address(t, KEY_PFCP_f_teid_ipv4, ip(addr));
	put_close(&t->o);
	if (ue) {
		put_open(&t->o, 93);
		address(t, KEY_PFCP_ue_ip_ipv4, ip(ue));
		put_close(&t->o);
	}
	put_close(&t->o);
	put_close(&t->o);
}

static inline void far(struct net *t, bool update, unsigned id, const char *addr, uint32_t teid)
{
	put_open(&t->o, update ? IE_UPDATE_FAR : IE_CREATE_FAR);
	put_uint(&t->o, KEY_PFCP_far_id, id);
	put_open(&t->o, update ? IE_UPDATE_FORWARDING : IE_FORWARDING);
	put_open(&t->o, IE_OHC);
	put_uint(&t->o, KEY_PFCP_ohc_teid, teid);
	address(t, KEY_PFCP_ohc_ipv4, ip(addr));
	put_close(&t->o);
	put_close(&t->o);
	put_close(&t->o);
}

/* A rule that sends copies to (addr, teid). */
static inline void copies_to(struct net *t, bool update, unsigned id, const char *addr, uint32_t teid)
{
	put_open(&t->o, update ? IE_UPDATE_FAR : IE_CREATE_FAR);
	put_uint(&t->o, KEY_PFCP_far_id, id);
	put_open(&t->o, update ? 105 : 5);
	put_open(&t->o, IE_OHC);
	put_uint(&t->o, KEY_PFCP_ohc_teid, teid);
	address(t, KEY_PFCP_ohc_ipv4, ip(addr));
	put_close(&t->o);
	put_close(&t->o);
	put_close(&t->o);
}

static inline void answer(struct net *t, unsigned type, uint32_t seq, uint64_t seid, unsigned cause, uint64_t up_seid)
{
	pfcp(t, type, seq, seid);
	put_uint(&t->o, KEY_PFCP_cause, cause);
	if (up_seid)
		f_seid(t, up_seid);
	finish(t);
}

/* A session that the UPF accepts: its N3 end is (10.1.3.9, teid), its subscriber 10.60.0.1. */
static inline void established(struct net *t, uint64_t seid, uint32_t teid)
{
	pfcp(t, EST_REQ, (uint32_t)t->n, 0);
	f_seid(t, seid);
	pdr(t, 1, "10.1.3.9", teid, "10.60.0.1");
	finish(t);
	answer(t, EST_RSP, (uint32_t)t->n - 1, seid, 1, seid + 1000);
}

static inline void peer(struct net *t, uint64_t seid, unsigned id, const char *addr, uint32_t teid)
{
	pfcp(t, MOD_REQ, (uint32_t)t->n, seid + 1000);
	far(t, true, id, addr, teid);
	finish(t);
	answer(t, MOD_RSP, (uint32_t)t->n - 1, seid, 1, 0);
}

/* ---- what must hold whatever went in ---- */

static inline const struct tunnel_end *end_of(const struct model *m, const char *addr, uint32_t teid)
{
	struct addr want = ip(addr);

	for (uint32_t i = 0; i < model_ends(m); i++) {
		const struct tunnel_end *e = model_end_at(m, i);
		struct addr a;

		if (!e || e->key.teid != teid)
			continue;
		a = model_addr(m, e->key.addr);
		if (addr_eq(&a, &want))
			return e;
	}
	return NULL;
}

/* Sessions' chains of ends: finite, as long as they say, linked both ways, each end in one of them, none withdrawn. */
static inline bool chains_hold(const struct model *m)
{
	uint32_t linked = 0, chained = 0;
	bool fine = true;

	for (uint32_t i = 0; i < model_ends(m); i++) {
		const struct tunnel_end *e = model_end_at(m, i);

		linked += e && e->pfcp_session != NONE;
		fine = fine && !(e && e->pfcp_session != NONE && e->withdrawn_ns);
	}
	for (uint32_t i = 0; i < model_pfcp_sessions(m); i++) {
		const struct pfcp_session *s = model_pfcp_session(m, i);
		uint32_t n = 0, before = 0;

		for (uint32_t at = s ? s->ends : 0; at && n <= s->nends && fine; n++) {
			const struct tunnel_end *e = model_end_at(m, at - 1);

			fine = e && e->pfcp_session == i && e->prev == before;
			before = at;
			at = e ? e->next : 0;
		}
		fine = fine && (!s || n == s->nends);
		chained += n;
	}
	return fine && linked == chained;
}

/* Each PDU session is in the chain of the context that it names, and in no other. */
static inline bool contexts_hold(const struct model *m)
{
	uint32_t chained = 0, sessions = 0;

	for (uint32_t i = 0; i < model_pdu_sessions(m); i++)
		sessions += model_pdu_session(m, i) != NULL;
	for (uint32_t i = 0; i < model_ues(m); i++) {
		const struct ue_context *u = model_ue(m, i);

		for (uint32_t at = u ? u->sessions : 0; at; chained++) {
			const struct pdu_session *p = model_pdu_session(m, at - 1);

			if (!p || chained > sessions || p->ue != i || p->key.root != u->root)
				return false;
			at = p->next;
		}
	}
	return chained == sessions;
}

static inline bool elements_hold(const struct model *m)
{
	for (uint32_t i = 0; i < model_elements(m); i++) {
		const struct element *e = model_element(m, i);
		const struct attr *a = model_attr(m, e->attrs), *last = NULL;
		uint32_t n = 0, at = model_first_at(m, &e->addr);

		for (; a && n <= e->nattrs; a = model_attr(m, a->next), n++)
			last = a;
		if (a || n > e->nattrs || last != model_attr(m, e->last_attr) || e->first_ns > e->last_ns)
			return false;
		for (n = 0; at && n <= model_elements(m); at = model_next_at(m, at), n++)
			if (model_holder(m, at) >= model_elements(m))
				return false;
		if (at)
			return false;
	}
	return true;
}

/* What was counted is one of three; no more frames than are kept; what the last message meant is there. */
static inline bool passages_hold(const struct model *m)
{
	const struct model_last *l = model_last(m);
	struct ground g[MODEL_FRAMES];

	for (uint32_t i = 0; i < model_passages(m); i++) {
		const struct passage *p = model_passage(m, i);
		uint64_t left = p->packets - p->stray_packets - p->dupl_packets;

		if (left > p->packets || (left && p->order_end == NONE) || p->first_ns > p->last_ns || p->nteid > PASSAGE_TEIDS || p->nteid > p->teids)
			return false;
		if (model_passage_frames(m, i, g) > MODEL_FRAMES || p->key.src == NONE || p->key.dst == NONE)
			return false;
	}
	for (uint32_t i = 0; i < model_contacts(m); i++)
		if (model_contact_frames(m, i, g) > MODEL_FRAMES)
			return false;
	return (l->session == NONE || model_pfcp_session(m, l->session)) && l->nmoves <= MODEL_MOVES;
}

static inline bool holds(const struct model *m)
{
	const struct model_counts *n = model_counts(m);

	return chains_hold(m) && contexts_hold(m) && elements_hold(m) && passages_hold(m) && n->pfcp_sessions <= n->pfcp_accepted && n->ues < 1ull << 40;
}

#endif
