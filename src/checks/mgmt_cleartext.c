/*
 * MGMT-CLEARTEXT: an element is managed over a protocol without protection.  Recognised by port and
 * by an exchange both ways: a probe that nobody answered is no management.
 */
#include "check.h"

enum { CLEAR, UNREAD, SAFE };
static const struct management { uint8_t protocol; uint16_t port; uint8_t how; const char *name, *unread; } rows[] = {
	{ 6, 23, CLEAR, "Telnet", NULL }, { 6, 21, CLEAR, "FTP", NULL }, { 17, 69, CLEAR, "TFTP", NULL }, { 6, 513, CLEAR, "rlogin", NULL },
	{ 6, 514, CLEAR, "rsh", NULL }, { 6, 80, CLEAR, "HTTP", NULL },
	{ 17, 161, UNREAD, "SNMP", "SNMP's version is not decoded by this version: 1 and 2c are in clear, 3 may not be" },
	{ 17, 162, UNREAD, "SNMP", "SNMP's version is not decoded by this version: 1 and 2c are in clear, 3 may not be" },
	{ 6, 389, UNREAD, "LDAP", "whether LDAP began TLS is not decoded by this version" },
	{ 17, 514, UNREAD, "syslog", "syslog on UDP is in clear unless a tunnel that is not seen here protects it; this version does not decode it" },
	{ 17, 1812, UNREAD, "RADIUS", "whether RADIUS is protected by IPsec or TLS is not decoded by this version" },
	{ 6, 22, SAFE, "SSH", NULL }, { 6, 830, SAFE, "NETCONF over SSH", NULL }, { 6, 6513, SAFE, "NETCONF over TLS", NULL },
	{ 6, 6514, SAFE, "syslog over TLS", NULL },
};

static const struct management *management_of(const struct contact_rec *c)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].protocol == c->key.proto && rows[i].port == c->key.port)
			return &rows[i];
	return NULL;
}

/* More than a handshake: data went both ways (TCP: three packets open it, RST or FIN end it). */
static bool exchanged(const struct contact_rec *c)
{
	unsigned least = c->key.proto == 6 ? 3 : 1;

	return c->packets[0] >= least && c->packets[1] >= least;
}

/* Port 80 is management only where the address is for it. */
static bool for_management(const struct ends *e)
{
	return e->protocol != 6 || e->port != 80 || e->to.on == REG_IF_OAM;
}

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	const struct management *m = management_of(c);
	struct ends e = contact_ends(v, c);
	struct instance x;

	(void)why;
	if (!m || c->key.inner || (!who_element(&e.from) && !who_element(&e.to)) || !exchanged(c) || !for_management(&e) ||
	    e.from.where == WHERE_SUBSCRIBER || e.to.where == WHERE_SUBSCRIBER)
		return;
	x = contact_instance(v, i);
	x.subject = party_at(&e.from.addr);
	x.object = party_at(&e.to.addr);
	switch (m->how) {
	case SAFE: x.verdict = CONFORM; break;
	case UNREAD:
		x.verdict = NOT_DECIDABLE;
		x.reason = m->unread;
		break;
	default:
		x.verdict = v->reg ? VIOLATED : UNPROTECTED;
		x.all = true;			/* that it went both ways */
		x.reason = docket_text(d, "%s carries names, passwords and commands in clear", m->name);
		break;
	}
	docket_add(d, &x);
}

const struct check check_mgmt_cleartext = {
	.id = "MGMT-CLEARTEXT",
	.title = "an element is managed in clear",
	.severity = SEV_HIGH,
	.refs = "TS 33.117 4.3.2.1; TS 33.117 4.2.3.2.4; TM05; FGT1040",
	.means = "Telnet, FTP, TFTP, rlogin, rsh, or HTTP at a management address was used with an element: who listens learns names, passwords and commands.",
	.confirm = "Apply the filter and follow the stream: the login and what follows can be read.",
	.causes = "A banner page without login, a service that answers and ends at once, another service at that port.",
	.todo = "Switch the service off at the element and use SSH, NETCONF, HTTPS or SNMPv3 instead.",
	.filter = "ip.addr#1 == CLIENT && ip.addr#1 == SERVER && tcp.port#1 == 23",
	.elements_only = true,
	.on_contact = on_contact,
};
