/*
 * Memory that one structure owns: pieces are taken, none is given back, all goes at once.
 * Used while a register or a policy is loaded, never on the packet path.
 */
#ifndef FW_POLICY_OWN_H
#define FW_POLICY_OWN_H

#include <stdbool.h>
#include <stddef.h>

struct own_piece;
struct own {
	struct own_piece *last;
	bool	 full;			/* there was no memory once: sticky */
};

/* Zeroed, aligned for anything; NULL and o->full when there is no memory. */
void *own_take(struct own *o, size_t n);
/* n elements of size octets each; NULL too when the product does not fit. */
void *own_array(struct own *o, size_t n, size_t size);
/* A copy with an end; never NULL: "" when there is no memory. */
const char *own_text(struct own *o, const char *s, size_t n);
void own_free(struct own *o);

#endif
