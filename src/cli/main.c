/* fairwitness: the table of commands. */
#include "cli.h"

#include "addr.h"
#include "err.h"
#include "fairwitness.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int version(int argc, char **argv)
{
	bool json = argc > 1 && !strcmp(argv[1], "--json");

	if (argc > 1 && !json) {
		(void)fprintf(stderr, "fairwitness version: %s is not an option; --json is\n", argv[1]);
		return STATUS_USAGE;
	}
	(void)printf(json ? "{\"name\":\"fairwitness\",\"version\":\"%s\",\"ruleset\":\"%s\"}\n" : "fairwitness %s (%s)\n", fw_version(), fw_ruleset());
	return STATUS_DONE;
}

static const struct command cmd_version = { "version", "fairwitness version [--json]", "what this is", version };

static const struct command *const commands[] = { &cmd_audit, &cmd_decode, &cmd_judge, &cmd_register, &cmd_explain, &cmd_verify, &cmd_capsule,
	&cmd_key, &cmd_checks, &cmd_coverage, &cmd_policy, &cmd_version };
enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

int args_add(struct args *a, const char *s)
{
	const char **v = realloc(a->v, (a->n + 1) * sizeof(*v));

	if (!v) {
		(void)fprintf(stderr, "fairwitness: %s\n", err_word(FW_ENOMEM));
		return 0;
	}
	a->v = v;
	a->v[a->n++] = s;
	return 1;
}

void args_free(struct args *a)
{
	free(a->v);
	*a = (struct args){ 0 };
}

int usage_error(const struct command *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)fprintf(stderr, "fairwitness %s: ", c->name);
	(void)vfprintf(stderr, fmt, ap);
	(void)fprintf(stderr, "\nusage: %s\n", c->usage);
	va_end(ap);
	return STATUS_USAGE;
}

int cli_stdout(void *ctx, const char *p, size_t n)
{
	(void)ctx;
	return fwrite(p, 1, n, stdout) == n ? 0 : -1;
}

int time_arg(const char *s, uint64_t *t_ns)
{
	char b[TIME_TEXT], back[TIME_TEXT];
	size_t n = strlen(s);

	if (n == 10)
		n = (size_t)snprintf(b, sizeof(b), "%sT00:00:00.000000000Z", s);
	else if (n == 20 && s[19] == 'Z')
		n = (size_t)snprintf(b, sizeof(b), "%.19s.000000000Z", s);
	else if (n < sizeof(b))
		memcpy(b, s, n + 1);
	else
		return 0;
	if (!time_parse(b, n, t_ns))
		return 0;
	(void)time_text(*t_ns, back);
	return !memcmp(b, back, 10);		/* no 31st of February */
}

static void help(FILE *to)
{
	(void)fprintf(to, "Fair Witness reads captures of a mobile network and tells which elements run there,\n"
		"who talks to whom, which protections are on, and what could not be seen.\n\n");
	for (unsigned i = 0; i < COMMANDS; i++)
		(void)fprintf(to, "  %-9s %s\n", commands[i]->name, commands[i]->what);
	(void)fprintf(to, "\nBegin with:  fairwitness audit -r CAPTURE -o DIR\nAll options: fairwitness COMMAND --help, or man fairwitness\n");
}

/* A file that is opened never gets the number of a standard stream: a summary would be written into it.  False: that cannot be had. */
static bool standard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)		/* written to, they fail */
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd)
			return false;
	return signal(SIGXFSZ, SIG_IGN) != SIG_ERR;	/* a limit on the size of files is an error of write(2) */
}

/* What a command printed has arrived, or its status is another. */
static int printed(int status)
{
	bool bad = ferror(stdout) != 0;

	errno = 0;
	bad |= fclose(stdout) != 0;
	if (!bad)
		return status;
	(void)fprintf(stderr, "fairwitness: standard output cannot be written%s%s\n", errno ? ": " : "", errno ? strerror(errno) : "");
	return STATUS_OUTPUT;
}

static int command(int argc, char **argv)
{
	if (argc < 2) {
		help(stderr);
		return STATUS_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		help(stdout);
		return STATUS_DONE;
	}
	if (!strcmp(argv[1], "--version"))
		argv[1] += 2;
	for (unsigned i = 0; i < COMMANDS; i++)
		if (!strcmp(argv[1], commands[i]->name))
			return commands[i]->run(argc - 1, argv + 1);
	(void)fprintf(stderr, "fairwitness: there is no command %s\n\n", argv[1]);
	help(stderr);
	return STATUS_USAGE;
}

int main(int argc, char **argv)
{
	return standard_streams() ? printed(command(argc, argv)) : STATUS_OUTPUT;
}
