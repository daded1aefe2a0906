/*
 * N4 (Sx): PFCP associations and sessions, the tunnel ends they order (TS 29.244 6, 7).
 * Whoever asks for a session is the control plane, whoever is asked the user plane; that they are
 * an SMF and a UPF is said when the session carries what only 5G has, or when N2 names its tunnel.
 */
#include "inside.h"

enum { ASSOC_SETUP_REQUEST = 5, ASSOC_SETUP_RESPONSE = 6, ASSOC_RELEASE_RESPONSE = 10, SESSION_ESTABLISHMENT_REQUEST = 50,
	SESSION_ESTABLISHMENT_RESPONSE = 51, SESSION_MODIFICATION_REQUEST = 52, SESSION_MODIFICATION_RESPONSE = 53,
	SESSION_DELETION_REQUEST = 54, SESSION_DELETION_RESPONSE = 55, SESSION_REPORT_REQUEST = 56 };
enum { IE_CREATE_PDR = 1, IE_PDI = 2, IE_CREATE_FAR = 3, IE_FORWARDING = 4, IE_DUPLICATING = 5, IE_CREATED_PDR = 8, IE_UPDATE_PDR = 9,
	IE_UPDATE_FAR = 10, IE_UPDATE_FORWARDING = 11, IE_F_TEID = 21, IE_F_SEID = 57, IE_OHC = 84, IE_UP_FEATURES = 43, IE_CP_FEATURES = 89,
	IE_UPDATE_DUPLICATING = 105, IE_CREATE_ENDPOINT = 127, IE_CREATED_ENDPOINT = 128, IE_REMOVE_FAR = 16 };
enum { CAUSE_ACCEPTED = 1, CAUSE_PARTIAL = 2 };

/* The keys of the message itself, not of its groups. */
enum { N4_REST, N4_TYPE, N4_SEID, N4_SEQ, N4_CAUSE, N4_SLOTS };
static const uint8_t n4_slot[FACT_KEYS] = {
	[KEY_PFCP_msg_type] = N4_TYPE, [KEY_PFCP_seid] = N4_SEID, [KEY_PFCP_seqno] = N4_SEQ, [KEY_PFCP_cause] = N4_CAUSE,
};

/* What rules say at any depth. */
enum { RULE_REST, RULE_UE4, RULE_UE6, RULE_QFI, RULE_SLICE, RULE_INTERFACE, RULE_SLOTS };
static const uint8_t rule_slot[FACT_KEYS] = {
	[KEY_PFCP_ue_ip_ipv4] = RULE_UE4, [KEY_PFCP_ue_ip_ipv6] = RULE_UE6, [KEY_PFCP_qfi] = RULE_QFI, [KEY_PFCP_snssai_sst] = RULE_SLICE,
	[KEY_PFCP_interface_type] = RULE_INTERFACE,
};

/* Groups that hold tunnel ends, in the order in which they are read. */
static const uint16_t local_holders[] = { IE_CREATE_PDR, IE_UPDATE_PDR, IE_CREATED_PDR, IE_CREATE_ENDPOINT, IE_CREATED_ENDPOINT };
static const uint16_t peer_holders[] = { IE_CREATE_FAR, IE_UPDATE_FAR };

struct n4 {			/* one message */
	uint64_t	type, seid, cause;
	uint32_t	seq;
	uint32_t	src, dst;	/* addresses, by number */
	uint64_t	groups[4];	/* a bit for each id below 256 that is there */
	struct span	all;
};

static struct n4 n4_of(struct model *m, const struct fact *f)
{
	const struct item *got[N4_SLOTS] = { NULL };
	struct n4 x = { .all = fact_span(f) };
	struct sides s = model_sides(m, f, 17, PAIR_PFCP);

	x.src = s.src;
	x.dst = s.dst;
	for (const struct item *i = x.all.at; i < x.all.end; i++) {
		if (i->type == ITEM_OPEN) {
			if (i->v.u < 256)
				x.groups[i->v.u / 64] |= 1ull << i->v.u % 64;
			i += i->len;
		} else if (!got[n4_slot[i->key]]) {
			got[n4_slot[i->key]] = i;
		}
	}
	x.type = item_uint(got[N4_TYPE], 0);
	x.seid = item_uint(got[N4_SEID], 0);
	x.seq = (uint32_t)item_uint(got[N4_SEQ], 0);
	x.cause = item_uint(got[N4_CAUSE], 0);
	return x;
}

