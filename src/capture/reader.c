/*
 * pcap (draft-ietf-opsawg-pcap) and pcapng (draft-ietf-opsawg-pcapng).
 *
 *   pcap    magic(4) version(4) zone(4) sigfigs(4) snaplen(4) link(4); records: s(4) fraction(4) caplen(4) len(4)
 *   pcapng  blocks: type(4) length(4) body, padded to 4, length(4)
 *           Decryption Secrets Block: secrets type(4) length(4) secrets, padded to 4, options
 */
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAGIC_US = 0xa1b2c3d4, MAGIC_NS = 0xa1b23c4d, MAGIC_WIDE = 0xa1b2cd34, MAGIC_NG = 0x0a0d0d0a, MAGIC_ORDER = 0x1a2b3c4d };
enum { BLOCK_IDB = 1, BLOCK_PB = 2, BLOCK_SPB = 3, BLOCK_EPB = 6, BLOCK_DSB = 10, BLOCK_MAX = 16 << 20 };
enum { SECRETS_TLS = 0x544c534b };
enum { OPT_TSRESOL = 9, OPT_TSOFFSET = 14 };
enum got { GOT_FRAME, GOT_OTHER, GOT_END, GOT_WAIT };

static uint32_t rd32(const struct reader *r, const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, 4);
	return r->swap ? __builtin_bswap32(v) : v;
}

static uint16_t rd16(const struct reader *r, const uint8_t *p)
{
	uint16_t v;

	memcpy(&v, p, 2);
	return r->swap ? __builtin_bswap16(v) : v;
}

void reader_trouble(struct reader *r, enum trouble t, const char *what)
{
	struct capture_input *in = &r->in;

	r->done = true;
	if (in->trouble != TROUBLE_NONE)
		return;
	in->trouble = t;
	in->offset = r->src.base;
	switch (t) {
	case TROUBLE_NONE: break;
	case TROUBLE_UNREADABLE: (void)snprintf(in->sentence, sizeof(in->sentence), "%s: cannot be read: %s", in->name, what); break;
	case TROUBLE_EMPTY: (void)snprintf(in->sentence, sizeof(in->sentence), "%s: empty: %s", in->name, what); break;
	case TROUBLE_NOT_CAPTURE:
		(void)snprintf(in->sentence, sizeof(in->sentence), "%s: not a capture: %s; a pcap or pcapng file is wanted, plain, gzip or zstd",
			in->name, what);
		break;
	case TROUBLE_DAMAGED:
		(void)snprintf(in->sentence, sizeof(in->sentence), "%s: damaged at byte %llu%s, after packet %llu: %s; what precedes it was read",
			in->name, (unsigned long long)in->offset, r->src.compressed ? " of the uncompressed stream" : "",
			(unsigned long long)in->packets, what);
		break;
	}
}

/* The end of the file, where a record should go on: clean only when nothing is left. */
static enum got ends(struct reader *r, const char *inside)
{
	if (r->src.failed)
		reader_trouble(r, TROUBLE_DAMAGED, strerror(r->src.error));
	else if (r->src.bad)
		reader_trouble(r, TROUBLE_DAMAGED, r->src.bad);
	else if (source_left(&r->src))
		reader_trouble(r, TROUBLE_DAMAGED, inside);
	r->done = true;
	return GOT_END;
}

static void count_link(struct capture_input *in, uint32_t link)
{
	for (unsigned i = 0; i < CAPTURE_LINKS; i++) {
		if (in->link[i].packets && in->link[i].id != link)
			continue;
		in->link[i].id = link;
		in->link[i].packets++;
		return;
	}
	in->link[CAPTURE_LINKS - 1].packets++;
}

/* Marks where the next frame begins; without memory there are fewer marks. */
static void mark(struct reader *r)
{
	if (r->nmarks == r->cap_marks) {
		uint32_t cap = r->cap_marks ? 2 * r->cap_marks : 64;
		void *v = realloc(r->mark, cap * sizeof(*r->mark));

		if (!v) {
			r->next_mark = UINT32_MAX;
			return;
		}
		r->mark = v;
		r->cap_marks = cap;
	}
	r->mark[r->nmarks].offset = r->src.base;
	r->mark[r->nmarks++].no = r->no;
	r->next_mark = r->no + READER_MARK;
}

