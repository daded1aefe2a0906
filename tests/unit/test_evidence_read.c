/* The reading side of the signed record: every prefix of every form is refused, and no octet can be changed without being seen. */
#define _GNU_SOURCE		/* memfd_create() */
#include "json.h"
#include "read.h"
#include "tap.h"
#include "verify_json.h"

#include <sys/mman.h>
#include <unistd.h>

static struct jdoc doc;
static struct err why;

static struct slice text(const char *s)
{
	return (struct slice){ s, strlen(s) };
}

/* A copy of exact size, so that the sanitizer sees one octet too many. */
static char *exact(const void *p, size_t n)
{
	char *b = malloc(n ? n : 1);

	memcpy(b, p, n);
	return b;
}

static void spellings_are_one(void)
{
	static const char *const bad64[] = { "QUI", "QUI=QUI=", "QUJ=", "QQ==QQ==", "Q===", "====", "QU I", "QUJD\n", "QUJ\0", "QR==" };
	static const char *const badnum[] = { "", "00", "01", "-1", "+1", "1 ", "18446744073709551616", "99999999999999999999", "1e3" };
	uint8_t b[16];
	uint64_t v;

	for (size_t i = 0; i < sizeof(bad64) / sizeof(bad64[0]); i++)
		EXPECT(base64_get(text(bad64[i]), b, sizeof(b)) < 0);
	EXPECT(base64_get(text("QUI="), b, sizeof(b)) == 2 && !memcmp(b, "AB", 2) && base64_get(text("QQ=="), b, 1) == 1 && base64_get(text("QUJD"), b, 2) < 0);
	for (size_t i = 0; i < sizeof(badnum) / sizeof(badnum[0]); i++)
		EXPECT(!decimal_get(text(badnum[i]), &v));
	EXPECT(decimal_get(text("0"), &v) && decimal_get(text("18446744073709551615"), &v) && v == UINT64_MAX);
	EXPECT(!hex_get(text("0A"), b, 1) && !hex_get(text("0"), b, 1) && !hex_get(text("0g"), b, 1) && hex_get(text("0a"), b, 1) && b[0] == 10);
}

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
static const char *const leaves[] = {
	"{\"at\":\"2026-11-02\",\"case\":\"0123456789abcdef\",\"exporter\":\"" ZEROS "\",\"from\":\"0\",\"keep_inner\":false,\"origin\":\"o\",\"ruleset\":\"r\",\"run\":\"" ZEROS
	"\",\"t\":\"genesis\",\"tool\":\"" ZEROS "\",\"until\":\"0\",\"v\":1,\"version\":\"0.1.0\"}",
	"{\"kind\":\"pack\",\"name\":\"pack-default.yaml\",\"sha256\":\"" ZEROS "\",\"t\":\"config\",\"v\":1}",
	"{\"bytes\":\"1\",\"count\":2,\"first\":\"1\",\"from\":\"3\",\"input\":0,\"n\":0,\"outside\":0,\"retained\":1,\"root\":\"" ZEROS "\",\"t\":\"seg\",\"until\":\"4\",\"v\":1}",
	"{\"after\":\"7\",\"cause\":\"damaged\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
	"{\"alone\":true,\"core\":{\"check\":\"C\",\"config\":{\"policy\":null,\"register\":\"" ZEROS "\"},\"grounds\":[{\"frame\":1,\"input\":0}],\"need\":\"positive\",\"object\":\"a\\\"\\\\b\","
	"\"ruleset\":\"r\",\"severity\":\"low\",\"subject\":\"s\",\"verdict\":\"violated\"},\"id\":\"F-0123456789ab\",\"pkts\":[[2,0]],\"t\":\"finding\",\"v\":1}",
	"{\"coverage\":{\"bytes\":\"1\",\"cut\":\"0\",\"decoded\":\"1\",\"duplicate\":\"0\",\"malformed\":\"0\",\"opaque\":\"0\",\"outside\":\"0\",\"packets\":\"1\"},\"files\":{\"report.json\":\""
	ZEROS "\"},\"findings\":1,\"inputs\":[{\"bytes\":\"1\",\"packets\":\"1\",\"sha256\":null}],\"retained\":1,\"t\":\"close\",\"v\":1,\"whole\":true}",
};
enum { LEAVES = sizeof(leaves) / sizeof(leaves[0]) };

