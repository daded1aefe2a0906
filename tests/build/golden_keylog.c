/* Golden captures of TLS with its key log beside them: what opens, what does not, and what must not be taken for opened. */
#include "golden.h"
#include "nas.h"
#include "sealed.h"
#include "secret.h"

#include <stdio.h>
#include <string.h>

enum { PORT = 7777 };
#define AMF_ID "00000000-0000-4000-8000-0000000000a1"
#define SUPI "001010000000042"
static const char json[] = "application/json";

static struct tcp *to_nrf(struct net *n, unsigned cport)
{
	return tcp_open(host_at(n, "amf", "10.1.7.11"), cport, host_at(n, "nrf", "10.1.7.1"), PORT);
}

static void register_amf(struct h2 *h)
{
	char profile[1200];
	uint32_t s;

	nf_profile(profile, sizeof(profile), AMF_ID, "AMF", "10.1.7.11", "namf-comm");
	s = h2_request(h, "PUT", "/nnrf-nfm/v1/nf-instances/" AMF_ID, json, profile, NULL);
	h2_reply(h, s, "201", json, profile, (const char *const[]){ "server", "Example NRF 1.2", NULL });
}

static void subscriber(struct h2 *h)
{
	uint32_t s = h2_request(h, "GET", "/nudm-sdm/v2/imsi-" SUPI "/nssai", NULL, NULL, NULL);

	secret_digits("supi", SUPI);
	h2_reply(h, s, "200", json, "{\"defaultSingleNssais\":[{\"sst\":1}]}", NULL);
}

/* TLS 1.3, its keys changed on both sides, padding, a frame of HTTP/2 over many records and segments; identities stay pseudonyms. */
static void tls13(struct net *n)
{
	struct sealed *x = sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1301, .alpn = "h2", .retry = true });
	struct h2 *h = sealed_h2(x);

	register_amf(h);
	sealed_update(x, 0);
	x->piece = 300;
	x->pad = 20;
	x->t->mss = 500;
	register_amf(h);
	sealed_update(x, 1);
	sealed_update(x, 0);
	subscriber(h);
	tcp_send(x->t, 0, sealed_record(x, 0, 21, buf_hex("0100")));
	tcp_close(x->t, 0);
}

/* TLS 1.2 and HTTP/1.1; and without ALPN, HTTP/2 as its frames show. */
static void tls12(struct net *n)
{
	struct sealed *x = sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0303, .suite = 0xcca8, .alpn = "http/1.1" });

	sealed_send(x, 0, http_message("GET /nnrf-disc/v1/nf-instances?target-nf-type=SMF&requester-nf-type=AMF HTTP/1.1", "Host: 10.1.7.1\r\n", NULL));
	sealed_send(x, 1, http_message("HTTP/1.1 200 OK", "Content-Type: application/json\r\n", "{\"validityPeriod\":100,\"nfInstances\":[]}"));
	x = sealed_open(to_nrf(n, 40002), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc030 });
	register_amf(sealed_h2(x));
	x = sealed_open(to_nrf(n, 40003), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc0ac, .alpn = "h2" });
	x->piece = 700;
	register_amf(sealed_h2(x));
	x = sealed_open(to_nrf(n, 40004), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc0af, .alpn = "h2" });
	register_amf(sealed_h2(x));
}

/* The log has another secret, and has none; between the same ports another connection is logged. */
static void other_keys(struct net *n)
{
	struct tcp *t = to_nrf(n, 40001);

	register_amf(sealed_h2(sealed_open(t, &(struct sealed_opts){ .version = 0x0304, .suite = 0x1302, .alpn = "h2", .log = LOGGED_WRONG })));
	register_amf(sealed_h2(sealed_open(to_nrf(n, 40002), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1303, .alpn = "h2", .log = NOT_LOGGED })));
	register_amf(sealed_h2(sealed_open(to_nrf(n, 40003), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc02f, .alpn = "h2", .log = LOGGED_WRONG })));
	register_amf(sealed_h2(sealed_open(to_nrf(n, 40004), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc02f, .alpn = "h2", .log = NOT_LOGGED })));
	tcp_close(t, 0);
	tcp_close(t, 1);
	wait_ms(n, 100);
	register_amf(sealed_h2(sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1302, .alpn = "h2" })));
}

/* One octet of a record of the client's was changed: what precedes it is read, and what the server sends. */
static void changed(struct net *n)
{
	struct h2 *h = sealed_h2(sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1303, .alpn = "h2" }));

	register_amf(h);
	n->next = (struct fault){ .flip_at = 14 + 20 + 20 + 5 + 12, .flip = 1 };
	register_amf(h);
	register_amf(h);
}

