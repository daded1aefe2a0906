/* Golden captures of PFCP. */
#include "golden.h"

static const struct ip ue = { false, { 10, 60, 0, 1 } };

static struct buf answer(unsigned type, uint32_t seq, unsigned cause)
{
	struct buf b = pfcp_open_session(type, 0x1001, seq);

	pfcp_cause(&b, cause);
	return b;
}

static void heartbeat(struct net *n)
{
	struct stage s = stage_new(n);

	smf_heartbeat(s.smf, s.upf);
}

static void association(struct net *n)
{
	struct stage s = stage_new(n);

	smf_associate(s.smf, s.upf);
}

static void association_fqdn(struct net *n)
{
	struct stage s = stage_new(n);

	s.smf->fqdn = "smf-1.node.5gc.mnc001.mcc001.3gppnetwork.org";
	s.upf->fqdn = "upf-1.node.5gc.mnc001.mcc001.3gppnetwork.org";
	smf_associate(s.smf, s.upf);
}

static void association_ipv6(struct net *n)
{
	struct stage s = stage_new(n);

	s.smf->n4 = host_at(n, "smf-1", "2001:db8:4::12");
	s.upf->n4 = host_at(n, "upf-1", "2001:db8:4::21");
	smf_associate(s.smf, s.upf);
}

static void association_refused(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b;

	n4(&s, some_pfcp(&s));
	b = pfcp_open(PFCP_ASSOC_SETUP_ANSWER, s.smf->seq);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_REJECTED);
	n4_back(&s, pfcp_close(b));
}

static void association_other(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = pfcp_open(PFCP_ASSOC_UPDATE, 7);

	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_ie(&b, 43, buf_of("\x10\x11", 2));
	n4_back(&s, pfcp_close(b));
	b = pfcp_open(PFCP_ASSOC_UPDATE_ANSWER, 7);
	pfcp_node_id(&b, &s.smf->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4(&s, pfcp_close(b));
	b = pfcp_open(PFCP_ASSOC_RELEASE, 8);
	pfcp_node_id(&b, &s.smf->n4->ip);
	n4(&s, pfcp_close(b));
	b = pfcp_open(PFCP_ASSOC_RELEASE_ANSWER, 8);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4_back(&s, pfcp_close(b));
}

/* A tunnel peer of the UPF is gone: the peer's address stands in Remote GTP-U Peer. */
static void node_report(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = pfcp_open(PFCP_NODE_REPORT, 9);
	size_t at, peer;

	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_u8(&b, 101, 1);
	at = pfcp_group(&b, 102);
	peer = pfcp_group(&b, 103);
	put8(&b, 2);
	put_mem(&b, s.north->n3->ip.b, 4);
	len16_close(&b, peer);
	len16_close(&b, at);
	n4_back(&s, pfcp_close(b));
	b = pfcp_open(PFCP_NODE_REPORT_ANSWER, 9);
	pfcp_node_id(&b, &s.smf->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4(&s, pfcp_close(b));
}

static void node_others(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = pfcp_open(PFCP_PFD, 10);

	n4(&s, pfcp_close(b));
	b = pfcp_open(4, 10);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4_back(&s, pfcp_close(b));
	b = pfcp_open(PFCP_SET_DELETION, 11);
	pfcp_node_id(&b, &s.smf->n4->ip);
	n4(&s, pfcp_close(b));
	b = pfcp_open(PFCP_SET_DELETION_ANSWER, 11);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4_back(&s, pfcp_close(b));
	n4_back(&s, pfcp_close(pfcp_open(PFCP_VERSION, 12)));
}

/* --- sessions --- */

static struct buf opened(struct stage *s)
{
	struct buf b = pfcp_open_session(PFCP_ESTABLISH, 0, ++s->smf->seq);

	pfcp_node_id(&b, &s->smf->n4->ip);
	pfcp_f_seid(&b, 0x1001, &s->smf->n4->ip);
	return b;
}

static struct buf opened_answer(struct stage *s)
{
	struct buf b = pfcp_open_session(PFCP_ESTABLISH_ANSWER, 0x1001, s->smf->seq);

	pfcp_node_id(&b, &s->upf->n4->ip);
	pfcp_cause(&b, PFCP_ACCEPTED);
	pfcp_f_seid(&b, 0xa000000000000001, &s->upf->n4->ip);
	return b;
}

static struct session life(struct stage *s)
{
	struct ue *u = ue_new(s->m, "0000000001", 2, 2);

	u->session[0] = (struct session){ .psi = 1, .qfi = 1, .type = 1, .smf = s->smf, .upf = s->upf, .ip = ue, .dl_teid = 0x1000 };
	session_establish(u, &u->session[0]);
	return u->session[0];
}

static void session(struct net *n)
{
	struct stage s = stage_new(n);
	struct session x = life(&s);

	session_downlink(&x, s.north, false);
	session_buffer(&x);
	session_downlink(&x, s.south, true);
	session_delete(&x);
}

/* The control plane chooses the tunnel ends itself. */
static void session_chosen_by_cp(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = opened(&s);

	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 1, .far = 1, .interface = IF_ACCESS, .teid_ip = &s.upf->n3->ip, .teid = 0x01000001,
		.ue = &ue, .strip = true, .filter = "permit out ip from any to assigned" });
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 1, .apply = APPLY_FORW, .interface = IF_CORE, .forwards = true, .instance = "internet" });
	n4(&s, pfcp_close(b));
	n4_back(&s, pfcp_close(opened_answer(&s)));
}

