/*
 * The page from a report.json and packets made by hand: what is loaded and what is refused, marks and masks, hostile names.
 * With a second argument the page is written there, for the tests in a browser; of the report.json that a third one names, without packets.
 */
#include "page.h"
#include "tap.h"

#include <stdarg.h>

struct text { char *s; size_t n, room, at, most; };		/* most: of one read */

static void add(struct text *t, const char *s, size_t n)
{
	while (t->n + n + 1 > t->room) {
		t->room = t->room ? t->room * 2 : 4096;
		t->s = realloc(t->s, t->room);
	}
	memcpy(t->s + t->n, s, n);
	t->n += n;
	t->s[t->n] = 0;
}

static int keep(void *ctx, const char *p, size_t n)
{
	add(ctx, p, n);
	return 0;
}

static long give(void *ctx, char *p, size_t n)
{
	struct text *t = ctx;
	size_t k = t->n - t->at < n ? t->n - t->at : n;

	if (t->most && k > t->most)
		k = t->most;
	memcpy(p, t->s + t->at, k);
	t->at += k;
	return (long)k;
}

static const char report[] =
	"{\n \"version\": 1,\n \"tool\": {\n  \"name\": \"fairwitness\",\n  \"version\": \"0\"\n },\n"
	" \"inputs\": [\n  {\"name\":\"site <b>.pcap\",\"packets\":3,\"first\":\"2026-11-02T08:00:00.000000000Z\",\"last\":\"2026-11-02T08:00:01.000000000Z\"}\n ],\n"
	" \"register\": null,\n"
	" \"summary\": {\n  \"violated\": {\"total\":2,\"crit\":1,\"high\":0,\"med\":1},\n  \"unprotected\": {\"total\":0},\n  \"accepted\": 0\n },\n"
	" \"elements\": [\n"
	"  {\"id\":\"gNB-00101-000102\",\"roles\":[\"gNB\"],\"names\":[\"\\u202Eevil\\u0000\\u200b<script>alert(1)</script>\"],\"addresses\":[\"10.0.0.2\"],\"registered\":false,\"grounds\":[{\"input\":0,\"frame\":2}]},\n"
	"  {\"id\":\"AMF-1\",\"roles\":[\"AMF\"],\"addresses\":[\"10.0.0.1\"],\"registered\":false,\"grounds\":[{\"input\":0,\"frame\":3}]}\n ],\n"
	" \"checks\": [\n"
	"  {\"id\":\"NAS-NULL-CIPHER\",\"verdict\":\"violated\",\"counts\":{\"violated\":1},\"reason\":\"why\",\"findings\":1,\"undecided\":[{\"reason\":\"not seen\",\"count\":\"18446744073709551615\"}],"
	"\"title\":\"no cipher\",\"means\":\"It means.\",\"causes\":\"A test network & its like.\",\"todo\":\"Ask.\"}\n ],\n"
	" \"findings\": [\n"
	"  {\"id\":\"F-0123456789ab\",\"check\":\"NAS-NULL-CIPHER\",\"need\":\"positive\",\"verdict\":\"violated\",\"severity\":\"med\",\"subject\":\"AMF-1\",\"object\":\"gNB-00101-000102\","
	"\"grounds\":[{\"input\":0,\"frame\":2},{\"input\":0,\"frame\":9}],\"title\":\"an AMF chose no cipher\",\"reason\":\"it chose 5G-EA0\",\"first\":\"2026-11-02T08:00:00.000000000Z\","
	"\"last\":\"2026-11-02T08:00:00.000000000Z\",\"count\":1,\"frames\":[{\"input\":0,\"frame\":2}],\"frames_total\":1,\"filter\":\"frame.number == 2\",\"filter_4_0\":\"frame.number == 2\",\"tshark\":\"tshark -r 'a' -Y 'b'\"},\n"
	"  {\"id\":\"x\\\" onclick=\\\"alert(1)\",\"check\":\"OTHER\",\"verdict\":\"violated\",\"severity\":\"crit\",\"subject\":\"10.0.0.9\",\"object\":\"\",\"grounds\":[{\"input\":0,\"frame\":2},{\"input\":0,\"frame\":3}],"
	"\"title\":\"t\",\"reason\":\"r\",\"frames\":[],\"frames_total\":0,\"filter\":\"f\"}\n ]\n}\n";

