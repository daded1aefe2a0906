/*
 * Two readers of one format (docs/decisions/0012): what the reader of the plain form takes, libfyaml takes too, and makes the
 * same tree of; what libfyaml refuses, the plain reader declines.  And it does take what people and tools write.
 *
 * Arguments: the root of the sources; how many mutations a text (64).
 */
#include "sametree.h"
#include "tap.h"
#include "yaml.h"

#include "err.h"

#include <dirent.h>
#include <sys/stat.h>

static const char *root = ".";
static unsigned changes = 64;
static struct troubles a_says, b_says;
static uint64_t taken, asked;

/* ---- one text, both readers ---- */

enum answer { DECLINED, SAME, OTHER };

static enum answer ask(const char *text, size_t n)
{
	struct tree *a = NULL, *b = NULL;
	char *exact = malloc(n ? n : 1);		/* one octet too many is seen */
	enum answer is = DECLINED;
	int err;

	memcpy(exact, text, n);
	a_says.n = b_says.n = 0;
	err = yaml_load_by(&a, "x", exact, n, &a_says, YAML_PLAIN);
	asked++;
	if (err != FW_EEND) {
		is = yaml_load_by(&b, "x", exact, n, &b_says, YAML_FULL) == err && same_tree(a, b) && same_troubles(&a_says, &b_says) ? SAME : OTHER;
		taken += err == FW_OK;
	} else if (a || a_says.n) {
		is = OTHER;
	}
	if (is == OTHER)
		printf("# %s, libfyaml: %s\n# %.*s\n", a ? "taken" : a_says.text[0], b ? "taken" : b_says.text[0], n > 4000 ? 4000 : (int)n, text);
	tree_free(a);
	tree_free(b);
	free(exact);
	return is;
}

/* ---- changes ---- */

static uint64_t seed = 0x9e3779b97f4a7c15;

static uint32_t any(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)((seed >> 16) % n);
}

/* At `at`, where there is room. */
static size_t put_in(char *b, size_t n, size_t cap, size_t at, const char *s, size_t len)
{
	if (n + len > cap)
		return n;
	memmove(b + at + len, b + at, n - at);
	memcpy(b + at, s, len);
	return n + len;
}

/* One octet other, gone, or more; mostly those that mean something. */
static size_t change(char *b, size_t n, size_t cap)
{
	static const char *const pieces[] = { "\n", "\n ", "\n  ", "\n    ", "\n- ", "\n---\n", "\n...\n", "\r\n", "\n\n", "\n#", " #", ": ", "- ", "? ", "''", "\"\"", "\\\"", "{}",
		"[]", "[", "]", "{", "}", ", ", ",", "&a ", "*a", "!!str ", "!", "<<: ", "|\n", ">\n", "%YAML 1.2\n", "\xef\xbb\xbf", "\xc2\x85", "\xc2\xa0", "\xe2\x80\xa8", "\xe2\x80\xa9",
		"\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x98\x80", "\xef\xbf\xbd", "\xcc\x81", "\t", " \t" };
	static const char signs[] = ":#-?[]{},&*!|>'\"%@` \t\n\r:  \n- .,\\~\xc2\x85\xa8";
	size_t at = any((uint32_t)n + 1), k = 1 + any(3);
	char c = any(8) ? signs[any(sizeof(signs) - 1)] : (char)any(256);

	switch (any(8)) {
	case 0:
		if (at < n)
			b[at] = c;
		return n;
	case 1:
		k = k < n - at ? k : n - at;
		memmove(b + at, b + at + k, n - at - k);
		return n - k;
	case 2: {					/* a piece of it, again */
		size_t from = any((uint32_t)n + 1), len = any(24);
		char piece[24];

		len = len < n - from ? len : n - from;
		memcpy(piece, b + from, len);
		return put_in(b, n, cap, at, piece, len);
	}
	case 3:
	case 4: {
		const char *s = pieces[any(sizeof(pieces) / sizeof(*pieces))];

		return put_in(b, n, cap, at, s, strlen(s));
	}
	case 5:						/* a line further in, or further out */
		while (at && b[at - 1] != '\n')
			at--;
		if (any(2))
			return put_in(b, n, cap, at, "    ", k);
		for (k = 0; k < 2 && at + k < n && b[at + k] == ' ';)
			k++;
		memmove(b + at, b + at + k, n - at - k);
		return n - k;
	default: return put_in(b, n, cap, at, &c, 1);
	}
}

