"""judge: the same report from facts as audit makes from the packets; lists that are damaged, partial, or do not belong together.

test_judge.py FAIRWITNESS NETGEN [OTHER-FAIRWITNESS...] [all]      all: every scene of every check too, not the violations only"""
import struct, subprocess
from tap import *


def report(d):
    with open(os.path.join(d, "report.json"), "rb") as f:
        return f.read()


def without_head(r):
    r = json.loads(r)
    return {k: v for k, v in r.items() if k not in ("tool", "inputs")}


def body(summary, d):
    """Without what it says last: where the report is, and whether it is sealed."""
    head, sep, tail = summary.rpartition(b"\nThe whole report: ")
    return head if tail.startswith(d.encode()) else summary


# ---- the same bytes, whichever build audits
auditor = next((a for a in sys.argv[3:] if os.path.exists(a)), FW)
files = [sample()] + [g for g in goldens() if "/checks/" not in g or "violated" in g or "all" in sys.argv] + others()
differ, judged, summaries = [], 0, []
for i, f in enumerate(files):
    a, j = path("a%d" % i), path("j%d" % i)
    s, out, err = run("audit", "-r", f, "-o", a, "--facts", "--case-key", KEY, fw=auditor)
    lists = os.path.join(a, "facts.ndjson.zst")
    if not os.path.exists(lists):
        continue                    # nothing was read
    s2, out2, err2 = run("judge", lists, "-o", j)
    judged += 1
    if s2 != s or not os.path.exists(os.path.join(j, "report.json")) or report(a) != report(j):
        differ.append("%s: audit %d, judge %d %s" % (f, s, s2, err2))
    if body(out, a) != body(out2, j) or b"\nSealed by " not in out or b"\nNot sealed: " not in out2 or os.path.exists(os.path.join(j, "evidence")):
        summaries.append(f)
ok(judged > 200 and not differ, "%d captures: judge on the facts gives audit's report.json, byte for byte" % judged, "\n".join(differ))
ok(not summaries, "and the same summary; only audit seals", "\n".join(summaries))
if not others():
    skip("captures by others", "the folder is absent")

s, audit, err = run("audit", "--json", "-r", sample(), "--keep-inner", "--case-key", KEY)
s, facts, err = run("decode", "-r", sample(), "--keep-inner", "--case-key", KEY)
lines = facts.splitlines(True)
plain = write("sample.ndjson", facts)
s, out, err = run("judge", plain, "--json")
ok(s == 0 and out == audit, "facts that decode printed, with subscribers' contacts kept", err)
s, out, err = run("judge", "-", "--json", stdin=facts)
ok(s == 0 and out == audit, "facts from standard input", err)
subprocess.run(["gzip", "-k", plain], check=True)
s, out, err = run("judge", plain + ".gz", "--json")
ok(s == 0 and out == audit, "facts in gzip", err)

# ---- several lists
nodes = [g for g in goldens() if "/model/" in g]
a, b = path("one.ndjson"), path("two.ndjson")
write("one.ndjson", run("decode", "-r", nodes[0], "--case-key", KEY)[1])
write("two.ndjson", run("decode", "-r", nodes[1], "--case-key", KEY)[1])
s, two, err = run("judge", a, b, "--json")
s2, turned, err2 = run("judge", b, a, "--json")
ok(s == 0 and not err and [i["name"] for i in json.loads(two)["inputs"]] and len(json.loads(two)["inputs"]) == 2, "two lists are judged together", err)
each = [json.loads(run("judge", x, "--json")[1])["coverage"] for x in (a, b)]
both = json.loads(two)["coverage"]
ok(all(both[k] == each[0][k] + each[1][k] for k in ("packets", "bytes", "decoded", "opaque", "nas_encrypted")), "their coverage is the sum", both)
first = [json.loads(open(x).readlines()[1]).get("t") for x in (a, b)]
ok(first[0] == first[1] or two == turned, "in any order, when they begin at different times")
late = write("late.ndjson", open(b, "rb").read().replace(b"2026-11-02T", b"2026-11-03T"))
s, x, err = run("judge", a, late, "--json")
s2, y, err2 = run("judge", late, a, "--json")
ok(s == 0 and x == y and json.loads(x)["inputs"][0]["first"].startswith("2026-11-02"), "the earlier list is first, however they are named", err)
s, out, err = run("judge", a, a)
ok(s == 2 and "same run" in err and not out, "one run given twice is refused", err)
other = path("other.key")
write("other.key", b"another case, another key\n")
write("three.ndjson", run("decode", "-r", nodes[1], "--case-key", other)[1])
s, out, err = run("judge", a, path("three.ndjson"))
ok(s == 0 and "another case key" in err, "lists of different cases are judged, and it is said", err)
pools = write("pools.ndjson", open(b, "rb").read().replace(b'"ue_pools":[]', b'"ue_pools":["10.60.0.0/16"]'))
s, out, err = run("judge", a, pools)
ok(s == 2 and "UE pools" in err, "lists made with different pools are not judged together", err)

# Two taps of one network: what each saw, judged together, is what one audit says of both captures.
for name, what in (("n2", "sctp"), ("rest", "!sctp")):
    subprocess.run(["tshark", "-r", sample(), "-Y", what, "-w", path(name + ".pcap")], check=True, stderr=subprocess.DEVNULL)
    write(name + ".ndjson", run("decode", "-r", path(name + ".pcap"), "--case-key", KEY)[1])
