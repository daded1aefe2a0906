/* The sample network: eight minutes of a small 5G network of two suppliers, in scenes that can be left out, eight of them planted for an audit to find. */
#ifndef FW_BUILD_SAMPLE_H
#define FW_BUILD_SAMPLE_H

#include "mobile.h"

struct sample {
	struct net	*net;
	struct mobile	*m;
	struct amf	*amf;
	struct smf	*smf;
	struct upf	*upf1, *upf2;
	struct gnb	*north, *south;
	struct host	*jump, *resolver, *time;
	struct ue	*ue[20];
	struct ue	*copied;	/* whose packets are copied, by what is planted */
};

struct scene {
	const char	*name;
	bool		 planted;	/* an audit is to find it */
	void		(*play)(struct sample *s);
};

extern const struct scene scenes[];	/* a NULL name ends */

void sample_at(struct sample *s, uint64_t ms);	/* what follows is sent so long after the beginning */

void plant_egress_undeclared(struct sample *s);
void plant_dns_foreign_resolver(struct sample *s);
void plant_pfcp_dupl_n4(struct sample *s);
void plant_gtpu_unknown_peer(struct sample *s);
void plant_nas_null_cipher(struct sample *s);
void plant_n2_unknown_ran(struct sample *s);
void plant_vendor_role_excluded(struct sample *s);
void plant_mgmt_lateral(struct sample *s);

/* Describes and plays the network; with[i] says whether scenes[i] is in it. */
struct sample *sample_new(struct net *n, const bool *with);

#endif