/* A segment comes late, and nothing is lost by that; then one never comes. */
static void gap(struct net *n)
{
	struct sealed *x = sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1302, .alpn = "h2" });
	struct h2 *h = sealed_h2(x);

	n->next = (struct fault){ .delay_us = 350 };
	register_amf(h);
	subscriber(h);
	n->next = (struct fault){ .lost = true };
	register_amf(h);
	register_amf(h);
}

/* The capture keeps the front of a packet; in another connection it begins behind the hellos; early data is not followed. */
static void snapped(struct net *n)
{
	struct sealed *x = sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc02f, .alpn = "h2" });
	struct h2 *h = sealed_h2(x);

	register_amf(h);
	n->next = (struct fault){ .snap = 14 + 20 + 20 + 40 };
	register_amf(h);
	n->next = (struct fault){ .lost = true };
	register_amf(sealed_h2(sealed_open(tcp_midway(host_at(n, "amf", "10.1.7.11"), 40002, host_at(n, "nrf", "10.1.7.1"), PORT),
		&(struct sealed_opts){ .version = 0x0303, .suite = 0xc02f, .alpn = "h2" })));
	register_amf(sealed_h2(sealed_open(to_nrf(n, 40003), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1301, .alpn = "h2", .early = true, .taken = true })));
	register_amf(sealed_h2(sealed_open(to_nrf(n, 40004), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1301, .alpn = "h2", .early = true })));
}

/* Under the cipher is what only looks like a protocol. */
static void not_known(struct net *n)
{
	struct sealed *x = sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1301 });

	sealed_send(x, 0, buf_str("PRI * HTTP/2.1\r\n\r\nSM\r\n\r\n"));
	sealed_send(x, 1, buf_hex("000004 04 00 00000000 00000000"));
	sealed_send(x, 0, buf_hex("16 0303 0200 01 0001fc 0303"));
}

/* An AMF hands a registration on to another one (TS 29.518 5.2.2.3.5): the subscriber's identity is under the null scheme, and TLS around that. */
static void n1(struct net *n)
{
	struct h2 *h = sealed_h2(sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1301, .alpn = "h2" }));
	struct buf b = buf_str("--x-1\r\nContent-Type: application/json\r\n\r\n{\"n1MessageContainer\":{\"n1MessageClass\":\"5GMM\",\"n1MessageContent\":{\"contentId\":\"n1\"}}}\r\n"
		"--x-1\r\nContent-Type: application/vnd.3gpp.5gnas\r\nContent-Id: n1\r\n\r\n");

	secret_digits("supi", SUPI);
	put_buf(&b, nas_registration_request(REG_INITIAL, 7, id_suci_null(plmn_of("00101"), &SUPI[5]), UE_CAPABILITY, (struct buf){ 0 }));
	put_str(&b, "\r\n--x-1--\r\n");
	h2_send(h, 0, H2_HEADERS, H2_END_HEADERS, 1, h2_block(h, 0, (const char *const[]){ ":method", "POST", ":scheme", "https", ":path",
		"/namf-callback/v1/amf-2/n1-message-notify", "content-type", "multipart/related; boundary=x-1", NULL }));
	h2_send(h, 0, H2_DATA, H2_END_STREAM, 1, b);
	h2_reply(h, 1, "204", json, NULL, NULL);
}

static void discover(struct sealed *x)
{
	sealed_send(x, 0, http_message("GET /nnrf-disc/v1/nf-instances?target-nf-type=SMF&requester-nf-type=AMF HTTP/1.1", "Host: 10.1.7.1\r\n", NULL));
	sealed_send(x, 1, http_message("HTTP/1.1 200 OK", "Content-Type: application/json\r\n", "{\"validityPeriod\":100,\"nfInstances\":[]}"));
}

/* CBC of TLS 1.2, the MAC on either side of the cipher, more padding than need be, a record of no octet. */
static void cbc(struct net *n)
{
	static const unsigned suites[] = { 0xc013, 0xc027, 0xc028 };

	for (unsigned i = 0; i < 6; i++) {
		struct sealed *x = sealed_open(to_nrf(n, 40001 + i), &(struct sealed_opts){ .version = 0x0303, .suite = suites[i % 3], .alpn = "http/1.1", .etm = i >= 3 });

		x->pad = i;
		tcp_send(x->t, 0, sealed_record(x, 0, 23, (struct buf){ 0 }));
		x->piece = 50 + i;
		discover(x);
	}
}

/* A record whose MAC or padding is not right: it says nothing, nor does what is behind it; and one that is no whole number of blocks. */
static void cbc_wrong(struct net *n)
{
	for (unsigned i = 0; i < 7; i++) {
		struct sealed *x = sealed_open(to_nrf(n, 40001 + i), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc013, .etm = i >= 4 });

		discover(x);
		x->pad = 1;
		x->spoil = i == 3 ? SPOIL_NOTHING : (enum spoil)(i % 4 + 1);
		if (i == 3)
			tcp_send(x->t, 0, clear_record(23, buf_hex("000102030405060708090a0b0c0d0e0f 00")));
		discover(x);
	}
}

