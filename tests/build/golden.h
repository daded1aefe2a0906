/*
 * The golden captures: a row each, in a table a file.  A row draws into a net; what was drawn becomes FOLDER/NAME.pcap,
 * unless the row makes the file's octets itself.
 */
#ifndef FW_BUILD_GOLDEN_H
#define FW_BUILD_GOLDEN_H

#include "mobile.h"

struct golden {
	const char	*folder, *name;		/* a NULL folder ends the table */
	void		(*draw)(struct net *n);
	struct buf	(*file)(struct net *n);	/* instead of the usual pcap */
	const char	*ext;			/* "pcap" unless said */
};

extern const struct golden golden_capture[], golden_link[], golden_ip[], golden_sctp[], golden_tcp[], golden_ngap[], golden_ngap_more[],
	golden_nas5[], golden_pfcp[], golden_gtp[], golden_dns[], golden_model[], golden_model_more[],
	golden_checks_contact[], golden_checks_pfcp[], golden_checks_user[], golden_checks_n2[], golden_checks_nas[], golden_checks_link[],
	golden_sbi[],
	golden_gtpc[], golden_diameter[], golden_epc[],
	golden_ran[],
	golden_guard[], golden_ipsec[], golden_manage[], golden_neighbour[], golden_transport[], golden_s1ap[],
	golden_n11[], golden_checks_4g[], golden_apps[], golden_keylog[],
	golden_tunnel[], golden_old[];

int golden_write(const char *dir, bool secrets);		/* secrets: a line about each capture on standard output, see secret.h */

/* The cast of most goldens; nobody has said anything yet. */
struct stage {
	struct net	*net;
	struct mobile	*m;
	struct amf	*amf;
	struct smf	*smf;
	struct upf	*upf, *upf2;
	struct gnb	*north, *south;
	struct host	*client, *server;	/* bystanders: 10.1.9.101 and 10.1.9.53 */
	struct seed	*seed;
};

struct stage stage_new(struct net *n);
struct stage stage_n2(struct net *n);		/* both gNBs set up, without SACKs */
struct ue *stage_ue(struct stage *s, unsigned ea);	/* registered in the north, with one session by UPF 1; N2 and N4 are up */

struct stage stage_midway(struct net *n);	/* both gNBs connected before the capture began */
/* Whole captures that several folders show: one session and a ping in it; and the same moved to the other gNB. */
void play_session(struct net *n);
void play_path_switch(struct net *n);
static inline struct session *first(struct ue *u) { return &u->session[0]; }
struct ue *stage_ue_before(struct stage *s);	/* a UE that registered and got its session before the capture began */

/* One datagram between the bystanders, and a PFCP message that wants no answer. */
void stage_lookup(struct stage *s, const char *name);
struct buf some_pfcp(struct stage *s);
void n4(struct stage *s, struct buf message);		/* SMF to UPF */
void n4_back(struct stage *s, struct buf message);

/* Octets written in hex, blanks between them as one likes. */
struct buf buf_hex(const char *digits);
void link_send(struct net *n, const char *dst, unsigned type, struct buf body);	/* an Ethernet frame to that address, in hex; a millisecond goes by */
struct buf certificate(struct seed *s, const char *common, size_t key);	/* DER, of Acme Networks; key: as many octets for a public key, 0: one that has its form */
struct buf ber(unsigned tag, struct buf in);		/* tag, length, value (X.690); eats in */

#endif