static void session_ipv6(struct net *n)
{
	struct stage s = stage_new(n);
	const struct ip ue6 = ip_of("2001:db8:60::1"), upf6 = ip_of("2001:db8:3::21"), gnb6 = ip_of("2001:db8:3::101");
	const struct ip smf6 = ip_of("2001:db8:4::12");
	struct buf b = pfcp_open_session(PFCP_ESTABLISH, 0, ++s.smf->seq);

	pfcp_node_id(&b, &smf6);
	pfcp_f_seid(&b, 0x1001, &smf6);
	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 1, .far = 1, .interface = IF_ACCESS, .teid_ip = &upf6, .teid = 0x01000001,
		.ue = &ue6, .strip = true });
	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 2, .far = 2, .interface = IF_CORE, .ue = &ue6 });
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 1, .apply = APPLY_FORW, .interface = IF_CORE, .forwards = true });
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 2, .apply = APPLY_FORW, .interface = IF_ACCESS, .forwards = true, .to = &gnb6,
		.teid = 0x1000 });
	n4(&s, pfcp_close(b));
	n4_back(&s, pfcp_close(opened_answer(&s)));
}

static void session_refused(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b;

	n4(&s, pfcp_close(opened(&s)));
	b = pfcp_open_session(PFCP_ESTABLISH_ANSWER, 0x1001, s.smf->seq);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_NO_ASSOCIATION);
	n4_back(&s, pfcp_close(b));
	b = pfcp_without(opened(&s), 57);
	n4(&s, pfcp_close(b));
	b = pfcp_open_session(PFCP_ESTABLISH_ANSWER, 0, s.smf->seq);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_cause(&b, PFCP_MANDATORY_MISSING);
	pfcp_u16(&b, 40, 57);
	n4_back(&s, pfcp_close(b));
}

static void modify_unknown(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = pfcp_open_session(PFCP_MODIFY, 0xdead, 20);

	pfcp_update_far(&b, &(struct pfcp_far){ .id = 2, .apply = APPLY_DROP });
	n4(&s, pfcp_close(b));
	n4_back(&s, pfcp_close(answer(PFCP_MODIFY_ANSWER, 20, PFCP_NO_CONTEXT)));
}

static void rules_changed(struct net *n)
{
	struct stage s = stage_new(n);
	struct session x = life(&s);
	struct buf b = pfcp_open_session(PFCP_MODIFY, x.up_seid[0], ++s.smf->seq);

	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 3, .far = 3, .interface = IF_CORE, .ue = &ue,
		.filter = "permit out 17 from 192.0.2.0/24 to assigned" });
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 3, .apply = APPLY_FORW, .interface = IF_ACCESS, .forwards = true, .to = &s.north->n3->ip,
		.teid = 0x1000 });
	pfcp_create_qer(&b, 2, 5);
	n4(&s, pfcp_close(b));
	n4_back(&s, pfcp_close(answer(PFCP_MODIFY_ANSWER, s.smf->seq, PFCP_ACCEPTED)));
	b = pfcp_open_session(PFCP_MODIFY, x.up_seid[0], ++s.smf->seq);
	pfcp_remove(&b, 15, 56, 3);
	pfcp_remove(&b, 16, 108, 3);
	pfcp_remove(&b, 17, 81, 1);
	pfcp_remove(&b, 18, 109, 2);
	n4(&s, pfcp_close(b));
	b = answer(PFCP_MODIFY_ANSWER, s.smf->seq, PFCP_ACCEPTED);
	pfcp_usage(&b, 78, 1, 0, 1000, 2000);
	n4_back(&s, pfcp_close(b));
}

