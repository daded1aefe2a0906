/* Elements, and what they say to each other without any UE. */
#include "mobile.h"

#include <stdio.h>
#include <string.h>

struct mobile *mobile_new(struct net *n, const char *plmn)
{
	struct mobile *m = net_take(n, sizeof(*m));

	m->net = n;
	m->start = n->t;
	m->plmn = plmn_of(plmn);
	m->plmn_text = plmn;
	m->dnn = "internet";
	m->next_ue = ip_of("10.60.0.1");
	m->next_ue6 = ip_of("2001:db8:60::1");
	m->dns = ip_of("192.0.2.53");
	m->web = ip_of("192.0.2.80");
	m->web6 = ip_of("2001:db8:ffff::80");
	return m;
}

static struct host *maybe(struct net *n, const char *name, const char *address) { return address ? host_at(n, name, address) : NULL; }

struct amf *amf_new(struct mobile *m, const char *name, const char *n2, const char *oam)
{
	struct amf *a = net_take(m->net, sizeof(*a));

	*a = (struct amf){ .m = m, .name = name, .n2 = host_at(m->net, name, n2), .oam = maybe(m->net, name, oam),
		.id = { m->plmn, name, 2, 1, 0 }, .next_ue = 1 };
	a->next_tmsi = (uint32_t)seed_next(&m->net->seed);
	return m->amf[m->n_amf++] = a;
}

struct gnb *gnb_new(struct mobile *m, const char *name, uint32_t id, uint32_t tac, const char *n2, const char *n3, const char *oam)
{
	struct gnb *g = net_take(m->net, sizeof(*g));

	*g = (struct gnb){ .m = m, .name = name, .n2 = host_at(m->net, name, n2), .n3 = maybe(m->net, name, n3), .oam = maybe(m->net, name, oam),
		.id = { m->plmn, id, 24, name, tac }, .cell = { m->plmn, (uint64_t)id << 12 | 1, tac }, .next_ran = 1,
		.next_teid = 0x1000 * (m->n_gnb + 1) };
	return m->gnb[m->n_gnb++] = g;
}

struct smf *smf_new(struct mobile *m, const char *name, const char *fqdn, const char *n4, const char *oam)
{
	struct smf *s = net_take(m->net, sizeof(*s));

	*s = (struct smf){ .m = m, .name = name, .fqdn = fqdn, .n4 = host_at(m->net, name, n4), .oam = maybe(m->net, name, oam),
		.next_seid = 0x100 };
	return m->smf[m->n_smf++] = s;
}

struct upf *upf_new(struct mobile *m, const char *name, const char *fqdn, const char *n4, const char *n3, const char *n9, const char *oam)
{
	struct upf *u = net_take(m->net, sizeof(*u));

	*u = (struct upf){ .m = m, .name = name, .fqdn = fqdn, .n4 = host_at(m->net, name, n4), .n3 = maybe(m->net, name, n3),
		.n9 = maybe(m->net, name, n9), .oam = maybe(m->net, name, oam), .next_seid = 0xa000000000000001u + ((uint64_t)m->n_upf << 32),
		.next_teid = 0x01000000u * (m->n_upf + 1) + 1, .started = m->net->t - 86400000000000u };
	return m->upf[m->n_upf++] = u;
}

struct host *other_new(struct mobile *m, const char *name, const char *address)
{
	return m->other[m->n_other++] = host_at(m->net, name, address);
}

void pause(struct mobile *m) { wait_us(m->net, 1500 + seed_below(&m->net->seed, 6000)); }

/* --- N2 --- */

static void n2(struct gnb *g, unsigned from, unsigned stream, struct buf message)
{
	g->m->tally.ngap[message.p[0] >> 5][message.p[1]]++;
	assoc_send(g->a, from, stream, NGAP_PPID, message);
	pause(g->m);
}

void n2_up(struct gnb *g, unsigned stream, struct buf message) { n2(g, 0, stream, message); }
void n2_down(struct gnb *g, unsigned stream, struct buf message) { n2(g, 1, stream, message); }

void gnb_associate(struct gnb *g, struct amf *a, unsigned sport)
{
	g->amf = a;
	g->a = assoc_open(g->n2, sport, a->n2, NGAP_PORT);
}

