/*
 * The user's keys, made and shown openly.  audit makes on first use what is missing; this does the same before, says what each key
 * is for and what losing it means, and never replaces one.
 */
#include "inside.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct key_kind { const char *word, *what, *use, *lost; } kinds[KEYS] = {
	[KEY_LOG] = { "log", "log key", "signs the log of every record: whoever has it can sign records in your name",
		"what it signed still verifies, but no new record can be signed under the public key that others have" },
	[KEY_EXPORT] = { "export", "export key", "signs the manifest of the directory that is handed over",
		"what it signed still verifies, but nobody can sign a directory any more as this exporter" },
	[KEY_CASE] = { "case", "case key",
		"turns subscribers' identities into pseudonyms and salts what is masked; give all sensors of a case the same one",
		"the pseudonyms of earlier reports cannot be made again, so verify -r cannot compare them; with the captures "
		"destroyed too, what is masked is erased" },
};

/* What is shown of a key: text is borrowed or lies in line and mark. */
struct shown_key { enum key which; const char *path, *pub; char id[KEY_ID + 8], mark[64]; struct octets line; };

static bool signs(enum key k)
{
	return k != KEY_CASE;
}

static enum signing signing_of(enum key k)
{
	return k == KEY_LOG ? SIGNING_LOG : SIGNING_EXPORT;
}

static const char *file_of(enum key k)
{
	return signs(k) ? signing_file(signing_of(k), false) : CASE_KEY_FILE;
}

static int place(char out[DATA_PATH], const struct key_opts *o, const char *name, struct err *e)
{
	if (!o->dir)
		return data_path(out, name, "--dir DIR", e);
	if (snprintf(out, DATA_PATH, "%s/%s", o->dir, name) < DATA_PATH)
		return FW_OK;
	err_set(e, "--dir: the path is too long");
	return FW_EINVAL;
}

/* Where a key's public part lies; empty for the case key, which has none. */
static int public_place(char out[DATA_PATH], const struct key_opts *o, enum key k, struct err *e)
{
	out[0] = 0;
	return signs(k) ? place(out, o, signing_file(signing_of(k), true), e) : FW_OK;
}

/* Reads the key and fills what is public of it.  0, or the code of reading it with a sentence. */
static int look(struct shown_key *s, enum key k, const char *path, struct err *e)
{
	struct signer signer = { 0 };
	struct case_key c;
	int err;

	*s = (struct shown_key){ .which = k, .path = path };
	if (!signs(k)) {
		if (access(path, F_OK) && errno == ENOENT) {
			err_set(e, "case key %s: there is none", path);
			return FW_EEND;
		}
		if ((err = case_key_get(&c, path, e)) == FW_OK)
			memcpy(s->id, c.id, sizeof(c.id));
		OPENSSL_cleanse(&c, sizeof(c));
		return err;
	}
	err = signing_read(&signer, signing_of(k), path, e);
	if (err == FW_OK) {
		memcpy(s->id, signer.id, sizeof(signer.id));
		signing_public(&s->line, signing_of(k), &signer);
		if (k == KEY_EXPORT)
			ssh_fingerprint(signer.pub, s->mark);
	}
	signer_free(&signer);
	if (s->line.full) {
		err_set(e, "%s", err_word(FW_ENOMEM));
		return FW_EIO;
	}
	return err;
}

/* Is the public part beside the key the one of it? */
static bool public_is(const struct shown_key *s)
{
	return s->pub && *s->pub && file_is(s->pub, &s->line) > 0;
}

static void say_json(struct json *j, const struct shown_key *s)
{
	char line[512];

	(void)snprintf(line, sizeof(line), "%.*s", s->line.n ? (int)s->line.n - 1 : 0, s->line.n ? s->line.b : "");
	json_open(j);
	json_kstr(j, "key", kinds[s->which].word);
	json_kstr(j, "path", s->path);
	json_kstr(j, "id", s->id);
	json_kstr(j, "public", s->line.n ? line : NULL);
	json_kstr(j, "public_path", public_is(s) ? s->pub : NULL);
	json_kstr(j, "fingerprint", s->mark[0] ? s->mark : NULL);
	json_close(j);
	json_line(j);
}

