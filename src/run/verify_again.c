/* re-derived: findings from the retained packets, the whole report from the captures. */
#include "verify_inside.h"

int verify_core(struct verify *v)
{
	verify_not_shown(v, SHOWS_CORE, "not tried by this version");
	return FW_OK;
}

int verify_full(struct verify *v)
{
	verify_not_shown(v, SHOWS_FULL, "no -r: the captures were not read");
	return FW_OK;
}
