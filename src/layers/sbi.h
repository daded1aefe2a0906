/*
 * The service based interface (TS 29.500): what HTTP/2 and HTTP/1.1 carry, whichever of them it was.  Header fields and
 * bodies become keys of the fact being made; identities leave as pseudonyms, keys and tokens as being there.
 */
#ifndef FW_LAYERS_SBI_H
#define FW_LAYERS_SBI_H

#include "layer.h"

/* What a message's head says of its body, and of the exchange. */
enum sbi_content { SBI_NO_CONTENT, SBI_JSON, SBI_FORM, SBI_MULTIPART, SBI_OTHER };

enum { SBI_BY_OTHER = 255, SBI_BOUNDARY = 70, SBI_TARGET = 82 };	/* RFC 2046 5.1.1 */

struct sbi_head {
	uint16_t	op;			/* the operation: row + 1, 0: none that is known */
	uint8_t		service;		/* likewise */
	uint8_t		content;		/* enum sbi_content */
	uint8_t		nboundary;
	bool		coded;			/* the body is compressed */
	uint8_t		consumer;		/* the NF type that the client says it is: row + 1, 0: none */
	uint8_t		by;			/* it was passed on (Via): by what type of function, likewise, SBI_BY_OTHER: that is not said; 0: by nobody */
	uint16_t	status;			/* of a response */
	bool		application;		/* it was said which other one it is, see sbi_text.c */
	bool		indirect, sepp;		/* the receiver is asked to pass it on (TS 29.500 6.10.2.4); it is called sepp (TS 23.003 28.3.2.4) */
	uint8_t		ntarget;
	uint8_t		boundary[SBI_BOUNDARY];
	uint8_t		target[SBI_TARGET];	/* the name of the host that a request which is to be passed on is for */
};

/* The keys of the protocol that carries it. */
struct sbi_keys { enum fact_key method, path, authority, status, user_agent, server, location, content_type; };

/* Header fields that are read. */
enum sbi_name { SBI_NO_NAME, SBI_VIA, SBI_CALLBACK_TYPE, SBI_TARGET_APIROOT, SBI_TARGET_TYPE, SBI_REQUESTER_TYPE, SBI_SERVER, SBI_LOCATION, SBI_USER_AGENT, SBI_CONTENT_TYPE,
	SBI_AUTHORIZATION, SBI_CONTENT_ENCODING };
enum sbi_name sbi_name(const char *name, size_t n);
/*
 * A header field.  `marked`: value is where it was captured, and is claimed here; else the caller does by what is returned.  Values of
 * fields, targets and bodies are borrowed until the fact is emitted.
 */
enum mark sbi_header(struct layers *l, const struct sbi_keys *k, struct sbi_head *h, enum sbi_name name, const uint8_t *value, size_t n, bool marked);
/* The request's method and target; true: an identity is in it. */
bool sbi_target(struct layers *l, const struct sbi_keys *k, struct sbi_head *h, const uint8_t *method, size_t nmethod, const uint8_t *path, size_t n,
	bool marked);
/* A host's name, as the request says it. */
enum mark sbi_authority(struct layers *l, const struct sbi_keys *k, struct sbi_head *h, const uint8_t *p, size_t n, bool marked);
/* Of a target that is masked but for its front: which service it is for, and nothing else. */
void sbi_service_only(struct layers *l, struct sbi_head *h, const uint8_t *path, size_t n);
/* Which operation a body or response belongs to. */
void sbi_operation(struct layers *l, const struct sbi_head *request, bool response);
/* The body of a message; parts for other protocols are handed on, m being what they came in. */
void sbi_body(struct layers *l, const struct msg *m, const struct cur *body, const struct sbi_head *h, const struct sbi_head *request);

/* ---- sbi_text.c ---- */

/*
 * Puts a text, the identities in it replaced; true: there were some.  marked: the octets are claimed, those of identities as
 * such.  Borrowed until the fact is emitted.
 */
bool sbi_put_text(struct layers *l, enum fact_key k, const uint8_t *p, size_t n, bool marked);
/* How many octets precede the first identity (what of it is not masked included); n: there is none. */
size_t sbi_before_identity(const uint8_t *p, size_t n);
/* The frames are masked, or are to be, and so is this text, which does not stand in them as it is: nothing is said of it. */
bool sbi_hidden(const struct layers *l, const uint8_t *p, size_t n);
/* What is no service of the 5G core, and known by a request's path or its client's name: "etcd", "Kubernetes API"; NULL: none that is known. */
const char *sbi_application_of(const uint8_t *path, size_t n);
const char *sbi_application_by_agent(const uint8_t *agent, size_t n);
/* Puts the pseudonym of a text that is an identity as a whole; false: it is none. */
bool sbi_put_identity(struct layers *l, const uint8_t *p, size_t n, bool marked);
/* key=value pairs of a query or a form. */
void sbi_params(struct layers *l, const uint8_t *p, size_t n, bool marked, bool form);
/* A token: its digest, and what it claims when it is a JWT; never itself. */
void sbi_token(struct layers *l, const uint8_t *p, size_t n, bool marked);
/* Is it so, whatever the case? */
bool sbi_is(const void *p, size_t n, const char *word);

/* ---- sbi_json.c ---- */

/*
 * What JSON says of the other parts of a multipart body: a RefToBinaryData (TS 29.571) is {"contentId": the part's Content-Id}, the
 * member it is the value of says what the part is, and one beside that member which element of NGAP.  All octets are borrowed.
 */
enum sbi_part { SBI_PART_OTHER, SBI_PART_NAS, SBI_PART_N1_ELEMENTS, SBI_PART_NGAP, SBI_PART_NGAP_SM, SBI_PART_NGAP_SM_EXT1 };
enum { SBI_REFS = 16 };
struct sbi_ref { const uint8_t *p; size_t n; uint32_t owner; uint8_t part; bool used; };	/* owner: the object that both members are in, 0: none */
struct sbi_refs { unsigned nids, ntypes; struct sbi_ref id[SBI_REFS], type[SBI_REFS]; };	/* nids, ntypes: how many there were */

/* refs: what is said of other parts is added there; or NULL. */
void sbi_json(struct layers *l, const uint8_t *p, size_t n, bool cut, enum cur_why *why, bool marked, struct sbi_refs *refs);

/* ---- sbi_rows.c ---- */

struct sbi_service { const char *name, *spec; size_t n; };	/* n: octets of the name */
struct sbi_op { uint8_t service, nmethod, nname; const char *method, *path, *name; };	/* path: segments behind the version, {} is any */
unsigned sbi_service_row(const struct sbi_service *s);			/* from 1 */
const struct sbi_service *sbi_service(unsigned row);			/* NULL: none */
unsigned sbi_find(const uint8_t *method, size_t nmethod, const uint8_t *path, size_t n, const struct sbi_service **service, const uint8_t **version, size_t *nversion);
const struct sbi_op *sbi_op(unsigned row);	/* row from 1; NULL: none */
const struct sbi_service *sbi_service_of(const struct sbi_op *op);
bool sbi_cover(unsigned i, struct cover_row *row);

#endif