static void every_prefix_of_a_leaf_is_refused(void)
{
	struct entry l;

	for (size_t i = 0; i < LEAVES; i++) {
		size_t n = strlen(leaves[i]);

		for (size_t k = 0; k < n; k++) {
			char *b = exact(leaves[i], k);

			EXPECT(!entry_read(&doc, b, k, &l, &why) && why.text[0]);
			free(b);
		}
		EXPECT(entry_read(&doc, leaves[i], n, &l, &why) && l.type == (enum entry_type)i);
	}
}

/* Whatever octet stands anywhere: what is accepted is written again as it was. */
static void what_is_accepted_has_one_spelling(void)
{
	struct entry l;
	unsigned accepted = 0;

	for (size_t i = 0; i < LEAVES; i++) {
		size_t n = strlen(leaves[i]);
		char *b = exact(leaves[i], n);

		for (size_t k = 0; k < n; k++)
			for (int c = 0; c < 256; c++) {
				b[k] = (char)c;
				if (jdoc_parse(&doc, b, n, &why)) {
					accepted++;
					EXPECT(jdoc_same(&doc));
				}
				(void)entry_read(&doc, b, n, &l, &why);
				b[k] = leaves[i][k];
			}
		free(b);
	}
	EXPECT(accepted > LEAVES);
}

static void members_are_the_formats_and_no_others(void)
{
	static const char *const bad[] = {
		"{\"after\":\"7\",\"cause\":\"damaged\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":2}",
		"{\"after\":\"7\",\"cause\":\"damaged\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1,\"w\":1}",
		"{\"after\":\"7\",\"cause\":\"damaged\",\"input\":0,\"t\":\"gap\",\"v\":1}",
		"{\"after\":\"07\",\"cause\":\"damaged\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"after\":7,\"cause\":\"damaged\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"after\":\"7\",\"cause\":\"other\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"cause\":\"damaged\",\"after\":\"7\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"after\":\"7\",\"after\":\"7\",\"cause\":\"damaged\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"after\":\"7\",\"cause\":\"damaged\",\"input\":0.0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"after\":\"7\",\"cause\":\"damaged\",\"input\":-0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"after\":\"7\",\"cause\":\"damaged\",\"input\":9007199254740992,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"after\":\"7\",\"cause\":\"damaged\",\"input\": 0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"after\":\"7\",\"cause\":\"d\\u0061maged\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}",
		"{\"after\":\"7\",\"cause\":\"damaged\",\"input\":0,\"known\":\"unknown\",\"t\":\"gap\",\"v\":1}\n",
		"{\"after\":\"7\",\"cause\":\"damaged\",\"input\":0,\"known\":\"unknown\",\"t\":\"gone\",\"v\":1}",
		"[]", "{}", "{\"t\":\"gap\"}", "null", "{{}}", "{\"a\":[[[[[[[[[[1]]]]]]]]]]}",
	};
	struct entry l;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		EXPECT(!entry_read(&doc, bad[i], strlen(bad[i]), &l, &why));
}

static void an_entry_bundle_is_read_to_its_end(void)
{
	static const char b[] = "\0\001a\0\0\0\002bc";
	struct slice leaf;

	for (size_t n = 0; n < sizeof(b); n++) {
		char *copy = exact(b, n);
		struct slice rest = { copy, n };
		unsigned k = 0;

		while (bundle_next(&rest, &leaf, &why))
			k++;
		EXPECT(!why.text[0] == (n == 0 || n == 3 || n == 5 || n == 9) && k == (unsigned)((n >= 3) + (n >= 5) + (n >= 9)));
		free(copy);
	}
}

/* ---- notes ---- */

static struct signer key(uint8_t which)
{
	uint8_t seed[ED_KEY] = { which };
	struct signer s;

	EXPECT(signer_new(&s, seed) == FW_OK);
	return s;
}

static struct octets note(const struct signer *s)
{
	struct octets o = { 0 };
	struct merkle_hash root = { { 1, 2, 3 } };

	EXPECT(checkpoint_note(&o, "fairwitness/x/audit/y", 42, &root, s) == FW_OK);
	return o;
}

static void a_checkpoint_cannot_be_changed(void)
{
	struct signer s = key(1), other = key(2);
	struct octets o = note(&s);
	struct checkpoint c;

	for (size_t n = 0; n < o.n; n++) {
		char *b = exact(o.b, n);

		EXPECT(!checkpoint_read((struct slice){ b, n }, &c, &why) && why.text[0]);
		free(b);
	}
	EXPECT(checkpoint_read((struct slice){ o.b, o.n }, &c, &why) && c.size == 42 && !checkpoint_signed(&c, s.pub, &why) && checkpoint_signed(&c, other.pub, &why));
	for (size_t i = 0; i < o.n; i++)
		for (int v = 0; v < 256; v++) {
			char was = o.b[i];

			o.b[i] = (char)v;
			EXPECT(o.b[i] == was || !checkpoint_read((struct slice){ o.b, o.n }, &c, &why) || checkpoint_signed(&c, s.pub, &why));
			o.b[i] = was;
		}
	octets_free(&o);
	signer_free(&s);
	signer_free(&other);
}

