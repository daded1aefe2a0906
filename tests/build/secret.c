#include "secret.h"

#include <stdbool.h>
#include <string.h>

enum { SECRETS = 1 << 14, SECRET_TEXT = 80 };

static struct { char kind[8], text[SECRET_TEXT]; } list[SECRETS];
static unsigned n_list;
static bool rich;

static void note(const char *kind, const char *text)
{
	for (unsigned i = 0; i < n_list; i++)
		if (!strcmp(list[i].kind, kind) && !strcmp(list[i].text, text))
			return;
	if (n_list == SECRETS)
		return;
	snprintf(list[n_list].kind, sizeof(list->kind), "%s", kind);
	snprintf(list[n_list++].text, SECRET_TEXT, "%s", text);
}

void secret_octets(const char *kind, const void *p, size_t n)
{
	char text[SECRET_TEXT] = "";
	const uint8_t *b = p;

	for (size_t i = 0; i < n && i < SECRET_TEXT / 2 - 1; i++)
		snprintf(text + 2 * i, 3, "%02x", b[i]);
	note(kind, text);
}

void secret_digits(const char *kind, const char *digits) { note(kind, digits); }

void secret_subscriber(const uint8_t plmn[3], const char *msin)
{
	const unsigned nibble[] = { plmn[0] & 15, plmn[0] >> 4, plmn[1] & 15, plmn[2] & 15, plmn[2] >> 4, plmn[1] >> 4 };
	char supi[SECRET_TEXT];
	size_t n = 0;

	for (unsigned i = 0; i < 6; i++)
		if (nibble[i] < 10)		/* an MNC of two digits has an f for the third */
			supi[n++] = (char)('0' + nibble[i]);
	snprintf(supi + n, sizeof(supi) - n, "%s", msin);
	note("msin", msin);
	note("supi", supi);
}

void secrets_rich(void) { rich = true; }

const char *secret_msin(const char *msin)
{
	static const char add[] = "7315928647";
	static char room[16][SECRET_TEXT];
	static unsigned hand;
	char *to = room[hand++ % 16];

	if (!rich)
		return msin;
	snprintf(to, SECRET_TEXT, "%s", msin);
	for (size_t i = 0; to[i]; i++)
		to[i] = (char)('0' + (to[i] - '0' + add[i % 10] - '0') % 10);
	return to;
}

void secrets_print(FILE *f, const char *capture)
{
	if (f)
		fprintf(f, "{\"capture\":\"%s\",\"secrets\":[", capture);
	for (unsigned i = 0; f && i < n_list; i++)
		fprintf(f, "%s[\"%s\",\"%s\"]", i ? "," : "", list[i].kind, list[i].text);
	if (f)
		fputs("]}\n", f);
	n_list = 0;
}
