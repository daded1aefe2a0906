/*
 * libFuzzer target of signed records.  The first octet chooses: each parser of the reading side over
 * the octets as they are; or a whole record that a liar with every key made of them, so that digests
 * and signatures are no wall: its leaves, a line each, its lines of packets, its report.json and its
 * packets.pcapng, apart by lines of "%%%".  In leaves, what only the liar's tools know stands as a word.
 */
#define _GNU_SOURCE		/* memfd_create(), memmem() */
#include "mutate/bundle.h"
#include "packs.h"
#include "verify.h"
#include "verify_json.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct jdoc doc(void)
{
	struct jdoc d = { .node = malloc(JNODES * sizeof(*d.node)) };

	if (!d.node)
		abort();
	return d;
}

/* ---- parsers ---- */

static bool on_value(void *ctx, const struct jpath *p, enum jkind kind, struct slice s, uint64_t number, struct err *e)
{
	(void)kind;
	(void)s;
	(void)number;
	(void)e;
	*(unsigned *)ctx += jpath_is(p, "findings/*/grounds/*/frame");
	return true;
}

static bool on_end(void *ctx, const struct jpath *p, struct err *e)
{
	(void)ctx;
	(void)e;
	return p->depth < JPATH_DEPTH;
}

static void stream(struct slice text)
{
	unsigned seen = 0;
	struct jtaker t = { on_value, on_end, &seen };
	int fd = memfd_create("r", 0), err;
	struct err e;

	if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
		abort();
	err = json_stream(fd, &t, &e);
	assert(err == FW_OK || e.text[0]);
	(void)close(fd);
}

static void parsers(struct slice text)
{
	struct disclosure d = { .chunk = malloc(CHUNKS_MAX * sizeof(*d.chunk)), .value = malloc(CHUNKS_MAX * sizeof(*d.value)), .made = malloc(CHUNKS_MAX * sizeof(*d.made)) };
	struct slice rest = text, last = { "", 0 }, part;
	struct jdoc j = doc();
	struct checkpoint c = { .size = 0 };
	struct tlog_proof p;
	struct entry l;
	struct vkey k;
	struct err e;
	uint8_t key[32], sha[SHA];

	if (!d.chunk || !d.value || !d.made)
		abort();
	if (jdoc_parse(&j, text.p, text.n, &e))
		assert(jdoc_same(&j));
	if (entry_read(&j, text.p, text.n, &l, &e))
		assert(l.type < ENTRY_TYPES);
	if (disclosure_read(&j, text.p, text.n, &d, &e)) {
		uint8_t *octets = calloc(1, d.packet.caplen < 1 << 20 ? d.packet.caplen + 1 : 1);

		if (octets && d.packet.caplen < 1 << 20)
			(void)disclosure_opens(&d, octets, &e);
		free(octets);
	}
	if (checkpoint_read(text, &c, &e))
		(void)checkpoint_signed(&c, c.root, &e);
	(void)proof_read(text, &p, &e);
	(void)vkey_read(text, &k, &e);
	(void)ssh_key_read(text, key, &e);
	(void)sshsig_holds(text, "bundle-v1@fairwitness", "x", 1, key, &e);
	while (manifest_next(&rest, &last, &part, sha, &e))
		assert(path_is_safe(part));
	rest = text;
	while (bundle_next(&rest, &part, &e))
		assert(part.n <= LEAF_MAX);
	stream(text);
	free(j.node);
	free(d.chunk);
	free(d.value);
	free(d.made);
}

/* ---- a record ---- */

/* Up to the next line of "%%%", which is left out. */
static struct slice section(struct slice *rest)
{
	const char *end = rest->n ? memmem(rest->p, rest->n, "\n%%%\n", 5) : NULL;
	struct slice s = { rest->p, end ? (size_t)(end - rest->p) + 1 : rest->n };

	rest->p += end ? s.n + 4 : s.n;
	rest->n -= end ? s.n + 4 : s.n;
	return s;
}

static void put(struct bundle *b, const char *path, const void *p, size_t n)
{
	struct octets *o = bundle_file(b, path);

	o->n = 0;
	octets_add(o, p, n);
}

/* "@report.json" and the like: the file's digest. */
static const char *const words[] = { "@evidence/README.txt", "@findings.ndjson", "@report.html", "@report.json", "@evidence/config/pack-default.yaml" };

static void word(struct octets *out, struct slice *rest, struct bundle *b, const struct signer *exporter, const char *origin)
{
	char hex[HEX_SHA];
	uint8_t sha[SHA];

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i]);
		const struct octets *o = bundle_find(b, words[i] + 1);

		if (rest->n < n || memcmp(rest->p, words[i], n) || !o)
			continue;
		sha_of(o->b, o->n, sha);
		sha_hex(sha, hex);
		octets_str(out, hex);
		rest->p += n;
		rest->n -= n;
		return;
	}
	if (rest->n > 7 && !memcmp(rest->p, "@origin", 7)) {
		octets_str(out, origin);
		rest->p += 7;
		rest->n -= 7;
	} else if (rest->n > 9 && !memcmp(rest->p, "@exporter", 9)) {
		octets_hex(out, exporter->pub, 32);
		rest->p += 9;
		rest->n -= 9;
	} else {
		octets_add(out, rest->p++, 1);
		rest->n--;
	}
}

static struct octets with_words(struct slice text, struct bundle *b, const struct signer *exporter, const char *origin)
{
	struct octets out = { 0 };