static bool has_group(const struct n4 *x, unsigned id)
{
	return x->groups[id / 64] >> id % 64 & 1;
}

/* A request without an answer gives way when there is no room for more. */
struct wait *wait_put(struct model *m, const struct wait_key *k)
{
	uint64_t h = table_hash(&m->waits, k);
	bool made;
	uint32_t i;

	if (m->waits.used == m->waits.cap) {
		table_remove(&m->waits, m->wait_hand);
		m->wait_hand = (m->wait_hand + 1) % m->waits.cap;
	}
	i = table_get(&m->waits, k, h, &made);
	if (i != TABLE_NONE)
		return table_at(&m->waits, i);
	m->n.refused++;
	return NULL;
}

static void expect(struct model *m, const struct n4 *x, uint32_t session)
{
	struct wait_key k = { x->src, x->dst, x->seq, (uint32_t)x->type };
	struct wait *w = wait_put(m, &k);

	if (!w)
		return;
	w->session = session;
	w->serial = session == NONE ? 0 : ((struct pfcp_session *)table_at(&m->pfcp, session))->serial;
}

/* The session that a response answers, or NONE; the wait is over.  A second response to a request sent twice is no orphan. */
static uint32_t awaited(struct model *m, const struct n4 *x)
{
	struct wait_key k = { x->dst, x->src, x->seq, (uint32_t)x->type - 1 };
	uint64_t h = table_hash(&m->waits, &k);
	uint32_t i = table_find(&m->waits, &k, h);
	struct wait w;

	if (i == TABLE_NONE) {
		m->last.orphan = m->answered[h % ANSWERED] != h;
		return NONE;
	}
	m->answered[h % ANSWERED] = h;
	w = *(struct wait *)table_at(&m->waits, i);
	table_remove(&m->waits, i);
	if (w.session == NONE || !table_live(&m->pfcp, w.session) || ((struct pfcp_session *)table_at(&m->pfcp, w.session))->serial != w.serial)
		return NONE;
	return w.session;
}

static void five_g(struct model *m, uint32_t si, const struct fact *f)
{
	struct pfcp_session *s = table_at(&m->pfcp, si);

	if (!s->five_g)
		s->five = ground_of(f);
	s->five_g = 1;
	element_role(m, s->cp_element, ROLE_SMF, f);
	element_role(m, s->up_element, ROLE_UPF, f);
}

/* N2 has named a tunnel end of it. */
static void five_g_by(struct model *m, uint32_t si, const struct tunnel_end *e, const struct fact *f)
{
	struct pfcp_session *s = table_at(&m->pfcp, si);
	uint32_t who[2] = { s->cp_element, s->up_element };

	for (unsigned i = 0; i < 2; i++)
		if (who[i] != NONE && !(m->element[who[i]].roles >> (i ? ROLE_UPF : ROLE_SMF) & 1)) {
			element_rests(&m->element[who[i]], e->order);
			element_rests(&m->element[who[i]], s->ground);
		}
	five_g(m, si, f);
}

/* What only a 5G core puts into a rule: a QoS flow, a slice, N3, N6, N9, N19 as interface type (TS 29.244 8.2.118). */
static bool says_5g(const struct item *const got[RULE_SLOTS])
{
	uint64_t t = item_uint(got[RULE_INTERFACE], 0);

	return got[RULE_QFI] || got[RULE_SLICE] || (t >= 11 && t <= 15) || t == 17 || t == 18;
}

static void session_addresses(struct model *m, struct pfcp_session *s, const struct item *const got[RULE_SLOTS])
{
	struct addr a;

	if (got[RULE_UE4]) {
		a = item_addr(got[RULE_UE4]);
		s->has_ue4 = 1;
		memcpy(s->ue4, a.b, 4);
		bind_ue(m, &a);
	}
	if (got[RULE_UE6]) {
		a = item_addr(got[RULE_UE6]);
		s->has_ue6 = 1;
		memcpy(s->ue6, a.b, 16);
		bind_ue(m, &a);
	}
}

