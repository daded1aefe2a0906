/* Golden captures of HTTP/2 and HTTP/1.1, and of what the 5G core says in them. */
#include "golden.h"
#include "http2.h"
#include "secret.h"

#include <stdio.h>
#include <string.h>

enum { PORT = 7777 };
#define AMF_ID "00000000-0000-4000-8000-0000000000a1"
#define SMF_ID "00000000-0000-4000-8000-0000000000b1"
#define UDM_ID "00000000-0000-4000-8000-0000000000c1"
#define SUPI "001010000000042"

/* The cast: functions on the SBI network. */
struct core { struct net *n; struct host *nrf, *amf, *smf, *udm, *ausf; };

static struct core core_new(struct net *n)
{
	return (struct core){ n, host_at(n, "nrf", "10.1.7.1"), host_at(n, "amf", "10.1.7.11"), host_at(n, "smf", "10.1.7.12"), host_at(n, "udm", "10.1.7.13"),
		host_at(n, "ausf", "10.1.7.14") };
}

static const char *const from_amf[] = { "user-agent", "AMF-" AMF_ID, NULL };
static const char json[] = "application/json";

/* An NRF at work: registration, heartbeat, discovery, subscription, notice, end. */
static void nrf(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.nrf, PORT), *back;
	char profile[1200], smf[1200], found[1500];
	uint32_t s;

	s = h2_request(h, "PUT", "/nnrf-nfm/v1/nf-instances/" AMF_ID, json, nf_profile(profile, sizeof(profile), AMF_ID, "AMF", "10.1.7.11", "namf-comm"), from_amf);
	h2_reply(h, s, "201", json, profile, (const char *const[]){ "location", "http://10.1.7.1:7777/nnrf-nfm/v1/nf-instances/" AMF_ID, "server", "Example NRF 1.2", NULL });
	s = h2_request(h, "PATCH", "/nnrf-nfm/v1/nf-instances/" AMF_ID, "application/json-patch+json",
		"[{\"op\":\"replace\",\"path\":\"/nfStatus\",\"value\":\"REGISTERED\"}]", from_amf);
	h2_reply(h, s, "204", NULL, NULL, NULL);
	s = h2_request(h, "GET", "/nnrf-disc/v1/nf-instances?target-nf-type=SMF&requester-nf-type=AMF&service-names=nsmf-pdusession", NULL, NULL, from_amf);
	(void)snprintf(found, sizeof(found), "{\"validityPeriod\":100,\"nfInstances\":[%s]}", nf_profile(smf, sizeof(smf), SMF_ID, "SMF", "10.1.7.12", "nsmf-pdusession"));
	h2_reply(h, s, "200", json, found, NULL);
	s = h2_request(h, "POST", "/nnrf-nfm/v1/subscriptions", json,
		"{\"nfStatusNotificationUri\":\"http://10.1.7.11:7777/nnrf-status-notify\",\"reqNfType\":\"AMF\",\"subscrCond\":{\"nfType\":\"SMF\"}}", from_amf);
	h2_reply(h, s, "201", json, "{\"subscriptionId\":\"s-1\"}", NULL);
	back = h2_open(c.nrf, 40002, c.amf, PORT);
	(void)snprintf(found, sizeof(found), "{\"event\":\"NF_REGISTERED\",\"nfInstanceUri\":\"http://10.1.7.1:7777/nnrf-nfm/v1/nf-instances/" SMF_ID "\",\"nfProfile\":%s}", smf);
	s = h2_request(back, "POST", "/nnrf-status-notify", json, found, NULL);
	h2_reply(back, s, "204", NULL, NULL, NULL);
	s = h2_request(h, "DELETE", "/nnrf-nfm/v1/nf-instances/" AMF_ID, NULL, NULL, from_amf);
	h2_reply(h, s, "204", NULL, NULL, NULL);
}

