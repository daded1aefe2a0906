/*
 * GTP-C (S11, S5/S8, S10, N26, S3, S4, S2a/b; Gn, Gp; UDP 2123).  Version 2, TS 29.274: header 5.1, messages 6.1 and 7, elements 8.
 *   octet 1 version(3)=2 P T MP spare(2) | 2 type | 3-4 length of what follows octet 4
 *   T=1: TEID(4) | sequence(3) | spare(1)
 * P: another message follows in the same packet (5.5.1); each is a fact of its own.  Version 1 is read by gtp_c.c.
 */
#include "gtpv2.h"

#include "gtp_c.h"

enum { FLAG_P = 0x10, FLAG_T = 8, SPARE = 3, VERSION = 2, IE_ASSIGNED = 220 };	/* element types above are not assigned yet, but 254 and 255 */

static const struct { const char *name, *spec; } messages[256] = {		/* by type */
	[1] = { "Echo Request", "TS 29.274 7.1.1" },
	[2] = { "Echo Response", "TS 29.274 7.1.2" },
	[3] = { "Version Not Supported Indication", "TS 29.274 7.1.3" },
	[25] = { "SRVCC PS to CS Request", "TS 29.280 5.2.2" },
	[26] = { "SRVCC PS to CS Response", "TS 29.280 5.2.3" },
	[27] = { "SRVCC PS to CS Complete Notification", "TS 29.280 5.2.4" },
	[28] = { "SRVCC PS to CS Complete Acknowledge", "TS 29.280 5.2.5" },
	[29] = { "SRVCC PS to CS Cancel Notification", "TS 29.280 5.2.6" },
	[30] = { "SRVCC PS to CS Cancel Acknowledge", "TS 29.280 5.2.7" },
	[32] = { "Create Session Request", "TS 29.274 7.2.1" },
	[33] = { "Create Session Response", "TS 29.274 7.2.2" },
	[34] = { "Modify Bearer Request", "TS 29.274 7.2.7" },
	[35] = { "Modify Bearer Response", "TS 29.274 7.2.8" },
	[36] = { "Delete Session Request", "TS 29.274 7.2.9.1" },
	[37] = { "Delete Session Response", "TS 29.274 7.2.10.1" },
	[38] = { "Change Notification Request", "TS 29.274 7.3.14" },
	[39] = { "Change Notification Response", "TS 29.274 7.3.15" },
	[40] = { "Remote UE Report Notification", "TS 29.274 6.1" },
	[41] = { "Remote UE Report Acknowledge", "TS 29.274 6.1" },
	[64] = { "Modify Bearer Command", "TS 29.274 7.2.14.1" },
	[65] = { "Modify Bearer Failure Indication", "TS 29.274 7.2.14.2" },
	[66] = { "Delete Bearer Command", "TS 29.274 7.2.17.1" },
	[67] = { "Delete Bearer Failure Indication", "TS 29.274 7.2.17.2" },
	[68] = { "Bearer Resource Command", "TS 29.274 7.2.5" },
	[69] = { "Bearer Resource Failure Indication", "TS 29.274 7.2.6" },
	[70] = { "Downlink Data Notification Failure Indication", "TS 29.274 7.2.11.3" },
	[71] = { "Trace Session Activation", "TS 29.274 6.1" },
	[72] = { "Trace Session Deactivation", "TS 29.274 6.1" },
	[73] = { "Stop Paging Indication", "TS 29.274 7.2.23" },
	[95] = { "Create Bearer Request", "TS 29.274 7.2.3" },
	[96] = { "Create Bearer Response", "TS 29.274 7.2.4" },
	[97] = { "Update Bearer Request", "TS 29.274 7.2.15" },
	[98] = { "Update Bearer Response", "TS 29.274 7.2.16" },
	[99] = { "Delete Bearer Request", "TS 29.274 7.2.9.2" },
	[100] = { "Delete Bearer Response", "TS 29.274 7.2.10.2" },
	[101] = { "Delete PDN Connection Set Request", "TS 29.274 7.9.1" },
	[102] = { "Delete PDN Connection Set Response", "TS 29.274 7.9.2" },
	[103] = { "PGW Downlink Triggering Notification", "TS 29.274 6.1" },
	[104] = { "PGW Downlink Triggering Acknowledge", "TS 29.274 6.1" },
	[128] = { "Identification Request", "TS 29.274 7.3.8" },
	[129] = { "Identification Response", "TS 29.274 7.3.9" },
	[130] = { "Context Request", "TS 29.274 7.3.5" },
	[131] = { "Context Response", "TS 29.274 7.3.6" },
	[132] = { "Context Acknowledge", "TS 29.274 7.3.7" },
	[133] = { "Forward Relocation Request", "TS 29.274 7.3.1" },
	[134] = { "Forward Relocation Response", "TS 29.274 7.3.2" },
	[135] = { "Forward Relocation Complete Notification", "TS 29.274 7.3.3" },
	[136] = { "Forward Relocation Complete Acknowledge", "TS 29.274 7.3.4" },
	[137] = { "Forward Access Context Notification", "TS 29.274 7.3.10" },
	[138] = { "Forward Access Context Acknowledge", "TS 29.274 7.3.11" },
	[139] = { "Relocation Cancel Request", "TS 29.274 7.3.16" },
	[140] = { "Relocation Cancel Response", "TS 29.274 7.3.17" },
	[141] = { "Configuration Transfer Tunnel", "TS 29.274 7.3.18" },
	[149] = { "Detach Notification", "TS 29.274 7.3.12" },
	[150] = { "Detach Acknowledge", "TS 29.274 7.3.13" },
	[151] = { "CS Paging Indication", "TS 29.274 6.1" },
	[152] = { "RAN Information Relay", "TS 29.274 7.3.19" },
	[153] = { "Alert MME Notification", "TS 29.274 6.1" },
	[154] = { "Alert MME Acknowledge", "TS 29.274 6.1" },
	[155] = { "UE Activity Notification", "TS 29.274 6.1" },
	[156] = { "UE Activity Acknowledge", "TS 29.274 6.1" },
	[157] = { "ISR Status Indication", "TS 29.274 6.1" },
	[158] = { "UE Registration Query Request", "TS 29.274 6.1" },
	[159] = { "UE Registration Query Response", "TS 29.274 6.1" },
	[160] = { "Create Forwarding Tunnel Request", "TS 29.274 6.1" },
	[161] = { "Create Forwarding Tunnel Response", "TS 29.274 6.1" },
	[162] = { "Suspend Notification", "TS 29.274 7.4.1" },
	[163] = { "Suspend Acknowledge", "TS 29.274 7.4.2" },
	[164] = { "Resume Notification", "TS 29.274 7.4.3" },
	[165] = { "Resume Acknowledge", "TS 29.274 7.4.4" },
	[166] = { "Create Indirect Data Forwarding Tunnel Request", "TS 29.274 7.2.18" },
	[167] = { "Create Indirect Data Forwarding Tunnel Response", "TS 29.274 7.2.19" },
	[168] = { "Delete Indirect Data Forwarding Tunnel Request", "TS 29.274 7.2.12" },
	[169] = { "Delete Indirect Data Forwarding Tunnel Response", "TS 29.274 7.2.13" },
	[170] = { "Release Access Bearers Request", "TS 29.274 7.2.21" },
	[171] = { "Release Access Bearers Response", "TS 29.274 7.2.22" },
	[176] = { "Downlink Data Notification", "TS 29.274 7.2.11.1" },
	[177] = { "Downlink Data Notification Acknowledge", "TS 29.274 7.2.11.2" },
	[179] = { "PGW Restart Notification", "TS 29.274 7.9.5" },
	[180] = { "PGW Restart Notification Acknowledge", "TS 29.274 7.9.6" },
	[200] = { "Update PDN Connection Set Request", "TS 29.274 7.9.3" },
	[201] = { "Update PDN Connection Set Response", "TS 29.274 7.9.4" },
	[211] = { "Modify Access Bearers Request", "TS 29.274 7.2.24" },
	[212] = { "Modify Access Bearers Response", "TS 29.274 7.2.25" },
	[231] = { "MBMS Session Start Request", "TS 29.274 6.1" },
	[232] = { "MBMS Session Start Response", "TS 29.274 6.1" },
	[233] = { "MBMS Session Update Request", "TS 29.274 6.1" },
	[234] = { "MBMS Session Update Response", "TS 29.274 6.1" },
	[235] = { "MBMS Session Stop Request", "TS 29.274 6.1" },
	[236] = { "MBMS Session Stop Response", "TS 29.274 6.1" },
	[240] = { "SRVCC CS to PS Response", "TS 29.280 5.2.9" },
	[241] = { "SRVCC CS to PS Complete Notification", "TS 29.280 5.2.10" },
	[242] = { "SRVCC CS to PS Complete Acknowledge", "TS 29.280 5.2.11" },
	[243] = { "SRVCC CS to PS Cancel Notification", "TS 29.280 5.2.12" },
	[244] = { "SRVCC CS to PS Cancel Acknowledge", "TS 29.280 5.2.13" },
};

