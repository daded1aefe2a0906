/* Golden captures of N11: what AMF and SMF hand each other for the RAN node and the UPF, when N2 itself is on no tap. */
#include "golden.h"
#include "http2.h"

enum { PORT = 7777 };

static const char json[] = "application/json";

struct n11 { struct stage s; struct h2 *smf, *amf; };

/* The AMF makes a context, so it is known who is who. */
static struct n11 n11_new(struct net *n)
{
	struct n11 x = { .s = stage_new(n) };
	struct host *amf = host_at(n, "amf-sbi", "10.1.7.11"), *smf = host_at(n, "smf-sbi", "10.1.7.12");
	uint32_t s;

	x.smf = h2_open(amf, 40001, smf, PORT);
	x.amf = h2_open(smf, 40002, amf, PORT);
	s = h2_request(x.smf, "POST", "/nsmf-pdusession/v1/sm-contexts", json, "{\"pduSessionId\":1,\"dnn\":\"internet\"}", (const char *const[]){ "user-agent", "AMF", NULL });
	h2_reply(x.smf, s, "201", json, "{}", NULL);
	return x;
}

static const char ngap[] = "application/vnd.3gpp.ngap", nas[] = "application/vnd.3gpp.5gnas";
struct part { const char *id, *type; struct buf b; };		/* id NULL: it has none; an empty one is not there */
enum { PARTS = 5 };

/* A multipart request: what the JSON says, and the parts; answered. */
static void parts(struct h2 *h, const char *path, const char *says, const struct part part[PARTS])
{
	struct buf b = buf_str("--x-1\r\nContent-Type: application/json\r\n\r\n");
	uint32_t stream = h->stream += 2;

	put_str(&b, says);
	for (unsigned i = 0; i < PARTS; i++) {
		if (!part[i].b.n)
			continue;
		put_str(&b, "\r\n--x-1");
		if (part[i].id) {
			put_str(&b, "\r\nContent-Id: ");
			put_str(&b, part[i].id);
		}
		put_str(&b, "\r\nContent-Type: ");
		put_str(&b, part[i].type);
		put_str(&b, "\r\n\r\n");
		put_buf(&b, part[i].b);
	}
	put_str(&b, "\r\n--x-1--\r\n");
	h2_send(h, 0, H2_HEADERS, H2_END_HEADERS, stream, h2_block(h, 0, (const char *const[]){ ":method", "POST", ":scheme", "http", ":path", path,
		"content-type", "multipart/related; boundary=x-1", NULL }));
	h2_send(h, 0, H2_DATA, H2_END_STREAM, stream, b);
	h2_reply(h, stream, "200", json, "{}", NULL);
}

/* One part of N2, or two. */
static void request(struct h2 *h, const char *path, const char *says, struct buf n2, struct buf another)
{
	parts(h, path, says, (const struct part[PARTS]){ { "n2", ngap, n2 }, { "n2", ngap, another } });
}

#define TRANSFER "/namf-comm/v1/ue-contexts/5g-guti-0010102004000000001/n1-n2-messages"
#define MODIFY "/nsmf-pdusession/v1/sm-contexts/1/modify"
#define INFO(type) "{\"n2InfoContainer\":{\"n2InformationClass\":\"SM\",\"smInfo\":{\"pduSessionId\":1,\"n2InfoContent\":{\"ngapIeType\":\"" type "\",\"ngapData\":{\"contentId\":\"n2\"}}}}}"
#define UPDATE(type) "{\"n2SmInfo\":{\"contentId\":\"n2\"},\"n2SmInfoType\":\"" type "\"}"

static struct ngap_session session(const struct host *h, uint32_t teid)
{
	return (struct ngap_session){ .psi = 1, .tunnel = { h->ip, teid, NULL }, .qfi = 1 };
}

static void traffic(struct n11 *x)
{
	const struct ip ue = ip_of("10.60.0.1"), web = ip_of("203.0.113.80");

	for (unsigned i = 0; i < 3; i++) {
		gtp_carry(x->s.m, x->s.north->n3, x->s.upf->n3, gtp_pdu_ul(0x501, 1, packet_udp(&ue, 40000, &web, 443, buf_str("up"))), 43);
		gtp_carry(x->s.m, x->s.upf->n3, x->s.north->n3, gtp_pdu_dl(0x701, 1, packet_udp(&web, 443, &ue, 40000, buf_str("down"))), 43);
		wait_ms(x->s.net, 20);
	}
}

