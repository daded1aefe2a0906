/* report.json, version 1: the shapes of DESIGN.md section 7.  What this version does not fill is present and empty. */
#include "network.h"

#include "err.h"
#include "factlist.h"

#include <stdlib.h>

void report_time(struct json *j, const char *key, uint64_t t_ns)
{
	char text[TIME_TEXT];

	json_key(j, key);
	if (!t_ns) {
		json_nil(j);
		return;
	}
	json_text(j, text, time_text(t_ns, text));
}

void report_ground(struct json *j, const struct ground *g)
{
	json_open(j);
	json_knum(j, "input", g->input);
	json_knum(j, "frame", g->frame);
	json_close(j);
}

static void tool(struct json *j)
{
	json_key(j, "tool");
	json_open(j);
	json_kstr(j, "name", "fairwitness");
	json_kstr(j, "version", fw_version());
	json_close(j);
}

void report_inputs(struct json *j, const struct report *r)
{
	json_key(j, "inputs");
	json_list(j);
	for (uint32_t i = 0; i < r->ninputs; i++) {
		const struct report_input *in = &r->input[i];

		fact_input_print(j, &(struct fact_input){ .name = in->name, .sha256 = in->sha256[0] ? in->sha256 : NULL, .packets = in->packets,
			.bytes = in->bytes, .first_ns = in->first_ns, .last_ns = in->last_ns, .trouble = in->trouble });
	}
	json_list_end(j);
}

void report_coverage(struct json *j, const struct report *r)
{
	const struct model_counts *n = model_counts(r->model);
	struct fact_coverage c = { .stats = r->stats, .nas_encrypted = n->nas_encrypted, .outside = r->outside, .keep_inner = r->keep_inner,
		.keylog_sha256 = r->keylog_sha256, .keylog_capture_sha256 = r->keylog_capture_sha256, .blocks = r->blocks, .keylog_skipped = r->keylog_skipped, .keylog_refused = r->keylog_refused };

	for (unsigned k = 0; k < FACT_KINDS; k++)
		c.by_kind[k] = (struct fact_messages){ n->by_kind[k].messages, n->by_kind[k].undecoded };
	fact_coverage_print(j, &c);
}

static bool same_attr(const struct report *r, const struct attr *a, const struct attr *b)
{
	if (a->kind != b->kind)
		return false;
	switch ((enum attr_kind)a->kind) {
	case ATTR_EVIDENCE:
		if (a->tac != b->tac)
			return false;
		/* fall through */
	case ATTR_NAME: return a->len == b->len && !memcmp(model_text(r->model, a->text), model_text(r->model, b->text), a->len);
	case ATTR_ADDR: return addr_eq(&a->addr, &b->addr);
	case ATTR_PLMN: return !strcmp(a->plmn, b->plmn);
	case ATTR_TAC: break;
	}
	return a->tac == b->tac;
}

/* One of those that came before it in the group has it too. */
static bool said_before(const struct report *r, uint32_t lead, uint32_t at, const struct attr *x)
{
	for (uint32_t i = lead; i != at; i = report_next_same(r, i))
		for (const struct attr *a = model_attr(r->model, model_element(r->model, i)->attrs); a; a = model_attr(r->model, a->next))
			if (same_attr(r, a, x))
				return true;
	return false;
}

/* A text for people is weaker than a number or a field that the protocol has for it. */
static const char *grade_of(enum fact_key said)
{
	static const uint16_t banners[] = { KEY_SSH_protocol, KEY_FTP_greeting, KEY_SNMP_sysDescr, KEY_TLS_subject, KEY_DTLS_subject, KEY_LLDP_description,
		KEY_CDP_software, KEY_CDP_platform, KEY_IKE_vid_text, KEY_HTTP_server };

	for (size_t i = 0; i < sizeof(banners) / sizeof(banners[0]); i++)
		if (banners[i] == said)
			return "banner";
	return "declared-by-protocol";
}