static bool assigned(uint8_t ie)
{
	return (ie && ie < IE_ASSIGNED) || ie >= 254;
}

/*
 * Is this GTPv2-C?  The port alone is no proof.  A length that ends where the packet ends is (2^16 to 1); so is one that ends before, with
 * a known type in its own form of header; what claims more than there is has to show an element that could be one, or none.
 */
static bool plausible(struct cur c)
{
	uint8_t flags = cur_u8(&c), type = cur_u8(&c), ie;
	size_t len = cur_u16(&c), left = cur_left(&c), head = flags & FLAG_T ? 8 : 4;
	bool formed = messages[type].name && !(flags & SPARE) && !(flags & FLAG_T) == (type <= 3);
	struct cur body;

	if (c.why != CUR_OK || flags >> 5 != VERSION || !type || len < head)
		return false;
	if (len == left && !c.cut)
		return messages[type].name || (!(flags & SPARE) && flags & FLAG_T);
	if (!formed)
		return false;
	if (len <= left)
		return true;
	body = cur_sub(&c, left);
	(void)cur_take(&body, head);
	if (!cur_left(&body))
		return body.why == CUR_OK || c.cut;
	ie = cur_u8(&body);
	len = cur_u16(&body);
	return assigned(ie) && (c.cut || (body.why == CUR_OK && len < cur_left(&body)));
}

