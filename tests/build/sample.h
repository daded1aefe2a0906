/* The sample network: eight minutes of a small 5G network of two suppliers, in scenes that can be left out. */
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
};

struct scene {
	const char	*name;
	bool		 on;		/* unless told otherwise */
	void		(*play)(struct sample *s);
};

extern const struct scene scenes[];	/* a NULL name ends */

/* Describes and plays the network; with[i] says whether scenes[i] is in it. */
struct sample *sample_new(struct net *n, const bool *with);

#endif
