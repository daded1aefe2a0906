/*
 * register: drafts of register.yaml and policy.yaml, learned from traffic (DESIGN.md section 5).
 * What signalling showed becomes an element, what only sends and receives a host of role `other`;
 * then the draft is held against the same traffic, and what it leaves unexplained inside becomes an
 * allow rule.  An address outside is in neither: that somebody was spoken to is no reason to allow it.
 */
#include "inside.h"

#include "table.h"
#include "yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOSTS = 8192, ALLOWS = 16384, RULE_PORTS = 32 };

struct host_key { uint8_t addr[16]; uint8_t fam; };
struct host { struct host_key key; bool pfcp, heard; uint8_t pad[5]; };		/* pfcp: speaks it, and which side it is was not seen */
struct allow { struct addr from, to; uint8_t protocol; uint16_t port; };

struct draft {
	const struct model *model;
	struct view	 plain, learned;	/* without, and with the draft register */
	struct table	 hosts;
	struct allow	*allow;
	uint32_t	 nallows;
	uint64_t	 left_out;		/* past the caps */
	char		*text[2];		/* register, policy */
	size_t		 len[2];
};

/* May it stand in a register?  Names come from the wire; one with control characters, or that is no UTF-8, is left out. */
static bool is_text(const char *s, size_t n)
{
	for (size_t i = 0, len; i < n; i += len) {
		const uint8_t *p = (const uint8_t *)s + i;

		len = utf8_len(p, n - i);
		if (!len || p[0] < 0x20 || p[0] == 0x7f || (p[0] == 0xc2 && p[1] < 0xa0) || (p[0] == 0xef && (p[1] == 0xbf || p[1] == 0xbb)))
			return false;		/* the last two: what YAML does not print, U+FEFF and U+FFFE, with their neighbours */
	}
	return n > 0;
}

/* A scalar in double quotes. */
static void put_quoted(FILE *f, const char *s, size_t n)
{
	(void)fputc('"', f);
	for (size_t i = 0; i < n; i++)
		(void)fprintf(f, "%s%c", s[i] == '"' || s[i] == '\\' ? "\\" : "", s[i]);
	(void)fputc('"', f);
}

static void put_addr_text(FILE *f, const struct addr *a)
{
	char text[ADDR_TEXT];

	(void)addr_text(a, text);
	(void)fprintf(f, "\"%s\"", text);
}

/* ---- who ---- */

/* What it showed.  One side of PFCP may be of either generation, a node on N2 of any access: the usual one is drafted, to be confirmed. */
static uint64_t draft_roles(const struct element *e)
{
	uint64_t drafted = NF_BIT(NF_GNB) | NF_BIT(NF_NG_ENB) | NF_BIT(NF_N3IWF) | NF_BIT(NF_TNGF) | NF_BIT(NF_W_AGF) | NF_BIT(NF_AMF) | NF_BIT(NF_SMF) |
		NF_BIT(NF_UPF) | NF_BIT(NF_ENB) | NF_BIT(NF_GNB_DU) | NF_BIT(NF_GNB_CU_UP);
	uint64_t cu = ROLE_BIT(ROLE_GNB_CU) | ROLE_BIT(ROLE_GNB_CU_CP), parts = cu | ROLE_BIT(ROLE_GNB_DU) | ROLE_BIT(ROLE_GNB_CU_UP);

	if (e->roles & (ROLE_BIT(ROLE_MME) | ROLE_BIT(ROLE_SGW_C) | ROLE_BIT(ROLE_SGW_U) | ROLE_BIT(ROLE_PGW_C) | ROLE_BIT(ROLE_PGW_U)))
		drafted |= NF_BIT(NF_MME) | NF_BIT(NF_SGW_C) | NF_BIT(NF_SGW_U) | NF_BIT(NF_PGW_C) | NF_BIT(NF_PGW_U);
	drafted |= NF_BIT(NF_SGSN) | NF_BIT(NF_GGSN) | NF_BIT(NF_HSS) | NF_BIT(NF_PCRF) | NF_BIT(NF_OCS) | NF_BIT(NF_EIR) | NF_BIT(NF_AF) | NF_BIT(NF_DRA);
	drafted |= NF_BIT(NF_NRF) | NF_BIT(NF_SCP) | NF_BIT(NF_SEPP) | NF_BIT(NF_AUSF) | NF_BIT(NF_UDM) | NF_BIT(NF_UDR) | NF_BIT(NF_PCF) | NF_BIT(NF_NSSF) | NF_BIT(NF_BSF) |
		NF_BIT(NF_NEF) | NF_BIT(NF_CHF) | NF_BIT(NF_NWDAF) | NF_BIT(NF_SMSF) | NF_BIT(NF_LMF);
	if (e->roles & cu)		/* E1 shows that it is the control plane part */
		drafted |= e->roles >> ROLE_GNB_CU_CP & 1 ? NF_BIT(NF_GNB_CU_CP) : NF_BIT(NF_GNB_CU);
	if (e->roles & parts && !(e->roles >> ROLE_GNB & 1))
		drafted &= ~NF_BIT(NF_GNB);
	if (e->roles >> ROLE_RAN_NODE & 1)
		drafted &= ~(NF_BIT(NF_NG_ENB) | NF_BIT(NF_N3IWF));
	return shown_roles(e) & drafted;
}

