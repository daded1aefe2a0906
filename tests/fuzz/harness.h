/* What the fuzz targets, the replay of their corpora and the mutation test share. */
#ifndef FW_TESTS_FUZZ_HARNESS_H
#define FW_TESTS_FUZZ_HARNESS_H

#include "fairwitness.h"
#include "layers.h"

/* One message for one protocol, as if it had come in one packet.  Facts are checked for shape and printed to nowhere. */
struct bench_facts { uint64_t facts, by_outcome[OUTCOMES]; bool first_known; enum outcome first; };

/* What every consumer relies on: groups nest, lengths point at their ends, keys are known.  Else an assertion fails. */
void harness_check(const struct fact *f);
/* NULL when there is no memory. */
struct layers *harness_new(struct bench_facts *seen);
/* The same with these ciphers and secrets, borrowed. */
struct layers *harness_opens(struct bench_facts *seen, const struct ciphers *ciphers, const struct secrets *secrets);
/* True when the protocol took it for one of its messages. */
bool harness_message(struct layers *l, struct bench_facts *seen, const struct proto *p, const uint8_t *data, size_t n, bool cut);

/* Whatever the key, what is ciphered is what it says: changes reach what is inside. */
extern const struct ciphers harness_ciphers;
/* A capture, until its end: length(2) octets that the snap length took(1) ms since the last(1) | frame, each. */
void harness_frames(struct fw *w, uint16_t link, const uint8_t *data, size_t n);

#endif
