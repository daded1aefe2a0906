/* GTP-U between two addresses: which tunnels flowed, and whether signalling ordered them.  Private to this folder. */
#ifndef FW_EXPLAIN_TUNNEL_H
#define FW_EXPLAIN_TUNNEL_H

#include "explain.h"

/* True: *x says why, or why not.  False: no user traffic between them, other grounds decide. */
bool explain_tunnels(const struct view *v, const struct ends *e, struct explanation *x);

#endif