static struct page_in in;
static struct err e;

static int load(const char *s, size_t n, size_t most)
{
	struct text t = { .s = (char *)(uintptr_t)s, .n = n, .most = most };

	page_unload(&in);
	return page_load(&in, give, &t, &e);
}

/* A page of what is loaded; the caller frees it. */
static char *page_of(const struct report_packet *packet, size_t npackets)
{
	struct text out = { 0 };

	in.packet = packet;
	in.npackets = npackets;
	EXPECT(report_html(&in, keep, &out) == FW_OK && out.n > 1000);
	in.packet = NULL;
	in.npackets = 0;
	return out.s;
}

static uint8_t octets[600];
static const uint8_t masked[600 / 8] = { [2] = 0xf0, [8] = 0x01 };	/* 20 to 23, 64 */
static const struct report_mark marks[] = { { 16, 6, "nas-5gs" }, { 40, 1, NULL }, { 590, 100, "beyond" }, { 700, 4, "nowhere" } };
static const struct report_packet packets[] = {
	{ .input = 0, .frame = 2, .t_ns = 1793606400000000000, .wirelen = 102, .caplen = 102, .octets = octets, .masked = masked, .mark = marks, .nmarks = 2 },
	{ .input = 0, .frame = 3, .t_ns = 1793606400000000000, .wirelen = 1400, .caplen = 600, .octets = octets, .mark = marks + 2, .nmarks = 2 },
	{ .input = 1, .frame = 2, .t_ns = 1793606400000000000, .wirelen = 2, .caplen = 2, .octets = octets },
};

static void what_carries_a_fact_is_marked_and_what_is_masked_is_not_there(void)
{
	char *html;

	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (uint8_t)i;
	EXPECT(load(report, sizeof(report) - 1, 0) == FW_OK);
	html = page_of(packets, 3);
	EXPECT(strstr(html, "0010  <mark>10 11 12 13 </mark>") == NULL);
	EXPECT(strstr(html, "0010  <mark>10 11 12 13</mark> <mark><i>\xc2\xb7\xc2\xb7 \xc2\xb7\xc2\xb7</i></mark> <i>\xc2\xb7\xc2\xb7 \xc2\xb7\xc2\xb7</i> 18 19") != NULL);
	EXPECT(strstr(html, "Marked: octets 16 to 21 (<bdi>nas-5gs</bdi>), octet 40. Masked: 5 octets, shown as dots.") != NULL);
	EXPECT(strstr(html, "Marked: octets 590 to 599 (<bdi>beyond</bdi>).") != NULL && strstr(html, "nowhere") == NULL);
	EXPECT(strstr(html, "1400 octets, 600 of them captured") != NULL && strstr(html, "octets are not shown") != NULL);
	EXPECT(strstr(html, "<a href=\"#p-0-2\">2</a>") != NULL);			/* drawn once, and linked to */
	EXPECT(strstr(html, "Shown above: <a href=\"#p-0-2\">frame 2</a>.") != NULL);
	EXPECT(strstr(html, "id=\"p-0-2\"") == strrchr(html, 0) - strlen(strstr(html, "id=\"p-0-2\"")) && strstr(strstr(html, "id=\"p-0-2\"") + 1, "id=\"p-0-2\"") == NULL);
	EXPECT(strstr(html, "id=\"p-1-2\"") == NULL);					/* nothing rests on it */
	free(html);
}