/* What a node said of who made it, with the name of the field that said it. */
static void evidence(struct json *j, const struct report *r, const struct attr *a)
{
	json_open(j);
	json_kstr(j, "grade", grade_of((enum fact_key)a->tac));
	json_kstr(j, "what", fact_key_name((enum fact_key)a->tac));
	json_key(j, "value");
	json_text(j, model_text(r->model, a->text), a->len);
	json_key(j, "ground");
	report_ground(j, &a->ground);
	json_close(j);
}

static void attrs(struct json *j, const struct report *r, uint32_t lead, const char *key, enum attr_kind kind)
{
	char text[ADDR_TEXT];

	json_key(j, key);
	json_list(j);
	for (uint32_t at = lead; at != NONE; at = report_next_same(r, at))
		for (const struct attr *a = model_attr(r->model, model_element(r->model, at)->attrs); a; a = model_attr(r->model, a->next)) {
			if (a->kind != kind || said_before(r, lead, at, a))
				continue;
			switch (kind) {
			case ATTR_NAME: json_text(j, model_text(r->model, a->text), a->len); break;
			case ATTR_ADDR: json_text(j, text, addr_text(&a->addr, text)); break;
			case ATTR_PLMN: json_str(j, a->plmn); break;
			case ATTR_TAC: json_num(j, a->tac); break;
			case ATTR_EVIDENCE: evidence(j, r, a); break;
			}
		}
	json_list_end(j);
}

static void node_id(struct json *j, const struct element *e)
{
	char text[12];
	uint32_t v = e->node_id;
	int digits = (e->node_bits + 3) / 4;

	for (int i = digits - 1; i >= 0; i--, v >>= 4)
		text[i] = "0123456789abcdef"[v & 15];
	json_key(j, e->amf_set ? "amf_id" : "node_id");
	json_open(j);
	json_key(j, "hex");
	json_text(j, text, (size_t)digits);
	json_knum(j, "bits", e->node_bits);
	json_close(j);
}

/* What the register says of it; what it does not say is null. */
static void register_says(struct json *j, const struct report *r, uint32_t i)
{
	const struct reg_element *e = report_registered(r, i);
	const char *supplier = !e ? NULL : e->supplier[PART_SOFTWARE].s ? e->supplier[PART_SOFTWARE].s : e->supplier[PART_HARDWARE].s;

	json_kstr(j, "supplier", supplier);
	attrs(j, r, i, "supplier_evidence", ATTR_EVIDENCE);
	json_kstr(j, "site", e ? e->site.s : NULL);
	json_kbool(j, "registered", e != NULL);
	if (!e)
		return;
	json_key(j, "registered_roles");
	json_list(j);
	for (unsigned k = 0; k < NFS; k++)
		if (e->roles >> k & 1)
			json_str(j, nf_name((enum nf)k));
	json_list_end(j);
}

static void element(struct json *j, const struct report *r, uint32_t i)
{
	const struct element *e = model_element(r->model, i);
	uint64_t roles = report_element_roles(r, i);
	uint64_t first = e->first_ns, last = e->last_ns;
	char id[ELEMENT_ID];
	unsigned n = 0;

	json_open(j);
	json_key(j, "id");
	json_text(j, id, report_element_id(r, i, id));
	json_key(j, "roles");
	json_list(j);
	for (unsigned k = 0; k < ROLES; k++)
		if (roles >> k & 1)
			json_str(j, role_name((enum role)k));
	json_list_end(j);
	attrs(j, r, i, "names", ATTR_NAME);
	attrs(j, r, i, "addresses", ATTR_ADDR);
	attrs(j, r, i, "plmns", ATTR_PLMN);
	attrs(j, r, i, "tacs", ATTR_TAC);
	if (e->has_node)
		node_id(j, e);
	register_says(j, r, i);
	for (uint32_t at = i; at != NONE; at = report_next_same(r, at)) {
		const struct element *x = model_element(r->model, at);

		first = x->first_ns < first ? x->first_ns : first;
		last = x->last_ns > last ? x->last_ns : last;
	}
	report_time(j, "first", first);
	report_time(j, "last", last);
	json_key(j, "grounds");
	json_list(j);
	for (uint32_t at = i; at != NONE; at = report_next_same(r, at))
		for (unsigned k = 0; k < model_element(r->model, at)->ngrounds && n < MODEL_GROUNDS; k++, n++)
			report_ground(j, &model_element(r->model, at)->ground[k]);
	json_list_end(j);
	json_close(j);
}

