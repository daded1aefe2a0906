/*
 * What no output may hold of what was built: identities, keys and tokens, noted where they are made into octets.  The one list of the
 * builder: who makes a message has no net at hand.
 */
#ifndef FW_BUILD_SECRET_H
#define FW_BUILD_SECRET_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Octets, once each: "tmsi", "key", "mac", "token". */
void secret_octets(const char *kind, const void *p, size_t n);
/* Digits: "msin", "supi", "pei". */
void secret_digits(const char *kind, const char *digits);
void secret_subscriber(const uint8_t plmn[3], const char *msin);	/* "msin" and "supi" */
/*
 * The MSINs of what is built are nearly all zeros, and so is what masks them.  After secrets_rich() they are made into octets with other digits;
 * secret_msin() says which: the one itself without it, else until 16 calls later.
 */
void secrets_rich(void);
const char *secret_msin(const char *msin);
/* One line of JSON, {"capture":...,"secrets":[[kind, digits or hex]...]}, unless f is NULL; then they are forgotten. */
void secrets_print(FILE *f, const char *capture);

#endif
