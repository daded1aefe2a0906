/* fairwitness judge */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>

static int judge(int argc, char **argv);

const struct command cmd_judge = {
	"judge",
	"fairwitness judge FACTS... [-o DIR] [--json]",
	"facts again, without the packets: what audit says of them", judge,
};

static const char details[] =
	"\n"
	"  FACTS    a list of facts that audit --facts or decode made, plain, gzip or zstd; - for standard input.  Several are merged by time\n"
	"  -o DIR   write report.json there; an earlier output is replaced as a whole\n"
	"  --json   print report.json instead of the summary\n"
	"\nExit status: 0 done, 2 command line, 3 a list missing, damaged or partial (what could be read was), 4 output failed\n";

enum { O_JSON = 256, O_HELP };

static const struct option options[] = { { "json", 0, NULL, O_JSON }, { "help", 0, NULL, O_HELP }, { NULL, 0, NULL, 0 } };

static int judge(int argc, char **argv)
{
	const struct command *c = &cmd_judge;
	struct run_opts o = { 0 };
	int opt, status = -1;

	opterr = 0;
	while (status < 0 && (opt = getopt_long(argc, argv, ":o:h", options, NULL)) != -1) {
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