static void bind_end(struct model *m, const struct pfcp_session *s, const struct tunnel_end *e)
{
	struct addr ue4 = s->has_ue4 ? addr_make(s->ue4, 4) : (struct addr){ .fam = 0 };
	struct addr ue6 = s->has_ue6 ? addr_make(s->ue6, 6) : (struct addr){ .fam = 0 };

	if (ue4.fam || ue6.fam)
		bind_tunnel(m, e, &ue4, &ue6);
}

/* Returns the end; NONE: it is not one of the session's. */
static uint32_t session_end(struct model *m, const struct fact *f, uint32_t si, const struct addr *a, uint32_t teid, enum end_origin origin,
	uint32_t rule)
{
	struct pfcp_session *s = table_at(&m->pfcp, si);
	uint32_t i = end_order(m, a, teid, origin, (s->has_ue4 || s->has_ue6) && s->nends < SESSION_ENDS, f);
	struct tunnel_end *e;

	if (i == NONE || !end_of_session(m, i, si))
		return NONE;
	e = table_at(&m->ends, i);
	e->rule = rule;
	e->ruled = ground_of(f);
	if (origin == END_PFCP_LOCAL)
		element_addr(m, s->up_element, e->key.addr, f);
	if (origin == END_PFCP_LOCAL && e->origin & (END_OF_SGW | END_OF_PGW))
		epc_local_end(m, si, e, f);
	if (e->ue_root && e->origin & (END_NGAP_UL | END_NGAP_DL))
		five_g_by(m, si, e, f);
	bind_end(m, s, e);
	return i;
}

static void f_teids(struct model *m, const struct fact *f, uint32_t si, struct span in, uint32_t pdr)
{
	struct span t;

	while (span_group(&in, IE_F_TEID, &t, NULL)) {
		const struct item *teid = span_key(t, KEY_PFCP_f_teid_teid);
		struct addr a;

		if (teid && (span_addr(t, KEY_PFCP_f_teid_ipv4, &a) || span_addr(t, KEY_PFCP_f_teid_ipv6, &a)))
			(void)session_end(m, f, si, &a, (uint32_t)teid->v.u, END_PFCP_LOCAL, pdr);
	}
}

/* The user plane's own ends: F-TEIDs of PDRs and traffic endpoints, in requests and in what was created. */
static void local_ends(struct model *m, const struct fact *f, uint32_t si, const struct n4 *x)
{
	for (unsigned h = 0; h < sizeof(local_holders) / sizeof(local_holders[0]); h++) {
		struct span s = x->all, g, pdi, in;

		while (has_group(x, local_holders[h]) && span_group(&s, local_holders[h], &g, NULL)) {
			pdi = g;
			f_teids(m, f, si, span_group(&pdi, IE_PDI, &in, NULL) ? in : g, (uint32_t)span_uint(g, KEY_PFCP_pdr_id, 0));
		}
	}
}

/* An earlier peer end of the same FAR gives way to this one.  N2 may have withdrawn it: the FAR sent there all the same. */
static void peer_end(struct model *m, const struct fact *f, uint32_t si, uint32_t far, const struct addr *a, uint32_t teid, bool modified)
{
	uint32_t was = far_end(m, si, far), to = NONE, end;
	const struct tunnel_end *e = was == NONE ? NULL : table_at(&m->ends, was);
	struct addr before = e ? model_addr(m, e->key.addr) : *a;
	bool elsewhere = !addr_eq(&before, a);

	if (elsewhere && modified && !addr_is_any(a))
		to = place_of(m, a);
	if (to != NONE)
		moved(m, f, si, far, e, to, teid);
	if (e && e->pfcp_session == si && e->origin & END_PFCP_PEER && e->rule == far && (e->key.teid != teid || elsewhere))
		end_withdraw(m, was, f);
	end = session_end(m, f, si, a, teid, END_PFCP_PEER, far);
	if (end != NONE && end != was)
		far_sends(m, si, far, end);
}

static void duplicate_end(struct model *m, const struct fact *f, uint32_t si, uint32_t far, const struct addr *a, uint32_t teid)
{
	bool made;
	uint32_t end = end_get(m, place_of(m, a), teid, &made);

	if (end == NONE)
		return;
	duplicate(m, f, si, far, end);
	((struct pfcp_session *)table_at(&m->pfcp, si))->copies = end + 1;
}

