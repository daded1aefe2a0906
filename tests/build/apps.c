#include "apps.h"

#include <string.h>

/* --- DNS (RFC 1035) --- */

static void put_name(struct buf *b, const char *name)
{
	while (*name) {
		size_t n = strcspn(name, ".");

		put8(b, (unsigned)n);
		put_mem(b, name, n);
		name += n + (name[n] == '.');
	}
	put8(b, 0);
}

static void put_question(struct buf *b, const char *name, unsigned type)
{
	put_name(b, name);
	put16(b, type);
	put16(b, 1);
}

struct buf dns_query(unsigned id, const char *name, unsigned type)
{
	struct buf b = { 0 };

	put16(&b, id);
	put16(&b, 0x0100);
	put16(&b, 1);
	put_room(&b, 6);
	put_question(&b, name, type);
	return b;
}

/* A resource record up to its data, whose length is still to be filled in. */
static size_t record(struct buf *b, const char *name, size_t seen, unsigned type)
{
	if (seen)
		put16(b, 0xc000u | (unsigned)seen);
	else
		put_name(b, name);
	put16(b, type);
	put16(b, 1);
	put32(b, 300);
	return len16_open(b);
}

struct buf dns_answer(unsigned id, const char *name, unsigned type, const struct dns_answer *w)
{
	struct buf b = { 0 };
	size_t at, owner = w->plain ? 0 : 12;

	put16(&b, id);
	put16(&b, 0x8180 | w->rcode);
	put16(&b, 1);
	put16(&b, w->n + (w->cname ? 1 : 0));
	put32(&b, 0);
	put_question(&b, name, type);
	if (w->cname) {
		size_t data;

		at = record(&b, name, owner, DNS_CNAME);
		data = b.n;
		put_name(&b, w->cname);
		len16_close(&b, at);
		owner = w->plain ? 0 : data;
	}
	for (unsigned i = 0; i < w->n; i++) {
		at = record(&b, w->cname ? w->cname : name, owner, w->a[i].v6 ? DNS_AAAA : DNS_A);
		put_mem(&b, w->a[i].b, ip_len(&w->a[i]));
		len16_close(&b, at);
	}
	return b;
}

struct buf dns_over_tcp(struct buf message)
{
	struct buf b = { 0 };

	put16(&b, (unsigned)message.n);
	put_buf(&b, message);
	return b;
}

void dns_lookup(struct host *client, struct host *resolver, const char *name, const struct ip *answer)
{
	struct net *n = client->net;
	unsigned id = (uint16_t)seed_next(&n->seed), port = 32768 + seed_below(&n->seed, 28000);
	unsigned type = answer && answer->v6 ? DNS_AAAA : DNS_A;
	struct dns_answer w = { .rcode = answer ? 0 : 3 };

	if (answer)
		w.a[w.n++] = *answer;
	udp_send(client, port, resolver, 53, dns_query(id, name, type));
	wait_ms(n, 2);
	udp_send(resolver, 53, client, port, dns_answer(id, name, type, &w));
	wait_ms(n, 1);
}

/* --- NTP (RFC 5905) --- */

static void put_ntp_time(struct buf *b, uint64_t t_ns)
{
	put32(b, (uint32_t)(t_ns / 1000000000 + 2208988800u));
	put32(b, (uint32_t)((t_ns % 1000000000 << 32) / 1000000000));
}

static struct buf ntp(unsigned mode, unsigned stratum, uint64_t asked, uint64_t now)
{
	struct buf b = { 0 };

	put8(&b, 4 << 3 | mode);
	put8(&b, stratum);
	put8(&b, 6);
	put8(&b, 0xe9);
	put32(&b, 0x100);
	put32(&b, 0x200);
	put32(&b, mode == 4 ? 0x47505300 : 0);
	put_ntp_time(&b, now - now % 64000000000);
	if (mode == 4) {
		put_ntp_time(&b, asked);
		put_ntp_time(&b, now);
	} else {
		put_room(&b, 16);
	}
	put_ntp_time(&b, now);
	return b;
}

void ntp_poll(struct host *client, struct host *server)
{
	struct net *n = client->net;
	uint64_t asked = n->t;

	udp_send(client, 123, server, 123, ntp(3, 2, 0, asked));
	wait_us(n, 700);
	udp_send(server, 123, client, 123, ntp(4, 1, asked, n->t));
	wait_us(n, 300);
}

/* --- SSH (RFC 4253) --- */

static void put_list(struct buf *b, const char *names)
{
	put32(b, (uint32_t)strlen(names));
	put_str(b, names);
}

/* The binary packet: length, padding length, payload, padding to a multiple of eight. */
static struct buf ssh_packet(struct seed *s, struct buf payload)
{
	struct buf b = { 0 };
	size_t pad = 8 - (payload.n + 5) % 8;

	if (pad < 4)
		pad += 8;
	put32(&b, (uint32_t)(payload.n + pad + 1));
	put8(&b, (unsigned)pad);
	put_buf(&b, payload);
	put_seed(&b, s, pad);
	return b;
}

static struct buf kexinit(struct seed *s)
{
	static const char *const lists[] = { "curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes128-ctr", "hmac-sha2-256", "hmac-sha2-256",
		"none", "none", "", "" };
	struct buf b = { 0 };

	put8(&b, 20);
	put_seed(&b, s, 16);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		put_list(&b, lists[i]);
	put8(&b, 0);
	put32(&b, 0);
	return ssh_packet(s, b);
}

