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

# pcapng by hand: lengths that lie, interfaces that are not there, the end of time.


def block(kind, body, first=None, last=None):
    body += b"\0" * (-len(body) % 4)
    n = 12 + len(body)
    return struct.pack("<II", kind, n if first is None else first) + body + struct.pack("<I", n if last is None else last)


def option(code, value, length=None):
    return struct.pack("<HH", code, len(value) if length is None else length) + value + b"\0" * (-len(value) % 4)


def interface(options=b""):
    return block(1, struct.pack("<HHI", 1, 0, 262144) + options)


def packet(ticks, number=0, caplen=None):
    return block(6, struct.pack("<IIIII", number, ticks >> 32, ticks & 0xffffffff, len(FRAME) if caplen is None else caplen, len(FRAME)) + FRAME)


FRAME = data[40:40 + struct.unpack("<I", data[32:36])[0]]
SECTION = block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1))
NOW = 1790000000 * 1000000
GOOD = SECTION + interface() + packet(NOW)
for name, at, words in (
        ("a block of length 0", block(6, b"", first=0, last=0), "length cannot be"), ("a block of less than its own head", block(6, b"", first=8), "length cannot be"),
        ("a block whose length is no multiple of 4", block(6, b"x" * 21, first=33), "length cannot be"), ("a block past the file", block(6, b"x" * 32, first=4096), "cut short"),
        ("a block of all the octets there are", block(6, b"x" * 32, first=0xffffffff), "length cannot be"), ("a block of 16 MiB and more", block(6, b"x" * 32, first=(16 << 20) + 4), "length cannot be"),
        ("a block whose two lengths differ", block(6, b"x" * 32, last=40), "two lengths differ"), ("a packet block without its head", block(6, b"x" * 16), "too short"),
        ("an interface block without its head", block(1, b"x" * 4), "too short"), ("a section of less than its own head", block(0x0a0d0d0a, struct.pack("<I", 0x1a2b3c4d)), "length cannot be"),
        ("a section whose byte order is none", block(0x0a0d0d0a, b"x" * 16), "byte-order"), ("a packet longer than its block", packet(NOW, caplen=len(FRAME) + 5), "longer than its block"),
        ("a packet of 4 GiB", packet(NOW, caplen=0xffffffff), "longer than its block"), ("a packet of an interface that does not exist", packet(NOW, number=1), "has not described"),
        ("a packet of an interface that no number may have", packet(NOW, number=0xffffffff), "has not described"), ("a section that has no interface yet", SECTION + packet(NOW), "has not described"),
        ("more interfaces than there may be", interface() * 4096, "4096 interfaces"),
        ("a resolution of 10^-127", SECTION + interface(option(9, b"\x7f")) + packet(NOW), "time resolution"), ("one of 2^-127", SECTION + interface(option(9, b"\xff")) + packet(NOW), "time resolution")):
    f = write("ng.pcapng", GOOD + at + packet(NOW + 1))
    s, r, err = audit_json("-r", f)
    ok(s == 3 and words in err and "after packet 1" in err and r["coverage"]["packets"] == 1, "pcapng, %s: named, what precedes it is read (CVE-2021-4183)" % name, "%d %s" % (s, err))
for name, options in (
        ("an option past its block", option(2, b"eth0", length=4000)), ("one of all the octets there are", option(9, b"\x06", length=0xffff)), ("half the head of one", b"\2\0\0\0"[:2]),
        ("one of no length where an octet is wanted", option(9, b"") + option(14, b"")), ("a thousand of no length", option(2, b"") * 1000), ("one behind their end", option(0, b"") + option(9, b"\xff"))):
    s, r, err = audit_json("-r", write("ng.pcapng", SECTION + interface(options) + packet(NOW) + packet(NOW + 20000)))
    ok(s == 0 and r["coverage"]["packets"] == 2 and r["inputs"][0]["first"].startswith("2026-09-21"), "pcapng, %s: the interface is as it would be without (CVE-2018-7420)" % name, "%d %s %s" % (s, err, r and r["inputs"]))
for name, options, ticks in (
        ("microseconds", b"", (1 << 64) - 1), ("nanoseconds", option(9, b"\x09"), (1 << 64) - 1), ("seconds", option(9, b"\0"), (1 << 64) - 1), ("2^-63 seconds", option(9, b"\xbf"), (1 << 64) - 1),
        ("seconds, and an offset of as many", option(9, b"\0") + option(14, b"\xff" * 8), (1 << 64) - 1), ("the first there is, and an offset before it", option(14, b"\0" * 7 + b"\x80"), 0)):
    f = write("ng.pcapng", SECTION + interface(options) + packet(ticks) + packet(ticks))
    a, b = audit_json("-r", f), audit_json("-r", f, "--batch", "1")
    ok(a[0] == 0 and a == b and a[1]["coverage"]["packets"] == 2, "pcapng, the last time there is in %s: read, and read so again (CVE-2018-7420)" % name, "%d %s" % (a[0], a[2]))

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
