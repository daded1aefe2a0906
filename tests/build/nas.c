#include "nas.h"

#include "secret.h"

#include <string.h>

enum { EPD_MM = 0x7e, EPD_SM = 0x2e };

/* Octets that nobody but the two ends should have. */
static void put_token(struct buf *b, struct seed *s, const char *kind, size_t n)
{
	put_seed(b, s, n);
	secret_octets(kind, b->p + b->n - n, n);
}

struct buf nas_protect(struct seed *s, unsigned type, unsigned ea, unsigned count, struct buf plain)
{
	struct buf b = { 0 };

	put8(&b, EPD_MM);
	put8(&b, type);
	put_token(&b, s, "mac", 4);
	put8(&b, count & 0xff);
	if ((type == NAS_CIPHERED || type == NAS_CIPHERED_NEW) && ea)
		put_seed(&b, s, plain.n);
	else
		put_mem(&b, plain.p, plain.n);
	buf_free(&plain);
	return b;
}

static struct buf mm(unsigned type)
{
	struct buf b = { 0 };

	put8(&b, EPD_MM);
	put8(&b, NAS_PLAIN);
	put8(&b, type);
	return b;
}

static struct buf sm(unsigned psi, unsigned pti, unsigned type)
{
	struct buf b = { 0 };

	put8(&b, EPD_SM);
	put8(&b, psi);
	put8(&b, pti);
	put8(&b, type);
	return b;
}

static void put_lv(struct buf *b, struct buf v)
{
	put8(b, (unsigned)v.n);
	put_buf(b, v);
}

static void put_lve(struct buf *b, struct buf v)
{
	put16(b, (unsigned)v.n);
	put_buf(b, v);
}

static void put_tlv(struct buf *b, unsigned iei, struct buf v)
{
	put8(b, iei);
	put_lv(b, v);
}

static void put_tlve(struct buf *b, unsigned iei, struct buf v)
{
	put8(b, iei);
	put_lve(b, v);
}

static struct buf nssai(void) { return buf_of("\4\1\1\2\3", 5); }

/* --- identities --- */

static struct buf suci(struct plmn home, unsigned scheme, unsigned key)
{
	struct buf b = { 0 };

	put8(&b, 1);
	put_mem(&b, home.b, 3);
	put16(&b, 0xf0ff);		/* routing indicator 0 */
	put8(&b, scheme);
	put8(&b, key);
	return b;
}

struct buf id_suci_null(struct plmn home, const char *msin)
{
	struct buf b = suci(home, 0, 0);

	msin = secret_msin(msin);
	secret_subscriber(home.b, msin);
	for (; msin[0]; msin += msin[1] ? 2 : 1)
		put8(&b, (unsigned)((msin[1] ? msin[1] - '0' : 0xf) << 4 | (msin[0] - '0')));
	return b;
}

/* Ephemeral key (32 octets of X25519), 5 octets of ciphered MSIN, 8 of MAC (TS 33.501 annex C.3). */
struct buf id_suci_ecies(struct plmn home, struct seed *s)
{
	struct buf b = suci(home, 1, 1);

	put_seed(&b, s, 45);
	return b;
}

struct buf id_suci_b(struct plmn home, struct seed *s)
{
	struct buf b = suci(home, 2, 1);

	put8(&b, 2);			/* a compressed point of secp256r1 */
	put_seed(&b, s, 45);
	return b;
}

static void put_amf(struct buf *b, const struct ngap_amf *a, uint32_t tmsi)
{
	put16(b, a->set << 6 | a->pointer);
	put32(b, tmsi);
	secret_octets("tmsi", b->p + b->n - 4, 4);
}

struct buf id_guti(const struct ngap_amf *a, uint32_t tmsi)
{
	struct buf b = { 0 };

	put8(&b, 0xf2);
	put_mem(&b, a->plmn.b, 3);
	put8(&b, a->region);
	put_amf(&b, a, tmsi);
	return b;
}

struct buf id_stmsi(const struct ngap_amf *a, uint32_t tmsi)
{
	struct buf b = { 0 };

	put8(&b, 0xf4);
	put_amf(&b, a, tmsi);
	return b;
}

struct buf id_imeisv(const char *d)
{
	struct buf b = { 0 };

	secret_digits("pei", d);
	put8(&b, (unsigned)((d[0] - '0') << 4 | 5));	/* 16 digits: an even number */
	for (d++; d[0]; d += d[1] ? 2 : 1)
		put8(&b, (unsigned)((d[1] ? d[1] - '0' : 0xf) << 4 | (d[0] - '0')));
	return b;
}

/* --- mobility management, 8.2 --- */

static struct buf security_capability(unsigned v)
{
	struct buf b = { 0 };

	put16(&b, v);
	return b;
}

struct buf nas_registration_request(unsigned type, unsigned ksi, struct buf identity, unsigned capability, struct buf inner)
{
	struct buf b = mm(0x41);

