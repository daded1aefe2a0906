"""The audit of the sample network against what its builder knows."""
import subprocess
from collections import Counter
from tap import *

truth = json.loads(subprocess.run([NETGEN, "sample", "--truth", path("t.pcap")], stdout=subprocess.PIPE, check=True).stdout)
s, r, err = audit_json("-r", path("t.pcap"))
ok(s == 0 and r["coverage"]["packets"] == truth["packets"], "the sample network is read whole", err)
ok(r["coverage"]["malformed"] == 0 and r["coverage"]["refused"] == 0, "nothing in it is malformed, nothing was refused")
by_address = {a: e for e in r["elements"] for a in e["addresses"]}
for e in truth["elements"]:
    seen = next((by_address[a] for k, a in e["addresses"].items() if k in ("n2", "n4") and a in by_address), None)
    if not ok(seen is not None, "%s is found" % e["name"]):
        continue
    ok(e["role"] in seen["roles"], "%s is a %s" % (e["name"], e["role"]), seen["roles"])
    wanted = {a for k, a in e["addresses"].items() if k != "oam"}
    ok(wanted >= set(seen["addresses"]) and set(seen["addresses"]), "%s has only addresses of its own" % e["name"], (wanted, seen["addresses"]))
    if e["role"] in ("gNB", "AMF"):
        ok(seen["names"] == [e["name"]] and sorted(seen["plmns"]) == sorted(e.get("plmns", ["00101"])), "%s has its name and PLMNs" % e["name"], seen)
    if e["role"] == "gNB":
        ok(seen["tacs"] == e["tacs"] and seen["node_id"] == {"hex": e["gnb_id"], "bits": e["bits"]}, "%s has its TACs and id" % e["name"], seen)
        ok(seen["id"] == e["id"], "%s is called %s" % (e["name"], e["id"]), seen["id"])
    ok(seen["grounds"] and all(g["frame"] for g in seen["grounds"]), "%s has grounds" % e["name"])
others = {o["address"] for o in truth["others"]}
named = [e for e in r["elements"] if not others >= set(e["addresses"])]		# a tunnel end makes even a host outside a GTP-U peer
ok(all(e["roles"] == ["GTP-U-peer"] for e in r["elements"] if e not in named), "who is no element is at most a GTP-U peer")
ok(len(named) == len([e for e in truth["elements"] if "n2" in e["addresses"] or "n4" in e["addresses"]]), "and nothing else", [e["id"] for e in named])
sec = r["security"]
ok(sec["nas"]["ea"] == truth["ea"] and sec["nas"]["ia"] == truth["ia"], "algorithms chosen", sec)
ok(sec["suci"] == truth["suci"], "SUCI schemes", sec["suci"])
t = truth["sessions"]
ok(r["sessions"]["ues"] == t["ngap_ues"], "UE contexts: %d" % t["ngap_ues"], r["sessions"]["ues"])
ok(r["sessions"]["pdu_sessions"] == t["pdu_sessions"], "PDU sessions: %d" % t["pdu_sessions"], r["sessions"]["pdu_sessions"])
ok(r["sessions"]["pfcp_sessions"] == t["pfcp_sessions"], "PFCP sessions: %d" % t["pfcp_sessions"], r["sessions"]["pfcp_sessions"])

facts = [json.loads(l) for l in run("decode", "-r", path("t.pcap"))[1].splitlines()]
tunnels = Counter()
for f in facts:
    if f.get("what") == "tunnel":
        tunnels[(f["src"], f["dst"], f["gtp.teid"])] += f["packets"]
want = Counter({(x["src"], x["dst"], x["teid"]): x["packets"] for x in truth["tunnels"]})
ok(tunnels == want, "%d tunnels with their packets" % len(want), list((want - tunnels).items())[:3] + list((tunnels - want).items())[:3])
ngap = Counter((("initiating", "successful", "unsuccessful")[f["ngap.NGAP_PDU"]], str(f["ngap.procedureCode"])) for f in facts if f["kind"] == "ngap")
want = Counter({(k, p): n for k, v in truth["messages"]["ngap"].items() for p, n in v.items()})
ok(ngap == want, "NGAP messages by procedure", (want - ngap, ngap - want))
pfcp = Counter(str(f["pfcp.msg_type"]) for f in facts if f["kind"] == "pfcp")
ok(pfcp == Counter(truth["messages"]["pfcp"]), "PFCP messages by type", (pfcp, truth["messages"]["pfcp"]))
bad = [f for f in facts if f.get("outcome", "ok") not in ("ok", "encrypted")]
ok(not bad, "every message is read, or known to be ciphered", bad[:2])

# Subscribers' destinations are nowhere.
inner = [c for c in r["contacts"] if any(a.startswith("10.60.") for a in (c["a"], c["b"]))]
ok(not inner, "no subscriber's contact is kept", inner[:2])
s, k, err = audit_json("-r", path("t.pcap"), "--keep-inner")
ok(k["coverage"]["keep_inner"] and len(k["contacts"]) > len(r["contacts"]), "--keep-inner keeps them, and the report says so")
done()
