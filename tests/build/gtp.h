/* GTP-U (TS 29.281) with the PDU session container of TS 38.415. */
#ifndef FW_BUILD_GTP_H
#define FW_BUILD_GTP_H

#include "net.h"

enum { GTPU_PORT = 2152 };
enum { GTP_ECHO = 1, GTP_ECHO_ANSWER = 2, GTP_ERROR = 26, GTP_EXTENSIONS = 31, GTP_END_MARKER = 254, GTP_PDU = 255 };

struct buf gtp_pdu(uint32_t teid, struct buf packet);				/* bare */
struct buf gtp_pdu_dl(uint32_t teid, unsigned qfi, struct buf packet);		/* with a downlink container */
struct buf gtp_pdu_ul(uint32_t teid, unsigned qfi, struct buf packet);
struct buf gtp_pdu_numbered(uint32_t teid, unsigned seq, struct buf packet);	/* with a sequence number */
struct buf gtp_pdu_pdcp(uint32_t teid, unsigned pdcp, unsigned qfi, struct buf packet);	/* two extension headers: PDCP number, container */
struct buf gtp_echo(unsigned seq);
struct buf gtp_echo_answer(unsigned seq, bool recovery);
struct buf gtp_error(uint32_t teid, const struct ip *peer);
struct buf gtp_end_marker(uint32_t teid);
struct buf gtp_extensions(unsigned seq);					/* supported extension headers notification */

#endif
