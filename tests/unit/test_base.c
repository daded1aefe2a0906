/* The floor: cursor, addresses, times, tables, JSON. */
#include "addr.h"
#include "cur.h"
#include "json.h"
#include "table.h"
#include "tap.h"

static const struct hash_key hk = { { 0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89 } };	/* small ones mix badly */

static void a_cursor_keeps_its_first_cause(void)
{
	static const uint8_t b[] = { 1, 2, 3 };
	struct cur c = cur_make(b, sizeof(b), false);

	EXPECT(cur_u16(&c) == 0x0102);
	EXPECT(cur_u16(&c) == 0 && c.why == CUR_SHORT);
	cur_refuse(&c, CUR_VALUE);
	EXPECT(c.why == CUR_SHORT);
	c = cur_make(b, sizeof(b), true);
	EXPECT(cur_u32(&c) == 0 && c.why == CUR_CUT);
}

static void a_child_cursor_never_reaches_past_its_parent(void)
{
	static const uint8_t b[] = { 1, 2, 3, 4 };
	struct cur c = cur_make(b, sizeof(b), false), s = cur_sub(&c, 2);

	EXPECT(cur_left(&s) == 2 && cur_left(&c) == 2);
	(void)cur_u32(&s);
	EXPECT(s.why == CUR_SHORT && c.why == CUR_OK);
	s = cur_sub(&c, 9);
	EXPECT(c.why == CUR_SHORT && cur_left(&s) == 2);
}

static bool same_text(const char *in, const char *want)
{
	struct addr a;
	char out[ADDR_TEXT];

	if (!addr_parse(in, strlen(in), &a))
		return false;
	addr_text(&a, out);
	return !strcmp(out, want);
}

static void addresses_have_one_canonical_text(void)
{
	struct addr a;

	EXPECT(same_text("10.0.0.1", "10.0.0.1"));
	EXPECT(same_text("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"));
	EXPECT(same_text("::", "::"));
	EXPECT(same_text("::1", "::1"));
	EXPECT(same_text("fe80::", "fe80::"));
	EXPECT(same_text("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"));
	EXPECT(same_text("::ffff:192.0.2.1", "::ffff:192.0.2.1"));
	EXPECT(!addr_parse("10.0.0.256", 10, &a) && !addr_parse("1::2::3", 7, &a) && !addr_parse("10.0.0", 6, &a) && !addr_parse(":1", 2, &a));
}

static void prefixes_hold_what_they_say(void)
{
	struct addr a, n;

	(void)addr_parse("10.60.3.4", 9, &a);
	(void)addr_parse("10.60.0.0", 9, &n);
	EXPECT(addr_in(&a, &n, 16) && !addr_in(&a, &n, 24) && addr_in(&a, &n, 0));
	n = addr_net(&a, 24);
	EXPECT(n.b[2] == 3 && n.b[3] == 0);
}

static void times_are_rfc_3339_with_nanoseconds(void)
{
	char out[TIME_TEXT];
	uint64_t t;

	time_text(1614834367000000001, out);
	EXPECT(!strcmp(out, "2021-03-04T05:06:07.000000001Z"));
	EXPECT(time_parse(out, strlen(out), &t) && t == 1614834367000000001);
	time_text(0, out);
	EXPECT(!strcmp(out, "1970-01-01T00:00:00.000000000Z"));
	EXPECT(time_parse("2024-02-29T23:59:59.999999999Z", 30, &t));
	time_text(t + 1, out);
	EXPECT(!strcmp(out, "2024-03-01T00:00:00.000000000Z"));
	EXPECT(!time_parse("2024-02-29 23:59:59.999999999Z", 30, &t));
}

struct rec { uint64_t key, value; };

