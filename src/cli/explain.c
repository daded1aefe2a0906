/* fairwitness explain */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static int explain(int argc, char **argv)
{
	if (argc == 2 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
		(void)printf("usage: %s\n\n  DIR      what audit -o or judge -o wrote\n  CONTACT  its id (C-...), or an address: all contacts with it\n", cmd_explain.usage);
		return STATUS_DONE;
	}
	if (argc != 3)
		return usage_error(&cmd_explain, "a directory and a contact are wanted");
	return (int)run_explain(argv[1], argv[2]);
}

const struct command cmd_explain = { "explain", "fairwitness explain DIR CONTACT", "why two ends speak, as a person would tell it", explain };
