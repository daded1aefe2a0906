/* The first and the last line of a list of facts, read. */
#include "parse_inside.h"

/* ---- run ---- */

static bool inputs(struct scan *s, void *object)
{
	struct fact_run *r = object;
	uint32_t n = scan_count(s), i = 0;
	const char **name = n ? scan_mem(s, n * sizeof(*name)) : NULL;
	bool first = true;

	if (!scan_take(s, '[', "a list of names"))
		return false;
	for (; scan_next(s, ']', &first); i++)
		if (!name || i == n || !scan_ended(s, &name[i]))
			return scan_fail(s, "a list of names");
	r->input = name;
	r->ninputs = i;
	return !s->want;
}

static bool pools(struct scan *s, void *object)
{
	struct fact_run *r = object;
	uint32_t n = scan_count(s), i = 0;
	struct fact_pool *pool = n ? scan_mem(s, n * sizeof(*pool)) : NULL;
	bool first = true;

	if (!scan_take(s, '[', "a list of prefixes"))
		return false;
	for (; scan_next(s, ']', &first); i++)
		if (!pool || i == n || !parse_net(s, &pool[i].net, &pool[i].bits))
			return scan_fail(s, "a list of prefixes");
	r->pool = pool;
	r->npools = i;
	return !s->want;
}

#define AT(member) offsetof(struct fact_run, member)
static const struct row run_row[] = {
	{ "kind", ROW_KNOWN, 1, 0, NULL, NULL },
	{ "version", ROW_U64, 1, AT(version), NULL, NULL },
	{ "id", ROW_TEXT, 1, AT(id), NULL, NULL },
	{ "ruleset", ROW_TEXT, 1, AT(ruleset), NULL, NULL },
	{ "case", ROW_TEXT, 1, AT(case_id), NULL, NULL },
	{ "sensor", ROW_TEXT_OR_NULL, 1, AT(sensor), NULL, NULL },
	{ "inputs", ROW_READ, 1, 0, NULL, inputs },
	{ "ue_pools", ROW_READ, 1, 0, NULL, pools },
	{ "keep_inner", ROW_BOOL, 0, AT(keep_inner), NULL, NULL },
	{ "clear", ROW_BOOL, 0, AT(clear), NULL, NULL },
};
#undef AT
static const struct rows run_rows = { run_row, sizeof(run_row) / sizeof(run_row[0]) };

bool parse_run(struct scan *s, struct fact_run *r)
{
	*r = (struct fact_run){ 0 };
	if (!rows_object(s, &run_rows, r))
		return false;
	return r->version == FACT_VERSION || scan_fail(s, "a list of facts of version 1");
}

/* ---- end ---- */

#define AT(member) offsetof(struct fact_input, member)
static const struct row input_row[] = {
	{ "name", ROW_TEXT, 1, AT(name), NULL, NULL },
	{ "sha256", ROW_TEXT_OR_NULL, 1, AT(sha256), NULL, NULL },
	{ "packets", ROW_U64, 1, AT(packets), NULL, NULL },
	{ "bytes", ROW_U64, 1, AT(bytes), NULL, NULL },
	{ "first", ROW_TIME_OR_NULL, 1, AT(first_ns), NULL, NULL },
	{ "last", ROW_TIME_OR_NULL, 1, AT(last_ns), NULL, NULL },
	{ "trouble", ROW_TEXT, 0, AT(trouble), NULL, NULL },
};
#undef AT
static const struct rows input_rows = { input_row, sizeof(input_row) / sizeof(input_row[0]) };

static bool end_inputs(struct scan *s, void *object)
{
	struct fact_end *e = object;
	void *list = NULL;

	if (!rows_list(s, &input_rows, sizeof(struct fact_input), &list, &e->ninputs))
		return false;
	e->input = list;
	for (uint32_t i = 0; i < e->ninputs; i++)
		if (e->input[i].sha256 && strlen(e->input[i].sha256) != 64)
			return scan_fail(s, "sha256 of 64 digits");
	return true;
}

static const struct row messages_row[] = {
	{ "messages", ROW_U64, 1, offsetof(struct fact_messages, messages), NULL, NULL },
	{ "undecoded", ROW_U64, 1, offsetof(struct fact_messages, undecoded), NULL, NULL },
};
static const struct rows messages_rows = { messages_row, sizeof(messages_row) / sizeof(messages_row[0]) };

