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

/* A multipart request: what the JSON says, and parts of N2 (the second one may be empty); answered. */
static void request(struct h2 *h, const char *path, const char *says, struct buf n2, struct buf another)
{
	struct buf b = buf_str("--x-1\r\nContent-Type: application/json\r\n\r\n");
	uint32_t stream = h->stream += 2;

	put_str(&b, says);
	put_str(&b, "\r\n--x-1\r\nContent-Id: n2\r\nContent-Type: application/vnd.3gpp.ngap\r\n\r\n");
	put_buf(&b, n2);
	if (another.n) {
		put_str(&b, "\r\n--x-1\r\nContent-Id: n3\r\nContent-Type: application/vnd.3gpp.ngap\r\n\r\n");
		put_buf(&b, another);
	}
	put_str(&b, "\r\n--x-1--\r\n");
	h2_send(h, 0, H2_HEADERS, H2_END_HEADERS, stream, h2_block(h, 0, (const char *const[]){ ":method", "POST", ":scheme", "http", ":path", path,
		"content-type", "multipart/related; boundary=x-1", NULL }));
	h2_send(h, 0, H2_DATA, H2_END_STREAM, stream, b);
	h2_reply(h, stream, "200", json, "{}", NULL);
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

const struct golden golden_n11[] = {
	{ "model", "sbi-n3-ordered", ordered, NULL, NULL },
	{ "model", "sbi-n3-not-ordered", not_ordered, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