static void a_masked_octet_changes_nothing(void)
{
	char *a, *b;

	EXPECT(load(report, sizeof(report) - 1, 0) == FW_OK);
	a = page_of(packets, 3);
	octets[20] = 0xaa;
	octets[64] = 0xbb;
	b = page_of(packets, 1);
	EXPECT(strstr(a, "aa") == NULL || strstr(b, " aa ") == NULL);
	free(b);
	b = page_of((struct report_packet[]){ packets[0] }, 1);
	octets[20] = 20;
	octets[64] = 64;
	free(a);
	a = page_of((struct report_packet[]){ packets[0] }, 1);
	EXPECT(!strcmp(a, b));
	free(a);
	free(b);
}

static void names_from_the_wire_are_text(void)
{
	char *html;

	EXPECT(load(report, sizeof(report) - 1, 0) == FW_OK);
	html = page_of(NULL, 0);
	EXPECT(strstr(html, "<script>alert") == NULL && strstr(html, "&lt;script&gt;alert(1)&lt;/script&gt;") != NULL);
	EXPECT(strstr(html, "\xe2\x80\xae") == NULL && strstr(html, "\\u{202e}evil") != NULL && strstr(html, "\\u{200b}") != NULL);
	EXPECT(strstr(html, "onclick=") == NULL || strstr(html, "onclick=\"") == NULL);
	EXPECT(strstr(html, "site &lt;b&gt;.pcap") != NULL && strstr(html, "A test network &amp; its like.") != NULL);
	EXPECT(strstr(html, "18446744073709551615") != NULL);
	EXPECT(strstr(html, "not part of this report") != NULL);
	free(html);
}

static void a_report_reads_the_same_in_pieces_of_any_size(void)
{
	char *whole, *part;

	EXPECT(load(report, sizeof(report) - 1, 0) == FW_OK);
	whole = page_of(packets, 3);
	for (size_t most = 1; most < 40; most += 3) {
		EXPECT(load(report, sizeof(report) - 1, most) == FW_OK);
		part = page_of(packets, 3);
		EXPECT(!strcmp(whole, part));
		free(part);
	}
	free(whole);
}

static void every_prefix_is_refused(void)
{
	for (size_t n = 0; n < sizeof(report) - 2; n++) {
		char *b = malloc(n ? n : 1);

		memcpy(b, report, n);
		EXPECT(load(b, n, 0) == FW_EFORMAT && e.text[0]);
		free(b);
	}
	page_unload(&in);
}

/* Any octet changed: read or refused, and what was read makes a page. */
static void any_octet_may_be_anything(void)
{
	static const char with[] = { 0, '"', '{', ']', ',', '\n', ' ', '0', (char)0xff };
	unsigned good = 0;

	for (size_t i = 0; i < sizeof(report) - 1; i++)
		for (size_t k = 0; k < sizeof(with); k++) {
			char *b = malloc(sizeof(report) - 1);

			memcpy(b, report, sizeof(report) - 1);
			b[i] = with[k];
			if (load(b, sizeof(report) - 1, 0) == FW_OK && good++ % 16 == 0)
				free(page_of(packets, 3));
			free(b);
		}
	EXPECT(good > 100);
	page_unload(&in);
}