static void say_text(const struct shown_key *s)
{
	const struct key_kind *k = &kinds[s->which];

	(void)printf("%s %s\n  %s.\n", k->what, s->path, k->use);
	if (s->which == KEY_CASE)
		(void)printf("  Its id, which facts, reports and records name: %s\n", s->id);
	else
		(void)printf("  Public part%s%s, %s:\n    %.*s", public_is(s) ? ", also in " : "", public_is(s) ? s->pub : "",
			s->which == KEY_LOG ? "what verify --key takes" : "as ssh-keygen takes it", (int)s->line.n, s->line.b);
	if (s->mark[0])
		(void)printf("    %s\n", s->mark);
	(void)printf("  Lost: %s.\n", k->lost);
}

static enum status finish_saying(struct json *j)
{
	int err = j ? json_done(j) : 0;

	free(j);
	return err || fflush(stdout) ? stdout_fail(errno, NULL) : STATUS_DONE;
}

static struct json *json_begin(void)
{
	struct json *j = malloc(sizeof(*j));

	if (j)
		json_start(j, to_stdout, NULL);
	return j;
}

static void say(struct json *j, const struct shown_key *s)
{
	if (j)
		say_json(j, s);
	else
		say_text(s);
}

/* ---- key new ---- */

/* What is there already is named with what it is; true: something is. */
static bool is_there(enum key k, const char *path, const char *pub)
{
	const struct key_kind *kind = &kinds[k];
	struct shown_key s;
	struct stat st;
	struct err e;

	if (!lstat(path, &st)) {
		bool known = look(&s, k, path, &e) == FW_OK;

		(void)fprintf(stderr, "fairwitness: %s %s: is there already%s%s%s, and is not replaced.  Were it lost: %s.  "
			"To begin anew move it%s away, or name another place with --dir; `fairwitness key show` prints what is public of it\n",
			kind->what, path, known ? " (id " : "", known ? s.id : "", known ? ")" : "", kind->lost, signs(k) ? " and its public part" : "");
		octets_free(&s.line);
		return true;
	}
	if (!*pub || lstat(pub, &st))
		return false;
	(void)fprintf(stderr, "fairwitness: %s %s: is gone, and its public part %s is there.  Put the key back, or move that away and tell whoever "
		"has it: %s\n", kind->what, path, pub, kind->lost);
	return true;
}

static int make(const struct key_opts *o, enum key k, char *path, struct err *e)
{
	struct signer signer = { 0 };
	char pub[DATA_PATH];
	bool made = false;
	int err = public_place(pub, o, k, e);

	if (err == FW_OK)
		err = signs(k) ? signing_make(signing_of(k), path, &made, e) : case_key_make(path, &made, e);
	if (err == FW_OK && !made) {
		err_set(e, "%s %s: another run made it at this moment; it is not replaced", kinds[k].what, path);
		err = FW_EINVAL;
	}
	if (err != FW_OK || !signs(k))
		return err;
	if ((err = signing_read(&signer, signing_of(k), path, e)) == FW_OK)
		err = signing_put_public(signing_of(k), &signer, pub, e);
	signer_free(&signer);
	return err;
}

enum status run_key_new(const struct key_opts *o)
{
	char path[KEYS][DATA_PATH], pub[DATA_PATH];
	bool there = false, any = false;
	struct json *j = NULL;
	struct shown_key s;
	struct err e;
	int err;