static bool ours(const struct draft *d, const struct addr *a)
{
	return a->fam && !addr_is_multicast(a) && !addr_is_any(a) && (!addr_is_global(a) || who_is(&d->plain, a).where == WHERE_INSIDE);
}

static void find_host(struct draft *d, const struct addr *a, bool heard, bool pfcp)
{
	struct host like = { .key = { .fam = a->fam } }, *h;
	bool made;
	uint32_t i;

	memcpy(like.key.addr, a->b, 16);
	i = table_take(&d->hosts, &like.key, &made);
	if (i == TABLE_NONE) {
		d->left_out++;
		return;
	}
	h = table_at(&d->hosts, i);
	h->heard |= heard;
	h->pfcp |= pfcp;
}

static const struct host *host_at(const struct draft *d, uint32_t i) { return table_at(&d->hosts, i); }
static struct addr host_addr(const struct host *h) { return addr_make(h->key.addr, h->key.fam); }

/* Hosts that are no element so far, and no subscriber's.  Who was asked and never heard of is none, but for a peer that PFCP was spoken with: a tap may
 * see one direction only. */
static void find_hosts(struct draft *d)
{
	for (uint32_t i = 0; i < model_contacts(d->model); i++) {
		const struct contact_rec *c = model_contact(d->model, i);
		struct addr end[2] = { model_contact_end(d->model, c, false), model_contact_end(d->model, c, true) };
		bool pfcp = c->key.proto == 17 && model_pair(d->model, &end[0], &end[1], 17) & PAIR_PFCP;

		for (int b = 0; b < 2 && !c->key.inner; b++) {
			const struct addr *a = &end[b];
			struct who w = who_is(&d->plain, a);
			bool broadcast = a->fam == 4 && a->b[3] == 255;

			if ((b ? c->key.bits_b : c->key.bits_a) || !ours(d, a) || broadcast || (w.elements && w.shown))
				continue;
			if (c->packets[b] || pfcp)
				find_host(d, a, c->packets[b] > 0, pfcp);
		}
	}
}

static bool shared_address(const struct draft *d, const struct element *e)
{
	for (const struct attr *a = model_attr(d->model, e->attrs); a; a = model_attr(d->model, a->next)) {
		uint32_t at = a->kind == ATTR_ADDR ? model_first_at(d->model, &a->addr) : 0;
		unsigned n = 0;

		for (unsigned k = 0; at && k < 4096; at = model_next_at(d->model, at), k++)
			n += draft_roles(model_element(d->model, model_holder(d->model, at))) != 0;
		if (n > 1)
			return true;
	}
	return false;
}