static void a_verifier_key_is_of_its_name(void)
{
	struct signer s = key(1);
	struct octets o = { 0 };
	struct vkey k;

	note_vkey(&o, "fairwitness/x", s.pub);
	for (size_t n = 0; n < o.n; n++) {
		char *b = exact(o.b, n);

		EXPECT(!vkey_read((struct slice){ b, n }, &k, &why));
		free(b);
	}
	EXPECT(vkey_read((struct slice){ o.b, o.n }, &k, &why) && !memcmp(k.key, s.pub, 32) && !strcmp(k.name, "fairwitness/x"));
	for (size_t i = 0; i < 8 * o.n; i++) {
		o.b[i / 8] = (char)(o.b[i / 8] ^ 1 << i % 8);
		EXPECT(!vkey_read((struct slice){ o.b, o.n }, &k, &why));
		o.b[i / 8] = (char)(o.b[i / 8] ^ 1 << i % 8);
	}
	octets_free(&o);
	signer_free(&s);
}

static void a_proof_is_its_form(void)
{
	struct signer s = key(1);
	struct octets c = note(&s), o = { 0 };
	struct merkle_hash path[2] = { { { 1 } }, { { 2 } } };
	struct tlog_proof p;

	proof_text(&o, 5, path, 2, &c);
	EXPECT(proof_read((struct slice){ o.b, o.n }, &p, &why) && p.index == 5 && p.npath == 2 && !memcmp(p.path, path, sizeof(path)) && p.checkpoint.n == c.n);
	for (size_t n = 0; n < o.n - c.n; n++) {
		char *b = exact(o.b, n);

		EXPECT(!proof_read((struct slice){ b, n }, &p, &why));
		free(b);
	}
	for (size_t i = 0; i < o.n - c.n; i++)
		if (o.b[i] == '\n') {
			o.b[i] = '\v';
			EXPECT(!proof_read((struct slice){ o.b, o.n }, &p, &why));
			o.b[i] = '\n';
		}
	octets_free(&o);
	octets_free(&c);
	signer_free(&s);
}

static void an_ssh_signature_has_one_armor(void)
{
	struct signer s = key(3);
	struct octets o = { 0 }, pub = { 0 };
	uint8_t k[32];

	EXPECT(sshsig_text(&o, "bundle-v1@fairwitness", "hello", 5, &s) == FW_OK);
	EXPECT(!sshsig_holds((struct slice){ o.b, o.n }, "bundle-v1@fairwitness", "hello", 5, k, &why) && !memcmp(k, s.pub, 32));
	EXPECT(sshsig_holds((struct slice){ o.b, o.n }, "bundle-v1@fairwitness", "hellp", 5, k, &why));
	EXPECT(sshsig_holds((struct slice){ o.b, o.n }, "bundle-v2@fairwitness", "hello", 5, k, &why));
	for (size_t n = 0; n < o.n; n++) {
		char *b = exact(o.b, n);

		EXPECT(sshsig_holds((struct slice){ b, n }, "bundle-v1@fairwitness", "hello", 5, k, &why));
		free(b);
	}
	for (size_t i = 0; i < 8 * o.n; i++) {
		o.b[i / 8] = (char)(o.b[i / 8] ^ 1 << i % 8);
		EXPECT(sshsig_holds((struct slice){ o.b, o.n }, "bundle-v1@fairwitness", "hello", 5, k, &why));
		o.b[i / 8] = (char)(o.b[i / 8] ^ 1 << i % 8);
	}
	ssh_public(&pub, s.pub, "exporter");
	EXPECT(ssh_key_read((struct slice){ pub.b, pub.n }, k, &why) && !memcmp(k, s.pub, 32));
	for (size_t n = 0; n < pub.n; n++) {
		char *b = exact(pub.b, n);

		EXPECT(!ssh_key_read((struct slice){ b, n }, k, &why));
		free(b);
	}
	octets_free(&o);
	octets_free(&pub);
	signer_free(&s);
}

/* ---- the manifest ---- */

