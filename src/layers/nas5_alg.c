/*
 * The NAS algorithms of UEs (TS 24.501 4.4, TS 24.301 4.4).  A security mode command chooses; the pair of
 * association and RAN-UE-NGAP-ID keeps the choice.  It follows the UE where the wire shows that it
 * is the same: by AMF-UE-NGAP-ID to another RAN node, by the 5G-TMSI that the network gave under it
 * to a later connection, by the handover container to a pair with both ids new.  Tables have a cap;
 * what they refuse is a UE of which nothing is known.
 */
#include "nas5.h"

enum { PAIRS = 1 << 20, MOVES = 1 << 16 };

struct pair {
	struct pair_key { uint32_t assoc, ran_id; } key;
	uint64_t	amf_id;
	uint32_t	tmsi;
	struct nas_alg	alg;
	uint8_t		has_amf, has_tmsi;
	uint32_t	imsi;			/* a hash, 0: not known */
};
struct amf_id { struct amf_key { uint64_t id; uint8_t addr[16], fam, pad[7]; } key; struct nas_alg alg; uint8_t pad[2]; };
enum name { NAME_TMSI, NAME_IMSI };
struct tmsi { struct tmsi_key { uint32_t tmsi; uint8_t addr[16], fam, name, pad[2]; } key; struct nas_alg alg; uint8_t pad[2]; };
struct move { uint64_t key; struct nas_alg alg; uint8_t pad[2]; };

int nas_state_init(void *state, const struct hash_key *hk)
{
	struct nas_state *s = state;
	int err;

	if ((err = table_init(&s->pairs, sizeof(((struct pair *)0)->key), sizeof(struct pair), PAIRS, hk)) ||
	    (err = table_init(&s->amf_ids, sizeof(struct amf_key), sizeof(struct amf_id), PAIRS, hk)) ||
	    (err = table_init(&s->tmsis, sizeof(struct tmsi_key), sizeof(struct tmsi), PAIRS, hk)))
		return err;
	return table_init(&s->moves, sizeof(uint64_t), sizeof(struct move), MOVES, hk);
}

void nas_state_free(void *state)
{
	struct nas_state *s = state;

	table_free(&s->pairs);
	table_free(&s->amf_ids);
	table_free(&s->tmsis);
	table_free(&s->moves);
}

static inline void *record(struct table *t, const void *key, uint32_t len, bool make)
{
	bool made;
	uint32_t i = make ? table_take_of(t, key, len, &made) : table_seek_of(t, key, len);

	return i == TABLE_NONE ? NULL : table_at(t, i);
}

static struct nas_alg *by_amf_id(struct nas_state *s, const struct ue_key *ue, bool make)
{
	struct amf_key k = { .id = ue->amf_id, .fam = ue->amf.fam };
	struct amf_id *a;

	if (!ue->has_amf)
		return NULL;
	memcpy(k.addr, ue->amf.b, 16);
	a = record(&s->amf_ids, &k, sizeof(k), make);
	return a ? &a->alg : NULL;
}

static struct nas_alg *by_name(struct nas_state *s, const struct ue_key *ue, enum name name, uint32_t value, bool make)
{
	struct tmsi_key k = { .tmsi = value, .fam = ue->amf.fam, .name = (uint8_t)name };
	struct tmsi *t;

	memcpy(k.addr, ue->amf.b, 16);
	t = record(&s->tmsis, &k, sizeof(k), make);
	return t ? &t->alg : NULL;
}

/* What is now known of the pair is known under its other names too. */
static void spread(struct nas_state *s, const struct ue_key *ue, const struct pair *p)
{
	struct nas_alg *a = by_amf_id(s, ue, true);

	if (a)
		*a = p->alg;
	a = p->has_tmsi ? by_name(s, ue, NAME_TMSI, p->tmsi, true) : NULL;
	if (a)
		*a = p->alg;
	a = p->imsi ? by_name(s, ue, NAME_IMSI, p->imsi, true) : NULL;
	if (a)
		*a = p->alg;
}

static void forget(struct pair *p)
{
	p->alg = (struct nas_alg){ 0 };
	p->has_amf = p->has_tmsi = 0;
	p->imsi = 0;
}

/* The UE's pair; NULL without one, or when the table is full. */
static struct pair *pair_of(struct nas_state *s, const struct ue_key *ue)
{
	const uint64_t key = hash_word(ue->assoc, ue->ran_id);		/* struct pair_key, in one word */
	const struct nas_alg *a;
	struct pair *p;
	bool fresh;
	uint32_t i;

