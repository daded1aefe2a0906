/* What a described network knows of itself, as JSON: for tests that compare an audit with it. */
#include "mobile.h"

#include <errno.h>

static void print_ip(FILE *f, const struct ip *a)
{
	char text[48];

	fprintf(f, "\"%s\"", ip_text(a, text));
}

static void print_address(FILE *f, const char **sep, const char *plane, const struct host *h)
{
	if (!h)
		return;
	fprintf(f, "%s\"%s\":", *sep, plane);
	print_ip(f, &h->ip);
	*sep = ",";
}

struct node {
	const char	*role, *name, *supplier, *fqdn;
	const struct host *n2, *n3, *n4, *n9, *oam;
	const struct gnb *gnb;
};

static void print_node(FILE *f, struct mobile *m, const struct node *n, const char *sep)
{
	const char *inner = "";

	fprintf(f, "%s\n  {\"role\":\"%s\",\"name\":\"%s\"", sep, n->role, n->name);
	if (n->supplier)
		fprintf(f, ",\"supplier\":\"%s\"", n->supplier);
	if (n->fqdn)
		fprintf(f, ",\"fqdn\":\"%s\"", n->fqdn);
	if (n->gnb)
		fprintf(f, ",\"id\":\"gNB-%s-%06x\",\"gnb_id\":\"%06x\",\"bits\":%u,\"plmns\":[\"%s\"],\"tacs\":[%u]",
			m->plmn_text, n->gnb->id.id, n->gnb->id.id, n->gnb->id.bits, m->plmn_text, n->gnb->id.tac);
	fputs(",\"addresses\":{", f);
	print_address(f, &inner, "n2", n->n2);
	print_address(f, &inner, "n3", n->n3);
	print_address(f, &inner, "n4", n->n4);
	print_address(f, &inner, "n9", n->n9);
	print_address(f, &inner, "oam", n->oam);
	fputs("}}", f);
}

static void print_nodes(FILE *f, struct mobile *m)
{
	const char *sep = "";

	fputs("\"elements\":[", f);
	for (unsigned i = 0; i < m->n_gnb; i++, sep = ",") {
		const struct gnb *g = m->gnb[i];
		print_node(f, m, &(struct node){ "gNB", g->name, g->supplier, NULL, g->n2, g->n3, NULL, NULL, g->oam, g }, sep);
	}
	for (unsigned i = 0; i < m->n_amf; i++) {
		const struct amf *a = m->amf[i];
		print_node(f, m, &(struct node){ "AMF", a->name, a->supplier, NULL, a->n2, NULL, NULL, NULL, a->oam, NULL }, ",");
	}
	for (unsigned i = 0; i < m->n_smf; i++) {
		const struct smf *s = m->smf[i];
		print_node(f, m, &(struct node){ "SMF", s->name, s->supplier, s->fqdn, NULL, NULL, s->n4, NULL, s->oam, NULL }, ",");
	}
	for (unsigned i = 0; i < m->n_upf; i++) {
		const struct upf *u = m->upf[i];
		print_node(f, m, &(struct node){ "UPF", u->name, u->supplier, u->fqdn, NULL, u->n3, u->n4, u->n9, u->oam, NULL }, ",");
	}
	fputs("],\n\"others\":[", f);
	for (unsigned i = 0; i < m->n_other; i++) {
		fprintf(f, "%s{\"name\":\"%s\",\"address\":", i ? "," : "", m->other[i]->name);
		print_ip(f, &m->other[i]->ip);
		fputc('}', f);
	}
	fputs("],\n", f);
}

static void print_session(FILE *f, const struct session *s, const char *sep)
{
	fprintf(f, "%s{\"psi\":%u,\"type\":%u,\"address\":", sep, s->psi, s->type);
	print_ip(f, &s->ip);
	fprintf(f, ",\"upf\":\"%s\",\"ul_teid\":%u,\"dl_teid\":%u", s->upf->name, s->ul_teid, s->dl_teid);
	if (s->anchor)
		fprintf(f, ",\"anchor\":\"%s\",\"n9_ul\":%u,\"n9_dl\":%u", s->anchor->name, s->n9_ul, s->n9_dl);
	fprintf(f, ",\"released\":%s}", s->gone ? "true" : "false");
}

