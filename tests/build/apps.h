/* What else is on the wire: DNS, NTP, SSH, TLS.  Payloads, and short exchanges between two hosts. */
#ifndef FW_BUILD_APPS_H
#define FW_BUILD_APPS_H

#include "stream.h"

enum { DNS_A = 1, DNS_CNAME = 5, DNS_PTR = 12, DNS_TXT = 16, DNS_AAAA = 28, DNS_SRV = 33, DNS_NAPTR = 35 };

struct buf dns_query(unsigned id, const char *name, unsigned type);
struct dns_answer {
	const char	*cname;		/* the name is an alias of this one, which has the addresses */
	struct ip	 a[4];
	unsigned	 n;
	unsigned	 rcode;
	bool		 plain;		/* names in full, no compression */
};
struct buf dns_answer(unsigned id, const char *name, unsigned type, const struct dns_answer *what);
struct buf dns_over_tcp(struct buf message);				/* with its length in front */

/* One lookup over UDP: the query and 2 ms later the answer; NULL: there is no such name. */
void dns_lookup(struct host *client, struct host *resolver, const char *name, const struct ip *answer);
void ntp_poll(struct host *client, struct host *server);
/* A session of so many records each way after the handshake; closed at the end. */
void ssh_session(struct host *client, struct host *server, unsigned records);
void tls_session(struct host *client, unsigned cport, struct host *server, unsigned sport, const char *sni, unsigned records);
struct buf tls_client_hello(struct seed *s, const char *sni);

#endif
