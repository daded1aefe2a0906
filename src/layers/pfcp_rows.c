/*
 * Information elements of PFCP (TS 29.244 8.1.2): the values that facts carry, and every grouped
 * element, whether its own table (7.4, 7.5) names such a value or not: what is grouped is walked,
 * so a rule hidden in a group of another message is seen.  Types are unique over all messages.
 * Elements of vendors (type 32768 and up) are stepped over; their enterprise number is told.
 */
#include "pfcp.h"

#define UINT(t, n, k, m, what, where) [t] = { .type = t, .kind = IE_UINT, .len = n, .key = KEY_PFCP_##k, .mask = m, .name = what, .spec = "TS 29.244 " where }
#define BITS(t, b, what, where) [t] = { .type = t, .kind = IE_BITS, .bits = b, .name = what, .spec = "TS 29.244 " where }
#define HOOK(t, f, what, where) [t] = { .type = t, .kind = IE_HOOK, .hook = f, .name = what, .spec = "TS 29.244 " where }
#define OBJECT(t, f, what, where) [t] = { .type = t, .kind = IE_OBJECT, .hook = f, .name = what, .spec = "TS 29.244 " where }
#define GROUP(t, what, where) [t] = { .type = t, .kind = IE_GROUP, .name = what, .spec = "TS 29.244 " where }

static void put_v4(struct ie_walk *w, enum fact_key k, struct cur *v) { put_addr(w->put, k, cur_take(v, 4), 4); }
static void put_v6(struct ie_walk *w, enum fact_key k, struct cur *v) { put_addr(w->put, k, cur_take(v, 16), 16); }

static void put_u32(struct ie_walk *w, enum fact_key k, struct cur *v)
{
	uint32_t n = cur_u32(v);

	if (v->why == CUR_OK)
		put_uint(w->put, k, n);
}

/* Octet 1: spare(4) CHID CH V6 V4 | TEID(4) unless CH | IPv4(4) | IPv6(16), or the CHOOSE ID(1) */
static void f_teid(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { V4 = 1, V6 = 2, CH = 4, CHID = 8 };
	uint8_t flags = cur_u8(v);

	(void)row;
	if (v->why == CUR_OK)
		put_bool(w->put, KEY_PFCP_f_teid_ch, flags & CH);
	if (flags & CH) {
		if (flags & CHID)
			put_octets(w->put, KEY_PFCP_f_teid_choose_id, cur_take(v, 1), 1);
		return;
	}
	put_u32(w, KEY_PFCP_f_teid_teid, v);
	if (flags & V4)
		put_v4(w, KEY_PFCP_f_teid_ipv4, v);
	if (flags & V6)
		put_v6(w, KEY_PFCP_f_teid_ipv6, v);
}

/* Octet 1: spare(6) V4 V6 | SEID(8) | IPv4(4) | IPv6(16).  One of the two addresses has to be there. */
static void f_seid(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { V6 = 1, V4 = 2 };
	uint8_t flags = cur_u8(v);
	uint64_t seid;

	(void)row;
	if (!(flags & (V4 | V6)))
		cur_refuse(v, CUR_VALUE);
	seid = cur_u64(v);
	if (v->why == CUR_OK)
		put_uint(w->put, KEY_PFCP_seid, seid);
	if (flags & V4)
		put_v4(w, KEY_PFCP_f_seid_ipv4, v);
	if (flags & V6)
		put_v6(w, KEY_PFCP_f_seid_ipv6, v);
}

/* Octet 1: spare(4) type(4): 0 IPv4, 1 IPv6, 2 FQDN */
static void node_id(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	uint8_t type = cur_u8(v) & 15;

	(void)row;
	switch (type) {
	case 0: put_v4(w, KEY_PFCP_node_id_ipv4, v); break;
	case 1: put_v6(w, KEY_PFCP_node_id_ipv6, v); break;
	case 2:
		if (!cur_left(v))
			cur_refuse(v, v->cut ? CUR_CUT : CUR_SHORT);
		ie_put_name(w, KEY_PFCP_node_id_fqdn, v);
		break;
	default: cur_refuse(v, CUR_VALUE);
	}
}

/*
 * Octet 1: spare IP6PL CHV6 CHV4 IPv6D S/D V4 V6 | IPv4(4) | IPv6(16) | prefix delegation bits(1)
 * | prefix length(1)
 */