static void elements(struct json *j, const struct report *r)
{
	json_key(j, "elements");
	json_list(j);
	for (uint32_t i = 0; i < model_elements(r->model); i++)
		if (model_element(r->model, i)->roles && report_leads(r, i))
			element(j, r, i);
	json_list_end(j);
}

static void end_elements(struct json *j, const struct report *r, const char *key, const struct contact_rec *c, bool b)
{
	struct addr a = model_contact_end(r->model, c, b);
	char id[ELEMENT_ID];
	uint32_t at = (b ? c->key.bits_b : c->key.bits_a) ? 0 : model_first_at(r->model, &a);
	const char *registered = report_end_registered(r, c, b);

	json_key(j, key);
	json_list(j);
	if (registered) {
		json_str(j, registered);
		at = 0;
	}
	for (unsigned k = 0; k < 16 && at; at = model_next_at(r->model, at), k++) {
		uint32_t e = model_holder(r->model, at);

		if (model_element(r->model, e)->roles)
			json_text(j, id, report_element_id(r, e, id));
	}
	json_list_end(j);
}

static void explanation(struct json *j, const struct report *r, uint32_t i)
{
	struct explanation x;

	json_key(j, "explanation");
	if (!r->docket) {
		json_nil(j);
		return;
	}
	report_explain(r, i, &x);
	if (x.kind == EXPLAINED_NOT) {
		json_nil(j);
		if (x.text[0])
			json_kstr(j, x.undecidable ? "undecided" : "unexplained", x.text);
		return;
	}
	json_open(j);
	json_kstr(j, "kind", explained_name(x.kind));
	json_key(j, "grounds");
	json_list(j);
	for (unsigned k = 0; k < x.ngrounds; k++)
		report_ground(j, &x.ground[k]);
	if (x.rule[0]) {
		json_open(j);
		json_kstr(j, "rule", x.rule);
		json_close(j);
	}
	json_list_end(j);
	json_kstr(j, "text", x.text);
	json_close(j);
}

static void contact(struct json *j, const struct report *r, uint32_t i)
{
	const struct contact_rec *c = model_contact(r->model, i);
	static const char *const ends[] = { "unknown", "a", "b" };
	char id[CONTACT_ID], text[END_TEXT];
	const char *proto = protocol_name(c->key.proto);

	report_contact_id(c, id);
	json_open(j);
	json_kstr(j, "id", id);
	report_end_text(r->model, c, false, text);
	json_kstr(j, "a", text);
	report_end_text(r->model, c, true, text);
	json_kstr(j, "b", text);
	json_kstr(j, "realm", "default");
	json_kstr(j, "plane", plane_name(model_contact_plane(r->model, c)));
	json_key(j, "protocol");
	if (proto)
		json_str(j, proto);
	else
		json_num(j, c->key.proto);
	json_knum(j, "port", c->key.port);
	json_knum(j, "packets_ab", c->packets[0]);
	json_knum(j, "packets_ba", c->packets[1]);
	json_knum(j, "bytes_ab", c->bytes[0]);
	json_knum(j, "bytes_ba", c->bytes[1]);
	report_time(j, "first", c->first_ns);
	report_time(j, "last", c->last_ns);
	explanation(j, r, i);
	json_kstr(j, "interface", report_interface(r, c));
	json_kstr(j, "service", ends[c->at]);
	json_kstr(j, "opened_by", ends[c->opened]);
	json_kbool(j, "inner", c->key.inner);
	end_elements(j, r, "a_elements", c, false);
	end_elements(j, r, "b_elements", c, true);
	json_key(j, "grounds");
	json_list(j);
	report_ground(j, &(struct ground){ c->input, c->frame });
	json_list_end(j);
	json_close(j);
}