	put8(&b, ksi << 4 | 8 | type);	/* follow-on request pending */
	put_lve(&b, identity);
	if (capability)
		put_tlv(&b, 0x2e, security_capability(capability));
	if (inner.n)
		put_tlve(&b, 0x71, inner);
	return b;
}

struct buf nas_registration_accept(const struct ngap_amf *a, uint32_t tmsi, uint32_t tac)
{
	struct buf b = mm(0x42), tai = { 0 };

	put_lv(&b, buf_of("\1", 1));	/* 3GPP access */
	put_tlve(&b, 0x77, id_guti(a, tmsi));
	put8(&tai, 0);			/* one TAI */
	put_mem(&tai, a->plmn.b, 3);
	put24(&tai, tac);
	put_tlv(&b, 0x54, tai);
	put_tlv(&b, 0x15, nssai());
	put_tlv(&b, 0x5e, buf_of("\x06", 1));
	return b;
}

struct buf nas_registration_complete(void) { return mm(0x43); }

static struct buf with_cause(unsigned type, unsigned cause)
{
	struct buf b = mm(type);

	put8(&b, cause);
	return b;
}

struct buf nas_registration_reject(unsigned cause) { return with_cause(0x44, cause); }

struct buf nas_authentication_request(struct seed *s, unsigned ksi)
{
	struct buf b = mm(0x56);

	put8(&b, ksi);
	put_lv(&b, buf_of("\0\0", 2));	/* ABBA */
	put8(&b, 0x21);
	put_token(&b, s, "token", 16);
	put8(&b, 0x20);
	put8(&b, 16);
	put_token(&b, s, "token", 16);
	return b;
}

struct buf nas_authentication_response(struct seed *s)
{
	struct buf b = mm(0x57);

	put8(&b, 0x2d);
	put8(&b, 16);
	put_token(&b, s, "token", 16);
	return b;
}

struct buf nas_authentication_failure(struct seed *s, unsigned cause)
{
	struct buf b = with_cause(0x59, cause);

	if (cause == 21) {
		put8(&b, 0x30);
		put8(&b, 14);
		put_token(&b, s, "token", 14);
	}
	return b;
}

struct buf nas_authentication_reject(void) { return mm(0x58); }

/* replayed: the UE's capabilities as it sent them, EA in the upper octet, IA in the lower. */
struct buf nas_security_mode_command(unsigned ea, unsigned ia, unsigned ksi, unsigned replayed)
{
	struct buf b = mm(0x5d);

	put8(&b, ea << 4 | ia);
	put8(&b, ksi);
	put_lv(&b, security_capability(replayed));
	put8(&b, 0xe1);			/* IMEISV wanted */
	put_tlv(&b, 0x36, buf_of("\2", 1));
	return b;
}

struct buf nas_security_mode_complete(struct buf inner)
{
	struct buf b = mm(0x5e);

	put_tlve(&b, 0x77, id_imeisv("3569380356438091"));
	if (inner.n)
		put_tlve(&b, 0x71, inner);
	return b;
}

struct buf nas_security_mode_reject(unsigned cause) { return with_cause(0x5f, cause); }
struct buf nas_identity_request(unsigned type) { return with_cause(0x5b, type); }

struct buf nas_identity_response(struct buf identity)
{
	struct buf b = mm(0x5c);

	put_lve(&b, identity);
	return b;
}

struct buf nas_service_request(unsigned ksi, unsigned type, struct buf identity, struct buf inner)
{
	struct buf b = mm(0x4c);

	put8(&b, type << 4 | ksi);
	put_lve(&b, identity);
	if (inner.n)
		put_tlve(&b, 0x71, inner);
	return b;
}

struct buf nas_service_accept(void)
{
	struct buf b = mm(0x4e);

	put_tlv(&b, 0x50, buf_of("\x20\0", 2));
	return b;
}

struct buf nas_service_reject(unsigned cause) { return with_cause(0x4d, cause); }

struct buf nas_deregistration_request(unsigned ksi, bool switch_off, struct buf identity)
{
	struct buf b = mm(0x45);

	put8(&b, ksi << 4 | (switch_off ? 8u : 0) | 1);
	put_lve(&b, identity);
	return b;
}

struct buf nas_deregistration_accept(void) { return mm(0x46); }

struct buf nas_network_deregistration(unsigned cause)
{
	struct buf b = mm(0x47);

	put8(&b, 1);
	put8(&b, 0x58);
	put8(&b, cause);
	return b;
}

struct buf nas_network_deregistration_accept(void) { return mm(0x48); }

struct buf nas_configuration_update(const struct ngap_amf *a, uint32_t tmsi)
{
	struct buf b = mm(0x54);

	put8(&b, 0xd1);			/* to be acknowledged */
	put_tlve(&b, 0x77, id_guti(a, tmsi));
	return b;
}

