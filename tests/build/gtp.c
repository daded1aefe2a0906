#include "gtp.h"

static struct buf head(unsigned flags, unsigned type, uint32_t teid)
{
	struct buf b = { 0 };

	put8(&b, 0x30 | flags);
	put8(&b, type);
	put16(&b, 0);
	put32(&b, teid);
	return b;
}

/* The length counts what follows the first eight octets. */
static struct buf done(struct buf b)
{
	set16(&b, 2, (unsigned)(b.n - 8));
	return b;
}

struct buf gtp_pdu(uint32_t teid, struct buf packet)
{
	struct buf b = head(0, GTP_PDU, teid);

	put_buf(&b, packet);
	return done(b);
}

static struct buf contained(uint32_t teid, unsigned pdu_type, unsigned qfi, struct buf packet)
{
	struct buf b = head(4, GTP_PDU, teid);

	put32(&b, 0x00000085);		/* no sequence number, no N-PDU number, a container follows */
	put8(&b, 1);
	put8(&b, pdu_type << 4);
	put8(&b, qfi);
	put8(&b, 0);
	put_buf(&b, packet);
	return done(b);
}

struct buf gtp_pdu_dl(uint32_t teid, unsigned qfi, struct buf packet) { return contained(teid, 0, qfi, packet); }
struct buf gtp_pdu_ul(uint32_t teid, unsigned qfi, struct buf packet) { return contained(teid, 1, qfi, packet); }

struct buf gtp_pdu_numbered(uint32_t teid, unsigned seq, struct buf packet)
{
	struct buf b = head(2, GTP_PDU, teid);

	put16(&b, seq);
	put16(&b, 0);
	put_buf(&b, packet);
	return done(b);
}

struct buf gtp_pdu_pdcp(uint32_t teid, unsigned pdcp, unsigned qfi, struct buf packet)
{
	struct buf b = head(4, GTP_PDU, teid);

	put32(&b, 0x000000c0);
	put8(&b, 1);
	put16(&b, pdcp);
	put8(&b, 0x85);
	put8(&b, 1);
	put8(&b, 0);
	put8(&b, qfi);
	put8(&b, 0);
	put_buf(&b, packet);
	return done(b);
}

static struct buf numbered(unsigned type, unsigned seq)
{
	struct buf b = head(2, type, 0);

	put16(&b, seq);
	put16(&b, 0);
	return b;
}

struct buf gtp_echo(unsigned seq) { return done(numbered(GTP_ECHO, seq)); }

struct buf gtp_echo_answer(unsigned seq, bool recovery)
{
	struct buf b = numbered(GTP_ECHO_ANSWER, seq);

	if (recovery)
		put16(&b, 0x0e00);
	return done(b);
}

struct buf gtp_error(uint32_t teid, const struct ip *peer)
{
	struct buf b = numbered(GTP_ERROR, 0);

	put8(&b, 16);
	put32(&b, teid);
	put8(&b, 133);
	put16(&b, (unsigned)ip_len(peer));
	put_mem(&b, peer->b, ip_len(peer));
	return done(b);
}

struct buf gtp_end_marker(uint32_t teid) { return done(head(0, GTP_END_MARKER, teid)); }

struct buf gtp_extensions(unsigned seq)
{
	struct buf b = numbered(GTP_EXTENSIONS, seq);

	put8(&b, 141);
	put8(&b, 1);
	put8(&b, 0x85);
	return done(b);
}
