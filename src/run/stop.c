/*
 * SIGHUP, SIGINT and SIGTERM while an output is made: they wait, reading ends, what was written is taken back, and
 * then the process ends by the signal, as whoever sent it expects.  Nothing is done inside of a handler: there is none.
 */
#include "inside.h"

#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

static const struct stopper { int sig; const char *name; } stoppers[] = { { SIGHUP, "SIGHUP" }, { SIGINT, "SIGINT" }, { SIGTERM, "SIGTERM" } };
enum { STOPPERS = sizeof(stoppers) / sizeof(stoppers[0]) };

void stop_hold(struct stop *s)
{
	struct sigaction now;

	*s = (struct stop){ .fd = -1 };
	(void)sigemptyset(&s->held);
	for (int i = 0; i < STOPPERS; i++)	/* one that is ignored (nohup) stays so */
		if (!sigaction(stoppers[i].sig, NULL, &now) && now.sa_handler == SIG_DFL)
			(void)sigaddset(&s->held, stoppers[i].sig);
	s->fd = signalfd(-1, &s->held, SFD_CLOEXEC);
	if (s->fd >= 0 && sigprocmask(SIG_BLOCK, &s->held, &s->before)) {
		(void)close(s->fd);
		s->fd = -1;
	}
}

/* The name of the one that waits, or NULL. */
static const char *waiting(const struct stop *s)
{
	sigset_t set;

	if (!s || s->fd <= 0 || sigpending(&set))
		return NULL;
	for (int i = 0; i < STOPPERS; i++)
		if (sigismember(&s->held, stoppers[i].sig) == 1 && sigismember(&set, stoppers[i].sig) == 1)
			return stoppers[i].name;
	return NULL;
}

bool stop_asked(const struct stop *s, struct err *e)
{
	const char *sig = waiting(s);

	if (sig && e)
		err_set(e, "stopped by %s; nothing is left of this run", sig);
	return sig != NULL;
}

void stop_release(struct stop *s, const char *whole)
{
	const char *sig = waiting(s);

	if (s->fd <= 0)
		return;
	if (sig && whole)
		(void)fprintf(stderr, "fairwitness: %s came when %s was already written; it is whole\n", sig, whole);
	(void)close(s->fd);
	s->fd = -1;
	(void)sigprocmask(SIG_SETMASK, &s->before, NULL);
}