static void put_list(FILE *f, const struct draft *d, const struct element *e, enum attr_kind kind, const char *key)
{
	unsigned n = 0;

	for (const struct attr *a = model_attr(d->model, e->attrs); a; a = model_attr(d->model, a->next)) {
		if (a->kind != kind || n == 256 || (kind == ATTR_NAME && !is_text(model_text(d->model, a->text), a->len)))
			continue;
		if (n++)
			(void)fputs(", ", f);
		else
			(void)fprintf(f, "    %s: [", key);
		switch (kind) {
		case ATTR_NAME: put_quoted(f, model_text(d->model, a->text), a->len); break;
		case ATTR_ADDR: put_addr_text(f, &a->addr); break;
		case ATTR_PLMN: (void)fprintf(f, "\"%s\"", a->plmn); break;
		case ATTR_TAC: (void)fprintf(f, "%u", a->tac); break;
		case ATTR_EVIDENCE: break;
		}
	}
	if (n)
		(void)fputs("]\n", f);
}

static void put_roles(FILE *f, uint64_t roles)
{
	bool any = false;

	(void)fputs("    roles: [", f);
	for (unsigned r = 0; r < NFS; r++)
		if (roles >> r & 1) {
			(void)fprintf(f, "%s%s", any ? ", " : "", nf_name((enum nf)r));
			any = true;
		}
	(void)fputs("]\n", f);
}

static void put_element(FILE *f, const struct draft *d, uint32_t i)
{
	const struct element *e = model_element(d->model, i);
	uint64_t roles = draft_roles(e);
	char id[ELEMENT_ID], addr[ADDR_TEXT];

	if (e->has_node) {
		(void)model_element_id(d->model, i, id);
	} else {
		(void)addr_text(&e->addr, addr);
		(void)snprintf(id, sizeof(id), "%s-%s", nf_name((enum nf)__builtin_ctzll(roles)), addr);
	}
	(void)fprintf(f, "  - id: \"%s\"\n", id);
	put_roles(f, roles);
	put_list(f, d, e, ATTR_NAME, "names");
	if (e->has_node && !e->amf_set && e->roles & ROLE_BIT(ROLE_GNB))
		(void)fprintf(f, "    gnb_id: {hex: \"%0*x\", bits: %u}\n", (e->node_bits + 3) / 4, e->node_id, e->node_bits);
	if (e->has_node && !e->amf_set && e->roles & ROLE_BIT(ROLE_ENB))
		(void)fprintf(f, "    enb_id: {hex: \"%0*x\", bits: %u}\n", (e->node_bits + 3) / 4, e->node_id, e->node_bits);
	put_list(f, d, e, ATTR_ADDR, "addresses");
	if (shared_address(d, e))
		(void)fputs("    shares_addresses: true\n", f);
	put_list(f, d, e, ATTR_TAC, "tacs");
	(void)fprintf(f, "    note: learned, confirm%s\n", e->roles & (ROLE_BIT(ROLE_SMF) | ROLE_BIT(ROLE_UPF)) || !(roles & (NF_BIT(NF_SMF) | NF_BIT(NF_UPF))) ? "" :
		"; PFCP alone does not say whether it is of 4G or 5G");
}

/* Each kind of service is learned from who was asked on its port, as long as it is no host outside. */
static void put_service(FILE *f, const struct draft *d, const char *key, const uint16_t *ports, unsigned nports)
{
	struct addr seen[64];
	unsigned n = 0;

	for (uint32_t i = 0; i < model_contacts(d->model) && n < 64; i++) {
		const struct contact_rec *c = model_contact(d->model, i);
		struct ends e = contact_ends(&d->plain, c);
		bool is = false, new = true;

		for (unsigned k = 0; k < nports; k++)
			is |= c->key.port == ports[k];
		if (!is || c->key.inner || c->key.proto == 132 || !ours(d, &e.to.addr) || !(c->packets[0] && c->packets[1]) ||
		    e.to.where == WHERE_SUBSCRIBER || e.from.where == WHERE_SUBSCRIBER)
			continue;
		for (unsigned k = 0; k < n; k++)
			new &= !addr_eq(&seen[k], &e.to.addr);
		if (new)
			seen[n++] = e.to.addr;
	}
	for (unsigned k = 0; k < n; k++) {
		(void)fputs(k ? ", " : key, f);
		put_addr_text(f, &seen[k]);
	}
	if (n)
		(void)fputs("]\n", f);
}

