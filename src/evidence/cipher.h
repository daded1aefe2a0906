/* The primitives that open what is ciphered: libcrypto's. */
#ifndef FW_EVIDENCE_CIPHER_H
#define FW_EVIDENCE_CIPHER_H

#include "secrets.h"

extern const struct ciphers ciphers_libcrypto;

#endif
