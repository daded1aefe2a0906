/* fairwitness policy: what a register and a policy mean, before any packet is read. */
#include "cli.h"

#include "conf.h"
#include "json.h"
#include "packs.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int policy(int argc, char **argv);

const struct command cmd_policy = {
	"policy",
	"fairwitness policy check [--register FILE] [--policy FILE] [--at DATE] [--json]\n"
	"       fairwitness policy keys [--json]\n"
	"       fairwitness policy packs [NAME]",
	"what a register and a policy mean, and which rules can never match", policy,
};

static const char details[] =
	"\n"
	"  check   loads both, says each rule in words and which rules can never match\n"
	"  keys    every key that a register and a policy may hold, with what is allowed\n"
	"  packs   the built-in packs; with a name, that pack's text\n"
	"\n"
	"  --register FILE  what the operator says is there (fairwitness-register(5))\n"
	"  --policy FILE    what is allowed and forbidden (fairwitness-policy(5)); without it the pack default\n"
	"  --at DATE        the day as of which dates are read; default today\n"
	"  --json           one JSON object instead of text\n"
	"\nExit status: 0 loaded, 2 command line, register or policy, 4 output failed\n";

/* ---- check ---- */

static void line(const char *head, const char *text)
{
	(void)printf("%s%c%s.\n", head, text[0] >= 'a' && text[0] <= 'z' ? text[0] - 32 : text[0], text + 1);
}

static const char *plural(uint32_t n)
{
	return n == 1 ? "" : "s";
}

static void summary(const struct conf *c)
{
	const struct policy *p = c->policy;
	struct words w = { 0 };

	for (size_t i = 0; i < c->npacks; i++)
		words_item(&w, i, c->npacks, "and", c->pack[i].name);
	if (c->reg)
		(void)printf("Register %s: %u element%s, %u supplier%s, %u site%s\n", c->register_file.name, c->reg->elements.n, plural(c->reg->elements.n),
			c->reg->suppliers.n, plural(c->reg->suppliers.n), c->reg->sites.n, plural(c->reg->sites.n));
	else
		(void)printf("No register: rules that name elements, suppliers or sites have nothing to match\n");
	if (c->policy_file.name)
		(void)printf("Policy %s%s%s\n", c->policy_file.name, c->npacks ? ", which imports " : "", w.text);
	else
		(void)printf("No policy: the pack default holds\n");
	(void)printf("Rules: %u allow, %u deny, %u share, %u accept; %u duplication target%s\n", p->allow.n, p->deny.n, p->share.n, p->accept.n, p->targets.n,
		plural(p->targets.n));
}

static void rule(const struct policy *p, enum rule_list l, uint32_t i)
{
	struct place at = policy_rule_place(p, l, i);
	const char *ref = policy_rule_ref(p, l, i), *id = policy_rule_id(p, l, i);
	struct words w = { 0 };

	policy_words(p, l, i, &w);
	(void)printf("%s%s%s (%s:%u)\n", rule_list_name(l), *id ? " " : "", id, at.file, at.line);
	line("  ", w.text);
	if (ref)
		(void)printf("  %s: %s\n", l == RULES_ACCEPT ? "Because" : "Ground", ref);
}

static uint32_t nevers(const struct conf *c, uint64_t t_ns)
{
	uint32_t n = 0;

	if (c->policy->blank_targets && ++n)
		(void)printf("\nRules that can never match\n  duplication_targets: %u written as \"sha256:...\", which is no digest\n", c->policy->blank_targets);
	for (unsigned l = 0; l < RULE_LISTS; l++)
		for (uint32_t i = 0; i < policy_rules(c->policy, (enum rule_list)l); i++) {
			struct place at = policy_rule_place(c->policy, (enum rule_list)l, i);
			const char *id = policy_rule_id(c->policy, (enum rule_list)l, i);
			struct words why = { 0 };

			if (!policy_never(c->policy, c->reg, (enum rule_list)l, i, t_ns, &why))
				continue;
			(void)printf("%s  %s%s%s (%s:%u): %s\n", n++ ? "" : "\nRules that can never match\n", rule_list_name((enum rule_list)l), *id ? " " : "", id, at.file,
				at.line, why.text);
		}
	return n;
}

static void value(struct words *w, const struct key_def *r, const struct settings *s)
{
	const void *at = (const uint8_t *)s + r->off;
	uint64_t set;
	size_t n = 0;

	if (r->type == ROW_BOOL)
		words_add(w, *(const bool *)at ? "true" : "false");
	if (r->type == ROW_NUMBER)
		words_add(w, r->unit ? "%u (%s)" : "%u", *(const uint32_t *)at, r->unit);
	if (r->type != ROW_WORD)
		return;
	memcpy(&set, at, sizeof(set));
	for (const struct word *x = r->words; x->s; x++)
		if (set & x->v)
			words_item(w, n++, 2, "", x->s);
	if (!n)
		words_add(w, "none");
}

