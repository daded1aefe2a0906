/* All verdicts with their reasons, what was covered and what was not, and how to check the page itself. */
#include "inside.h"

#include "stats.h"

/* ---- checks ---- */

static const char *const verdicts[] = { "violated", "not-decidable", "unprotected", "conform", "not-observed" };
enum { VERDICT_WORDS = sizeof(verdicts) / sizeof(verdicts[0]) };

static void check(struct page *p, const json_t *c, size_t i)
{
	const json_t *counts = get(c, "counts");

	(void)i;
	page_raw(p, "<tr><th scope=\"row\" class=\"id\">");
	page_text(p, get_text(c, "id"));
	page_raw(p, " <small>");
	page_sentence(p, get_text(c, "title"));
	page_raw(p, "</small></th>");
	cell_verdict(p, get_text(c, "verdict"));
	page_raw(p, "<td class=\"text\">");
	page_sentence(p, get_text(c, "reason"));
	page_raw(p, "</td>");
	for (size_t v = 0; v < VERDICT_WORDS; v++)
		cell_num(p, get_num(counts, verdicts[v]));
	cell_num(p, get_num(c, "findings"));
	page_raw(p, "</tr>\n");
}

void page_checks(struct page *p)
{
	static const char *const cols[] = { "Check", "Verdict", "Reason", "#Violated", "#Not decidable", "#Unprotected", "#Conform", "#Not observed", "#Findings" };
	const json_t *list = get(p->r, "checks");
	static const char *const means[] = {
		"something breaks what register, policy or standard ask", "something was there, but opaque, cut, lost or not known", "as observed, without protection; no rule is broken",
		"all that bears on it is as it should be", "nothing on these taps bears on it", "no rule asks for it",
	};

	section(p, "checks", "Checks");
	page_raw(p, "<p>The word of a check is the first of these that was met.</p>\n<dl class=\"verdicts\">");
	for (size_t v = 0; v <= VERDICT_WORDS; v++) {
		const char *word = v < VERDICT_WORDS ? verdicts[v] : "off";
		uint64_t n = 0;

		for (size_t i = 0; i < json_array_size(list); i++)
			n += get_is(json_array_get(list, i), "verdict", word);
		page_mark(p, "<div><dt class=\"%s\">%s</dt><dd>%llu check%s</dd><dd>%s</dd></div>\n", word, word, (unsigned long long)n, plural(n), means[v]);
	}
	page_raw(p, "</dl>\n");
	list_table(p, &(struct list){ "checks", "checks", cols, sizeof(cols) / sizeof(cols[0]), check });
}

/* ---- coverage ---- */

static void input(struct page *p, const json_t *in, size_t i)
{
	struct str sha = get_text(in, "sha256");

	(void)i;
	page_raw(p, "<tr><th scope=\"row\">");
	page_name(p, get_text(in, "name"));
	page_raw(p, "</th>");
	cell_num(p, get_num(in, "packets"));
	cell_num(p, get_num(in, "bytes"));
	page_raw(p, "<td>");
	page_time(p, get_text(in, "first"));
	page_raw(p, "</td><td>");
	page_time(p, get_text(in, "last"));
	page_raw(p, "</td>");
	cell(p, get_text(in, "trouble").n ? get_text(in, "trouble") : (struct str){ "none", 4 });
	page_raw(p, "<td><code class=\"digest\">");
	page_text(p, sha.n ? sha : (struct str){ "not computed", 12 });
	page_raw(p, "</code></td></tr>\n");
}

static void blind_item(struct page *p, const json_t *v)
{
	const char *key;
	json_t *m;
	bool any = false;

	page_raw(p, "<li>");
	if (json_is_string(v))
		page_text(p, as_text(v));
	json_object_foreach((json_t *)v, key, m) {
		page_raw(p, any ? ", " : "");
		page_text(p, (struct str){ key, strlen(key) });
		page_raw(p, ": ");
		if (json_is_integer(m))
			page_mark(p, "%llu", (unsigned long long)as_num(m));
		else
			page_text(p, as_text(m));
		any = true;
	}
	page_raw(p, "</li>\n");
}

static void item_num(struct page *p, const json_t *o, const char *key, const char *text)
{
	uint64_t n = get_num(o, key);

	if (n)
		page_mark(p, "<li>%llu %s</li>\n", (unsigned long long)n, text);
}

static void unread(struct page *p, const json_t *cov, const char *list, const char *id, const char *text)
{
	const json_t *u = get(cov, list);

	for (size_t i = 0; i < json_array_size(u); i++)
		page_mark(p, "<li>%llu packets of %s %llu, which this version does not read</li>\n", (unsigned long long)get_num(json_array_get(u, i), "packets"), text,
			(unsigned long long)get_num(json_array_get(u, i), id));
}

