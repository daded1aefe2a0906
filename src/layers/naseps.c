/*
 * NAS of EPS (inside S1AP).  TS 24.301 9.1.
 *
 *   EMM plain      security header type 0(4 bits) 7(4 bits) | message type | ...
 *   EMM protected  type 1..5, 7 | MAC(4) | sequence number | a plain message
 *   service request  12, 7 | key set(3 bits) sequence number(5 bits) | short MAC(2)
 *   ESM            EPS bearer identity(4 bits) 2(4 bits) | PTI | message type | ...
 *
 * Types 2 and 4 are ciphered: the message inside is read when the choice of EEA0 was seen (nas5_alg.c).
 * A protected message, the plain one inside and an ESM message in its container are facts of their
 * own.  Elements are rows in naseps_msg.c.
 */
#include "naseps.h"

enum { PD_EMM = 7, PD_ESM = 2 };
enum { EMM_SECURITY_MODE_COMPLETE = 0x5e, EMM_SECURITY_MODE_REJECT = 0x5f };

void naseps_put_tmsi(struct layers *l, struct put *o, uint32_t tmsi)
{
	static const char hexd[] = "0123456789abcdef";
	const char *s;
	char hex[8];

	for (int i = 0; i < 8; i++)
		hex[i] = hexd[tmsi >> (28 - 4 * i) & 15];
	s = layer_pseudonym(l, "tmsi", hex, sizeof(hex));
	if (s)
		put_text(o, KEY_S1AP_tmsi, s, strlen(s));
}

void naseps_handover(struct layers *l, const struct ue_key *ue, const uint8_t *container, size_t n)
{
	nas_handover(layer_state(l, &proto_naseps), ue, container, n);
}

/* The capture ended inside this message, though maybe not inside an element. */
static void emit(struct eps_reading *r, struct fact *f, struct cur *c, enum outcome other)
{
	if (c->cut)
		cur_refuse(c, CUR_CUT);
	(void)layer_emit(r->l, f, c, other);
}

static void hand_on(struct eps_reading *r, struct cur inside, unsigned carries)
{
	struct ue_key ue = *r->ue;

	ue.carries = (uint8_t)carries;
	layer_nested(r->l, &proto_naseps, r->m, inside, &ue);
}

static bool under_null(struct eps_reading *r, uint8_t type)
{
	struct nas_alg a;

	if (!r->has_ue)
		return false;
	a = nas_alg_of(r->s, r->ue);
	return nas_is_null(&a, type);
}

/* What the header alone says of the connection, before its content is judged. */
static bool readable(struct eps_reading *r, uint8_t type)
{
	if (r->has_ue && r->ue->has_tmsi)
		nas_tmsi(r->s, r->ue, r->ue->tmsi, false);
	if (type == EPS_INTEGRITY || type == EPS_INTEGRITY_NEW || type == EPS_PARTLY_CIPHERED)
		return true;
	return (type == EPS_CIPHERED || type == EPS_CIPHERED_NEW) && under_null(r, type);
}

/* Security header, MAC, sequence number: as far as they are there. */
static void mark_protected(const struct eps_reading *r, const uint8_t *p, const uint8_t *end)
{
	static const enum mark what[] = { MARK_SIGNALLING, MARK_CHECK, MARK_CHECK, MARK_CHECK, MARK_CHECK, MARK_SIGNALLING };

	for (size_t i = 0; i < sizeof(what) / sizeof(what[0]) && p + i < end; i++)
		layer_mark(r->l, p + i, 1, what[i]);
}

static void protected(struct eps_reading *r, struct cur *c)
{
	struct fact *f = layer_begin(r->l, r->m, FACT_NASEPS);
	uint8_t type, seq;
	bool open = false;

	mark_protected(r, c->p, c->end);
	type = cur_u8(c) >> 4;
	put_uint(r->o, KEY_NASEPS_security_header_type, type);
	(void)cur_u32(c);			/* message authentication code */
	seq = cur_u8(c);
	if (c->why == CUR_OK) {
		put_uint(r->o, KEY_NASEPS_seq_no, seq);
		open = readable(r, type);
		if (!cur_left(c))
			cur_refuse(c, c->cut ? CUR_CUT : CUR_SHORT);
		else if (open)
			hand_on(r, *c, EPS_INNER + type);
		if (type == EPS_CIPHERED_NEW && r->has_ue && r->ue->uplink)
			nas_settled(r->s, r->ue, true);
	}
	emit(r, f, c, open ? OUT_OK : type == EPS_CIPHERED || type == EPS_CIPHERED_NEW ? OUT_ENCRYPTED : OUT_VALUE);
}