static void settings(const struct policy *p)
{
	const struct schema *s = settings_schema();

	(void)printf("\nSettings\n");
	for (unsigned i = 0; i < s->n; i++) {
		struct words w = { 0 };

		value(&w, &s->rows[i], &p->settings);
		(void)printf("  %s: %s%s: %s\n", s->rows[i].key, w.text, p->settings_at[i].line ? "" : ", the default", s->rows[i].help);
	}
}

static int as_text(const struct conf *c, uint64_t t_ns)
{
	const struct policy *p = c->policy;

	summary(c);
	for (unsigned l = 0; l < RULE_LISTS; l++)
		for (uint32_t i = 0; i < policy_rules(p, (enum rule_list)l); i++) {
			if (!i)
				(void)printf("\n");
			rule(p, (enum rule_list)l, i);
		}
	settings(p);
	if (p->unjudged.n)
		(void)printf("\nAsked by a pack, and not judged\n");
	for (uint32_t i = 0; i < p->unjudged.n; i++)
		(void)printf("  %s%s%s%s\n", p->unjudged.v[i].text.s, p->unjudged.v[i].ref.s ? " (" : "", p->unjudged.v[i].ref.s ? p->unjudged.v[i].ref.s : "",
			p->unjudged.v[i].ref.s ? ")" : "");
	if (!nevers(c, t_ns))
		(void)printf("\nEvery rule can match\n");
	return fflush(stdout) ? STATUS_OUTPUT : STATUS_DONE;
}

static void json_file(struct json *j, const char *key, const struct conf_file *f)
{
	json_key(j, key);
	if (!f->name) {
		json_nil(j);
		return;
	}
	json_open(j);
	json_kstr(j, "file", f->name);
	json_kstr(j, "sha256", f->sha256);
	json_close(j);
}

static void json_rule(struct json *j, const struct conf *c, enum rule_list l, uint32_t i, uint64_t t_ns)
{
	struct place at = policy_rule_place(c->policy, l, i);
	const char *id = policy_rule_id(c->policy, l, i);
	struct words w = { 0 }, why = { 0 };
	bool never = policy_never(c->policy, c->reg, l, i, t_ns, &why);

	policy_words(c->policy, l, i, &w);
	json_open(j);
	json_kstr(j, "list", rule_list_name(l));
	json_kstr(j, "id", *id ? id : NULL);
	json_kstr(j, "file", at.file);
	json_knum(j, "line", at.line);
	json_kstr(j, "means", w.text);
	json_kstr(j, "ref", policy_rule_ref(c->policy, l, i));
	json_kstr(j, "never", never ? why.text : NULL);
	json_close(j);
}

static void json_settings(struct json *j, const struct policy *p)
{
	const struct schema *s = settings_schema();

	json_key(j, "settings");
	json_list(j);
	for (unsigned i = 0; i < s->n; i++) {
		struct words w = { 0 };

		value(&w, &s->rows[i], &p->settings);
		json_open(j);
		json_kstr(j, "key", s->rows[i].key);
		json_kstr(j, "value", w.text);
		json_kbool(j, "default", !p->settings_at[i].line);
		json_close(j);
	}
	json_list_end(j);
}

static int as_json(const struct conf *c, uint64_t t_ns)
{
	struct json *j = malloc(sizeof(*j));
	int err;

	if (!j)
		return STATUS_OUTPUT;
	json_start(j, cli_stdout, NULL);
	json_open(j);
	json_file(j, "register", &c->register_file);
	json_file(j, "policy", &c->policy_file);
	json_key(j, "packs");
	json_list(j);
	for (size_t i = 0; i < c->npacks; i++) {
		json_open(j);
		json_kstr(j, "name", c->pack[i].name);
		json_kstr(j, "sha256", c->pack[i].sha256);
		json_close(j);
	}
	json_list_end(j);
	json_key(j, "rules");
	json_list(j);
	for (unsigned l = 0; l < RULE_LISTS; l++)
		for (uint32_t i = 0; i < policy_rules(c->policy, (enum rule_list)l); i++)
			json_rule(j, c, (enum rule_list)l, i, t_ns);
	json_list_end(j);
	json_settings(j, c->policy);
	json_key(j, "not_judged");
	json_list(j);
	for (uint32_t i = 0; i < c->policy->unjudged.n; i++)
		json_str(j, c->policy->unjudged.v[i].text.s);
	json_list_end(j);
	json_close(j);
	json_line(j);
	err = json_done(j);
	free(j);
	return err || fflush(stdout) ? STATUS_OUTPUT : STATUS_DONE;
}