static void subscriber_exchange(struct h2 *h)
{
	uint32_t s = h2_request(h, "GET", "/nudm-sdm/v2/imsi-" SUPI "/am-data?plmn-id=%7B%22mcc%22%3A%22001%22%2C%22mnc%22%3A%2201%22%7D", NULL, NULL, from_amf);

	secret_digits("supi", SUPI);
	h2_reply(h, s, "200", json, "{\"gpsis\":[\"msisdn-491700000042\"],\"nssai\":{\"defaultSingleNssais\":[{\"sst\":1}]}}", NULL);
	secret_digits("supi", "491700000042");
}

static void identities(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.udm, PORT);
	uint32_t s;

	subscriber_exchange(h);
	s = h2_request(h, "POST", "/nudm-ueau/v1/suci-0-001-01-0-0-0-0000000042/security-information/generate-auth-data", json,
		"{\"servingNetworkName\":\"5G:mnc001.mcc001.3gppnetwork.org\",\"ausfInstanceId\":\"" AMF_ID "\"}", from_amf);
	h2_reply(h, s, "200", json, "{\"authType\":\"5G_AKA\",\"authenticationVector\":{\"avType\":\"5G_HE_AKA\",\"rand\":\"00\",\"autn\":\"01\",\"xresStar\":\"02\","
		"\"kausf\":\"c0ffee00c0ffee00c0ffee00c0ffee00\"},\"supi\":\"imsi-" SUPI "\"}", NULL);
	/* a SUCI that hides its MSIN, and words that only look like identities */
	s = h2_request(h, "GET", "/nudm-sdm/v2/suci-0-001-01-0-1-1-aabbccddeeff/nssai?note=maximsi-1&x=imsi-12", NULL, NULL, from_amf);
	h2_reply(h, s, "404", "application/problem+json", "{\"status\":404,\"cause\":\"USER_NOT_FOUND\",\"detail\":\"a \\u00e4 \\\"quote\\\" imsi\"}", NULL);
	s = h2_request(h, "PUT", "/nudm-uecm/v1/imsi-" SUPI "/registrations/amf-3gpp-access", json,
		"{\"amfInstanceId\":\"" AMF_ID "\",\"pei\":\"imeisv-4370816125816151\",\"deregCallbackUri\":\"http://10.1.7.11:7777/namf-callback/v1/imsi-" SUPI "/dereg-notify\","
		"\"guami\":{\"plmnId\":{\"mcc\":\"001\",\"mnc\":\"01\"},\"amfId\":\"020040\"}}", from_amf);
	secret_digits("pei", "4370816125816151");
	h2_reply(h, s, "201", NULL, NULL, NULL);
}

/* header {"alg":"none"}, claims of an NRF, a signature. */
#define JWT "eyJhbGciOiJub25lIn0.eyJpc3MiOiJucmYtMSIsInN1YiI6ImFtZi0xIiwiYXVkIjoiVURNIiwic2NvcGUiOiJudWRtLXNkbSIsImV4cCI6MTc5MzYwOTk5OX0.c2lnbmF0dXJlLW9mLXRoZS1ucmY"

static void token(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.nrf, PORT), *u = h2_open(c.amf, 40002, c.udm, PORT);
	uint32_t s = h2_request(h, "POST", "/oauth2/token", "application/x-www-form-urlencoded", "grant_type=client_credentials&nfInstanceId=" AMF_ID
		"&nfType=AMF&targetNfType=UDM&scope=nudm-sdm", from_amf);

	secret_octets("token", JWT, strlen(JWT));
	h2_reply(h, s, "200", json, "{\"access_token\":\"" JWT "\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"nudm-sdm\"}", NULL);
	s = h2_request(u, "GET", "/nudm-sdm/v2/imsi-" SUPI "/nssai", NULL, NULL, (const char *const[]){ "!authorization", "Bearer " JWT, NULL });
	h2_reply(u, s, "200", json, "{}", NULL);
	s = h2_request(u, "GET", "/nudm-sdm/v2/imsi-" SUPI "/nssai", NULL, NULL, (const char *const[]){ "authorization", "Basic dXNlcjpwYXNz", NULL });
	h2_reply(u, s, "401", NULL, NULL, NULL);
}

