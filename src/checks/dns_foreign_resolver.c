/*
 * DNS-FOREIGN-RESOLVER: an element asks a resolver that is not the operator's.  Who else answers its
 * names decides where it goes, and a name can carry data out.
 */
#include "check.h"

static bool is_dns(const struct contact_rec *c)
{
	return !c->key.inner && ((c->key.proto == 17 && c->key.port == 53) || (c->key.proto == 6 && (c->key.port == 53 || c->key.port == 853)));
}

/* A resolver asks others on behalf of its clients. */
static bool is_resolver(const struct view *v, const struct who *w)
{
	return w->roles & NF_BIT(NF_RESOLVER) || (v->reg && reg_serves(v->reg, SERVICE_RESOLVERS, &w->addr));
}

static void on_contact(const struct view *v, uint32_t i, const struct explanation *why, struct docket *d)
{
	const struct contact_rec *c = model_contact(v->model, i);
	struct ends e;
	const struct who *client = &e.from, *server = &e.to;
	struct instance x;

	if (!is_dns(c))
		return;
	e = contact_ends(v, c);
	if ((v->reg && !who_element(client)) || client->where == WHERE_OUTSIDE || client->where == WHERE_SUBSCRIBER || addr_is_multicast(&server->addr))
		return;
	x = contact_instance(v, i);
	x.subject = party_at(&client->addr);
	x.object = party_at(&server->addr);
	if (is_resolver(v, client) || is_resolver(v, server) || (why->kind == EXPLAINED_DECLARED && v->reg)) {
		x.verdict = CONFORM;
	} else if (!v->reg || !v->reg->services.of[SERVICE_RESOLVERS].n) {
		x.verdict = NOT_DECIDABLE;
		x.reason = v->reg ? "the register lists no resolvers" : "there is no register to say which resolvers are the operator's";
	} else {
		x.verdict = VIOLATED;
		x.reason = docket_text(d, "%llu packets to a resolver that the register does not list",
			(unsigned long long)(c->packets[0] + c->packets[1]));
	}
	docket_add(d, &x);
}

const struct check check_dns_foreign_resolver = {
	.id = "DNS-FOREIGN-RESOLVER",
	.title = "an element asks a resolver that is not the operator's",
	.severity = SEV_MED,
	.refs = "FGT1048.501; FGT1071; TM01",
	.means = "A network element sends DNS queries to a host that the register does not list as a resolver.",
	.confirm = "Apply the filter and read dns.qry.name and the answers: which names, how often, which addresses came back.",
	.causes = "Forwarders in containers, a default resolver left in an image, a resolver that the register does not list.",
	.todo = "List the resolver in the register if it is yours. If not, find the element's setting, and look at the names it asked for.",
	.filter = "ip.addr#1 == ELEMENT && ip.addr#1 == RESOLVER && udp.port#1 == 53",
	.wants_register = true,
	.on_contact = on_contact,
};
