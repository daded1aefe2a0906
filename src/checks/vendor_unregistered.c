/* VENDOR-UNREGISTERED: an element is active that the register does not know: the commonest honest finding. */
#include "check.h"

static void at_end(const struct view *v, struct docket *d)
{
	for (uint32_t i = 0; i < model_elements(v->model); i++) {
		const struct element *e = model_element(v->model, i);
		struct instance x = { .subject = { .kind = PARTY_ELEMENT, .index = i, .addr = e->addr }, .object = party_none(), .verdict = CONFORM };

		/* a tunnel end of which nothing more is known is GTPU-UNKNOWN-PEER's */
		if (!(e->roles & ~ROLE_BIT(ROLE_GTPU_PEER)))
			continue;
		if (!e->has_node && !e->addr.fam)	/* only named, behind an SCP or SEPP: it may be another operator's */
			continue;
		if (!v->reg) {
			x.verdict = NOT_DECIDABLE;
			x.reason = "there is no register";
		} else if (v->registered[i] == REG_NONE) {
			x.verdict = VIOLATED;
			x.reason = "it is active, and neither its addresses nor its node id are in the register";
			x.ground = e->ground;
			x.nground = e->ngrounds;
			x.first_ns = e->first_ns;
			x.last_ns = e->last_ns;
		}
		docket_add(d, &x);
	}
}

const struct check check_vendor_unregistered = {
	.id = "VENDOR-UNREGISTERED",
	.title = "an active element is not in the register",
	.severity = SEV_HIGH,
	.refs = "TM01; SO17",
	.means = "Signalling shows a network element that the register does not list, by address, node id or name. What the register says of suppliers and shares is not the whole truth then.",
	.confirm = "Open the frames: they are the first messages that show the element's role.",
	.causes = "A register that is behind a roll-out, a secondary address, a laboratory on the same network, a gateway that rewrites addresses.",
	.todo = "Find the element and its owner, and add it to the register with its supplier, or take it off the network.",
	.filter = "frame.number in {...}",
	.wants_register = true,
	.at_end = at_end,
};
