/* CRC-32C (RFC 9260 appendix A): the processor's instruction where there is one, else eight tables. */
#include "sctp.h"

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t by_instruction(const uint8_t *p, size_t n, uint32_t crc)
{
	uint64_t c = crc;

	for (; n >= 8; p += 8, n -= 8) {
		uint64_t v;

		memcpy(&v, p, 8);
		c = __builtin_ia32_crc32di(c, v);
	}
	if (n >= 4) {
		uint32_t v;

		memcpy(&v, p, 4);
		c = __builtin_ia32_crc32si((uint32_t)c, v);
		p += 4;
		n -= 4;
	}
	for (; n; p++, n--)
		c = __builtin_ia32_crc32qi((uint32_t)c, *p);
	return (uint32_t)c;
}
#endif

/* Bit by bit over a nibble table: small, and only used where the instruction is missing. */
static uint32_t by_table(const uint8_t *p, size_t n, uint32_t crc)
{
	static const uint32_t t[16] = { 0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
		0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9, 0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75 };

	for (; n; p++, n--) {
		crc ^= *p;
		crc = t[crc & 15] ^ crc >> 4;
		crc = t[crc & 15] ^ crc >> 4;
	}
	return crc;
}

uint32_t crc32c(const uint8_t *p, size_t n, uint32_t crc)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("sse4.2"))
		return by_instruction(p, n, crc);
#endif
	return by_table(p, n, crc);
}

uint32_t sctp_checksum(const uint8_t *p, size_t n)
{
	uint8_t head[12] = { 0 };

	memcpy(head, p, 8);
	return ~crc32c(p + 12, n - 12, crc32c(head, 12, 0xffffffff));
}
