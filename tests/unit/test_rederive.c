/*
 * Every finding of every golden capture, of the sample network and of captures by others (FW_CAPTURES, or where they usually lie) is made again
 * from its retained packets alone, masked; with each register and policy that lies beside it, with neither, and with those of another network.
 * Arguments: the source tree, netgen.
 */
#include "tap.h"

#include "conf.h"
#include "core.h"
#include "err.h"
#include "frames.h"
#include "rederive.h"
#include "retain.h"
#include "sha.h"

#include <unistd.h>

static const char *root, *netgen;

struct all { unsigned captures, audits, findings, again; uint64_t frames, retained, octets, shown; bool sample; };

/* ---- what a capture is held against ---- */

static const char *beside(const char *path, const char *what, char out[1200])
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
	FILE *f;

	(void)snprintf(out, 1200, "%.*s.%s.yaml", (int)(dot - path), path, what);
	if (!(f = fopen(out, "r"))) {
		(void)snprintf(out, 1200, "%.*s/%s.yaml", (int)(slash - path), path, what);
		f = fopen(out, "r");
	}
	if (f)
		(void)fclose(f);
	return f ? out : NULL;
}

struct held { struct conf conf; struct fw_pool pool[64]; struct fw_config cfg; };

static void hmac(void *ctx, const void *data, size_t n, uint8_t out[32])
{
	(void)ctx;
	sha_of(data, n, out);
}

static bool hold(struct held *h, const char *reg, const char *policy)
{
	struct conf_opts co = { .register_file = reg, .policy_file = policy };

	memset(h, 0, sizeof(*h));
	if (conf_get(&h->conf, &co))
		return false;
	h->cfg = (struct fw_config){ .crypto = { .hmac = hmac, .sha256 = sha_of }, .reg = h->conf.reg, .policy = h->conf.policy, .pools = h->pool };
	for (uint32_t i = 0; h->conf.reg && i < h->conf.reg->networks.ue_pools.n && i < 64; i++) {
		h->pool[i].fam = h->conf.reg->networks.ue_pools.v[i].net.fam;
		h->pool[i].bits = h->conf.reg->networks.ue_pools.v[i].bits;
		memcpy(h->pool[i].addr, h->conf.reg->networks.ue_pools.v[i].net.b, 16);
		h->cfg.npools++;
	}
	return true;
}

/* ---- from the retained packets alone ---- */

struct kept { struct frame *at; size_t n; uint64_t octets, shown; };

static void on_masked(void *ctx, size_t i, const struct fw_masked *m)
{
	struct kept *k = ctx;
	uint8_t *b = malloc(m->n + 1u);

	if (!b)
		abort();
	memcpy(b, m->data, m->n);
	k->at[i].data = b;
	for (size_t c = 0; c < m->nchunks; c++)
		k->shown += fw_class_masked(m->chunk[c].class) ? 0 : m->chunk[c].len;
	k->octets += m->n;
}

static struct kept keep(const struct fw_config *cfg, const struct frames_of *f, const struct retained *r)
{
	struct frame *chosen = malloc((f->n + 1) * sizeof(*chosen));
	struct kept k = { malloc((f->n + 1) * sizeof(*k.at)), 0, 0, 0 };

	if (!chosen || !k.at)
		abort();
	for (size_t i = 0; i < f->n; i++)
		if (retained_has(r, f->at[i].input, f->at[i].no))
			chosen[k.n++] = f->at[i];
	if (k.n)
		memcpy(k.at, chosen, k.n * sizeof(*chosen));
	if (fw_mask(cfg, chosen, k.n, on_masked, &k))
		abort();
	free(chosen);
	return k;
}

static void tell(const char *path, const char *with, const struct finding *a, const struct finding *b)
{
	printf("# %s %s: %s %s -> %s, %s severity %d, %u frames, context %u: ", path, with, a->check->id, a->subject, a->object,
		verdict_name(a->verdict), (int)a->severity, a->nframes, a->ncontext);
	if (!b)
		printf("not made again; %s; frames", a->reason);
	else
		printf("%s severity %d, frames", verdict_name(b->verdict), (int)b->severity);
	for (unsigned i = 0; b && i < b->nframes && i < FINDING_GROUNDS; i++)
		printf(" %u", b->frame[i].frame);
	printf("; was");
	for (unsigned i = 0; i < a->nframes && i < FINDING_GROUNDS; i++)
		printf(" %u", a->frame[i].frame);
	printf("\n");
}

/* As leaves have them, octet by octet. */
static bool same_core(const struct finding *a, const struct finding *b)
{
	const struct finding *f[2] = { a, b };
	struct octets o[2] = { { 0 }, { 0 } };
	bool same = true;

	for (unsigned i = 0; i < 2; i++) {
		struct leaf l;

		leaf_start(&l, &o[i]);
		finding_core(&l, f[i], fw_ruleset(), NULL, NULL);
		same = leaf_end(&l) && same;
	}
	same = same && o[0].n == o[1].n && !memcmp(o[0].b, o[1].b, o[0].n);
	octets_free(&o[0]);
	octets_free(&o[1]);
	return same;
}

