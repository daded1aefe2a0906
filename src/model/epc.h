/* Sessions of GTP-C and the tunnel ends they name, for both versions of it: epc.c, gn.c.  Private to this folder. */
#ifndef FW_MODEL_EPC_H
#define FW_MODEL_EPC_H

#include "inside.h"

/* Interface types of TS 29.274 8.22, and two of our own for Gn. */
enum { TYPE_SGSN_GN = 64, TYPE_GGSN_GN, TYPES };
enum { ALL_BEARERS = 0xffff };

struct end_said { struct addr addr; uint32_t teid; uint8_t type, bearer; };

/* NULL for NONE. */
struct gtpc_session *epc_session(const struct model *m, uint32_t i);
/* By a control TEID at an address; NONE: not met. */
uint32_t epc_session_at(const struct model *m, uint32_t place, uint64_t teid);
/* One that somebody at `a` asks another for; who uses a TEID again has given up what it was for.  NONE: refused. */
uint32_t epc_session_new(struct model *m, const struct fact *f, const struct addr *a, uint32_t teid, uint32_t asked_to);
/* The bearers that were leaving are gone, and with the last one the session. */
void epc_left(struct model *m, uint32_t session, const struct fact *f);
/* A tunnel end is named, for a session or (NONE) for none that is known. */
void epc_order(struct model *m, const struct fact *f, uint32_t session, const struct end_said *x);
/* What the end carries has the addresses of p. */
void epc_bind(struct model *m, uint32_t end, const struct gtpc_pdn *p);

#endif