/* What follows is not read by what the file's head says: it cannot be entered in its middle. */
static void no_marks(struct reader *r)
{
	r->nmarks = 0;
	r->next_mark = UINT32_MAX;
}

static void give(struct reader *r, struct frame *f, const uint8_t *data, uint32_t caplen, uint32_t wirelen, uint64_t t_ns, uint16_t link)
{
	struct capture_input *in = &r->in;

	f->data = data;
	f->caplen = caplen;
	f->wirelen = wirelen < caplen ? caplen : wirelen;
	f->t_ns = t_ns;
	f->link = link;
	if (!in->packets++)
		in->first_ns = t_ns;
	if (t_ns > in->last_ns)
		in->last_ns = t_ns;
	f->no = ++r->no;
	r->prev_ns = t_ns;
	if (!link_is_read(link))
		count_link(in, link);
}

/* ---- pcap ---- */

/* GOT_OTHER: n octets are there, at r->src.p; else they have to be waited for, or do not come. */
static enum got want(struct reader *r, size_t n, bool stay, const char *cut)
{
	if (source_left(&r->src) >= n)
		return GOT_OTHER;
	if (stay)
		return GOT_WAIT;
	return source_need(&r->src, n) ? GOT_OTHER : ends(r, cut);
}

static enum got pcap_next(struct reader *r, struct frame *f, bool stay)
{
	uint32_t head = r->wide ? 24 : 16, caplen, s, frac;
	enum got g = want(r, head, stay, "a packet's header is cut short");
	const uint8_t *p;

	if (g != GOT_OTHER)
		return g;
	caplen = rd32(r, r->src.p + 8);
	if (caplen > READER_CAPLEN) {
		reader_trouble(r, TROUBLE_DAMAGED, "a packet claims a captured length over 262144");
		return GOT_END;
	}
	if ((g = want(r, head + caplen, stay, "a packet is cut short")) != GOT_OTHER)
		return g;
	p = r->src.p;
	s = rd32(r, p);
	frac = rd32(r, p + 4);
	if (r->no >= r->next_mark)
		mark(r);
	give(r, f, p + head, caplen, rd32(r, p + 12), s * 1000000000ull + (r->nanos ? frac : frac * 1000ull), r->link);
	source_skip(&r->src, head + caplen);
	return GOT_FRAME;
}

/* ---- pcapng ---- */

static void idb_options(struct reader *r, struct interface *i, const uint8_t *p, size_t n)
{
	while (n >= 4) {
		uint16_t code = rd16(r, p), len = rd16(r, p + 2);
		size_t whole = 4 + ((len + 3u) & ~3u);

		if (!code || whole > n)
			return;
		if (code == OPT_TSRESOL && len >= 1) {
			i->power2 = p[4] >> 7;
			i->shift = p[4] & 0x7f;
		}
		if (code == OPT_TSOFFSET && len == 8) {
			uint64_t lo = rd32(r, p + 4), hi = rd32(r, p + 8);

			i->offset_s = r->swap == (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) ? lo << 32 | hi : hi << 32 | lo;
		}
		p += whole;
		n -= whole;
	}
}

static void interface_block(struct reader *r, const uint8_t *body, size_t n)
{
	struct interface *i;

	if (n < 8 || r->niface == READER_INTERFACES) {
		reader_trouble(r, TROUBLE_DAMAGED, n < 8 ? "an interface block is too short" : "a section has more than 4096 interfaces");
		return;
	}
	i = &r->iface[r->niface++];
	*i = (struct interface){ .link = rd16(r, body), .snaplen = rd32(r, body + 4), .shift = 6 };
	idb_options(r, i, body + 8, n - 8);
}

