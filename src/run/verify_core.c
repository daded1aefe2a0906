/*
 * What comes out of the bundle itself: the configuration is read, the page made again from
 * report.json and the retained packets, and each finding's core from the packets alone.
 */
#include "core.h"
#include "rederive.h"
#include "verify_inside.h"

#include "addr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file of the configuration, opened here, so that no link of the bundle is followed; its name for the loader. */
static const char *config_file(struct verify *v, const char *kind, int *fd, char path[64])
{
	char name[64];

	*fd = -1;
	for (uint32_t i = 0; i < v->nconfigs; i++) {
		if (!slice_is(v->config[i].kind, kind))
			continue;
		(void)snprintf(name, sizeof(name), "evidence/config/%s.yaml", kind);
		*fd = verify_open(v, name);
		(void)snprintf(path, 64, "/proc/self/fd/%d", *fd);
		return path;
	}
	return NULL;
}

/* What the record was made with, as options of a run. */
void verify_options(struct verify *v, struct config_files *c, struct run_opts *o)
{
	char day[TIME_TEXT];

	*o = (struct run_opts){ .from_ns = v->genesis.from, .until_ns = v->genesis.until, .keep_inner = v->genesis.keep_inner };
	(void)snprintf(day, sizeof(day), "%.10sT00:00:00.000000000Z", v->genesis.at.p);
	(void)time_parse(day, strlen(day), &o->at_ns);
	o->register_file = config_file(v, "register", &c->reg, c->reg_path);
	o->policy_file = config_file(v, "policy", &c->policy, c->policy_path);
}

void verify_options_close(struct config_files *c)
{
	if (c->reg >= 0)
		(void)close(c->reg);
	if (c->policy >= 0)
		(void)close(c->policy);
}

/* ---- findings from the retained packets ---- */

/* The core as a leaf has it. */
bool verify_core_of(struct octets *out, const struct finding *f, const char *register_sha256, const char *policy_sha256)
{
	struct leaf l;

	out->n = 0;
	leaf_start(&l, out);
	finding_core(&l, f, fw_ruleset(), register_sha256, policy_sha256);
	return leaf_end(&l);
}

/* Between {"core": and the last brace. */
struct slice verify_core_in(const struct octets *o)
{
	return (struct slice){ o->b + 8, o->n - 9 };
}

/* Does the finding of leaf i come out of what was made again?  e: why not; alone: the record says that it does. */
static bool comes_out(struct verify *v, uint32_t i, const struct rederived *r, const struct conf *c, struct octets *made, bool *alone)
{
	struct slice text = verify_leaf(v, i);
	struct octets name = { 0 };
	size_t subject, object;
	const struct finding *f;
	struct entry l;

	if (!entry_read(&v->doc, text.p, text.n, &l, &v->e))
		return false;
	*alone = l.u.finding.alone;
	(void)jdoc_plain(l.u.finding.c.check, &name);
	octets_add(&name, "", 1);
	subject = name.n;
	(void)jdoc_plain(l.u.finding.c.subject, &name);
	octets_add(&name, "", 1);
	object = name.n;
	(void)jdoc_plain(l.u.finding.c.object, &name);
	octets_add(&name, "", 1);
	v->no_memory |= name.full;
	f = name.full ? NULL : rederived_find(r, name.b, name.b + subject, name.b + object);
	octets_free(&name);
	if (!f) {
		err_set(&v->e, "the retained packets do not show it");
		return false;
	}
	if (!verify_core_of(made, f, c->register_file.name ? c->register_file.sha256 : NULL, c->policy_file.name ? c->policy_file.sha256 : NULL)) {
		v->no_memory = true;
		return false;
	}
	text = jdoc_text(&v->doc, l.u.finding.core);
	if (verify_core_in(made).n == text.n && !memcmp(verify_core_in(made).p, text.p, text.n))
		return true;
	err_set(&v->e, "the retained packets give it another verdict, severity or grounds");
	return false;
}

/* The packs that are built in are those of the record. */
static bool same_packs(struct verify *v, const struct conf *c)
{
	size_t n = 0;

	for (uint32_t i = 0; i < v->nconfigs; i++) {
		char hex[HEX_SHA];

		if (!slice_is(v->config[i].kind, "pack"))
			continue;
		sha_hex(v->config[i].sha, hex);
		if (n >= c->npacks || strcmp(c->pack[n].sha256, hex)) {
			verify_fail(v, SHOWS_CORE, "evidence/config/%.*s: is not the pack of that name that version %s has, or the policy does not import it", (int)v->config[i].name.n,
				v->config[i].name.p, fw_version());
			return false;
		}
		n++;
	}
	if (n == c->npacks)
		return true;
	verify_fail(v, SHOWS_CORE, "the log has %zu packs, the policy imports %zu", n, c->npacks);
	return false;
}

struct frame *verify_ordered(const struct verify *v)
{
	struct frame *f = malloc((v->retained + 1) * sizeof(*f));

	if (!f)
		return NULL;
	memcpy(f, v->packet, v->retained * sizeof(*f));
	if (capture_order(f, v->retained) == FW_OK)
		return f;
	free(f);
	return NULL;
}

/* TLS was read with a key log, so that more was seen than the packets show. */
bool verify_keylogged(const struct verify *v)
{
	return v->nconfigs && slice_is(v->config[v->nconfigs - 1].kind, "keylog");
}