static void report(struct net *n)
{
	struct stage s = stage_new(n);
	struct session x = life(&s);
	struct buf b = pfcp_open_session(PFCP_REPORT, x.cp_seid[0], 30);

	pfcp_u8(&b, 39, 2);
	pfcp_usage(&b, 80, 1, 0, 5000000, 5000001);
	n4_back(&s, pfcp_close(b));
	b = pfcp_open_session(PFCP_REPORT_ANSWER, x.up_seid[0], 30);
	pfcp_cause(&b, PFCP_ACCEPTED);
	n4(&s, pfcp_close(b));
}

/* --- copies --- */

static void duplicate(struct net *n)
{
	struct stage s = stage_new(n);
	const struct ip there = ip_of("198.51.100.99");
	struct buf b = opened(&s);

	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 2, .far = 2, .interface = IF_CORE, .ue = &ue });
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 2, .apply = APPLY_FORW | APPLY_DUPL, .interface = IF_ACCESS, .forwards = true,
		.to = &s.north->n3->ip, .teid = 0x1000, .copy_to = &there, .copy_teid = 0xbeef, .copy_interface = IF_CORE });
	n4(&s, pfcp_close(b));
	n4_back(&s, pfcp_close(opened_answer(&s)));
}

static void duplicate_later(struct net *n)
{
	struct stage s = stage_new(n);
	const struct ip there = ip_of("198.51.100.99");
	struct session x = life(&s);
	struct buf b = pfcp_open_session(PFCP_MODIFY, x.up_seid[0], ++s.smf->seq);

	pfcp_update_far(&b, &(struct pfcp_far){ .id = 2, .apply = APPLY_FORW | APPLY_DUPL, .forwards = true, .interface = IF_ACCESS,
		.to = &s.north->n3->ip, .teid = 0x1000, .copy_to = &there, .copy_teid = 0xbeef, .copy_interface = IF_LI });
	n4(&s, pfcp_close(b));
	n4_back(&s, pfcp_close(answer(PFCP_MODIFY_ANSWER, s.smf->seq, PFCP_ACCEPTED)));
}

/* Parameters of a copy that Apply Action does not ask for, and the bit without parameters. */
static void duplicate_near(struct net *n)
{
	struct stage s = stage_new(n);
	const struct ip there = ip_of("198.51.100.99");
	struct buf b = opened(&s);

	pfcp_create_far(&b, &(struct pfcp_far){ .id = 2, .apply = APPLY_FORW, .interface = IF_ACCESS, .forwards = true, .to = &s.north->n3->ip,
		.teid = 0x1000, .copy_to = &there, .copy_teid = 0xbeef, .copy_interface = IF_CORE });
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 3, .apply = APPLY_FORW | APPLY_DUPL, .interface = IF_ACCESS, .forwards = true });
	n4(&s, pfcp_close(b));
}

/* --- not as it should be --- */

static void unknown(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = pfcp_open(PFCP_ASSOC_SETUP, 40);

	pfcp_node_id(&b, &s.smf->n4->ip);
	pfcp_ie(&b, 3000, buf_str("of a later release"));
	pfcp_started(&b, NET_START);
	pfcp_ie(&b, 0x8123, buf_of("\x28\xaf" "a vendor's own", 16));
	n4(&s, pfcp_close(b));
	b = pfcp_open(99, 41);
	pfcp_node_id(&b, &s.smf->n4->ip);
	n4(&s, pfcp_close(b));
}

static void repeated(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = pfcp_open(PFCP_ASSOC_SETUP, 42);

	pfcp_node_id(&b, &s.smf->n4->ip);
	pfcp_node_id(&b, &s.upf->n4->ip);
	pfcp_started(&b, NET_START);
	n4(&s, pfcp_close(b));
}

static void ends(struct net *n)
{
	struct stage s = stage_new(n);

	for (size_t keep = 2; keep < 30; keep += 4) {
		struct buf b = some_pfcp(&s);

		buf_shorten(&b, keep);
		n4(&s, b);
	}
}

static void lengths(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = some_pfcp(&s);

	set16(&b, 2, (unsigned)(b.n - 4 + 8));	/* the message claims more */
	n4(&s, b);
	b = some_pfcp(&s);
	set16(&b, 2, 9);			/* and less */
	n4(&s, b);
	b = some_pfcp(&s);
	set16(&b, 10, 300);			/* an IE claims more */
	n4(&s, b);
	b = some_pfcp(&s);
	set16(&b, 2, 0);			/* the message claims nothing */
	n4(&s, b);
}