	for (unsigned k = 0; k < KEYS; k++) {
		if (!o->which[k])
			continue;
		if (place(path[k], o, file_of((enum key)k), &e) != FW_OK || public_place(pub, o, (enum key)k, &e) != FW_OK)
			return run_fail(STATUS_OUTPUT, e.text);
		there |= is_there((enum key)k, path[k], pub);
	}
	if (there) {
		for (unsigned k = 0; k < KEYS; k++)
			any |= o->which[k] && access(path[k], F_OK);
		if (any)
			(void)fprintf(stderr, "fairwitness: nothing was made; --log, --export and --case choose which keys are\n");
		return STATUS_USAGE;
	}
	if (o->json && !(j = json_begin()))
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	for (unsigned k = 0; k < KEYS; k++) {
		if (!o->which[k])
			continue;
		err = make(o, (enum key)k, path[k], &e);
		if (err == FW_OK)
			err = look(&s, (enum key)k, path[k], &e);
		if (err != FW_OK) {
			(void)finish_saying(j);
			return run_fail(err == FW_EINVAL ? STATUS_USAGE : STATUS_OUTPUT, e.text);
		}
		(void)public_place(pub, o, (enum key)k, &e);
		s.pub = pub;
		say(j, &s);
		octets_free(&s.line);
	}
	if (!j && o->which[KEY_LOG])
		(void)printf("\nGive the log key's public part, on another way than the records, to whoever will verify them, before they "
			"need it; keep copies of the keys apart.\n");
	return finish_saying(j);
}

/* ---- key show ---- */

/* A file that the user names. */
static enum status show_file(const struct key_opts *o)
{
	enum signing kind = o->which[KEY_CASE] ? SIGNINGS : signing_kind_of(o->file);
	struct json *j = NULL;
	struct shown_key s;
	struct err e;
	int err;

	if (kind == SIGNINGS && !o->which[KEY_CASE] && !access(o->file, R_OK)) {
		err_set(&e, "%s: is neither a log key nor an export key; with --case it is taken as a case key, which any file of 16 to 4096 "
			"octets is", o->file);
		return run_fail(STATUS_USAGE, e.text);
	}
	err = look(&s, kind == SIGNING_EXPORT ? KEY_EXPORT : o->which[KEY_CASE] ? KEY_CASE : KEY_LOG, o->file, &e);
	if (err != FW_OK)
		return run_fail(err == FW_EINVAL ? STATUS_USAGE : STATUS_INPUT, e.text);
	if (o->json && !(j = json_begin())) {
		octets_free(&s.line);
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	}
	say(j, &s);
	octets_free(&s.line);
	return finish_saying(j);
}

enum status run_key_show(const struct key_opts *o)
{
	char path[DATA_PATH], pub[DATA_PATH];
	enum status worst = STATUS_DONE, s;
	struct json *j = NULL;
	unsigned n = 0;
	struct err e;

	if (o->file)
		return show_file(o);
	if (o->json && !(j = json_begin()))
		return run_fail(STATUS_OUTPUT, err_word(FW_ENOMEM));
	for (unsigned k = 0; k < KEYS; k++) {
		struct shown_key key;
		int err;

		if (!o->which[k])
			continue;
		if (place(path, o, file_of((enum key)k), &e) != FW_OK || public_place(pub, o, (enum key)k, &e) != FW_OK) {
			worst = run_fail(STATUS_INPUT, e.text);
			break;
		}
		err = look(&key, (enum key)k, path, &e);
		key.pub = pub;
		if (err == FW_OK) {
			if (n++ && !j)
				(void)putchar('\n');
			say(j, &key);
			if (signs((enum key)k) && !access(pub, F_OK) && !public_is(&key)) {
				(void)fprintf(stderr, "fairwitness: %s: is not the public part of %s; whoever was given it cannot verify "
					"what the key signs\n", pub, path);
				worst = STATUS_USAGE;
			}
		} else if (err == FW_EEND) {
			(void)fprintf(stderr, "fairwitness: %s %s: there is none yet; `fairwitness key new --%s` makes it, audit -o on first use\n",
				kinds[k].what, path, kinds[k].word);
			worst = worst == STATUS_DONE ? STATUS_INPUT : worst;
		} else {
			worst = run_fail(err == FW_EINVAL ? STATUS_USAGE : STATUS_INPUT, e.text);
		}
		octets_free(&key.line);
	}
	s = finish_saying(j);
	return s == STATUS_DONE ? worst : s;
}