static void ue_ip(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { V6 = 1, V4 = 2, SD = 4 };
	uint8_t flags = cur_u8(v);

	(void)row;
	if (v->why == CUR_OK)
		put_bool(w->put, KEY_PFCP_ue_ip_sd, flags & SD);
	if (flags & V4) {
		put_v4(w, KEY_PFCP_ue_ip_ipv4, v);
		if (v->why == CUR_OK)
			layer_subscriber(w->l, v->p - 4, 4);
	}
	if (flags & V6) {
		put_v6(w, KEY_PFCP_ue_ip_ipv6, v);
		if (v->why == CUR_OK)
			layer_subscriber(w->l, v->p - 16, 6);
	}
}

/* Description(2), a bit a header: GTP-U over IPv4, IPv6; UDP over IPv4, IPv6; IPv4; IPv6; ... | TEID(4) | IPv4(4) | IPv6(16) | port(2) ... */
static void outer_header(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { GTPU4 = 0x100, GTPU6 = 0x200, UDP4 = 0x400, UDP6 = 0x800, IP4 = 0x1000, IP6 = 0x2000 };
	uint16_t what = cur_u16(v);

	(void)row;
	if (v->why == CUR_OK)
		put_uint(w->put, KEY_PFCP_ohc_desc, what);
	if (what & (GTPU4 | GTPU6))
		put_u32(w, KEY_PFCP_ohc_teid, v);
	if (what & (GTPU4 | UDP4 | IP4))
		put_v4(w, KEY_PFCP_ohc_ipv4, v);
	if (what & (GTPU6 | UDP6 | IP6))
		put_v6(w, KEY_PFCP_ohc_ipv6, v);
}

/* Octet 1: spare(4) type(4): 0 IPv4, 1 IPv6, 2 URL, 3 SIP URI, 4 both addresses | length(2) address as text ... */
static void redirect(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	uint8_t type = cur_u8(v) & 15;
	uint16_t n = cur_u16(v);

	(void)row;
	if (v->why != CUR_OK)
		return;
	put_uint(w->put, KEY_PFCP_redirect_addr_type, type);
	put_text(w->put, KEY_PFCP_redirect_server, (const char *)cur_take(v, n), n);
	if (type != 4)
		return;
	n = cur_u16(v);
	put_text(w->put, KEY_PFCP_redirect_server, (const char *)cur_take(v, n), n);
}

/* Octet 1: spare(4) NI DI V4 V6 | IPv4(4) | IPv6(16) | length(2) destination interface | length(2) network instance */
static void gtpu_peer(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { V6 = 1, V4 = 2, DI = 4, NI = 8 };
	uint8_t flags = cur_u8(v);
	struct cur part;

	(void)row;
	if (flags & V4)
		put_v4(w, KEY_PFCP_node_id_ipv4, v);
	if (flags & V6)
		put_v6(w, KEY_PFCP_node_id_ipv6, v);
	if (flags & DI) {
		uint8_t to;

		part = cur_sub(v, cur_u16(v));
		to = cur_u8(&part) & 15;
		if (part.why == CUR_OK)
			put_uint(w->put, KEY_PFCP_dst_interface, to);
		cur_refuse(v, part.why);
	}
	if (flags & NI) {
		part = cur_sub(v, cur_u16(v));
		ie_put_name(w, KEY_PFCP_network_instance, &part);
	}
}

/* Octet 1: spare(3) type(5): 0 PDR, 1 FAR, 2 QER, 3 URR, 4 BAR, 5 MAR, 6 SRR | the id */
static void failed_rule(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	uint8_t type = cur_u8(v) & 31;
	uint32_t id;

	(void)row;
	if (v->why != CUR_OK || type > 1)
		return;
	id = type ? cur_u32(v) & 0x7fffffff : cur_u16(v);
	if (v->why == CUR_OK)
		put_uint(w->put, type ? KEY_PFCP_far_id : KEY_PFCP_pdr_id, id);
}

/*
 * Octet 1: spare ASSOSI ASSONI TEIDRI(3) V6 V4 | TEID range(1) with TEIDRI | IPv4(4) | IPv6(16) | network
 * instance, to the end or to the source interface(1) there
 */
