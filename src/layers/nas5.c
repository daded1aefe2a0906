/*
 * NAS-5GS (N1 inside N2).  TS 24.501 9.1.
 *
 *   5GMM plain      7e | security header type 0 | message type | ...
 *   5GMM protected  7e | type 1..4 | MAC(4) | sequence number | a plain message
 *   5GSM            2e | PDU session id | PTI | message type | ...
 *
 * Types 2 and 4 are ciphered: the message inside is read when the choice of 5G-EA0 was seen
 * (nas5_alg.c).  A protected message, the plain one inside, 5GSM inside transport and the content of
 * a NAS message container are facts of their own.  Elements are rows in nas5_msg.c.
 */
#include "nas5.h"

enum { EPD_MM = 0x7e, EPD_SM = 0x2e };
enum { PLAIN, INTEGRITY, CIPHERED, INTEGRITY_NEW, CIPHERED_NEW };	/* 9.3.1 */
enum { MM_SECURITY_MODE_COMPLETE = 0x5e, MM_SECURITY_MODE_REJECT = 0x5f };

/* The capture ended inside this message, though maybe not inside an element. */
static void emit(struct nas_reading *r, struct fact *f, struct cur *c, enum outcome other)
{
	if (c->cut)
		cur_refuse(c, CUR_CUT);
	(void)layer_emit(r->l, f, c, other);
}

static void hand_on(struct nas_reading *r, struct cur inside, unsigned carries)
{
	struct ue_key ue = *r->ue;

	ue.carries = (uint8_t)carries;
	layer_nested(r->l, &proto_nas5, r->m, inside, &ue);
}

/* What the header alone says of the connection, before its content is judged. */
static bool readable(struct nas_reading *r, uint8_t type)
{
	struct nas_alg a;

	if (r->has_ue && r->ue->has_tmsi)
		nas_tmsi(r->s, r->ue, r->ue->tmsi, false);
	if (type == INTEGRITY || type == INTEGRITY_NEW)
		return true;
	if (!r->has_ue || (type != CIPHERED && type != CIPHERED_NEW))
		return false;
	a = nas_alg_of(r->s, r->ue);
	return nas_is_null(&a, type);
}

/* Security header, MAC, sequence number: as far as they are there. */
static void mark_protected(const struct nas_reading *r, const uint8_t *p, const uint8_t *end)
{
	static const enum mark what[] = { MARK_SIGNALLING, MARK_SIGNALLING, MARK_CHECK, MARK_CHECK, MARK_CHECK, MARK_CHECK, MARK_SIGNALLING };

	for (size_t i = 0; i < sizeof(what) / sizeof(what[0]) && p + i < end; i++)
		layer_mark(r->l, p + i, 1, what[i]);
}

static void protected(struct nas_reading *r, struct cur *c)
{
	struct fact *f = layer_begin(r->l, r->m, FACT_NAS5GS);
	uint8_t type, seq;
	bool open = false;

	mark_protected(r, c->p, c->end);
	(void)cur_u8(c);
	type = cur_u8(c) & 15;
	if (c->why == CUR_OK)
		put_uint(r->o, KEY_NAS_security_header_type, type);
	(void)cur_u32(c);			/* message authentication code */
	seq = cur_u8(c);
	if (c->why == CUR_OK) {
		put_uint(r->o, KEY_NAS_seq_no, seq);
		open = readable(r, type);
		if (!cur_left(c))
			cur_refuse(c, c->cut ? CUR_CUT : CUR_SHORT);
		else if (open)
			hand_on(r, *c, NAS_INNER + type);
		if (type == CIPHERED_NEW && r->has_ue && r->ue->uplink)
			nas_settled(r->s, r->ue, true);
	}
	emit(r, f, c, open ? OUT_OK : type == CIPHERED || type == CIPHERED_NEW ? OUT_ENCRYPTED : OUT_VALUE);
}

/* A NAS message container (4.4.6) is ciphered apart where its message is not. */
static void container(struct nas_reading *r)
{
	struct nas_alg a;
	bool open = r->header != INTEGRITY && r->header != INTEGRITY_NEW;

	if (!open && r->has_ue) {
		a = nas_alg_of(r->s, r->ue);
		open = nas_is_null(&a, CIPHERED);
	}
	hand_on(r, r->container, open ? NAS_WHOLE : NAS_OPAQUE);
}

static void after_mm(struct nas_reading *r)
{
	if (r->has_tmsi && r->header && r->has_ue && r->ue->uplink)
		nas_tmsi(r->s, r->ue, r->tmsi, false);
	if (r->type == MM_SECURITY_MODE_REJECT && r->has_ue)
		nas_settled(r->s, r->ue, false);
	if (r->has_container)
		container(r);
}

