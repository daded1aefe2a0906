/* Golden captures of management: SSH, SNMP, Telnet, FTP, TFTP, LDAP, RADIUS, syslog, NTP, PTP, DHCP. */
#include "golden.h"

#include <string.h>

static struct host *oss(struct stage *s) { return host_at(s->net, "oss", "10.1.9.10"); }

static void udp(struct host *a, unsigned sport, struct host *b, unsigned dport, struct buf m)
{
	udp_send(a, sport, b, dport, m);
	wait_ms(a->net, 2);
}

/* ---- SSH ---- */

static struct buf kexinit_with(struct seed *s, bool lies, const char *kex)
{
	const char *const lists[] = { kex, "ssh-ed25519,ssh-rsa", "aes256-gcm@openssh.com,3des-cbc", "aes256-ctr",
		"hmac-sha2-256", "hmac-sha1,hmac-md5", "none", "none", "", "" };
	struct buf b = { 0 };

	put32(&b, 0);
	put8(&b, 8);
	put8(&b, 20);
	put_seed(&b, s, 16);
	for (unsigned i = 0; i < 10; i++) {
		put32(&b, lies && i == 3 ? 5000 : (uint32_t)strlen(lists[i]));
		put_str(&b, lists[i]);
	}
	put_buf(&b, buf_hex("00 00000000"));
	put_seed(&b, s, 8);
	set32(&b, 0, (uint32_t)b.n - 4);
	return b;
}

static struct buf kexinit(struct seed *s, bool lies) { return kexinit_with(s, lies, "curve25519-sha256,diffie-hellman-group14-sha1"); }

static void ssh_play(struct net *n, unsigned port, bool lies)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(oss(&s), 40000, s.client, port);
	struct buf b = { 0 };

	tcp_send(t, 1, buf_str("SSH-2.0-AcmeSSH_4.2 baseband\r\n"));
	tcp_send(t, 0, buf_str("SSH-2.0-OpenSSH_9.2p1 Debian-2\n"));
	tcp_send(t, 0, kexinit(s.seed, false));
	tcp_send(t, 1, kexinit(s.seed, lies));
	put_seed(&b, s.seed, 300);
	tcp_send(t, 0, b);
	tcp_close(t, 0);
}

/* Call home (RFC 8071): who opens the connection is the server of the SSH in it (`calls`), or its client. */
static void ssh_opened(struct host *from, unsigned sport, struct host *to, unsigned port, bool calls)
{
	struct seed *s = &from->net->seed;
	struct tcp *t = tcp_open(from, sport, to, port);
	unsigned client = calls ? 1 : 0;
	struct buf b = { 0 };

	tcp_send(t, 0, buf_str("SSH-2.0-netopeer2_2.1\r\n"));
	tcp_send(t, 1, buf_str("SSH-2.0-libssh_0.10.4\r\n"));
	tcp_send(t, client, kexinit_with(s, false, "curve25519-sha256,ext-info-c,kex-strict-c-v00@openssh.com"));
	tcp_send(t, !client, kexinit_with(s, false, "curve25519-sha256,ext-info-s,kex-strict-s-v00@openssh.com"));
	put_seed(&b, s, 300);
	tcp_send(t, client, b);
	tcp_close(t, 0);
}

static void tls_opened(struct host *from, unsigned sport, struct host *to, unsigned port, bool calls)
{
	struct tcp *t = tcp_open(from, sport, to, port);
	struct buf b = buf_hex("17 0303 0080");

	tcp_send(t, calls ? 1 : 0, tls_client_hello(&from->net->seed, NULL));
	put_seed(&b, &from->net->seed, 128);
	tcp_send(t, calls ? 0 : 1, b);
	tcp_close(t, 0);
}

/* The gNB calls the host of operations, over SSH and TLS. */
static void call_oss(struct net *n, bool calls)
{
	struct stage s = stage_new(n);

	ssh_opened(s.north->oam, 40001, oss(&s), 4334, calls);
	tls_opened(s.north->oam, 40002, oss(&s), 4335, calls);
}

static void call_home(struct net *n) { call_oss(n, true); }
static void call_not_home(struct net *n) { call_oss(n, false); }	/* on the same ports who opens is the client: the gNB logs in there */