/* The next Outer Header Creation of a tunnel. */
static bool outer_header(struct span *parameters, struct addr *a, uint32_t *teid)
{
	struct span t;

	while (span_group(parameters, IE_OHC, &t, NULL)) {
		const struct item *i = span_key(t, KEY_PFCP_ohc_teid);

		*teid = (uint32_t)item_uint(i, 0);
		if (i && (span_addr(t, KEY_PFCP_ohc_ipv4, a) || span_addr(t, KEY_PFCP_ohc_ipv6, a)))
			return true;
	}
	return false;
}

/* Where packets go: Outer Header Creation of forwarding parameters; of duplicating ones, which order nothing. */
static void peer_ends(struct model *m, const struct fact *f, uint32_t si, const struct n4 *x)
{
	for (unsigned h = 0; h < sizeof(peer_holders) / sizeof(peer_holders[0]); h++) {
		struct span s = x->all, g, p;
		uint32_t teid;

		while (has_group(x, peer_holders[h]) && span_group(&s, peer_holders[h], &g, NULL)) {
			uint32_t far = (uint32_t)span_uint(g, KEY_PFCP_far_id, 0);
			struct span in = g;
			struct addr a;

			if (span_group(&in, h ? IE_UPDATE_FORWARDING : IE_FORWARDING, &p, NULL))
				while (outer_header(&p, &a, &teid))
					peer_end(m, f, si, far, &a, teid, h && x->type == SESSION_MODIFICATION_REQUEST);
			for (in = g; span_group(&in, h ? IE_UPDATE_DUPLICATING : IE_DUPLICATING, &p, NULL); )
				while (outer_header(&p, &a, &teid))
					duplicate_end(m, f, si, far, &a, teid);
		}
	}
}

static void node_name(struct model *m, uint32_t e, struct span s, const struct fact *f)
{
	const struct item *fqdn = span_key(s, KEY_PFCP_node_id_fqdn);
	struct addr a;

	if (fqdn)
		element_name(m, e, (const char *)fqdn->v.p, fqdn->len, f);
	if (span_addr(s, KEY_PFCP_node_id_ipv4, &a) || span_addr(s, KEY_PFCP_node_id_ipv6, &a))
		element_addr(m, e, place_of(m, &a), f);
}

/* A side of a session: known as such, else the PFCP node of the address, which now has a side, else new. */
uint32_t n4_side(struct model *m, enum find_class class, uint32_t place, const struct fact *f)
{
	struct find_key key = find_at(class, place, 0), node = find_at(FIND_PFCP_AT, place, 0);
	uint32_t e = find_get(m, &key), was;

	if (e != NONE) {
		element_seen(m, e, f);
		return e;
	}
	was = find_get(m, &node);
	if (was != NONE) {
		find_set(m, &key, was);
		find_set(m, &node, NONE);
		m->element[was].roles &= ~ROLE_BIT(ROLE_PFCP_NODE);
	}
	return element_at(m, class, place, 0, f);
}

static uint32_t establishment(struct model *m, const struct fact *f, const struct n4 *x)
{
	struct pfcp_session_key key = { .cp = x->src };
	struct pfcp_session *p;
	struct span t = x->all, seid = { NULL, NULL };
	uint32_t cp = n4_side(m, FIND_CP_AT, x->src, f), up = n4_side(m, FIND_UP_AT, x->dst, f), i;
	const struct item *got[RULE_SLOTS];
	bool made;

	element_role(m, cp, ROLE_PFCP_CP, f);
	element_role(m, up, ROLE_PFCP_UP, f);
	node_name(m, cp, x->all, f);
	m->n.pfcp_asked++;
	if (!has_group(x, IE_F_SEID) || !span_group(&t, IE_F_SEID, &seid, NULL))
		return NONE;
	key.cp_seid = span_uint(seid, KEY_PFCP_seid, 0);
	i = table_take_of(&m->pfcp, &key, sizeof(key), &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
		return NONE;
	}
	p = table_at(&m->pfcp, i);
	if (!made) {				/* the CP uses its SEID again: another session */
		session_withdraw(m, i, f);
		alias_drop(m, ALIAS_UP_SEID, p->up, p->up_seid, i);
		memset((uint8_t *)p + sizeof(p->key), 0, sizeof(*p) - sizeof(p->key));
	}
	p->serial = ++m->serials;
	p->cp_element = cp;
	p->up_element = up;
	p->up = x->dst;
	p->first_ns = p->last_ns = f->t_ns;
	p->ground = ground_of(f);
	p->asked = 1;
	pick(x->all, rule_slot, got, RULE_SLOTS);
	session_addresses(m, p, got);
	if (says_5g(got))
		five_g(m, i, f);
	local_ends(m, f, i, x);
	peer_ends(m, f, i, x);
	return i;
}

