/*
 * The canonical JSON of leaves and of packets.jsonl (fairwitness-evidence(7), "Leaves"): printable
 * ASCII, no spaces, members in order of their names, numbers up to 2^53-1, longer ones as strings.
 */
#ifndef FW_EVIDENCE_LEAF_H
#define FW_EVIDENCE_LEAF_H

#include "octets.h"

enum { LEAF_DEPTH = 8, LEAF_MAX = 65535 };

struct leaf {
	struct octets	*out;
	unsigned	 depth;
	bool		 some[LEAF_DEPTH], after_key;
	const char	*key[LEAF_DEPTH];	/* the last one, to hold the order */
	bool		 bad;			/* a value that this form does not have; sticky */
};

/* The object opens; leaf_end() closes it and says whether all of it could be written. */
void leaf_start(struct leaf *l, struct octets *out);
bool leaf_end(struct leaf *l);
void leaf_open(struct leaf *l);
void leaf_close(struct leaf *l);
void leaf_list(struct leaf *l);
void leaf_list_end(struct leaf *l);
void leaf_key(struct leaf *l, const char *key);		/* borrowed until the next key of its object */
void leaf_str(struct leaf *l, const char *s);		/* NULL: null */
void leaf_num(struct leaf *l, uint64_t v);
void leaf_dec(struct leaf *l, uint64_t v);		/* as a string of decimal digits */
void leaf_hex(struct leaf *l, const void *p, size_t n);
void leaf_bool(struct leaf *l, bool v);

/* Shorthands: key and value. */
void leaf_kstr(struct leaf *l, const char *key, const char *s);
void leaf_knum(struct leaf *l, const char *key, uint64_t v);
void leaf_kdec(struct leaf *l, const char *key, uint64_t v);
void leaf_khex(struct leaf *l, const char *key, const void *p, size_t n);
void leaf_kbool(struct leaf *l, const char *key, bool v);

#endif