/* The AMF calls a gNB, which thereby manages it. */
static void call_lateral(struct net *n)
{
	struct stage s = stage_new(n);

	ssh_opened(s.amf->oam, 40001, s.north->oam, 4334, true);
}

static void ssh(struct net *n) { ssh_play(n, 830, false); }
static void ssh_lies(struct net *n) { ssh_play(n, 22, true); }

static void ssh_not(struct net *n)
{
	static const char *const text[] = { "SSH is not spoken here\r\n", "SSH-X.0-foo\r\n", "SSH\r\n\r\n" };
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 3; i++)
		tcp_send(tcp_open(oss(&s), 40000 + i, s.client, 2200), 1, buf_str(text[i]));
}

/* ---- SNMP ---- */

static struct buf then(struct buf a, struct buf b)
{
	put_buf(&a, b);
	return a;
}

static struct buf community(unsigned version, const char *word, struct buf pdu)
{
	struct buf b = ber(2, buf_hex(version ? "01" : "00"));

	return ber(0x30, then(then(b, ber(4, buf_str(word))), pdu));
}

static struct buf variable(const char *oid, struct buf value) { return ber(0x30, then(ber(6, buf_hex(oid)), value)); }

static struct buf pdu(unsigned type, uint32_t id, struct buf variables)
{
	struct buf b = buf_hex("0204");

	put32(&b, id);
	return ber(0xa0 + type, then(then(b, buf_hex("020100 020100")), ber(0x30, variables)));
}

static const char *const descr = "2b060102010101 00", *const object = "2b060102010102 00", *const name = "2b060102010105 00";

static struct buf get2(void) { return community(1, "public", pdu(0, 0x1a2b3c4d, variable(object, buf_hex("0500")))); }

static void snmp(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = variable(object, ber(6, buf_hex("2b060104018f5b4d2a01")));

	udp(oss(&s), 40161, s.client, 161, get2());
	b = then(b, variable(descr, ber(4, buf_str("Acme Baseband 1200"))));
	udp(s.client, 161, oss(&s), 40161, community(1, "public", pdu(2, 0x1a2b3c4d, b)));
	udp(oss(&s), 40161, s.client, 161, community(0, "notyours", pdu(3, 2, variable(name, ber(4, buf_str("gnb-1"))))));
	b = then(ber(6, buf_hex("2b060104018f5b02")), buf_hex("4004 0a010965 020106 020111 4302 30b2 3000"));
	udp(s.client, 40162, oss(&s), 162, community(0, "", ber(0xa4, b)));
}

/* A message of version 3 with these flags, engine and user; data: a scoped PDU, or what is ciphered. */
static struct buf version3(unsigned flags, const char *engine, const char *user, struct buf data)
{
	struct buf global = buf_hex("0204 11223344 0203 010000 0401"), security;

	put8(&global, flags);
	global = ber(0x30, then(global, buf_hex("020103")));
	security = then(then(ber(4, buf_hex(engine)), buf_hex("020105 020200ff")), ber(4, buf_str(user)));
	security = then(security, flags & 1 ? buf_hex("040c 0102030405060708090a0b0c") : buf_hex("0400"));
	security = ber(4, ber(0x30, then(security, flags & 2 ? buf_hex("0408 0102030405060708") : buf_hex("0400"))));
	return ber(0x30, then(then(then(buf_hex("020103"), global), security), data));
}

static struct buf scoped(const char *engine, struct buf in) { return ber(0x30, then(then(ber(4, buf_hex(engine)), buf_hex("0400")), in)); }

/* A report that names the engine, a request under authentication alone, one that is ciphered. */
static void snmp3(struct net *n)
{
	static const char *const acme = "800007db 04 01020304";
	struct stage s = stage_new(n);

	udp(oss(&s), 40161, s.client, 161, version3(4, "", "", scoped("", pdu(0, 7, (struct buf){ 0 }))));
	udp(s.client, 161, oss(&s), 40161, version3(0, acme, "", scoped(acme, pdu(8, 7, variable("2b060106030f01010400", buf_hex("410101"))))));
	udp(oss(&s), 40161, s.client, 161, version3(5, acme, "operator", scoped(acme, pdu(1, 8, variable(descr, buf_hex("0500"))))));
	udp(oss(&s), 40161, s.client, 161, version3(7, acme, "operator", ber(4, buf_hex("0102030405060708090a0b0c0d0e0f101112131415161718"))));
}

