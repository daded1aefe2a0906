/*
 * What is left of the last block is moved in front of a page-aligned block, so that read(2) always
 * copies to the same page offset, and the window is one piece.
 */
#include "source.h"

#include "err.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

static void spool(struct source *s, const uint8_t *p, size_t n)
{
	while (n) {
		ssize_t w = write(s->spool, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0) {
			s->spool_error = w ? errno : ENOSPC;
			return;
		}
		p += w;
		n -= (size_t)w;
	}
}

/* Waits for octets.  False: reading is to end. */
static bool may_read(const struct source *s)
{
	struct pollfd on[2] = { { .fd = s->stop, .events = POLLIN }, { .fd = s->fd, .events = POLLIN } };

	if (s->stop > 0)
		while (poll(on, 2, -1) < 0 && errno == EINTR)
			;
	return !on[0].revents;
}

static size_t raw_read(struct source *s, uint8_t *to, size_t room)
{
	size_t n = 0;

	while (n < room) {
		ssize_t r;

		if (!may_read(s)) {
			s->failed = true;
			s->error = ECANCELED;
			break;
		}
		r = read(s->fd, to + n, room - n);
		if (r == 0)
			break;
		if (r < 0) {
			if (errno == EINTR)
				continue;
			s->failed = true;
			s->error = errno;
			break;
		}
		n += (size_t)r;
	}
	s->raw += n;
	if (n && s->digest)
		s->digest(s->ctx, s->slot, to, n);
	if (n && s->spool > 0 && !s->spool_error)
		spool(s, to, n);
	return n;
}

static bool refill_in(struct source *s)
{
	s->nin = raw_read(s, s->in, SOURCE_BLOCK);
	s->at_in = 0;
	return s->nin != 0;
}

static size_t gz_read(struct source *s, uint8_t *to, size_t room)
{
	z_stream *z = s->gz;

	z->next_out = to;
	z->avail_out = (uInt)room;
	while (z->avail_out) {
		int r;

		if (s->at_in == s->nin && !refill_in(s)) {
			if (!s->member_done && !s->bad)
				s->bad = "the gzip stream ends before its end";
			break;
		}
		if (s->member_done) {			/* another member may follow */
			if (s->in[s->at_in] != 0x1f || inflateReset(z) != Z_OK)
				break;
			s->member_done = false;
		}
		z->next_in = s->in + s->at_in;
		z->avail_in = (uInt)(s->nin - s->at_in);
		r = inflate(z, Z_NO_FLUSH);
		s->at_in = s->nin - z->avail_in;
		if (r == Z_STREAM_END) {
			s->member_done = true;
		} else if (r != Z_OK && r != Z_BUF_ERROR) {
			s->bad = "the gzip stream is corrupt";
			break;
		}
	}
	return room - z->avail_out;
}

static size_t zs_read(struct source *s, uint8_t *to, size_t room)
{
	ZSTD_outBuffer out = { to, room, 0 };

	while (out.pos < out.size) {
		ZSTD_inBuffer in;
		size_t r;

		if (s->at_in == s->nin && !refill_in(s)) {
			if (!s->member_done && !s->bad)
				s->bad = "the zstd stream ends before its end";
			break;
		}
		in = (ZSTD_inBuffer){ s->in, s->nin, s->at_in };
		r = ZSTD_decompressStream(s->zs, &out, &in);
		s->at_in = in.pos;
		if (ZSTD_isError(r)) {
			s->bad = "the zstd stream is corrupt";
			break;
		}
		s->member_done = r == 0;
	}
	return out.pos;
}

static size_t fill(struct source *s, uint8_t *to, size_t room)
{
	if (s->gz)
		return gz_read(s, to, room);
	return s->zs ? zs_read(s, to, room) : raw_read(s, to, room);
}

bool source_need(struct source *s, size_t n)
{
	while (source_left(s) < n && !s->eof) {
		size_t left = source_left(s), got;

		if (left > SOURCE_FRONT)
			return false;
		memmove(s->lo - left, s->p, left);
		s->p = s->lo - left;
		got = fill(s, s->lo, SOURCE_BLOCK);
		s->end = s->lo + got;
		if (got < SOURCE_BLOCK)
			s->eof = true;
	}
	return source_left(s) >= n;
}

/* Turns what was read so far into the compressed input. */
static int decompress(struct source *s)
{
	static const uint8_t zstd_magic[4] = { 0x28, 0xb5, 0x2f, 0xfd };
	size_t n = source_left(s);

	if (n >= 2 && s->p[0] == 0x1f && s->p[1] == 0x8b) {
		s->gz = calloc(1, sizeof(z_stream));
		if (!s->gz)
			return FW_ENOMEM;
		if (inflateInit2((z_stream *)s->gz, 15 + 16) != Z_OK) {
			free(s->gz);
			s->gz = NULL;
			return FW_ENOMEM;
		}
	} else if (n >= 4 && !memcmp(s->p, zstd_magic, 4)) {
		s->zs = ZSTD_createDStream();
		if (!s->zs)
			return FW_ENOMEM;
		(void)ZSTD_DCtx_setParameter(s->zs, ZSTD_d_windowLogMax, 27);
	} else {
		return FW_OK;
	}
	s->in = malloc(SOURCE_BLOCK);
	if (!s->in)
		return FW_ENOMEM;
	memcpy(s->in, s->p, n);
	s->nin = n;
	s->at_in = 0;
	s->p = s->end = s->lo;
	s->eof = false;
	s->compressed = true;
	return FW_OK;
}

int source_open(struct source *s, int fd)
{
	s->fd = fd;
	s->mem = aligned_alloc(4096, SOURCE_FRONT + SOURCE_BLOCK);
	if (!s->mem)
		return FW_ENOMEM;
	memset(s->mem + SOURCE_FRONT, 0, SOURCE_BLOCK);		/* pages are there before the first read */
	s->lo = s->mem + SOURCE_FRONT;
	s->p = s->end = s->lo;
	(void)source_need(s, 4);
	return decompress(s);
}

bool source_seek(struct source *s, uint64_t offset)
{
	if (s->compressed || s->failed || lseek(s->fd, (off_t)offset, SEEK_SET) < 0)
		return false;
	s->p = s->end = s->lo;
	s->base = offset;
	s->eof = false;
	return true;
}

void source_drain(struct source *s)
{
	if (s->fd < 0 || !s->mem)
		return;
	while (raw_read(s, s->lo, SOURCE_BLOCK) == SOURCE_BLOCK)
		;
	s->p = s->end = s->lo;
	s->eof = true;
}

void source_close(struct source *s)
{
	if (s->gz) {
		(void)inflateEnd(s->gz);
		free(s->gz);
	}
	if (s->zs)
		(void)ZSTD_freeDStream(s->zs);
	free(s->in);
	free(s->mem);
	if (s->fd > 0)
		(void)close(s->fd);
	if (s->spool > 0)
		(void)close(s->spool);
	*s = (struct source){ .fd = -1 };
}