static bool by_protocol(struct scan *s, void *object)
{
	struct fact_coverage *c = object;
	bool seen[FACT_KINDS + 1] = { false }, first = true;

	if (!scan_take(s, '{', "an object"))
		return false;
	while (scan_next(s, '}', &first)) {
		size_t where = s->at;
		struct str name;
		unsigned k = 0;

		if (!scan_key(s, &name))
			return false;
		while (k < FACT_KINDS && (strlen(fact_kind_name((enum fact_kind)k)) != name.n ||
		       memcmp(fact_kind_name((enum fact_kind)k), name.p, name.n)))
			k++;
		if (k == FACT_KINDS ? !scan_skip(s) : seen[k] ? !scan_fail_at(s, where, "each member once") :
		    !rows_object(s, &messages_rows, &c->by_kind[k]))
			return false;
		s->unknown += k == FACT_KINDS;
		seen[k] = true;
	}
	return !s->want;
}

static bool unknowns(struct scan *s, const char *id, struct fw_unknown *out, unsigned most)
{
	const struct row row[] = {
		{ id, ROW_U32, 1, offsetof(struct fw_unknown, id), NULL, NULL },
		{ "packets", ROW_U64, 1, offsetof(struct fw_unknown, packets), NULL, NULL },
	};
	const struct rows rows = { row, 2 };
	bool first = true;
	unsigned i = 0;

	if (!scan_take(s, '[', "a list of objects"))
		return false;
	for (; scan_next(s, ']', &first); i++) {
		if (i == most)
			return scan_fail(s, "fewer of these");
		if (!rows_object(s, &rows, &out[i]))
			return false;
	}
	return !s->want;
}

static bool links(struct scan *s, void *object)
{
	struct fw_stats *t = &((struct fact_coverage *)object)->stats;

	return unknowns(s, "link_type", t->link, sizeof(t->link) / sizeof(t->link[0]));
}

static bool ppids(struct scan *s, void *object)
{
	struct fw_stats *t = &((struct fact_coverage *)object)->stats;

	return unknowns(s, "ppid", t->ppid, sizeof(t->ppid) / sizeof(t->ppid[0]));
}

#define AT(member) offsetof(struct fw_stats, member)
static const struct row encap_row[] = {
	{ "vxlan", ROW_U64, 0, AT(encap[ENCAP_VXLAN]), NULL, NULL }, { "geneve", ROW_U64, 0, AT(encap[ENCAP_GENEVE]), NULL, NULL },
	{ "erspan", ROW_U64, 0, AT(encap[ENCAP_ERSPAN]), NULL, NULL }, { "gre", ROW_U64, 0, AT(encap[ENCAP_GRE]), NULL, NULL },
	{ "ipip", ROW_U64, 0, AT(encap[ENCAP_IPIP]), NULL, NULL }, { "tzsp", ROW_U64, 0, AT(encap[ENCAP_TZSP]), NULL, NULL },
	{ "mpls", ROW_U64, 0, AT(encap[ENCAP_MPLS]), NULL, NULL }, { "pppoe", ROW_U64, 0, AT(encap[ENCAP_PPPOE]), NULL, NULL },
	{ "too_deep", ROW_U64, 0, AT(encap_deep), NULL, NULL },
};
#undef AT
_Static_assert(sizeof(encap_row) / sizeof(encap_row[0]) == FW_ENCAPS + 1, "a row each");
static const struct rows encap_rows = { encap_row, sizeof(encap_row) / sizeof(encap_row[0]) };

static bool encapsulated(struct scan *s, void *object)
{
	return rows_object(s, &encap_rows, &((struct fact_coverage *)object)->stats);
}

#define AT(member) offsetof(struct fact_coverage, member)
static const struct row key_log_row[] = {
	{ "sha256", ROW_TEXT, 0, AT(keylog_sha256), NULL, NULL },
	{ "capture_sha256", ROW_TEXT, 0, AT(keylog_capture_sha256), NULL, NULL },
	{ "connections", ROW_U64, 1, AT(stats.tls.connections), NULL, NULL },
	{ "decrypted", ROW_U64, 1, AT(stats.tls.decrypted), NULL, NULL },
	{ "records", ROW_U64, 1, AT(stats.tls.records), NULL, NULL },
	{ "no_secret", ROW_U64, 1, AT(stats.tls.no_secret), NULL, NULL },
	{ "cipher", ROW_U64, 1, AT(stats.tls.cipher), NULL, NULL },
	{ "incomplete", ROW_U64, 1, AT(stats.tls.incomplete), NULL, NULL },
	{ "failed", ROW_U64, 1, AT(stats.tls.failed), NULL, NULL },
	{ "other", ROW_U64, 1, AT(stats.tls.other), NULL, NULL },
	{ "refused", ROW_U64, 1, AT(stats.tls.refused), NULL, NULL },
	{ "lines_skipped", ROW_U64, 1, AT(keylog_skipped), NULL, NULL },
	{ "lines_refused", ROW_U64, 1, AT(keylog_refused), NULL, NULL },
};
static const struct rows key_log_rows = { key_log_row, sizeof(key_log_row) / sizeof(key_log_row[0]) };