static void snmp_other_port(struct net *n)
{
	struct stage s = stage_new(n);

	udp(oss(&s), 40161, s.client, 16100, get2());
}

/* Lengths that lie, and what begins like it. */
static void snmp_lies(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b;

	for (unsigned i = 0; i < 5; i++) {
		b = get2();
		switch (i) {
		case 0: set8(&b, 14, 0x7f); break;		/* the PDU is longer than the message */
		case 1: set8(&b, 1, 0x30); break;		/* the message is longer than the datagram: none */
		case 2: set8(&b, 6, 99); break;			/* the community */
		case 3: set8(&b, 4, 7); break;			/* a version that there is not */
		default: set8(&b, 13, 0xaf); break;		/* a PDU that there is not */
		}
		udp(oss(&s), 40161, s.client, 161, b);
	}
	b = get2();
	set8(&b, 13, 0x04);
	udp(oss(&s), 40161, s.client, 16100, b);
}

/* ---- lines and commands ---- */

static void telnet(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(oss(&s), 40000, s.client, 23);

	tcp_send(t, 1, buf_hex("fffd18 fffd20 fffd23 fffd27"));
	tcp_send(t, 0, buf_hex("fffb18 fffc20 fffc23 fffb27"));
	tcp_send(t, 1, buf_hex("fffa1801fff0"));
	tcp_send(t, 0, buf_hex("fffa1800787465726dfff0"));
	tcp_send(t, 1, buf_str("\r\nlogin: "));
	tcp_send(t, 0, buf_str("root\r\n"));
	tcp_send(t, 1, buf_hex("50617373776f72643a20 fffb01"));
	tcp_close(t, 0);
}

static void telnet_other_port(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(oss(&s), 40000, s.client, 2323);

	tcp_send(t, 1, buf_hex("fffd18 fffd20"));
	tcp_send(t, 0, buf_hex("fffb18 ff"));		/* a command in two segments */
	tcp_send(t, 0, buf_hex("fc20"));
}

static void telnet_not(struct net *n)
{
	static const char *const bytes[] = { "ffd8ffe000104a464946", "fffd", "fffdff", "ffffffffffffffffffffffffffffffff0011" };
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 4; i++)
		tcp_send(tcp_open(oss(&s), 40000 + i, s.client, 2323), 1, buf_hex(bytes[i]));
	tcp_send(tcp_open(oss(&s), 40010, s.client, 23), 1, buf_str("plain text without negotiation\r\n"));
}

static void ftp(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(oss(&s), 40000, s.client, 21);

	tcp_send(t, 1, buf_str("220-Acme Baseband FTP server 4.2\r\n220 ready\r\n"));
	tcp_send(t, 0, buf_str("USER operator\r\n"));
	tcp_send(t, 1, buf_str("331 Password required\r\n"));
	tcp_send(t, 0, buf_str("PASS hunter2\r\n"));
	tcp_send(t, 1, buf_str("230 User logged in\r\n"));
	tcp_send(t, 0, buf_str("RETR config.xml\r\nQUIT\r\n"));
	tcp_close(t, 0);
}

/* On another port a greeting has to name FTP: a mail server's does not. */
static void ftp_greeting(struct net *n)
{
	struct stage s = stage_new(n);

	tcp_send(tcp_open(oss(&s), 40000, s.client, 2121), 1, buf_str("220 vsFTPd 3.0.3\r\n"));
	tcp_send(tcp_open(oss(&s), 40001, s.client, 2525), 1, buf_str("220 mail.example.net ESMTP\r\n"));
	tcp_send(tcp_open(oss(&s), 40002, s.client, 21), 1, buf_hex("00010203040506070809"));
}

static void tftp(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = buf_hex("0001 626f6f742e636667 00 6f63746574 00");

	udp(s.client, 40069, oss(&s), 69, b);
	udp(s.client, 40069, oss(&s), 69, buf_hex("0002 6c6f672e747874 00 6f63746574 00 626c6b73697a6500313432380000"));
	udp(s.client, 40069, oss(&s), 69, buf_hex("0001 626f6f742e636667 00 6f6374"));		/* ends early */
}

