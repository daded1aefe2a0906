/* Options that several commands share: what facts are held against. */
#include "cli.h"

#include "policy.h"

#include <getopt.h>

bool judging_option(struct run_opts *o, const struct command *c, int opt, const char *arg, int *status)
{
	switch (opt) {
	case O_REGISTER: o->register_file = arg; return true;
	case O_POLICY: o->policy_file = arg; return true;
	case O_BASELINE: o->baseline = arg; return true;
	case O_FAIL_ON:
		o->fail_on = (int)severity_named(arg);
		if (!o->fail_on)
			*status = usage_error(c, "--fail-on %s: there is no such severity; there are info, low, med, high, crit", arg);
		return true;
	case O_AT:
		if (!time_arg(arg, &o->at_ns))
			*status = usage_error(c, "--at %s: not a date; 2026-11-02 is", arg);
		return true;
	default: return false;
	}
}
