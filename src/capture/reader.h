/* One capture file: its records, one after the other.  Private to this folder. */
#ifndef FW_CAPTURE_READER_H
#define FW_CAPTURE_READER_H

#include "capture.h"
#include "source.h"

#include <sys/stat.h>

enum { READER_CAPLEN = 262144, READER_INTERFACES = 4096, READER_MARK = 1024 };

struct interface { uint16_t link; uint32_t snaplen; uint64_t units, offset_s; uint8_t power2, shift; };

struct reader {
	struct source	 src;
	struct capture_input in;
	uint32_t	 slot;
	void		 (*secrets)(void *ctx, uint32_t slot, const uint8_t *p, size_t n);	/* as of struct capture_opts */
	bool		 swap, ng, open, done;
	uint16_t	 link;
	bool		 nanos, wide;			/* pcap: ns; wide: 24-octet record headers */
	struct interface *iface;			/* pcapng: of this section */
	uint32_t	 niface;
	uint64_t	 prev_ns;
	uint32_t	 no;				/* frame number, as Wireshark counts: some blocks count that are no packets */
	/* merge: the next frame, read ahead */
	struct frame	 next;
	bool		 has_next;
	uint64_t	 order_ns;			/* running maximum: file order holds when time goes back */
	/* for reading again: where every READER_MARK-th frame or so begins, in a file that can be entered there */
	struct { uint64_t offset; uint32_t no; } *mark;
	uint32_t	 nmarks, cap_marks, next_mark;	/* next_mark: no mark before this frame */
	struct stat	 st;				/* when it was opened; st_mode 0: not a file */
};

/* Opens and reads the file's head; trouble is in r->in. */
int reader_open(struct reader *r, const char *name, uint32_t slot, const struct capture_opts *o);
/* The same of a descriptor, which is the reader's from then on. */
int reader_open_fd(struct reader *r, const char *name, int fd, int stop);
/* The next record, or false at the end (or damage).  stay: only when it lies in the window already. */
bool reader_next(struct reader *r, struct frame *f, bool stay);
void reader_close(struct reader *r);
/* Sets the trouble once; the rest is read for the digest only. */
void reader_trouble(struct reader *r, enum trouble t, const char *what);

#endif
