/* The inside of capsules; private to capsule.c and capsule_text.c. */
#ifndef FW_RUN_CAPSULE_H
#define FW_RUN_CAPSULE_H

#include "verify_inside.h"

#define CAPSULE_PROGRAM "fairwitness capsule"

/* A packet of the finding; frame, leaf and bits are the record's. */
struct cited {
	uint64_t	at;			/* among the record's retained packets */
	const struct frame *f;
	const struct merkle_hash *leaf;
	const uint8_t	*bits;			/* which octets are masked */
	uint32_t	 ground;		/* from 1; 0: it is context */
	unsigned	 nshows;
	struct octets	 shows;			/* the messages that were read in it */
};

struct capsule {
	const struct capsule_opts *o;
	struct verify	*v;
	uint32_t	 leaf, nth;		/* the finding's leaf; which one of the report it is */
	/* As people read it: printable, with its end.  The core as the log has it, the annex as report.json has it. */
	struct octets	 id, check, subject, object, verdict, severity, title, reason, filter, filter_4_0;
	bool		 complete;		/* it rests on an absence */
	bool		 null_decipher;		/* what its filter needs of tshark */
	uint64_t	 frames_total;
	struct cited	*p;			/* in order of input and frame */
	size_t		 n;
	uint32_t	 grounds, others;	/* others: context packets, in p or not */
	struct octets	 file;
};

static inline const char *capsule_word(const struct octets *o) { return o->b ? o->b : ""; }
/* Printable ASCII of the text, the rest as dots, at most `most` octets and an end. */
void capsule_clean(struct octets *o, const char *p, size_t n, size_t most);
/* Which messages each packet shows, from the masked packets.  0 or FW_ENOMEM. */
int capsule_shows(struct capsule *c);
/* The file.  0 or FW_ENOMEM. */
int capsule_file(struct capsule *c);
/* What is said of it on standard output.  0, or nonzero: it could not be written. */
int capsule_say(const struct capsule *c);

#endif
