/*
 * What a register or a policy may hold, as rows; one interpreter reads a node tree by them into a
 * struct.  Every message names the place, what was found and what is allowed there.  The same rows
 * are printed by `fairwitness policy keys` and are what the man pages are held against.
 *
 * A struct that a schema fills begins with its struct place.
 */
#ifndef FW_POLICY_SCHEMA_H
#define FW_POLICY_SCHEMA_H

#include "addr.h"
#include "node.h"

struct text { const char *s; struct place at; };	/* s: NULL when it was not written */
struct prefix { struct addr net; uint8_t bits; };
struct texts { struct text *v; uint32_t n; };
struct prefixes { struct prefix *v; uint32_t n; };
struct numbers { uint32_t *v; uint32_t n; };
struct list { void *v; uint32_t n; };			/* the shape of all lists, also of structs */

/* An allowed word.  alias: known, not shown. */
struct word { const char *s; uint64_t v; bool alias; };

enum row_type {
	ROW_TEXT,	/* struct text; min..max octets */
	ROW_ID,		/* struct text: letters, digits and . _ : / + - */
	ROW_NUMBER,	/* uint32_t, min..max */
	ROW_BOOL,	/* bool: true or false */
	ROW_WORD,	/* uint64_t: one of the words */
	ROW_SINCE,	/* uint64_t: ns since 1970 of the begin of a day (UTC), or of an instant */
	ROW_UNTIL,	/* uint64_t: ns of the end of a day, exclusive; UINT64_MAX when not written */
	ROW_PREFIX,	/* struct prefix: an address or a prefix */
	ROW_MAP,	/* a struct, by sub */
	ROW_OTHER,	/* by the function `read` */
};

enum { ROW_REQUIRED = 1, ROW_LIST = 2, ROW_ONE_OR_LIST = 4, ROW_SET = 8 };	/* ROW_SET: words of a list are or-ed into one uint64_t */

struct schema;
struct schema_reader;
struct key_def {
	const char	*key;
	enum row_type	 type;
	unsigned	 flags;
	size_t		 off;			/* member of the struct */
	uint32_t	 min, max;		/* of a number; octets of a text; of a list its most elements when max_list is 0 */
	uint32_t	 max_list;		/* 0: LIST_MAX */
	const struct word *words;
	const struct schema *sub;
	bool		(*read)(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member);
	const char	*def;			/* as if written; NULL: zero, or not there */
	const char	*unit, *help;		/* help also says the shape of ROW_OTHER */
};

struct schema {
	const char	*name;			/* "an element" */
	size_t		 size;
	const struct key_def *rows;
	unsigned	 n;
};
#define SCHEMA_ROWS(a) (a), sizeof(a) / sizeof((a)[0])

enum { LIST_MAX = 1 << 20, SCHEMA_ROWS_MAX = 64 };

struct schema_reader {
	const struct tree *tree;
	const char	*file;			/* owned by own: places outlive the tree */
	struct own	*own;
	struct troubles	*says;
};

/* Reads the map `node` by the schema into the zeroed struct at out.  Trouble is told; true when there was none. */
bool schema_read(struct schema_reader *r, const struct schema *s, uint32_t node, void *out);
/* One value by its row (the settings of a policy come from several files). */
bool schema_value(struct schema_reader *r, const struct key_def *row, uint32_t node, void *member);
/* The row's default, or the zero value. */
void schema_default(struct schema_reader *r, const struct key_def *row, void *member);
/* Tells each key of the map that no row has. */
bool schema_keys(struct schema_reader *r, const struct schema *s, uint32_t node);

/* What is allowed, as words: "a number from 0 to 3600 (seconds)". */
void schema_allowed(struct words *w, const struct key_def *row);
/* "found X; Y is allowed", X being what the node holds. */
bool schema_refuse(struct schema_reader *r, const struct key_def *row, uint32_t node, const char *allowed);
struct place schema_place(const struct schema_reader *r, uint32_t node);

/* Single values; false: not one.  Used by rows and by the functions of ROW_OTHER. */
bool value_number(const struct node *n, uint64_t most, uint64_t *v);
bool value_prefix(const struct node *n, struct prefix *p);
/* A day (begin, end exclusive) or an instant YYYY-MM-DDTHH:MM:SSZ (begin = end). */
bool value_day(const char *s, size_t n, uint64_t *from_ns, uint64_t *until_ns);
bool value_id(const char *s, size_t n);
/* The word nearest to s of a list, or NULL when none is near. */
const char *nearest(const char *s, size_t n, const char *const *of, size_t nof);

#endif
