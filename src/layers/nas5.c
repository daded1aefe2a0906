#include "layer.h"

static bool read_message(struct layers *l, const struct msg *m)
{
	(void)l;
	(void)m;
	return false;
}

const struct proto proto_nas5 = { .name = "nas5", .read = read_message };
