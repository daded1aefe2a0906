/*
 * The service based interface in clear: 1500 connections between functions that look each other up at the NRF and ask for
 * subscribers' data, vectors, contexts and policies in turn; N1 and N2 parts in multipart bodies.  HEADERS and DATA in
 * segments of their own, as the cores that were looked at send them; one acknowledgement without payload an exchange (their
 * captures have more).  Header blocks by libnghttp2's encoder, its table of the usual size.
 */
#include "gen.h"

#include <nghttp2/nghttp2.h>
#include <stdlib.h>
#include <string.h>

enum { CONNS = 1500, CLIENTS = 60, SERVERS = 24, PORT = 7777, SEGMENT = 1400, HEADERS = 1, DATA = 0, SETTINGS = 4, ACK = 0xfe, PREFACE = 0xff, END_STREAM = 1, END_HEADERS = 4 };

enum serves { NRF, UDM, AUSF, PCF, SMF, AMF, UDR, NSSF, TYPES };

struct conn {
	uint32_t	client, server, seq[2], stream;
	uint16_t	port;
	nghttp2_hd_deflater *d[2];
};

struct sbi { struct gen *g; struct conn conn[CONNS]; };

/*
 * An exchange.  In texts: @ the subscriber's ten digits, # one of the functions' instances, ~ the client's address; in bodies
 * \1 stands for a message of N1, \2 and \3 for information elements of N2, which make them multipart.
 */
struct kind {
	uint8_t		serves;
	const char	*client, *method, *path, *ask, *status, *answer, *location;
};

#define MULTI(json, n1, n2) "--=-fw5Yh2cVbA0b1x==\r\nContent-Type: application/json\r\n\r\n" json n1 n2 "\r\n--=-fw5Yh2cVbA0b1x==--\r\n"
#define N1 "\r\n--=-fw5Yh2cVbA0b1x==\r\nContent-Id: 5gnas-sm\r\nContent-Type: application/vnd.3gpp.5gnas\r\n\r\n\1"
#define N2 "\r\n--=-fw5Yh2cVbA0b1x==\r\nContent-Id: ngap-sm\r\nContent-Type: application/vnd.3gpp.ngap\r\n\r\n\2"
#define N2_ASK "\r\n--=-fw5Yh2cVbA0b1x==\r\nContent-Id: ngap-sm\r\nContent-Type: application/vnd.3gpp.ngap\r\n\r\n\3"
#define GUAMI "\"guami\":{\"plmnId\":{\"mcc\":\"001\",\"mnc\":\"01\"},\"amfId\":\"020040\"}"
#define LOCATION "\"ueLocation\":{\"nrLocation\":{\"tai\":{\"plmnId\":{\"mcc\":\"001\",\"mnc\":\"01\"},\"tac\":\"000001\"},\"ncgi\":{\"plmnId\":{\"mcc\":\"001\",\"mnc\":\"01\"}," \
	"\"nrCellId\":\"000000010\"},\"ueLocationTimestamp\":\"2026-11-02T08:00:00.000000Z\"}},\"ueTimeZone\":\"+01:00\""
#define PROFILE(type, name, addr) "{\"nfInstanceId\":\"#\",\"nfType\":\"" type "\",\"nfStatus\":\"REGISTERED\",\"plmnList\":[{\"mcc\":\"001\",\"mnc\":\"01\"}],\"ipv4Addresses\":[\"" addr \
	"\"],\"allowedNfTypes\":[\"AMF\",\"SMF\",\"AUSF\",\"SCP\"],\"priority\":0,\"capacity\":100,\"load\":0,\"nfServiceList\":{\"#\":{\"serviceInstanceId\":\"#\"," \
	"\"serviceName\":\"" name "\",\"versions\":[{\"apiVersionInUri\":\"v1\",\"apiFullVersion\":\"1.0.0\"}],\"scheme\":\"http\",\"nfServiceStatus\":\"REGISTERED\"," \
	"\"ipEndPoints\":[{\"ipv4Address\":\"" addr "\",\"port\":7777}],\"priority\":0,\"capacity\":100,\"load\":0}},\"nfProfileChangesSupportInd\":true}"

