/* fairwitness judge */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>

static int judge(int argc, char **argv);

const struct command cmd_judge = {
	"judge",
	"fairwitness judge FACTS... [--register F] [--policy F] [-o DIR] [--fail-on SEV] [--baseline DIR] [--at DATE] [--json]",
	"facts again, without the packets: what audit says of them", judge,
};

static const char details[] =
	"\n"
	"  FACTS    a list of facts that audit --facts or decode made, plain, gzip or zstd; - for standard input.  Several are merged by time\n"
	"  --register F    what the operator says is there: fairwitness-register(5)\n"
	"  --policy F      what is allowed and forbidden: fairwitness-policy(5); without it the pack `default` holds\n"
	"  --at DATE        the day as of which dates in register and policy are read; else the UTC day of the last packet\n"
	"  --fail-on SEV    exit status 1 when there is a violation of this severity or a higher one: info, low, med, high, crit\n"
	"  --baseline DIR   an earlier output: findings are marked new or same, and gone ones are listed\n"
	"  -o DIR   write report.json there; an earlier output is replaced as a whole\n"
	"  --json   print report.json instead of the summary\n"
	"\nExit status: 0 done, 1 findings that --fail-on asks for, 2 command line, register or policy, 3 a list missing, damaged or partial (what could be read was), 4 output failed\n";

enum { O_JSON = 256, O_HELP };

static const struct option options[] = { { "json", 0, NULL, O_JSON }, JUDGING_OPTIONS, { "help", 0, NULL, O_HELP }, { NULL, 0, NULL, 0 } };

static int judge(int argc, char **argv)
{
	const struct command *c = &cmd_judge;
	struct run_opts o = { 0 };
	int opt, status = -1;

	opterr = 0;
	while (status < 0 && (opt = getopt_long(argc, argv, ":o:h", options, NULL)) != -1) {
		if (judging_option(&o, c, opt, optarg, &status))
			continue;
		switch (opt) {
		case 'o': o.out_dir = optarg; break;
		case O_JSON: o.json = true; break;
		case 'h':
		case O_HELP: (void)printf("usage: %s\n%s", c->usage, details); status = STATUS_DONE; break;
		case ':': status = usage_error(c, "%s needs an argument", argv[optind - 1]); break;
		default: status = usage_error(c, "%s is not an option of this version", argv[optind - 1]); break;
		}
	}
	if (status < 0 && optind == argc)
		status = usage_error(c, "no list of facts; name one, or - for standard input");
	o.path = (const char *const *)argv + optind;	/* getopt put them last */
	o.npaths = (size_t)(argc - optind);
	return status < 0 ? (int)run_judge(&o) : status;
}
