/*
 * The operations of the service based interface as rows: service, method and path behind the version.  {} stands for one
 * segment; of several rows that fit the first one counts.
 */
#include "sbi.h"

enum { NFM, DISC, OAUTH2, BOOT, AUSF_AUTH, SORP, UPUP, SDM, UECM, UEAU, UDM_EE, PP, UDR, AMF_COMM, AMF_EVTS, AMF_MT, AMF_LOC, PDU, SMF_EVT, AM_POLICY, SM_POLICY,
	PA, UE_POLICY, BSF, NSSEL, NSSAI, CHARGING, SPENDING, EIR, SMSF, LMF, NWDAF_EVT, NWDAF_INFO, NEF_PFD, N32C, N32F };

static const struct sbi_service services[] = {
	[NFM] = { "nnrf-nfm", "TS 29.510 5.2", sizeof("nnrf-nfm") - 1 }, [DISC] = { "nnrf-disc", "TS 29.510 5.3", sizeof("nnrf-disc") - 1 }, [OAUTH2] = { "oauth2", "TS 29.510 5.4", sizeof("oauth2") - 1 },
	[BOOT] = { "bootstrapping", "TS 29.510 5.5", sizeof("bootstrapping") - 1 }, [AUSF_AUTH] = { "nausf-auth", "TS 29.509 5.2", sizeof("nausf-auth") - 1 }, [SORP] = { "nausf-sorprotection", "TS 29.509 5.3", sizeof("nausf-sorprotection") - 1 },
	[UPUP] = { "nausf-upuprotection", "TS 29.509 5.4", sizeof("nausf-upuprotection") - 1 }, [SDM] = { "nudm-sdm", "TS 29.503 5.2", sizeof("nudm-sdm") - 1 }, [UECM] = { "nudm-uecm", "TS 29.503 5.3", sizeof("nudm-uecm") - 1 },
	[UEAU] = { "nudm-ueau", "TS 29.503 5.4", sizeof("nudm-ueau") - 1 }, [UDM_EE] = { "nudm-ee", "TS 29.503 5.5", sizeof("nudm-ee") - 1 }, [PP] = { "nudm-pp", "TS 29.503 5.6", sizeof("nudm-pp") - 1 },
	[UDR] = { "nudr-dr", "TS 29.504 5.2", sizeof("nudr-dr") - 1 }, [AMF_COMM] = { "namf-comm", "TS 29.518 5.2", sizeof("namf-comm") - 1 }, [AMF_EVTS] = { "namf-evts", "TS 29.518 5.3", sizeof("namf-evts") - 1 },
	[AMF_MT] = { "namf-mt", "TS 29.518 5.4", sizeof("namf-mt") - 1 }, [AMF_LOC] = { "namf-loc", "TS 29.518 5.5", sizeof("namf-loc") - 1 }, [PDU] = { "nsmf-pdusession", "TS 29.502 5.2", sizeof("nsmf-pdusession") - 1 },
	[SMF_EVT] = { "nsmf-event-exposure", "TS 29.508 4.2", sizeof("nsmf-event-exposure") - 1 }, [AM_POLICY] = { "npcf-am-policy-control", "TS 29.507 4.2", sizeof("npcf-am-policy-control") - 1 },
	[SM_POLICY] = { "npcf-smpolicycontrol", "TS 29.512 4.2", sizeof("npcf-smpolicycontrol") - 1 }, [PA] = { "npcf-policyauthorization", "TS 29.514 4.2", sizeof("npcf-policyauthorization") - 1 },
	[UE_POLICY] = { "npcf-ue-policy-control", "TS 29.525 4.2", sizeof("npcf-ue-policy-control") - 1 }, [BSF] = { "nbsf-management", "TS 29.521 4.2", sizeof("nbsf-management") - 1 },
	[NSSEL] = { "nnssf-nsselection", "TS 29.531 5.2", sizeof("nnssf-nsselection") - 1 }, [NSSAI] = { "nnssf-nssaiavailability", "TS 29.531 5.3", sizeof("nnssf-nssaiavailability") - 1 },
	[CHARGING] = { "nchf-convergedcharging", "TS 32.291 5.2", sizeof("nchf-convergedcharging") - 1 }, [SPENDING] = { "nchf-spendinglimitcontrol", "TS 29.594 4.2", sizeof("nchf-spendinglimitcontrol") - 1 },
	[EIR] = { "n5g-eir-eic", "TS 29.511 5.2", sizeof("n5g-eir-eic") - 1 }, [SMSF] = { "nsmsf-sms", "TS 29.540 5.2", sizeof("nsmsf-sms") - 1 }, [LMF] = { "nlmf-loc", "TS 29.572 5.2", sizeof("nlmf-loc") - 1 },
	[NWDAF_EVT] = { "nnwdaf-eventssubscription", "TS 29.520 4.2", sizeof("nnwdaf-eventssubscription") - 1 }, [NWDAF_INFO] = { "nnwdaf-analyticsinfo", "TS 29.520 4.3", sizeof("nnwdaf-analyticsinfo") - 1 },
	[NEF_PFD] = { "nnef-pfdmanagement", "TS 29.551 4.2", sizeof("nnef-pfdmanagement") - 1 }, [N32C] = { "n32c-handshake", "TS 29.573 5.2", sizeof("n32c-handshake") - 1 }, [N32F] = { "n32f-forward", "TS 29.573 5.3", sizeof("n32f-forward") - 1 },
};
enum { SERVICES = sizeof(services) / sizeof(services[0]), SEGMENTS = 12 };

