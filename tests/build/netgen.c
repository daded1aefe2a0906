/* netgen: writes the sample network and the golden captures.  The same command gives the same octets everywhere. */
#include "golden.h"
#include "sample.h"
#include "secret.h"

#include <stdio.h>
#include <string.h>

enum { MAX_SCENES = 32, SEED = 5 };

static int usage(void)
{
	fputs("usage: netgen sample OUT.pcap [--truth] [--secrets] [--with SCENE] [--without SCENE]\n"
	      "       netgen golden DIR [--secrets]\n"
	      "       netgen crowd OUT.pcap\n"
	      "scenes:", stderr);
	for (unsigned i = 0; scenes[i].name; i++)
		fprintf(stderr, "%s%s", i && scenes[i].planted && !scenes[i - 1].planted ? "\nplanted for an audit to find, together called all: " : " ",
			scenes[i].name);
	fputc('\n', stderr);
	return 2;
}

/* "all" are the planted ones: without them the network is clean. */
static bool choose(bool *with, const char *name, bool on)
{
	bool found = false;

	for (unsigned i = 0; scenes[i].name; i++)
		if (!strcmp(scenes[i].name, name) || (scenes[i].planted && !strcmp("all", name))) {
			with[i] = on;
			found = true;
		}
	return found;
}

static int failed(const char *path, int err)
{
	fprintf(stderr, "netgen: %s: %s\n", path, strerror(err));
	return 4;
}

static int sample(int argc, char **argv)
{
	const char *out = NULL;
	bool truth = false, secrets = false;
	bool with[MAX_SCENES] = { false };
	struct net *n;
	int err = 0;

	for (unsigned i = 0; scenes[i].name; i++)
		with[i] = true;
	for (int i = 2; i < argc; i++) {
		if (!strcmp(argv[i], "--truth"))	/* what the network knows of itself, on stdout */
			truth = true;
		else if (!strcmp(argv[i], "--secrets")) {	/* what no output may hold of it */
			secrets_rich();
			secrets = true;
		} else if ((!strcmp(argv[i], "--with") || !strcmp(argv[i], "--without")) && i + 1 < argc) {
			bool on = !strcmp(argv[i], "--with");
			if (!choose(with, argv[++i], on))
				return usage();
		} else if (!out && argv[i][0] != '-')
			out = argv[i];
		else
			return usage();
	}
	if (!out)
		return usage();
	n = net_new(SEED);
	struct sample *s = sample_new(n, with);

	if ((err = net_write(n, out, false)))
		failed(out, err);
	else if (truth && (err = mobile_truth(s->m, stdout)))
		failed("standard output", err);
	if (!err && secrets)
		secrets_print(stdout, out);
	net_free(n);
	return err ? 4 : 0;
}

/*
 * A crowd of UEs, each with sessions and handovers behind it, whose AMF then replays less than they announced: findings whose first packets rest on more
 * packets than an audit retains for one finding.
 */
static int crowd(const char *path)
{
	struct net *n = net_new(SEED);
	struct stage s = stage_n2(n);
	static char msin[20][11];
	int err;

	smf_associate(s.smf, s.upf);
	for (unsigned i = 0; i < sizeof(msin) / sizeof(*msin); i++) {
		struct ue *u;

		snprintf(msin[i], sizeof(msin[i]), "7000000%03u", i % 1000);
		u = ue_new(s.m, msin[i], 2, 2);
		ue_register(u, s.north);
		for (unsigned k = 0; k < MAX_SESSIONS; k++)
			ue_session(u, s.upf, NULL, 1);
		for (unsigned k = 0; k < 10; k++)
			ue_move_n2(u, k % 2 ? s.north : s.south, false);
		u->replayed = 0x8080;
		ue_secure(u);
	}
	if ((err = net_write(n, path, false)))
		failed(path, err);
	net_free(n);
	return err ? 4 : 0;
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "sample"))
		return sample(argc, argv);
	if (argc == 4 && !strcmp(argv[1], "golden") && !strcmp(argv[3], "--secrets")) {
		secrets_rich();
		return golden_write(argv[2], true);
	}
	if (argc == 3 && !strcmp(argv[1], "golden"))
		return golden_write(argv[2], false);
	if (argc == 3 && !strcmp(argv[1], "crowd"))
		return crowd(argv[2]);
	return usage();
}
