/* NAS of EPS (TS 24.301 8.2, 8.3). */
#include "s1ap.h"

#include "secret.h"

#include <string.h>

enum { EMM = 7, ESM = 2 };

struct buf eps_protect(struct seed *s, unsigned type, unsigned ea, unsigned count, struct buf plain)
{
	struct buf b = { 0 };

	put8(&b, type << 4 | EMM);
	put_seed(&b, s, 4);
	secret_octets("mac", b.p + 1, 4);
	put8(&b, count & 0xff);
	if ((type == NAS_CIPHERED || type == NAS_CIPHERED_NEW) && ea)
		put_seed(&b, s, plain.n);
	else
		put_mem(&b, plain.p, plain.n);
	buf_free(&plain);
	return b;
}

static struct buf emm(unsigned type)
{
	struct buf b = { 0 };

	put8(&b, EMM);
	put8(&b, type);
	return b;
}

static struct buf esm(unsigned ebi, unsigned pti, unsigned type)
{
	struct buf b = { 0 };

	put8(&b, ebi << 4 | ESM);
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

struct buf eps_imsi(const char *d)
{
	struct buf b = { 0 };

	secret_digits("supi", d);
	put8(&b, (unsigned)((d[0] - '0') << 4 | 9));	/* 15 digits: an odd number */
	for (d++; d[0]; d += 2)
		put8(&b, (unsigned)((d[1] - '0') << 4 | (d[0] - '0')));
	return b;
}

struct buf eps_guti(const struct s1_mme *m, uint32_t tmsi)
{
	struct buf b = { 0 };

	put8(&b, 0xf6);
	put_mem(&b, m->plmn.b, 3);
	put16(&b, m->group);
	put8(&b, m->code);
	put32(&b, tmsi);
	secret_octets("tmsi", b.p + b.n - 4, 4);
	return b;
}

/* UE network capability: EEA0 to 3, EIA0 to 3. */
static void put_capability(struct buf *b)
{
	put8(b, 2);
	put16(b, UE_CAPABILITY);
}

struct buf eps_attach_request(struct buf identity, struct buf inner)
{
	struct buf b = emm(0x41);

	put8(&b, 0x71);
	put_lv(&b, identity);
	put_capability(&b);
	put_lve(&b, inner);
	put8(&b, 0x5c);			/* DRX parameter: a type without length */
	put16(&b, 0x0a00);
	put8(&b, 0xd1);			/* device properties: half an octet */
	return b;
}

static void put_tai_list(struct buf *b, const struct s1_mme *m)
{
	put8(b, 6);
	put8(b, 0);
	put_mem(b, m->plmn.b, 3);
	put16(b, 1);
}

struct buf eps_attach_accept(const struct s1_mme *m, uint32_t tmsi, struct buf inner)
{
	struct buf b = emm(0x42);

	put8(&b, 1);
	put8(&b, 0x49);
	put_tai_list(&b, m);
	put_lve(&b, inner);
	put8(&b, 0x50);
	put_lv(&b, eps_guti(m, tmsi));
	put8(&b, 0x59);
	put8(&b, 0x49);
	return b;
}

struct buf eps_attach_complete(struct buf inner)
{
	struct buf b = emm(0x43);

	put_lve(&b, inner);
	return b;
}

static struct buf with(unsigned type, unsigned v)
{
	struct buf b = emm(type);

	put8(&b, v);
	return b;
}

struct buf eps_cause(unsigned type, unsigned cause) { return with(type, cause); }
struct buf eps_identity_request(unsigned type) { return with(0x55, type); }

struct buf eps_identity_response(const char *imsi)
{
	struct buf b = emm(0x56);

	put_lv(&b, eps_imsi(imsi));
	return b;
}

struct buf eps_security_mode_replaying(unsigned ea, unsigned ia, unsigned capability)
{
	struct buf b = with(0x5d, ea << 4 | ia);

	put8(&b, 1);
	put8(&b, 2);
	put16(&b, capability);
	put8(&b, 0xc1);
	return b;
}

struct buf eps_security_mode_command(unsigned ea, unsigned ia) { return eps_security_mode_replaying(ea, ia, UE_CAPABILITY); }

struct buf eps_security_mode_complete(void)
{
	struct buf b = emm(0x5e);

	put8(&b, 0x23);
	put_lv(&b, id_imeisv("3569380356438091"));
	set8(&b, b.n - 9, (b.p[b.n - 9] & 0xf0) | 3);	/* TS 24.008 10.5.1.4: an IMEISV is 3, in 5GS it is 5 */
	return b;
}

struct buf eps_tau_request(const struct s1_mme *m, uint32_t tmsi)
{
	struct buf b = with(0x48, 0x03);

	put_lv(&b, eps_guti(m, tmsi));
	put8(&b, 0x58);
	put_capability(&b);
	return b;
}

struct buf eps_detach_request(const struct s1_mme *m, uint32_t tmsi)
{
	struct buf b = with(0x45, 0x09);

	put_lv(&b, eps_guti(m, tmsi));
	return b;
}

struct buf eps_network_detach(unsigned cause)
{
	struct buf b = with(0x45, 0x02);

	put8(&b, 0x53);
	put8(&b, cause);
	return b;
}

struct buf eps_service_request(struct seed *s, unsigned count)
{
	struct buf b = { 0 };

	put8(&b, 12 << 4 | EMM);
	put8(&b, 1 << 5 | (count & 31));
	put_seed(&b, s, 2);
	return b;
}

struct buf eps_pdn_request(unsigned type)
{
	struct buf b = esm(0, 1, 0xd0);

	put8(&b, type << 4 | 1);
	return b;
}

static void put_apn(struct buf *b, const char *apn)
{
	put8(b, (unsigned)strlen(apn) + 1);
	while (*apn) {
		size_t n = strcspn(apn, ".");

		put8(b, (unsigned)n);
		put_mem(b, apn, n);
		apn += n + (apn[n] == '.');
	}
}

struct buf eps_default_bearer(unsigned ebi, const char *apn, const struct ip *ue)
{
	struct buf b = esm(ebi, 1, 0xc1);

	put8(&b, 1);
	put8(&b, 9);
	put_apn(&b, apn);
	put8(&b, 5);
	put8(&b, 1);
	put_mem(&b, ue->b, 4);
	put8(&b, 0x58);			/* ESM cause 50: PDN type IPv4 only */
	put8(&b, 50);
	return b;
}

struct buf eps_default_bearer_accept(unsigned ebi) { return esm(ebi, 0, 0xc2); }