static void established(struct model *m, const struct fact *f, const struct n4 *x, uint32_t i)
{
	const struct item *got[RULE_SLOTS];
	struct pfcp_session *p;
	struct span t = x->all, seid;

	if (i == NONE) {
		m->n.pfcp_accepted += x->cause == CAUSE_ACCEPTED;
		return;
	}
	p = table_at(&m->pfcp, i);
	if (x->cause != CAUSE_ACCEPTED)
		return;
	m->n.pfcp_accepted++;
	m->n.pfcp_sessions++;
	p->accepted = 1;
	p->accept = ground_of(f);
	p->last_ns = f->t_ns;
	if (span_group(&t, IE_F_SEID, &seid, NULL)) {
		p->up_seid = span_uint(seid, KEY_PFCP_seid, 0);
		alias_set(m, ALIAS_UP_SEID, p->up, p->up_seid, i, p->serial);
	}
	node_name(m, p->up_element, x->all, f);
	pick(x->all, rule_slot, got, RULE_SLOTS);
	session_addresses(m, p, got);
	local_ends(m, f, i, x);
}

static void modification(struct model *m, const struct fact *f, const struct n4 *x, uint32_t i)
{
	const struct item *got[RULE_SLOTS];

	if (i == NONE)
		return;
	((struct pfcp_session *)table_at(&m->pfcp, i))->last_ns = f->t_ns;
	pick(x->all, rule_slot, got, RULE_SLOTS);
	if (says_5g(got))
		five_g(m, i, f);
	local_ends(m, f, i, x);
	peer_ends(m, f, i, x);
}

static void deleted(struct model *m, const struct fact *f, const struct n4 *x, uint32_t i)
{
	struct pfcp_session *p;

	if (x->cause != CAUSE_ACCEPTED)
		return;
	m->n.pfcp_deleted++;
	if (i == NONE)
		return;
	p = table_at(&m->pfcp, i);
	p->deleted = 1;
	p->last_ns = f->t_ns;
	session_withdraw(m, i, f);
	session_ended(m, i);
}

static bool skipped(struct span s, uint64_t id)
{
	for (const struct item *i = s.at; i < s.end; i++)
		if (i->type == ITEM_SKIP && i->depth == 0 && i->v.u == id)
			return true;
	return false;
}

/* Who set up an association: its features tell the two sides apart, else it is just a PFCP node. */
static uint32_t associate(struct model *m, const struct fact *f, const struct n4 *x)
{
	bool cp = skipped(x->all, IE_CP_FEATURES), up = skipped(x->all, IE_UP_FEATURES);
	struct find_key as_cp = find_at(FIND_CP_AT, x->src, 0), as_up = find_at(FIND_UP_AT, x->src, 0);
	uint32_t e;

	if (cp != up) {
		e = n4_side(m, up ? FIND_UP_AT : FIND_CP_AT, x->src, f);
		element_role(m, e, up ? ROLE_PFCP_UP : ROLE_PFCP_CP, f);
		return e;
	}
	e = find_get(m, &as_cp);		/* silent: what the address is known as already */
	if (e == NONE)
		e = find_get(m, &as_up);
	if (e == NONE) {
		e = element_at(m, FIND_PFCP_AT, x->src, 0, f);
		element_role(m, e, ROLE_PFCP_NODE, f);
	}
	return e;
}

static void associated(struct model *m, uint32_t element, const struct fact *f)
{
	if (element == NONE || m->element[element].associated_ns)
		return;
	m->element[element].associated_ns = f->t_ns;
	m->element[element].associate = ground_of(f);
}

/* Whatever is known to speak PFCP at the address. */
static void associated_at(struct model *m, uint32_t place, const struct fact *f)
{
	static const enum find_class classes[] = { FIND_CP_AT, FIND_UP_AT, FIND_PFCP_AT };

	for (unsigned i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		struct find_key key = find_at(classes[i], place, 0);

		associated(m, find_get(m, &key), f);
	}
}