#define O(service, method, path, name) { service, sizeof(method) - 1, sizeof(name) - 1, method, path, name }
static const struct sbi_op ops[] = {
	O(NFM, "PUT", "nf-instances/{}", "NFRegister"), O(NFM, "PATCH", "nf-instances/{}", "NFUpdate"), O(NFM, "DELETE", "nf-instances/{}", "NFDeregister"),
	O(NFM, "GET", "nf-instances", "NFListRetrieval"), O(NFM, "GET", "nf-instances/{}", "NFProfileRetrieval"),
	O(NFM, "POST", "subscriptions", "NFStatusSubscribe"), O(NFM, "PATCH", "subscriptions/{}", "NFStatusSubscribeUpdate"),
	O(NFM, "DELETE", "subscriptions/{}", "NFStatusUnsubscribe"),
	O(DISC, "GET", "nf-instances", "NFDiscover"), O(DISC, "GET", "searches/{}", "NFDiscoverStored"),
	O(OAUTH2, "POST", "token", "AccessTokenGet"), O(BOOT, "GET", "", "Bootstrapping"),
	O(AUSF_AUTH, "POST", "ue-authentications", "Authenticate"), O(AUSF_AUTH, "PUT", "ue-authentications/{}/5g-aka-confirmation", "Confirm5gAka"),
	O(AUSF_AUTH, "POST", "ue-authentications/{}/eap-session", "EapSession"),
	O(AUSF_AUTH, "DELETE", "ue-authentications/{}/5g-aka-confirmation", "DeleteAuthenticationResult"),
	O(AUSF_AUTH, "DELETE", "ue-authentications/{}/eap-session", "DeleteAuthenticationResult"),
	O(SORP, "POST", "{}/ue-sor", "SoRProtect"), O(UPUP, "POST", "{}/ue-upu", "UPUProtect"),
	O(SDM, "GET", "{}/nssai", "GetNssai"), O(SDM, "GET", "{}/am-data", "GetAmData"), O(SDM, "GET", "{}/smf-select-data", "GetSmfSelectData"),
	O(SDM, "GET", "{}/ue-context-in-smf-data", "GetUeContextInSmfData"), O(SDM, "GET", "{}/sm-data", "GetSmData"), O(SDM, "GET", "{}/sms-data", "GetSmsData"),
	O(SDM, "GET", "{}/id-translation-result", "GetIdTranslation"), O(SDM, "POST", "{}/sdm-subscriptions", "SdmSubscribe"),
	O(SDM, "PATCH", "{}/sdm-subscriptions/{}", "SdmModifySubscription"), O(SDM, "DELETE", "{}/sdm-subscriptions/{}", "SdmUnsubscribe"),
	O(SDM, "PUT", "{}/am-data/sor-ack", "SdmInfo"), O(SDM, "GET", "{}/{}", "SdmGet"), O(SDM, "GET", "{}", "SdmGet"),
	O(UECM, "PUT", "{}/registrations/amf-3gpp-access", "AmfRegistration"), O(UECM, "PATCH", "{}/registrations/amf-3gpp-access", "AmfUpdate"),
	O(UECM, "PUT", "{}/registrations/amf-non-3gpp-access", "AmfRegistration"), O(UECM, "PUT", "{}/registrations/smf-registrations/{}", "SmfRegistration"),
	O(UECM, "DELETE", "{}/registrations/smf-registrations/{}", "SmfDeregistration"), O(UECM, "GET", "{}/registrations/{}", "GetRegistration"),
	O(UECM, "GET", "{}/registrations", "GetRegistration"), O(UECM, "PUT", "{}/registrations/{}", "Registration"),
	O(UEAU, "POST", "{}/security-information/generate-auth-data", "GenerateAuthData"), O(UEAU, "POST", "{}/auth-events", "ConfirmAuth"),
	O(UEAU, "PUT", "{}/auth-events/{}", "DeleteAuth"), O(UDM_EE, "POST", "{}/ee-subscriptions", "EeSubscribe"),
	O(UDM_EE, "DELETE", "{}/ee-subscriptions/{}", "EeUnsubscribe"), O(PP, "PATCH", "{}/pp-data", "PpUpdate"),
	O(UDR, "GET", "subscription-data/{}/authentication-data/authentication-subscription", "QueryAuthSubsData"),
	O(UDR, "PATCH", "subscription-data/{}/authentication-data/authentication-subscription", "ModifyAuthSubsData"),
	O(UDR, "GET", "*", "Query"), O(UDR, "PUT", "*", "Create"), O(UDR, "POST", "*", "Create"), O(UDR, "PATCH", "*", "Update"), O(UDR, "DELETE", "*", "Delete"),
	O(AMF_COMM, "POST", "ue-contexts/{}/n1-n2-messages", "N1N2MessageTransfer"),
	O(AMF_COMM, "POST", "ue-contexts/{}/n1-n2-messages/subscriptions", "N1N2MessageSubscribe"),
	O(AMF_COMM, "DELETE", "ue-contexts/{}/n1-n2-messages/subscriptions/{}", "N1N2MessageUnSubscribe"), O(AMF_COMM, "PUT", "ue-contexts/{}", "CreateUEContext"),
	O(AMF_COMM, "POST", "ue-contexts/{}/transfer", "UEContextTransfer"), O(AMF_COMM, "POST", "ue-contexts/{}/transfer-update", "RegistrationStatusUpdate"),
	O(AMF_COMM, "POST", "ue-contexts/{}/release", "ReleaseUEContext"), O(AMF_COMM, "POST", "ue-contexts/{}/assign-ebi", "EBIAssignment"),
	O(AMF_COMM, "POST", "non-ue-n2-messages/transfer", "NonUeN2MessageTransfer"),
	O(AMF_COMM, "POST", "non-ue-n2-messages/subscriptions", "NonUeN2InfoSubscribe"), O(AMF_COMM, "POST", "subscriptions", "AMFStatusChangeSubscribe"),
	O(AMF_COMM, "DELETE", "subscriptions/{}", "AMFStatusChangeUnSubscribe"),
	O(AMF_EVTS, "POST", "subscriptions", "EventSubscribe"), O(AMF_MT, "POST", "ue-contexts/{}/ue-reachind", "EnableUEReachability"),
	O(AMF_MT, "GET", "ue-contexts/{}", "ProvideDomainSelectionInfo"), O(AMF_LOC, "POST", "{}/provide-pos-info", "ProvidePositioningInfo"),
	O(AMF_LOC, "POST", "{}/provide-loc-info", "ProvideLocationInfo"),
	O(PDU, "POST", "sm-contexts", "CreateSMContext"), O(PDU, "POST", "sm-contexts/{}/modify", "UpdateSMContext"),
	O(PDU, "POST", "sm-contexts/{}/release", "ReleaseSMContext"), O(PDU, "POST", "sm-contexts/{}/retrieve", "RetrieveSMContext"),
	O(PDU, "POST", "pdu-sessions", "Create"), O(PDU, "POST", "pdu-sessions/{}/modify", "Update"), O(PDU, "POST", "pdu-sessions/{}/release", "Release"),
	O(SMF_EVT, "POST", "subscriptions", "Subscribe"),
	O(AM_POLICY, "POST", "policies", "Create"), O(AM_POLICY, "POST", "policies/{}/update", "Update"), O(AM_POLICY, "DELETE", "policies/{}", "Delete"),
	O(SM_POLICY, "POST", "sm-policies", "Create"), O(SM_POLICY, "POST", "sm-policies/{}/update", "Update"), O(SM_POLICY, "POST", "sm-policies/{}/delete", "Delete"),
	O(SM_POLICY, "GET", "sm-policies/{}", "Get"), O(PA, "POST", "app-sessions", "Create"), O(PA, "PATCH", "app-sessions/{}", "Update"),
	O(PA, "POST", "app-sessions/{}/delete", "Delete"), O(UE_POLICY, "POST", "policies", "Create"), O(UE_POLICY, "DELETE", "policies/{}", "Delete"),
	O(BSF, "POST", "pcfBindings", "Register"), O(BSF, "GET", "pcfBindings", "Discovery"), O(BSF, "DELETE", "pcfBindings/{}", "Deregister"),
	O(NSSEL, "GET", "network-slice-information", "Get"), O(NSSAI, "PUT", "nssai-availability/{}", "Update"), O(NSSAI, "POST", "nssai-availability/subscriptions", "Subscribe"),
	O(CHARGING, "POST", "chargingdata", "Create"), O(CHARGING, "POST", "chargingdata/{}/update", "Update"), O(CHARGING, "POST", "chargingdata/{}/release", "Release"),
	O(SPENDING, "POST", "subscriptions", "Subscribe"), O(EIR, "GET", "equipment-status", "CheckEquipmentIdentity"),
	O(SMSF, "PUT", "ue-contexts/{}", "Activate"), O(SMSF, "DELETE", "ue-contexts/{}", "Deactivate"), O(SMSF, "POST", "ue-contexts/{}/sendsms", "UplinkSMS"),
	O(LMF, "POST", "determine-location", "DetermineLocation"), O(NWDAF_EVT, "POST", "subscriptions", "Subscribe"), O(NWDAF_INFO, "GET", "analytics", "Request"),
	O(NEF_PFD, "GET", "*", "Fetch"), O(NEF_PFD, "POST", "subscriptions", "Subscribe"),
	O(N32C, "POST", "exchange-capability", "ExchangeCapability"), O(N32C, "POST", "exchange-params", "ExchangeParams"),
	O(N32C, "POST", "n32f-terminate", "N32fTerminate"), O(N32C, "POST", "n32f-error", "N32fError"), O(N32F, "POST", "n32f-process", "N32fProcess"),
};
#undef O
enum { OPS = sizeof(ops) / sizeof(ops[0]) };