	while (text.n) {
		const char *at = memchr(text.p, '@', text.n);
		size_t n = at ? (size_t)(at - text.p) : text.n;

		octets_add(&out, text.p, n);
		text.p += n;
		text.n -= n;
		if (text.n)
			word(&out, &text, b, exporter, origin);
	}
	return out;
}

static size_t lines(const struct octets *text, struct slice *leaf, size_t most)
{
	struct slice rest = { text->b, text->n };
	size_t n = 0;

	while (n < most && line_get(&rest, &leaf[n]))
		if (leaf[n].n <= LEAF_MAX)
			n++;
	return n;
}

/* The origin that the leaves ask for. */
static void origin_of(const struct slice *leaf, size_t n, const struct signer *log, char out[160])
{
	struct octets t = { 0 }, tail = { 0 };
	struct jdoc j = doc();
	char hex[HEX_SHA];
	uint8_t sha[SHA];
	struct entry l;
	struct err e;

	octets_str(&t, "fairwitness-origin-v1\n");
	for (size_t pass = 0; pass < 2; pass++)		/* inputs stand in the last leaf, and first in the digest */
		for (size_t i = 0; i < n; i++) {
			struct entry_input in;
			uint32_t at = 0;

			if (!entry_read(&j, leaf[i].p, leaf[i].n, &l, &e))
				continue;
			if (!pass && l.type == ENTRY_CLOSE)
				while (entry_next_input(&j, l.u.close.inputs, &at, &in, &e)) {
					if (in.sha.there)
						octets_hex(&t, in.sha.sha, SHA);
					else
						octets_str(&t, "-");
					octets_str(&t, "\n");
				}
			if (pass && l.type == ENTRY_CONFIG) {
				octets_add(&t, l.u.config.name.p, l.u.config.name.n);
				octets_str(&t, " ");
				octets_hex(&t, l.u.config.sha, SHA);
				octets_str(&t, "\n");
			}
			if (pass && l.type == ENTRY_GENESIS && !tail.n) {
				octets_add(&tail, l.u.genesis.ruleset.p, l.u.genesis.ruleset.n);
				octets_str(&tail, "\n");
				octets_add(&tail, l.u.genesis.case_id.p, l.u.genesis.case_id.n);
				octets_str(&tail, "\n");
			}
		}
	octets_add(&t, tail.b, tail.n);
	sha_of(t.b, t.n, sha);
	sha_hex(sha, hex);
	(void)snprintf(out, 160, "fairwitness/%s/audit/%s", log->id, hex);
	octets_free(&t);
	octets_free(&tail);
	free(j.node);
}

static void check(const char *dir)
{
	struct verify_opts o = { .dir = dir };
	struct verify_result *r = malloc(sizeof(*r));

	if (!r)
		abort();
	assert(verify_dir(&o, r) == FW_OK && !r->unreadable[0]);
	for (int i = 0; i < VERIFY_NAMES; i++)
		assert(r->line[i].reason[0]);
	assert(r->line[SHOWS_SIGNER].word == WORD_NOT_SHOWN && r->line[SHOWS_FULL].word == WORD_NOT_SHOWN && r->line[SHOWS_WITNESSED].word == WORD_NOT_SHOWN);
	assert(r->line[SHOWS_CORE].word != WORD_PASS || r->line[SHOWS_INCLUSION].word == WORD_PASS);
	free(r);
}

enum { LEAVES = 2048 };

static void record(struct slice text)
{
	static const char key_pub[] = "exporter";
	struct slice leaves = section(&text), packets = section(&text), report = section(&text), *leaf = malloc(LEAVES * sizeof(*leaf));
	char dir[] = "/dev/shm/fw-fuzz-verify-" "XX" "XX" "XX", origin[160] = "@origin";
	struct octets made, pub = { 0 };
	struct signer log, exporter;
	struct bundle b = { 0 };
	uint8_t one[ED_KEY] = { 1 }, two[ED_KEY] = { 2 };
	size_t n;

	if (!leaf || signer_new(&log, one) != FW_OK || signer_new(&exporter, two) != FW_OK || !mkdtemp(dir))
		abort();
	put(&b, "evidence/README.txt", "x\n", 2);
	put(&b, "findings.ndjson", "", 0);
	put(&b, "report.html", "<p>\n", 4);
	put(&b, "report.json", report.p, report.n);
	put(&b, "evidence/packets.jsonl", packets.p, packets.n);
	put(&b, "evidence/packets.pcapng", text.p, text.n);
	for (const struct pack *p = packs; p->name; p++)
		if (!strcmp(p->name, "default"))
			put(&b, "evidence/config/pack-default.yaml", p->text, p->len);
	ssh_public(&pub, exporter.pub, key_pub);
	put(&b, "evidence/exporter.pub", pub.b, pub.n);
	octets_free(&pub);
	made = with_words(leaves, &b, &exporter, origin);
	n = lines(&made, leaf, LEAVES);
	origin_of(leaf, n, &log, origin);
	octets_free(&made);
	made = with_words(leaves, &b, &exporter, origin);
	n = lines(&made, leaf, LEAVES);
	bundle_log(&b, leaf, n, origin, &log);
	bundle_manifest(&b, &exporter);
	if (!bundle_store(&b, dir))
		abort();
	check(dir);
	bundle_remove(&b, dir);
	bundle_free(&b);
	octets_free(&made);
	signer_free(&log);
	signer_free(&exporter);
	free(leaf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data + 1, n ? n - 1 : 0 };

	if (!n)
		return 0;
	if (data[0] == 'r')
		record(text);
	else
		parsers(text);
	return 0;
}