static int find_again(struct verify *v, struct against *a, struct fw_config *cfg)
{
	struct rederived r = { NULL };
	struct octets made = { 0 };
	struct frame *f = verify_ordered(v);
	uint32_t n = 0, more = 0;
	int err = f ? rederive(&r, cfg, f, v->retained) : FW_ENOMEM;

	for (uint32_t i = 0; err == FW_OK && i < v->nfindings; i++) {
		bool alone = true;

		if (comes_out(v, v->finding[i], &r, &a->conf, &made, &alone))
			n++;
		else if (!alone)
			more++;
		else
			verify_fail(v, SHOWS_CORE, "leaf %u: %s", v->finding[i], v->e.text);
	}
	if (err == FW_OK && more)
		verify_not_shown(v, SHOWS_CORE, "%u of %u findings come out of the retained packets; %u rest%s on more than those, as the log says: -r %sshows it", n,
			v->nfindings, more, more == 1 ? "s" : "", verify_keylogged(v) && (v->keylog_file || !v->reported) ? "with --keylog " : "");
	else if (err == FW_OK && v->ncomplete)
		verify_not_shown(v, SHOWS_CORE, "%u of %u findings come out of the retained packets; %u of them rest on an absence, which packets alone do not show", n,
			v->nfindings, v->ncomplete);
	else if (err == FW_OK)
		verify_pass(v, SHOWS_CORE, "%u finding%s come out of %llu retained packets and the configuration", n, n == 1 ? "" : "s", (unsigned long long)v->retained);
	octets_free(&made);
	rederived_free(&r);
	free(f);
	return err == FW_ELIMIT ? FW_ENOMEM : err;
}

/* False: it was not this version that made the record. */
bool verify_of_this_version(struct verify *v, enum verify_name n)
{
	if (slice_is(v->genesis.version, fw_version()) && slice_is(v->genesis.ruleset, fw_ruleset()))
		return true;
	verify_not_shown(v, n, "made by version %.*s, this is %s", (int)v->genesis.version.n, v->genesis.version.p, fw_version());
	return false;
}

int verify_config(struct verify *v)
{
	struct config_files files;
	struct run_opts o;
	enum status s;

	if (!v->lawful || !v->config_held)
		return FW_OK;
	v->cfg.keep_inner = v->genesis.keep_inner;
	verify_options(v, &files, &o);
	s = against_get(&v->against, &o, &v->cfg);
	v->configured = s == STATUS_DONE;
	verify_options_close(&files);
	return s == STATUS_OUTPUT ? FW_ENOMEM : FW_OK;		/* what it holds is well, and there was no memory to read it */
}

int verify_core(struct verify *v)
{
	if (!v->lawful || !v->config_held || !v->opened) {
		verify_not_shown(v, SHOWS_CORE, "rests on the log, the configuration and the packets, of which something failed");
		return FW_OK;
	}
	if (!verify_of_this_version(v, SHOWS_CORE))
		return FW_OK;
	if (v->configured)
		return same_packs(v, &v->against.conf) ? find_again(v, &v->against, &v->cfg) : FW_OK;
	verify_fail(v, SHOWS_CORE, "evidence/config: register and policy cannot be read again");
	return FW_OK;
}

/* ---- the page ---- */

static long from_fd(void *ctx, char *p, size_t n)
{
	return read(*(int *)ctx, p, n);
}

/* The retained packets as audit gave them to the page. */
static int shown_of(struct verify *v, struct shown *s)
{
	struct shown_frame *in = calloc(v->retained + 1, sizeof(*in));
	int err = FW_ENOMEM;

	for (uint64_t i = 0; in && i < v->retained; i++)
		in[i] = (struct shown_frame){ v->packet[i], v->bits + v->bits_at[i] };
	if (in)
		err = shown_get(s, &v->cfg, in, v->retained);
	free(in);
	return err;
}

static int page_again(struct verify *v, struct page_in *in, struct verify_same *same)
{
	struct shown s = { .n = 0 };
	int err = shown_of(v, &s);
	char c;

	in->packet = s.v;
	in->npackets = s.n;
	if (err == FW_OK && report_html(in, verify_same, same) && !same->differs)
		err = FW_ENOMEM;
	if (err == FW_OK && (same->differs || pread(same->fd, &c, 1, (off_t)same->at) == 1))
		verify_fail(v, SHOWS_RENDERED, "report.html: octet %llu is not what report.json and the packets make there", (unsigned long long)same->at);
	shown_free(&s);
	return err;
}

int verify_page(struct verify *v)
{
	struct page_in in = { 0 };
	struct verify_same *same;
	int fd, err;

	if (!v->reported)		/* said before */
		return FW_OK;
	if (!v->opened || !v->configured) {
		verify_not_shown(v, SHOWS_RENDERED, "report.json agrees with the leaves; report.html rests on packets and configuration, of which something failed");
		return FW_OK;
	}
	if (!verify_of_this_version(v, SHOWS_RENDERED))
		return FW_OK;
	same = calloc(1, sizeof(*same));
	if (!same)
		return FW_ENOMEM;
	fd = verify_open(v, "report.json");
	same->fd = verify_open(v, "report.html");
	err = page_load(&in, from_fd, &fd, &v->e);
	if (err == FW_OK)
		err = page_again(v, &in, same);
	else if (err == FW_EFORMAT)
		verify_fail(v, SHOWS_RENDERED, "report.json: %s", v->e.text);
	else if (err == FW_EIO)
		verify_unreadable(v, "report.json: %s", v->e.text);
	page_unload(&in);
	if (fd >= 0)
		(void)close(fd);
	if (same->fd >= 0)
		(void)close(same->fd);
	free(same);
	if (err == FW_OK)
		verify_pass(v, SHOWS_RENDERED, "report.json agrees with the leaves, and makes report.html with the retained packets");
	return err == FW_EFORMAT || err == FW_EIO ? FW_OK : err;
}
