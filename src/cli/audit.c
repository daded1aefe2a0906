/* fairwitness audit */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int audit(int argc, char **argv);

const struct command cmd_audit = {
	"audit",
	"fairwitness audit -r FILE|DIR|- [-r ...] [--register F] [--policy F] [-o DIR] [--fail-on SEV] [--baseline DIR] [--at DATE]\n"
	"                   [--from T] [--until T] [--facts] [--no-digest] [--keep-inner] [--case-key FILE] [--keylog FILE] [--keylog-in-capture]\n"
	"                   [--log-key FILE] [--export-key FILE] [--jobs N] [--batch N] [--json]",
	"what runs in a capture, who talks to whom, and what could not be seen", audit,
};

static const char details[] =
	"\n"
	"  -r FILE|DIR|-    a pcap or pcapng file, plain, gzip or zstd; a directory of them; - for standard input.  Several are merged by time\n"
	"  -o DIR           write the report and its evidence there (and facts.ndjson.zst with --facts), signed; an earlier output is replaced as a whole\n"
	"  --register F     what the operator says is there: fairwitness-register(5)\n"
	"  --policy F       what is allowed and forbidden: fairwitness-policy(5); without it the pack `default` holds\n"
	"  --at DATE        the day as of which dates in register and policy are read; else the UTC day of the last packet\n"
	"  --fail-on SEV    exit status 1 when there is a violation of this severity or a higher one: info, low, med, high, crit\n"
	"  --baseline DIR   an earlier output: findings are marked new or same, and gone ones are listed\n"
	"  --from T         only packets from this time on: 2026-11-02, or 2026-11-02T08:00:00Z\n"
	"  --until T        only packets before this time\n"
	"  --facts          write the list of facts too\n"
	"  --no-digest      do not compute the inputs' SHA-256\n"
	"  --keep-inner     laboratories: keep the contacts of subscribers inside tunnels; the report says so\n"
	"  --case-key FILE  16 to 4096 bytes under which subscriber identities become pseudonyms\n"
	"  --keylog FILE    secrets of TLS sessions, in the format of NSS: what they open is read, and stays TLS; never written anywhere\n"
	"  --keylog-in-capture  likewise those that lie in the inputs (pcapng's Decryption Secrets Blocks); else they are counted only\n"
	"  --log-key FILE   the key that signs the evidence, and --export-key FILE the one that signs the directory; made when there are none\n"
	"  --jobs N         workers, 1 to 64; results do not depend on it (this version uses one)\n"
	"  --batch N        packets a batch, 1 to 256; results do not depend on it\n"
	"  --json           print report.json instead of the summary\n"
	"\nExit status: 0 done, 1 findings that --fail-on asks for, 2 command line, register or policy, 3 an input missing, damaged or partial (what could be read was), 4 output failed\n";

/* A number of [1, most], or 0. */
static unsigned small(const char *s, unsigned most)
{
	char *end;
	unsigned long v = strtoul(s, &end, 10);

	return *s && *s != '-' && !*end && v <= most ? (unsigned)v : 0;
}

enum { O_FROM = 256, O_UNTIL, O_FACTS, O_NO_DIGEST, O_KEEP, O_KEY, O_JOBS, O_BATCH, O_JSON, O_LOG_KEY, O_EXPORT_KEY, O_KEYLOG, O_KEYLOG_IN, O_HELP };

static const struct option options[] = {
	{ "from", 1, NULL, O_FROM }, { "until", 1, NULL, O_UNTIL }, { "facts", 0, NULL, O_FACTS }, { "no-digest", 0, NULL, O_NO_DIGEST },
	{ "keep-inner", 0, NULL, O_KEEP }, { "case-key", 1, NULL, O_KEY }, { "jobs", 1, NULL, O_JOBS }, { "batch", 1, NULL, O_BATCH },
	{ "json", 0, NULL, O_JSON }, { "log-key", 1, NULL, O_LOG_KEY }, { "export-key", 1, NULL, O_EXPORT_KEY }, { "keylog", 1, NULL, O_KEYLOG }, { "keylog-in-capture", 0, NULL, O_KEYLOG_IN }, JUDGING_OPTIONS, { "help", 0, NULL, O_HELP }, { NULL, 0, NULL, 0 },
};

static int audit(int argc, char **argv)
{
	const struct command *c = &cmd_audit;
	struct args paths = { 0 };
	struct run_opts o = { 0 };
	int opt, status = -1;

	opterr = 0;
	while (status < 0 && (opt = getopt_long(argc, argv, ":r:o:h", options, NULL)) != -1) {
		if (judging_option(&o, c, opt, optarg, &status))
			continue;
		switch (opt) {
		case 'r': status = args_add(&paths, optarg) ? -1 : STATUS_OUTPUT; break;
		case 'o': o.out_dir = optarg; break;
		case O_FROM:
		case O_UNTIL:
			if (!time_arg(optarg, opt == O_FROM ? &o.from_ns : &o.until_ns))
				status = usage_error(c, "%s is not a time; 2026-11-02 and 2026-11-02T08:00:00Z are", optarg);
			break;
		case O_FACTS: o.facts = true; break;
		case O_NO_DIGEST: o.no_digest = true; break;
		case O_KEEP: o.keep_inner = true; break;
		case O_KEY: o.case_key = optarg; break;
		case O_KEYLOG: o.keylog = optarg; break;
		case O_KEYLOG_IN: o.keylog_in_capture = true; break;
		case O_LOG_KEY: o.log_key = optarg; break;
		case O_EXPORT_KEY: o.export_key = optarg; break;
		case O_JOBS:
			if (!small(optarg, 64))
				status = usage_error(c, "--jobs %s: a number from 1 to 64 is wanted", optarg);
			break;
		case O_BATCH:
			o.batch = small(optarg, 256);
			if (!o.batch)
				status = usage_error(c, "--batch %s: a number from 1 to 256 is wanted", optarg);
			break;
		case O_JSON: o.json = true; break;
		case 'h':
		case O_HELP: (void)printf("usage: %s\n%s", c->usage, details); status = STATUS_DONE; break;
		case ':': status = usage_error(c, "%s needs an argument", argv[optind - 1]); break;
		default: status = usage_error(c, "%s is not an option of this version", argv[optind - 1]); break;
		}
	}
	if (status < 0 && optind < argc)
		status = usage_error(c, "%s stands alone; inputs are named with -r", argv[optind]);
	if (status < 0 && !paths.n)
		status = usage_error(c, "no input; name one with -r FILE, -r DIR or -r -");
	if (status < 0 && o.facts && !o.out_dir)
		status = usage_error(c, "--facts writes into the directory that -o names");
	if (status < 0 && o.until_ns && o.until_ns <= o.from_ns)
		status = usage_error(c, "--until is not after --from");
	o.path = paths.v;
	o.npaths = paths.n;
	if (status < 0)
		status = (int)run_audit(&o);
	args_free(&paths);
	return status;
}