/* The tap began after three exchanges: what they put into the header tables is unknown, what comes later is not. */
static void midway(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_on(tcp_midway(c.amf, 40001, c.udm, 29503));
	static const char *const before[] = { ":method", "GET", ":scheme", "http", ":path", "/nudm-sdm/v2/imsi-" SUPI "/nssai", ":authority", "10.1.7.13:29503", "user-agent",
		"AMF-" AMF_ID, NULL };
	struct buf b = h2_block(h, 0, before);

	buf_free(&b);
	h->stream = 5;
	for (int i = 0; i < 2; i++) {
		uint32_t s = h2_request(h, "GET", i ? "/nudm-sdm/v2/imsi-" SUPI "/sm-data" : "/nudm-sdm/v2/imsi-" SUPI "/am-data", NULL, NULL,
			i ? from_amf : (const char *const[]){ "user-agent", "AMF-" AMF_ID, "3gpp-sbi-target-apiroot", "http://10.1.7.13:7777", NULL });

		h2_reply(h, s, "200", json, "{}", (const char *const[]){ "server", "Example UDM", NULL });
	}
	subscriber_exchange(h);
}

static void continuation(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.nrf, PORT);
	struct buf b = h2_block(h, 0, (const char *const[]){ ":method", "GET", ":scheme", "http", ":path", "/nnrf-disc/v1/nf-instances?target-nf-type=UDM", ":authority",
		"10.1.7.1:7777", NULL });

	h2_send(h, 0, H2_HEADERS, H2_END_STREAM, 1, buf_of(b.p, 3));
	h2_send(h, 0, H2_CONTINUATION, 0, 1, buf_of(b.p + 3, 7));
	h2_send(h, 0, H2_CONTINUATION, 0, 1, (struct buf){ 0 });
	h2_send(h, 0, H2_CONTINUATION, H2_END_HEADERS, 1, buf_of(b.p + 10, b.n - 10));
	buf_free(&b);
	h2_reply(h, 1, "200", json, "{\"nfInstances\":[]}", NULL);
	/* another frame between: an error of the sender, after which its table is not trusted */
	h2_send(h, 0, H2_HEADERS, 0, 3, h2_block(h, 0, (const char *const[]){ ":method", "GET", ":scheme", "http", NULL }));
	h2_send(h, 0, H2_HEADERS, H2_END_HEADERS, 5, h2_block(h, 0, (const char *const[]){ ":method", "GET", ":scheme", "http", ":path", "/nnrf-disc/v1/nf-instances?target-nf-type=UDM", NULL }));
}

/* A body in DATA frames that do not end where segments do, one of them empty, padding and priority; then trailers. */
static void pieces(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.nrf, PORT);
	static const char half[] = "{\"nfInstances\":[{\"nfInstanceId\":\"" SMF_ID "\",\"nfType\":\"SMF\",", rest[] = "\"ipv4Addresses\":[\"10.1.7.12\"]}]}";
	struct buf b = { 0 }, all = { 0 };

	put8(&b, 4);				/* padding */
	put32(&b, 0);				/* priority */
	put8(&b, 15);
	put_buf(&b, h2_block(h, 0, (const char *const[]){ ":method", "GET", ":scheme", "http", ":path", "/nnrf-disc/v1/nf-instances?target-nf-type=SMF", NULL }));
	put32(&b, 0);
	h2_send(h, 0, H2_HEADERS, H2_END_STREAM | H2_END_HEADERS | H2_PADDED | H2_PRIO, 1, b);
	put_buf(&all, h2_frame(H2_HEADERS, H2_END_HEADERS, 1, h2_block(h, 1, (const char *const[]){ ":status", "200", "content-type", json, NULL })));
	b = (struct buf){ 0 };
	put8(&b, 9);
	put_str(&b, half);
	(void)put_room(&b, 9);
	put_buf(&all, h2_frame(H2_DATA, H2_PADDED, 1, b));
	put_buf(&all, h2_frame(H2_DATA, 0, 1, (struct buf){ 0 }));
	put_buf(&all, h2_frame(H2_DATA, 0, 1, buf_str(rest)));
	put_buf(&all, h2_frame(H2_HEADERS, H2_END_HEADERS | H2_END_STREAM, 1, h2_block(h, 1, (const char *const[]){ "x-trailer", "done", NULL })));
	h->t->mss = 50;
	tcp_send(h->t, 1, all);
}