/* TS 23.502 4.3.2.2.1: the SMF names the UPF's end, the AMF brings back the RAN node's. */
static void ordered(struct net *n)
{
	struct n11 x = n11_new(n);
	struct ngap_session up = session(x.s.upf->n3, 0x501), down = session(x.s.north->n3, 0x701);

	request(x.amf, TRANSFER, INFO("PDU_RES_SETUP_REQ"), session_setup_transfer(&up), (struct buf){ 0 });
	request(x.smf, MODIFY, UPDATE("PDU_RES_SETUP_RSP"), session_setup_done(&down), (struct buf){ 0 });
	traffic(&x);
}

/* The same octets: called what they are not, with an end missing, with one too many, and two parts of which it is not said which is which. */
static void not_ordered(struct net *n)
{
	struct n11 x = n11_new(n);
	struct ngap_session up = session(x.s.upf->n3, 0x501), down = session(x.s.north->n3, 0x701);
	struct buf cut = session_setup_transfer(&up), more = session_setup_done(&down);

	request(x.amf, TRANSFER, INFO("PDU_RES_SETUP_RSP"), session_setup_transfer(&up), (struct buf){ 0 });
	request(x.amf, TRANSFER, INFO("PDU_RES_OF_TOMORROW"), session_setup_transfer(&up), (struct buf){ 0 });
	cut.n -= 3;
	request(x.amf, TRANSFER, INFO("PDU_RES_SETUP_REQ"), cut, (struct buf){ 0 });
	put8(&more, 0);
	request(x.smf, MODIFY, UPDATE("PDU_RES_SETUP_RSP"), more, (struct buf){ 0 });
	request(x.smf, MODIFY, UPDATE("PDU_RES_SETUP_RSP"), session_setup_done(&down), session_setup_done(&down));
	traffic(&x);
}

static struct buf status(void) { return buf_of("\x7e\x00\x64\x6f", 4); }	/* 5GMM STATUS: protocol error */

/* Each of several parts is what the member that refers to it says, wherever it stands; NAS by its content type, or by what refers to it. */
static void several(struct net *n)
{
	struct n11 x = n11_new(n);
	struct ngap_session up = session(x.s.upf->n3, 0x501), down = session(x.s.north->n3, 0x701);

	parts(x.smf, MODIFY, "{\"n2SmInfo\":{\"contentId\":\"second\"},\"n2SmInfoType\":\"PDU_RES_SETUP_REQ\",\"n1SmMsg\":{\"contentId\":\"nas\"},"
		"\"n2SmInfoTypeExt1\":\"PDU_RES_SETUP_RSP\",\"n2SmInfoExt1\":{\"contentId\":\"first@amf.example\"},\"n1SmInfoFromUe\":{\"contentId\":\"elements\"}}",
		(const struct part[PARTS]){ { "<first@amf.example>", ngap, session_setup_done(&down) }, { "second", ngap, session_setup_transfer(&up) },
		{ "nas", "application/octet-stream", status() }, { "elements", nas, status() }, { NULL, nas, status() } });
	traffic(&x);
}

/* Two parts have the name that is referred to; to one of two more members refer, which do not agree; the other one nothing names. */
static void several_alike(struct net *n)
{
	struct n11 x = n11_new(n);
	struct ngap_session up = session(x.s.upf->n3, 0x501), down = session(x.s.north->n3, 0x701);

	parts(x.smf, MODIFY, "{\"n2SmInfo\":{\"contentId\":\"a\"},\"n2SmInfoType\":\"PDU_RES_SETUP_REQ\",\"n2SmInfoExt1\":{\"contentId\":\"b\"},"
		"\"n2SmInfoTypeExt1\":\"PDU_RES_SETUP_RSP\"}", (const struct part[PARTS]){ { "a", ngap, session_setup_transfer(&up) }, { "a", ngap, session_setup_done(&down) } });
	parts(x.smf, MODIFY, "{\"n2SmInfo\":{\"contentId\":\"a\"},\"n2SmInfoType\":\"PDU_RES_SETUP_REQ\",\"n2SmInfoExt1\":{\"contentId\":\"a\"},"
		"\"n2SmInfoTypeExt1\":\"PDU_RES_SETUP_RSP\"}", (const struct part[PARTS]){ { "a", ngap, session_setup_transfer(&up) }, { "b", ngap, session_setup_done(&down) } });
	parts(x.smf, MODIFY, "{\"n2SmInfo\":{\"contentId\":\"a\"},\"n2SmInfoType\":\"PDU_RES_SETUP_REQ\"}",
		(const struct part[PARTS]){ { "b", ngap, session_setup_transfer(&up) }, { "c", ngap, session_setup_transfer(&up) } });
	traffic(&x);
}

const struct golden golden_n11[] = {
	{ "model", "sbi-n3-ordered", ordered, NULL, NULL },
	{ "model", "sbi-n3-not-ordered", not_ordered, NULL, NULL },
	{ "model", "sbi-n3-several", several, NULL, NULL },
	{ "model", "sbi-n3-several-alike", several_alike, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
