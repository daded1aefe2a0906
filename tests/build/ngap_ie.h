/* What the files that make NGAP messages share: parts of IE values, written into a PER string. */
#ifndef FW_BUILD_NGAP_IE_H
#define FW_BUILD_NGAP_IE_H

#include "ngap.h"
#include "per.h"

void v_plmn(struct per *p, struct plmn plmn);
void v_tac(struct per *p, uint32_t tac);
void v_tai(struct per *p, struct plmn plmn, uint32_t tac);
void v_nr_cgi(struct per *p, const struct ngap_cell *c);
void v_gnb_id(struct per *p, const struct ngap_gnb *g);
void v_guami(struct per *p, const struct ngap_amf *a);
void v_snssai(struct per *p);
void v_slices(struct per *p);			/* SliceSupportList of the one slice 1/010203 */
void v_cause(struct per *p, enum ngap_cause c);
void v_address(struct per *p, const struct ip *a, const struct ip *also6);
void v_tunnel(struct per *p, const struct ngap_tunnel *t);	/* UPTransportLayerInformation */
void v_container(struct per *p, struct ngap_pdu *m);		/* the IEs of a transfer, eaten */
void ngap_ids(struct ngap_pdu *m, const struct ngap_ids *ids, enum ngap_crit crit);

#endif
