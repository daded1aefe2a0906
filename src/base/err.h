/* Codes for trouble of the machine and of its user.  Traffic is never an error: it is data. */
#ifndef FW_BASE_ERR_H
#define FW_BASE_ERR_H

enum fw_err {
	FW_OK = 0,
	FW_ENOMEM = -1,		/* no memory */
	FW_EIO = -2,		/* reading or writing failed */
	FW_EINVAL = -3,		/* an argument is wrong */
	FW_ELIMIT = -4,		/* a cap was hit */
	FW_EFORMAT = -5,	/* a file is not what it should be */
	FW_EEND = -6,		/* nothing more to read */
};

/* A sentence about what went wrong and where; always ended, cut when too long. */
struct err { char text[512]; };

const char *err_word(int code);
void err_set(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