static void plain(struct nas_reading *r, struct cur *c)
{
	struct fact *f = layer_begin(r->l, r->m, FACT_NAS5GS);
	const uint8_t *from = c->p;
	uint8_t epd = cur_u8(c), second = cur_u8(c), pti = epd == EPD_SM ? cur_u8(c) : 0;
	enum outcome o = OUT_OK;
	bool known;

	r->type = cur_u8(c);
	layer_read(r->l, from, c);
	if (c->why == CUR_OK && epd != EPD_MM && epd != EPD_SM) {
		emit(r, f, c, OUT_UNKNOWN);
		return;
	}
	if (epd == EPD_MM) {
		known = r->type >= 0x41 && r->type <= 0x6d;
		put_uint(r->o, KEY_NAS_security_header_type, second & 15);
	} else {
		known = r->type >= 0xc1 && r->type <= 0xdb;
		put_uint(r->o, KEY_NAS_pdu_session_id, second);
		put_uint(r->o, KEY_NAS_proc_trans_id, pti);
	}
	if (c->why == CUR_OK) {
		put_uint(r->o, !known ? KEY_NAS_unknown_type : epd == EPD_MM ? KEY_NAS_mm_message_type : KEY_NAS_sm_message_type, r->type);
		if (!nas_body(r, epd == EPD_SM, c))
			o = OUT_UNKNOWN;
		else if (epd == EPD_MM)
			after_mm(r);
	}
	emit(r, f, c, o);
}

/*
 * Containers that NGAP carries instead of a message: to N1 mode, MAC(4) algorithms(1) and more
 * (9.11.2.6, 9.11.2.9); to S1 mode, a sequence number (9.11.2.7).
 */
static void transparent(struct nas_reading *r, struct cur *c)
{
	struct fact *f = layer_begin(r->l, r->m, FACT_NAS5GS);
	const uint8_t *from = c->p;
	uint8_t x;

	if (r->ue->carries == NAS_CONTAINER_TO_N1)
		(void)cur_u32(c);
	layer_mark(r->l, from, (size_t)(c->p - from), MARK_CHECK);
	from = c->p;
	x = cur_u8(c);
	if (c->why == CUR_OK && r->ue->carries == NAS_CONTAINER_TO_N1) {
		put_uint(r->o, KEY_NAS_sec_algo_enc, x >> 4);
		put_uint(r->o, KEY_NAS_sec_algo_ip, x & 15);
		nas_in_use(r->s, r->ue, x >> 4, x & 15);
		if (cur_left(c) == 2) {		/* 9.11.2.6: key set, then the sequence number; 9.11.2.9 has none */
			(void)cur_u8(c);
			x = cur_u8(c);
			put_uint(r->o, KEY_NAS_seq_no, x);
		}
	} else if (c->why == CUR_OK) {
		put_uint(r->o, KEY_NAS_seq_no, x);
	}
	layer_read(r->l, from, c);
	emit(r, f, c, OUT_OK);
}

static void opaque(struct nas_reading *r, struct cur *c)
{
	emit(r, layer_begin(r->l, r->m, FACT_NAS5GS), c, OUT_ENCRYPTED);
}

static bool read_message(struct layers *l, const struct msg *m)
{
	static const struct ue_key nobody = { .carries = NAS_MESSAGE };
	struct nas_reading r = { .l = l, .o = layer_put(l), .m = m, .s = layer_state(l, &proto_nas5), .ue = m->ue ? m->ue : &nobody };
	struct cur c = m->cur;

	r.has_ue = r.ue->assoc != 0;
	if (r.ue->carries >= NAS_INNER) {
		r.header = r.ue->carries - NAS_INNER;
		plain(&r, &c);
		return true;
	}
	switch ((enum nas_carried)r.ue->carries) {
	case NAS_CONTAINER_TO_N1:
	case NAS_CONTAINER_TO_S1: transparent(&r, &c); return true;
	case NAS_OPAQUE: opaque(&r, &c); return true;
	case NAS_PAYLOAD: plain(&r, &c); return true;
	case NAS_MESSAGE:
		if (r.has_ue)
			nas_begin(r.s, r.ue);
		break;
	case NAS_WHOLE:
	case NAS_INNER: break;
	}
	if (cur_left(&c) >= 2 && c.p[0] != EPD_SM && c.p[1] != PLAIN)
		protected(&r, &c);
	else
		plain(&r, &c);
	return true;
}

const struct proto proto_nas5 = {
	.name = "nas5", .title = "NAS-5GS", .spec = "TS 24.501", .kind = FACT_NAS5GS, .read = read_message, .cover = nas_cover,
	.state_size = sizeof(struct nas_state), .state_init = nas_state_init, .state_free = nas_state_free,
};