static bool key_log(struct scan *s, void *object)
{
	const struct fact_coverage *c = object;

	return rows_object(s, &key_log_rows, object) && (c->keylog_sha256 || c->keylog_capture_sha256 || scan_fail(s, "sha256 or capture_sha256"));
}

static const struct row blocks_row[] = {
	{ "blocks", ROW_U64, 1, AT(blocks.all), NULL, NULL },
	{ "tls", ROW_U64, 1, AT(blocks.tls), NULL, NULL },
	{ "used", ROW_KNOWN, 0, 0, NULL, NULL },		/* when key_log has a capture_sha256 */
};
static const struct rows blocks_rows = { blocks_row, sizeof(blocks_row) / sizeof(blocks_row[0]) };

static bool blocks(struct scan *s, void *object)
{
	const struct fw_blocks *b = &((struct fact_coverage *)object)->blocks;

	return rows_object(s, &blocks_rows, object) && ((b->all && b->tls <= b->all) || scan_fail(s, "as many blocks, or more, as are of TLS"));
}

static const struct row coverage_row[] = {
	{ "packets", ROW_U64, 1, AT(stats.packets), NULL, NULL },
	{ "bytes", ROW_U64, 1, AT(stats.bytes), NULL, NULL },
	{ "decoded", ROW_U64, 1, AT(stats.decoded), NULL, NULL },
	{ "opaque", ROW_U64, 1, AT(stats.opaque), NULL, NULL },
	{ "malformed", ROW_U64, 1, AT(stats.malformed), NULL, NULL },
	{ "duplicate", ROW_U64, 1, AT(stats.duplicate), NULL, NULL },
	{ "lost", ROW_KNOWN, 0, 0, NULL, NULL },		/* of sctp_lost and tcp_gap_bytes */
	{ "blind", ROW_KNOWN, 0, 0, NULL, NULL },		/* no capture of files has any */
	{ "by_protocol", ROW_READ, 0, 0, NULL, by_protocol },
	{ "cut", ROW_U64, 0, AT(stats.cut), NULL, NULL },
	{ "not_ip", ROW_U64, 0, AT(stats.not_ip), NULL, NULL },
	{ "encapsulated", ROW_READ, 0, 0, NULL, encapsulated },
	{ "unknown_links", ROW_READ, 0, 0, NULL, links },
	{ "unread_sctp", ROW_READ, 0, 0, NULL, ppids },
	{ "fragments", ROW_U64, 0, AT(stats.fragments), NULL, NULL },
	{ "fragments_incomplete", ROW_U64, 0, AT(stats.fragments_incomplete), NULL, NULL },
	{ "sctp_retransmitted", ROW_U64, 0, AT(stats.sctp_retransmitted), NULL, NULL },
	{ "sctp_bad_checksum", ROW_U64, 0, AT(stats.sctp_bad_checksum), NULL, NULL },
	{ "sctp_lost", ROW_U64, 0, AT(stats.sctp_lost), NULL, NULL },
	{ "tcp_retransmitted", ROW_U64, 0, AT(stats.tcp_retransmitted), NULL, NULL },
	{ "tcp_gap_bytes", ROW_U64, 0, AT(stats.tcp_gap_bytes), NULL, NULL },
	{ "subscriber_packets", ROW_U64, 0, AT(stats.subscriber), NULL, NULL },
	{ "nas_encrypted", ROW_U64, 0, AT(nas_encrypted), NULL, NULL },
	{ "refused", ROW_U64, 0, AT(stats.refused), NULL, NULL },
	{ "duplicate_unchecked", ROW_U64, 0, AT(stats.dup_overrun), NULL, NULL },
	{ "outside_window", ROW_U64, 0, AT(outside), NULL, NULL },
	{ "keep_inner", ROW_BOOL, 0, AT(keep_inner), NULL, NULL },
	{ "secrets_in_capture", ROW_READ, 0, 0, NULL, blocks },
	{ "key_log", ROW_READ, 0, 0, NULL, key_log },
};
#undef AT
static const struct rows coverage_rows = { coverage_row, sizeof(coverage_row) / sizeof(coverage_row[0]) };

static bool coverage(struct scan *s, void *object)
{
	return rows_object(s, &coverage_rows, &((struct fact_end *)object)->coverage);
}

static const struct row end_row[] = {
	{ "kind", ROW_KNOWN, 1, 0, NULL, NULL },
	{ "inputs", ROW_READ, 1, 0, NULL, end_inputs },
	{ "coverage", ROW_READ, 1, 0, NULL, coverage },
	{ "facts", ROW_U64, 0, offsetof(struct fact_end, facts), NULL, NULL },
};
static const struct rows end_rows = { end_row, sizeof(end_row) / sizeof(end_row[0]) };

bool parse_end(struct scan *s, struct fact_end *e)
{
	*e = (struct fact_end){ .facts = NO_COUNT };
	return rows_object(s, &end_rows, e);
}