/* Units of the interface's resolution to nanoseconds, without overflow; false: a resolution that cannot be. */
static bool to_ns(const struct interface *i, uint64_t v, uint64_t *t_ns)
{
	__extension__ typedef unsigned __int128 wide;
	wide t = v;

	if (i->power2) {
		if (i->shift > 63)
			return false;
		t = (t * 1000000000) >> i->shift;
	} else {
		if (i->shift > 19)
			return false;
		for (unsigned k = i->shift; k < 9; k++)
			t *= 10;
		for (unsigned k = 9; k < i->shift; k++)
			t /= 10;
	}
	t += (wide)i->offset_s * 1000000000;
	*t_ns = (uint64_t)t;
	return true;
}

static enum got packet_block(struct reader *r, struct frame *f, uint32_t type, const uint8_t *b, size_t n)
{
	uint32_t id = 0, caplen, wirelen;
	const struct interface *i;
	uint64_t t_ns = r->prev_ns;
	size_t at = type == BLOCK_SPB ? 4 : 20;

	if (n < at) {
		reader_trouble(r, TROUBLE_DAMAGED, "a packet block is too short");
		return GOT_END;
	}
	if (type == BLOCK_EPB)
		id = rd32(r, b);
	if (type == BLOCK_PB)
		id = rd16(r, b);
	if (id >= r->niface) {
		reader_trouble(r, TROUBLE_DAMAGED, "a packet names an interface that its section has not described");
		return GOT_END;
	}
	i = &r->iface[id];
	if (type == BLOCK_SPB) {
		wirelen = rd32(r, b);
		caplen = i->snaplen && wirelen > i->snaplen ? i->snaplen : wirelen;
		if (caplen > n - at)
			caplen = (uint32_t)(n - at);
	} else {
		caplen = rd32(r, b + 12);
		wirelen = rd32(r, b + 16);
		if (!to_ns(i, (uint64_t)rd32(r, b + 4) << 32 | rd32(r, b + 8), &t_ns)) {
			reader_trouble(r, TROUBLE_DAMAGED, "an interface has a time resolution that cannot be");
			return GOT_END;
		}
	}
	if (caplen > n - at || caplen > READER_CAPLEN) {
		reader_trouble(r, TROUBLE_DAMAGED, "a packet is longer than its block");
		return GOT_END;
	}
	give(r, f, b + at, caplen, wirelen, t_ns, i->link);
	return GOT_FRAME;
}

/* A section's head says the byte order of all that follows in it. */
static bool section_order(struct reader *r, const uint8_t *p)
{
	uint32_t magic;

	memcpy(&magic, p + 8, 4);
	if (magic != MAGIC_ORDER && magic != __builtin_bswap32(MAGIC_ORDER))
		return false;
	r->swap = magic != MAGIC_ORDER;
	r->niface = 0;
	return true;
}

/* 1.0 is the version that there is; what is written as 1.2 is the same. */
static bool section_known(const struct reader *r, const uint8_t *p)
{
	uint16_t minor = rd16(r, p + 14);

	return rd16(r, p + 12) == 1 && (minor == 0 || minor == 2);
}

/* Records to Wireshark although they hold no packet: its frame numbers count them, so ours do. */
static bool counts_as_frame(uint32_t type)
{
	switch (type) {
	case 0x00000009:				/* systemd journal export */
	case 0x00000bad: case 0x40000bad:		/* custom blocks */
	case 0x00000204: case 0x00000208: case 0x00000216: case 0x00000221:	/* sysdig events */
		return true;
	default:
		return false;
	}
}

/* Goes over len octets, which may be more than the window holds; take: they are of a key log. */
static bool pass(struct reader *r, uint32_t len, bool take)
{
	while (len) {
		size_t n = source_left(&r->src);

		if (!n) {
			if (!source_need(&r->src, 1)) {
				reader_trouble(r, TROUBLE_DAMAGED, "a block is cut short");
				return false;
			}
			continue;
		}
		n = n < len ? n : len;
		if (take)
			r->secrets(r->src.ctx, r->slot, r->src.p, n);
		source_skip(&r->src, n);
		len -= (uint32_t)n;
	}
	return true;
}

/*
 * A Decryption Secrets Block is counted; the key log of TLS in it is handed to who asked for it.  One whose secrets are longer than it
 * is is counted among those of which nothing is known: where the next block begins is certain all the same.
 */