static void other_layouts_are_refused(void)
{
	static const char *const wrong[] = {
		"", "{}", "{\n}\n", "[\n]\n", "{\n \"version\": 1,\n \"findings\": []\n}", "{\n \"version\": 2,\n \"findings\": []\n}\n",
		"{\n \"version\": 1\n \"findings\": []\n}\n", "{\n \"version\": 1,\n \"findings\": [],\n}\n", "{\n \"version\": 1,\n \"version\": 1,\n \"findings\": []\n}\n",
		"{\n \"version\": 1,\n \"findings\": [\n  {},\n ]\n}\n", "{\n \"version\": 1,\n \"findings\": [\n  {}\n  {}\n ]\n}\n", "{\n \"version\": 1,\n \"findings\": [\n  1\n ]\n}\n",
		"{\n \"version\": 1,\n \"findings\": [\n  {\"a\":1,\"a\":2}\n ]\n}\n", "{\n \"version\": 1,\n \"findings\": [\n  {\"a\":\"\xff\"}\n ]\n}\n",
		"{\n \"version\": 1,\n \"findings\": []\n}\n\n", "{\n \"version\": 1,\n \"findings\": []\n}\nx", "{\n\"version\": 1,\n \"findings\": []\n}\n", "{\n \"version\":1,\n \"findings\": []\n}\n",
		"{\n \"version\": 1,\n \"findings\": [{]}\n}\n",
	};
	static const char right[] = "{\n \"version\": 1,\n \"findings\": []\n}\n";

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		EXPECT(load(wrong[i], strlen(wrong[i]), 0) == FW_EFORMAT);
	EXPECT(load(right, sizeof(right) - 1, 0) == FW_OK);
	page_unload(&in);
}

/* A million contacts cost their lines only; how many there are is said. */
static void what_is_not_kept_is_counted(void)
{
	struct text t = { 0 };
	char *html, line[200];
	static const char head[] = "{\n \"version\": 1,\n \"contacts\": [\n", foot[] = " ],\n \"findings\": []\n}\n";

	add(&t, head, sizeof(head) - 1);
	for (unsigned i = 0; i < 50000; i++) {
		int n = snprintf(line, sizeof(line), "  {\"id\":\"C-%012u\",\"a\":\"10.0.0.1\",\"b\":\"10.0.0.2\",\"protocol\":\"udp\",\"port\":%u}%s\n", i, i & 65535, i < 49999 ? "," : "");

		add(&t, line, (size_t)n);
	}
	add(&t, foot, sizeof(foot) - 1);
	EXPECT(load(t.s, t.n, 0) == FW_OK && in.ncounts == 1 && in.count[0].n == 50000 && json_array_size(json_object_get(in.report, "contacts")) == PAGE_KEEP);
	html = page_of(NULL, 0);
	EXPECT(strstr(html, "48000 more contacts are not on this page") != NULL && strstr(html, "C-000000001999") != NULL && strstr(html, "C-000000002000") == NULL);
	EXPECT(strstr(html, "<summary>1900 more contacts</summary>") != NULL);
	free(html);
	t.s[t.n / 2] = '\n';			/* also where it is stepped over, the layout is looked at */
	EXPECT(load(t.s, t.n, 0) == FW_EFORMAT);
	page_unload(&in);
	free(t.s);
}

static void put(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(struct text *t, const char *fmt, ...)
{
	char b[600];
	va_list ap;

	va_start(ap, fmt);
	add(t, b, (size_t)vsnprintf(b, sizeof(b), fmt, ap));
	va_end(ap);
}

static unsigned any(uint64_t *x, unsigned of)
{
	*x = *x * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*x >> 33) % of;
}