void gnb_connect(struct gnb *g, struct amf *a, unsigned sport)
{
	gnb_associate(g, a, sport);
	n2_up(g, 0, ng_setup_request(&g->id));
	n2_down(g, 0, ng_setup_response(&a->id));
}

/* --- N4 --- */

void n4_send(struct mobile *m, struct host *src, struct host *dst, struct buf message)
{
	m->tally.pfcp[message.p[1]]++;
	udp_send(src, PFCP_PORT, dst, PFCP_PORT, message);
	pause(m);
}

static void node_id(struct buf *b, const char *fqdn, const struct host *h)
{
	if (fqdn)
		pfcp_node_fqdn(b, fqdn);
	else
		pfcp_node_id(b, &h->ip);
}

void smf_associate(struct smf *s, struct upf *u)
{
	struct mobile *m = s->m;
	struct buf b = pfcp_open(PFCP_ASSOC_SETUP, ++s->seq);

	node_id(&b, s->fqdn, s->n4);
	pfcp_started(&b, m->net->t - 172800000000000u);
	pfcp_ie(&b, 89, buf_of("\0", 1));
	n4_send(m, s->n4, u->n4, pfcp_close(b));
	b = pfcp_open(PFCP_ASSOC_SETUP_ANSWER, s->seq);
	node_id(&b, u->fqdn, u->n4);
	pfcp_cause(&b, PFCP_ACCEPTED);
	pfcp_started(&b, u->started);
	pfcp_ie(&b, 43, buf_of("\x10\x10", 2));	/* FTUP, EMPU */
	n4_send(m, u->n4, s->n4, pfcp_close(b));
}

void smf_heartbeat(struct smf *s, struct upf *u)
{
	struct buf b = pfcp_open(PFCP_HEARTBEAT, ++s->seq);

	pfcp_started(&b, s->m->start - 172800000000000u);
	n4_send(s->m, s->n4, u->n4, pfcp_close(b));
	b = pfcp_open(PFCP_HEARTBEAT_ANSWER, s->seq);
	pfcp_started(&b, u->started);
	n4_send(s->m, u->n4, s->n4, pfcp_close(b));
}

/* --- N3, N9 --- */

void gtp_send(struct mobile *m, struct host *src, struct host *dst, struct buf message)
{
	m->tally.gtp[message.p[1]]++;
	udp_send(src, GTPU_PORT, dst, GTPU_PORT, message);
}

void gtp_carry(struct mobile *m, struct host *src, struct host *dst, struct buf message, size_t inner)
{
	struct tally *t = &m->tally;
	uint32_t teid = (uint32_t)message.p[4] << 24 | (uint32_t)message.p[5] << 16 | (uint32_t)message.p[6] << 8 | message.p[7];
	unsigned i = 0;

	while (i < t->n_tunnels && !(t->tunnel[i].teid == teid && ip_same(&t->tunnel[i].src, &src->ip) && ip_same(&t->tunnel[i].dst, &dst->ip)))
		i++;
	if (i == t->n_tunnels && i < MAX_TUNNELS)
		t->tunnel[t->n_tunnels++] = (struct tunnel_count){ src->ip, dst->ip, teid, 0, 0 };
	if (i < MAX_TUNNELS) {
		t->tunnel[i].packets++;
		t->tunnel[i].bytes += inner;
	}
	gtp_send(m, src, dst, message);
}

void gtp_heartbeat(struct mobile *m, struct host *a, struct host *b)
{
	unsigned seq = (unsigned)(m->net->t / 1000000000) & 0xffff;

	gtp_send(m, a, b, gtp_echo(seq));
	wait_us(m->net, 400);
	gtp_send(m, b, a, gtp_echo_answer(seq, true));
	wait_us(m->net, 400);
}

/* --- beside the mobile protocols --- */

void mobile_lookup(struct mobile *m, struct host *client, struct host *resolver, const char *name, const struct ip *answer)
{
	m->tally.dns[0]++;
	m->tally.dns[1]++;
	dns_lookup(client, resolver, name, answer);
}