static void put_services(FILE *f, const struct draft *d)
{
	static const uint16_t dns[] = { 53, 853 }, ntp[] = { 123 };

	(void)fputs("services:                      # learned, confirm\n  management: []               # hosts from which elements are managed: not learned, to be written\n", f);
	put_service(f, d, "  resolvers: [", dns, 2);
	put_service(f, d, "  time: [", ntp, 1);
}

static void put_inside(FILE *f, const struct draft *d)
{
	struct addr net[256];
	unsigned n = 0;

	for (uint32_t i = 0; i < d->plain.nnear && n < 256; i++)
		net[n++] = d->plain.near[i].net;
	for (uint32_t i = 0; i < d->hosts.high && n < 256; i++) {
		struct addr host = host_addr(host_at(d, i)), a = addr_net(&host, host.fam == 4 ? 24 : 64);
		bool new = true;

		for (unsigned k = 0; k < n; k++)
			new &= !addr_eq(&net[k], &a);
		if (new)
			net[n++] = a;
	}
	(void)fputs("networks:\n  inside: [", f);
	for (unsigned k = 0; k < n; k++) {
		char text[ADDR_TEXT];

		(void)addr_text(&net[k], text);
		(void)fprintf(f, "%s\"%s/%u\"", k ? ", " : "", text, net[k].fam == 4 ? 24 : 64);
	}
	(void)fputs("]    # the networks of what was seen; write the operator's own prefixes\n", f);
}

static void write_register(struct draft *d)
{
	FILE *f = open_memstream(&d->text[0], &d->len[0]);
	char plmn[7] = "";

	if (!f)
		return;
	for (uint32_t i = 0; i < model_elements(d->model) && !plmn[0]; i++)
		for (const struct attr *a = model_attr(d->model, model_element(d->model, i)->attrs); a && !plmn[0]; a = model_attr(d->model, a->next))
			if (a->kind == ATTR_PLMN)
				memcpy(plmn, a->plmn, 7);
	(void)fputs("# A draft learned from traffic: it says what was seen, not what should be there.  Confirm each line, add\n"
		"# suppliers and sites, and take out what does not belong.  See fairwitness-register(5).\nversion: 1\n", f);
	(void)fprintf(f, "operator: {name: to be written%s%s%s}\nelements:\n", plmn[0] ? ", plmns: [\"" : "", plmn, plmn[0] ? "\"]" : "");
	for (uint32_t i = 0; i < model_elements(d->model); i++)
		if (draft_roles(model_element(d->model, i)) && (model_element(d->model, i)->has_node || model_element(d->model, i)->addr.fam))
			put_element(f, d, i);
	for (uint32_t i = 0; i < d->hosts.high; i++) {
		const struct host *h = host_at(d, i);
		struct addr a = host_addr(h);
		char text[ADDR_TEXT];

		(void)addr_text(&a, text);
		(void)fprintf(f, "  - {id: \"host-%s\", roles: [%s], addresses: [\"%s\"], note: \"learned, confirm%s%s\"}\n", text,
			h->pfcp ? "SMF, UPF" : "other", text, h->pfcp ? "; it speaks PFCP, as which of the two was not seen" : "",
			h->heard ? "" : "; it was only spoken to");
	}
	put_inside(f, d);
	put_services(f, d);
	if (fclose(f))
		d->text[0] = NULL;
}

/* ---- what is left to allow ---- */

