/* fairwitness coverage: what is understood, printed from the rows that decode. */
#include "cli.h"

#include "fairwitness.h"
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int coverage(int argc, char **argv);

const struct command cmd_coverage = { "coverage", "fairwitness coverage [--json | --markdown]", "which messages and elements are understood, with their clauses", coverage };

static int as_json(void)
{
	struct json *j = malloc(sizeof(*j));
	struct fw_cover r;
	int err;

	if (!j)
		return STATUS_OUTPUT;
	json_start(j, cli_stdout, NULL);
	for (unsigned i = 0; fw_cover(i, &r); i++) {
		json_open(j);
		json_kstr(j, "protocol", r.protocol);
		json_kstr(j, "what", r.what);
		json_knum(j, "id", r.id);
		json_kstr(j, "name", r.name);
		json_kstr(j, "clause", r.spec);
		json_close(j);
		json_line(j);
	}
	err = json_done(j);
	free(j);
	return err ? STATUS_OUTPUT : STATUS_DONE;
}

static int as_text(void)
{
	const char *protocol = NULL, *what = NULL;
	struct fw_cover r;

	for (unsigned i = 0; fw_cover(i, &r); i++) {
		if (!protocol || strcmp(protocol, r.protocol)) {
			(void)printf("%s%s: %s\n", protocol ? "\n" : "", r.protocol, r.title);
			what = NULL;
		}
		if (!what || strcmp(what, r.what))
			(void)printf("  %s\n", r.what);
		(void)printf("    %6u  %-48s %s\n", r.id, r.name, r.spec);
		protocol = r.protocol;
		what = r.what;
	}
	return fflush(stdout) ? STATUS_OUTPUT : STATUS_DONE;
}

/* docs/protocols.md. */
static int as_markdown(void)
{
	const char *protocol = NULL, *what = NULL;
	struct fw_cover r;

	(void)printf("# What is understood\n\nMade by `make docs` from the rows that decode: `fairwitness coverage --markdown`. Numbers keep their meaning from one release\n"
		     "of a document to the next; what has no row here, of an earlier release or a later one, is stepped over by its length and counted by\n"
		     "its number (`skipped` in a fact).\n");
	for (unsigned i = 0; fw_cover(i, &r); i++) {
		if (!protocol || strcmp(protocol, r.protocol)) {
			(void)printf("\n## %s: %s (%s)\n", r.protocol, r.title, r.document);
			what = NULL;
		}
		if (!what || strcmp(what, r.what))
			(void)printf("\n| %s | name | clause |\n|---:|---|---|\n", r.what);
		(void)printf("| %u | %s | %s |\n", r.id, r.name, r.spec);
		protocol = r.protocol;
		what = r.what;
	}
	return fflush(stdout) ? STATUS_OUTPUT : STATUS_DONE;
}

static int coverage(int argc, char **argv)
{
	if (argc == 1)
		return as_text();
	if (argc == 2 && !strcmp(argv[1], "--markdown"))
		return as_markdown();
	if (argc == 2 && !strcmp(argv[1], "--json"))
		return as_json();
	if (argc == 2 && !strcmp(argv[1], "--help")) {
		(void)printf("usage: %s\n", cmd_coverage.usage);
		return STATUS_DONE;
	}
	return usage_error(&cmd_coverage, "%s is not an option", argv[1]);
}
