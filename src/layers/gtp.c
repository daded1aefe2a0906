#include "layer.h"

static bool read_message(struct layers *l, const struct msg *m)
{
	(void)l;
	(void)m;
	return false;
}

const struct proto proto_gtp = { .name = "gtp", .read = read_message };
