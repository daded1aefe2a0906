/*
 * MGMT-CLEARTEXT: an element is managed over a protocol without protection.  Recognised by what was
 * read, else by port, and by an exchange both ways: a probe that nobody answered is no management.  Syslog goes one way.
 */
#include "check.h"

enum { CLEAR, CLEAR_ONE_WAY, UNREAD, SAFE };
static const struct management { uint8_t protocol; uint16_t port; uint8_t how; const char *name; } rows[] = {
	{ 6, 23, CLEAR, "Telnet" }, { 6, 21, CLEAR, "FTP" }, { 17, 69, CLEAR, "TFTP" }, { 6, 513, CLEAR, "rlogin" },
	{ 6, 514, CLEAR, "rsh" }, { 6, 80, CLEAR, "HTTP" },
	{ 17, 161, UNREAD, "SNMP" }, { 17, 162, UNREAD, "SNMP" }, { 6, 389, UNREAD, "LDAP" }, { 17, 514, UNREAD, "syslog" },
	{ 17, 1812, UNREAD, "RADIUS" }, { 17, 1813, UNREAD, "RADIUS" },
	{ 6, 22, SAFE, "SSH" }, { 6, 830, SAFE, "NETCONF over SSH" }, { 6, 6513, SAFE, "NETCONF over TLS" }, { 6, NETCONF_CH_SSH, SAFE, "NETCONF over SSH" },
	{ 6, NETCONF_CH_TLS, SAFE, "NETCONF over TLS" }, { 6, 6514, SAFE, "syslog over TLS" },
};
/* What was read decides before the port does, on any port; the first row that fits. */
static const struct { uint32_t spoke, unless; struct management is; } read_rows[] = {
	{ SPOKE_SSH, 0, { 0, 0, SAFE, "SSH" } },
	{ SPOKE_TELNET, 0, { 0, 0, CLEAR, "Telnet" } },
	{ SPOKE_FTP, SPOKE_STARTTLS, { 0, 0, CLEAR, "FTP" } },
	{ SPOKE_TFTP, 0, { 0, 0, CLEAR, "TFTP" } },
	{ SPOKE_SNMP_CLEAR, 0, { 0, 0, CLEAR, "SNMP without encryption" } },
	{ SPOKE_SNMP_PRIVATE, 0, { 0, 0, SAFE, "SNMP version 3" } },
	{ SPOKE_LDAP_PASSWORD, 0, { 0, 0, CLEAR, "LDAP" } },
	{ SPOKE_LDAP, SPOKE_STARTTLS, { 0, 0, CLEAR, "LDAP" } },
	{ SPOKE_SYSLOG, 0, { 0, 0, CLEAR_ONE_WAY, "syslog" } },
	{ SPOKE_RADIUS, 0, { 0, 0, CLEAR, "RADIUS" } },
	{ SPOKE_NETCONF, 0, { 0, 0, CLEAR, "NETCONF without SSH or TLS" } },
};

static const struct management *management_of(const struct view *v, const struct contact_rec *c, struct ground *clear)
{
	static const struct management under_tls = { 0, 0, SAFE, "TLS" }, null_suite = { 0, 0, CLEAR, "TLS with a cipher suite that does not encrypt" };
	struct addr a = model_contact_end(v->model, c, false), b = model_contact_end(v->model, c, true);
	uint32_t spoke = model_spoke(v->model, &a, &b, c->key.proto, c->key.port, clear);

	bool tls = (spoke & (SPOKE_TLS | SPOKE_NULL_SUITE)) == SPOKE_TLS;

	for (size_t i = 0; i < sizeof(read_rows) / sizeof(read_rows[0]); i++)
		if (spoke & read_rows[i].spoke && !(spoke & read_rows[i].unless && tls))
			return &read_rows[i].is;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].protocol == c->key.proto && rows[i].port == c->key.port)
			return tls ? &under_tls : spoke & SPOKE_NULL_SUITE ? &null_suite : &rows[i];
	return NULL;
}

/* More than a handshake: data went both ways (TCP: three packets open it, RST or FIN end it). */
static bool exchanged(const struct contact_rec *c, const struct management *m)
{
	unsigned least = c->key.proto == 6 ? 3 : 1;

	return m->how == CLEAR_ONE_WAY || (c->packets[0] >= least && c->packets[1] >= least);
}

/* Port 80 is management only where the address is for it. */
static bool for_management(const struct ends *e)
{
	return e->protocol != 6 || e->port != 80 || e->to.on == REG_IF_OAM;
}

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct ground clear = { 0, 0 };
	const struct management *m = management_of(v, c, &clear);
	struct ends e = contact_ends(v, c);
	struct instance x;

	(void)why;
	if (!m || c->key.inner || (!who_element(&e.from) && !who_element(&e.to)) || !exchanged(c, m) || !for_management(&e) ||
	    e.from.where == WHERE_SUBSCRIBER || e.to.where == WHERE_SUBSCRIBER)
		return;
	x = contact_instance(v, i);
	x.subject = party_at(&e.from.addr);
	x.object = party_at(&e.to.addr);
	switch (m->how) {
	case SAFE: x.verdict = CONFORM; break;
	case UNREAD:
		x.verdict = NOT_DECIDABLE;
		x.reason = docket_text(d, "of what was exchanged on the port of %s nothing shows whether it is protected", m->name);
		break;
	default:
		x.verdict = v->reg ? VIOLATED : UNPROTECTED;
		x.all = true;			/* that it went both ways */
		x.context = &clear;
		x.ncontext = clear.frame != 0;
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
	.means = "Telnet, FTP, TFTP, SNMP without encryption, LDAP, RADIUS or syslog without TLS, rlogin, rsh, or HTTP at a management address was used with an element: who listens learns names, passwords and commands.",
	.confirm = "Apply the filter and follow the stream: the login and what follows can be read.",
	.causes = "A banner page without login, a service that answers and ends at once, another service at that port.",
	.todo = "Switch the service off at the element and use SSH, NETCONF, HTTPS or SNMPv3 instead.",
	.filter = "ip.addr#1 == CLIENT && ip.addr#1 == SERVER && tcp.port#1 == 23",
	.elements_only = true,
	.on_contact = on_contact,
};