/* TLS that was read because somebody gave its secrets, and TLS that was not. */
static void key_log(struct page *p, const json_t *k)
{
	if (!k)
		return;
	page_mark(p, "<li>%llu of %llu TLS connections were read with a key log; what they carry is in clear to nobody else, and cannot be read in the packets "
		"that this record keeps</li>\n", (unsigned long long)get_num(k, "decrypted"), (unsigned long long)get_num(k, "connections"));
	item_num(p, k, "no_secret", "TLS connections of which the key log has no secret");
	item_num(p, k, "incomplete", "TLS connections whose beginning or middle is missing: nothing behind that was decrypted");
	item_num(p, k, "failed", "TLS connections that the key log does not fit, or whose octets were changed");
	item_num(p, k, "cipher", "TLS connections under a cipher that is not read with a key log");
	item_num(p, k, "other", "TLS connections with early data, which is not followed, or a record that is out of place");
}

/* What the taps did not show, or this version could not read; each with its number. */
static void blind(struct page *p, const json_t *cov)
{
	const json_t *b = get(cov, "blind");

	page_raw(p, "<h3>Blind spots</h3>\n<ul>\n");
	for (size_t i = 0; i < json_array_size(b) && i < PAGE_KEEP; i++)
		blind_item(p, json_array_get(b, i));
	item_num(p, cov, "opaque", "packets opaque to this version: counted, never judged conform by what they could hold");
	item_num(p, cov, "malformed", "malformed packets");
	item_num(p, cov, "cut", "packets cut by the capture");
	item_num(p, cov, "not_ip", "packets that are not IP");
	item_num(p, cov, "nas_encrypted", "NAS messages encrypted: what is in them is not known");
	item_num(p, cov, "sctp_lost", "SCTP messages missing");
	item_num(p, cov, "tcp_gap_bytes", "octets of TCP missing");
	item_num(p, cov, "fragments_incomplete", "IP packets whose fragments did not all come");
	item_num(p, cov, "sctp_bad_checksum", "SCTP packets with a wrong checksum");
	item_num(p, get(cov, "encapsulated"), "too_deep", "packets in more tunnels than are followed");
	item_num(p, cov, "refused", "records refused because a table was full");
	item_num(p, cov, "duplicate_unchecked", "packets forgotten within 10 ms, as there were so many: a copy of one counts as another packet");
	item_num(p, cov, "outside_window", "packets outside the time window that was asked for");
	unread(p, cov, "unknown_links", "link_type", "link type");
	unread(p, cov, "unread_sctp", "ppid", "SCTP payload protocol");
	if (get_num(get(cov, "secrets_in_capture"), "blocks"))
		page_mark(p, "<li>%llu blocks of secrets lay in the inputs, %llu of them of TLS, %s: whoever has these files can read what they open</li>\n",
			(unsigned long long)get_num(get(cov, "secrets_in_capture"), "blocks"), (unsigned long long)get_num(get(cov, "secrets_in_capture"), "tls"),
			get_true(get(cov, "secrets_in_capture"), "used") ? "used" : "not used");
	key_log(p, get(cov, "key_log"));
	page_raw(p, get_true(cov, "keep_inner") ? "<li>Contacts of subscribers were kept on request (<code>--keep-inner</code>)</li>\n" :
		"<li>Where subscribers' own traffic goes was not looked at, on purpose</li>\n");
	page_raw(p, "<li>What did not pass these taps: nothing in this report speaks of it</li>\n</ul>\n");
}

static void protocols(struct page *p, const json_t *cov)
{
	static const char *const cols[] = { "Protocol", "#Messages", "#Not read to their end" };
	const char *key;
	json_t *m;

	if (!json_object_size(get(cov, "by_protocol")))
		return;
	table_open(p, "protocols", cols, 3);
	json_object_foreach((json_t *)get(cov, "by_protocol"), key, m) {
		page_raw(p, "<tr><th scope=\"row\">");
		page_text(p, (struct str){ key, strlen(key) });
		page_raw(p, "</th>");
		cell_num(p, get_num(m, "messages"));
		cell_num(p, get_num(m, "undecoded"));
		page_raw(p, "</tr>\n");
	}
	table_close(p);
}

/* What packets were taken out of: of a mirror port that wraps what it sends, nearly all. */
static void encapsulated(struct page *p, const json_t *e)
{
	bool any = false;

	for (unsigned i = 0; i < FW_ENCAPS; i++) {
		uint64_t n = get_num(e, fw_encap_name(i));

		if (!n)
			continue;
		page_mark(p, "%s%llu out of %s", any ? ", " : "<p>Packets read out of what carried them: ", (unsigned long long)n, fw_encap_title(i));
		any = true;
	}
	if (any)
		page_raw(p, ".</p>\n");
}

