/*
 * The signed record of an audit, fairwitness-evidence(7): evidence/ and the manifest.  Everything is
 * a function of the inputs, the configuration, the keys and the program; only what is signed last
 * says that the directory is complete.
 */
#include "seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char readme[] =
	"This directory is the signed record of an audit by Fair Witness.\n"
	"\n"
	"  fairwitness verify DIR --key LOG.PUB     checks it; DIR is the directory above this one\n"
	"  sha256sum -c MANIFEST.sha256             checks that no file was changed by accident\n"
	"\n"
	"checkpoint    the signed head of the log: what a party should keep from the day it gets it\n"
	"tile/         the log: configuration, segments of the inputs, findings, totals\n"
	"proof/        for one finding, that it is in the log\n"
	"config/       register, policy and packs, as they were used\n"
	"packets.*     the packets that the findings and the elements rest on; identities, payload and\n"
	"              checksums are zero in them and stand as commitments\n"
	"log.vkey, exporter.pub   copies of the public keys: whoever checks must have had them before\n"
	"\n"
	"It shows that these octets were committed to by the holder of the log key and were not changed\n"
	"since, and which rules over which packets yield each finding.  It does not show that the frames were\n"
	"sent by the node they name, that nothing was lost before the tap, or that a rule is right law.\n"
	"The format is in the manual page fairwitness-evidence(7).\n";

enum status seal_open(struct seal *s, const struct run_opts *o)
{
	struct err e;
	int err;

	s->o = o;
	if ((err = signing_get(&s->keys, o, &e)) == FW_OK)
		return STATUS_DONE;
	return run_fail(err == FW_EINVAL ? STATUS_USAGE : STATUS_OUTPUT, e.text);
}

enum status seal_gather(struct seal *s)
{
	struct err e;