static void tftp_not(struct net *n)
{
	struct stage s = stage_new(n);

	udp(s.client, 40069, oss(&s), 69, buf_hex("0007 0000"));
	udp(s.client, 40069, oss(&s), 69, buf_hex("0001"));
}

static void ldap(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40000, oss(&s), 389);

	tcp_send(t, 0, buf_hex("301a02010160150201030409636e3d612c64633d78800568756e7465"));
	tcp_send(t, 1, buf_hex("300c02010161070a010004000400"));
	tcp_send(t, 0, buf_hex("301a020102631504000a01000a010002010002010001010087012a3000"));
	tcp_send(t, 1, buf_hex("300c02010265070a010004000400 300c02010377070a010004000400"));
	tcp_close(t, 0);
}

/* An extended request for TLS, and TLS after it: the handshake is TLS's. */
static void ldap_tls(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40000, oss(&s), 389);

	tcp_send(t, 0, buf_hex("301d02010177188016312e332e362e312e342e312e313436362e3230303337"));
	tcp_send(t, 1, buf_hex("300c02010178070a010004000400"));
	tcp_send(t, 0, tls_client_hello(s.seed, "ldap.oam.example.net"));
}

static void ldap_not(struct net *n)
{
	static const char *const bytes[] = { "3084000000", "30 05 02 01 01 42 00", "300a0201014404020103 0400", "30 80 02 01 01 60 00", "30 0c 02 09 01 02 03 04 05 06 07 08 09 60" };
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 5; i++) {
		tcp_send(tcp_open(s.client, 40000 + i, oss(&s), 3890), 0, buf_hex(bytes[i]));
		tcp_send(tcp_open(s.client, 40010 + i, oss(&s), 389), 0, buf_hex(bytes[i]));
	}
	/* a bind whose name is longer than the message */
	tcp_send(tcp_open(s.client, 40020, oss(&s), 389), 0, buf_hex("301a02010160150201030460636e3d612c64633d78800568756e7465"));
}

/* ---- datagrams ---- */

static void radius(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = buf_hex("01 11 0049 000102030405060708090a0b0c0d0e0f 0108 6f6c656c6131 0212 00112233445566778899aabbccddeeff"
		"0406 0a010965 2007 676e622d31 1a0e 000007db 0108 31323334 3536 ");
	set16(&b, 2, (unsigned)b.n);
	udp(s.client, 40812, oss(&s), 1812, b);
	udp(oss(&s), 1812, s.client, 40812, buf_hex("02 11 0026 000102030405060708090a0b0c0d0e0f 5012 00112233445566778899aabbccddeeff"));
	udp(s.client, 40812, oss(&s), 1812, buf_hex("01 12 0018 000102030405060708090a0b0c0d0e0f 01ff 6f6c"));		/* an attribute past the end */
	udp(s.client, 40812, oss(&s), 1812, buf_hex("01 13 0018 000102030405060708090a0b0c0d0e0f 0101 6f6c"));		/* shorter than its head */
	udp(s.client, 40812, oss(&s), 1812, buf_hex("63 14 0014 000102030405060708090a0b0c0d0e0f"));			/* no such code */
	udp(s.client, 40812, oss(&s), 1812, buf_hex("01 15 0400 000102030405060708090a0b0c0d0e0f"));			/* longer than the datagram */
}

/* Where RADIUS stood before it was given ports of its own, and where it never did. */
static void radius_old(struct net *n)
{
	static const unsigned port[] = { 1645, 1646, 1700, 1701 };
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 4; i++)
		udp(s.client, 40813, oss(&s), (uint16_t)port[i], buf_hex("2b 16 0014 000102030405060708090a0b0c0d0e0f"));
}

static void syslog_(struct net *n)
{
	struct stage s = stage_new(n);

	udp(s.client, 514, oss(&s), 514, buf_str("<34>1 2026-11-02T08:00:00Z gnb-1 app 7 ID1 - started"));
	udp(s.client, 514, oss(&s), 514, buf_str("<35>1 2026-11-02T08:00:01Z gnb-1 app 7 ID1 - again"));		/* said once */
}

