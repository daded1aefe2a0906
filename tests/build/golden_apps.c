/* Golden captures of NETCONF in clear, and of applications in HTTP that are not of the 5G core. */
#include "golden.h"
#include "http2.h"

#define HELLO(capabilities, more) "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\">\n <capabilities>\n" capabilities \
	" </capabilities>\n" more "</hello>\n]]>]]>"
#define BASE "  <capability>urn:ietf:params:netconf:base:1.0</capability>\n"
#define MORE "  <capability>urn:ietf:params:netconf:capability:candidate:1.0</capability>\n"

/* Both ends begin at once; then a request. */
static void talk(struct tcp *t, unsigned server)
{
	tcp_send(t, server, buf_str(HELLO(BASE MORE, " <session-id>4</session-id>\n")));
	tcp_send(t, !server, buf_str("<nc:hello xmlns:nc=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><nc:capabilities><nc:capability>urn:ietf:params:netconf:base:1.0</nc:capability>"
		"</nc:capabilities></nc:hello>]]>]]>"));
	tcp_send(t, !server, buf_str("<rpc message-id=\"1\" xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><get/></rpc>]]>]]>"));
}

/* To a managed element on a port of its own; from one that calls home (RFC 8071). */
static void netconf(struct net *n)
{
	struct stage s = stage_new(n);

	talk(tcp_open(s.client, 40001, s.server, 2022), 1);
	talk(tcp_open(s.server, 40002, s.client, 4334), 0);
}

/* XML that is none: another name space, a hello of something else, a comment that speaks of it, one without an end. */
static void not_netconf(struct net *n)
{
	struct stage s = stage_new(n);
	static const char *const texts[] = { "<?xml version=\"1.0\"?><hello xmlns=\"urn:example:greeting\">]]>]]>", "<helloworld xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"/>]]>]]>",
		"<!-- hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" -->]]>]]>", "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"/>]]>]]>",
		"<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><capabilities>" };

	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		tcp_send(tcp_open(s.client, 40001 + i, s.server, 2022), 1, buf_str(texts[i]));
}

static void call(struct h2 *h, const char *method, const char *path, const char *agent)
{
	uint32_t s = h2_request(h, method, path, NULL, NULL, agent ? (const char *const[]){ "user-agent", agent, NULL } : NULL);

	h2_reply(h, s, "200", "application/json", "{}", NULL);
}

#define KUBELET "kubelet/v1.28.2 (linux/amd64) kubernetes/89a4ea3"

/* etcd and the API of Kubernetes in clear, on ports of their own; then what only resembles them. */
static void orchestration(struct net *n)
{
	struct stage s = stage_new(n);
	struct h2 *etcd = h2_open(s.client, 40001, s.server, 12379), *api = h2_open(s.client, 40002, s.server, 18080);

	call(etcd, "POST", "/etcdserverpb.KV/Range", "grpc-go/1.58.3");
	call(etcd, "POST", "/etcdserverpb.Lease/LeaseKeepAlive", NULL);
	call(api, "GET", "/api/v1/namespaces/core/pods?limit=500", "kubectl/v1.28.2 (linux/amd64) kubernetes/89a4ea3");
	call(api, "GET", "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-1", NULL);
	call(api, "GET", "/healthz", KUBELET);
	call(api, "GET", "/api/v1/orders", "curl/8.0");
	call(api, "GET", "/api/v1/podsession", "kubelet/none");
	call(api, "GET", "/apis/example/v1", NULL);
	call(api, "POST", "/etcd", NULL);
}

const struct golden golden_apps[] = {
	{ "netconf", "hello", netconf, NULL, NULL },
	{ "netconf", "look-alike", not_netconf, NULL, NULL },
	{ "http2", "orchestration", orchestration, NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