static struct buf kex_reply(struct seed *s, unsigned type)
{
	struct buf b = { 0 };

	put8(&b, type);
	if (type == 31) {		/* host key, the server's point, the signature over the exchange */
		put32(&b, 51);
		put_list(&b, "ssh-ed25519");
		put32(&b, 32);
		put_seed(&b, s, 32);
	}
	put32(&b, 32);
	put_seed(&b, s, 32);
	if (type == 31) {
		put32(&b, 83);
		put_list(&b, "ssh-ed25519");
		put32(&b, 64);
		put_seed(&b, s, 64);
	}
	return ssh_packet(s, b);
}

static struct buf sealed(struct seed *s, size_t n)
{
	struct buf b = { 0 };

	put_seed(&b, s, n);
	return b;
}

void ssh_session(struct host *client, struct host *server, unsigned records)
{
	struct net *n = client->net;
	struct seed *s = &n->seed;
	struct tcp *t = tcp_open(client, 40000 + seed_below(s, 20000), server, 22);

	tcp_send(t, 1, buf_str("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"));
	tcp_send(t, 0, buf_str("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"));
	tcp_send(t, 0, kexinit(s));
	tcp_send(t, 1, kexinit(s));
	tcp_send(t, 0, kex_reply(s, 30));
	tcp_send(t, 1, kex_reply(s, 31));
	tcp_send(t, 1, ssh_packet(s, buf_of("\x15", 1)));
	tcp_send(t, 0, ssh_packet(s, buf_of("\x15", 1)));
	for (unsigned i = 0; i < records; i++) {
		wait_ms(n, 40 + seed_below(s, 400));
		tcp_send(t, i % 2, sealed(s, 64 + 16 * seed_below(s, 12)));
	}
	tcp_close(t, 0);
}

/* --- TLS 1.3 (RFC 8446) --- */

static void extension(struct buf *b, unsigned type, struct buf v)
{
	put16(b, type);
	put16(b, (unsigned)v.n);
	put_buf(b, v);
}

static struct buf server_name(const char *sni)
{
	struct buf b = { 0 };
	size_t n = strlen(sni);

	put16(&b, (unsigned)n + 3);
	put8(&b, 0);
	put16(&b, (unsigned)n);
	put_str(&b, sni);
	return b;
}

static struct buf key_share(struct seed *s, bool list)
{
	struct buf b = { 0 };

	if (list)
		put16(&b, 36);
	put16(&b, 0x1d);
	put16(&b, 32);
	put_seed(&b, s, 32);
	return b;
}

/* A handshake message in a record of its own, from the hello's version on. */
static struct buf hello_record(unsigned type, struct buf body)
{
	struct buf b = { 0 };

	put8(&b, 22);
	put16(&b, type == 1 ? 0x0301 : 0x0303);
	put16(&b, (unsigned)body.n + 4);
	put8(&b, type);
	put24(&b, (uint32_t)body.n);
	put_buf(&b, body);
	return b;
}

struct buf tls_client_hello(struct seed *s, const char *sni)
{
	struct buf b = { 0 };
	size_t ext;

	put16(&b, 0x0303);
	put_seed(&b, s, 32);
	put8(&b, 32);
	put_seed(&b, s, 32);
	put16(&b, 6);
	put_mem(&b, "\x13\x01\x13\x02\x13\x03", 6);
	put16(&b, 0x0100);
	ext = len16_open(&b);
	if (sni)
		extension(&b, 0, server_name(sni));
	extension(&b, 10, buf_of("\0\x04\0\x1d\0\x17", 6));
	extension(&b, 13, buf_of("\0\x06\x04\x03\x08\x04\x08\x07", 8));
	extension(&b, 43, buf_of("\x02\x03\x04", 3));
	extension(&b, 51, key_share(s, true));
	len16_close(&b, ext);
	return hello_record(1, b);
}

static struct buf tls_server_hello(struct seed *s)
{
	struct buf b = { 0 };
	size_t ext;

	put16(&b, 0x0303);
	put_seed(&b, s, 32);
	put8(&b, 32);
	put_seed(&b, s, 32);
	put16(&b, 0x1301);
	put8(&b, 0);
	ext = len16_open(&b);
	extension(&b, 43, buf_of("\x03\x04", 2));
	extension(&b, 51, key_share(s, false));
	len16_close(&b, ext);
	return hello_record(2, b);
}

static struct buf tls_data(struct seed *s, size_t n)
{
	struct buf b = { 0 };

	put8(&b, 23);
	put16(&b, 0x0303);
	put16(&b, (unsigned)n);
	put_seed(&b, s, n);
	return b;
}

void tls_session(struct host *client, unsigned cport, struct host *server, unsigned sport, const char *sni, unsigned records)
{
	struct net *n = client->net;
	struct seed *s = &n->seed;
	struct tcp *t = tcp_open(client, cport, server, sport);

	tcp_send(t, 0, tls_client_hello(s, sni));
	tcp_send(t, 1, tls_server_hello(s));
	tcp_send(t, 1, tls_data(s, 900));
	tcp_send(t, 0, tls_data(s, 53));
	for (unsigned i = 0; i < records; i++) {
		tcp_send(t, i % 2, tls_data(s, 40 + seed_below(s, 600)));
		wait_ms(n, 10);
	}
	tcp_close(t, 0);
}