/* Networks of any size and sense: each is drawn within its bounds, and is the same each time. */
static void any_network_is_drawn(void)
{
	static const char *const role[] = { "RAN", "AMF", "SMF", "UPF", "core", "operation", "other", "outside", "RAN", "nonsense" };
	static const char *const site[] = { "null", "\"north\"", "\"<s>\"", "\"\"", "7", "\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"e\"", "\"f\"" };
	static const char *const interface[] = { "N2", "N3", "a name that is long, and <b>", "", "tcp 22" };
	uint64_t x = 1;
	unsigned singles = 0, many = 0;

	for (unsigned round = 0; round < 120; round++) {
		unsigned ncells = round % 3 ? round % 12 + 1 : round * 2, nsites = round % 11 + 1, nlinks = round % 5 ? round : round * 10, first = round % 3 ? round % 6 : 0;
		struct text t = { 0 };
		char *html, *again;

		put(&t, "{\n \"version\": 1,\n \"register\": %s,\n \"network\": {\n  \"columns\": [", round % 2 ? "null" : "{\n  \"sha256\": \"0\"\n }");
		for (unsigned i = 1; i < nsites; i++)
			put(&t, "%s%s", i > 1 ? "," : "", site[i]);
		put(&t, "],\n  \"cells\": [");
		for (unsigned i = 0; i < ncells; i++) {
			put(&t, "%s{\"role\":\"%s\",\"site\":%s,\"elements\":%u,\"violated\":%u,\"unregistered\":%u,\"silent\":0,\"first\":[", i ? "," : "", role[any(&x, 10)], site[any(&x, nsites)], first + round % 2 * 40, any(&x, 2), any(&x, 3));
			for (unsigned k = 0; k < first; k++)
				put(&t, "%s{\"id\":\"e%u\",\"registered\":%s}", k ? "," : "", any(&x, 60), any(&x, 2) ? "true" : "false");
			put(&t, "]}");
		}
		put(&t, "],\n  \"links\": [");
		for (unsigned i = 0; i < nlinks; i++)
			put(&t, "%s{\"a\":{\"role\":\"%s\",\"site\":%s},\"b\":{\"role\":\"%s\",\"site\":%s},\"interface\":\"%s\",\"violated\":%u}", i ? "," : "", role[any(&x, 10)], site[any(&x, nsites)],
				role[any(&x, 10)], site[any(&x, nsites)], interface[any(&x, 5)], any(&x, 2));
		put(&t, "],\n  \"pairs\": [");
		for (unsigned i = 0; i < nlinks && i < 390; i++)
			put(&t, "%s{\"a\":\"e%u\",\"b\":\"e%u\",\"interface\":\"%s\",\"protection\":\"esp\",\"violated\":%s}", i ? "," : "", any(&x, 60), any(&x, 60), interface[any(&x, 5)], any(&x, 2) ? "true" : "false");
		put(&t, "],\n  \"pairs_total\": %u\n },\n \"findings\": []\n}\n", nlinks < 390 ? nlinks : 390);
		EXPECT(load(t.s, t.n, 0) == FW_OK);
		html = page_of(NULL, 0);
		again = page_of(NULL, 0);
		EXPECT(!strcmp(html, again) && !strstr(html, "<s>"));
		singles += strstr(html, ">Elements by role and site") != NULL;
		many += strstr(html, "The network is large") != NULL;
		free(html);
		free(again);
		free(t.s);
	}
	EXPECT(singles > 5 && many > 20);
	page_unload(&in);
}

/* 0, or 1 when something went wrong. */
static int write_page(const char *to, const char *of)
{
	struct text t = { 0 };
	FILE *f = of ? fopen(of, "rb") : NULL;
	char buf[4096], *html;
	int err;

	for (size_t n; f && (n = fread(buf, 1, sizeof(buf), f)) > 0; )
		add(&t, buf, n);
	if (f)
		(void)fclose(f);
	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (uint8_t)(i * 7);
	err = of ? load(t.s, t.n, 0) : load(report, sizeof(report) - 1, 0);
	if (err != FW_OK) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	html = page_of(packets, of ? 0 : 3);
	f = fopen(to, "wb");
	err = !f || fputs(html, f) < 0 || fclose(f);
	free(html);
	free(t.s);
	page_unload(&in);
	return err;
}

int main(int argc, char **argv)
{
	if (argc > 2)
		return write_page(argv[2], argc > 3 ? argv[3] : NULL);
	TEST(what_carries_a_fact_is_marked_and_what_is_masked_is_not_there);
	TEST(a_masked_octet_changes_nothing);
	TEST(names_from_the_wire_are_text);
	TEST(a_report_reads_the_same_in_pieces_of_any_size);
	TEST(every_prefix_is_refused);
	TEST(any_octet_may_be_anything);
	TEST(other_layouts_are_refused);
	TEST(what_is_not_kept_is_counted);
	TEST(any_network_is_drawn);
	page_unload(&in);
	return tap_end();
}
