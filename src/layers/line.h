/* Lines of text (ended by LF, mostly CR LF) in a TCP stream, for protocols that talk in such. */
#ifndef FW_LAYERS_LINE_H
#define FW_LAYERS_LINE_H

#include "layer.h"

enum { LINE_MAX_OCTETS = 2048 };

/* Octets of the first line, its end included; 0: it has not come yet; SIZE_MAX: it is longer than lines are, or holds what no text does. */
static inline size_t line_length(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n && i < LINE_MAX_OCTETS; i++) {
		if (p[i] == '\n')
			return i + 1;
		if (p[i] && p[i] < 32 && p[i] != '\t' && p[i] != '\r')		/* 0: what is masked, too */
			return SIZE_MAX;
	}
	return n < LINE_MAX_OCTETS ? 0 : SIZE_MAX;
}

/* Without CR and LF. */
static inline size_t line_text(const uint8_t *p, size_t n)
{
	while (n && (p[n - 1] == '\n' || p[n - 1] == '\r'))
		n--;
	return n;
}

static inline bool line_digit(uint8_t c) { return c >= '0' && c <= '9'; }
static inline bool line_letter(uint8_t c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/* Is the word in there, letters of either case?  word: lower case. */
static inline bool line_holds(const uint8_t *p, size_t n, const char *word)
{
	size_t k, len = strlen(word);

	for (size_t i = 0; i + len <= n; i++) {
		for (k = 0; k < len && ((p[i + k] | (line_letter(p[i + k]) ? 32 : 0)) == (uint8_t)word[k]); k++)
			;
		if (k == len)
			return true;
	}
	return false;
}

#endif
