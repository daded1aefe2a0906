"""Inputs that are missing, empty, damaged or something else: a clear sentence, the right status, nothing half-written."""
import gzip, os, struct, subprocess
from tap import *

data = open(sample(), "rb").read()


def audit(name, *args, want, words, written):
    out = path("out-" + name)
    s, stdout, err = run("audit", *args, "-o", out)
    ok(s == want, "%s: exit %d" % (name, want), "exit %d\n%s" % (s, err))
    ok(all(w in err for w in words), "%s: the error names %s" % (name, ", ".join(words)), err)
    ok(os.path.exists(os.path.join(out, "report.json")) == written, "%s: a report is %swritten" % (name, "" if written else "not "))
    ok(not [f for f in os.listdir(TMP) if f.startswith("out-" + name + ".")], "%s: nothing half-written is left" % name)
    return out


audit("missing", "-r", path("none.pcap"), want=3, words=["none.pcap", "No such file"], written=False)
audit("empty", "-r", write("empty.pcap", b""), want=3, words=["empty.pcap", "empty"], written=False)
audit("text", "-r", write("text.pcap", b"This is a text, and no capture.\n" * 20), want=3, words=["text.pcap", "not a capture", "pcap or pcapng"], written=False)
audit("headeronly", "-r", write("headeronly.pcap", data[:24]), want=3, words=["headeronly.pcap", "no packet"], written=False)
os.mkdir(path("nothing"))
audit("emptydir", "-r", path("nothing"), want=3, words=["nothing", "no file"], written=False)

# Cut inside the fourth packet: three are read, and the byte is named where the fourth begins.
at = 24
for _ in range(3):
    at += 16 + struct.unpack("<I", data[at + 8:at + 12])[0]
out = audit("cut", "-r", write("cut.pcap", data[:at + 20]), want=3, words=["cut.pcap", "byte %d" % at, "packet 3"], written=True)
r = json.load(open(os.path.join(out, "report.json")))
ok(r["inputs"][0]["packets"] == 3 and r["coverage"]["packets"] == 3, "cut: what precedes the damage is audited")
ok(str(at) in r["inputs"][0].get("trouble", ""), "cut: the report names the place too", r["inputs"])

bad = bytearray(data)
struct.pack_into("<I", bad, at + 8, 0x7fffffff)
audit("lie", "-r", write("lie.pcap", bytes(bad)), want=3, words=["lie.pcap", "byte %d" % at], written=True)
z = gzip.compress(data)
audit("gzcut", "-r", write("gzcut.pcap.gz", z[:len(z) // 2]), want=3, words=["gzcut.pcap.gz", "gzip", "byte"], written=True)
zbad = bytearray(z)
zbad[len(z) // 2] ^= 0xff
audit("gzbad", "-r", write("gzbad.pcap.gz", bytes(zbad)), want=3, words=["gzbad.pcap.gz"], written=True)

# A directory with other files: what can be read is, the rest is named.
os.mkdir(path("dir"))
open(path("dir/a.pcap"), "wb").write(data)
open(path("dir/README"), "wb").write(b"notes about these captures\n")
os.mkdir(path("dir/sub"))
out = audit("dir", "-r", path("dir"), want=3, words=["README", "not a capture", "sub"], written=True)
ok(json.load(open(os.path.join(out, "report.json")))["coverage"]["packets"] > 3, "dir: the capture in it is audited")

# A link type that is not read is named and counted, in words and in the report.
weird = data[:20] + struct.pack("<I", 147) + data[24:]
s, r, err = audit_json("-r", write("weird.pcap", weird))
ok(s == 0 and r["coverage"]["unknown_links"] == [{"link_type": 147, "packets": r["coverage"]["packets"]}], "an unknown link type is counted", r and r["coverage"])
s, stdout, err = run("audit", "-r", path("weird.pcap"))
ok(b"147" in stdout, "an unknown link type is named in the summary", stdout.decode())
ok(r["coverage"]["opaque"] == r["coverage"]["packets"], "its packets are opaque, never dropped")

# The same packets in every container give the same facts.
want = run("decode", "-r", sample(), "--no-digest")[1].split(b"\n")[1:-2]
ok(len(want) > 100, "the sample network gives facts", len(want))
gz = write("s.pcap.gz", z)
subprocess.run(["zstd", "-q", "-f", sample(), "-o", path("s.pcap.zst")], check=True)
subprocess.run(["editcap", "-F", "pcapng", sample(), path("s.pcapng")], check=True)
subprocess.run(["editcap", "-F", "nsecpcap", sample(), path("s.ns.pcap")], check=True)
for name in ("s.pcap.gz", "s.pcap.zst", "s.pcapng", "s.ns.pcap"):
    got = run("decode", "-r", path(name), "--no-digest")[1].split(b"\n")[1:-2]
    ok(got == want, "%s gives the facts of the plain pcap" % name)
got = run("decode", "-r", "-", "--no-digest", stdin=data)[1].split(b"\n")[1:-2]
ok(got == want, "standard input gives the facts of the file")
swapped = bytearray(data)
struct.pack_into(">IHHiIII", swapped, 0, *struct.unpack_from("<IHHiIII", data, 0))
p = 24
while p < len(data):
    h = struct.unpack_from("<IIII", data, p)
    struct.pack_into(">IIII", swapped, p, *h)
    p += 16 + h[2]
got = run("decode", "-r", write("s.be.pcap", bytes(swapped)), "--no-digest")[1].split(b"\n")[1:-2]
ok(got == want, "the other byte order gives the same facts")

# Several inputs: merged by time, in whichever order they are given.
half = 24
for _ in range(2000):
    half += 16 + struct.unpack("<I", data[half + 8:half + 12])[0]
one, two = write("one.pcap", data[:half]), write("two.pcap", data[:24] + data[half:])
a = audit_json("-r", one, "-r", two)[1]
b = audit_json("-r", two, "-r", one)[1]
ok(a == b, "the order of inputs does not matter")
w = audit_json("-r", sample())[1]
ok([c["packets_ab"] + c["packets_ba"] for c in a["contacts"]] == [c["packets_ab"] + c["packets_ba"] for c in w["contacts"]],
   "two halves give the contacts of the whole")
ok(a["sessions"]["pfcp_sessions"] == w["sessions"]["pfcp_sessions"] and len(a["elements"]) == len(w["elements"]), "and its sessions and elements")

# A time window.
s, r, err = audit_json("-r", sample(), "--from", "2026-11-02T08:01:00Z", "--until", "2026-11-02T08:02:00Z")
ok(s == 0 and 0 < r["coverage"]["packets"] < w["coverage"]["packets"], "a time window keeps a part", err)
ok(r["coverage"]["packets"] + r["coverage"]["outside_window"] == w["coverage"]["packets"], "and says how much is outside")
done()