/* A session that is resumed; handshakes under the cipher of another, to other suites; one of them is not in the log. */
static void again(struct net *n)
{
	struct sealed *x = sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc02f, .resumed = true });

	discover(x);
	x = sealed_open(to_nrf(n, 40002), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc013, .etm = true });
	discover(x);
	sealed_again(x, &(struct sealed_opts){ .version = 0x0303, .suite = 0xc028, .etm = true });
	discover(x);
	x = sealed_open(to_nrf(n, 40003), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc02f });
	discover(x);
	sealed_again(x, &(struct sealed_opts){ .version = 0x0303, .suite = 0xcca8 });
	discover(x);
	sealed_again(x, &(struct sealed_opts){ .version = 0x0303, .suite = 0xc02f, .log = NOT_LOGGED });
	discover(x);
	discover(sealed_open(to_nrf(n, 40004), &(struct sealed_opts){ .version = 0x0304, .suite = 0x1301, .retry = true, .ccs = true }));
}

/* Another handshake moves the MAC to the other side of the cipher; a Change Cipher Spec goes over to nothing that was agreed. */
static void again_wrong(struct net *n)
{
	struct sealed *x = sealed_open(to_nrf(n, 40001), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc013 });

	sealed_again(x, &(struct sealed_opts){ .version = 0x0303, .suite = 0xc028, .etm = true });
	discover(x);
	x = sealed_open(to_nrf(n, 40002), &(struct sealed_opts){ .version = 0x0303, .suite = 0xc013 });
	tcp_send(x->t, 0, sealed_record(x, 0, 20, buf_hex("01")));
	discover(x);
}

/* What one AMF hands to another of a registration (TS 29.518 5.2.2.3.5), under TLS: under the null scheme, and concealed. */
static void handed_on(struct net *n, bool null)
{
	struct tcp *t = tcp_open(host_at(n, "amf-2", "10.1.7.12"), 40001, host_at(n, "amf", "10.1.7.11"), PORT);
	struct h2 *h = sealed_h2(sealed_open(t, &(struct sealed_opts){ .version = 0x0304, .suite = 0x1301, .alpn = "h2" }));
	struct plmn home = plmn_of("00101");
	struct buf b = buf_str("--x-1\r\nContent-Type: application/json\r\n\r\n{\"n1MessageContainer\":{\"n1MessageClass\":\"5GMM\",\"n1MessageContent\":{\"contentId\":\"n1\"}}}\r\n"
		"--x-1\r\nContent-Type: application/vnd.3gpp.5gnas\r\nContent-Id: n1\r\n\r\n");
	uint32_t s = h->stream += 2;

	secret_digits("supi", SUPI);
	put_buf(&b, nas_registration_request(REG_INITIAL, 7, null ? id_suci_null(home, "0000000042") : id_suci_ecies(home, &n->seed), UE_CAPABILITY, (struct buf){ 0 }));
	put_str(&b, "\r\n--x-1--\r\n");
	h2_send(h, 0, H2_HEADERS, H2_END_HEADERS, s, h2_block(h, 0, (const char *const[]){ ":method", "POST", ":scheme", "https", ":path", "/namf-callback/v1/n1-message",
		":authority", "10.1.7.11:7777", "content-type", "multipart/related; boundary=x-1", NULL }));
	h2_send(h, 0, H2_DATA, H2_END_STREAM, s, b);
	h2_reply(h, s, "204", NULL, NULL, NULL);
}

static void null_scheme(struct net *n) { handed_on(n, true); }
static void concealed(struct net *n) { handed_on(n, false); }

#define ROW(name, draw) { "tls", "keylog-" name, draw, NULL, NULL }
const struct golden golden_keylog[] = {
	ROW("tls13", tls13), ROW("tls12", tls12), ROW("other-keys", other_keys), ROW("changed", changed), ROW("gap", gap), ROW("snapped", snapped),
	ROW("not-known", not_known), ROW("n1", n1),
	ROW("cbc", cbc), ROW("cbc-wrong", cbc_wrong), ROW("again", again), ROW("again-wrong", again_wrong),
	{ "checks/SUCI-NULL-SCHEME", "violated-under-tls", null_scheme, NULL, NULL },
	{ "checks/SUCI-NULL-SCHEME", "undecidable-under-tls", null_scheme, NULL, NULL },
	{ "checks/SUCI-NULL-SCHEME", "conform-under-tls", concealed, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