static void association(struct model *m, const struct fact *f, const struct n4 *x)
{
	struct assoc_key k = { .fam = f->src.fam };
	bool swap = addr_cmp(&f->src, &f->dst) > 0, made;
	uint32_t i;

	node_name(m, associate(m, f, x), x->all, f);
	if (x->type == ASSOC_SETUP_REQUEST || x->cause != CAUSE_ACCEPTED)
		return;
	associated_at(m, x->src, f);
	associated_at(m, x->dst, f);
	memcpy(k.a, swap ? f->dst.b : f->src.b, 16);
	memcpy(k.b, swap ? f->src.b : f->dst.b, 16);
	i = table_take(&m->assocs, &k, &made);
	if (i == TABLE_NONE) {
		m->n.refused++;
	} else if (made) {
		((struct assoc *)table_at(&m->assocs, i))->ground = ground_of(f);
		((struct assoc *)table_at(&m->assocs, i))->t_ns = f->t_ns;
		m->n.pfcp_associations++;
	}
}

/* The session that a report from the user plane is about: it names the control plane's SEID. */
static uint32_t session_reported(const struct model *m, const struct n4 *x)
{
	struct pfcp_session like = { .key = { x->seid, x->dst, 0 } };
	uint32_t i = table_find(&m->pfcp, &like.key, table_hash(&m->pfcp, &like.key));

	return i != TABLE_NONE && ((struct pfcp_session *)table_at(&m->pfcp, i))->up == x->src ? i : NONE;
}

static void request(struct model *m, const struct fact *f, const struct n4 *x)
{
	uint32_t i = NONE;

	switch (x->type) {
	case ASSOC_SETUP_REQUEST: association(m, f, x); break;
	case SESSION_ESTABLISHMENT_REQUEST: i = establishment(m, f, x); break;
	case SESSION_MODIFICATION_REQUEST:
		m->last.session = i = session_named(m, x->dst, x->seid);
		modification(m, f, x, i);
		break;
	case SESSION_DELETION_REQUEST: i = session_named(m, x->dst, x->seid); break;
	case SESSION_REPORT_REQUEST: i = session_reported(m, x); break;
	default: break;			/* heartbeats and the like say nothing of who is who */
	}
	expect(m, x, i);
	m->last.session = i;
}

static void response(struct model *m, const struct fact *f, const struct n4 *x)
{
	uint32_t i = awaited(m, x);

	m->last.session = i;
	switch (x->type) {
	case ASSOC_SETUP_RESPONSE: association(m, f, x); break;
	case SESSION_ESTABLISHMENT_RESPONSE: established(m, f, x, i); break;
	case SESSION_MODIFICATION_RESPONSE:
		if (i != NONE && x->cause == CAUSE_ACCEPTED)
			local_ends(m, f, i, x);
		break;
	case SESSION_DELETION_RESPONSE: deleted(m, f, x, i); break;
	default: break;
	}
}

/* TS 29.244 7.3: which types ask and which answer; Version Not Supported (11) does neither. */
void model_pfcp(struct model *m, const struct fact *f)
{
	enum { FIRST_NODE = 1, LAST_NODE = 17, NOT_SUPPORTED = 11, FIRST_SESSION = 50, LAST_SESSION = 57 };
	struct n4 x = n4_of(m, f);
	bool asks;

	if (x.src == NONE || x.dst == NONE)
		return;
	if (x.type < FIRST_NODE || (x.type > LAST_NODE && x.type < FIRST_SESSION) || x.type > LAST_SESSION || x.type == NOT_SUPPORTED)
		return;
	asks = (x.type < NOT_SUPPORTED) == (x.type & 1);	/* below it the odd ones ask, above it the even ones */
	if (asks)
		request(m, f, &x);
	else
		response(m, f, &x);
}

uint32_t model_pfcp_sessions(const struct model *m) { return m->pfcp.high; }
const struct pfcp_session *model_pfcp_session(const struct model *m, uint32_t i) { return table_live(&m->pfcp, i) ? table_at(&m->pfcp, i) : NULL; }
uint32_t model_associations(const struct model *m) { return m->assocs.high; }

struct association model_association(const struct model *m, uint32_t i)
{
	const struct assoc *a = table_at(&m->assocs, i);

	return (struct association){ addr_of(a->key.a, a->key.fam), addr_of(a->key.b, a->key.fam), a->ground, a->t_ns };
}
