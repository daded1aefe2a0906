#include "layer.h"

static bool read_message(struct layers *l, const struct msg *m)
{
	(void)l;
	(void)m;
	return false;
}

const struct proto proto_pfcp = { .name = "pfcp", .read = read_message };
