/*
 * Packets as octets: what carries a fact is marked, what may not be shown is not there.  Meaning is never by colour alone: marks
 * are underlined, masked octets are two dots, and the caption says both in words.
 */
#include "inside.h"

#include "addr.h"

#include <stdio.h>
#include <stdlib.h>

enum { PER_ROW = 16, WHOLE = 512, BEGIN_ROWS = 8, AROUND = 2, ROWS_MOST = 48, MARKS = 32, OF_FINDING = 4, DRAWN_MOST = 400 };
enum { MARKED = 1, MASKED = 2 };

static size_t packet_at(const struct page *p, const json_t *ground)
{
	uint64_t input = get_num(ground, "input"), frame = get_num(ground, "frame");
	size_t lo = 0, hi = p->in->npackets;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const struct report_packet *x = &p->in->packet[mid];

		if (x->input < input || (x->input == input && x->frame < frame))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < p->in->npackets && p->in->packet[lo].input == input && p->in->packet[lo].frame == frame ? lo : SIZE_MAX;
}

int packets_plan(struct page *p)
{
	const json_t *findings = get(p->r, "findings");
	unsigned n = 0;

	p->drawn = calloc(p->in->npackets + 1, 1);
	if (!p->drawn)
		return FW_ENOMEM;
	for (size_t i = 0; i < json_array_size(findings) && i < PAGE_KEEP; i++) {
		const json_t *grounds = get(json_array_get(findings, i), "grounds");

		for (size_t k = 0; k < json_array_size(grounds) && k < OF_FINDING && n < DRAWN_MOST; k++) {
			size_t at = packet_at(p, json_array_get(grounds, k));

			if (at != SIZE_MAX && p->in->packet[at].octets && !p->drawn[at]) {
				p->drawn[at] = DRAWN_WILL;
				n++;
			}
		}
	}
	return FW_OK;
}

bool packet_planned(const struct page *p, const json_t *ground)
{
	size_t at = packet_at(p, ground);

	return at != SIZE_MAX && p->drawn[at];
}

/* ---- one packet ---- */

static unsigned state_of(const struct report_packet *x, uint32_t i)
{
	unsigned s = x->masked && x->masked[i / 8] >> i % 8 & 1 ? MASKED : 0;

	for (uint32_t k = 0; k < x->nmarks && k < MARKS; k++)
		if (i >= x->mark[k].off && i - x->mark[k].off < x->mark[k].len)
			s |= MARKED;
	return s;
}

static void become(struct page *p, unsigned *was, unsigned now)
{
	static const char *const begin[] = { "", "<mark>", "<i>", "<mark><i>" }, *const end[] = { "", "</mark>", "</i>", "</i></mark>" };

	if (*was == now)
		return;
	page_raw(p, end[*was]);
	page_raw(p, begin[now]);
	*was = now;
}

static void row(struct page *p, const struct report_packet *x, uint32_t from)
{
	uint32_t n = x->caplen - from < PER_ROW ? x->caplen - from : PER_ROW;
	unsigned was = 0, state;

	page_mark(p, "%04x  ", from);
	for (uint32_t i = 0; i < n; i++) {
		state = state_of(x, from + i);
		if (state != was) {		/* the space belongs to neither */
			become(p, &was, 0);
			page_raw(p, i ? " " : "");
			become(p, &was, state);
		} else {
			page_raw(p, i ? " " : "");
		}
		if (state & MASKED)
			page_raw(p, "\xc2\xb7\xc2\xb7");
		else
			page_mark(p, "%02x", x->octets[from + i]);
	}
	become(p, &was, 0);
	page_mark(p, "%*s", (int)(PER_ROW - n) * 3 + 2, "");
	for (uint32_t i = 0; i < n; i++) {
		uint8_t c = x->octets[from + i];

		state = state_of(x, from + i);
		become(p, &was, state);
		if (state & MASKED)
			page_raw(p, "\xc2\xb7");
		else
			page_text(p, (struct str){ c >= 0x20 && c < 0x7f ? (const char *)&c : ".", 1 });
	}
	become(p, &was, 0);
	page_raw(p, "\n");
}

/* Long packets: their begin, and what is near a mark. */
static bool row_wanted(const struct report_packet *x, uint32_t from, unsigned shown)
{
	uint32_t lo = from < AROUND * PER_ROW ? 0 : from - AROUND * PER_ROW, hi = from + (AROUND + 1) * PER_ROW;

	if (x->caplen <= WHOLE || from < BEGIN_ROWS * PER_ROW)
		return true;
	for (uint32_t k = 0; shown < ROWS_MOST && k < x->nmarks && k < MARKS; k++)
		if (x->mark[k].off < hi && (uint64_t)x->mark[k].off + x->mark[k].len > lo)
			return true;
	return false;
}

