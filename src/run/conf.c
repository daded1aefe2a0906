#include "conf.h"

#include "inside.h"
#include "packs.h"
#include "yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PACKS_MAX = 64 };

struct loading {
	struct conf	*c;
	struct tree	*tree[PACKS_MAX];	/* of packs, by index in packs[] */
	const char	*names[PACKS_MAX];
	size_t		 n;
};

static void digest(struct conf_file *f)
{
	uint8_t d[SHA];

	sha_of(f->text, f->len, d);
	sha_hex(d, f->sha256);
}

/* ---- files ---- */

/* size: what the file is said to hold; a stream says 0.  *held: the text, to be freed. */
static int read_all(int fd, size_t size, char **held, struct conf_file *f)
{
	size_t cap = size < 1 << 16 || size > TREE_FILE ? 1 << 16 : size + 1, n = 0;
	char *b = malloc(cap);
	ssize_t got = 0;

	while (b && n <= TREE_FILE && (got = read(fd, b + n, cap - n)) > 0) {
		char *more = b;

		n += (size_t)got;
		if (n == cap) {
			cap *= 2;
			more = realloc(b, cap);
		}
		if (!more) {
			free(b);
			return FW_ENOMEM;
		}
		b = more;
	}
	if (!b || got < 0) {
		free(b);
		return b ? FW_EIO : FW_ENOMEM;
	}
	b[n] = 0;
	f->text = *held = b;
	f->len = n;
	return FW_OK;
}

static int file_get(struct conf *c, const char *path, char **held, struct conf_file *f, struct troubles *says)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), err;
	struct place at = { path, 0, 0 };
	struct stat st = { .st_size = 0 };

	if (fd >= 0 && !fstat(fd, &st) && S_ISDIR(st.st_mode)) {
		(void)close(fd);
		trouble_say(says, &at, "is a directory; a YAML file is allowed");
		return FW_EFORMAT;
	}
	err = fd < 0 ? FW_EIO : read_all(fd, st.st_size > 0 ? (size_t)st.st_size : 0, held, f);
	if (err == FW_EIO) {
		trouble_say(says, &at, "cannot be read: %s", strerror(errno));
		err = FW_EFORMAT;
	}
	if (fd >= 0)
		(void)close(fd);
	f->name = own_text(&c->own, path, strlen(path));
	if (err == FW_OK && c->own.full)
		err = FW_ENOMEM;
	if (err == FW_OK)
		digest(f);
	return err;
}

/* ---- packs ---- */

static int pack_get(void *ctx, const char *name, const struct tree **out, struct troubles *says)
{
	struct loading *l = ctx;
	char shown[80];
	int err;

	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(packs[i].name, name))
			continue;
		(void)snprintf(shown, sizeof(shown), "pack %s", name);
		if (!l->tree[i] && (err = yaml_load(&l->tree[i], shown, packs[i].text, packs[i].len, says)) != FW_OK)
			return err;
		*out = l->tree[i];
		return FW_OK;
	}
	return FW_EEND;
}

static int note_packs(struct conf *c)
{
	const struct policy *p = c->policy;

	c->pack = own_array(&c->own, p->packs.n, sizeof(*c->pack));
	for (uint32_t i = 0; c->pack && i < p->packs.n; i++)
		for (const struct pack *k = packs; k->name; k++)
			if (!strcmp(k->name, p->packs.v[i])) {
				c->pack[c->npacks] = (struct conf_file){ .name = k->name, .text = k->text, .len = k->len };
				digest(&c->pack[c->npacks++]);
			}
	return c->pack ? FW_OK : FW_ENOMEM;
}

/* ---- both ---- */

static int register_get(struct conf *c, const char *path, struct troubles *says)
{
	struct tree *t = NULL;
	int err;

	if ((err = file_get(c, path, &c->register_text, &c->register_file, says)) == FW_OK &&
	    (err = yaml_load(&t, path, c->register_file.text, c->register_file.len, says)) == FW_OK)
		err = reg_load(&c->reg, t, says);
	tree_free(t);
	return err;
}

static int policy_get(struct conf *c, const struct conf_opts *o, struct troubles *says)
{
	struct loading l = { .c = c };
	struct policy_source src = { .pack = pack_get, .ctx = &l, .packs = l.names, .checks = o->checks, .nchecks = o->nchecks };
	struct tree *t = NULL;
	int err = FW_OK;

	for (; packs[l.n].name && l.n < PACKS_MAX; l.n++)
		l.names[l.n] = packs[l.n].name;
	src.npacks = l.n;
	if (o->policy_file && (err = file_get(c, o->policy_file, &c->policy_text, &c->policy_file, says)) == FW_OK)
		err = yaml_load(&t, o->policy_file, c->policy_file.text, c->policy_file.len, says);
	if (err == FW_OK)
		err = policy_load(&c->policy, t, &src, says);
	if (err == FW_OK)
		err = note_packs(c);
	tree_free(t);
	for (size_t i = 0; i < l.n; i++)
		tree_free(l.tree[i]);
	return err;
}

int conf_load(struct conf *c, const struct conf_opts *o, struct troubles *says)
{
	int r = FW_OK, p;

	*c = (struct conf){ 0 };
	if (o->register_file)
		r = register_get(c, o->register_file, says);
	p = policy_get(c, o, says);		/* also after trouble with the register: both are told at once */
	if (r == FW_ENOMEM || p == FW_ENOMEM)
		return FW_ENOMEM;
	return r != FW_OK ? r : p;
}

void conf_free(struct conf *c)
{
	reg_free(c->reg);
	policy_free(c->policy);
	own_free(&c->own);
	free(c->register_text);
	free(c->policy_text);
	*c = (struct conf){ 0 };
}

void conf_tell(const struct troubles *says)
{
	for (uint32_t i = 0; i < says->n && i < TROUBLES; i++)
		(void)fprintf(stderr, "%s\n", says->text[i]);
	if (says->n > TROUBLES)
		(void)fprintf(stderr, "and %u more\n", says->n - TROUBLES);
}

int conf_get(struct conf *c, const struct conf_opts *o)
{
	struct troubles *says = calloc(1, sizeof(*says));
	int err = says ? conf_load(c, o, says) : FW_ENOMEM;

	if (!says)
		*c = (struct conf){ 0 };
	else
		conf_tell(says);
	free(says);
	if (err != FW_OK)
		conf_free(c);
	if (err == FW_ENOMEM)
		(void)fprintf(stderr, "fairwitness: %s\n", err_word(err));
	return err == FW_OK ? STATUS_DONE : err == FW_ENOMEM ? STATUS_OUTPUT : STATUS_USAGE;
}