static void a_table_finds_what_it_holds_after_growth_and_removal(void)
{
	struct table t;
	bool made, fine = true;

	EXPECT(table_init(&t, 8, sizeof(struct rec), 20000, &hk) == 0);
	for (uint64_t k = 0; k < 20000; k++) {
		uint32_t i = table_get(&t, &k, table_hash(&t, &k), &made);

		fine = fine && made && i != TABLE_NONE;
		((struct rec *)table_at(&t, i))->value = k * 3;
	}
	EXPECT(fine);
	for (uint64_t k = 0; k < 20000; k += 2)
		table_remove(&t, table_find(&t, &k, table_hash(&t, &k)));
	for (uint64_t k = 0; k < 20000; k++) {
		uint32_t i = table_find(&t, &k, table_hash(&t, &k));

		fine = fine && (k % 2 ? i != TABLE_NONE && ((struct rec *)table_at(&t, i))->value == k * 3 : i == TABLE_NONE);
	}
	EXPECT(fine && t.used == 10000);
	for (uint64_t k = 50000; k < 60000; k++)
		fine = fine && table_get(&t, &k, table_hash(&t, &k), &made) != TABLE_NONE;
	EXPECT(fine);
	{
		uint64_t k = 99;

		k = 999999;
		EXPECT(table_get(&t, &k, table_hash(&t, &k), &made) == TABLE_NONE && t.refused == 1);
	}
	table_free(&t);
}

struct odd_rec { uint32_t id; uint8_t more[5], is; uint8_t pad[6]; };	/* a key of 9 octets, as some have: its end is in no whole word */

static void what_was_found_last_is_no_other_and_nothing_removed(void)
{
	static bool there[30000];
	uint64_t rng = 1;
	struct table t;
	bool made, fine = true;

	EXPECT(table_init(&t, 9, sizeof(struct odd_rec), 30000, &hk) == 0);
	for (unsigned n = 0; n < 300000; n++) {
		struct odd_rec k = { .id = 0 };
		uint32_t i, plain;

		rng = rng * 6364136223846793005 + 1442695040888963407;
		k.id = (uint32_t)(rng >> 40) % 10000;
		k.more[4] = (uint8_t)((rng >> 33) % 3);		/* the same slot, another key */
		plain = table_find(&t, &k, table_hash(&t, &k));
		fine = fine && table_seek_of(&t, &k, 9) == plain && table_seek(&t, &k) == plain && (plain != TABLE_NONE) == there[k.id * 3 + k.more[4]];
		if (rng >> 62) {
			i = rng >> 32 & 1 ? table_take(&t, &k, &made) : table_take_of(&t, &k, 9, &made);
			fine = fine && made == (plain == TABLE_NONE) && i == table_find(&t, &k, table_hash(&t, &k));
			there[k.id * 3 + k.more[4]] = true;
		} else if (plain != TABLE_NONE) {
			table_remove(&t, plain);
			there[k.id * 3 + k.more[4]] = false;
			fine = fine && table_seek(&t, &k) == TABLE_NONE && !table_live(&t, plain);
		}
	}
	EXPECT(fine && t.used > 10000);
	table_seal(&t);
	for (uint32_t i = 0, n = 0; i < t.high; i++) {
		n += table_live(&t, i);
		fine = fine && (i + 1 < t.high || n == t.used);
	}
	EXPECT(fine);
	table_free(&t);
}

/* Does this key go to the first line of a table of up to 1024, and (tag) with the tag of the others? */
static bool collides(const struct table *t, uint64_t key, bool tag)
{
	uint64_t h = table_hash(t, &key);

	return (uint32_t)h < 1u << 22 && (!tag || h >> 56 == 0x5a);
}

