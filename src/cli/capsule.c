/* fairwitness capsule */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>

static int capsule(int argc, char **argv);

const struct command cmd_capsule = { "capsule", "fairwitness capsule DIR FINDING -o FILE.pcapng [--context] [--key K]",
	"the packets of one finding, masked, each with a comment", capsule };

static const char details[] =
	"\n"
	"  DIR              a record that audit -o wrote; it is checked before anything of it is copied\n"
	"  FINDING          its id (F-...), the begin of it, or its check, subject or object; it must mean one finding\n"
	"  -o FILE.pcapng   the capture to write; an earlier capsule is replaced, anything else is not\n"
	"  --context        also the packets that it takes to make the finding again besides those it cites\n"
	"  --key K          the log's public key, as verify takes it: a record that another key signed is refused\n"
	"\nExit status: 0 done, 2 command line, no such finding, or a file that is not replaced, 3 the record cannot be read or does not hold, 4 output failed\n";

enum { O_CONTEXT = 256, O_KEY, O_HELP };

static const struct option options[] = {
	{ "context", 0, NULL, O_CONTEXT }, { "key", 1, NULL, O_KEY }, { "help", 0, NULL, O_HELP }, { NULL, 0, NULL, 0 },
};

static int capsule(int argc, char **argv)
{
	const struct command *c = &cmd_capsule;
	struct capsule_opts o = { .dir = NULL };
	int opt, status = -1;

	opterr = 0;
	while (status < 0 && (opt = getopt_long(argc, argv, ":o:h", options, NULL)) != -1) {
		switch (opt) {
		case 'o': o.out = optarg; break;
		case O_CONTEXT: o.context = true; break;
		case O_KEY: o.key = optarg; break;
		case 'h':
		case O_HELP: (void)printf("usage: %s\n%s", c->usage, details); return STATUS_DONE;
		case ':': status = usage_error(c, "%s needs an argument", argv[optind - 1]); break;
		default: status = usage_error(c, "%s is not an option of this version", argv[optind - 1]); break;
		}
	}
	if (status < 0 && optind + 2 != argc)
		status = usage_error(c, "a directory and a finding are wanted");
	if (status < 0 && !o.out)
		status = usage_error(c, "no place for the packets; name a new file with -o FILE.pcapng");
	if (status >= 0)
		return status;
	o.dir = argv[optind];
	o.finding = argv[optind + 1];
	return (int)run_capsule(&o);
}