/* One message at the front of c.  False: it is none. */
static bool message(struct layers *l, const struct msg *m, struct cur *c)
{
	const uint8_t *from = c->p;
	uint8_t flags, type;
	struct cur body;
	struct fact *f;
	struct put *o;
	uint32_t n;

	if (!plausible(*c))
		return false;
	f = layer_begin(l, m, FACT_GTPV2);
	o = layer_put(l);
	flags = cur_u8(c);
	type = cur_u8(c);
	body = cur_sub(c, cur_u16(c));
	put_uint(o, KEY_GTPV2_message_type, type);
	if (flags & FLAG_T) {
		n = cur_u32(&body);
		if (body.why == CUR_OK)
			put_uint(o, KEY_GTPV2_teid, n);
	}
	n = cur_u24(&body);
	if (body.why == CUR_OK)
		put_uint(o, KEY_GTPV2_seq, n);
	(void)cur_u8(&body);
	layer_read(l, from, &body);
	ie_read(l, &gtpv2_ies, &body);
	cur_refuse(&body, c->why);		/* the packet ends before the message does */
	if (flags & FLAG_P && !plausible(*c) && !c->cut)
		cur_refuse(&body, CUR_VALUE);	/* it says that another one follows */
	if (m->nframes <= 1)
		f->len = (uint32_t)(c->p - from);
	layer_emit(l, f, &body, messages[type].name ? OUT_OK : OUT_UNKNOWN);
	return true;
}

static bool read_packet(struct layers *l, const struct msg *m)
{
	struct cur c = m->cur;
	struct msg one = *m;
	bool more = true, any = false;

	if (cur_peek(&c) >> 5 == 1)
		return gtpv1c_read(l, m);
	while (more && cur_left(&c)) {
		more = c.p[0] & FLAG_P;
		one.cur = c;
		if (m->nframes <= 1)
			one.off = m->off + (uint32_t)(c.p - m->cur.p);
		if (!message(l, &one, &c))
			break;
		any = true;
	}
	return any;
}

static bool cover(unsigned i, struct cover_row *row)
{
	const struct ie_def *ie;

	for (unsigned type = 0; type < 256; type++)
		if (messages[type].name && !i--) {
			*row = (struct cover_row){ "message", type, messages[type].name, messages[type].spec };
			return true;
		}
	ie = ie_nth(&gtpv2_ies, i);
	if (!ie)
		return false;
	*row = (struct cover_row){ "IE", ie->type, ie->name, ie->spec };
	return true;
}

const struct proto proto_gtpv2 = {
	.name = "gtpv2", .title = "GPRS Tunnelling Protocol, control plane (version 2; finds version 1)", .spec = "TS 29.274",
	.udp = { 2123 }, .kind = FACT_GTPV2, .read = read_packet, .cover = cover,
};
