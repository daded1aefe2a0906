/* fairwitness decode */
#include "cli.h"

#include "fairwitness.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int decode(int argc, char **argv);

const struct command cmd_decode = {
	"decode",
	"fairwitness decode -r FILE [-r ...] [--proto P]... [--register F] [--clear] [--case-key FILE] [--keylog FILE] [--keylog-in-capture] [--keep-inner] [--batch N] [--no-digest]",
	"facts of a capture, one JSON object a line", decode,
};

static bool known_kind(const char *s)
{
	const char *name;

	for (unsigned i = 0; (name = fw_kind(i)); i++)
		if (!strcmp(s, name))
			return true;
	return false;
}

static int bad_kind(const char *s)
{
	char all[256];
	size_t n = 0;
	const char *name;

	all[0] = 0;
	for (unsigned i = 0; (name = fw_kind(i)) && n < sizeof(all); i++)
		n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s", i ? ", " : "", name);
	return usage_error(&cmd_decode, "--proto %s: there is no such kind of fact; there are %s", s, all);
}

enum { O_PROTO = 256, O_POOLS, O_CLEAR, O_KEY, O_KEEP, O_BATCH, O_NO_DIGEST, O_KEYLOG, O_KEYLOG_IN, O_HELP };

static const struct option options[] = {
	{ "proto", 1, NULL, O_PROTO }, { "register", 1, NULL, O_POOLS }, { "clear", 0, NULL, O_CLEAR }, { "case-key", 1, NULL, O_KEY }, { "keep-inner", 0, NULL, O_KEEP },
	{ "batch", 1, NULL, O_BATCH }, { "no-digest", 0, NULL, O_NO_DIGEST }, { "keylog", 1, NULL, O_KEYLOG }, { "keylog-in-capture", 0, NULL, O_KEYLOG_IN }, { "help", 0, NULL, O_HELP }, { NULL, 0, NULL, 0 },
};

static int decode(int argc, char **argv)
{
	const struct command *c = &cmd_decode;
	struct args paths = { 0 }, protos = { 0 };
	struct run_opts o = { 0 };
	int opt, status = -1;

	opterr = 0;
	while (status < 0 && (opt = getopt_long(argc, argv, ":r:h", options, NULL)) != -1) {
		switch (opt) {
		case 'r': status = args_add(&paths, optarg) ? -1 : STATUS_OUTPUT; break;
		case O_PROTO: status = !known_kind(optarg) ? bad_kind(optarg) : args_add(&protos, optarg) ? -1 : STATUS_OUTPUT; break;
		case O_POOLS: o.register_file = optarg; break;
		case O_CLEAR: o.clear = true; break;
		case O_KEY: o.case_key = optarg; break;
		case O_KEYLOG: o.keylog = optarg; break;
		case O_KEYLOG_IN: o.keylog_in_capture = true; break;
		case O_KEEP: o.keep_inner = true; break;
		case O_NO_DIGEST: o.no_digest = true; break;
		case O_BATCH:
			o.batch = (unsigned)strtoul(optarg, NULL, 10);
			if (!o.batch || o.batch > 256)
				status = usage_error(c, "--batch %s: a number from 1 to 256 is wanted", optarg);
			break;
		case 'h':
		case O_HELP: (void)printf("usage: %s\n", c->usage); status = STATUS_DONE; break;
		case ':': status = usage_error(c, "%s needs an argument", argv[optind - 1]); break;
		default: status = usage_error(c, "%s is not an option of this version", argv[optind - 1]); break;
		}
	}
	if (status < 0 && optind < argc)
		status = usage_error(c, "%s stands alone; inputs are named with -r", argv[optind]);
	if (status < 0 && !paths.n)
		status = usage_error(c, "no input; name one with -r FILE or -r -");
	o.path = paths.v;
	o.npaths = paths.n;
	o.proto = protos.v;
	o.nprotos = protos.n;
	if (status < 0)
		status = (int)run_decode(&o);
	args_free(&paths);
	args_free(&protos);
	return status;
}
