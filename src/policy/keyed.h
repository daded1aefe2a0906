/* Values found by key: filled, sorted once, then searched.  Order and answers depend on the contents alone. */
#ifndef FW_POLICY_KEYED_H
#define FW_POLICY_KEYED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct keyed_entry { const void *key; uint32_t len, value; uint64_t head; };	/* head: the key's first octets as a number, zeros behind a short one */
struct keyed { struct keyed_entry *v; uint32_t n, cap; bool full; };

/* The key is borrowed and must outlive the index.  Without memory `full` is set. */
void keyed_add(struct keyed *k, const void *key, size_t len, uint32_t value);
void keyed_sort(struct keyed *k);
/* The entries of a key, by value upwards; *n how many. */
const struct keyed_entry *keyed_find(const struct keyed *k, const void *key, size_t len, uint32_t *n);
bool keyed_same(const struct keyed_entry *a, const struct keyed_entry *b);
void keyed_free(struct keyed *k);

#endif