static void contacts(struct json *j, const struct report *r)
{
	uint32_t n, *order = report_contact_order(r->model, &n);

	if (!order)
		json_fail(j, FW_ENOMEM);
	json_key(j, "contacts");
	json_list(j);
	for (uint32_t i = 0; i < n; i++)
		contact(j, r, order[i]);
	json_list_end(j);
	free(order);
}

static void tunnel_ends(struct json *j, const struct report *r)
{
	static const struct { uint32_t bit; const char *name; } origins[] = {
		{ END_NGAP_UL, "ngap-core" }, { END_NGAP_DL, "ngap-ran" }, { END_PFCP_LOCAL, "pfcp-local" }, { END_PFCP_PEER, "pfcp-peer" },
		{ END_RAN, "ran" }, { END_SEEN, "g-pdu" }, { END_PFCP_DUPL, "pfcp-duplicating" }, { END_GTPC_UL, "gtpc-uplink" }, { END_GTPC_DL, "gtpc-downlink" }, { END_S1_UL, "s1ap-core" },
		{ END_S1_DL, "s1ap-ran" },
	};
	char text[ADDR_TEXT];

	json_key(j, "tunnel_ends");
	json_list(j);
	for (uint32_t i = 0; i < model_ends(r->model); i++) {
		const struct tunnel_end *e = model_end_at(r->model, i);
		struct addr a;

		if (!e)
			continue;
		a = model_addr(r->model, e->key.addr);
		json_open(j);
		json_key(j, "address");
		json_text(j, text, addr_text(&a, text));
		json_knum(j, "teid", e->key.teid);
		json_key(j, "origins");
		json_list(j);
		for (unsigned k = 0; k < sizeof(origins) / sizeof(origins[0]); k++)
			if (e->origin & origins[k].bit)
				json_str(j, origins[k].name);
		json_list_end(j);
		json_knum(j, "packets", e->packets);
		json_knum(j, "bytes", e->bytes);
		report_time(j, "ordered", e->ordered_ns);
		report_time(j, "withdrawn", e->withdrawn_ns);
		json_key(j, "grounds");
		json_list(j);
		report_ground(j, &e->order);
		json_list_end(j);
		json_close(j);
	}
	json_list_end(j);
}

static void associations(struct json *j, const struct report *r)
{
	char text[ADDR_TEXT];

	json_key(j, "pfcp_associations");
	json_list(j);
	for (uint32_t i = 0; i < model_associations(r->model); i++) {
		struct association a = model_association(r->model, i);

		json_open(j);
		json_key(j, "a");
		json_text(j, text, addr_text(&a.a, text));
		json_key(j, "b");
		json_text(j, text, addr_text(&a.b, text));
		json_key(j, "grounds");
		json_list(j);
		report_ground(j, &a.ground);
		json_list_end(j);
		json_close(j);
	}
	json_list_end(j);
}

static void sessions(struct json *j, const struct report *r)
{
	const struct model_counts *n = model_counts(r->model);

	json_key(j, "sessions");
	json_open(j);
	json_knum(j, "ues", n->ues);
	json_knum(j, "pdu_sessions", n->pdu_sessions);
	if (n->by_kind[FACT_S1AP].messages)
		json_knum(j, "e_rabs", n->erabs);
	json_knum(j, "tunnels", n->tunnels);
	json_knum(j, "pfcp_sessions", n->pfcp_sessions);
	json_knum(j, "pfcp_asked", n->pfcp_asked);
	json_knum(j, "pfcp_accepted", n->pfcp_accepted);
	json_knum(j, "pfcp_deleted", n->pfcp_deleted);
	if (n->by_kind[FACT_GTPV2].messages || n->gtpc_sessions)
		json_knum(j, "gtpc_sessions", n->gtpc_sessions);
	associations(j, r);
	tunnel_ends(j, r);
	json_close(j);
}