static void control(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.nrf, PORT);
	struct buf b = { 0 };

	put16(&b, 1);
	put32(&b, 8192);
	h2_send(h, 1, H2_SETTINGS, 0, 0, b);
	b = (struct buf){ 0 };
	put64(&b, 7);
	h2_send(h, 0, H2_PING, 0, 0, b);
	(void)h2_request(h, "GET", "/nnrf-nfm/v1/nf-instances", NULL, NULL, NULL);
	b = (struct buf){ 0 };
	put32(&b, 2);
	put_buf(&b, h2_block(h, 1, (const char *const[]){ ":method", "GET", ":scheme", "http", ":path", "/nnrf-nfm/v1/nf-instances/" SMF_ID, NULL }));
	h2_send(h, 1, H2_PUSH, H2_END_HEADERS, 1, b);
	b = (struct buf){ 0 };
	put32(&b, 8);
	h2_send(h, 0, H2_RST, 0, 1, b);
	h2_send(h, 0, 0x77, 0xff, 0, buf_str("a type of tomorrow"));
	b = (struct buf){ 0 };
	put32(&b, 1);
	put32(&b, 11);
	h2_send(h, 1, H2_GOAWAY, 0, 0, b);
}

/* N1 and N2 parts of a transfer (TS 29.518 5.2.2.3.1). */
static void multipart(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.smf, 40001, c.amf, PORT);
	static const uint8_t nas[] = { 0x2e, 0x01, 0x01, 0xd3, 0x24 }, ngap[] = { 0x40, 0x01, 0x02 };	/* PDU session release command, cause 36 */
	struct buf b = buf_str("--x-1\r\nContent-Type: application/json\r\n\r\n{\"n1MessageContainer\":{\"n1MessageClass\":\"SM\",\"n1MessageContent\":{\"contentId\":\"n1\"}},"
		"\"n2InfoContainer\":{\"smInfo\":{\"n2InfoContent\":{\"ngapIeType\":\"PDU_RES_REL_CMD\",\"ngapData\":{\"contentId\":\"n2\"}}}},\"pduSessionId\":1}\r\n"
		"--x-1\r\nContent-Type: application/vnd.3gpp.5gnas\r\nContent-Id: n1\r\n\r\n");

	put_mem(&b, nas, sizeof(nas));
	put_str(&b, "\r\n--x-1\r\nContent-Id: n2\r\nContent-Type: application/vnd.3gpp.ngap\r\n\r\n");
	put_mem(&b, ngap, sizeof(ngap));
	put_str(&b, "\r\n--x-1--\r\n");
	h2_send(h, 0, H2_HEADERS, H2_END_HEADERS, 1, h2_block(h, 0, (const char *const[]){ ":method", "POST", ":scheme", "http", ":path",
		"/namf-comm/v1/ue-contexts/5g-guti-0010102004000000001/n1-n2-messages", "content-type", "multipart/related; boundary=\"x-1\"", NULL }));
	h2_send(h, 0, H2_DATA, H2_END_STREAM, 1, b);
	h2_reply(h, 1, "200", json, "{\"cause\":\"N1_N2_TRANSFER_INITIATED\"}", NULL);
}

