/* fairwitness verify */
#include "cli.h"

#include "verify.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static int verify(int argc, char **argv);

const struct command cmd_verify = {
	"verify",
	"fairwitness verify DIR [--key K] [--checkpoint FILE] [-r FILE]... [--case-key FILE] [--keylog FILE] [--require LIST] [--json]",
	"what a signed record shows, and what it does not", verify,
};

static const char details[] =
	"\n"
	"  DIR               what audit -o wrote: fairwitness-evidence(7)\n"
	"  --key K           the log's public key, got from its owner by another way: a file, or the line itself (name+id+base64)\n"
	"  --checkpoint FILE a checkpoint of this log that you kept: nothing that it covers may have changed\n"
	"  -r FILE           the captures themselves: the whole report is made again and compared\n"
	"  --case-key FILE   the case key, without which a report with subscribers' pseudonyms does not come out again\n"
	"  --keylog FILE     the key log that TLS was read with, without which a record that was made with one does not come out again\n"
	"  --require LIST    names that must be PASS, with commas between: signer,complete\n"
	"  --json            the same as one JSON object\n"
	"\nOne line a name: PASS, FAIL or NOT-SHOWN, and why.\n"
	"Exit status: 0 nothing fails, 1 something fails or what --require names is not PASS, 2 command line, 3 not a bundle, or it cannot be read\n";

enum { O_KEY = 256, O_CHECKPOINT, O_CASE_KEY, O_REQUIRE, O_JSON, O_KEYLOG, O_HELP };

static const struct option options[] = {
	{ "key", 1, NULL, O_KEY }, { "checkpoint", 1, NULL, O_CHECKPOINT }, { "case-key", 1, NULL, O_CASE_KEY }, { "keylog", 1, NULL, O_KEYLOG }, { "require", 1, NULL, O_REQUIRE },
	{ "json", 0, NULL, O_JSON }, { "help", 0, NULL, O_HELP }, { NULL, 0, NULL, 0 },
};

/* "signer,complete" */
static int required(const char *list, bool require[VERIFY_NAMES])
{
	while (*list) {
		size_t n = strcspn(list, ",");
		int i = 0;

		while (i < VERIFY_NAMES && (strlen(verify_name((enum verify_name)i)) != n || strncmp(list, verify_name((enum verify_name)i), n)))
			i++;
		if (i == VERIFY_NAMES)
			return usage_error(&cmd_verify, "--require %s: there is no such name; signer, integrity, inclusion, sealed, complete, rendered, "
				"re-derived-core, re-derived-full, witnessed and time-bounded are", list);
		require[i] = true;
		list += n + (list[n] == ',');
	}
	return -1;
}

static int verify(int argc, char **argv)
{
	const struct command *c = &cmd_verify;
	bool require[VERIFY_NAMES] = { false }, json = false;
	struct verify_opts o = { 0 };
	struct args paths = { 0 };
	int opt, status = -1;

	opterr = 0;
	while (status < 0 && (opt = getopt_long(argc, argv, ":r:h", options, NULL)) != -1) {
		switch (opt) {
		case 'r': status = args_add(&paths, optarg) ? -1 : STATUS_INPUT; break;
		case O_KEY: o.key = optarg; break;
		case O_CHECKPOINT: o.checkpoint = optarg; break;
		case O_CASE_KEY: o.case_key = optarg; break;
		case O_KEYLOG: o.keylog = optarg; break;
		case O_REQUIRE: status = required(optarg, require); break;
		case O_JSON: json = true; break;
		case 'h':
		case O_HELP: (void)printf("usage: %s\n%s", c->usage, details); status = STATUS_DONE; break;
		case ':': status = usage_error(c, "%s needs an argument", argv[optind - 1]); break;
		default: status = usage_error(c, "%s is not an option of this version", argv[optind - 1]); break;
		}
	}
	if (status < 0 && optind + 1 != argc)
		status = usage_error(c, "one directory is wanted");
	o.dir = status < 0 ? argv[optind] : NULL;
	o.path = paths.v;
	o.npaths = paths.n;
	if (status < 0)
		status = (int)run_verify(&o, require, json);
	args_free(&paths);
	return status;
}
