#!/usr/bin/env python3
"""netgen: the same octets twice, the golden captures as checked in, and what tshark thinks of the sample network.  TAP."""
import filecmp, json, os, shutil, subprocess, sys, tempfile
from collections import Counter

NETGEN = os.path.abspath(sys.argv[1])
GOLDEN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden")
tmp = tempfile.mkdtemp()
count = bad = 0
CHECKSUMS = sum((["-o", p + ":TRUE"] for p in ("ip.check_checksum", "udp.check_checksum", "tcp.check_checksum")), ["-o", "sctp.checksum:crc-32c"])


def ok(good, what, detail=""):
    global count, bad
    count += 1
    bad += not good
    print("%sok %d - %s" % ("" if good else "not ", count, what))
    for line in str(detail).splitlines()[:10] if not good else []:
        print("#", line)


def run(*args):
    p = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if p.returncode:
        print("#", " ".join(args), "ended with", p.returncode, p.stderr[-500:])
    return p.stdout


def shark(flt, *fields):
    out = run("tshark", "-r", tmp + "/a.pcap", *CHECKSUMS, "-Y", flt, "-T", "fields", *sum((["-e", f] for f in fields), []))
    return [line.split("\t") for line in out.splitlines()]


def captures(top):
    return sorted(os.path.relpath(os.path.join(d, f), top) for d, _, names in os.walk(top) for f in names if f.endswith((".pcap", ".pcapng", ".keys")))


def each(rows, column):
    return Counter(v for r in rows for v in r[column].split(",") if v)


def same(a, b):
    return filecmp.cmp(a, b, shallow=False)


def golden():
    run(NETGEN, "golden", tmp + "/golden")
    made, kept = captures(tmp + "/golden"), captures(GOLDEN)
    ok(made and made == kept, "the golden captures are those that netgen makes", sorted(set(made) ^ set(kept)))
    differ = [f for f in made if f in kept and not same(tmp + "/golden/" + f, GOLDEN + "/" + f)]
    ok(not differ, "each golden capture is what netgen makes today", differ)
    big = [f for f in made if os.path.getsize(tmp + "/golden/" + f) > 32768]
    ok(not big, "golden captures are small", big)


def planted(truth):
    clean = json.loads(run(NETGEN, "sample", tmp + "/c.pcap", "--without", "all", "--truth"))
    one = json.loads(run(NETGEN, "sample", tmp + "/d.pcap", "--without", "all", "--with", "n2-unknown-ran", "--truth"))
    rows = [(p["check"], p["subject"], p.get("object")) for p in truth["planted"]]
    ok(len(set(rows)) == 8 and not clean["planted"], "eight events are planted, none without them", rows)
    ok([p["check"] for p in one["planted"]] == ["N2-UNKNOWN-RAN"] and clean["packets"] < one["packets"] < truth["packets"], "each can be planted alone")
    ok([e["name"] for e in clean["elements"]] == [e["name"] for e in truth["elements"] if e["name"] != "gnb-north-2"], "the elements are the same but for the planted one")


def sample_as_tshark_sees_it(truth):
    rows = shark("frame", "frame.number")
    ok(len(rows) == truth["packets"], "tshark reads every packet")
    wrong = shark("_ws.malformed || ip.checksum.status == 0 || udp.checksum.status == 0 || tcp.checksum.status == 0 || "
                  "sctp.checksum.status == 0 || icmp.checksum.status == 0 || icmpv6.checksum.status == 0", "frame.number")
    ok(not wrong, "no malformed packet and no wrong checksum", wrong)
    unchecked = shark("sctp && !(sctp.checksum.status == 1)", "frame.number")
    ok(not unchecked, "every SCTP checksum was looked at and is good", unchecked)
    errors = run("tshark", "-r", tmp + "/a.pcap", "-q", "-z", "expert,error")
    ok("Errors" not in errors, "no expert error", errors)
    want = truth["messages"]
    kinds = ["initiating", "successful", "unsuccessful"]
    got = {k: Counter() for k in kinds}
    for pdu, proc in shark("ngap", "ngap.NGAP_PDU", "ngap.procedureCode"):
        for k, p in zip(pdu.split(","), proc.split(",")):
            got[kinds[int(k)]][p] += 1
    ok(got == want["ngap"], "NGAP procedures as counted", (got, want["ngap"]))
    got = each(shark("pfcp", "pfcp.msg_type"), 0)
    ok(got == want["pfcp"], "PFCP messages as counted", (got, want["pfcp"]))
    got = each(shark("gtp", "gtp.message"), 0)
    ok(Counter({str(int(k, 0)): v for k, v in got.items()}) == want["gtp"], "GTP-U messages as counted", (got, want["gtp"]))
    rows = shark("dns && !gtp", "dns.flags.response")
    ok([sum(r[0] == v for r in rows) for v in "01"] == [want["dns"]["queries"], want["dns"]["answers"]], "lookups of elements as counted")
    rows = shark("nas-5gs", "nas_5gs.mm.message_type", "nas_5gs.mm.nas_sec_algo_enc", "nas_5gs.mm.nas_sec_algo_ip", "nas_5gs.mm.suci.scheme_id")
    got = Counter({str(int(k, 0)): v for k, v in each(rows, 0).items()})
    got += Counter(want["nas_mm_under_ea0"])	# which tshark reads only when told that all is under EA0
    ok(got == want["nas_mm_readable"], "readable NAS messages as counted", (got, want["nas_mm_readable"]))
    ok(each(rows, 1) == truth["ea"] and each(rows, 2) == truth["ia"], "algorithms chosen as counted", (each(rows, 1), truth["ea"]))
    ok(each(rows, 3) == truth["suci"], "SUCI schemes as counted", (each(rows, 3), truth["suci"]))
    got = Counter()
    for src, dst, teid in shark("gtp.message == 255", "ip.src", "ip.dst", "gtp.teid"):
        got[src.split(",")[0], dst.split(",")[0], int(teid, 0)] += 1
    ok(got == {(t["src"], t["dst"], t["teid"]): t["packets"] for t in truth["tunnels"]}, "packets in every tunnel as counted")


try:
    truth = json.loads(run(NETGEN, "sample", tmp + "/a.pcap", "--truth"))
    run(NETGEN, "sample", tmp + "/b.pcap")
    ok(same(tmp + "/a.pcap", tmp + "/b.pcap"), "the sample network is the same octets twice")
    planted(truth)
    golden()
    if shutil.which("tshark"):
        sample_as_tshark_sees_it(truth)
    else:
        count += 1
        print("ok %d - the sample network as tshark sees it # SKIP no tshark" % count)
finally:
    shutil.rmtree(tmp)
print("1..%d" % count)
sys.exit(bad != 0)
