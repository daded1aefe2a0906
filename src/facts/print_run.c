/* The first and the last line of a list of facts, and what report.json shares with them. */
#include "factlist.h"

void fact_run_print(struct json *j, const struct fact_run *r)
{
	json_open(j);
	json_kstr(j, "kind", "run");
	json_knum(j, "version", r->version);
	json_kstr(j, "id", r->id);
	json_kstr(j, "ruleset", r->ruleset);
	json_kstr(j, "case", r->case_id);
	json_kstr(j, "sensor", r->sensor);
	json_key(j, "inputs");
	json_list(j);
	for (uint32_t i = 0; i < r->ninputs; i++)
		json_str(j, r->input[i]);
	json_list_end(j);
	json_key(j, "ue_pools");
	json_list(j);
	for (uint32_t i = 0; i < r->npools; i++)
		fact_net_print(j, &r->pool[i].net, true, r->pool[i].bits);
	json_list_end(j);
	if (r->keep_inner)
		json_kbool(j, "keep_inner", true);
	if (r->clear)
		json_kbool(j, "clear", true);
	json_close(j);
	json_line(j);
}

static void ktime(struct json *j, const char *key, uint64_t t_ns)
{
	char text[TIME_TEXT];

	json_key(j, key);
	if (t_ns)
		json_text(j, text, time_text(t_ns, text));
	else
		json_nil(j);
}

void fact_input_print(struct json *j, const struct fact_input *in)
{
	json_open(j);
	json_kstr(j, "name", in->name);
	json_kstr(j, "sha256", in->sha256);
	json_knum(j, "packets", in->packets);
	json_knum(j, "bytes", in->bytes);
	ktime(j, "first", in->first_ns);
	ktime(j, "last", in->last_ns);
	if (in->trouble)
		json_kstr(j, "trouble", in->trouble);
	json_close(j);
}

static void unknowns(struct json *j, const char *key, const char *id, const struct fw_unknown *u, unsigned n)
{
	json_key(j, key);
	json_list(j);
	for (unsigned i = 0; i < n; i++) {
		if (!u[i].packets)
			continue;
		json_open(j);
		json_knum(j, id, u[i].id);
		json_knum(j, "packets", u[i].packets);
		json_close(j);
	}
	json_list_end(j);
}

/* Packets by what they were read through, where there were any. */
static void encapsulated(struct json *j, const struct fw_stats *s)
{
	bool any = s->encap_deep > 0;

	for (unsigned e = 0; e < FW_ENCAPS; e++)
		any |= s->encap[e] > 0;
	if (!any)
		return;
	json_key(j, "encapsulated");
	json_open(j);
	for (unsigned e = 0; e < FW_ENCAPS; e++)
		if (s->encap[e])
			json_knum(j, fw_encap_name(e), s->encap[e]);
	if (s->encap_deep)
		json_knum(j, "too_deep", s->encap_deep);
	json_close(j);
}

/* Names under which messages are counted. */
static bool has_messages(enum fact_kind k)
{
	return k != FACT_TUNNEL && k != FACT_CONTACT && k != FACT_LOSS;
}

/* Secrets that lay in the inputs, whoever put them there. */
static void secret_blocks(struct json *j, const struct fact_coverage *c)
{
	json_key(j, "secrets_in_capture");
	json_open(j);
	json_knum(j, "blocks", c->blocks.all);
	json_knum(j, "tls", c->blocks.tls);
	json_kbool(j, "used", c->keylog_capture_sha256 != NULL);
	json_close(j);
}

/* What a key log gave. */
static void key_log(struct json *j, const struct fact_coverage *c)
{
	const struct fw_tls *t = &c->stats.tls;

	json_key(j, "key_log");
	json_open(j);
	if (c->keylog_sha256)
		json_kstr(j, "sha256", c->keylog_sha256);
	if (c->keylog_capture_sha256)
		json_kstr(j, "capture_sha256", c->keylog_capture_sha256);
	json_knum(j, "connections", t->connections);
	json_knum(j, "decrypted", t->decrypted);
	json_knum(j, "records", t->records);
	json_knum(j, "no_secret", t->no_secret);
	json_knum(j, "cipher", t->cipher);
	json_knum(j, "incomplete", t->incomplete);
	json_knum(j, "failed", t->failed);
	json_knum(j, "other", t->other);
	json_knum(j, "refused", t->refused);
	json_knum(j, "lines_skipped", c->keylog_skipped);
	json_knum(j, "lines_refused", c->keylog_refused);
	json_close(j);
}

void fact_coverage_print(struct json *j, const struct fact_coverage *c)
{
	const struct fw_stats *s = &c->stats;

	json_key(j, "coverage");
	json_open(j);
	json_knum(j, "packets", s->packets);
	json_knum(j, "bytes", s->bytes);
	json_knum(j, "decoded", s->decoded);
	json_knum(j, "opaque", s->opaque);
	json_knum(j, "malformed", s->malformed);
	json_knum(j, "duplicate", s->duplicate);
	json_knum(j, "lost", s->sctp_lost + s->tcp_gap_bytes / 1460);
	json_key(j, "blind");
	json_list(j);
	json_list_end(j);
	json_key(j, "by_protocol");
	json_open(j);
	for (unsigned k = 0; k < FACT_KINDS; k++) {
		if (!has_messages((enum fact_kind)k) || !c->by_kind[k].messages)
			continue;
		json_key(j, fact_kind_name((enum fact_kind)k));
		json_open(j);
		json_knum(j, "messages", c->by_kind[k].messages);
		json_knum(j, "undecoded", c->by_kind[k].undecoded);
		json_close(j);
	}
	json_close(j);
	json_knum(j, "cut", s->cut);
	json_knum(j, "not_ip", s->not_ip);
	encapsulated(j, s);
	unknowns(j, "unknown_links", "link_type", s->link, sizeof(s->link) / sizeof(s->link[0]));
	unknowns(j, "unread_sctp", "ppid", s->ppid, sizeof(s->ppid) / sizeof(s->ppid[0]));
	json_knum(j, "fragments", s->fragments);
	json_knum(j, "fragments_incomplete", s->fragments_incomplete);
	json_knum(j, "sctp_retransmitted", s->sctp_retransmitted);
	json_knum(j, "sctp_bad_checksum", s->sctp_bad_checksum);
	json_knum(j, "sctp_lost", s->sctp_lost);
	json_knum(j, "tcp_retransmitted", s->tcp_retransmitted);
	json_knum(j, "tcp_gap_bytes", s->tcp_gap_bytes);
	json_knum(j, "subscriber_packets", s->subscriber);
	json_knum(j, "nas_encrypted", c->nas_encrypted);
	json_knum(j, "refused", s->refused);
	if (s->dup_overrun)
		json_knum(j, "duplicate_unchecked", s->dup_overrun);
	json_knum(j, "outside_window", c->outside);
	json_kbool(j, "keep_inner", c->keep_inner);
	if (c->blocks.all)
		secret_blocks(j, c);
	if (c->keylog_sha256 || c->keylog_capture_sha256)
		key_log(j, c);
	json_close(j);
}

void fact_end_print(struct json *j, const struct fact_end *e)
{
	json_open(j);
	json_kstr(j, "kind", "end");
	json_key(j, "inputs");
	json_list(j);
	for (uint32_t i = 0; i < e->ninputs; i++)
		fact_input_print(j, &e->input[i]);
	json_list_end(j);
	fact_coverage_print(j, &e->coverage);
	if (e->facts != NO_COUNT)
		json_knum(j, "facts", e->facts);
	json_close(j);
	json_line(j);
}