static void n32(struct net *n)
{
	struct h2 *h = h2_open(host_at(n, "sepp-v", "10.1.8.1"), 40001, host_at(n, "sepp-h", "198.51.100.8"), 80);
	uint32_t s = h2_request(h, "POST", "/n32c-handshake/v1/exchange-capability", json, "{\"sender\":\"sepp.5gc.mnc001.mcc001.3gppnetwork.org\","
		"\"supportedSecCapabilityList\":[\"TLS\",\"NONE\"],\"3GppSbiTargetApiRootSupported\":true,\"plmnIdList\":[{\"mcc\":\"001\",\"mnc\":\"01\"}]}", NULL);

	h2_reply(h, s, "200", json, "{\"sender\":\"sepp.5gc.mnc070.mcc999.3gppnetwork.org\",\"selectedSecCapability\":\"NONE\",\"plmnIdList\":[{\"mcc\":\"999\",\"mnc\":\"070\"}]}", NULL);
	s = h2_request(h, "POST", "/nausf-auth/v1/ue-authentications", json, "{\"supiOrSuci\":\"imsi-" SUPI "\",\"servingNetworkName\":\"5G:mnc001.mcc001.3gppnetwork.org\"}",
		(const char *const[]){ "3gpp-sbi-target-apiroot", "http://ausf.5gc.mnc070.mcc999.3gppnetwork.org:80", "via", "HTTP/2.0 scp1.5gc", NULL });
	h2_reply(h, s, "403", "application/problem+json", "{\"cause\":\"SERVING_NETWORK_NOT_AUTHORIZED\"}", NULL);
}

static void faulty(struct net *n, struct fault f)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.udm, PORT);

	subscriber_exchange(h);
	n->next = f;
	subscriber_exchange(h);
	subscriber_exchange(h);
}

static void gap(struct net *n) { faulty(n, (struct fault){ .lost = true }); }
static void snapped(struct net *n) { faulty(n, (struct fault){ .snap = 14 + 20 + 20 + 20 }); }
static void twice(struct net *n) { faulty(n, (struct fault){ .again = 1, .again_us = 20 }); }

/* The encoder's table shrinks and grows (RFC 7541 4.2). */
static void table_size(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.udm, PORT);

	subscriber_exchange(h);
	(void)nghttp2_hd_deflate_change_table_size(h->d[0], 0);
	subscriber_exchange(h);
	(void)nghttp2_hd_deflate_change_table_size(h->d[0], 4096);
	subscriber_exchange(h);
	subscriber_exchange(h);
}

/* Octets that nearly are frames: nothing is claimed. */
static void lookalike(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40001, s.server, 3306), *u = tcp_open(s.client, 40002, s.server, 5432), *v = tcp_open(s.client, 40003, s.server, 9999);
	struct buf b = { 0 };

	put_mem(&b, "\x05\x00\x00\x00\x03ping", 9);		/* a length in three octets, but little-endian */
	tcp_send(t, 0, b);
	b = (struct buf){ 0 };
	put32(&b, 16);
	put32(&b, 80877102);					/* PostgreSQL: cancel request */
	put64(&b, 42);
	tcp_send(u, 0, b);
	b = (struct buf){ 0 };
	(void)put_room(&b, 64);
	tcp_send(v, 0, b);
	tcp_send(v, 0, h2_frame(H2_DATA, 0, 0, buf_str("DATA of no stream")));
	tcp_send(v, 0, h2_frame(H2_HEADERS, H2_END_HEADERS, 1, buf_str("no header block at all")));
	tcp_send(v, 0, h2_frame(H2_SETTINGS, 0, 0, buf_str("sixsix")));
	tcp_send(v, 0, buf_str("PRI * HTTP/2.1\r\n\r\nSM\r\n\r\n"));
}

/* ---- HTTP/1.1 ---- */

static void nrf1(struct net *n)
{
	struct core c = core_new(n);
	struct tcp *t = tcp_open(c.amf, 40001, c.nrf, 80);
	char profile[1200];

	tcp_send(t, 0, http_message("PUT /nnrf-nfm/v1/nf-instances/" AMF_ID " HTTP/1.1", "Host: 10.1.7.1\r\nUser-Agent: AMF\r\nContent-Type: application/json\r\n",
		nf_profile(profile, sizeof(profile), AMF_ID, "AMF", "10.1.7.11", "namf-comm")));
	tcp_send(t, 1, http_message("HTTP/1.1 201 Created", "Server: Example/0.1\r\nContent-Type: application/json\r\nLocation: http://10.1.7.1/nnrf-nfm/v1/nf-instances/" AMF_ID "\r\n",
		profile));
	tcp_send(t, 0, http_message("GET /nudm-sdm/v2/imsi-" SUPI "/nssai?token=letmein HTTP/1.1", "Host: 10.1.7.1\r\nAuthorization: Bearer " JWT "\r\n", NULL));
	secret_digits("supi", SUPI);
	secret_octets("token", JWT, strlen(JWT));
	tcp_send(t, 1, http_message("HTTP/1.1 404 Not Found", "", NULL));
	tcp_close(t, 0);
}