static bool changed_are_the_same(const char *text, size_t n, unsigned times)
{
	static char b[1 << 16];
	bool ok = true;

	if (n > sizeof(b) / 2)
		return true;
	for (unsigned i = 0; i < times && ok; i++) {
		size_t m = n;

		memcpy(b, text, n);
		for (unsigned k = 1 + any(3); k; k--)
			m = change(b, m, sizeof(b));
		ok = ask(b, m) != OTHER;
	}
	return ok;
}

static bool prefixes_are_the_same(const char *text, size_t n)
{
	bool ok = true;

	for (size_t i = 0; i < n && i < 1024 && ok; i++)
		ok = ask(text, i) != OTHER;
	return ok;
}

/* ---- the files that are there ---- */

static struct { uint32_t n, plain, declined, bad; } files;		/* declined: not of those made to be odd */

static void file(const char *path)
{
	static char b[1 << 20];
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(b, 1, sizeof(b), f) : 0;
	enum answer is = ask(b, n);

	if (f)
		(void)fclose(f);
	files.n++;
	files.plain += is == SAME;
	if (is == OTHER || !prefixes_are_the_same(b, n) || !changed_are_the_same(b, n, changes)) {
		printf("# %s\n", path);
		files.bad++;
	}
	if (is == DECLINED && !strstr(path, "/fuzz/")) {
		printf("# declined: %s\n", path);
		files.declined++;
	}
}

static void files_under(const char *dir, unsigned depth)
{
	DIR *d = opendir(dir);
	const struct dirent *e;

	while (d && depth < 8 && (e = readdir(d))) {
		char path[4096];
		struct stat st;
		size_t n = strlen(e->d_name);

		if (e->d_name[0] == '.' || snprintf(path, sizeof(path), "%s/%s", dir, e->d_name) >= (int)sizeof(path) || lstat(path, &st))
			continue;
		if (S_ISDIR(st.st_mode))
			files_under(path, depth + 1);
		else if (n > 5 && !strcmp(e->d_name + n - 5, ".yaml"))
			file(path);
	}
	if (d)
		(void)closedir(d);
}

static void every_file_of_the_tree_reads_the_same_whole_cut_and_changed(void)
{
	static const char *const dirs[] = { "share", "src/policy/packs", "tests/golden", "tests/e2e/conf", "tests/fuzz/corpus/conf" };

	for (unsigned i = 0; i < sizeof(dirs) / sizeof(*dirs); i++) {
		char path[4096];

		(void)snprintf(path, sizeof(path), "%s/%s", root, dirs[i]);
		files_under(path, 0);
	}
	printf("# %u files, %u of the plain form\n", files.n, files.plain);
	EXPECT(files.n > 50 && !files.bad && !files.declined);
}

/* ---- texts as people and tools write them ---- */

enum { CAP = 1 << 14 };
struct out { char b[CAP]; size_t n; unsigned step, list_step; bool json, flow, notes; };

static void put(struct out *o, const char *s)
{
	size_t n = strlen(s);

	if (n <= CAP - o->n) {
		memcpy(o->b + o->n, s, n);
		o->n += n;
	}
}

static void indent(struct out *o, unsigned n)
{
	while (n--)
		put(o, " ");
}