static void a_manifest_stays_below_its_directory(void)
{
	static const char *const bad[] = { "", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "a b", "a\\b", "a\nb", "\xc3\xa9", "a\x7f" };
	static const char *const good[] = { "a", "a/b", "report.json", "evidence/tile/0/x001/234.p/5", "...", "-a_B9" };
	static const char lines[] = ZEROS "  a\n" ZEROS "  b/c\n";
	char longest[PATH_MAX_TEXT + 2];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		EXPECT(!path_is_safe(text(bad[i])));
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		EXPECT(path_is_safe(text(good[i])));
	memset(longest, 'a', sizeof(longest));
	EXPECT(path_is_safe((struct slice){ longest, PATH_MAX_TEXT }) && !path_is_safe((struct slice){ longest, PATH_MAX_TEXT + 1 }));
	for (size_t n = 0; n < sizeof(lines); n++) {
		char *b = exact(lines, n);
		struct slice rest = { b, n }, last = { "", 0 }, path;
		uint8_t sha[SHA];

		while (manifest_next(&rest, &last, &path, sha, &why))
			;
		EXPECT(!why.text[0] == (n == 0 || n == 68 || n == sizeof(lines) - 1));
		free(b);
	}
}

static void a_manifest_is_sorted(void)
{
	static const char *const bad[] = { ZEROS "  b\n" ZEROS "  a\n", ZEROS "  a\n" ZEROS "  a\n", ZEROS " *a\n", ZEROS "  a\r\n", ZEROS "  a\n\n" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct slice rest = text(bad[i]), last = { "", 0 }, path;
		uint8_t sha[SHA];

		while (manifest_next(&rest, &last, &path, sha, &why))
			;
		EXPECT(why.text[0]);
	}
}

/* ---- packets ---- */