static void ip_resource(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	enum { V4 = 1, V6 = 2, TEIDRI = 0x1c, ASSONI = 0x20, ASSOSI = 0x40 };
	uint8_t flags = cur_u8(v);
	struct cur name;

	(void)row;
	if (flags & TEIDRI)
		(void)cur_u8(v);
	if (flags & V4)
		put_v4(w, KEY_PFCP_upiri_ipv4, v);
	if (flags & V6)
		put_v6(w, KEY_PFCP_upiri_ipv6, v);
	name = *v;
	if ((flags & (ASSOSI | ASSONI)) == ASSOSI) {
		uint8_t source = cur_u8(v);

		if (v->why == CUR_OK)
			put_uint(w->put, KEY_PFCP_source_interface, source & 15);
		return;
	}
	if (flags & ASSOSI && v->why == CUR_OK && !v->cut) {
		if (name.p == name.end) {
			cur_refuse(v, CUR_SHORT);
			return;
		}
		put_uint(w->put, KEY_PFCP_source_interface, *--name.end & 15);
	}
	if (flags & ASSONI)
		ie_put_name(w, KEY_PFCP_network_instance, &name);
	if (flags & (ASSONI | ASSOSI))
		(void)cur_take(v, cur_left(v));
}

static void network_instance(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	ie_put_name(w, (enum fact_key)row->key, v);
}

/* Spare(1), FQDN */
static void smf_set(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	(void)cur_u8(v);
	ie_put_name(w, KEY_PFCP_node_id_fqdn, v);
}

/* An IPv4 address of a server for L2TP; its key is the one that Wireshark gives it. */
static void server(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_v4(w, KEY_PFCP_node_id_ipv4, v);
}

/* SST(1) SD(3) */
static void s_nssai(struct ie_walk *w, const struct ie_def *row, struct cur *v)
{
	(void)row;
	put_octets(w->put, KEY_PFCP_snssai_sst, cur_take(v, 1), 1);
	put_octets(w->put, KEY_PFCP_snssai_sd, cur_take(v, 3), 3);
}

/*
 * A vendor's: enterprise number(2) first.  Two of the Broadband Forum's are groups (TR-459 6.6.13 PPP
 * LCP Connectivity, 6.6.14 L2TP Tunnel) and hold rules of ours.
 */
static bool vendor(struct ie_walk *w, uint32_t type, struct cur *v)
{
	enum { VENDOR = 0x8000, BBF = 3561, PPP_LCP_CONNECTIVITY = VENDOR + 12, L2TP_TUNNEL = VENDOR + 13 };
	uint16_t id;

	if (!(type & VENDOR))
		return false;
	id = cur_u16(v);
	if (v->why == CUR_OK)
		put_uint(w->put, KEY_PFCP_enterprise_id, id);
	return id == BBF && (type == PPP_LCP_CONNECTIVITY || type == L2TP_TUNNEL);
}

static const struct ie_bit apply_action[] = {
	{ 0, 1, KEY_PFCP_apply_drop }, { 0, 2, KEY_PFCP_apply_forw }, { 0, 4, KEY_PFCP_apply_buff }, { 0, 8, KEY_PFCP_apply_nocp },
	{ 0, 16, KEY_PFCP_apply_dupl }, { 0, 128, KEY_PFCP_apply_dfrt }, { 0, 0, 0 },
};