static void octets(struct page *p, const struct report_packet *x)
{
	uint32_t hidden = 0;
	unsigned shown = 0;

	for (uint32_t from = 0; from < x->caplen; from += PER_ROW) {
		uint32_t n = x->caplen - from < PER_ROW ? x->caplen - from : PER_ROW;

		if (!row_wanted(x, from, shown)) {
			hidden += n;
			continue;
		}
		if (hidden)
			page_mark(p, "      ... %u octets are not shown\n", hidden);
		hidden = 0;
		row(p, x, from);
		shown++;
	}
	if (hidden)
		page_mark(p, "      ... %u octets are not shown\n", hidden);
}

static void marks_in_words(struct page *p, const struct report_packet *x)
{
	unsigned n = 0;

	for (uint32_t k = 0; k < x->nmarks && k < MARKS; k++) {
		const struct report_mark *m = &x->mark[k];
		uint32_t end;

		if (m->off >= x->caplen || !m->len)
			continue;
		end = m->len > x->caplen - m->off ? x->caplen : m->off + m->len;
		page_raw(p, n++ ? ", " : " Marked: ");
		if (end - m->off == 1)
			page_mark(p, "octet %u", m->off);
		else
			page_mark(p, "octets %u to %u", m->off, end - 1);
		if (m->what) {
			page_raw(p, " (");
			page_name(p, (struct str){ m->what, strlen(m->what) });
			page_raw(p, ")");
		}
	}
	if (n)
		page_raw(p, ".");
}

static void packet(struct page *p, const struct report_packet *x)
{
	const json_t *in = json_array_get(get(p->r, "inputs"), x->input);
	uint32_t masked = 0;
	char iso[TIME_TEXT];

	for (uint32_t i = 0; x->masked && i < x->caplen; i++)
		masked += x->masked[i / 8] >> i % 8 & 1;
	page_mark(p, "<figure class=\"packet\" id=\"p-%u-%u\"><figcaption>Frame %u of ", x->input, x->frame, x->frame);
	page_name(p, in ? get_text(in, "name") : (struct str){ "?", 1 });
	page_raw(p, ", ");
	page_time(p, (struct str){ iso, time_text(x->t_ns, iso) });
	page_mark(p, ", %u octets", x->wirelen);
	if (x->caplen < x->wirelen)
		page_mark(p, ", %u of them captured", x->caplen);
	page_raw(p, ".");
	marks_in_words(p, x);
	if (masked)
		page_mark(p, " Masked: %u octet%s, shown as dots.", masked, plural(masked));
	page_mark(p, "</figcaption>\n<pre class=\"hex\" role=\"group\" tabindex=\"0\" aria-label=\"Octets of frame %u of input %u\">", x->frame, x->input);
	octets(p, x);
	page_raw(p, "</pre></figure>\n");
}

void page_packets(struct page *p, const json_t *grounds)
{
	size_t n = json_array_size(grounds), here[OF_FINDING], nhere = 0, left = 0, above = 0;

	for (size_t i = 0; i < n && i < OF_FINDING; i++) {
		size_t at = packet_at(p, json_array_get(grounds, i));

		if (at == SIZE_MAX || p->drawn[at] != DRAWN_WILL)
			continue;
		packet(p, &p->in->packet[at]);
		p->drawn[at] = DRAWN_DONE;
		here[nhere++] = at;
	}
	for (size_t i = 0; i < n; i++) {
		size_t at = packet_at(p, json_array_get(grounds, i));
		bool now = false;

		if (at == SIZE_MAX || !p->in->packet[at].octets)
			continue;
		for (size_t k = 0; k < nhere; k++)
			now |= here[k] == at;
		if (now)
			continue;
		if (p->drawn[at] == DRAWN_DONE)
			page_mark(p, "%s<a href=\"#p-%u-%u\">frame %u</a>", above++ ? ", " : "<p class=\"dim\">Shown above: ", p->in->packet[at].input, p->in->packet[at].frame,
				p->in->packet[at].frame);
		else
			left++;
	}
	if (above)
		page_raw(p, ".</p>\n");
	if (left)
		page_mark(p, "<p class=\"dim\">%llu more packet%s that show%s it: in evidence/packets.pcapng.</p>\n", (unsigned long long)left, plural(left), left == 1 ? "s" : "");
}
