/* Reading report.json again: an earlier output as a baseline, and the explanation of a contact as a person would tell it. */
#include "inside.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *load(const char *dir, struct err *e)
{
	char path[4200];
	json_error_t je;
	json_t *r;

	(void)snprintf(path, sizeof(path), "%s/report.json", dir);
	errno = 0;
	r = json_load_file(path, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &je);	/* names come from the wire, with any octet */
	if (!r && errno == ENOMEM)
		err_set(e, "%s: %s", path, err_word(FW_ENOMEM));
	else if (!r)
		err_set(e, "%s:%d:%d: %s", path, je.line > 0 ? je.line : 1, je.column > 0 ? je.column : 1, je.text);
	else if (json_integer_value(json_object_get(r, "version")) != 1 || !json_is_array(json_object_get(r, "findings"))) {
		err_set(e, "%s: not a report of this program, version 1", path);
		json_decref(r);
		r = NULL;
	}
	return r;
}

static const char *text(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

/* ---- baseline ---- */

static size_t add_list(struct baseline *b, const json_t *list, size_t n)
{
	size_t i;
	json_t *f;

	json_array_foreach(list, i, f) {
		struct report_gone *g = &b->known[n];

		if (!json_is_object(f) || strlen(text(f, "id")) >= sizeof(g->id))
			continue;
		*g = (struct report_gone){ .check = text(f, "check"), .subject = text(f, "subject"), .object = text(f, "object"), .gone = true };
		memcpy(g->id, text(f, "id"), strlen(text(f, "id")) + 1);
		n++;
	}
	return n;
}

int baseline_open(struct baseline *b, const char *dir, struct err *e)
{
	const json_t *f, *a;
	json_t *r = load(dir, e);

	*b = (struct baseline){ 0 };
	if (!r)
		return FW_EINVAL;
	f = json_object_get(r, "findings");
	a = json_object_get(r, "accepted");
	b->known = calloc(json_array_size(f) + json_array_size(a) + 1, sizeof(*b->known));
	b->json = r;
	if (!b->known)
		return FW_ENOMEM;
	b->n = add_list(b, f, 0);
	b->n = add_list(b, a, b->n);
	qsort(b->known, b->n, sizeof(*b->known), report_by_id);
	return FW_OK;
}

void baseline_compare(struct baseline *b, struct report *r)
{
	for (uint32_t i = 0; i < docket_findings(r->docket); i++) {
		struct report_gone *k = report_earlier(b->known, b->n, docket_finding(r->docket, i)->id);

		if (k)
			k->gone = false;
	}
	r->baseline = b->known;
	r->nbaseline = b->n;
}

void baseline_close(struct baseline *b)
{
	json_decref(b->json);
	free(b->known);
	*b = (struct baseline){ 0 };
}

/* ---- explain ---- */

static void place(const json_t *r, const json_t *g, char out[320])
{
	json_int_t input = json_integer_value(json_object_get(g, "input"));
	const json_t *in = json_array_get(json_object_get(r, "inputs"), input < 0 ? SIZE_MAX : (size_t)input);

	(void)snprintf(out, 320, "frame %lld of %.280s", (long long)json_integer_value(json_object_get(g, "frame")), in ? text(in, "name") : "?");
}

/* Names come from captures: nothing that a terminal would obey gets through. */
static void print_clean(const char *s)
{
	for (; *s; s++)
		(void)putchar((uint8_t)*s >= 0x20 && (uint8_t)*s < 0x7f ? *s : '.');
}

static void who(const json_t *c, const char *end, const char *elements)
{
	const json_t *list = json_object_get(c, elements);
	size_t i;
	json_t *e;

	print_clean(text(c, end));
	json_array_foreach(list, i, e) {
		(void)fputs(i ? ", " : " (", stdout);
		print_clean(json_string_value(e) ? json_string_value(e) : "");
	}
	if (json_array_size(list))
		(void)putchar(')');
}

static void chain(const json_t *r, const json_t *c)
{
	const json_t *x = json_object_get(c, "explanation");
	char where[320];
	size_t i;
	json_t *g;

	if (!json_is_object(x)) {
		const char *open = text(c, "undecided"), *why = *open ? open : text(c, "unexplained");

		if (!*why) {
			(void)printf("  No element of the network takes part in it, as far as this report knows: it was not judged.\n");
			return;
		}
		(void)printf("  %s", *open ? "Not decidable: " : "Nothing explains it: ");
		print_clean(why);
		(void)printf(".\n");
		return;
	}
	(void)printf("  It is %s: ", text(x, "kind"));
	print_clean(text(x, "text"));
	(void)printf(".\n");
	json_array_foreach(json_object_get(x, "grounds"), i, g) {
		(void)printf("    ground: ");
		if (json_is_string(json_object_get(g, "rule"))) {
			print_clean(text(g, "rule"));
		} else {
			place(r, g, where);
			print_clean(where);
		}
		(void)putchar('\n');
	}
}

/* Findings about the contact's two ends. */
static void about(const json_t *r, const json_t *c)
{
	const json_t *list = json_object_get(r, "findings");
	size_t i, k;
	json_t *f, *e;

	json_array_foreach(list, i, f) {
		bool a = false, b = false;
		const char *names[2] = { text(f, "subject"), text(f, "object") };

		for (int n = 0; n < 2; n++) {
			a |= !strcmp(names[n], text(c, "a"));
			b |= !strcmp(names[n], text(c, "b"));
			json_array_foreach(json_object_get(c, "a_elements"), k, e)
				a |= !strcmp(names[n], json_string_value(e) ? json_string_value(e) : "");
			json_array_foreach(json_object_get(c, "b_elements"), k, e)
				b |= !strcmp(names[n], json_string_value(e) ? json_string_value(e) : "");
		}
		if (!a || !b)
			continue;
		(void)printf("  Finding %s, %s, %s: ", text(f, "id"), text(f, "severity"), text(f, "check"));
		print_clean(text(f, "reason"));
		(void)printf(".\n");
	}
}

static void tell(const json_t *r, const json_t *c)
{
	char where[320];
	const json_t *p = json_object_get(c, "protocol"), *port = json_object_get(c, "port");
	long long ab = json_integer_value(json_object_get(c, "packets_ab")), ba = json_integer_value(json_object_get(c, "packets_ba"));

	(void)printf("Contact %s: ", text(c, "id"));
	who(c, "a", "a_elements");
	(void)printf(" and ");
	who(c, "b", "b_elements");
	if (json_is_string(p))
		(void)printf(", %s", json_string_value(p));
	else
		(void)printf(", IP protocol %lld", (long long)json_integer_value(p));
	if (json_integer_value(port))
		(void)printf(" port %lld", (long long)json_integer_value(port));
	(void)printf("%s%s\n", *text(c, "interface") ? ", " : "", text(c, "interface"));
	(void)printf("  Seen from %s to %s: %lld packet%s from a to b, %lld from b to a; %s.\n", text(c, "first"), text(c, "last"), ab, ab == 1 ? "" : "s", ba,
		!strcmp(text(c, "opened_by"), "unknown") ? "who opened it was not seen" : !strcmp(text(c, "opened_by"), "a") ? "a opened it" : "b opened it");
	if (json_array_size(json_object_get(c, "grounds"))) {
		place(r, json_array_get(json_object_get(c, "grounds"), 0), where);
		(void)printf("  First in ");
		print_clean(where);
		(void)printf(".\n");
	}
	chain(r, c);
	about(r, c);
}

enum status run_explain(const char *dir, const char *contact)
{
	struct err e;
	json_t *r = load(dir, &e), *c;
	const json_t *list;
	size_t i, told = 0;

	if (!r)
		return run_fail(STATUS_INPUT, e.text);
	list = json_object_get(r, "contacts");
	json_array_foreach(list, i, c) {
		if (strcmp(text(c, "id"), contact) && strcmp(text(c, "a"), contact) && strcmp(text(c, "b"), contact))
			continue;
		if (told++)
			(void)putchar('\n');
		tell(r, c);
	}
	json_decref(r);
	if (told)
		return STATUS_DONE;
	err_set(&e, "%s: there is no contact %s in this report; an id like C-0123456789ab or an address is wanted", dir, contact);
	return run_fail(STATUS_USAGE, e.text);
}
