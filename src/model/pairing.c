/*
 * N2: answers whose question is not in the capture.  Only procedures whose requests checks read:
 * what they would have said is missing then, and nothing else may stand for it (TS 38.413 8.3.1,
 * 8.4.2, 8.4.4).
 */
#include "inside.h"

enum { P_HANDOVER_ALLOC = 13, PDU_INITIATING = 0, PDU_FAILURE = 2, NGAP_WAIT = 0x20000 };

void ngap_paired(struct model *m, const struct pairing *x)
{
	struct wait_key k = { x->ran, x->amf, 0, NGAP_WAIT | (uint32_t)x->procedure };	/* of one of the three procedures above */
	/* the AMF's id is what both have while the target has none of its own */
	const struct item *id = x->procedure == P_HANDOVER_ALLOC ? x->amf_id : x->ran_id;
	uint32_t i;

	if (!id || x->pdu > PDU_FAILURE)
		return;
	k.seq = (uint32_t)id->v.u;
	if (x->pdu == PDU_INITIATING) {
		(void)wait_put(m, &k);
		return;
	}
	i = table_find(&m->waits, &k, table_hash(&m->waits, &k));
	if (i == TABLE_NONE)
		m->last.orphan = true;
	else
		table_remove(&m->waits, i);
}
