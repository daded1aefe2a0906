/*
 * nullloop FILE                  the yardstick: libpcap reads the file, one octet of each packet is looked at, nothing
 *                                else is done.  Prints packets, captured octets, and a sum that keeps the compiler honest.
 * nullloop --of OUT PROGRAM ...  runs the program and writes to OUT: exit status, CPU seconds (user and system), peak RSS in
 *                                KiB.  A small parent, because a child's peak is never less than what its parent held.
 */
#include <inttypes.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int null_loop(const char *path)
{
	char words[PCAP_ERRBUF_SIZE];
	uint64_t packets = 0, octets = 0, sum = 0;
	struct pcap_pkthdr *h;
	const u_char *p;
	pcap_t *in = pcap_open_offline_with_tstamp_precision(path, PCAP_TSTAMP_PRECISION_NANO, words);
	int r;

	if (!in) {
		fprintf(stderr, "nullloop: %s\n", words);
		return 1;
	}
	while ((r = pcap_next_ex(in, &h, &p)) == 1) {
		packets++;
		octets += h->caplen;
		if (h->caplen)
			sum += p[0];
	}
	if (r == PCAP_ERROR)
		fprintf(stderr, "nullloop: %s\n", pcap_geterr(in));
	pcap_close(in);
	printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", packets, octets, sum);
	return r == PCAP_ERROR;
}

static double seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec * 1e-6;
}

static int measure(const char *out, char **argv)
{
	FILE *f = fopen(out, "we");
	struct rusage u;
	int status;
	pid_t pid;

	if (!f || (pid = fork()) == -1) {
		perror("nullloop");
		return 1;
	}
	if (pid == 0) {
		execv(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &u) != pid) {
		perror("nullloop");
		return 1;
	}
	fprintf(f, "%d %.6f %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), seconds(&u.ru_utime) + seconds(&u.ru_stime),
		u.ru_maxrss);
	return fclose(f) != 0;
}

int main(int argc, char **argv)
{
	if (argc > 3 && !strcmp(argv[1], "--of"))
		return measure(argv[2], argv + 3);
	if (argc == 2)
		return null_loop(argv[1]);
	fprintf(stderr, "usage: nullloop FILE | nullloop --of OUT PROGRAM ...\n");
	return 2;
}