enum { O_REG = 256, O_POL, O_DAY, O_JSON, O_HELP };

static const struct option options[] = {
	{ "register", 1, NULL, O_REG }, { "policy", 1, NULL, O_POL }, { "at", 1, NULL, O_DAY }, { "json", 0, NULL, O_JSON },
	{ "help", 0, NULL, O_HELP }, { NULL, 0, NULL, 0 },
};

static int help(void)
{
	(void)printf("usage: %s\n%s", cmd_policy.usage, details);
	return STATUS_DONE;
}

static int check(int argc, char **argv)
{
	uint64_t t_ns = (uint64_t)time(NULL) * 1000000000;
	struct conf_opts o = { 0 };
	int opt, status = -1;
	bool json = false;
	struct conf c;

	opterr = 0;
	while (status < 0 && (opt = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
		switch (opt) {
		case O_REG: o.register_file = optarg; break;
		case O_POL: o.policy_file = optarg; break;
		case O_DAY:
			if (!time_arg(optarg, &t_ns))
				status = usage_error(&cmd_policy, "--at %s: a day such as 2026-11-30 is wanted", optarg);
			break;
		case O_JSON: json = true; break;
		case 'h':
		case O_HELP: return help();
		case ':': status = usage_error(&cmd_policy, "%s needs an argument", argv[optind - 1]); break;
		default: status = usage_error(&cmd_policy, "%s is not an option of check", argv[optind - 1]); break;
		}
	}
	if (status < 0 && optind < argc)
		status = usage_error(&cmd_policy, "%s stands alone; files are named with --register and --policy", argv[optind]);
	if (status >= 0)
		return status;
	status = conf_get(&c, &o);
	if (status)
		return status;
	status = json ? as_json(&c, t_ns) : as_text(&c, t_ns);
	conf_free(&c);
	return status;
}

/* ---- keys ---- */

/* Rows of a schema and of what hangs under them, depth first; schemas are a few levels deep. */
static void keys(struct json *j, const char *path, const struct schema *s)
{
	for (unsigned i = 0; i < s->n; i++) {
		const struct key_def *r = &s->rows[i];
		struct words w = { 0 };
		char full[256];

		(void)snprintf(full, sizeof(full), "%s%s%s", path, *path ? " " : "", r->key);
		schema_allowed(&w, r);
		if (j) {
			json_open(j);
			json_kstr(j, "path", full);
			json_kstr(j, "key", r->key);
			json_kstr(j, "allowed", w.text);
			json_kbool(j, "required", r->flags & ROW_REQUIRED);
			json_kstr(j, "default", r->def);
			json_kstr(j, "help", r->help);
			json_close(j);
			json_line(j);
		} else {
			(void)printf("%s: %s%s%s%s. %s\n", full, w.text, r->flags & ROW_REQUIRED ? "; required" : "", r->def ? "; default " : "", r->def ? r->def : "",
				r->type == ROW_OTHER ? "" : r->help);
		}
		if (r->sub)
			keys(j, full, r->sub);
		if (!strcmp(full, "policy settings"))
			keys(j, full, settings_schema());
	}
}

static int print_keys(bool as_json)
{
	struct json *j = as_json ? malloc(sizeof(*j)) : NULL;
	int err = 0;

	if (as_json && !j)
		return STATUS_OUTPUT;
	if (j)
		json_start(j, cli_stdout, NULL);
	keys(j, "register", reg_schema());
	keys(j, "policy", policy_schema());
	if (j)
		err = json_done(j);
	free(j);
	return err || fflush(stdout) ? STATUS_OUTPUT : STATUS_DONE;
}

static int print_packs(const char *name)
{
	for (const struct pack *p = packs; p->name; p++) {
		if (!name)
			(void)printf("%s\n", p->name);
		else if (!strcmp(name, p->name))
			return fwrite(p->text, 1, p->len, stdout) == p->len && !fflush(stdout) ? STATUS_DONE : STATUS_OUTPUT;
	}
	if (name)
		return usage_error(&cmd_policy, "there is no pack %s; `fairwitness policy packs` lists them", name);
	return fflush(stdout) ? STATUS_OUTPUT : STATUS_DONE;
}

static int policy(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "check"))
		return check(argc - 1, argv + 1);
	if (argc == 2 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")))
		return help();
	if (argc > 1 && argc <= 3 && !strcmp(argv[1], "keys") && (argc == 2 || !strcmp(argv[2], "--json")))
		return print_keys(argc == 3);
	if (argc > 1 && argc <= 3 && !strcmp(argv[1], "packs"))
		return print_packs(argc == 3 ? argv[2] : NULL);
	return usage_error(&cmd_policy, argc > 1 ? "%s is none of check, keys, packs" : "one of check, keys, packs is needed%s", argc > 1 ? argv[1] : "");
}