struct part { const uint8_t *p; size_t n; };

static bool part_is(const struct part *x, const char *word, size_t n)
{
	return x->n == n && !memcmp(x->p, word, n);
}

/* The segments of a path, without its query. */
static unsigned split(const uint8_t *p, size_t n, struct part part[SEGMENTS])
{
	const uint8_t *query = n ? memchr(p, '?', n) : NULL, *end = query ? query : p + n, *stop;
	unsigned k = 0;

	while (p < end && k < SEGMENTS && *p == '/') {
		p++;
		stop = memchr(p, '/', (size_t)(end - p));
		stop = stop ? stop : end;
		part[k++] = (struct part){ p, (size_t)(stop - p) };
		p = stop;
	}
	return k;
}

static bool template(const char *t, const struct part *part, unsigned n)
{
	for (unsigned i = 0; ; i++, t += *t == '/') {
		size_t k = 0;

		if (*t == '*')
			return i < n;
		if (!*t || i == n)
			return !*t && i == n;
		if (*t == '{') {
			t += 2;
			continue;
		}
		while (k < part[i].n && *t && *t == (char)part[i].p[k]) {
			k++;
			t++;
		}
		if (k < part[i].n || (*t && *t != '/'))
			return false;
	}
}

static bool is_version(const struct part *x)
{
	return x->n >= 2 && x->n < 8 && x->p[0] == 'v' && x->p[1] >= '0' && x->p[1] <= '9';
}

