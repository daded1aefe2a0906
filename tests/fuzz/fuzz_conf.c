/* libFuzzer target of registers and policies: the octets of a YAML file, read by both schemas, said in words. */
#include "conf.h"
#include "sametree.h"
#include "yaml.h"

#include "err.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void ask(const struct policy *p, const struct reg *r)
{
	struct end a = { .addr = { { 10, 1, 2, 3 }, 4 }, .reg = REG_NONE, .roles = NF_BIT(NF_GNB) }, b = { .addr = { { 10, 1, 2, 4 }, 4 }, .reg = REG_NONE };

	for (uint16_t port = 0; port < 64; port++)
		assert(policy_allows(p, r, &a, &b, 6, port, 1) == policy_allows_slowly(p, r, &a, &b, 6, port, 1));
	for (unsigned l = 0; l < RULE_LISTS; l++)
		for (uint32_t i = 0; i < policy_rules(p, (enum rule_list)l); i++) {
			struct words w = { 0 }, why = { 0 };

			policy_words(p, (enum rule_list)l, i, &w);
			assert(w.n < sizeof(w.text) && w.n == strlen(w.text));
			if (policy_never(p, r, (enum rule_list)l, i, 1, &why))
				assert(why.n);
		}
}

/* What the reader of the plain form takes libfyaml takes too, and makes the same tree of (docs/decisions/0012). */
static void ask_both(const uint8_t *data, size_t n)
{
	struct troubles *says = calloc(2, sizeof(*says));
	struct tree *t = NULL, *u = NULL;
	int err;

	if (!says)
		abort();
	err = yaml_load_by(&t, "x", (const char *)data, n, &says[0], YAML_PLAIN);
	if (err != FW_EEND) {
		assert(yaml_load_by(&u, "x", (const char *)data, n, &says[1], YAML_FULL) == err);
		assert(same_tree(t, u) && same_troubles(&says[0], &says[1]));
	}
	assert(err != FW_EEND || (!t && !says[0].n));
	tree_free(t);
	tree_free(u);
	free(says);
}

/* Two documents: what precedes a line of "%%%" is a register, what follows a policy; without it the text is both. */
static const uint8_t *policy_part(const uint8_t *data, size_t n)
{
	for (size_t i = 0; i + 5 <= n; i++)
		if (!memcmp(data + i, "\n%%%\n", 5))
			return data + i + 5;
	return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct troubles *says = calloc(1, sizeof(*says));
	const uint8_t *second = policy_part(data, n);
	struct policy_source src = { .pack = NULL };
	struct tree *t = NULL, *u = NULL;
	struct policy *p = NULL;
	struct reg *r = NULL;
	int err;

	if (!says)
		abort();
	ask_both(data, n);
	if (second)
		ask_both(second, n - (size_t)(second - data));
	err = yaml_load(&t, "r", (const char *)data, second ? (size_t)(second - data) - 4 : n, says);
	assert((err == FW_OK) == (t != NULL) && (err == FW_OK || says->n));
	if (second)
		(void)yaml_load(&u, "p", (const char *)second, n - (size_t)(second - data), says);
	if (t) {
		err = reg_load(&r, t, says);
		assert((err == FW_OK) == (r != NULL) && (err == FW_OK || says->n));
	}
	if (second ? u : t) {
		uint32_t before = says->n;

		err = policy_load(&p, second ? u : t, &src, says);
		assert((err == FW_OK) == (p != NULL) && (err == FW_OK || says->n > before));
	}
	tree_free(t);
	tree_free(u);
	if (p)
		ask(p, r);
	policy_free(p);
	reg_free(r);
	free(says);
	return 0;
}