static void counts(struct json *j, const char *key, const uint64_t *v, unsigned n)
{
	char name[4];

	json_key(j, key);
	json_open(j);
	for (unsigned i = 0; i < n; i++) {
		if (!v[i])
			continue;
		name[0] = (char)(i >= 10 ? '1' : '0' + i);
		name[1] = (char)(i >= 10 ? '0' + i - 10 : 0);
		name[2] = 0;
		json_knum(j, name, v[i]);
	}
	json_close(j);
}

/* Links of the mobile network that carried readable signalling or user traffic. */
static void links(struct json *j, const struct report *r)
{
	uint32_t n, *order = report_contact_order(r->model, &n);
	char text[END_TEXT], id[CONTACT_ID];

	if (!order)
		json_fail(j, FW_ENOMEM);
	json_key(j, "links");
	json_list(j);
	for (uint32_t i = 0; i < n; i++) {
		const struct contact_rec *c = model_contact(r->model, order[i]);
		const char *name = report_interface(r, c);
		enum plane p = model_contact_plane(r->model, c);

		if (c->key.inner || (p != PLANE_SIGNALLING && p != PLANE_USER) || !*name)
			continue;
		json_open(j);
		json_kstr(j, "interface", name);
		report_end_text(r->model, c, false, text);
		json_kstr(j, "a", text);
		report_end_text(r->model, c, true, text);
		json_kstr(j, "b", text);
		json_kstr(j, "protection", report_opened(r->model, c) ? "tls" : "none");
		report_contact_id(c, id);
		json_kstr(j, "contact", id);
		json_close(j);
	}
	json_list_end(j);
	free(order);
}

static void security(struct json *j, const struct report *r)
{
	const struct model_counts *n = model_counts(r->model);

	json_key(j, "security");
	json_open(j);
	json_key(j, "nas");
	json_open(j);
	counts(j, "ea", n->ea, 8);
	counts(j, "ia", n->ia, 8);
	if (n->by_kind[FACT_NASEPS].messages) {
		counts(j, "eea", n->eea, 8);
		counts(j, "eia", n->eia, 8);
	}
	json_knum(j, "protected", n->nas_protected);
	json_knum(j, "encrypted", n->nas_encrypted);
	json_close(j);
	counts(j, "suci", n->suci, 16);
	json_key(j, "sbi");
	json_open(j);
	if (n->sbi_requests || n->sbi_responses || n->http2_unknown) {
		json_knum(j, "clear_requests", n->sbi_requests);
		json_knum(j, "clear_responses", n->sbi_responses);
		json_knum(j, "requests_with_token", n->sbi_tokens);
		json_knum(j, "unknown_header_fields", n->http2_unknown);
	}
	if (report_opens(r))
		json_knum(j, "decrypted_requests", n->sbi_decrypted);
	json_close(j);
	links(j, r);
	json_close(j);
}

int report_json(const struct report *r, int (*write)(void *ctx, const char *p, size_t n), void *ctx)
{
	struct json *j = malloc(sizeof(*j));
	int err;

	if (!j)
		return -1;
	json_start(j, write, ctx);
	j->pretty = true;
	j->lines = 2;
	json_open(j);
	json_knum(j, "version", 1);
	tool(j);
	report_inputs(j, r);
	report_rules(j, r);
	report_summary(j, r);
	report_coverage(j, r);
	report_network(j, r);
	elements(j, r);
	contacts(j, r);
	sessions(j, r);
	security(j, r);
	report_judged(j, r);
	json_close(j);
	json_line(j);
	err = json_done(j);
	free(j);
	return err;
}