static const uint8_t packet[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
static const struct fw_chunk cut[] = { { 0, 4, 'H' }, { 4, 3, 'I' }, { 7, 2, 'S' }, { 9, 1, 'K' } };

static struct octets line_of(const struct fw_chunk *c, uint16_t n)
{
	struct evidence_packet p = { .input = 1, .wirelen = 12, .caplen = sizeof(packet), .frame = 7, .t_ns = 99, .link = 1, .nchunks = n, .chunk = c, .data = packet };
	struct commitment made[8];
	uint8_t secret[SHA] = { 5 };
	struct hmac *h = hmac_new(secret);
	struct octets leaf = { 0 }, line = { 0 };
	struct merkle_hash hash;

	packet_commit(&p, h, made);
	packet_leaf(&leaf, &p, made);
	merkle_leaf(leaf.b, leaf.n, &hash);
	EXPECT(packet_line(&line, &p, made, 0, &hash, NULL, 0));
	hmac_free(h);
	octets_free(&leaf);
	line.n--;			/* without its newline */
	return line;
}

static struct disclosure room(void)
{
	struct disclosure d = { .chunk = malloc(CHUNKS_MAX * sizeof(*d.chunk)), .value = malloc(CHUNKS_MAX * sizeof(*d.value)),
		.made = malloc(CHUNKS_MAX * sizeof(*d.made)) };

	return d;
}

static void room_free(struct disclosure *d)
{
	free(d->chunk);
	free(d->value);
	free(d->made);
}

static void a_packet_opens_as_it_was_committed_only(void)
{
	uint8_t shown_octets[sizeof(packet)] = { 1, 2, 3, 4, 0, 0, 0, 8, 9, 0 };
	struct octets line = line_of(cut, 4);
	struct disclosure d = room();

	for (size_t n = 0; n < line.n; n++) {
		char *b = exact(line.b, n);

		EXPECT(!disclosure_read(&doc, b, n, &d, &why));
		free(b);
	}
	EXPECT(disclosure_read(&doc, line.b, line.n, &d, &why) && disclosure_opens(&d, shown_octets, &why));
	for (size_t i = 0; i < 8 * sizeof(packet); i++) {	/* a hole cannot be filled, what is shown cannot be changed */
		shown_octets[i / 8] ^= (uint8_t)(1 << i % 8);
		EXPECT(!disclosure_opens(&d, shown_octets, &why));
		shown_octets[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	for (size_t i = 0; i < 8 * line.n; i++) {	/* position, link type and path are not in the leaf: the segment and the capture hold them */
		line.b[i / 8] = (char)(line.b[i / 8] ^ 1 << i % 8);
		EXPECT(!disclosure_read(&doc, line.b, line.n, &d, &why) || !disclosure_opens(&d, shown_octets, &why) || d.position != 0 || d.packet.link != 1);
		line.b[i / 8] = (char)(line.b[i / 8] ^ 1 << i % 8);
	}
	octets_free(&line);
	room_free(&d);
}

static void chunks_tile_the_packet(void)
{
	static const struct fw_chunk hole[] = { { 0, 4, 'H' }, { 5, 5, 'S' } }, overlap[] = { { 0, 4, 'H' }, { 3, 7, 'S' } }, empty[] = { { 0, 10, 'H' }, { 10, 0, 'S' } },
		twins[] = { { 0, 4, 'H' }, { 4, 6, 'H' } }, brief[] = { { 0, 9, 'H' } }, other[] = { { 0, 10, 'T' } };
	const struct { const struct fw_chunk *c; uint16_t n; } bad[] = { { hole, 2 }, { overlap, 2 }, { empty, 2 }, { twins, 2 }, { brief, 1 }, { other, 1 } };
	struct disclosure d = room();

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct octets line = line_of(bad[i].c, bad[i].n);

		EXPECT(!disclosure_read(&doc, line.b, line.n, &d, &why) && why.text[0]);
		octets_free(&line);
	}
	room_free(&d);
}

/* ---- report.json as a stream ---- */

static int to_octets(void *ctx, const char *p, size_t n)
{
	octets_add(ctx, p, n);
	return 0;
}

static struct octets small_report(void)
{
	struct json *j = malloc(sizeof(*j));
	struct octets o = { 0 };

	json_start(j, to_octets, &o);
	j->pretty = true;
	j->lines = 2;
	json_open(j);
	json_knum(j, "version", 1);
	json_key(j, "none");
	json_list(j);
	json_list_end(j);
	json_key(j, "list");
	json_list(j);
	json_open(j);
	json_kstr(j, "a", "quote \" back \\ tab \t del \x7f e \xc3\xa9");
	json_kbool(j, "b", true);
	json_kbool(j, "c", false);
	json_kstr(j, "d", NULL);
	json_knum(j, "e", UINT64_C(1) << 53);
	json_close(j);
	json_num(j, 0);
	json_list_end(j);
	json_close(j);
	json_line(j);
	EXPECT(json_done(j) == 0);
	free(j);
	return o;
}

static bool on_value(void *ctx, const struct jpath *p, enum jkind kind, struct slice s, uint64_t number, struct err *e)
{
	(void)e;
	if (jpath_is(p, "list/*/a"))
		EXPECT(kind == J_TEXT && s.n > 20);
	*(unsigned *)ctx += 1 + (jpath_is(p, "list/*/e") && kind == J_NUMBER && number == UINT64_C(1) << 53);
	return true;
}

static bool on_end(void *ctx, const struct jpath *p, struct err *e)
{
	(void)ctx;
	(void)p;
	(void)e;
	return true;
}

static int stream(const void *p, size_t n, unsigned *values)
{
	struct jtaker t = { on_value, on_end, values };
	int fd = memfd_create("r", 0), err;

	EXPECT(fd >= 0 && write(fd, p, n) == (ssize_t)n);
	err = json_stream(fd, &t, &why);
	(void)close(fd);
	return err;
}

static void a_report_is_read_in_its_own_form_only(void)
{
	struct octets o = small_report();
	unsigned n = 0;

	EXPECT(stream(o.b, o.n, &n) == FW_OK && n == 8);
	for (size_t k = 0; k < o.n; k++)
		EXPECT(stream(o.b, k, &n) == FW_EFORMAT && why.text[0]);
	for (size_t k = 0; k <= o.n; k++) {		/* a space anywhere */
		char *b = malloc(o.n + 1);
		int err;

		memcpy(b, o.b, k);
		b[k] = ' ';
		memcpy(b + k + 1, o.b + k, o.n - k);
		err = stream(b, o.n + 1, &n);
		EXPECT(err == FW_EFORMAT || (err == FW_OK && memchr(o.b, '"', k)));	/* inside a string it says something else */
		free(b);
	}
	octets_free(&o);
}

int main(void)
{
	doc.node = malloc(JNODES * sizeof(*doc.node));
	TEST(spellings_are_one);
	TEST(every_prefix_of_a_leaf_is_refused);
	TEST(what_is_accepted_has_one_spelling);
	TEST(members_are_the_formats_and_no_others);
	TEST(an_entry_bundle_is_read_to_its_end);
	TEST(a_checkpoint_cannot_be_changed);
	TEST(a_verifier_key_is_of_its_name);
	TEST(a_proof_is_its_form);
	TEST(an_ssh_signature_has_one_armor);
	TEST(a_manifest_stays_below_its_directory);
	TEST(a_manifest_is_sorted);
	TEST(a_packet_opens_as_it_was_committed_only);
	TEST(chunks_tile_the_packet);
	TEST(a_report_is_read_in_its_own_form_only);
	free(doc.node);
	return tap_end();
}
