/* What an evolved packet core says: GTPv2-C (TS 29.274), GTPv1-C (TS 29.060), GTP' (TS 32.295) and Diameter (RFC 6733). */
#ifndef FW_BUILD_EPC_H
#define FW_BUILD_EPC_H

#include "net.h"

enum { GTPC_PORT = 2123, GTPP_PORT = 3386, DIAMETER_PORT = 3868, DIAMETER_PPID = 46 };

/* ---- GTPv2-C: a message is opened, elements are put into it, and it is closed ---- */

enum {
	GTPC_ECHO = 1, GTPC_ECHO_ANSWER = 2, GTPC_CREATE = 32, GTPC_CREATE_ANSWER = 33, GTPC_MODIFY = 34, GTPC_MODIFY_ANSWER = 35,
	GTPC_DELETE = 36, GTPC_DELETE_ANSWER = 37, GTPC_BEARER = 95, GTPC_BEARER_ANSWER = 96, GTPC_BEARER_DELETE = 99, GTPC_BEARER_DELETE_ANSWER = 100,
	GTPC_CONTEXT = 130, GTPC_CONTEXT_ANSWER = 131,
	GTPC_RELOCATION = 133, GTPC_RELOCATION_ANSWER = 134, GTPC_INDIRECT = 166, GTPC_INDIRECT_ANSWER = 167, GTPC_RELEASE = 170, GTPC_RELEASE_ANSWER = 171,
};
enum { TEID_S1U_ENB = 0, TEID_S1U_SGW = 1, TEID_S5U_SGW = 4, TEID_S5U_PGW = 5, TEID_S5C_SGW = 6, TEID_S5C_PGW = 7, TEID_S11_MME = 10, TEID_S11_SGW = 11,
	TEID_S10_MME = 12, TEID_N26_AMF = 40 };
enum { GTPC_ACCEPTED = 16, GTPC_NO_CONTEXT = 64 };
enum { NO_TEID = -1 };

struct buf gtpc_open(unsigned type, int64_t teid, uint32_t seq);	/* teid NO_TEID: without one */
struct buf gtpc_close(struct buf m);
size_t gtpc_ie(struct buf *m, unsigned type, unsigned instance);	/* gtpc_end() ends it */
void gtpc_end(struct buf *m, size_t at);
void gtpc_u8(struct buf *m, unsigned type, unsigned v);
void gtpc_digits(struct buf *m, unsigned type, const char *digits);	/* 1 IMSI, 75 MEI, 76 MSISDN */
void gtpc_name(struct buf *m, unsigned type, const char *name);		/* 71 APN, 136 FQDN */
void gtpc_f_teid(struct buf *m, unsigned instance, unsigned interface, uint32_t teid, const struct ip *a);
void gtpc_plmn(struct buf *m);						/* 001 01 */
void gtpc_paa(struct buf *m, const struct ip *v4, const struct ip *v6);	/* NULL: none of that kind */
void gtpc_cause(struct buf *m, unsigned cause);
struct buf gtpc_piggyback(struct buf first, struct buf second);

/* ---- GTPv1-C ---- */

struct buf gtp1_open(unsigned type, uint32_t teid, unsigned seq);
struct buf gtp1_close(struct buf m);
void gtp1_tv8(struct buf *m, unsigned type, unsigned v);
void gtp1_tv32(struct buf *m, unsigned type, uint32_t v);
void gtp1_imsi(struct buf *m, const char *digits);
void gtp1_tlv(struct buf *m, unsigned type, const void *p, size_t n);
void gtp1_name(struct buf *m, const char *apn);
void gtp1_gsn(struct buf *m, const struct ip *a);

/* ---- GTP' ---- */

struct buf gtpp(unsigned first, unsigned type, unsigned seq, struct buf body);	/* first: octet 1; 14 octets more where it says version 0 and long */

/* ---- Diameter ---- */

enum { DIA_REQUEST = 0x80, DIA_PROXIABLE = 0x40, DIA_ERROR = 0x20 };
enum { APP_BASE = 0, APP_GY = 4, APP_CX = 16777216, APP_RX = 16777236, APP_GX = 16777238, APP_S6A = 16777251, APP_S13 = 16777252, APP_SWX = 16777265 };
enum { V_3GPP = 10415 };

struct buf dia_open(unsigned flags, unsigned command, uint32_t application, uint32_t hop, uint32_t end);
struct buf dia_close(struct buf m);
size_t dia_group(struct buf *m, unsigned code, uint32_t vendor);	/* dia_end() ends it, with padding */
void dia_end(struct buf *m, size_t at);
void dia_octets(struct buf *m, unsigned code, uint32_t vendor, const void *p, size_t n);
void dia_str(struct buf *m, unsigned code, uint32_t vendor, const char *s);
void dia_u32(struct buf *m, unsigned code, uint32_t vendor, uint32_t v);
void dia_address(struct buf *m, const struct ip *a);			/* Host-IP-Address */
void dia_origin(struct buf *m, const char *host, const char *realm);
void dia_subscription(struct buf *m, unsigned type, const char *id);
void dia_tbcd(struct buf *m, unsigned code, uint32_t vendor, const char *digits);

#endif
