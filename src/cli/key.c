/* fairwitness key */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static int key(int argc, char **argv);

const struct command cmd_key = {
	"key",
	"fairwitness key new [--log] [--export] [--case] [--dir DIR] [--json]\n"
	"       fairwitness key show [--log] [--export] [--case] [--dir DIR | FILE] [--json]",
	"the keys that sign and mask: made openly, and what is public of them", key,
};

static const char details[] =
	"\n"
	"  new              makes the keys that audit -o would make on first use: each readable by its owner only, none is ever replaced\n"
	"  show             what is public of them: the log's verifier key, the exporter's SSH key with its fingerprint, the case key's id\n"
	"  --log            the key that signs the log of a record, log.key, with log.pub beside it\n"
	"  --export         the key that signs the manifest, export.key, with export.pub beside it\n"
	"  --case           the key of pseudonyms and of what is masked, case.key; none of the three: all of them\n"
	"  --dir DIR        there, and not under the user's data directory; audit takes them with --log-key, --export-key and --case-key\n"
	"  FILE             a log key or an export key that lies elsewhere; with --case, a case key\n"
	"  --json           one JSON object a key\n"
	"\nExit status: 0 done, 2 command line, a key that is there already (new) or must not be used, 3 there is none (show), 4 it cannot be made or printed\n";

enum { O_LOG = 256, O_EXPORT, O_CASE, O_DIR, O_JSON, O_HELP };

static const struct option options[] = {
	{ "log", 0, NULL, O_LOG }, { "export", 0, NULL, O_EXPORT }, { "case", 0, NULL, O_CASE }, { "dir", 1, NULL, O_DIR }, { "json", 0, NULL, O_JSON },
	{ "help", 0, NULL, O_HELP }, { NULL, 0, NULL, 0 },
};

static int help(void)
{
	(void)printf("usage: %s\n%s", cmd_key.usage, details);
	return STATUS_DONE;
}

static int key(int argc, char **argv)
{
	const struct command *c = &cmd_key;
	bool new = argc > 1 && !strcmp(argv[1], "new");
	struct key_opts o = { .dir = NULL };
	int opt, status = -1;

	if (argc == 2 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")))
		return help();
	if (!new && (argc < 2 || strcmp(argv[1], "show")))
		return usage_error(c, argc > 1 ? "%s is neither new nor show" : "new or show is wanted%s", argc > 1 ? argv[1] : "");
	argc--;
	argv++;
	opterr = 0;
	while (status < 0 && (opt = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
		switch (opt) {
		case O_LOG: o.which[KEY_LOG] = true; break;
		case O_EXPORT: o.which[KEY_EXPORT] = true; break;
		case O_CASE: o.which[KEY_CASE] = true; break;
		case O_DIR:
			o.dir = optarg;
			if (!*optarg)
				status = usage_error(c, "--dir needs a directory");
			break;
		case O_JSON: o.json = true; break;
		case 'h':
		case O_HELP: return help();
		case ':': status = usage_error(c, "%s needs an argument", argv[optind - 1]); break;
		default: status = usage_error(c, "%s is not an option of this version", argv[optind - 1]); break;
		}
	}
	if (status < 0 && optind < argc && !new)
		o.file = argv[optind++];
	if (status < 0 && optind < argc)
		status = usage_error(c, new ? "%s stands alone; --dir DIR says where keys are made" : "%s: one key file at a time", argv[optind]);
	if (status < 0 && o.file && (o.dir || o.which[KEY_LOG] || o.which[KEY_EXPORT]))
		status = usage_error(c, "a file says itself whether it is a log key or an export key; only --case goes with it");
	if (!o.which[KEY_LOG] && !o.which[KEY_EXPORT] && !o.which[KEY_CASE] && !o.file)
		o.which[KEY_LOG] = o.which[KEY_EXPORT] = o.which[KEY_CASE] = true;
	if (status < 0)
		status = (int)(new ? run_key_new(&o) : run_key_show(&o));
	return status;
}