s, both, err = run("audit", "-r", path("n2.pcap"), "-r", path("rest.pcap"), "--json", "--case-key", KEY)
s2, out, err2 = run("judge", path("rest.ndjson"), path("n2.ndjson"), "--json")
ok(s == s2 == 0 and out == both, "two taps of one network, judged together, give what one audit of both captures gives", err + err2)

# ---- lists that are not whole
s, out, err = run("judge", write("noend.ndjson", b"".join(lines[:-1])), "--json")
r = json.loads(out)
ok(s == 3 and "no `end`" in err and r["elements"] and r["inputs"][0]["name"] == sample(), "a list without end is partial: what is there is judged", err)
s, out, err = run("judge", write("less.ndjson", b"".join(lines[:20] + lines[21:])), "--json")
ok(s == 3 and "of %d" % (len(lines) - 2) in err and json.loads(out)["inputs"][0]["trouble"], "a list with a line missing is known as such", err)
s, out, err = run("judge", write("ngap.ndjson", run("decode", "-r", sample(), "--proto", "ngap", "--case-key", KEY)[1]))
ok(s == 3 and "--proto" in err, "so is one that decode --proto made", err)
s, out, err = run("judge", write("cut.ndjson", facts[:len(facts) // 2]), "--json")
ok(s == 3 and "column" in err and json.loads(out)["elements"], "a list cut in a line", err)
compressed = open(os.path.join(path("a0"), "facts.ndjson.zst"), "rb").read()
s, out, err = run("judge", write("cut.zst", compressed[:len(compressed) // 2]), "--json")
ok(s == 3 and "zstd" in err and json.loads(out)["elements"], "a compressed list cut", err)
bad = lines[:]
bad[30] = bad[30].replace(b'"outcome":"ok"', b'"outcome":"good"')
s, out, err = run("judge", write("bad.ndjson", b"".join(bad)), "--json")
ok(s == 3 and "line 31, column" in err and "a word that is known here" in err and json.loads(out)["elements"], "a damaged line is named by line and column", err)
for name, data, want in (("nothing", b"", "is empty"), ("text", b"hello\n", "no list of facts"), ("facts", b"".join(lines[1:]), "`run` is expected"),
                         ("twice", facts + facts, "something follows"), ("runs", lines[0] + facts, "second `run`"),
                         ("input", lines[0] + lines[1].replace(b'"input":0', b'"input":7'), "none of those"),
                         ("order", lines[0] + lines[2] + lines[1], "not above"), ("future", lines[0].replace(b'"version":1', b'"version":2'), "version 1")):
    s, out, err = run("judge", write(name, data))
    ok(s == 3 and want in err, "%s: %s" % (name, err.strip()[-120:]), (s, err))
s, out, err = run("judge", path("no such file"), "-o", path("never"))
ok(s == 3 and "No such file" in err and not os.path.exists(path("never")), "a list that is not there: nothing is written", err)
s, out, err = run("judge", plain, path("no such file"), "--json")
ok(s == 3 and json.loads(out)["elements"], "and the others are judged all the same", err)
s, out, err = run("judge")
ok(s == 2 and "usage" in err, "no list: how it is used")

# ---- more packets within 10 ms than are remembered as possible copies
def crowd(n):
    ip = lambda i: struct.pack(">BBHHHBBH4s4sHHHH", 0x45, 0, 28, i & 0xffff, 0, 64, 17, 0, b"\x0a\0\0\1", b"\x0a\0\0\2", 7, 4000 + (i >> 16), 8, 0)
    return write("crowd%d.pcap" % n, struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 1 << 18, 101) +
                 b"".join(struct.pack("<IIII", 1700000000, i // 10, 28, 28) + ip(i) for i in range(n)))


for n, unsure in ((2000, False), (40000, True)):
    f = crowd(n)
    s, out, err = run("audit", "-r", f, "--no-digest")
    s, r, err = audit_json("-r", f, "--no-digest", "--facts", "-o", path("crowd%d" % n))
    ok(r["coverage"]["packets"] == n and (r["coverage"].get("duplicate_unchecked", 0) > 0) == unsure, "%d packets in %d us: which may be copies is %s" % (n, n // 10, "told" if unsure else "known"), r["coverage"])
    ok((b"forgotten within 10 ms" in out) == unsure, "and so on the terminal", out[-900:])
    s, out, err = run("judge", os.path.join(path("crowd%d" % n), "facts.ndjson.zst"), "--json")
    ok(json.loads(out)["coverage"] == r["coverage"], "judge says the same", err)

# ---- what newer writers add, what is in the way
newer = [l.replace(b'"n":', b'"new":{"a":[1,-2.5e3,null]},"n":', 1) for l in lines[:10]] + [b'{"n":0,"kind":"s7ap","x":[[]]}\n'] + lines[10:]
s, out, err = run("judge", write("newer.ndjson", b"".join(newer)), "--json")
ok(s == 0 and out == audit and "9 members and 1 lines" in err, "members and kinds of newer versions are left out and counted", err)
d = path("a0")
was = sorted(os.listdir(d))
s, out, err = run("judge", os.path.join(d, "facts.ndjson.zst"), "-o", d)
ok(s == 2 and "would be replaced" in err and sorted(os.listdir(d)) == was, "the directory that holds the list is not replaced", err)
wide = b'{"n":1,"kind":"dns","x":"' + b"y" * (3 << 20) + b'",' + lines[1][1:].replace(b'"n":1,', b"", 1).replace(b'"kind"', b'"z"', 1)
s, out, err = run("judge", write("wide.ndjson", lines[0] + wide), "--json")
ok(s == 3 and "no `end`" in err and json.loads(out)["coverage"]["by_protocol"]["dns"]["messages"] == 1, "a line of three megabytes is read", err)
done()