static void chunked(struct net *n)
{
	struct core c = core_new(n);
	struct tcp *t = tcp_open(c.smf, 40001, c.nrf, 80);

	t->mss = 60;
	tcp_send(t, 0, buf_str("POST /nnrf-nfm/v1/subscriptions HTTP/1.1\r\nhost: 10.1.7.1\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\n"
		"12\r\n{\"nfStatusNotifica\r\n31;x=1\r\ntionUri\":\"http://10.1.7.12:80/notify/imsi-0010100\r\n9\r\n00000042\"\r\n1\r\n}\r\n0\r\n\r\n"
		"GET /nnrf-nfm/v1/nf-instances HTTP/1.1\r\nHost: 10.1.7.1\r\n\r\n"));
	tcp_send(t, 1, buf_str("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"_links\":"));
	tcp_send(t, 1, buf_str("{}}"));
	tcp_close(t, 1);
}

/* The same connection goes on in HTTP/2 (RFC 7540 3.2). */
static void upgrade(struct net *n)
{
	struct core c = core_new(n);
	struct tcp *t = tcp_open(c.amf, 40001, c.udm, 80);
	struct h2 *h = h2_on(t);
	struct buf b = buf_str("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

	tcp_send(t, 0, buf_str("GET /nudm-sdm/v2/x/nssai HTTP/1.1\r\nHost: udm\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"));
	tcp_send(t, 1, buf_str("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"));
	h2_send(h, 1, H2_SETTINGS, 0, 0, (struct buf){ 0 });
	put_buf(&b, h2_frame(H2_SETTINGS, 0, 0, (struct buf){ 0 }));
	tcp_send(t, 0, b);
	h2_reply(h, 1, "200", json, "{}", NULL);
	h->stream = 1;
	subscriber_exchange(h);
}

static void not_http(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40001, s.server, 5060);

	tcp_send(t, 0, buf_str("OPTIONS sip:resolver SIP/2.0\r\nVia: SIP/2.0/TCP 10.1.9.101\r\n\r\n"));
	tcp_send(t, 1, buf_str("HTTP/1.1 OK, says a poem\r\n\r\n"));
	tcp_send(t, 0, buf_str("GET me a coffee HTTP/1.1\r\n\r\n"));
	tcp_send(t, 0, buf_str("GETTING /started HTTP/1.1\r\n\r\n"));
	tcp_send(t, 0, buf_str("DESCRIBE rtsp://camera/ RTSP/1.0\r\n\r\n"));
}

static void http_cut(struct net *n)
{
	struct core c = core_new(n);
	struct tcp *t = tcp_open(c.amf, 40001, c.nrf, 80);

	n->next.snap = 14 + 20 + 20 + 150;
	tcp_send(t, 0, http_message("POST /nnrf-nfm/v1/subscriptions HTTP/1.1", "Host: 10.1.7.1\r\nContent-Type: application/json\r\n",
		"{\"nfStatusNotificationUri\":\"http://10.1.7.11:7777/a\",\"reqNfType\":\"AMF\",\"validityTime\":\"2026-12-01T00:00:00Z\"}"));
	tcp_send(t, 1, http_message("HTTP/1.1 201 Created", "", NULL));
	tcp_send(t, 0, http_message("GET /nnrf-nfm/v1/nf-instances HTTP/1.1", "Host: 10.1.7.1\r\n", NULL));
}

/* ---- the model ---- */

/* The AMF asks the NRF for SMFs; then it speaks TLS, which nothing reads, with what was named (or not). */
static void discover(struct net *n, const char *status, unsigned port)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.nrf, PORT);
	char smf[1200], found[1500];
	uint32_t s = h2_request(h, "GET", "/nnrf-disc/v1/nf-instances?target-nf-type=SMF&requester-nf-type=AMF", NULL, NULL, from_amf);

	(void)snprintf(found, sizeof(found), "{\"validityPeriod\":100,\"nfInstances\":[%s]}", nf_profile(smf, sizeof(smf), SMF_ID, "SMF", "10.1.7.12", "nsmf-pdusession"));
	h2_reply(h, s, status, json, found, (const char *const[]){ "server", "Example NRF 1.2", NULL });
	tls_session(c.amf, 40002, c.smf, port, "smf", 3);
}