	_Static_assert(sizeof(struct pair_key) == sizeof(key), "one word");
	if (!ue->has_ran)
		return NULL;
	i = table_take_of(&s->pairs, &key, sizeof(key), &fresh);
	if (i == TABLE_NONE)
		return NULL;
	p = table_at(&s->pairs, i);
	if (!ue->has_amf || (p->has_amf && p->amf_id == ue->amf_id))
		return p;
	fresh |= p->has_amf != 0;		/* the RAN id is used again: another UE */
	if (fresh) {
		forget(p);
		a = by_amf_id(s, ue, false);
		if (a)
			p->alg = *a;
	}
	p->has_amf = 1;
	p->amf_id = ue->amf_id;
	spread(s, ue, p);
	return p;
}

void nas_begin(struct nas_state *s, const struct ue_key *ue)
{
	struct pair *p = ue->begins ? pair_of(s, ue) : NULL;

	if (p)
		forget(p);
}

struct nas_alg nas_alg_of(struct nas_state *s, const struct ue_key *ue)
{
	const struct pair *p = pair_of(s, ue);
	const struct nas_alg *a;

	if (p)
		return p->alg;
	a = by_amf_id(s, ue, false);
	return a ? *a : (struct nas_alg){ 0 };
}

bool nas_is_null(const struct nas_alg *a, uint8_t header_type)
{
	if (header_type == 4)
		return a->next ? !a->next_ea : a->known && !a->ea;
	if (a->known && a->next && a->ea != a->next_ea)
		return false;			/* one of the two: the completion was not seen */
	return a->known ? !a->ea : a->next && !a->next_ea;
}

void nas_chosen(struct nas_state *s, const struct ue_key *ue, uint8_t ea, uint8_t ia)
{
	struct pair *p = pair_of(s, ue);

	if (!p)
		return;
	p->alg.next = 1;
	p->alg.next_ea = ea;
	p->alg.next_ia = ia;
	spread(s, ue, p);
}

void nas_settled(struct nas_state *s, const struct ue_key *ue, bool done)
{
	struct pair *p = pair_of(s, ue);

	if (!p || !p->alg.next)
		return;
	if (done) {
		p->alg.known = 1;
		p->alg.ea = p->alg.next_ea;
		p->alg.ia = p->alg.next_ia;
	}
	p->alg.next = 0;
	spread(s, ue, p);
}

void nas_in_use(struct nas_state *s, const struct ue_key *ue, uint8_t ea, uint8_t ia)
{
	struct pair *p = pair_of(s, ue);
	struct nas_alg *a = by_amf_id(s, ue, true);

	if (a)
		*a = (struct nas_alg){ .known = 1, .ea = ea, .ia = ia };
	if (p && a) {
		p->alg = *a;
		spread(s, ue, p);
	}
}

void nas_tmsi(struct nas_state *s, const struct ue_key *ue, uint32_t tmsi, bool given)
{
	struct pair *p = pair_of(s, ue);
	const struct nas_alg *a;

	if (!p)
		return;
	if (!given) {
		a = p->alg.known || p->alg.next ? NULL : by_name(s, ue, NAME_TMSI, tmsi, false);
		if (!a)
			return;
		p->alg = *a;
		p->alg.next = 0;
	}
	p->has_tmsi = 1;
	p->tmsi = tmsi;
	spread(s, ue, p);
}

void nas_imsi(struct nas_state *s, const struct ue_key *ue, const char *digit, size_t n, bool under)
{
	uint32_t imsi = (uint32_t)hash_bytes(&s->pairs.hk, digit, n) | 1;
	struct pair *p = pair_of(s, ue);
	const struct nas_alg *a;

	if (!p)
		return;
	a = !under || p->alg.known || p->alg.next ? NULL : by_name(s, ue, NAME_IMSI, imsi, false);
	if (a) {
		p->alg = *a;
		p->alg.next = 0;
	}
	p->imsi = imsi;
	spread(s, ue, p);
}

void nas_handover(struct nas_state *s, const struct ue_key *ue, const uint8_t *container, size_t n)
{
	uint64_t key = hash_bytes(&s->moves.hk, container, n);
	struct move *m = record(&s->moves, &key, sizeof(key), ue->uplink);
	struct nas_alg *a;

	if (!m)
		return;
	if (ue->uplink) {
		m->alg = nas_alg_of(s, ue);
		return;
	}
	a = m->alg.known ? by_amf_id(s, ue, true) : NULL;
	if (a)
		*a = m->alg;
}

void nas5_handover(struct layers *l, const struct ue_key *ue, const uint8_t *container, size_t n)
{
	nas_handover(layer_state(l, &proto_nas5), ue, container, n);
}
