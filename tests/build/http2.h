/* HTTP/2 connections between hosts, header blocks by libnghttp2's own encoder; and HTTP/1.1 messages as text. */
#ifndef FW_BUILD_HTTP2_H
#define FW_BUILD_HTTP2_H

#include "stream.h"

#include <nghttp2/nghttp2.h>

enum { H2_DATA = 0, H2_HEADERS = 1, H2_PRIORITY = 2, H2_RST = 3, H2_SETTINGS = 4, H2_PUSH = 5, H2_PING = 6, H2_GOAWAY = 7, H2_WINDOW = 8, H2_CONTINUATION = 9 };
enum { H2_END_STREAM = 1, H2_ACK = 1, H2_END_HEADERS = 4, H2_PADDED = 8, H2_PRIO = 32 };

struct h2 {
	struct tcp		*t;
	nghttp2_mem		mem;
	nghttp2_hd_deflater	*d[2];		/* of each end's header blocks */
	uint32_t		 stream;	/* of the last request */
	void			(*send)(void *seal, unsigned from, struct buf b);	/* NULL: in clear */
	void			*seal;
};

struct h2 *h2_on(struct tcp *t);		/* no preface, no SETTINGS: what comes is the first thing said */
struct h2 *h2_open(struct host *client, unsigned cport, struct host *server, unsigned sport);
void h2_begin(struct h2 *h);			/* the preface, and SETTINGS */
struct buf h2_frame(unsigned type, unsigned flags, uint32_t stream, struct buf payload);
void h2_send(struct h2 *h, unsigned from, unsigned type, unsigned flags, uint32_t stream, struct buf payload);
/* A header block: names and values in turn, ended by NULL.  A name that begins with '!' is never indexed. */
struct buf h2_block(struct h2 *h, unsigned from, const char *const *fields);

/* A request; body NULL: none.  Returns its stream.  extra: more fields, or NULL. */
uint32_t h2_request(struct h2 *h, const char *method, const char *path, const char *content, const char *body, const char *const *extra);
void h2_reply(struct h2 *h, uint32_t stream, const char *status, const char *content, const char *body, const char *const *extra);

/* An HTTP/1.1 message: its start line, fields (each with its end of line), and body with its length; NULL: none. */
struct buf http_message(const char *start, const char *fields, const char *body);

/* An NFProfile of so many services. */
char *nf_profile(char *out, size_t room, const char *id, const char *type, const char *address, const char *service);

#endif