static void need_allow(struct draft *d, uint32_t i)
{
	const struct contact_rec *c = model_contact(d->model, i);
	struct ends e = contact_ends(&d->learned, c);
	struct explanation x;

	if (c->key.inner || (!who_element(&e.from) && !who_element(&e.to)) || !ours(d, &e.from.addr) || !ours(d, &e.to.addr) ||
	    e.from.where == WHERE_SUBSCRIBER || e.to.where == WHERE_SUBSCRIBER)
		return;
	explain_contact(&d->learned, i, &x);
	if (x.kind == EXPLAINED_DECLARED || ((x.kind == EXPLAINED_ORDERED || x.kind == EXPLAINED_STANDARD) && c->key.port != 22 && c->key.port != 830))
		return;
	if (d->nallows == ALLOWS)
		d->left_out++;
	else
		d->allow[d->nallows++] = (struct allow){ e.from.addr, e.to.addr, c->key.proto, c->key.port };
}

static int by_pair(const void *a, const void *b)
{
	const struct allow *x = a, *y = b;
	int c = addr_cmp(&x->from, &y->from);

	c = c ? c : addr_cmp(&x->to, &y->to);
	c = c ? c : (int)x->protocol - (int)y->protocol;
	return c ? c : (int)x->port - (int)y->port;
}

static bool same_rule(const struct allow *a, const struct allow *b)
{
	return addr_eq(&a->from, &b->from) && addr_eq(&a->to, &b->to) && a->protocol == b->protocol;
}

static void write_policy(struct draft *d)
{
	FILE *f = open_memstream(&d->text[1], &d->len[1]);
	unsigned id = 0;
	uint32_t end;

	if (!f)
		return;
	qsort(d->allow, d->nallows, sizeof(*d->allow), by_pair);
	(void)fputs("# A draft learned from traffic.  Each rule allows what was seen once: confirm it, or take it out.\n"
		"# Contacts with addresses outside are not learned.  See fairwitness-policy(5).\nversion: 1\nimport: [default]\n", f);
	if (d->nallows)
		(void)fputs("allow:\n", f);
	for (uint32_t i = 0; i < d->nallows; i = end) {
		const struct allow *a = &d->allow[i];
		const char *name = protocol_name(a->protocol);

		for (end = i + 1; end < d->nallows && same_rule(a, &d->allow[end]) && end - i < RULE_PORTS; end++)
			;
		(void)fprintf(f, "  - {id: learned-%u, from: {hosts: [", ++id);
		put_addr_text(f, &a->from);
		(void)fputs("]}, to: {hosts: [", f);
		put_addr_text(f, &a->to);
		(void)fputs("]}", f);
		if (name)
			(void)fprintf(f, ", transport: %s", name);
		else
			(void)fprintf(f, ", transport: %u", a->protocol);
		for (uint32_t k = i; k < end && a->port; k++)
			(void)fprintf(f, "%s%u%s", k == i ? ", ports: [" : ", ", d->allow[k].port, k + 1 == end ? "]" : "");
		(void)fputs(", ref: \"learned, confirm\"}\n", f);
	}
	if (fclose(f))
		d->text[1] = NULL;
}

/* ---- the run ---- */

static enum status reload(struct draft *d, struct reg **reg)
{
	struct troubles *says = calloc(1, sizeof(*says));
	struct tree *t = NULL;
	int err = says ? yaml_load(&t, "the draft", d->text[0], d->len[0], says) : FW_ENOMEM;

	if (err == FW_OK)
		err = reg_load(reg, t, says);
	tree_free(t);
	if (err == FW_EFORMAT)
		conf_tell(says);
	free(says);
	return err == FW_OK ? STATUS_DONE : run_fail(STATUS_OUTPUT, err == FW_EFORMAT ? "the draft register contradicts itself; that is a fault of this program" :
		err_word(err));
}

static enum status learn(struct draft *d, const struct fw *fw, const struct policy *policy, struct reg **reg)
{
	struct hash_key key = hash_key_make("draft", 5);
	enum status s;