static enum got secrets_block(struct reader *r, uint32_t len)
{
	uint32_t n = 0;
	bool tls;

	r->in.secrets.all++;
	if (len < 20)
		return pass(r, len, false) ? GOT_OTHER : GOT_END;
	if (!source_need(&r->src, 16)) {
		reader_trouble(r, TROUBLE_DAMAGED, "a block is cut short");
		return GOT_END;
	}
	n = rd32(r, r->src.p + 12);
	tls = rd32(r, r->src.p + 8) == SECRETS_TLS && n <= len - 20;
	r->in.secrets.tls += tls;
	if (!tls || !r->secrets)
		return pass(r, len, false) ? GOT_OTHER : GOT_END;
	if (!pass(r, 16, false) || !pass(r, n, true) || !pass(r, len - 16 - n, false))
		return GOT_END;
	r->secrets(r->src.ctx, r->slot, NULL, 0);
	return GOT_OTHER;
}

static enum got ng_next(struct reader *r, struct frame *f, bool stay)
{
	uint32_t type, len;
	enum got g = want(r, 12, stay, "a block's head is cut short");
	const uint8_t *p;

	if (g != GOT_OTHER)
		return g;
	p = r->src.p;
	memcpy(&type, p, 4);
	if (type == MAGIC_NG) {
		if (!section_order(r, p)) {
			reader_trouble(r, TROUBLE_DAMAGED, "a section's byte-order mark is wrong");
			return GOT_END;
		}
	} else {
		type = rd32(r, p);
	}
	len = rd32(r, p + 4);
	if (len < 12 || len & 3 || len > BLOCK_MAX || (type == MAGIC_NG && len < 28)) {
		reader_trouble(r, TROUBLE_DAMAGED, "a block's length cannot be");
		return GOT_END;
	}
	if (type == MAGIC_NG) {
		if ((g = want(r, 16, stay, "a block is cut short")) != GOT_OTHER)
			return g;
		if (!section_known(r, r->src.p)) {
			reader_trouble(r, r->src.base ? TROUBLE_DAMAGED : TROUBLE_NOT_CAPTURE, "a section is of a version of pcapng that there is not");
			return GOT_END;
		}
	}
	if (len > SOURCE_FRONT) {
		if (stay)		/* going over it moves the window */
			return GOT_WAIT;
		if (type == BLOCK_EPB || type == BLOCK_SPB || type == BLOCK_PB || type == BLOCK_IDB) {
			reader_trouble(r, TROUBLE_DAMAGED, "a packet or interface block is larger than 384 KiB");
			return GOT_END;
		}
		r->no += counts_as_frame(type);
		return type == BLOCK_DSB ? secrets_block(r, len) : pass(r, len, false) ? GOT_OTHER : GOT_END;
	}
	if ((g = want(r, len, stay, "a block is cut short")) != GOT_OTHER)
		return g;
	p = r->src.p;
	if (rd32(r, p + len - 4) != len) {
		reader_trouble(r, TROUBLE_DAMAGED, "a block's two lengths differ");
		return GOT_END;
	}
	if (type == MAGIC_NG ? r->no > 0 : type == BLOCK_SPB)
		no_marks(r);
	if (r->no >= r->next_mark)
		mark(r);
	if (type == BLOCK_IDB)
		interface_block(r, p + 8, len - 12);
	else if (type == BLOCK_EPB || type == BLOCK_SPB || type == BLOCK_PB)
		g = packet_block(r, f, type, p + 8, len - 12);
	else if (type == BLOCK_DSB)
		return secrets_block(r, len);
	if (r->done)
		return GOT_END;
	r->no += counts_as_frame(type);
	source_skip(&r->src, len);
	return g;
}

bool reader_next(struct reader *r, struct frame *f, bool stay)
{
	enum got g = GOT_OTHER;

	while (!r->done && g == GOT_OTHER)
		g = r->ng ? ng_next(r, f, stay) : pcap_next(r, f, stay);
	r->in.bytes = r->in.upto = r->src.raw;
	return !r->done && g == GOT_FRAME;
}