static void print_ues(FILE *f, struct mobile *m)
{
	fputs("\"ues\":[", f);
	for (unsigned i = 0; i < m->n_ue; i++) {
		const struct ue *u = m->ue[i];

		fprintf(f, "%s\n  {\"msin\":\"%s\",\"suci\":%u,\"ea\":%u,\"ia\":%u,\"amf_ue_id\":%llu,\"ran_ue_id\":%u,"
			"\"gnb\":\"%s\",\"registered\":%s,\"sessions\":[", i ? "," : "", u->msin, u->scheme, u->ea, u->ia, (unsigned long long)u->ids.amf, u->ids.ran,
			u->gnb ? u->gnb->name : "", u->registered ? "true" : "false");
		for (unsigned k = 0; k < u->n_sessions; k++)
			print_session(f, &u->session[k], k ? "," : "");
		fputs("]}", f);
	}
	fputs("],\n", f);
}

static void print_counts(FILE *f, const char *name, const uint32_t *v, unsigned n, const char *end)
{
	const char *sep = "";

	fprintf(f, "\"%s\":{", name);
	for (unsigned i = 0; i < n; i++)
		if (v[i]) {
			fprintf(f, "%s\"%u\":%u", sep, i, v[i]);
			sep = ",";
		}
	fprintf(f, "}%s", end);
}

static void print_tally(FILE *f, const struct tally *t)
{
	fputs("\"messages\":{\"ngap\":{", f);
	print_counts(f, "initiating", t->ngap[0], 256, ",");
	print_counts(f, "successful", t->ngap[1], 256, ",");
	print_counts(f, "unsuccessful", t->ngap[2], 256, "},\n  ");
	print_counts(f, "nas_outer_header", t->nas_header, 16, ",\n  ");
	print_counts(f, "nas_mm_readable", t->mm, 256, ",\n  ");
	print_counts(f, "nas_mm_under_ea0", t->mm_ea0, 256, ",\n  ");
	print_counts(f, "nas_sm_readable", t->sm, 256, ",\n  ");
	print_counts(f, "pfcp", t->pfcp, 256, ",\n  ");
	print_counts(f, "gtp", t->gtp, 256, ",\n  ");
	fprintf(f, "\"dns\":{\"queries\":%u,\"answers\":%u}},\n", t->dns[0], t->dns[1]);
	print_counts(f, "ea", t->ea, 16, ",");
	print_counts(f, "ia", t->ia, 16, ",");
	print_counts(f, "suci", t->suci, 16, ",\n");
	fprintf(f, "\"sessions\":{\"ngap_ues\":%u,\"pdu_sessions\":%u,\"pfcp_sessions\":%u,\"path_switches\":%u,"
		"\"handovers\":%u,\"services\":%u},\n",
		t->ngap_ues, t->pdu_sessions, t->pfcp_sessions, t->path_switches, t->handovers, t->services);
	fputs("\"tunnels\":[", f);
	for (unsigned i = 0; i < t->n_tunnels; i++) {
		fprintf(f, "%s\n  {\"src\":", i ? "," : "");
		print_ip(f, &t->tunnel[i].src);
		fputs(",\"dst\":", f);
		print_ip(f, &t->tunnel[i].dst);
		fprintf(f, ",\"teid\":%u,\"packets\":%llu,\"bytes\":%llu}", t->tunnel[i].teid, (unsigned long long)t->tunnel[i].packets,
			(unsigned long long)t->tunnel[i].bytes);
	}
	fputs("]", f);
}

/* What an audit with the register and policy of the network is to find, of severity med and above. */
static void print_planted(FILE *f, const struct mobile *m)
{
	fputs("\"planted\":[", f);
	for (unsigned i = 0; i < m->n_planted; i++) {
		const struct planted *p = &m->planted[i];

		fprintf(f, "%s\n  {\"check\":\"%s\",\"subject\":\"%s\"", i ? "," : "", p->check, p->subject);
		if (p->object)
			fprintf(f, ",\"object\":\"%s\"", p->object);
		fputc('}', f);
	}
	fputs("],\n", f);
}

int mobile_truth(struct mobile *m, FILE *f)
{
	fprintf(f, "{\"packets\":%zu,\n", m->net->n_frames);
	print_nodes(f, m);
	print_ues(f, m);
	print_planted(f, m);
	print_tally(f, &m->tally);
	fputs("}\n", f);
	return fflush(f) ? errno : 0;
}