	d->model = fw_model(fw);
	d->plain = (struct view){ .model = d->model, .policy = policy };
	d->allow = malloc(ALLOWS * sizeof(*d->allow));
	if (!d->allow || table_init(&d->hosts, sizeof(struct host_key), sizeof(struct host), HOSTS, &key) != FW_OK || view_settle(&d->plain) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	find_hosts(d);
	write_register(d);
	if (!d->text[0])
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	if ((s = reload(d, reg)) != STATUS_DONE)
		return s;
	d->learned = (struct view){ .model = d->model, .policy = policy, .reg = *reg };
	if (view_settle(&d->learned) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	for (uint32_t i = 0; i < model_contacts(d->model); i++)
		need_allow(d, i);
	write_policy(d);
	return d->text[1] ? STATUS_DONE : run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
}

static enum status save(const struct draft *d, struct outdir *dir)
{
	static const char *const names[] = { "register.yaml", "policy.yaml" };
	struct err e;

	for (int i = 0; i < 2; i++) {
		if (outdir_put(dir, names[i], d->text[i], d->len[i], &e) != FW_OK)
			return run_fail(STATUS_OUTPUT, e.text);
	}
	return outdir_commit(dir, &e) == FW_OK ? STATUS_DONE : run_fail(STATUS_OUTPUT, e.text);
}

static enum status observe(const struct run_opts *o, struct inputs *in, const struct fw_config *cfg, const struct stop *stop, struct fw **fw, bool *whole)
{
	struct err e;
	int err;

	if ((err = inputs_open(in, o, false, NULL, stop, &e)) != FW_OK)
		return run_fail(err == FW_ELIMIT ? STATUS_USAGE : STATUS_OUTPUT, e.text);
	if ((err = fw_new(fw, cfg)) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(err));
	inputs_feed(in, *fw);
	if ((err = fw_end(*fw)) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(err));
	if (stop_asked(stop, &e))
		return run_fail(STATUS_OUTPUT, e.text);
	*whole = inputs_end(in);
	if (in->full)
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	inputs_tell(in);
	return inputs_packets(in) ? STATUS_DONE : STATUS_INPUT;
}

enum status run_register(const struct run_opts *o)
{
	struct draft d = { 0 };
	struct against against = { 0 };
	struct outdir dir = { .fd = -1 };
	struct stop stop = { .fd = -1 };
	struct inputs in = { 0 };
	struct fw_config cfg = { .batch = o->batch };
	struct keylog keylog = { .skipped = 0 };
	struct fw *fw = NULL;
	struct reg *reg = NULL;
	struct err e;
	enum status s = against_get(&against, o, &cfg);
	bool whole = false;
	int err = FW_OK;

	if (s == STATUS_DONE && (err = keylog_get(&keylog, o, &e)) == FW_OK && keylog_any(&keylog))
		cfg.secrets = &keylog.secrets;
	if (s == STATUS_DONE && err == FW_OK && (err = outplace_apart(o->out_dir, o->path, o->npaths, &e)) == FW_OK) {
		stop_hold(&stop);
		err = outdir_open(&dir, o->out_dir, false, &stop, &e);
	}
	if (err != FW_OK)
		s = run_fail(err == FW_EINVAL ? STATUS_USAGE : STATUS_OUTPUT, e.text);
	if (s == STATUS_DONE)
		s = observe(o, &in, &cfg, &stop, &fw, &whole);
	if (s == STATUS_DONE)
		s = learn(&d, fw, cfg.policy, &reg);
	if (s == STATUS_DONE)
		s = save(&d, &dir);
	if (s == STATUS_DONE) {
		stop_release(&stop, dir.path);
		(void)printf("%s/register.yaml and policy.yaml: drafts of %u elements and hosts and of %u contacts.\n"
			"They say what was seen, not what should be there: confirm each line before you judge by them.\n", dir.path, reg->elements.n, d.nallows);
		if (d.left_out)
			(void)printf("%llu more hosts or contacts were left out: there are too many to confirm by hand.\n", (unsigned long long)d.left_out);
		s = whole ? STATUS_DONE : STATUS_INPUT;
	}
	view_free(&d.plain);
	view_free(&d.learned);
	table_free(&d.hosts);
	free(d.allow);
	free(d.text[0]);
	free(d.text[1]);
	reg_free(reg);
	fw_free(fw);
	against_free(&against);
	keylog_close(&keylog);
	inputs_close(&in);
	outdir_close(&dir);
	stop_release(&stop, NULL);
	return s;
}
