/* fairwitness checks: what is judged, printed from the checks themselves. */
#include "cli.h"

#include "check.h"
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 100 };

static int checks_command(int argc, char **argv);

const struct command cmd_checks = { "checks", "fairwitness checks [--json | --markdown] [ID]", "what is judged, what it means and how to confirm it",
	checks_command };

static const struct check *find(const char *id)
{
	for (unsigned i = 0; checks[i]; i++)
		if (!strcmp(checks[i]->id, id))
			return checks[i];
	return NULL;
}

static void one_json(struct json *j, const struct check *c)
{
	json_open(j);
	json_kstr(j, "id", c->id);
	json_kstr(j, "title", c->title);
	json_kstr(j, "severity", severity_name(c->severity));
	json_kstr(j, "refs", c->refs);
	json_kstr(j, "filter", c->filter);
	json_kstr(j, "means", c->means);
	json_kstr(j, "confirm", c->confirm);
	json_kstr(j, "causes", c->causes);
	json_kstr(j, "todo", c->todo);
	json_kbool(j, "register", c->wants_register);
	json_close(j);
}

static int as_json(const struct check *only)
{
	struct json *j = malloc(sizeof(*j));
	int err;

	if (!j)
		return STATUS_OUTPUT;
	json_start(j, cli_stdout, NULL);
	json_list(j);
	for (unsigned i = 0; checks[i]; i++)
		if (!only || only == checks[i])
			one_json(j, checks[i]);
	json_list_end(j);
	json_line(j);
	err = json_done(j);
	free(j);
	return err ? STATUS_OUTPUT : STATUS_DONE;
}

/* The text between margins. */
static void folded(const char *s)
{
	int col = 0;

	while (*s) {
		int n = (int)strcspn(s, " ");

		if (col && col + 1 + n > WIDTH - 4) {
			(void)putchar('\n');
			col = 0;
		}
		(void)printf(col ? " %.*s" : "    %.*s", n, s);
		col += n + (col > 0);
		s += n;
		s += strspn(s, " ");
	}
	(void)putchar('\n');
}

static void part(const char *title, const char *text)
{
	(void)printf("\n  %s\n", title);
	folded(text);
}

static const char *needs(const struct check *c)
{
	return c->wants_register ? "Without a register it is not decidable." : "It is judged without a register too.";
}

static int as_text(const struct check *only)
{
	for (unsigned i = 0; checks[i] && !only; i++)
		(void)printf("%-21s %-5s %s\n", checks[i]->id, severity_name(checks[i]->severity), checks[i]->title);
	if (only) {
		(void)printf("%s (%s): %s\n", only->id, severity_name(only->severity), only->title);
		part("What it means", only->means);
		part("How to confirm it in Wireshark", only->confirm);
		(void)printf("\n  Display filter\n    %s\n", only->filter);	/* in one line: to be copied */
		part("What else could cause it", only->causes);
		part("What to do", only->todo);
		part("What it needs", needs(only));
		part("References", only->refs);
	}
	return fflush(stdout) ? STATUS_OUTPUT : STATUS_DONE;
}

static void page(const struct check *c)
{
	(void)printf("# %s\n\n%c%s. Severity: %s.\n", c->id, c->title[0] >= 'a' && c->title[0] <= 'z' ? c->title[0] - 'a' + 'A' : c->title[0], c->title + 1,
		severity_name(c->severity));
	(void)printf("\n## What it means\n\n%s\n", c->means);
	(void)printf("\n## How to confirm it in Wireshark\n\n%s\n\n```\n%s\n```\n", c->confirm, c->filter);
	(void)printf("\nWords in capitals stand for what a finding fills in.\n");
	if (strstr(c->filter, "nas-5gs."))
		(void)printf("Wireshark 4.0 writes `nas_5gs.` where this says `nas-5gs.`; a finding has a filter for it too.\n");
	(void)printf("\n## What else could cause it\n\n%s\n", c->causes);
	(void)printf("\n## What to do\n\n%s\n", c->todo);
	(void)printf("\n## What it needs\n\n%s\n", needs(c));
	(void)printf("\n## References\n\n%s\n", c->refs);
}

static int as_markdown(const struct check *only)
{
	for (unsigned i = 0; checks[i]; i++)
		if (!only || only == checks[i])
			page(checks[i]);
	return fflush(stdout) ? STATUS_OUTPUT : STATUS_DONE;
}

static int checks_command(int argc, char **argv)
{
	int (*print)(const struct check *) = as_text;
	const struct check *only = NULL;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help")) {
			(void)printf("usage: %s\n", cmd_checks.usage);
			return STATUS_DONE;
		}
		if (!strcmp(argv[i], "--json") || !strcmp(argv[i], "--markdown")) {
			if (print != as_text)
				return usage_error(&cmd_checks, "one of --json and --markdown");
			print = argv[i][2] == 'j' ? as_json : as_markdown;
		} else if (argv[i][0] == '-') {
			return usage_error(&cmd_checks, "%s is not an option", argv[i]);
		} else if (only) {
			return usage_error(&cmd_checks, "one check at a time, not %s too", argv[i]);
		} else if (!(only = find(argv[i]))) {
			return usage_error(&cmd_checks, "there is no check %s; without an ID all are listed", argv[i]);
		}
	}
	return print(only);
}
