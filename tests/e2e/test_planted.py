"""What is planted in the sample network is found, and nothing else: with its register and policy, alone, left out, without either."""
import subprocess
from tap import *

REGISTER, POLICY = (os.path.join(ROOT, "share/sample", f) for f in ("register.yaml", "policy.yaml"))
WEIGHT = ["info", "low", "med", "high", "crit"]


def network(name, *scenes):
    out = subprocess.run([NETGEN, "sample", path(name), "--truth", *scenes], stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)["planted"]


def rows(findings):
    return sorted((f["check"], f["subject"], f.get("object") or "-") for f in findings)


def heavy(report):
    return rows(f for f in report["findings"] if WEIGHT.index(f["severity"]) >= WEIGHT.index("med"))


def judged(name, *scenes, rules=("--register", REGISTER, "--policy", POLICY)):
    truth = network(name, *scenes)
    s, r, err = audit_json("-r", path(name), *rules)
    if not ok(s == 0 and r is not None, "%s is audited" % name, err):
        done()
    return truth, r


s, out, err = run("policy", "check", "--register", REGISTER, "--policy", POLICY)
ok(s == 0 and b"Every rule can match" in out, "register and policy of the sample network are sound", err or out[-300:])

truth, r = judged("all.pcap")
ok(len(truth) == 8 and heavy(r) == rows(truth), "with register and policy the findings of severity med and above are those planted", heavy(r))
events = [p["check"].lower() for p in truth]
accepted = rows(r["accepted"])
ok(accepted == [("SUCI-NULL-SCHEME", "gnb-north", "amf-1")], "what the policy accepts is shown apart", accepted)

truth, r = judged("clean.pcap", "--without", "all")
ok(not truth and not r["findings"], "in the clean network there is nothing to find", [(row, f["reason"]) for row, f in zip(rows(r["findings"]), r["findings"])])

for event in events:
    truth, r = judged("one.pcap", "--without", "all", "--with", event)
    got = heavy(r)
    ok(got == rows(truth), "%s alone is found, and nothing else" % event, (got, rows(truth)))
    truth, r = judged("less.pcap", "--without", event)
    ok(heavy(r) == rows(truth), "without %s the others are found, and nothing else" % event, (heavy(r), rows(truth)))

# The table of what is said without a register: what a register would decide is not decided.
truth, r = judged("all.pcap", rules=())
word = {c["id"]: c["verdict"] for c in r["checks"]}
for check in ("GTPU-UNKNOWN-PEER", "PFCP-UNKNOWN-PEER", "N2-UNKNOWN-RAN", "VENDOR-UNREGISTERED"):
    ok(word[check] == "not-decidable", "without a register %s is not decided" % check, word[check])
for check in ("N2-CLEARTEXT", "N3-CLEARTEXT", "N4-N9-CLEARTEXT", "KEY-IN-CLEAR", "NAS-NULL-CIPHER", "SUCI-NULL-SCHEME"):
    ok(word[check] == "unprotected", "without a register %s says unprotected" % check, word[check])
ok(word["PFCP-DUPL-N4"] == "violated", "an order to copy is a finding with or without a register", word["PFCP-DUPL-N4"])
done()