/* AMF, who passes on, AUSF: what each leg's messages say that they came by; target: the receiver is asked to pass it on. */
static void through(struct net *n, const char *by, const char *back, const char *target)
{
	static const char path[] = "/nausf-auth/v1/ue-authentications", body[] = "{\"servingNetworkName\":\"5G:mnc001.mcc001.3gppnetwork.org\"}";
	struct core c = core_new(n);
	struct host *middle = host_at(n, "middle", "10.1.7.20");
	struct h2 *first = h2_open(c.amf, 40001, middle, PORT), *second = h2_open(middle, 40002, c.ausf, PORT);
	uint32_t a = h2_request(first, "POST", path, json, body, target ? (const char *const[]){ "user-agent", "AMF-" AMF_ID, "3gpp-sbi-target-apiroot", target, NULL } : from_amf);
	uint32_t b = h2_request(second, "POST", path, json, body, by ? (const char *const[]){ "user-agent", "AMF-" AMF_ID, "via", by, NULL } : from_amf);

	h2_reply(second, b, "201", json, "{\"authType\":\"5G_AKA\"}", NULL);
	h2_reply(first, a, "201", json, "{\"authType\":\"5G_AKA\"}", back ? (const char *const[]){ "via", back, NULL } : NULL);
}

/* What was passed on is for a name, of which an NRF says before or after whose it is; for an address; and is refused. */
static void behind(struct net *n)
{
	static const char path[] = "/nudm-sdm/v2/imsi-" SUPI "/nssai";
	static const struct { const char *target, *status; } asked[] = { { "http://udm.example:7777", "200" }, { "http://[2001:db8::13]:7777", "200" },
		{ "https://10.1.7.13", "200" }, { "http://refuses.example", "403" }, { "http://ausf.example/prefix", "200" } };
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, host_at(n, "scp", "10.1.7.20"), PORT), *r = h2_open(c.ausf, 40002, c.nrf, PORT);
	char profile[1200];
	uint32_t s;

	secret_digits("supi", SUPI);
	for (unsigned i = 0; i < 5; i++) {
		s = h2_request(h, i == 4 ? "POST" : "GET", i == 4 ? "/nausf-auth/v1/ue-authentications" : path, NULL, NULL,
			(const char *const[]){ "user-agent", "AMF", "3gpp-sbi-target-apiroot", asked[i].target, NULL });
		h2_reply(h, s, asked[i].status, json, "{}", NULL);
	}
	(void)snprintf(profile, sizeof(profile), "{\"nfInstanceId\":\"00000000-0000-4000-8000-0000000000b4\",\"nfType\":\"AUSF\",\"fqdn\":\"ausf.example\",\"ipv4Addresses\":[\"10.1.7.14\"]}");
	s = h2_request(r, "PUT", "/nnrf-nfm/v1/nf-instances/00000000-0000-4000-8000-0000000000b4", json, profile, NULL);
	h2_reply(r, s, "201", json, profile, NULL);
}

/* An SCP is asked to pass on; one does it by itself, behind a SEPP; a proxy that says no more. */
static void through_scp(struct net *n) { through(n, "2.0 SCP-scp.example", "2.0 SCP-scp.example", "http://ausf.example:7777"); }
static void through_sepp(struct net *n) { through(n, "2.0 SCP-scp.example, 2.0 SEPP-sepp.example", "2.0 SEPP-sepp.example", NULL); }
static void through_proxy(struct net *n) { through(n, "1.1 SCPX-a, 1.1 cache.example (SCP-x)", "1.1 AUSF-b.example", NULL); }

static void discovered(struct net *n) { discover(n, "200", PORT); }
static void not_discovered(struct net *n) { discover(n, "403", PORT); }
static void other_port(struct net *n) { discover(n, "200", PORT + 1); }

