/*
 * The service based interface in clear: functions that keep HTTP/2 connections to each other and ask for subscribers'
 * data, contexts and policies in turn.  HEADERS and DATA in segments of their own, as the cores that were looked at send
 * them, acknowledged by what comes back.  Header blocks by libnghttp2's encoder.
 */
#include "gen.h"

#include <nghttp2/nghttp2.h>
#include <stdlib.h>
#include <string.h>

enum { CONNS = 64, SERVERS = 8, PORT = 7777, HEADERS = 1, DATA = 0, SETTINGS = 4, END_STREAM = 1, END_HEADERS = 4 };

struct conn {
	uint32_t	client, server, seq[2], stream;
	uint16_t	port;
	nghttp2_hd_deflater *d[2];
};

struct sbi { struct gen *g; struct conn conn[CONNS]; };

/* One segment: n octets of payload behind a frame header, or (type 0xff) as they are. */
static void segment(struct sbi *s, struct conn *c, unsigned from, unsigned type, unsigned flags, const void *payload, size_t n)
{
	struct packet p = { .n = 0 };
	size_t ip, tcp, len = n + (type == 0xff ? 0 : 9);
	uint32_t sum = 0;

	pk_ether(&p, 0x0800);
	ip = pk_ip4(&p, from ? c->server : c->client, from ? c->client : c->server, 6, (unsigned)s->g->truth.packets & 0xffff);
	tcp = p.n;
	pk16(&p, from ? PORT : c->port);
	pk16(&p, from ? c->port : PORT);
	pk32(&p, c->seq[from]);
	pk32(&p, c->seq[!from]);
	pk16(&p, 0x5018);
	pk16(&p, 64240);
	pk32(&p, 0);
	if (type != 0xff) {
		pk8(&p, 0);
		pk16(&p, (unsigned)n);
		pk8(&p, type);
		pk8(&p, flags);
		pk32(&p, type == SETTINGS ? 0 : c->stream);
		s->g->truth.http2++;
	}
	pk(&p, payload, n);
	pk_ip4_end(&p, ip);
	for (size_t i = ip + 12; i < p.n; i += 2)
		sum += (uint32_t)(p.b[i] << 8 | (i + 1 < p.n ? p.b[i + 1] : 0));
	sum += 6 + (uint32_t)(p.n - tcp);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	pk_set16(&p, tcp + 16, ~sum & 0xffff);
	c->seq[from] += (uint32_t)len;
	contact(s->g, c->client, c->server, 6, PORT);
	frame_out(s->g, &p, 20000);
}

static void headers(struct sbi *s, struct conn *c, unsigned from, unsigned flags, const char *const *fields)
{
	nghttp2_nv nv[16];
	uint8_t b[1024];
	size_t n = 0;
	ssize_t len;

	for (; fields[2 * n]; n++)
		nv[n] = (nghttp2_nv){ (uint8_t *)(uintptr_t)fields[2 * n], (uint8_t *)(uintptr_t)fields[2 * n + 1], strlen(fields[2 * n]), strlen(fields[2 * n + 1]), 0 };
	len = nghttp2_hd_deflate_hd(c->d[from], b, sizeof(b), nv, n);
	if (len < 0)
		abort();
	segment(s, c, from, HEADERS, flags | END_HEADERS, b, (size_t)len);
}

