/*
 * JSON as it passes by (RFC 8259): one token after the other, no memory, no recursion.  What is cut or wrong ends the
 * scan; what came before it was told.
 */
#ifndef FW_LAYERS_JSCAN_H
#define FW_LAYERS_JSCAN_H

#include "cur.h"

enum { JSCAN_DEPTH = 32 };
enum jtoken { J_END, J_OPEN, J_CLOSE, J_LIST, J_LIST_END, J_STRING, J_NUMBER, J_WORD };

struct jspan { const uint8_t *p; size_t n; };

struct jscan {
	struct cur	c;
	uint64_t	lists;			/* bit per depth: it is a list */
	unsigned	depth;
	bool		some, began;		/* a value was there at this depth; the outermost one began */
	const uint8_t	*key[JSCAN_DEPTH + 1];	/* the member at each depth; in a list that of the list */
	size_t		nkey[JSCAN_DEPTH + 1];	/* apart: what was written by halves and is read as a whole makes a processor wait */
	struct jspan	value;			/* of a string: between its quotes; of a number or word: its letters */
	bool		escaped;		/* the string has escapes */
	bool		masked;			/* octets may be zero where a value was that nobody read */
};

/* Only what is read before it is written: a scan is large, and most bodies are small. */
static inline void jscan_begin(struct jscan *s, const uint8_t *p, size_t n, bool cut)
{
	s->c = cur_make(p, n, cut);
	s->lists = 0;
	s->depth = 0;
	s->some = s->began = s->escaped = s->masked = false;
	s->key[0] = s->value.p = NULL;
	s->nkey[0] = s->value.n = 0;
}
/* The next token; J_END: no more, and s->c.why says whether it was the end. */
enum jtoken jscan_next(struct jscan *s);
/* The member at a depth. */
static inline struct jspan jscan_key_at(const struct jscan *s, unsigned depth) { return (struct jspan){ s->key[depth], s->nkey[depth] }; }
/* The member that the token is the value of (or, of an opening, has). */
static inline struct jspan jscan_key(const struct jscan *s) { return jscan_key_at(s, s->depth); }
/* A string without its escapes: at most as long as it was.  out has room for in.n octets. */
size_t jscan_plain(struct jspan in, uint8_t *out);

#endif