/* A registration that the NRF takes up, a call in clear, and a call back to where it was asked for. */
static void sbi(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.smf, 40001, c.nrf, PORT), *a = h2_open(c.amf, 40002, c.smf, PORT);
	char profile[1200];
	uint32_t s = h2_request(h, "PUT", "/nnrf-nfm/v1/nf-instances/" SMF_ID, json, nf_profile(profile, sizeof(profile), SMF_ID, "SMF", "10.1.7.12", "nsmf-pdusession"),
		(const char *const[]){ "user-agent", "SMF", NULL });

	h2_reply(h, s, "201", json, profile, NULL);
	s = h2_request(a, "POST", "/nsmf-pdusession/v1/sm-contexts", json, "{\"supi\":\"imsi-" SUPI "\",\"pduSessionId\":1,\"smContextStatusUri\":"
		"\"http://10.1.7.11:7070/namf-callback/v1/smContextStatus/1\"}", from_amf);
	secret_digits("supi", SUPI);
	h2_reply(a, s, "201", json, "{}", (const char *const[]){ "location", "http://10.1.7.12:7777/nsmf-pdusession/v1/sm-contexts/1", NULL });
	tls_session(c.smf, 40003, c.amf, 7070, "amf", 2);
}

/* An NRF names an address that is nobody's here: that makes it no element, and explains nothing that goes outside. */
static void named_outside(struct net *n)
{
	struct core c = core_new(n);
	struct h2 *h = h2_open(c.amf, 40001, c.nrf, PORT);
	char smf[1200], found[1500];
	uint32_t s = h2_request(h, "GET", "/nnrf-disc/v1/nf-instances?target-nf-type=SMF&requester-nf-type=AMF", NULL, NULL, from_amf);

	(void)snprintf(found, sizeof(found), "{\"nfInstances\":[%s]}", nf_profile(smf, sizeof(smf), SMF_ID, "SMF", "203.0.113.66", "nsmf-pdusession"));
	h2_reply(h, s, "200", json, found, NULL);
	tls_session(c.amf, 40002, host_at(n, "far", "203.0.113.66"), PORT, "smf", 3);
}

const struct golden golden_sbi[] = {
	{ "model", "sbi", sbi, NULL, NULL },
	{ "model", "sbi-through-scp", through_scp, NULL, NULL },
	{ "model", "sbi-behind", behind, NULL, NULL },
	{ "model", "sbi-through-sepp", through_sepp, NULL, NULL },
	{ "model", "sbi-through-proxy", through_proxy, NULL, NULL },
	{ "model", "sbi-discovered", discovered, NULL, NULL },
	{ "model", "sbi-not-discovered", not_discovered, NULL, NULL },
	{ "model", "sbi-other-port", other_port, NULL, NULL },
	{ "model", "sbi-named-outside", named_outside, NULL, NULL },
	{ "http2", "nrf", nrf, NULL, NULL },
	{ "http2", "identities", identities, NULL, NULL },
	{ "http2", "token", token, NULL, NULL },
	{ "http2", "mid-connection", midway, NULL, NULL },
	{ "http2", "continuation", continuation, NULL, NULL },
	{ "http2", "body-in-pieces", pieces, NULL, NULL },
	{ "http2", "control-frames", control, NULL, NULL },
	{ "http2", "multipart", multipart, NULL, NULL },
	{ "http2", "n32", n32, NULL, NULL },
	{ "http2", "gap", gap, NULL, NULL },
	{ "http2", "snapped", snapped, NULL, NULL },
	{ "http2", "captured-twice", twice, NULL, NULL },
	{ "http2", "table-size", table_size, NULL, NULL },
	{ "http2", "look-alike", lookalike, NULL, NULL },
	{ "http", "nrf", nrf1, NULL, NULL },
	{ "http", "chunked", chunked, NULL, NULL },
	{ "http", "upgrade", upgrade, NULL, NULL },
	{ "http", "look-alike", not_http, NULL, NULL },
	{ "http", "cut", http_cut, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