static void end_line(struct out *o)
{
	static const char *const note[] = { " # what: [it] {is}", "   #x", "\t#\tx", " #", "\n", "\n   # between", "\n# 'at' \"the left\"", "\n    ", " # \xc3\xa9\xe2\x80\x93\xe4\xb8\xad", "  " };

	if (o->notes && !any(4))
		put(o, note[any(sizeof(note) / sizeof(*note))]);
	put(o, "\n");
}

static void scalar(struct out *o, bool key)
{
	static const char *const word[] = { "acme", "10.0.0.0/24", "1", "2026-11-30T18:00:00Z", "x_y.z", "NO", "~", "null", "Acme Networks Ltd", "a#b", "it's", "8000-8100",
		"2001:db8::1/64", "TS 23.501 - 6.3", "a - b", "r\xc3\xb6t", "\xe5\x8d\x8e\xe4\xb8\xba", "x\"y\"", "a&b*c!", "(v) >=1", "http://x/y?z=1" };
	static const char *const quoted[] = { "\"NO\"", "'a: b'", "'# no'", "\"it's\"", "'say \"x\"'", "\"{[,]}: -\"", "\"0010\"", "' '", "\"::/0\"", "'---'", "\"\xc3\xa9\xe4\xb8\xad\"", "'c:\\d'" };

	if (o->json) {
		static const char *const j[] = { "\"a\"", "\"10.0.0.0/8\"", "\"two words\"", "\"::1\"" };

		put(o, !key && !any(3) ? "17" : j[any(4)]);
	} else if (!any(4)) {
		put(o, !key && !any(6) ? "\"\"" : quoted[any(sizeof(quoted) / sizeof(*quoted))]);
	} else if (!o->flow && !any(8)) {
		put(o, any(2) ? "a, b [c] {d}" : "x[0],y");
	} else {
		put(o, word[any(sizeof(word) / sizeof(*word))]);
	}
	if (key) {					/* its own */
		size_t quote = o->b[o->n - 1] == '"' || o->b[o->n - 1] == '\'' ? 1 : 0;
		char last = o->b[o->n - 1], no[16];

		o->n -= quote;
		(void)snprintf(no, sizeof(no), "%u", (unsigned)o->n);
		put(o, no);
		if (quote)
			put(o, (char[]){ last, 0 });
	}
}

/* in: spaces before the lines of it; 0: all on one line. */
static void in_brackets(struct out *o, unsigned depth, unsigned in)
{
	bool map = any(2), was = o->flow;
	unsigned n = any(4);

	o->flow = true;
	put(o, map ? "{" : "[");
	for (unsigned i = 0; i < n; i++) {
		if (i)
			put(o, in ? "," : any(4) || o->json ? ", " : ",");
		if (in) {
			if (!o->json)
				end_line(o);
			else
				put(o, "\n");
			indent(o, in);
		}
		if (map) {
			scalar(o, true);
			put(o, o->json && !in && any(2) ? ":" : ": ");
		}
		if (depth && !any(3))
			in_brackets(o, depth - 1, in ? in + 2 : 0);
		else
			scalar(o, false);
	}
	if (n && in) {
		put(o, !o->json && !any(3) ? ",\n" : "\n");
		indent(o, in > 2 ? in - 2 : 0);
	}
	put(o, map ? "}" : "]");
	o->flow = was;
}

static void block(struct out *o, unsigned depth, unsigned in, bool list, bool begun);

/* Behind `key:` or `- `; within: of the map or list around. */
static void value(struct out *o, unsigned depth, unsigned within, bool of_list)
{
	unsigned k = any(depth ? 8 : 3);

	put(o, of_list || k > 4 ? "" : " ");
	if (k < 2) {
		scalar(o, false);
		end_line(o);
	} else if (k < 5) {
		in_brackets(o, 2, any(3) ? 0 : within + 4);
		end_line(o);
	} else if (of_list) {
		block(o, depth - 1, within + 2, k == 7, true);
	} else {
		end_line(o);
		if (k == 7)
			block(o, depth - 1, within + o->list_step, true, false);
		else if (k == 6)
			block(o, depth - 1, within + o->step, false, false);
	}
}