static void syslog_elsewhere(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t;

	udp(s.client, 514, oss(&s), 514, buf_str("<999>this is none"));
	udp(s.client, 40514, s.server, 5514, buf_str("<13>Nov  2 08:00:00 gnb-1 app: hello"));
	udp(s.client, 40514, s.server, 5515, buf_str("<html><body>1 </body></html>"));
	t = tcp_open(s.client, 40601, oss(&s), 601);
	tcp_send(t, 0, buf_str("39 <34>1 2026-11-02T08:00:00Z gnb-1 - - - x"));
}

static void ntp(struct net *n)
{
	struct stage s = stage_new(n);

	ntp_poll(s.client, oss(&s));
	ntp_poll(s.client, oss(&s));
	udp(s.client, 123, oss(&s), 123, buf_hex("16 02 0001 0000 0000 0000 0000"));		/* control */
}

static void ntp_not(struct net *n)
{
	struct stage s = stage_new(n);

	udp(s.client, 123, oss(&s), 123, buf_hex("23 00 06 ec 00000000"));			/* too short */
	udp(s.client, 123, oss(&s), 123, buf_str("this is longer than forty-eight octets and no time at all"));
}

static struct buf ptp_message(unsigned type, unsigned seq, size_t body)
{
	struct buf b = { 0 };

	put8(&b, type);
	put8(&b, 2);
	put16(&b, (unsigned)(34 + body));
	put8(&b, 24);
	put8(&b, 0);
	put16(&b, 0);
	put64(&b, 0);
	put32(&b, 0);
	put64(&b, 0x0016aefffe000102u);
	put16(&b, 1);
	put16(&b, seq);
	put16(&b, 0);
	put_mem(&b, "\0\0\0\0\0\0\0\0\0\0\0\x25\0\x80\xf8\xfe\xff\xff\x80\0\x11\x22\xff\xfe\x33\x44\x55\0\0\x20", body);
	return b;
}

static void ptp(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 3; i++) {
		udp(oss(&s), 319, s.client, 319, ptp_message(0, i, 10));
		udp(oss(&s), 320, s.client, 320, ptp_message(11, i, 30));
		link_send(n, "01 1b 19 00 00 00", 0x88f7, ptp_message(0, i, 10));
	}
}

static void ptp_not(struct net *n)
{
	struct stage s = stage_new(n);

	udp(oss(&s), 319, s.client, 319, buf_hex("00020030 1800"));
	udp(oss(&s), 319, s.client, 319, ptp_message(7, 9, 10));		/* no such message */
}

static void dhcp(struct net *n)
{
	struct stage s = stage_new(n);
	struct buf b = buf_hex("01 01 06 00 12345678 0000 0000");

	(void)put_room(&b, 236 - b.n);
	put_buf(&b, buf_hex("63825363 350101 3c0e41636d6520526563656976657200 0c06676e622d3137 ff"));
	udp(host_at(n, "new", "0.0.0.0"), 68, host_at(n, "all", "255.255.255.255"), 67, b);
	b = buf_hex("02 01 06 00 12345678 0000 0000");
	(void)put_room(&b, 236 - b.n);
	put_buf(&b, buf_hex("63825363 350102 36040a01090a ff"));
	udp(oss(&s), 67, s.client, 68, b);
	b = buf_hex("02 01 06 00 12345678 0000 0000");
	(void)put_room(&b, 236 - b.n);
	put_buf(&b, buf_hex("63825363 350102 36ff0a01"));			/* an option past the end */
	udp(oss(&s), 67, s.client, 68, b);
	b = buf_hex("02 01 06 00 12345678 0000 0000");
	(void)put_room(&b, 236 - b.n);
	put_buf(&b, buf_hex("11223344 350102 ff"));				/* no cookie */
	udp(oss(&s), 67, s.client, 68, b);
}

/* ---- MGMT-CLEARTEXT ---- */

static void manage_snmp2(struct net *n)
{
	struct stage s = stage_new(n);

	udp(oss(&s), 40161, s.client, 161, get2());
	udp(s.client, 161, oss(&s), 40161, community(1, "public", pdu(2, 0x1a2b3c4d, variable(object, ber(6, buf_hex("2b060104018f5b4d2a01"))))));
}