	if (s->in->full || fetch_list(&s->kept, s->fw) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	if (fetch_octets(&s->kept, s->in, s->dir, &e) != FW_OK)
		return run_fail(STATUS_OUTPUT, e.text);
	s->alone = calloc(docket_findings(s->report->docket) + 1u, sizeof(*s->alone));
	if (!s->alone || fetch_mask(&s->kept, s->cfg) != FW_OK || fetch_alone(&s->kept, s->cfg, s->report->docket, s->alone) != FW_OK ||
	    fetch_shown(&s->kept, s->cfg, &s->shown) != FW_OK)
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	return STATUS_DONE;
}

void seal_free(struct seal *s)
{
	shown_free(&s->shown);
	free(s->alone);
	fetch_free(&s->kept);
	signing_free(&s->keys);
}

static size_t configs_of(const struct conf *c, const struct conf_file *keylog, struct config_leaf *v)
{
	size_t n = 0;

	if (c->register_file.name)
		v[n++] = (struct config_leaf){ "register", "register.yaml", &c->register_file };
	if (c->policy_file.name)
		v[n++] = (struct config_leaf){ "policy", "policy.yaml", &c->policy_file };
	for (size_t i = 0; i < c->npacks; i++) {
		v[n] = (struct config_leaf){ .kind = "pack", .file = &c->pack[i] };
		(void)snprintf(v[n].name, sizeof(v[n].name), "pack-%s.yaml", c->pack[i].name);
		n++;
	}
	if (keylog->text)
		v[n++] = (struct config_leaf){ "keylog", "keylog.yaml", keylog };
	return n;
}

static int keylog_file(const struct seal *s, struct octets *text, struct conf_file *f)
{
	uint8_t d[SHA];

	if (!report_opens(s->report))
		return FW_OK;
	keylog_note(text, s->report->keylog_sha256, s->report->keylog_capture_sha256, d);
	if (text->full)
		return FW_ENOMEM;
	sha_hex(d, f->sha256);
	f->text = text->b;
	f->len = text->n;
	return FW_OK;
}

static int config_files(struct sealing *x, const struct config_leaf *v, size_t n)
{
	char path[OUT_NAME];

	for (size_t i = 0; i < n; i++) {
		(void)snprintf(path, sizeof(path), "evidence/config/%s", v[i].name);
		if (outdir_put(x->s->dir, path, v[i].file->text, v[i].file->len, &x->e) != FW_OK)
			return FW_EIO;
		octets_str(&x->configs, v[i].name);
		octets_str(&x->configs, " ");
		octets_str(&x->configs, v[i].file->sha256);
		octets_str(&x->configs, "\n");
	}
	return x->configs.full ? FW_ENOMEM : FW_OK;
}

static int put(void *ctx, const char *path, const void *p, size_t n)
{
	struct sealing *x = ctx;

	return outdir_put(x->s->dir, path, p, n, &x->e);
}

static int put_made(struct sealing *x, const char *path)
{
	return x->text.full ? FW_ENOMEM : put(x, path, x->text.b, x->text.n);
}

static int proofs(struct sealing *x)
{
	struct merkle_hash path[MERKLE_PATH];
	char name[OUT_NAME];

	for (size_t i = 0; i < x->nproven; i++) {
		int err;

		x->text.n = 0;
		proof_text(&x->text, x->proven[i], path, merkle_path(&x->log.tree, x->proven[i], path), &x->checkpoint);
		(void)snprintf(name, sizeof(name), "evidence/proof/%06llu.tlog-proof", (unsigned long long)x->proven[i]);
		if ((err = put_made(x, name)) != FW_OK)
			return err;
	}
	return FW_OK;
}

/* Tiles first, then what signs them: no size is signed whose leaves are not on disk. */
static int log_files(struct sealing *x)
{
	const struct signer *log = &x->s->keys.key[SIGNING_LOG], *exporter = &x->s->keys.key[SIGNING_EXPORT];
	struct merkle_hash root;
	int err = log_write(&x->log, put, x);

	if (err != FW_OK)
		return err;
	if ((err = outdir_sync(x->s->dir, &x->e)) != FW_OK)
		return err;
	merkle_root(&x->log.tree, &root);
	if (checkpoint_note(&x->checkpoint, x->origin, merkle_size(&x->log.tree), &root, log) != FW_OK)
		return FW_ENOMEM;
	if ((err = put(x, "evidence/checkpoint", x->checkpoint.b, x->checkpoint.n)) != FW_OK || (err = proofs(x)) != FW_OK)
		return err;
	x->text.n = 0;
	note_vkey(&x->text, x->origin, log->pub);
	octets_str(&x->text, "\n");
	if ((err = put_made(x, "evidence/log.vkey")) != FW_OK)
		return err;
	x->text.n = 0;
	ssh_public(&x->text, exporter->pub, "exporter");
	return put_made(x, "evidence/exporter.pub");
}

static int manifest(struct sealing *x)
{
	struct octets o = { 0 };
	int err;

	outdir_manifest(x->s->dir, &o);
	err = o.full ? FW_ENOMEM : put(x, "MANIFEST.sha256", o.b, o.n);
	x->text.n = 0;
	if (err == FW_OK)
		err = sshsig_text(&x->text, "bundle-v1@fairwitness", o.b, o.n, &x->s->keys.key[SIGNING_EXPORT]);
	octets_free(&o);
	return err == FW_OK ? put_made(x, "MANIFEST.sha256.sig") : err;
}

static int seal_all(struct sealing *x)
{
	struct config_leaf *config = calloc(x->s->conf->npacks + 3, sizeof(*config));
	struct octets text = { 0 };
	struct conf_file keylog = { 0 };
	int err = config ? keylog_file(x->s, &text, &keylog) : FW_ENOMEM;
	size_t n = err == FW_OK ? configs_of(x->s->conf, &keylog, config) : 0;

	if (err == FW_OK)
		err = outdir_put(x->s->dir, "evidence/README.txt", readme, sizeof(readme) - 1, &x->e);
	if (err == FW_OK)
		err = config_files(x, config, n);
	if (err == FW_OK)
		err = seal_packets(x);
	if (err == FW_OK)
		err = seal_leaves(x, config, n);
	if (err == FW_OK)
		err = log_files(x);
	free(config);
	octets_free(&text);
	return err == FW_OK ? manifest(x) : err;
}

enum status seal_write(struct seal *s)
{
	struct sealing x = { .s = s };
	int err = FW_OK;

	err_set(&x.e, "%s", err_word(FW_ENOMEM));
	for (uint32_t i = 0; i < s->report->ninputs; i++)
		x.nsegs += s->in->segments[i].n;
	x.seg = calloc(s->report->ninputs + 1u, sizeof(*x.seg));
	x.root = calloc(x.nsegs + 1, sizeof(*x.root));
	x.retained = calloc(x.nsegs + 1, sizeof(*x.retained));
	err = x.seg && x.root && x.retained ? seal_all(&x) : FW_ENOMEM;
	log_free(&x.log);
	octets_free(&x.text);
	octets_free(&x.configs);
	octets_free(&x.checkpoint);
	free(x.seg);
	free(x.wholes.v);
	free(x.root);
	free(x.retained);
	free(x.proven);
	return err == FW_OK ? STATUS_DONE : run_fail(STATUS_OUTPUT, x.e.text);
}
