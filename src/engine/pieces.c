/* Which frames belong together: the parts of datagrams and messages.  Bounded; what has no room is counted. */
#include "inside.h"

#include "err.h"
#include "region.h"

enum { LISTS_CAP = 1 << 20, FRAMES_CAP = 1 << 23 };

int pieces_init(struct pieces *p)
{
	*p = (struct pieces){ .list = region_reserve(LISTS_CAP * sizeof(*p->list)), .frame = region_reserve(FRAMES_CAP * sizeof(*p->frame)) };
	return p->list && p->frame ? FW_OK : FW_ENOMEM;
}

void pieces_free(struct pieces *p)
{
	region_release(p->list, LISTS_CAP * sizeof(*p->list));
	region_release(p->frame, FRAMES_CAP * sizeof(*p->frame));
}

void pieces_add(struct pieces *p, uint32_t input, const uint32_t *frames, uint32_t n)
{
	if (p->nlists == LISTS_CAP || n > FRAMES_CAP - p->nframes) {
		p->refused++;
		return;
	}
	p->list[p->nlists++] = (struct piece_list){ input, p->nframes, n };
	for (uint32_t i = 0; i < n; i++)
		p->frame[p->nframes++] = frames[i];
}