/* Keys made for one secret go to one line and look alike there; who does not know the secret cannot make them. */
static void keys_that_collide_are_found_and_another_secret_spreads_them_CVE_2024_47187(void)
{
	enum { ALIKE = 30, KEYS = 2000 };		/* more than a line has ways; more than 200 lines */
	static const struct hash_key other = { { 0x452821e638d01377, 0xbe5466cf34e90c6c, 0xc0ac29b7c97c50dd, 0x3f84d5b5b5470917 } };
	static uint64_t key[KEYS];
	static bool line[1024];
	struct table t, u;
	bool made, fine = true;
	unsigned n = 0, lines = 0;

	EXPECT(table_init(&t, 8, sizeof(struct rec), KEYS, &hk) == 0 && table_init(&u, 8, sizeof(struct rec), KEYS, &other) == 0);
	for (uint64_t k = 0; n < KEYS; k++)
		if (collides(&t, k, n < ALIKE))
			key[n++] = k;
	for (unsigned i = 0; i < KEYS; i++) {
		((struct rec *)table_at(&t, table_get(&t, &key[i], table_hash(&t, &key[i]), &made)))->value = i;
		fine = fine && made;
		((struct rec *)table_at(&u, table_get(&u, &key[i], table_hash(&u, &key[i]), &made)))->value = i;
		fine = fine && made;
	}
	EXPECT(fine && t.lines <= 1024);
	for (unsigned i = 0; i < KEYS; i++) {
		uint32_t a = table_find(&t, &key[i], table_hash(&t, &key[i])), b = table_find(&u, &key[i], table_hash(&u, &key[i]));

		fine = fine && a != TABLE_NONE && b != TABLE_NONE && ((struct rec *)table_at(&t, a))->value == i && ((struct rec *)table_at(&u, b))->value == i;
		fine = fine && table_slot(&t, table_hash(&t, &key[i])) == 0;
		line[table_slot(&u, table_hash(&u, &key[i]))] = true;
	}
	EXPECT(fine);
	for (unsigned i = 0; i < 1024; i++)
		lines += line[i];
	EXPECT(lines > u.lines - u.lines / 20);		/* nearly every line has some */
	for (unsigned i = 0; i < KEYS; i += 2)
		table_remove(&t, table_find(&t, &key[i], table_hash(&t, &key[i])));
	for (unsigned i = 0; i < KEYS; i++)
		fine = fine && (table_find(&t, &key[i], table_hash(&t, &key[i])) != TABLE_NONE) == (i % 2 == 1);
	EXPECT(fine && t.used == KEYS / 2);
	table_free(&t);
	table_free(&u);
}

static char text[4096];
static size_t ntext;

static int collect(void *ctx, const char *p, size_t n)
{
	(void)ctx;
	if (ntext + n >= sizeof(text))
		return -1;
	memcpy(text + ntext, p, n);
	ntext += n;
	text[ntext] = 0;
	return 0;
}

static void json_escapes_what_it_must(void)
{
	static struct json j;

	ntext = 0;
	json_start(&j, collect, NULL);
	json_open(&j);
	json_key(&j, "a\"b");
	json_text(&j, "x\\\n\x01\xff\xc3\xa9\xe2\x82", 9);
	json_knum(&j, "big", UINT64_MAX);
	json_knum(&j, "edge", (uint64_t)1 << 53);
	json_key(&j, "l");
	json_list(&j);
	json_num(&j, 1);
	json_bool(&j, true);
	json_nil(&j);
	json_list_end(&j);
	json_close(&j);
	EXPECT(json_done(&j) == 0);
	EXPECT(!strcmp(text, "{\"a\\\"b\":\"x\\\\\\u000a\\u0001\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\",\"big\":\"18446744073709551615\","
		"\"edge\":9007199254740992,\"l\":[1,true,null]}"));
}

int main(void)
{
	TEST(a_cursor_keeps_its_first_cause);
	TEST(a_child_cursor_never_reaches_past_its_parent);
	TEST(addresses_have_one_canonical_text);
	TEST(prefixes_hold_what_they_say);
	TEST(times_are_rfc_3339_with_nanoseconds);
	TEST(a_table_finds_what_it_holds_after_growth_and_removal);
	TEST(what_was_found_last_is_no_other_and_nothing_removed);
	TEST(keys_that_collide_are_found_and_another_secret_spreads_them_CVE_2024_47187);
	TEST(json_escapes_what_it_must);
	return tap_end();
}