void page_coverage(struct page *p)
{
	static const char *const cols[] = { "Input", "#Packets", "#Octets of the file", "First packet", "Last packet", "Trouble", "SHA-256" };
	const json_t *cov = get(p->r, "coverage"), *s = get(p->r, "sessions");

	section(p, "coverage", "Coverage and blind spots");
	list_table(p, &(struct list){ "inputs", "inputs", cols, sizeof(cols) / sizeof(cols[0]), input });
	page_mark(p, "<p>%llu packets, %llu of them decoded, %llu captured twice and counted once. ", (unsigned long long)get_num(cov, "packets"),
		(unsigned long long)get_num(cov, "decoded"), (unsigned long long)get_num(cov, "duplicate"));
	page_mark(p, "%llu subscriber%s, %llu PDU session%s, %llu PFCP session%s, %llu tunnel%s.</p>\n",
		(unsigned long long)get_num(s, "ues"), plural(get_num(s, "ues")), (unsigned long long)get_num(s, "pdu_sessions"), plural(get_num(s, "pdu_sessions")),
		(unsigned long long)get_num(s, "pfcp_sessions"), plural(get_num(s, "pfcp_sessions")), (unsigned long long)get_num(s, "tunnels"), plural(get_num(s, "tunnels")));
	encapsulated(p, get(cov, "encapsulated"));
	blind(p, cov);
	page_raw(p, "<h3>Messages read</h3>\n");
	protocols(p, cov);
}

/* ---- how to check it ---- */

static void digest(struct page *p, const char *what, struct str name, struct str sha, const char *none)
{
	page_mark(p, "<li>%s", what);
	page_name(p, name);
	page_raw(p, ": <code class=\"digest\">");
	page_text(p, sha.n ? sha : (struct str){ none, strlen(none) });
	page_raw(p, "</code></li>\n");
}

void page_verify(struct page *p)
{
	const json_t *policy = get(p->r, "policy"), *keylog = get(get(p->r, "coverage"), "key_log");
	const char *key;
	json_t *m;

	section(p, "verify", "How to verify this file");
	page_raw(p, "<p>This page is made from two files that lie beside it, <code>report.json</code> and <code>evidence/packets.pcapng</code>, and from nothing else: no clock, no name of a machine, "
		"nothing from outside. It asks the browser for no file and no address. Its one script only filters, sorts, opens and copies what is here; the page says the same without it.</p>\n"
		"<ol>\n<li><code>fairwitness verify DIR</code>, where <code>DIR</code> is the directory of this page, checks the signed record, makes this page again from it and compares "
		"every octet. With <code>--key</code> and the key of who signed, got by another way than this directory, it also says who did; without, it says that this was not shown.</li>\n"
		"<li><code>MANIFEST.sha256</code> in that directory names every file of it: <code>sha256sum -c --strict MANIFEST.sha256</code> compares them without any program of ours.</li>\n"
		"<li><code>fairwitness verify DIR -r CAPTURE</code> judges the capture again and compares all findings. The digests of the captures stand under "
		"<a href=\"#coverage\">coverage</a>; <code>sha256sum</code> makes them, too.</li>\n"
		"<li>Each finding's filter shows its packets in Wireshark, and its command in a terminal.</li>\n</ol>\n"
		"<p>What this cannot show: that the tap was honest, and that nothing passed beside it.</p>\n<h3>What the verdicts rest on</h3>\n<ul class=\"digests\">\n");
	digest(p, "Register", (struct str){ "", 0 }, get_text(get(p->r, "register"), "sha256"), "none");
	digest(p, "Policy", (struct str){ "", 0 }, get_text(policy, "sha256"), "none; the pack default holds");
	json_object_foreach((json_t *)get(policy, "pack_sha256"), key, m)
		digest(p, "Pack ", (struct str){ key, strlen(key) }, as_text(m), "not given");
	digest(p, "Rules of this version", (struct str){ "", 0 }, get_text(p->r, "ruleset"), "not given");
	digest(p, "Case key (its public id; subscribers' pseudonyms are made with it)", (struct str){ "", 0 }, get_text(p->r, "case"), "not given");
	if (get_text(keylog, "sha256").n)
		digest(p, "Key log that TLS was read with", (struct str){ "", 0 }, get_text(keylog, "sha256"), "not given");
	if (get_text(keylog, "capture_sha256").n)
		digest(p, "Secrets in the captures that TLS was read with", (struct str){ "", 0 }, get_text(keylog, "capture_sha256"), "not given");
	page_raw(p, "<li>Day as of which dates in register and policy are read: ");
	page_time(p, get_text(p->r, "at"));
	page_raw(p, "</li>\n<li>Made by ");
	page_text(p, get_text(get(p->r, "tool"), "name"));
	page_raw(p, " ");
	page_text(p, get_text(get(p->r, "tool"), "version"));
	page_raw(p, "</li>\n</ul>\n");
}