struct buf nas_configuration_complete(void) { return mm(0x55); }
struct buf nas_mm_status(unsigned cause) { return with_cause(0x64, cause); }

static void put_label(struct buf *b, unsigned iei, const char *dnn)
{
	struct buf v = { 0 };

	put8(&v, (unsigned)strlen(dnn));
	put_str(&v, dnn);
	put_tlv(b, iei, v);
}

struct buf nas_ul_transport(unsigned psi, unsigned request_type, const char *dnn, struct buf smsg)
{
	struct buf b = mm(0x67);

	put8(&b, 1);			/* N1 SM information */
	put_lve(&b, smsg);
	put8(&b, 0x12);
	put8(&b, psi);
	if (request_type) {
		put8(&b, 0x80 | request_type);
		put_tlv(&b, 0x22, buf_of("\1\1\2\3", 4));
	}
	if (dnn)
		put_label(&b, 0x25, dnn);
	return b;
}

struct buf nas_dl_transport(unsigned psi, struct buf smsg)
{
	struct buf b = mm(0x68);

	put8(&b, 1);
	put_lve(&b, smsg);
	put8(&b, 0x12);
	put8(&b, psi);
	return b;
}

/* --- session management, 8.3 --- */

struct buf nas_session_request(unsigned psi, unsigned pti, unsigned type)
{
	struct buf b = sm(psi, pti, 0xc1);

	put16(&b, 0xffff);
	put8(&b, 0x90 | type);
	put8(&b, 0xa1);
	put_tlve(&b, 0x7b, buf_of("\x80\0\x0d\0\0\x03\0", 7));	/* the DNS servers, please, for IPv4 and IPv6 */
	return b;
}

static struct buf qos_rules(unsigned qfi)
{
	struct buf b = { 0 };

	put8(&b, 1);
	put16(&b, 6);
	put8(&b, 0x31);			/* a new rule, the default one, with one filter */
	put8(&b, 0x31);			/* both ways, filter 1 */
	put8(&b, 1);
	put8(&b, 1);			/* match all */
	put8(&b, 255);
	put8(&b, qfi);
	return b;
}

static struct buf flow_description(unsigned qfi)
{
	struct buf b = { 0 };

	put8(&b, qfi);
	put8(&b, 0x20);
	put8(&b, 0x41);
	put24(&b, 0x010109);		/* 5QI 9 */
	return b;
}

struct buf nas_session_accept(unsigned psi, unsigned pti, unsigned type, const struct ip *ue, const uint8_t *iid, unsigned qfi,
	const char *dnn, const struct ip *dns)
{
	struct buf b = sm(psi, pti, 0xc2), v = { 0 };

	put8(&b, 0x10 | type);		/* SSC mode 1 */
	put_lve(&b, qos_rules(qfi));
	put_lv(&b, buf_of("\6\3\xe8\6\0\xc8", 6));
	put8(&v, type);
	if (type != 1)
		put_mem(&v, iid, 8);
	if (type != 2)
		put_mem(&v, ue->b, 4);
	put_tlv(&b, 0x29, v);
	put_tlv(&b, 0x22, buf_of("\1\1\2\3", 4));
	put_tlve(&b, 0x79, flow_description(qfi));
	if (dns) {
		v = (struct buf){ 0 };
		put8(&v, 0x80);
		put16(&v, dns->v6 ? 3 : 0x0d);
		put8(&v, (unsigned)ip_len(dns));
		put_mem(&v, dns->b, ip_len(dns));
		put_tlve(&b, 0x7b, v);
	}
	put_label(&b, 0x25, dnn);
	return b;
}

static struct buf sm_cause(unsigned psi, unsigned pti, unsigned type, unsigned cause)
{
	struct buf b = sm(psi, pti, type);

	put8(&b, cause);
	return b;
}

struct buf nas_session_reject(unsigned psi, unsigned pti, unsigned cause) { return sm_cause(psi, pti, 0xc3, cause); }
struct buf nas_session_modify_request(unsigned psi, unsigned pti) { return sm(psi, pti, 0xc9); }

struct buf nas_session_modify_command(unsigned psi, unsigned pti)
{
	struct buf b = sm(psi, pti, 0xcb);

	put_tlv(&b, 0x2a, buf_of("\6\1\xf4\6\0\x64", 6));	/* another session AMBR */
	return b;
}

struct buf nas_session_modify_complete(unsigned psi, unsigned pti) { return sm(psi, pti, 0xcc); }
struct buf nas_session_release_request(unsigned psi, unsigned pti) { return sm(psi, pti, 0xd1); }
struct buf nas_session_release_command(unsigned psi, unsigned pti) { return sm_cause(psi, pti, 0xd3, 36); }
struct buf nas_session_release_complete(unsigned psi, unsigned pti) { return sm(psi, pti, 0xd4); }