static const struct ie_def rows[] = {
	GROUP(1, "Create PDR", "7.5.2.2"),
	GROUP(2, "PDI", "7.5.2.2"),
	GROUP(3, "Create FAR", "7.5.2.3"),
	GROUP(4, "Forwarding Parameters", "7.5.2.3"),
	GROUP(5, "Duplicating Parameters", "7.5.2.3"),
	GROUP(6, "Create URR", "7.5.2.4"),
	GROUP(7, "Create QER", "7.5.2.5"),
	GROUP(8, "Created PDR", "7.5.3.2"),
	GROUP(9, "Update PDR", "7.5.4.2"),
	GROUP(10, "Update FAR", "7.5.4.3"),
	GROUP(11, "Update Forwarding Parameters", "7.5.4.3"),
	GROUP(12, "Update BAR (Session Report Response)", "7.5.9.2"),
	GROUP(13, "Update URR", "7.5.4.4"),
	GROUP(14, "Update QER", "7.5.4.5"),
	GROUP(15, "Remove PDR", "7.5.4.6"),
	GROUP(16, "Remove FAR", "7.5.4.7"),
	GROUP(17, "Remove URR", "7.5.4.8"),
	GROUP(18, "Remove QER", "7.5.4.9"),
	UINT(19, 1, cause, 0, "Cause", "8.2.1"),
	UINT(20, 1, source_interface, 15, "Source Interface", "8.2.2"),
	OBJECT(21, f_teid, "F-TEID", "8.2.3"),
	[22] = { .type = 22, .kind = IE_HOOK, .hook = network_instance, .key = KEY_PFCP_network_instance, .name = "Network Instance", .spec = "TS 29.244 8.2.4" },
	OBJECT(38, redirect, "Redirect Information", "8.2.20"),
	UINT(42, 1, dst_interface, 15, "Destination Interface", "8.2.24"),
	BITS(44, apply_action, "Apply Action", "8.2.26"),
	GROUP(51, "Load Control Information", "7.5.3.3"),
	GROUP(54, "Overload Control Information", "7.5.3.4"),
	UINT(56, 2, pdr_id, 0, "PDR ID", "8.2.36"),
	OBJECT(57, f_seid, "F-SEID", "8.2.37"),
	GROUP(58, "Application ID's PFDs", "7.4.3.1"),
	GROUP(59, "PFD context", "7.4.3.1"),
	HOOK(60, node_id, "Node ID", "8.2.38"),
	GROUP(68, "Application Detection Information", "7.5.8.3"),
	GROUP(77, "Query URR", "7.5.4.10"),
	GROUP(78, "Usage Report (Session Modification Response)", "7.5.5.2"),
	GROUP(79, "Usage Report (Session Deletion Response)", "7.5.7.2"),
	GROUP(80, "Usage Report (Session Report Request)", "7.5.8.3"),
	GROUP(83, "Downlink Data Report", "7.5.8.2"),
	OBJECT(84, outer_header, "Outer Header Creation", "8.2.56"),
	GROUP(85, "Create BAR", "7.5.2.6"),
	GROUP(86, "Update BAR (Session Modification Request)", "7.5.4.11"),
	GROUP(87, "Remove BAR", "7.5.4.12"),
	OBJECT(93, ue_ip, "UE IP Address", "8.2.62"),
	UINT(96, 4, recovery, 0, "Recovery Time Stamp", "8.2.65"),
	GROUP(99, "Error Indication Report", "7.5.8.4"),
	GROUP(102, "User Plane Path Failure Report", "7.4.5.1.2"),
	OBJECT(103, gtpu_peer, "Remote GTP-U Peer", "8.2.70"),
	GROUP(105, "Update Duplicating Parameters", "7.5.4.3"),
	UINT(108, 4, far_id, 0x7fffffff, "FAR ID", "8.2.74"),
	UINT(113, 1, pdn_type, 7, "PDN Type", "8.2.79"),
	OBJECT(114, failed_rule, "Failed Rule ID", "8.2.80"),
	OBJECT(116, ip_resource, "User Plane IP Resource Information", "8.2.82"),
	GROUP(118, "Aggregated URRs", "7.5.2.4"),
	UINT(124, 1, qfi, 0x3f, "QFI", "8.2.89"),
	GROUP(127, "Create Traffic Endpoint", "7.5.2.7"),
	GROUP(128, "Created Traffic Endpoint", "7.5.3.5"),
	GROUP(129, "Update Traffic Endpoint", "7.5.4.13"),
	GROUP(130, "Remove Traffic Endpoint", "7.5.4.14"),
	GROUP(132, "Ethernet Packet Filter", "7.5.2.2"),
	GROUP(143, "Ethernet Traffic Information", "7.5.8.3"),
	GROUP(147, "Additional Monitoring Time", "7.5.2.4"),
	UINT(160, 1, interface_type, 0x3f, "3GPP Interface Type", "8.2.118"),
	GROUP(165, "Create MAR", "7.5.2.8"),
	GROUP(166, "3GPP Access Forwarding Action Information", "7.5.2.8"),
	GROUP(167, "Non-3GPP Access Forwarding Action Information", "7.5.2.8"),
	GROUP(168, "Remove MAR", "7.5.4.15"),
	GROUP(169, "Update MAR", "7.5.4.16"),
	GROUP(175, "Update 3GPP Access Forwarding Action Information", "7.5.4.16"),
	GROUP(176, "Update Non-3GPP Access Forwarding Action Information", "7.5.4.16"),
	OBJECT(180, smf_set, "SMF Set ID", "8.2.131"),
	GROUP(183, "PFCP Session Retention Information", "7.4.4.1"),
	GROUP(187, "User Plane Path Recovery Report", "7.4.5.1.3"),
	GROUP(188, "IP Multicast Addressing Info", "7.5.2.2"),
	GROUP(189, "Join IP Multicast Information", "7.5.8.3"),
	GROUP(190, "Leave IP Multicast Information", "7.5.8.3"),
	GROUP(195, "Created Bridge/Router Info", "7.5.3.6"),
	GROUP(199, "TSC Management Information (Session Modification Request)", "7.5.4.18"),
	GROUP(200, "TSC Management Information (Session Modification Response)", "7.5.5.3"),
	GROUP(201, "TSC Management Information (Session Report Request)", "7.5.8.5"),
	GROUP(203, "Clock Drift Control Information", "7.4.4.1.2"),
	GROUP(205, "Clock Drift Report", "7.4.5.1.4"),
	GROUP(211, "Remove SRR", "7.5.4.19"),
	GROUP(212, "Create SRR", "7.5.2.9"),
	GROUP(213, "Update SRR", "7.5.4.20"),
	GROUP(214, "Session Report", "7.5.8.6"),
	GROUP(216, "Access Availability Control Information", "7.5.2.9"),
	GROUP(218, "Access Availability Report", "7.5.8.6"),
	GROUP(220, "Provide ATSSS Control Information", "7.5.2.10"),
	GROUP(221, "ATSSS Control Parameters", "7.5.3.7"),
	GROUP(225, "MPTCP Parameters", "7.5.3.7"),
	GROUP(226, "ATSSS-LL Parameters", "7.5.3.7"),
	GROUP(227, "PMF Parameters", "7.5.3.7"),
	GROUP(233, "UE IP address Pool Information", "7.4.4.1"),
	GROUP(238, "GTP-U Path QoS Control Information", "7.4.4.1.3"),
	GROUP(239, "GTP-U Path QoS Report", "7.4.5.1.5"),
	GROUP(240, "QoS Information in GTP-U Path QoS Report", "7.4.5.1.6"),
	GROUP(242, "QoS Monitoring per QoS flow Control Information", "7.5.2.9"),
	GROUP(247, "QoS Monitoring Report", "7.5.8.6"),
	GROUP(252, "Packet Rate Status Report", "7.5.7.1"),
	GROUP(254, "Ethernet Context Information", "7.5.4.21"),
	GROUP(255, "Redundant Transmission Detection Parameters", "7.5.2.2"),
	GROUP(256, "Updated PDR", "7.5.5.5"),
	OBJECT(257, s_nssai, "S-NSSAI", "8.2.176"),
	GROUP(261, "Provide RDS Configuration Information", "7.5.2.11"),
	GROUP(263, "Query Packet Rate Status", "7.5.4.22"),
	GROUP(264, "Packet Rate Status Report (Session Modification Response)", "7.5.5.4"),
	GROUP(267, "UE IP Address Usage Information", "7.4.4.3.1"),
	GROUP(270, "Redundant Transmission Forwarding Parameters", "7.5.2.3"),
	GROUP(271, "Transport Delay Reporting", "7.5.2.2"),
	GROUP(272, "Partial Failure Information (Session Establishment Response)", "7.5.3.1"),
	GROUP(273, "Partial Failure Information (Session Modification Response)", "7.5.5.1"),
	GROUP(276, "L2TP Tunnel Information", "7.5.2.1"),
	GROUP(277, "L2TP Session Information (Session Establishment Request)", "7.5.2.1"),
	GROUP(279, "L2TP Session Information (Session Establishment Response)", "7.5.3.1"),
	OBJECT(285, server, "DNS Server Address", "8.2.193"),
	OBJECT(286, server, "NBNS Server Address", "8.2.194"),
	GROUP(290, "PFCP Session Change Info", "7.4.7.1"),
	GROUP(295, "Direct Reporting Information", "7.5.2.9"),
	GROUP(300, "MBS Session N4mb Control Information", "7.5.2.1"),
	GROUP(301, "MBS Multicast Parameters", "7.5.2.3"),
	GROUP(302, "Add MBS Unicast Parameters", "7.5.2.3"),
	GROUP(303, "MBS Session N4mb Information", "7.5.3.1"),
	GROUP(304, "Remove MBS Unicast Parameters", "7.5.4.3"),
	GROUP(310, "MBS Session N4 Control Information", "7.5.2.1"),
	GROUP(311, "MBS Session N4 Information", "7.5.3.1"),
	GROUP(315, "Peer UP Restart Report", "7.4.5.1.7"),
	GROUP(316, "DSCP to PPI Control Information", "7.5.2.1"),
};

const struct ie_table pfcp_ies = { .row = rows, .n = sizeof(rows) / sizeof(rows[0]), .head = ie_head_16_16, .unknown = vendor };
