#include "golden.h"
#include "secret.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

struct stage stage_new(struct net *n)
{
	struct stage s = { .net = n, .m = mobile_new(n, "00101"), .seed = &n->seed };

	s.amf = amf_new(s.m, "amf-1", "10.1.2.11", "10.1.9.11");
	s.smf = smf_new(s.m, "smf-1", NULL, "10.1.4.12", "10.1.9.12");
	s.upf = upf_new(s.m, "upf-1", NULL, "10.1.4.21", "10.1.3.21", "10.1.5.21", "10.1.9.21");
	s.upf2 = upf_new(s.m, "upf-2", NULL, "10.1.4.22", "10.1.3.22", "10.1.5.22", "10.1.9.22");
	s.north = gnb_new(s.m, "gnb-north", 0x000102, 1, "10.1.2.101", "10.1.3.101", "10.1.9.101");
	s.south = gnb_new(s.m, "gnb-south", 0x000103, 2, "10.1.2.102", "10.1.3.102", "10.1.9.102");
	s.client = s.north->oam;
	s.server = host_at(n, "resolver", "10.1.9.53");
	return s;
}

struct stage stage_n2(struct net *n)
{
	struct stage s = stage_new(n);

	gnb_connect(s.north, s.amf, 40101);
	gnb_connect(s.south, s.amf, 40102);
	s.north->a->quiet = s.south->a->quiet = true;
	return s;
}

struct ue *stage_ue(struct stage *s, unsigned ea)
{
	struct ue *u = ue_new(s->m, "0000000001", ea, 2);

	smf_associate(s->smf, s->upf);
	ue_register(u, s->north);
	ue_session(u, s->upf, NULL, 1);
	return u;
}

struct stage stage_midway(struct net *n)
{
	struct stage s = stage_new(n);

	s.north->amf = s.south->amf = s.amf;
	s.north->a = assoc_midway(s.north->n2, 40101, s.amf->n2, NGAP_PORT);
	s.south->a = assoc_midway(s.south->n2, 40102, s.amf->n2, NGAP_PORT);
	s.north->a->quiet = s.south->a->quiet = true;
	return s;
}

struct ue *stage_ue_before(struct stage *s)
{
	struct ue *u = ue_new(s->m, "0000000001", 2, 2);

	u->gnb = s->north;
	u->amf = s->amf;
	u->ids = (struct ngap_ids){ 77, 7 };
	u->tmsi = 0xc0a80001;
	u->registered = u->connected = true;
	u->n_sessions = 1;
	u->session[0] = (struct session){ .psi = 1, .qfi = 1, .type = 1, .smf = s->smf, .upf = s->upf, .ip = ip_of("10.60.0.1"), .up = true,
		.ul_teid = 0x01000001, .dl_teid = 0x1000, .cp_seid = { 0x1001 }, .up_seid = { 0xa000000000000001 } };
	return u;
}

void stage_lookup(struct stage *s, const char *name)
{
	const struct ip a = ip_of("10.1.2.11");

	dns_lookup(s->client, s->server, name, &a);
}

struct buf some_pfcp(struct stage *s)
{
	struct buf b = pfcp_open(PFCP_ASSOC_SETUP, ++s->smf->seq);

	pfcp_node_id(&b, &s->smf->n4->ip);
	pfcp_started(&b, NET_START);
	pfcp_u8(&b, 89, 0);
	return pfcp_close(b);
}

void n4(struct stage *s, struct buf message) { n4_send(s->m, s->smf->n4, s->upf->n4, message); }
void n4_back(struct stage *s, struct buf message) { n4_send(s->m, s->upf->n4, s->smf->n4, message); }

/* Each capture has a seed of its own, from its name: a new one changes no other. */
static uint64_t seed_of(const struct golden *g)
{
	uint64_t h = 14695981039346656037u;

	for (const char *p = g->folder; *p; p++)
		h = (h ^ (uint8_t)*p) * 1099511628211u;
	for (const char *p = g->name; *p; p++)
		h = (h ^ (uint8_t)*p) * 1099511628211u;
	return h;
}

static int directory(const char *path) { return mkdir(path, 0777) && errno != EEXIST ? errno : 0; }

static int write_one(const char *dir, const struct golden *g, bool secrets)
{
	struct net *n = net_new(seed_of(g));
	char path[512];
	struct buf b;
	int err = 0;

	snprintf(path, sizeof(path), "%s/%s", dir, g->folder);
	if (strchr(g->folder, '/')) {		/* checks/CHECK-ID */
		*strrchr(path, '/') = '\0';
		err = directory(path);
		snprintf(path, sizeof(path), "%s/%s", dir, g->folder);
	}
	if (!err)
		err = directory(path);
	snprintf(path, sizeof(path), "%s/%s/%s.%s", dir, g->folder, g->name, g->ext ? g->ext : "pcap");
	if (g->draw)
		g->draw(n);
	b = g->file ? g->file(n) : net_pcap(n, false);
	if (!err)
		err = file_write(path, &b);
	if (!err && n->keylog.n) {		/* what opens its TLS, beside it */
		snprintf(path + strlen(path), sizeof(path) - strlen(path), ".keys");
		err = file_write(path, &n->keylog);
		path[strlen(path) - 5] = '\0';
	}
	buf_free(&b);
	net_free(n);
	secrets_print(secrets ? stdout : NULL, path + strlen(dir) + 1);
	if (err)
		fprintf(stderr, "netgen: %s: %s\n", path, strerror(err));
	return err;
}

int golden_write(const char *dir, bool secrets)
{
	static const struct golden *const tables[] = { golden_capture, golden_link, golden_ip, golden_sctp, golden_tcp, golden_ngap,
		golden_ngap_more, golden_nas5, golden_pfcp, golden_gtp, golden_dns, golden_model, golden_model_more,
		golden_checks_contact, golden_checks_pfcp, golden_checks_user, golden_checks_n2, golden_checks_nas, golden_checks_link,
		golden_sbi,
		golden_gtpc, golden_diameter, golden_epc,
		golden_ran,
		golden_guard, golden_ipsec, golden_manage, golden_neighbour, golden_transport, golden_s1ap,
		golden_n11, golden_checks_4g, golden_apps, golden_keylog, golden_tunnel, golden_old };
	int err = directory(dir);

	if (err)
		fprintf(stderr, "netgen: %s: %s\n", dir, strerror(err));
	for (size_t i = 0; !err && i < sizeof(tables) / sizeof(*tables); i++)
		for (const struct golden *g = tables[i]; !err && g->folder; g++)
			err = write_one(dir, g, secrets);
	return err ? 4 : 0;
}

void play_session(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_ping(u, first(u), 1);
}

void play_path_switch(struct net *n)
{
	struct stage s = stage_n2(n);
	struct ue *u = stage_ue(&s, 2);

	ue_ping(u, first(u), 1);
	ue_move_xn(u, s.south);
	ue_ping(u, first(u), 1);
}