static void exchange(struct sbi *s, struct conn *c)
{
	static const struct { const char *method, *path, *ask, *status, *answer; } kinds[] = {
		{ "GET", "/nudm-sdm/v2/imsi-00101%010u/am-data?plmn-id=%%7B%%22mcc%%22%%3A%%22001%%22%%2C%%22mnc%%22%%3A%%2201%%22%%7D", NULL, "200",
			"{\"subscribedUeAmbr\":{\"uplink\":\"1 Gbps\",\"downlink\":\"2 Gbps\"},\"nssai\":{\"defaultSingleNssais\":[{\"sst\":1,\"sd\":\"000001\"}]}}" },
		{ "POST", "/nsmf-pdusession/v1/sm-contexts", "{\"supi\":\"imsi-00101%010u\",\"pduSessionId\":1,\"dnn\":\"internet\",\"sNssai\":{\"sst\":1},\"servingNfId\":"
			"\"00000000-0000-4000-8000-0000000000a1\",\"guami\":{\"plmnId\":{\"mcc\":\"001\",\"mnc\":\"01\"},\"amfId\":\"020040\"},\"smContextStatusUri\":"
			"\"http://10.9.1.1:7777/namf-callback/v1/smContextStatus/1\"}", "201", "{}" },
		{ "PUT", "/nudm-uecm/v1/imsi-00101%010u/registrations/amf-3gpp-access", "{\"amfInstanceId\":\"00000000-0000-4000-8000-0000000000a1\",\"deregCallbackUri\":"
			"\"http://10.9.1.1:7777/namf-callback/v1/dereg-notify\",\"guami\":{\"plmnId\":{\"mcc\":\"001\",\"mnc\":\"01\"},\"amfId\":\"020040\"},\"ratType\":\"NR\"}", "204",
			NULL },
		{ "POST", "/npcf-smpolicycontrol/v1/sm-policies", "{\"supi\":\"imsi-00101%010u\",\"pduSessionId\":1,\"dnn\":\"internet\",\"notificationUri\":"
			"\"http://10.9.1.2:7777/nsmf-callback/v1/sm-policy-notify/1\"}", "201", "{\"sessRules\":{},\"pccRules\":{},\"policyCtrlReqTriggers\":[\"PLMN_CH\"]}" },
	};
	unsigned k = below(s->g, sizeof(kinds) / sizeof(kinds[0]));
	uint32_t who = below(s->g, 1000000);
	char path[256], ask[512];

	snprintf(path, sizeof(path), kinds[k].path, who);
	headers(s, c, 0, kinds[k].ask ? 0 : END_STREAM, (const char *const[]){ ":method", kinds[k].method, ":scheme", "http", ":authority", "10.9.2.1:7777", ":path", path,
		"accept", "application/json,application/problem+json", "user-agent", "AMF", kinds[k].ask ? "content-type" : NULL, "application/json", NULL });
	if (kinds[k].ask) {
		snprintf(ask, sizeof(ask), kinds[k].ask, who);
		segment(s, c, 0, DATA, END_STREAM, ask, strlen(ask));
	}
	headers(s, c, 1, kinds[k].answer ? 0 : END_STREAM, (const char *const[]){ ":status", kinds[k].status, "server", "Example 1.0", "date", "Mon, 02 Nov 2026 08:00:00 GMT",
		kinds[k].answer ? "content-type" : NULL, "application/json", NULL });
	if (kinds[k].answer)
		segment(s, c, 1, DATA, END_STREAM, kinds[k].answer, strlen(kinds[k].answer));
	c->stream += 2;
}

void generate_sbi(struct gen *g, uint64_t messages)
{
	struct sbi *s = need(calloc(1, sizeof(*s)));

	s->g = g;
	for (unsigned i = 0; i < CONNS; i++) {
		struct conn *c = &s->conn[i];

		*c = (struct conn){ 0x0a090100 + i / SERVERS + 1, 0x0a090200 + i % SERVERS + 1, { below(g, 1 << 30), below(g, 1 << 30) }, 1, (uint16_t)(40000 + i), { NULL } };
		for (int d = 0; d < 2; d++)
			if (nghttp2_hd_deflate_new(&c->d[d], 4096))
				abort();
		segment(s, c, 0, 0xff, 0, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 24);
		segment(s, c, 0, SETTINGS, 0, "", 0);
		segment(s, c, 1, SETTINGS, 0, "", 0);
	}
	for (uint64_t n = 0; n < messages; n += 2)
		exchange(s, &s->conn[below(g, CONNS)]);
	for (unsigned i = 0; i < CONNS; i++)
		for (int d = 0; d < 2; d++)
			nghttp2_hd_deflate_del(s->conn[i].d[d]);
	free(s);
}
