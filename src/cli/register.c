/* fairwitness register */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>

static const char details[] =
	"\n"
	"  -r FILE|DIR|-    captures to learn from; several are merged by time\n"
	"  -o DIR           a new directory for register.yaml and policy.yaml\n"
	"  --keylog FILE    secrets of TLS sessions, in the format of NSS: what they open is read, too\n"
	"  --keylog-in-capture  likewise those that lie in the inputs (pcapng's Decryption Secrets Blocks)\n"
	"  --policy F       the policy under which contacts count as explained; else the pack `default`\n"
	"\nThe drafts say what was seen, not what should be there: confirm each line.  Addresses outside are never allowed by a draft.\n"
	"\nExit status: 0 done, 2 command line or policy, 3 an input missing, damaged or partial (what could be read was), 4 output failed\n";

enum { O_LEARN_KEYLOG = 256, O_LEARN_KEYLOG_IN };
static int learn(int argc, char **argv);
const struct command cmd_register = { "register", "fairwitness register -r FILE|DIR|- [-r ...] [--policy F] [--keylog FILE] [--keylog-in-capture] -o DIR",
	"drafts of a register and a policy, learned from traffic", learn };

static int learn(int argc, char **argv)
{
	static const struct option options[] = { { "policy", 1, NULL, O_POLICY }, { "keylog", 1, NULL, O_LEARN_KEYLOG }, { "keylog-in-capture", 0, NULL, O_LEARN_KEYLOG_IN }, { "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 } };
	const struct command *c = &cmd_register;
	struct args paths = { 0 };
	struct run_opts o = { 0 };
	int opt, status = -1;

	opterr = 0;
	while (status < 0 && (opt = getopt_long(argc, argv, ":r:o:h", options, NULL)) != -1) {
		switch (opt) {
		case 'r': status = args_add(&paths, optarg) ? -1 : STATUS_OUTPUT; break;
		case 'o': o.out_dir = optarg; break;
		case O_LEARN_KEYLOG: o.keylog = optarg; break;
		case O_LEARN_KEYLOG_IN: o.keylog_in_capture = true; break;
		case O_POLICY: o.policy_file = optarg; break;
		case 'h': (void)printf("usage: %s\n%s", c->usage, details); status = STATUS_DONE; break;
		case ':': status = usage_error(c, "%s needs an argument", argv[optind - 1]); break;
		default: status = usage_error(c, "%s is not an option of this version", argv[optind - 1]); break;
		}
	}
	if (status < 0 && optind < argc)
		status = usage_error(c, "%s stands alone; inputs are named with -r", argv[optind]);
	if (status < 0 && !paths.n)
		status = usage_error(c, "no input; name one with -r FILE, -r DIR or -r -");
	if (status < 0 && !o.out_dir)
		status = usage_error(c, "no place for the drafts; name a new directory with -o DIR");
	o.path = paths.v;
	o.npaths = paths.n;
	o.no_digest = true;
	if (status < 0)
		status = (int)run_register(&o);
	args_free(&paths);
	return status;
}