/* Those of a service follow each other, in the order of the services. */
static unsigned first_op(unsigned service)
{
	unsigned lo = 0, hi = OPS;

	while (lo < hi) {
		unsigned mid = (lo + hi) / 2;

		if (ops[mid].service < service)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

unsigned sbi_find(const uint8_t *method, size_t nmethod, const uint8_t *path, size_t n, const struct sbi_service **service, const uint8_t **version,
	size_t *nversion)
{
	struct part part[SEGMENTS];
	unsigned k = split(path, n, part), s = SERVICES, at;

	*service = NULL;
	*version = NULL;
	for (at = 0; at < k && s == SERVICES; at++)		/* {apiRoot} may have segments of its own */
		for (s = 0; s < SERVICES && !part_is(&part[at], services[s].name, services[s].n); s++)
			;
	if (s == SERVICES)
		return 0;
	*service = &services[s];
	if (at < k && is_version(&part[at])) {
		*version = part[at].p;
		*nversion = part[at++].n;
	}
	for (unsigned i = first_op(s); i < OPS && ops[i].service == s; i++)
		if (nmethod && ops[i].method[0] == (char)*method && ops[i].nmethod == nmethod && !memcmp(ops[i].method, method, nmethod) &&
		    template(ops[i].path, part + at, k - at))
			return i + 1;
	return 0;
}

unsigned sbi_service_row(const struct sbi_service *s) { return s ? (unsigned)(s - services) + 1 : 0; }
const struct sbi_service *sbi_service(unsigned row) { return row && row <= SERVICES ? &services[row - 1] : NULL; }

const struct sbi_op *sbi_op(unsigned row)
{
	return row && row <= OPS ? &ops[row - 1] : NULL;
}

const struct sbi_service *sbi_service_of(const struct sbi_op *op)
{
	return &services[op->service];
}

bool sbi_cover(unsigned i, struct cover_row *row)
{
	static const struct cover_row others[] = {
		{ "application", 1, "etcd", "etcd API v3: rpc.proto" }, { "application", 2, "Kubernetes API", "Kubernetes API Concepts: Resource URIs" },
	};

	if (i >= OPS + sizeof(others) / sizeof(others[0]))
		return false;
	if (i >= OPS) {
		*row = others[i - OPS];
		return true;
	}
	*row = (struct cover_row){ services[ops[i].service].name, i + 1, ops[i].name, services[ops[i].service].spec };
	return true;
}