static const struct kind kinds[] = {
	{ NRF, "AMF", "GET", "/nnrf-disc/v1/nf-instances?target-nf-type=AUSF&requester-nf-type=AMF&service-names=nausf-auth&requester-nf-instance-id=#", NULL, "200",
		"{\"validityPeriod\":3600,\"nfInstances\":[" PROFILE("AUSF", "nausf-auth", "10.9.2.3") "]}", NULL },
	{ NRF, "SMF", "GET", "/nnrf-disc/v1/nf-instances?target-nf-type=UDM&requester-nf-type=SMF&service-names=nudm-sdm%2Cnudm-uecm&requester-features=20", NULL, "200",
		"{\"validityPeriod\":3600,\"nfInstances\":[" PROFILE("UDM", "nudm-sdm", "10.9.2.2") "," PROFILE("UDM", "nudm-uecm", "10.9.2.10") "]}", NULL },
	{ NRF, "UDM", "PATCH", "/nnrf-nfm/v1/nf-instances/#", "[{\"op\":\"replace\",\"path\":\"/nfStatus\",\"value\":\"REGISTERED\"},{\"op\":\"replace\",\"path\":\"/load\",\"value\":10},"
		"{\"op\":\"replace\",\"path\":\"/nfServices/0/load\",\"value\":10},{\"op\":\"replace\",\"path\":\"/loadTimeStamp\",\"value\":\"2026-11-02T08:00:00Z\"}]", "204", NULL, NULL },
	{ AUSF, "AMF", "POST", "/nausf-auth/v1/ue-authentications", "{\"supiOrSuci\":\"suci-0-001-01-0000-1-1-3f5a7b2c9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2"
		"b3c4d5e6f708192a3b4c\",\"servingNetworkName\":\"5G:mnc001.mcc001.3gppnetwork.org\",\"supportedFeatures\":\"0\",\"traceData\":null}", "201",
		"{\"authType\":\"5G_AKA\",\"5gAuthData\":{\"rand\":\"6d1c2f9a7e3b4c5d8e9f0a1b2c3d4e5f\",\"hxresStar\":\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\",\"autn\":\"a1b2c3d4e5f680001122334455667788\"},"
		"\"_links\":{\"5g-aka\":{\"href\":\"http://10.9.2.3:7777/nausf-auth/v1/ue-authentications/1/5g-aka-confirmation\"}}}", "http://10.9.2.3:7777/nausf-auth/v1/ue-authentications/1" },
	{ UDM, "AUSF", "POST", "/nudm-ueau/v1/imsi-00101@/security-information/generate-auth-data", "{\"servingNetworkName\":\"5G:mnc001.mcc001.3gppnetwork.org\",\"ausfInstanceId\":\"#\","
		"\"supportedFeatures\":\"0\",\"resynchronizationInfo\":{\"rand\":\"6d1c2f9a7e3b4c5d8e9f0a1b2c3d4e5f\",\"auts\":\"0011223344556677889900112233\"}}", "200",
		"{\"authType\":\"5G_AKA\",\"authenticationVector\":{\"avType\":\"5G_HE_AKA\",\"rand\":\"6d1c2f9a7e3b4c5d8e9f0a1b2c3d4e5f\",\"xresStar\":\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\","
		"\"autn\":\"a1b2c3d4e5f680001122334455667788\",\"kausf\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"},\"supi\":\"imsi-00101@\"}", NULL },
	{ UDM, "AMF", "GET", "/nudm-sdm/v2/imsi-00101@/am-data?plmn-id=%7B%22mcc%22%3A%22001%22%2C%22mnc%22%3A%2201%22%7D", NULL, "200",
		"{\"gpsis\":[\"msisdn-8210@\"],\"subscribedUeAmbr\":{\"uplink\":\"1000000 Kbps\",\"downlink\":\"2000000 Kbps\"},\"nssai\":{\"defaultSingleNssais\":[{\"sst\":1,\"sd\":\"000001\"},"
		"{\"sst\":2}],\"singleNssais\":[{\"sst\":3,\"sd\":\"000003\"}]},\"ratRestrictions\":[],\"subsRegTimer\":3600,\"ueUsageType\":1,\"mpsPriority\":false}", NULL },
	{ UDM, "SMF", "GET", "/nudm-sdm/v2/imsi-00101@/sm-data?single-nssai=%7B%22sst%22%3A1%7D&dnn=internet", NULL, "200",
		"[{\"singleNssai\":{\"sst\":1,\"sd\":\"000001\"},\"dnnConfigurations\":{\"internet\":{\"pduSessionTypes\":{\"defaultSessionType\":\"IPV4\",\"allowedSessionTypes\":[\"IPV4\",\"IPV6\","
		"\"IPV4V6\"]},\"sscModes\":{\"defaultSscMode\":\"SSC_MODE_1\",\"allowedSscModes\":[\"SSC_MODE_1\",\"SSC_MODE_2\",\"SSC_MODE_3\"]},\"5gQosProfile\":{\"5qi\":9,\"arp\":{\"priorityLevel\":8,"
		"\"preemptCap\":\"NOT_PREEMPT\",\"preemptVuln\":\"NOT_PREEMPTABLE\"},\"priorityLevel\":8},\"sessionAmbr\":{\"uplink\":\"1000000 Kbps\",\"downlink\":\"1000000 Kbps\"},"
		"\"upSecurity\":{\"upIntegr\":\"REQUIRED\",\"upConfid\":\"REQUIRED\"}}}}]", NULL },
	{ UDM, "AMF", "PUT", "/nudm-uecm/v1/imsi-00101@/registrations/amf-3gpp-access", "{\"amfInstanceId\":\"#\",\"pei\":\"imeisv-35609204@\",\"deregCallbackUri\":"
		"\"http://~:7777/namf-callback/v1/imsi-00101@/dereg-notify\"," GUAMI ",\"ratType\":\"NR\",\"initialRegistrationInd\":true}", "201",
		"{\"amfInstanceId\":\"#\",\"pei\":\"imeisv-35609204@\",\"deregCallbackUri\":\"http://~:7777/namf-callback/v1/imsi-00101@/dereg-notify\"," GUAMI ",\"ratType\":\"NR\"}",
		"http://10.9.2.2:7777/nudm-uecm/v1/imsi-00101@/registrations/amf-3gpp-access" },
	{ UDR, "UDM", "GET", "/nudr-dr/v1/subscription-data/imsi-00101@/authentication-data/authentication-subscription", NULL, "200",
		"{\"authenticationMethod\":\"5G_AKA\",\"encPermanentKey\":\"465b5ce8b199b49faa5f0a2ee238a6bc\",\"sequenceNumber\":{\"sqn\":\"000000000021\"},\"authenticationManagementField\":\"8000\","
		"\"encOpcKey\":\"e8ed289deba952e4283b54e88e6183ca\",\"algorithmId\":\"milenage\",\"protectionParameterId\":\"none\"}", NULL },
	{ PCF, "AMF", "POST", "/npcf-am-policy-control/v1/policies", "{\"notificationUri\":\"http://~:7777/namf-callback/v1/imsi-00101@/am-policy-notify\",\"supi\":\"imsi-00101@\","
		"\"gpsi\":\"msisdn-8210@\",\"accessType\":\"3GPP_ACCESS\",\"pei\":\"imeisv-35609204@\"," LOCATION ",\"servingPlmn\":{\"mcc\":\"001\",\"mnc\":\"01\"},\"ratType\":\"NR\"," GUAMI
		",\"suppFeat\":\"1\"}", "201", "{\"request\":{\"supi\":\"imsi-00101@\",\"notificationUri\":\"http://~:7777/namf-callback/v1/imsi-00101@/am-policy-notify\",\"suppFeat\":\"1\"},"
		"\"triggers\":[\"LOC_CH\",\"PRA_CH\"],\"rfsp\":1,\"suppFeat\":\"1\"}", "http://10.9.2.4:7777/npcf-am-policy-control/v1/policies/1" },
	{ PCF, "SMF", "POST", "/npcf-smpolicycontrol/v1/sm-policies", "{\"supi\":\"imsi-00101@\",\"gpsi\":\"msisdn-8210@\",\"pduSessionId\":1,\"pduSessionType\":\"IPV4\",\"dnn\":\"internet\","
		"\"notificationUri\":\"http://~:7777/nsmf-callback/v1/sm-policy-notify/1\",\"ipv4Address\":\"10.45.0.2\",\"servingNetwork\":{\"mcc\":\"001\",\"mnc\":\"01\"}," LOCATION
		",\"subsSessAmbr\":{\"uplink\":\"1000000 Kbps\",\"downlink\":\"1000000 Kbps\"},\"subsDefQos\":{\"5qi\":9,\"arp\":{\"priorityLevel\":8,\"preemptCap\":\"NOT_PREEMPT\",\"preemptVuln\":"
		"\"NOT_PREEMPTABLE\"},\"priorityLevel\":8},\"sliceInfo\":{\"sst\":1},\"suppFeat\":\"4000000\"}", "201",
		"{\"sessRules\":{\"1\":{\"authSessAmbr\":{\"uplink\":\"1000000 Kbps\",\"downlink\":\"1000000 Kbps\"},\"authDefQos\":{\"5qi\":9,\"arp\":{\"priorityLevel\":8,\"preemptCap\":\"NOT_PREEMPT\","
		"\"preemptVuln\":\"NOT_PREEMPTABLE\"},\"priorityLevel\":8},\"sessRuleId\":\"1\"}},\"pccRules\":{},\"policyCtrlReqTriggers\":[\"PLMN_CH\",\"AC_TY_CH\"],\"suppFeat\":\"4000000\"}",
		"http://10.9.2.4:7777/npcf-smpolicycontrol/v1/sm-policies/1" },
	{ SMF, "AMF", "POST", "/nsmf-pdusession/v1/sm-contexts", MULTI("{\"supi\":\"imsi-00101@\",\"pei\":\"imeisv-35609204@\",\"pduSessionId\":1,\"dnn\":\"internet\",\"sNssai\":{\"sst\":1},"
		"\"servingNfId\":\"#\"," GUAMI ",\"servingNetwork\":{\"mcc\":\"001\",\"mnc\":\"01\"},\"n1SmMsg\":{\"contentId\":\"5gnas-sm\"},\"anType\":\"3GPP_ACCESS\",\"ratType\":\"NR\"," LOCATION
		",\"smContextStatusUri\":\"http://~:7777/namf-callback/v1/imsi-00101@/sm-context-status/1\",\"pcfId\":\"#\"}", N1, ""), "201", "{}",
		"http://10.9.2.5:7777/nsmf-pdusession/v1/sm-contexts/1" },
	{ SMF, "AMF", "POST", "/nsmf-pdusession/v1/sm-contexts/1/modify", MULTI("{\"n2SmInfo\":{\"contentId\":\"ngap-sm\"},\"n2SmInfoType\":\"PDU_RES_SETUP_RSP\"}", "", N2), "204", NULL, NULL },
	{ AMF, "SMF", "POST", "/namf-comm/v1/ue-contexts/imsi-00101@/n1-n2-messages", MULTI("{\"n1MessageContainer\":{\"n1MessageClass\":\"SM\",\"n1MessageContent\":{\"contentId\":"
		"\"5gnas-sm\"}},\"n2InfoContainer\":{\"n2InformationClass\":\"SM\",\"smInfo\":{\"pduSessionId\":1,\"n2InfoContent\":{\"ngapIeType\":\"PDU_RES_SETUP_REQ\",\"ngapData\":{\"contentId\":"
		"\"ngap-sm\"}},\"sNssai\":{\"sst\":1}}},\"pduSessionId\":1}", N1, N2_ASK), "200", "{\"cause\":\"N1_N2_TRANSFER_INITIATED\"}", NULL },
	{ NSSF, "AMF", "GET", "/nnssf-nsselection/v1/network-slice-information?nf-id=#&nf-type=AMF&slice-info-request-for-pdu-session=%7B%22sNssai%22%3A%7B%22sst%22%3A1%7D%2C%22"
		"roamingIndication%22%3A%22NON_ROAMING%22%7D", NULL, "200", "{\"nsiInformation\":{\"nrfId\":\"http://10.9.2.1:7777/nnrf-disc/v1/nf-instances\",\"nsiId\":\"1\"}}", NULL },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* PDU SESSION ESTABLISHMENT REQUEST; PDU Session Resource Setup Request and Response Transfer (to 10.1.3.21 and 192.0.2.1). */