static void audit(const char *path, const struct frames_of *f, const char *reg, const char *policy, struct all *all)
{
	struct held h;
	struct fw *w;
	struct retained r;
	struct rederived again;
	struct fw_config cfg;
	const struct docket *d;
	struct kept k;

	if (!hold(&h, reg, policy))
		return;
	if (fw_new(&w, &h.cfg))
		abort();
	fw_feed(w, f->at, f->n);
	if (fw_end(w) || retained_get(&r, w))
		abort();
	d = fw_docket(w);
	cfg = h.cfg;
	cfg.at_ns = docket_view(d)->at_ns;
	k = keep(&cfg, f, &r);
	if (rederive(&again, &cfg, k.at, k.n))
		abort();
	all->audits++;
	all->frames += f->n;
	all->retained += k.n;
	all->octets += k.octets;
	all->shown += k.shown;
	for (uint32_t i = 0; i < docket_findings(d); i++) {
		const struct finding *x = docket_finding(d, i), *y = rederived_find(&again, x->check->id, x->subject, x->object);

		all->findings++;
		if (y && same_core(x, y))
			all->again++;
		else
			tell(path, reg || policy ? "(register, policy)" : "", x, y);
	}
	rederived_free(&again);
	retained_free(&r);
	fw_free(w);
	conf_free(&h.conf);
	for (size_t i = 0; i < k.n; i++)
		free((void *)(uintptr_t)k.at[i].data);
	free(k.at);
}

static void one(const char *path, void *ctx)
{
	char reg[1200], policy[1200], sample_reg[1200], sample_policy[1200];
	const char *r = beside(path, "register", reg), *p = beside(path, "policy", policy);
	struct frames_of f = frames_load(path);
	struct all *all = ctx;

	all->captures++;
	audit(path, &f, NULL, NULL, all);
	if (r || p)
		audit(path, &f, r, p, all);
	if (all->sample) {		/* a register of another network: nothing is declared */
		(void)snprintf(sample_reg, sizeof(sample_reg), "%s/tests/e2e/conf/register.yaml", root);
		(void)snprintf(sample_policy, sizeof(sample_policy), "%s/tests/e2e/conf/policy.yaml", root);
		audit(path, &f, sample_reg, sample_policy, all);
	}
	frames_free(&f);
}

static void say(const char *where, const struct all *x)
{
	printf("# %s: %u captures, %u audits; %u of %u findings made again; %llu of %llu packets retained, %llu of %llu octets of them shown\n", where, x->captures,
		x->audits, x->again, x->findings, (unsigned long long)x->retained, (unsigned long long)x->frames, (unsigned long long)x->shown,
		(unsigned long long)x->octets);
}

static void every_finding_of_every_golden_capture_is_made_again(void)
{
	struct all all = { .sample = true };
	char dir[1000];

	(void)snprintf(dir, sizeof(dir), "%s/tests/golden", root);
	EXPECT(each_capture(dir, one, &all) > 280);
	EXPECT(all.again == all.findings && all.findings > 1000);
	say("golden", &all);
}

static void every_finding_of_the_sample_network_is_made_again(void)
{
	char reg[1000], policy[1000], path[] = "/tmp/fw-rederive-" "XX" "XX" "XX";
	struct all all = { .captures = 1 };
	char command[2100];
	struct frames_of f;
	int fd = mkstemp(path);

	(void)snprintf(command, sizeof(command), "'%s' sample '%s'", netgen, path);
	if (fd < 0 || close(fd) || system(command))
		abort();
	f = frames_load(path);
	(void)unlink(path);
	(void)snprintf(reg, sizeof(reg), "%s/share/sample/register.yaml", root);
	(void)snprintf(policy, sizeof(policy), "%s/share/sample/policy.yaml", root);
	audit("the sample network", &f, NULL, NULL, &all);
	audit("the sample network", &f, reg, NULL, &all);
	audit("the sample network", &f, reg, policy, &all);
	frames_free(&f);
	EXPECT(all.audits == 3 && all.again == all.findings && all.findings > 20);
	say("sample", &all);
}

static struct all others = { .sample = true };

static void every_finding_of_captures_by_others_is_made_again(void)
{
	EXPECT(others.again == others.findings);
	say("by others", &others);
}

int main(int argc, char **argv)
{
	const char *dir = getenv("FW_CAPTURES");
	char beside_it[1000];

	root = argc > 1 ? argv[1] : ".";
	TEST(every_finding_of_every_golden_capture_is_made_again);
	netgen = argc > 2 ? argv[2] : NULL;
	if (netgen)
		TEST(every_finding_of_the_sample_network_is_made_again);
	else
		tap_skip("every finding of the sample network is made again", "no netgen was named");
	(void)snprintf(beside_it, sizeof(beside_it), "%s/../shared/captures", root);
	if (each_capture(dir ? dir : beside_it, one, &others))
		TEST(every_finding_of_captures_by_others_is_made_again);
	else
		tap_skip("every finding of captures by others is made again", "they are not here (FW_CAPTURES)");
	return tap_end();
}
