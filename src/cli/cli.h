/* The command line: one file a command, told what it is for in one table (main.c). */
#ifndef FW_CLI_CLI_H
#define FW_CLI_CLI_H

#include "run.h"

struct command { const char *name, *usage, *what; int (*run)(int argc, char **argv); };

/* A list of arguments that an option collects. */
struct args { const char **v; size_t n; };
/* False: no memory. */
int args_add(struct args *a, const char *s);
void args_free(struct args *a);

/* Says what is wrong and how the command is used; returns the exit status. */
int usage_error(const struct command *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "2026-11-02T08:00:00Z", or a day "2026-11-02" (its begin).  False: neither. */
int time_arg(const char *s, uint64_t *t_ns);

/* A writer for json_start(): standard output, buffered. */
int cli_stdout(void *ctx, const char *p, size_t n);

/* Options of judging, shared by the commands that judge: rows for getopt_long(), and what they mean. */
enum { O_REGISTER = 512, O_POLICY, O_BASELINE, O_FAIL_ON, O_AT };
#define JUDGING_OPTIONS { "register", 1, NULL, O_REGISTER }, { "policy", 1, NULL, O_POLICY }, { "baseline", 1, NULL, O_BASELINE }, \
	{ "fail-on", 1, NULL, O_FAIL_ON }, { "at", 1, NULL, O_AT }
/* False: opt is none of them.  *status is set when arg is wrong. */
bool judging_option(struct run_opts *o, const struct command *c, int opt, const char *arg, int *status);

extern const struct command cmd_audit, cmd_decode, cmd_judge, cmd_register, cmd_explain, cmd_verify, cmd_coverage, cmd_policy, cmd_checks, cmd_key, cmd_capsule;

#endif