static void manage_snmp3(struct net *n)
{
	struct stage s = stage_new(n);

	for (unsigned i = 0; i < 2; i++) {
		udp(oss(&s), 40161, s.client, 161, version3(7, "800007db 04 01020304", "operator", ber(4, buf_hex("0102030405060708090a0b0c0d0e0f101112131415161718"))));
		udp(s.client, 161, oss(&s), 40161, version3(3, "800007db 04 01020304", "operator", ber(4, buf_hex("1112030405060708090a0b0c0d0e0f101112131415161718"))));
	}
}

/* The command comes late: what shows it is not among the first packets. */
static void manage_ldap(struct net *n)
{
	struct stage s = stage_new(n);
	struct tcp *t = tcp_open(s.client, 40000, oss(&s), 389);

	for (unsigned i = 0; i < 20; i++) {
		tcp_send(t, 0, buf_hex("301e02010577198017312e332e362e312e342e312e343230332e312e31312e33"));
		tcp_send(t, 1, buf_hex("300c 0201 05 7807 0a0100 0400 0400"));
	}
	tcp_send(t, 0, buf_hex("301a02010160150201030409636e3d612c64633d78800568756e7465"));
	tcp_send(t, 1, buf_hex("300c02010161070a010004000400"));
}

static void manage_telnet(struct net *n) { telnet_other_port(n); }
static void manage_ssh(struct net *n) { ssh_play(n, 23, false); }

const struct golden golden_manage[] = {
	{ "checks/MGMT-CLEARTEXT", "violated-snmp", manage_snmp2, NULL, NULL },
	{ "checks/MGMT-CLEARTEXT", "violated-ldap", manage_ldap, NULL, NULL },
	{ "checks/MGMT-CLEARTEXT", "violated-telnet-elsewhere", manage_telnet, NULL, NULL },
	{ "checks/MGMT-CLEARTEXT", "conform-snmp3", manage_snmp3, NULL, NULL },
	{ "checks/MGMT-CLEARTEXT", "lookalike-ssh-on-23", manage_ssh, NULL, NULL },
	{ "checks/MGMT-LATERAL", "conform-call-home", call_home, NULL, NULL },
	{ "checks/MGMT-LATERAL", "lookalike-no-call-home", call_not_home, NULL, NULL },
	{ "checks/MGMT-LATERAL", "violated-call-home", call_lateral, NULL, NULL },
	{ "ssh", "port-830", ssh, NULL, NULL },
	{ "ssh", "lengths-lie", ssh_lies, NULL, NULL },
	{ "ssh", "not-ssh", ssh_not, NULL, NULL },
	{ "snmp", "versions-1-and-2c", snmp, NULL, NULL },
	{ "snmp", "version-3", snmp3, NULL, NULL },
	{ "snmp", "other-port", snmp_other_port, NULL, NULL },
	{ "snmp", "lengths-lie", snmp_lies, NULL, NULL },
	{ "telnet", "login", telnet, NULL, NULL },
	{ "telnet", "other-port", telnet_other_port, NULL, NULL },
	{ "telnet", "not-telnet", telnet_not, NULL, NULL },
	{ "ftp", "login", ftp, NULL, NULL },
	{ "ftp", "greetings", ftp_greeting, NULL, NULL },
	{ "tftp", "requests", tftp, NULL, NULL },
	{ "tftp", "not-tftp", tftp_not, NULL, NULL },
	{ "ldap", "bind", ldap, NULL, NULL },
	{ "ldap", "starttls", ldap_tls, NULL, NULL },
	{ "ldap", "not-ldap", ldap_not, NULL, NULL },
	{ "radius", "access", radius, NULL, NULL },
	{ "radius", "old-ports", radius_old, NULL, NULL },
	{ "syslog", "syslog", syslog_, NULL, NULL },
	{ "syslog", "elsewhere", syslog_elsewhere, NULL, NULL },
	{ "ntp", "polls", ntp, NULL, NULL },
	{ "ntp", "not-ntp", ntp_not, NULL, NULL },
	{ "ptp", "clock", ptp, NULL, NULL },
	{ "ptp", "not-ptp", ptp_not, NULL, NULL },
	{ "dhcp", "lease", dhcp, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
