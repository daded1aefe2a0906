#include "http2.h"

#include <stdio.h>
#include <string.h>

enum { SIZE_HEAD = 16, FIELDS = 24 };

/* The encoder's memory lives as long as the network; realloc must know how much there was. */
static void *take(size_t n, void *net)
{
	uint8_t *p = net_take(net, n + SIZE_HEAD);

	memcpy(p, &n, sizeof(n));
	return p + SIZE_HEAD;
}

static void give(void *p, void *net)
{
	(void)p;
	(void)net;
}

static void *zeroed(size_t n, size_t size, void *net) { return take(n * size, net); }

static void *more(void *p, size_t n, void *net)
{
	uint8_t *to = take(n, net);
	size_t had = 0;

	if (p)
		memcpy(&had, (uint8_t *)p - SIZE_HEAD, sizeof(had));
	if (p)
		memcpy(to, p, had < n ? had : n);
	return to;
}

struct h2 *h2_on(struct tcp *t)
{
	struct h2 *h = net_take(t->net, sizeof(*h));
	h->mem = (nghttp2_mem){ t->net, take, give, zeroed, more };
	h->t = t;
	h->stream = (uint32_t)-1;
	for (int i = 0; i < 2; i++)
		if (nghttp2_hd_deflate_new2(&h->d[i], 4096, &h->mem))
			(void)need(NULL);
	return h;
}

struct buf h2_frame(unsigned type, unsigned flags, uint32_t stream, struct buf payload)
{
	struct buf b = { 0 };

	put24(&b, (uint32_t)payload.n);
	put8(&b, type);
	put8(&b, flags);
	put32(&b, stream);
	put_buf(&b, payload);
	return b;
}

static void give_out(struct h2 *h, unsigned from, struct buf b)
{
	if (h->send)
		h->send(h->seal, from, b);
	else
		tcp_send(h->t, from, b);
}

void h2_send(struct h2 *h, unsigned from, unsigned type, unsigned flags, uint32_t stream, struct buf payload)
{
	give_out(h, from, h2_frame(type, flags, stream, payload));
}

struct h2 *h2_open(struct host *client, unsigned cport, struct host *server, unsigned sport)
{
	struct h2 *h = h2_on(tcp_open(client, cport, server, sport));

	h2_begin(h);
	return h;
}

void h2_begin(struct h2 *h)
{
	struct buf b = buf_str("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), s = { 0 };

	put16(&s, 3);
	put32(&s, 100);
	put_buf(&b, h2_frame(H2_SETTINGS, 0, 0, s));
	give_out(h, 0, b);
	h2_send(h, 1, H2_SETTINGS, 0, 0, (struct buf){ 0 });
	h2_send(h, 0, H2_SETTINGS, H2_ACK, 0, (struct buf){ 0 });
	h2_send(h, 1, H2_SETTINGS, H2_ACK, 0, (struct buf){ 0 });
}

struct buf h2_block(struct h2 *h, unsigned from, const char *const *fields)
{
	nghttp2_nv nv[FIELDS];
	struct buf b = { 0 };
	size_t n = 0, room;
	ssize_t used;

	for (; fields[0] && n < FIELDS; fields += 2, n++) {
		const char *name = fields[0] + (fields[0][0] == '!');

		nv[n] = (nghttp2_nv){ (uint8_t *)(uintptr_t)name, (uint8_t *)(uintptr_t)fields[1], strlen(name), strlen(fields[1]),
			fields[0][0] == '!' ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE };
	}
	room = nghttp2_hd_deflate_bound(h->d[from], nv, n);
	used = nghttp2_hd_deflate_hd(h->d[from], put_room(&b, room), room, nv, n);
	buf_shorten(&b, used < 0 ? 0 : (size_t)used);
	return b;
}

static void add(const char **fields, size_t *n, const char *name, const char *value)
{
	if (!value || *n + 3 > 2 * FIELDS)
		return;
	fields[(*n)++] = name;
	fields[(*n)++] = value;
	fields[*n] = NULL;
}

static void send_message(struct h2 *h, unsigned from, uint32_t stream, const char **fields, const char *body)
{
	h2_send(h, from, H2_HEADERS, H2_END_HEADERS | (body ? 0 : H2_END_STREAM), stream, h2_block(h, from, fields));
	if (body)
		h2_send(h, from, H2_DATA, H2_END_STREAM, stream, buf_str(body));
}

uint32_t h2_request(struct h2 *h, const char *method, const char *path, const char *content, const char *body, const char *const *extra)
{
	const char *fields[2 * FIELDS + 1] = { NULL };
	char host[48], authority[64];
	size_t n = 0;

	(void)snprintf(authority, sizeof(authority), h->t->end[1]->ip.v6 ? "[%s]:%u" : "%s:%u", ip_text(&h->t->end[1]->ip, host), h->t->port[1]);
	add(fields, &n, ":method", method);
	add(fields, &n, ":scheme", "http");
	add(fields, &n, ":path", path);
	add(fields, &n, ":authority", authority);
	add(fields, &n, "content-type", content);
	for (; extra && extra[0]; extra += 2)
		add(fields, &n, extra[0], extra[1]);
	h->stream += 2;
	send_message(h, 0, h->stream, fields, body);
	return h->stream;
}

void h2_reply(struct h2 *h, uint32_t stream, const char *status, const char *content, const char *body, const char *const *extra)
{
	const char *fields[2 * FIELDS + 1] = { NULL };
	size_t n = 0;

	add(fields, &n, ":status", status);
	add(fields, &n, "content-type", content);
	for (; extra && extra[0]; extra += 2)
		add(fields, &n, extra[0], extra[1]);
	send_message(h, 1, stream, fields, body);
}

struct buf http_message(const char *start, const char *fields, const char *body)
{
	struct buf b = { 0 };
	char length[48];

	put_str(&b, start);
	put_str(&b, "\r\n");
	put_str(&b, fields);
	(void)snprintf(length, sizeof(length), "Content-Length: %zu\r\n", body ? strlen(body) : 0);
	put_str(&b, length);
	put_str(&b, "\r\n");
	put_str(&b, body ? body : "");
	return b;
}

char *nf_profile(char *out, size_t room, const char *id, const char *type, const char *address, const char *service)
{
	(void)snprintf(out, room, "{\"nfInstanceId\":\"%s\",\"nfType\":\"%s\",\"nfStatus\":\"REGISTERED\",\"heartBeatTimer\":10,\"fqdn\":\"%.3s.5gc.mnc001.mcc001."
		"3gppnetwork.org\",\"plmnList\":[{\"mcc\":\"001\",\"mnc\":\"01\"}],\"ipv4Addresses\":[\"%s\"],\"vendorId\":\"Acme\",\"nfServices\":[{\"serviceInstanceId\":"
		"\"1\",\"serviceName\":\"%s\",\"versions\":[{\"apiVersionInUri\":\"v1\",\"apiFullVersion\":\"1.0.0\"}],\"scheme\":\"http\",\"nfServiceStatus\":"
		"\"REGISTERED\",\"ipEndPoints\":[{\"ipv4Address\":\"%s\",\"port\":7777}]}]}", id, type, type, address, service, address);
	return out;
}