/* begun: the first line stands behind a dash. */
static void block(struct out *o, unsigned depth, unsigned in, bool list, bool begun)
{
	for (unsigned n = 1 + any(4); n; n--) {
		if (!begun)
			indent(o, in);
		begun = false;
		if (list) {
			put(o, "- ");
		} else {
			scalar(o, true);
			put(o, ":");
		}
		value(o, depth, in, list);
	}
}

static void make(struct out *o, unsigned i)
{
	*o = (struct out){ .step = 2 + 2 * (i / 2 % 2), .list_step = i % 2 ? 2 : 0, .notes = i % 3 == 0, .json = i % 8 == 7 };
	if (o->json || i % 8 == 6) {
		do {
			o->n = 0;
			in_brackets(o, 3, i % 16 > 7 ? 2 : 0);
		} while (o->n < 8);
		end_line(o);
		return;
	}
	if (i % 8 == 5)
		put(o, i % 16 > 7 ? "---\n" : "# first\n\n---\n");
	block(o, 4, 0, i % 8 == 4, false);
	if (i % 5 == 0)
		o->n--;					/* no line's end at the end */
}

static void what_people_and_tools_write_is_taken(void)
{
	static const char *const texts[] = { "a:\t# x\nb: c\t# y\n", "a:\n- b\n- c\nd: e", "a:\n  - b\n  - c\nd: e\n", "{\"a\":1,\"b\":[1,2],\"c\":{}}", "{\n  a: b,\n}\n", "a:b: c#d\n", "a:\n\n  # x\n  b:\nc:",
		"- - a\n  - b: c\n    d: e\n-   f\n", "a: [b,\n    c]   # d\n", "---\na: b\n", "a:\n  'b c': \"d: [e]\"\n" };
	static struct out o;

	for (unsigned i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (!EXPECT(ask(texts[i], strlen(texts[i])) == SAME))
			printf("# %s\n", texts[i]);
	for (unsigned i = 0; i < 400 && !tap_bad; i++) {
		make(&o, i);
		if (!EXPECT(ask(o.b, o.n) == SAME))
			printf("# %u:\n%.*s\n", i, (int)o.n, o.b);
	}
}

static void what_people_and_tools_write_reads_the_same_cut_and_changed(void)
{
	static struct out o;

	for (unsigned i = 0; i < 240 && !tap_bad; i++) {
		make(&o, i);
		EXPECT(changed_are_the_same(o.b, o.n, changes) && (i % 4 || prefixes_are_the_same(o.b, o.n < 300 ? o.n : 300)));
	}
}

/* ---- what is left to libfyaml ---- */

static void what_is_not_the_plain_form_is_declined(void)
{
	static const char *const texts[] = { "", "\n", "# x\n", "---\n", "a", "[a", "{a: b", "a: b\n c\n", "a:\n  b\n  c\n", "a: |\n  b\n", "a: >\n  b\n", "a: &x b\n", "a: *x\n", "a: !!str b\n",
		"%YAML 1.2\n---\na: b\n", "? a\n: b\n", "a: b\n---\nc: d\n", "---\n---\na: b\n", "a: b\n...\n", "--- a: b\n", "a: b\r\n", "a:\n\t- b\n", "\ta: b\n", "a:\tb\n", "a: \tb\n",
		"a: \"b\\n\"\n", "a: 'b''c'\n", "a: \"b\n  c\"\n", "a: b: c\n", "a : b\n", "a: 'b' c\n", "\"a\":b\n", "- a\n-\n- b\n", "-\n", "a: - b\n", "a:\n  - b\n c: d\n", "a: b\n  c: d\n",
		"- a\nb: c\n", "a: b\n- c\n", "[a: b]\n", "[a, b]: c\n", "{a: b}: c\n", "{[a]: b}\n", "{a}\n", "{a: }\n", "{a: , b: c}\n", "[a,, b]\n", "[, a]\n", "[a\n b]\n", "[a]b\n", "[\"a\"b]\n",
		"a: [b,\nc]\n", "a: [b\n]\n", "[\n...\n]\n", "[\n--- a\n]\n", "[a #\n#\n", "{a: b]\n", "[a}\n", "a: [b:]\n", "\"\": a\n", ": a\n", "a: -b\n", "a: @b\n", "a: `b\n", "a: ?b\n", "a: :b\n",
		"a: \xc2\x85 b\n", "a: \xe2\x80\xa8 b\n", "a: \xef\xbb\xbf\n", "# \xe2\x80\xa9\na: b\n" };

	for (unsigned i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (!EXPECT(ask(texts[i], strlen(texts[i])) == DECLINED))
			printf("# %s\n", texts[i]);
}

/* ---- at the limits ---- */

static enum answer of_length(const char *before, char c, size_t n, const char *after)
{
	static char b[1 << 18];
	size_t k = strlen(before), m = strlen(after);

	memcpy(b, before, k);
	memset(b + k, c, n);
	memcpy(b + k + n, after, m);
	return ask(b, k + n + m);
}

static void what_is_too_long_or_too_deep_is_declined(void)
{
	char deep[256], block[256];

	EXPECT(of_length("", 'k', 255, ": v\n") == SAME && of_length("", 'k', 256, ": v\n") == DECLINED);
	EXPECT(of_length("{\"", 'k', 255, "\": v}") == SAME && of_length("{\"", 'k', 256, "\": v}") == DECLINED);
	EXPECT(of_length("k: ", 'v', TREE_TEXT, "\n") == SAME && of_length("k: ", 'v', TREE_TEXT + 1, "\n") == DECLINED);
	EXPECT(of_length("- '", 'v', TREE_TEXT, "'") == SAME && of_length("- '", 'v', TREE_TEXT + 1, "'") == DECLINED);
	EXPECT(of_length("k: v #", '#', 100000, "\n") == SAME && of_length("k: v", ' ', 100000, "\nl:") == SAME && of_length("", ' ', 100000, "k: v") == SAME);
	for (unsigned i = 0; i < 4; i++) {		/* brackets longer than libfyaml looks for a key */
		static const char *const begins[] = { "[", "- [", "k: [", "- k: {x: [" };
		static char b[1 << 14];
		size_t n = strlen(begins[i]);

		memcpy(b, begins[i], n);
		for (unsigned k = 0; k < 2000; k++, n += 3)
			memcpy(b + n, "ab,", 3);
		memcpy(b + n, "]}\n", 3);
		EXPECT(ask(b, n + (i == 3 ? 3 : 1)) == SAME);
	}
	for (unsigned n = TREE_DEPTH - 1; n <= TREE_DEPTH + 1; n++) {
		enum answer is = n > TREE_DEPTH ? DECLINED : SAME;

		memset(deep, '[', n);
		memset(deep + n, ']', n);
		EXPECT(ask(deep, 2 * n) == is);
		for (unsigned i = 0; i < n; i++)
			memcpy(block + 2 * i, "- ", 2);
		block[2 * n] = 'v';
		EXPECT(ask(block, 2 * n + 1) == is);
	}
}

int main(int argc, char **argv)
{
	if (argc > 1)
		root = argv[1];
	if (argc > 2)
		changes = (unsigned)strtoul(argv[2], NULL, 10);
	if (argc > 3)
		seed ^= strtoull(argv[3], NULL, 10) * 0x2545f4914f6cdd1d;
	TEST(every_file_of_the_tree_reads_the_same_whole_cut_and_changed);
	TEST(what_people_and_tools_write_is_taken);
	TEST(what_people_and_tools_write_reads_the_same_cut_and_changed);
	TEST(what_is_not_the_plain_form_is_declined);
	TEST(what_is_too_long_or_too_deep_is_declined);
	printf("# %llu texts, %llu taken by the plain reader\n", (unsigned long long)asked, (unsigned long long)taken);
	return tap_end();
}
