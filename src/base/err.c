#include "err.h"

#include <stdarg.h>
#include <stdio.h>

const char *err_word(int code)
{
	switch ((enum fw_err)code) {
	case FW_OK: return "no error";
	case FW_ENOMEM: return "out of memory";
	case FW_EIO: return "input or output failed";
	case FW_EINVAL: return "an argument is wrong";
	case FW_ELIMIT: return "a limit was reached";
	case FW_EFORMAT: return "the file is not of the expected form";
	case FW_EEND: return "nothing more to read";
	}
	return "unknown error";
}

void err_set(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
}
