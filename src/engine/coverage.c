/* What is understood, as the decoders' own rows say it. */
#include "fairwitness.h"

#include "layers.h"

bool fw_cover(unsigned i, struct fw_cover *row)
{
	for (unsigned p = 0; protos[p]; p++) {
		struct cover_row r;
		unsigned k = 0;

		for (; protos[p]->cover && protos[p]->cover(k, &r); k++) {
			if (i--)
				continue;
			*row = (struct fw_cover){ protos[p]->name, protos[p]->title, protos[p]->spec, r.what, r.name, r.spec, r.id };
			return true;
		}
	}
	return false;
}

const char *fw_kind(unsigned i)
{
	const char *seen = NULL;

	for (unsigned k = 0; k < FACT_KINDS; k++) {
		const char *name = fact_kind_name((enum fact_kind)k);

		if (seen && !strcmp(seen, name))
			continue;	/* tallies of both sorts share one name */
		seen = name;
		if (!i--)
			return name;
	}
	return NULL;
}
