/*
 * nullloop FILE: the yardstick.  libpcap reads the file, one octet of each packet is looked at, nothing else is done.
 * Prints packets, captured octets, CPU seconds (user and system), and a sum that keeps the compiler honest.
 */
#include <inttypes.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <sys/resource.h>

static double cpu_seconds(void)
{
	struct rusage r;

	getrusage(RUSAGE_SELF, &r);
	return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) * 1e-6;
}

int main(int argc, char **argv)
{
	char words[PCAP_ERRBUF_SIZE];
	uint64_t packets = 0, octets = 0, sum = 0;
	double before = cpu_seconds();
	struct pcap_pkthdr *h;
	const u_char *p;
	pcap_t *in;
	int r;

	if (argc != 2) {
		fprintf(stderr, "usage: nullloop FILE\n");
		return 2;
	}
	in = pcap_open_offline_with_tstamp_precision(argv[1], PCAP_TSTAMP_PRECISION_NANO, words);
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
	printf("%" PRIu64 " %" PRIu64 " %.6f %" PRIu64 "\n", packets, octets, cpu_seconds() - before, sum);
	return r == PCAP_ERROR;
}