/* A group whose last member reaches beyond it. */
static void group_lies(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = opened(&s);
	size_t at = b.n;

	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 1, .far = 1, .interface = IF_ACCESS, .teid_ip = &s.upf->n3->ip, .teid = 1 });
	set16(&b, at + 2, (unsigned)(b.n - at - 4 - 3));
	pfcp_create_far(&b, &(struct pfcp_far){ .id = 1, .apply = APPLY_FORW });
	n4(&s, pfcp_close(b));
}

static void snapped(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = opened(&s);

	pfcp_create_pdr(&b, &(struct pfcp_pdr){ .id = 1, .far = 1, .interface = IF_ACCESS, .teid_ip = &s.upf->n3->ip, .teid = 1, .ue = &ue });
	n->next.snap = 14 + 20 + 8 + 70;
	n4(&s, pfcp_close(b));
}

/* FO: another message follows in the same datagram (7.2.2). */
static void bundled(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = pfcp_open_session(PFCP_MODIFY, 0xa1, 50), c = pfcp_open_session(PFCP_MODIFY, 0xa2, 51);

	pfcp_update_far(&b, &(struct pfcp_far){ .id = 2, .apply = APPLY_DROP });
	pfcp_update_far(&c, &(struct pfcp_far){ .id = 2, .apply = APPLY_FORW });
	b = pfcp_close(b);
	b.p[0] |= 4;
	put_buf(&b, pfcp_close(c));
	n4(&s, b);
}

static void sent_again(struct net *n)
{
	struct stage s = stage_new(n);

	n->next.resend_us = 3000000;
	n4(&s, some_pfcp(&s));
}

static void captured_twice(struct net *n)
{
	struct stage s = stage_new(n);

	n->next = (struct fault){ .again = 1, .again_us = 60 };
	n4(&s, some_pfcp(&s));
}

static void not_pfcp(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = { 0 };

	udp_send(s.smf->n4, PFCP_PORT, s.upf->n4, PFCP_PORT, buf_str("M-SEARCH * HTTP/1.1\r\n\r\n"));
	put_seed(&b, s.seed, 60);
	b.p[0] = 0x45;
	udp_send(s.smf->n4, PFCP_PORT, s.upf->n4, 40000, b);
	b = some_pfcp(&s);
	b.p[0] = 0x40;			/* version 2 */
	udp_send(s.smf->n4, PFCP_PORT, s.upf->n4, PFCP_PORT, b);
	udp_send(s.smf->n4, 40000, s.upf->n4, 40001, some_pfcp(&s));	/* on ports that say nothing */
}

const struct golden golden_pfcp[] = {
	{ "pfcp", "heartbeat", heartbeat, NULL, NULL },
	{ "pfcp", "association", association, NULL, NULL },
	{ "pfcp", "association-fqdn", association_fqdn, NULL, NULL },
	{ "pfcp", "association-ipv6", association_ipv6, NULL, NULL },
	{ "pfcp", "association-refused", association_refused, NULL, NULL },
	{ "pfcp", "association-update-release", association_other, NULL, NULL },
	{ "pfcp", "node-report", node_report, NULL, NULL },
	{ "pfcp", "other-node-messages", node_others, NULL, NULL },
	{ "pfcp", "session", session, NULL, NULL },
	{ "pfcp", "session-teid-by-cp", session_chosen_by_cp, NULL, NULL },
	{ "pfcp", "session-ipv6", session_ipv6, NULL, NULL },
	{ "pfcp", "session-refused", session_refused, NULL, NULL },
	{ "pfcp", "session-not-known", modify_unknown, NULL, NULL },
	{ "pfcp", "rules-changed", rules_changed, NULL, NULL },
	{ "pfcp", "report", report, NULL, NULL },
	{ "pfcp", "duplicate", duplicate, NULL, NULL },
	{ "pfcp", "duplicate-later", duplicate_later, NULL, NULL },
	{ "pfcp", "duplicate-not-asked", duplicate_near, NULL, NULL },
	{ "pfcp", "unknown", unknown, NULL, NULL },
	{ "pfcp", "repeated-ie", repeated, NULL, NULL },
	{ "pfcp", "ends-early", ends, NULL, NULL },
	{ "pfcp", "lengths-lie", lengths, NULL, NULL },
	{ "pfcp", "group-length-lies", group_lies, NULL, NULL },
	{ "pfcp", "snapped", snapped, NULL, NULL },
	{ "pfcp", "bundled", bundled, NULL, NULL },
	{ "pfcp", "sent-again", sent_again, NULL, NULL },
	{ "pfcp", "captured-twice", captured_twice, NULL, NULL },
	{ "pfcp", "not-pfcp", not_pfcp, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
