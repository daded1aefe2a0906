/* netgen: writes the sample network and the golden captures.  The same command gives the same octets everywhere. */
#include "golden.h"
#include "sample.h"

#include <stdio.h>
#include <string.h>

enum { MAX_SCENES = 32, SEED = 5 };

static int usage(void)
{
	fputs("usage: netgen sample OUT.pcap [--truth] [--with SCENE] [--without SCENE]\n"
	      "       netgen golden DIR\n"
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
	bool truth = false;
	bool with[MAX_SCENES] = { false };
	struct net *n;
	int err = 0;

	for (unsigned i = 0; scenes[i].name; i++)
		with[i] = true;
	for (int i = 2; i < argc; i++) {
		if (!strcmp(argv[i], "--truth"))	/* what the network knows of itself, on stdout */
			truth = true;
		else if ((!strcmp(argv[i], "--with") || !strcmp(argv[i], "--without")) && i + 1 < argc) {
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
	net_free(n);
	return err ? 4 : 0;
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "sample"))
		return sample(argc, argv);
	if (argc == 3 && !strcmp(argv[1], "golden"))
		return golden_write(argv[2]);
	return usage();
}
