/* Golden captures of NGAP that is not as it should be: cut, lying, unknown. */
#include "golden.h"

static struct stage quiet(struct net *n)
{
	struct stage s = stage_new(n);

	s.north->amf = s.amf;
	s.north->a = assoc_midway(s.north->n2, 40101, s.amf->n2, NGAP_PORT);
	s.north->a->quiet = true;
	return s;
}

static void up(struct stage *s, struct buf m) { n2_up(s->north, 1, m); }

static void without_mandatory(struct net *n)
{
	struct stage s = quiet(n);

	up(&s, ngap_without(ng_setup_request(&s.north->id), 27));
	up(&s, ngap_without(ul_nas(&(struct ngap_ids){ 1, 1 }, nas_registration_complete(), &s.north->cell), 85));
}

static void twice(struct net *n)
{
	struct stage s = quiet(n);

	up(&s, ngap_with(ng_setup_request(&s.north->id), 82, IGNORE, ie_name("gnb-north-too")));
}

static void unknown_ie(struct net *n)
{
	struct stage s = quiet(n);

	up(&s, ngap_with(ng_setup_request(&s.north->id), 999, IGNORE, buf_str("of a later release")));
	up(&s, ngap_with(ng_setup_request(&s.north->id), 65535, REJECT, buf_str("and to be rejected")));
}

static void unknown_procedure(struct net *n)
{
	struct stage s = quiet(n);
	struct ngap_pdu m;

	ngap_begin(&m, NGAP_REQUEST, 200);
	ngap_ie(&m, 10, REJECT, ie_amf_ue_id(1));
	up(&s, ngap_end(&m));
}

static void private_message(struct net *n)
{
	struct stage s = quiet(n);

	/* privateIEs with the global id 1.3.6.1.4.1.99999 */
	up(&s, buf_of("\x00\x1f\x40\x13\x00\x00\x00\x80\x08\x2b\x06\x01\x04\x01\x86\x8d\x1f\x40\x04\xde\xad\xbe\xef", 23));
}

static void short_message(struct net *n, size_t off)
{
	struct stage s = quiet(n);
	struct buf m = ng_setup_request(&s.north->id);

	buf_shorten(&m, m.n - off);
	up(&s, m);
}

static void ends_in_ie(struct net *n) { short_message(n, 3); }
static void ends_between_ies(struct net *n) { short_message(n, 5); }

static void counts_too_many(struct net *n)
{
	struct stage s = quiet(n);
	struct buf m = ng_setup_request(&s.north->id);

	set8(&m, 6, 9);			/* nine IEs */
	up(&s, m);
}

static void counts_too_few(struct net *n)
{
	struct stage s = quiet(n);
	struct buf m = ng_setup_request(&s.north->id);

	set8(&m, 6, 2);
	up(&s, m);
}

static void length_too_long(struct net *n)
{
	struct stage s = quiet(n);
	struct buf m = ng_setup_request(&s.north->id);

	set8(&m, 3, m.p[3] + 7u);
	up(&s, m);
}

static void ie_too_long(struct net *n)
{
	struct stage s = quiet(n);
	struct buf m = ng_setup_request(&s.north->id);

	set8(&m, 10, m.p[10] + 1u);	/* the first IE takes an octet of the second */
	up(&s, m);
}

static void snapped(struct net *n)
{
	struct stage s = quiet(n);

	n->next.snap = 14 + 20 + 12 + 16 + 40;
	up(&s, ng_setup_request(&s.north->id));
	n->next.snap = 14 + 20 + 12 + 16;
	up(&s, ng_setup_request(&s.north->id));
}

/* A choice index and an enumerated value that only a later release knows. */
static void extended(struct net *n)
{
	struct stage s = quiet(n);
	struct buf m = ng_setup_request(&s.north->id);

	m = ngap_without(m, 21);
	up(&s, ngap_with(m, 21, IGNORE, buf_of("\x80", 1)));
	m = ngap_without(ng_setup_request(&s.north->id), 27);
	up(&s, ngap_with(m, 27, REJECT, buf_of("\xc0\x01\x13\x40\x03\x00\x00\x01", 8)));
}

/* Longer than 127 octets, and longer than 2,047: lengths of two octets everywhere. */
static void long_lengths(struct net *n)
{
	struct stage s = quiet(n);
	struct buf nas = nas_ul_transport(1, 1, "internet", buf_of("\x2e\1\1\xc1\xff\xff\x91\xa1", 8));
	struct buf pco = { 0 };

	put_room(&pco, 3000);
	put_buf(&nas, pco);
	up(&s, ul_nas(&(struct ngap_ids){ 1, 1 }, nas_protect(s.seed, NAS_CIPHERED, 2, 3, nas), &s.north->cell));
}

static void trailing(struct net *n)
{
	struct stage s = quiet(n);
	struct buf m = ng_setup_request(&s.north->id);

	put_str(&m, "tail");
	up(&s, m);
}

static void empty_nas(struct net *n)
{
	struct stage s = quiet(n);

	up(&s, ul_nas(&(struct ngap_ids){ 1, 1 }, (struct buf){ 0 }, &s.north->cell));
}

const struct golden golden_ngap_more[] = {
	{ "ngap", "without-mandatory-ie", without_mandatory, NULL, NULL },
	{ "ngap", "ie-twice", twice, NULL, NULL },
	{ "ngap", "unknown-ie", unknown_ie, NULL, NULL },
	{ "ngap", "unknown-procedure", unknown_procedure, NULL, NULL },
	{ "ngap", "private-message", private_message, NULL, NULL },
	{ "ngap", "ends-in-ie", ends_in_ie, NULL, NULL },
	{ "ngap", "ends-between-ies", ends_between_ies, NULL, NULL },
	{ "ngap", "counts-too-many-ies", counts_too_many, NULL, NULL },
	{ "ngap", "counts-too-few-ies", counts_too_few, NULL, NULL },
	{ "ngap", "length-too-long", length_too_long, NULL, NULL },
	{ "ngap", "ie-length-too-long", ie_too_long, NULL, NULL },
	{ "ngap", "snapped", snapped, NULL, NULL },
	{ "ngap", "values-of-a-later-release", extended, NULL, NULL },
	{ "ngap", "long-lengths", long_lengths, NULL, NULL },
	{ "ngap", "octets-behind-the-message", trailing, NULL, NULL },
	{ "ngap", "empty-nas", empty_nas, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