/* ---- opening ---- */

static void head(struct reader *r)
{
	uint32_t magic = 0;

	if (r->src.failed) {
		reader_trouble(r, TROUBLE_UNREADABLE, strerror(r->src.error));
		return;
	}
	if (!source_need(&r->src, 1) && !r->src.bad) {
		reader_trouble(r, TROUBLE_EMPTY, "it holds no byte");
		return;
	}
	if (source_need(&r->src, 4))
		memcpy(&magic, r->src.p, 4);
	if (magic == MAGIC_NG) {
		r->ng = true;
		r->iface = calloc(READER_INTERFACES, sizeof(*r->iface));
		if (!r->iface)
			reader_trouble(r, TROUBLE_UNREADABLE, "out of memory");
		return;
	}
	r->swap = magic == __builtin_bswap32(MAGIC_US) || magic == __builtin_bswap32(MAGIC_NS) || magic == __builtin_bswap32(MAGIC_WIDE);
	if (r->swap)
		magic = __builtin_bswap32(magic);
	if (magic != MAGIC_US && magic != MAGIC_NS && magic != MAGIC_WIDE) {
		reader_trouble(r, r->src.bad ? TROUBLE_DAMAGED : TROUBLE_NOT_CAPTURE, r->src.bad ? r->src.bad : "it begins with something else");
		return;
	}
	if (!source_need(&r->src, 24)) {
		reader_trouble(r, TROUBLE_DAMAGED, "the file header is cut short");
		return;
	}
	if (rd16(r, r->src.p + 4) < 2) {
		reader_trouble(r, TROUBLE_NOT_CAPTURE, "it is of a version of pcap before 2");
		return;
	}
	r->nanos = magic == MAGIC_NS;
	r->wide = magic == MAGIC_WIDE;
	r->link = (uint16_t)rd32(r, r->src.p + 20);
	source_skip(&r->src, 24);
}

static int start(struct reader *r, int fd)
{
	int err = source_open(&r->src, fd);

	if (err != FW_OK)
		return err;
	head(r);
	r->in.bytes = r->in.upto = r->src.raw;
	if (S_ISREG(r->st.st_mode) && !r->src.compressed)
		r->next_mark = 0;
	return FW_OK;
}

int reader_open(struct reader *r, const char *name, uint32_t slot, const struct capture_opts *o)
{
	int fd = 0;

	*r = (struct reader){ .slot = slot, .secrets = o->secrets, .next_mark = UINT32_MAX,
		.src = { .fd = -1, .digest = o->digest, .ctx = o->ctx, .slot = slot, .stop = o->stop } };
	r->in.name = strdup(name);
	if (!r->in.name)
		return FW_ENOMEM;
	if (strcmp(name, "-")) {
		fd = open(name, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || fstat(fd, &r->st)) {
			reader_trouble(r, TROUBLE_UNREADABLE, strerror(errno));
			if (fd >= 0)
				(void)close(fd);
			return FW_OK;
		}
		if (S_ISDIR(r->st.st_mode)) {
			reader_trouble(r, TROUBLE_UNREADABLE, "a directory inside a directory is not followed");
			(void)close(fd);
			return FW_OK;
		}
	}
	if (o->spool && !S_ISREG(r->st.st_mode)) {	/* standard input too, whatever it is */
		r->src.spool = o->spool(o->ctx);
		if (r->src.spool <= 0)
			r->src.spool_error = errno ? errno : EBADF;
	}
	return start(r, fd);
}

int reader_open_fd(struct reader *r, const char *name, int fd, int stop)
{
	*r = (struct reader){ .next_mark = UINT32_MAX, .src = { .fd = -1, .stop = stop } };
	r->in.name = strdup(name);
	if (r->in.name)
		return start(r, fd);
	(void)close(fd);
	return FW_ENOMEM;
}

void reader_close(struct reader *r)
{
	source_close(&r->src);
	free(r->iface);
	free(r->mark);
	free(r->in.name);
	*r = (struct reader){ .src = { .fd = -1 } };
}