/* TS 24.301 8.2.25: all of it is in the clear, under a short MAC. */
static void service_request(struct eps_reading *r, struct cur *c)
{
	struct fact *f = layer_begin(r->l, r->m, FACT_NASEPS);
	const uint8_t *from = c->p;
	uint8_t seq;

	put_uint(r->o, KEY_NASEPS_security_header_type, cur_u8(c) >> 4);
	seq = cur_u8(c);
	if (c->why == CUR_OK)
		put_uint(r->o, KEY_NASEPS_seq_no_short, seq & 31);
	layer_read(r->l, from, c);
	from = c->p;
	(void)cur_u16(c);
	layer_mark(r->l, from, (size_t)(c->p - from), MARK_CHECK);
	if (r->has_ue && r->ue->has_tmsi)
		nas_tmsi(r->s, r->ue, r->ue->tmsi, false);
	emit(r, f, c, OUT_OK);
}

static void after_emm(struct eps_reading *r)
{
	if (r->has_tmsi && r->header && r->has_ue && r->ue->uplink)
		nas_tmsi(r->s, r->ue, r->tmsi, false);
	if (r->type == EMM_SECURITY_MODE_REJECT && r->has_ue)
		nas_settled(r->s, r->ue, false);
	if (r->type == EMM_SECURITY_MODE_COMPLETE && r->header && r->has_ue && r->ue->uplink)
		nas_settled(r->s, r->ue, true);		/* whatever its envelope's type: some UEs write 2 */
	if (r->has_esm)
		hand_on(r, r->esm, r->header == EPS_PARTLY_CIPHERED && !under_null(r, EPS_CIPHERED) ? EPS_OPAQUE : EPS_ESM);
	if (r->has_container)
		hand_on(r, r->container, EPS_WHOLE);
}

static void plain(struct eps_reading *r, struct cur *c)
{
	struct fact *f = layer_begin(r->l, r->m, FACT_NASEPS);
	const uint8_t *from = c->p;
	uint8_t first = cur_u8(c), pd = first & 15, pti = pd == PD_ESM ? cur_u8(c) : 0;
	enum outcome o = OUT_OK;
	bool known;

	if (c->why == CUR_OK && pd != PD_EMM && pd != PD_ESM) {
		layer_read(r->l, from, c);
		emit(r, f, c, OUT_UNKNOWN);
		return;
	}
	r->type = cur_u8(c);
	layer_read(r->l, from, c);
	if (pd == PD_EMM) {
		known = r->type >= 0x41 && r->type <= 0x69;
		put_uint(r->o, KEY_NASEPS_security_header_type, first >> 4);
	} else {
		known = r->type >= 0xc1 && r->type <= 0xeb;
		put_uint(r->o, KEY_NASEPS_bearer_id, first >> 4);
		put_uint(r->o, KEY_NASEPS_proc_trans_id, pti);
	}
	if (c->why == CUR_OK) {
		put_uint(r->o, !known ? KEY_NASEPS_unknown_type : pd == PD_EMM ? KEY_NASEPS_emm_type : KEY_NASEPS_esm_type, r->type);
		if (!naseps_body(r, pd == PD_ESM, c))
			o = OUT_UNKNOWN;
		else if (pd == PD_EMM)
			after_emm(r);
	}
	emit(r, f, c, o);
}

static void opaque(struct eps_reading *r, struct cur *c)
{
	emit(r, layer_begin(r->l, r->m, FACT_NASEPS), c, OUT_ENCRYPTED);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	static const struct ue_key nobody = { .carries = EPS_MESSAGE };
	struct eps_reading r = { .l = l, .o = layer_put(l), .m = m, .s = layer_state(l, &proto_naseps), .ue = m->ue ? m->ue : &nobody };
	struct cur c = m->cur;
	uint8_t type;

	r.has_ue = r.ue->assoc != 0;
	if (r.ue->carries >= EPS_INNER)
		r.header = r.ue->carries - EPS_INNER;
	else if (r.ue->carries == EPS_MESSAGE && r.has_ue)
		nas_begin(r.s, r.ue);
	if (r.ue->carries == EPS_OPAQUE) {
		opaque(&r, &c);
		return true;
	}
	/* the plain message of an envelope is plain, whatever it says */
	type = r.ue->carries == EPS_MESSAGE && cur_left(&c) && (c.p[0] & 15) == PD_EMM ? c.p[0] >> 4 : EPS_PLAIN;
	if (type >= EPS_SERVICE_REQUEST)
		service_request(&r, &c);
	else if (type != EPS_PLAIN)
		protected(&r, &c);
	else
		plain(&r, &c);
	return true;
}

const struct proto proto_naseps = {
	.name = "naseps", .title = "NAS-EPS", .spec = "TS 24.301", .kind = FACT_NASEPS, .read = read_message, .cover = naseps_cover,
	.state_size = sizeof(struct nas_state), .state_init = nas_state_init, .state_free = nas_state_free,
};