static const uint8_t n1[] = { 0x2e, 0x01, 0x01, 0xc1, 0xff, 0xff, 0x91, 0xa1 };
static const uint8_t n2_ask[] = {
	0x00, 0x00, 0x04, 0x00, 0x82, 0x00, 0x0a, 0x0c, 0x3b, 0x9a, 0xca, 0x00, 0x30, 0x0b, 0xeb, 0xc2, 0x00, 0x00, 0x8b, 0x00, 0x0a, 0x01, 0xf0, 0x0a,
	0x01, 0x03, 0x15, 0x00, 0x00, 0x05, 0x01, 0x00, 0x86, 0x00, 0x01, 0x00, 0x00, 0x88, 0x00, 0x07, 0x00, 0x01, 0x00, 0x00, 0x09, 0x1c, 0x00 };
static const uint8_t n2[] = { 0x00, 0x03, 0xe0, 0xc0, 0x00, 0x02, 0x01, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01 };

/* One segment: n octets of payload, behind a frame header unless it is a bare one. */
static void segment(struct sbi *s, struct conn *c, unsigned from, unsigned type, unsigned flags, const void *payload, size_t n, size_t whole)
{
	struct packet p = { .n = 0 };
	bool head = type < ACK;
	size_t ip, tcp, len = n + (head ? 9 : 0);
	uint32_t sum = 0;

	pk_ether(&p, 0x0800);
	ip = pk_ip4(&p, from ? c->server : c->client, from ? c->client : c->server, 6, (unsigned)s->g->truth.packets & 0xffff);
	tcp = p.n;
	pk16(&p, from ? PORT : c->port);
	pk16(&p, from ? c->port : PORT);
	pk32(&p, c->seq[from]);
	pk32(&p, c->seq[!from]);
	pk16(&p, len ? 0x5018 : 0x5010);
	pk16(&p, 64240);
	pk32(&p, 0);
	if (head) {
		pk8(&p, 0);
		pk16(&p, (unsigned)whole);
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

/* A frame, in as many segments as it takes. */
static void frame(struct sbi *s, struct conn *c, unsigned from, unsigned type, unsigned flags, const void *payload, size_t n)
{
	const uint8_t *at = payload;
	size_t first = n < SEGMENT ? n : SEGMENT;

	segment(s, c, from, type, flags, at, first, n);
	for (size_t k = first; k < n; k += SEGMENT)
		segment(s, c, from, ACK, 0, at + k, n - k < SEGMENT ? n - k : SEGMENT, 0);
}

static void headers(struct sbi *s, struct conn *c, unsigned from, unsigned flags, const char *const *fields)
{
	nghttp2_nv nv[16];
	uint8_t b[2048];
	size_t n = 0;
	ssize_t len;

	for (; fields[2 * n]; n++)
		nv[n] = (nghttp2_nv){ (uint8_t *)(uintptr_t)fields[2 * n], (uint8_t *)(uintptr_t)fields[2 * n + 1], strlen(fields[2 * n]), strlen(fields[2 * n + 1]), 0 };
	len = nghttp2_hd_deflate_hd(c->d[from], b, sizeof(b), nv, n);
	if (len < 0)
		abort();
	frame(s, c, from, HEADERS, flags | END_HEADERS, b, (size_t)len);
}

enum { TEXT = 4096 };

static size_t fill(struct sbi *s, const struct conn *c, const char *text, uint32_t who, char out[TEXT])
{
	size_t n = 0;

	for (; *text; text++) {
		if (n + 64 > TEXT)
			abort();
		switch (*text) {
		case '@': n += (size_t)snprintf(out + n, 16, "%010u", who); break;
		case '#': n += (size_t)snprintf(out + n, 40, "00000000-0000-4000-8000-%012x", (unsigned)(c->client & 0xff) + 16 * (who % 4)); break;
		case '~': n += (size_t)snprintf(out + n, 16, "10.9.1.%u", (unsigned)(c->client & 0xff)); break;
		case '\1':
			memcpy(out + n, n1, sizeof(n1));
			n += sizeof(n1);
			s->g->truth.nas++;
			break;
		case '\2':
			memcpy(out + n, n2, sizeof(n2));
			n += sizeof(n2);
			break;
		case '\3':
			memcpy(out + n, n2_ask, sizeof(n2_ask));
			n += sizeof(n2_ask);
			break;
		default: out[n++] = *text; break;
		}
	}
	out[n] = 0;
	return n;
}

static const char *content_type(const char *body)
{
	return body[0] == '-' ? "multipart/related; boundary=\"=-fw5Yh2cVbA0b1x==\"" : "application/json";
}

static const struct kind *choose(struct sbi *s, const struct conn *c)
{
	const struct kind *k;

	do
		k = &kinds[below(s->g, KINDS)];
	while (k->serves != (c->server - 0x0a090201) % TYPES);
	return k;
}

static void exchange(struct sbi *s, struct conn *c)
{
	const struct kind *k = choose(s, c);
	uint32_t who = below(s->g, 1000000);
	char path[TEXT], ask[TEXT], answer[TEXT], location[TEXT], server[32], sent[48], date[48], length[2][16];
	size_t nask = 0, nanswer = 0;
	uint64_t ms = s->g->t_ns / 1000000;

	(void)fill(s, c, k->path, who, path);
	snprintf(server, sizeof(server), "10.9.2.%u:%u", (unsigned)(c->server & 0xff), (unsigned)PORT);
	snprintf(date, sizeof(date), "Mon, 02 Nov 2026 %02u:%02u:%02u GMT", (unsigned)(ms / 3600000 % 24), (unsigned)(ms / 60000 % 60), (unsigned)(ms / 1000 % 60));
	snprintf(sent, sizeof(sent), "%.*s.%03u GMT", 25, date, (unsigned)(ms % 1000));
	if (k->ask)
		nask = fill(s, c, k->ask, who, ask);
	snprintf(length[0], sizeof(length[0]), "%zu", nask);
	headers(s, c, 0, k->ask ? 0 : END_STREAM, (const char *const[]){ ":method", k->method, ":scheme", "http", ":authority", server, ":path", path,
		"accept", "application/json,application/problem+json", "user-agent", k->client, "3gpp-sbi-sender-timestamp", sent, "3gpp-sbi-max-rsp-time", "10000",
		k->ask ? "content-type" : NULL, k->ask ? content_type(ask) : NULL, "content-length", length[0], NULL });
	if (k->ask)
		frame(s, c, 0, DATA, END_STREAM, ask, nask);
	if (k->answer)
		nanswer = fill(s, c, k->answer, who, answer);
	snprintf(length[1], sizeof(length[1]), "%zu", nanswer);
	if (k->location)
		(void)fill(s, c, k->location, who, location);
	headers(s, c, 1, k->answer ? 0 : END_STREAM, (const char *const[]){ ":status", k->status, "server", "Example 1.0", "date", date,
		k->answer ? "content-type" : NULL, "application/json", "content-length", length[1], k->location ? "location" : NULL, location, NULL });
	if (k->answer)
		frame(s, c, 1, DATA, END_STREAM, answer, nanswer);
	segment(s, c, 0, ACK, 0, "", 0, 0);
	c->stream += 2;
}

void generate_sbi(struct gen *g, uint64_t messages)
{
	struct sbi *s = need(calloc(1, sizeof(*s)));

	s->g = g;
	for (unsigned i = 0; i < CONNS; i++) {
		struct conn *c = &s->conn[i];

		*c = (struct conn){ 0x0a090100 + i % CLIENTS + 1, 0x0a090200 + i / CLIENTS % SERVERS + 1, { below(g, 1 << 30), below(g, 1 << 30) }, 1, (uint16_t)(40000 + i), { NULL } };
		for (int d = 0; d < 2; d++)
			if (nghttp2_hd_deflate_new(&c->d[d], 4096))
				abort();
		segment(s, c, 0, PREFACE, 0, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 24, 0);
		frame(s, c, 0, SETTINGS, 0, "", 0);
		frame(s, c, 1, SETTINGS, 0, "", 0);
	}
	for (uint64_t n = 0; n < messages; n += 2)
		exchange(s, &s->conn[below(g, CONNS)]);
	for (unsigned i = 0; i < CONNS; i++)
		for (int d = 0; d < 2; d++)
			nghttp2_hd_deflate_del(s->conn[i].d[d]);
	free(s);
}
