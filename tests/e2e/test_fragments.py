"""Findings about packets that came in IP fragments: each line for tshark returns the frames that its finding cites, and lists of facts say the same."""
import shlex, shutil, struct, sys
from tap import *



def checksum(h):
    s = sum(struct.unpack(">%dH" % (len(h) // 2), h))
    while s >> 16:
        s = (s & 0xffff) + (s >> 16)
    return ~s & 0xffff


def in_two(frame, at):
    """The frame of an IPv4 packet as two fragments, the first with `at` octets of payload."""
    ip, size = frame[14:14 + (frame[14] & 15) * 4], struct.unpack(">H", frame[16:18])[0]
    payload, parts = frame[14 + len(ip):14 + size], []
    for off, part, more in ((0, payload[:at], 1), (at, payload[at:], 0)):
        h = bytearray(ip)
        h[2:4], h[6:8], h[10:12] = struct.pack(">H", len(ip) + len(part)), struct.pack(">H", more << 13 | off // 8), b"\0\0"
        h[10:12] = struct.pack(">H", checksum(h))
        parts.append(frame[:14] + bytes(h) + part)
    return parts


def as_ipv6(frame):
    """The same packet over IPv6, 10.1.2.3 as 2001:db8::10.1.2.3: head, addresses, protocol, payload."""
    ip, size = frame[14:14 + (frame[14] & 15) * 4], struct.unpack(">H", frame[16:18])[0]
    return frame[:12] + b"\x86\xdd", b"\x20\x01\x0d\xb8" + b"\0" * 8 + ip[12:16], b"\x20\x01\x0d\xb8" + b"\0" * 8 + ip[16:20], ip[9], bytearray(frame[14 + len(ip):14 + size])


def six(frame, ident, at):
    eth, src, dst, proto, p = as_ipv6(frame)
    if proto == 17:
        p[6:8] = b"\0\0"
        sum_of = src + dst + struct.pack(">II", len(p), proto) + bytes(p) + b"\0" * (len(p) % 2)
        p[6:8] = struct.pack(">H", checksum(sum_of) or 0xffff)

    def packet(next_header, body):
        return eth + struct.pack(">IHBB", 6 << 28, len(body), next_header, 64) + src + dst + bytes(body)
    if not at:
        return [packet(proto, p)]
    return [packet(44, struct.pack(">BBHI", proto, 0, off | more, ident) + part) for off, part, more in ((0, p[:at], 1), (at, p[at:], 0))]


def fragmented(name, source, each, version=4):
    """Each `each`-th IPv4 packet over UDP or SCTP of the capture comes in two fragments."""
    with open(source, "rb") as f:
        data = f.read()
    order, out, at, n = "<" if data[0] in (0xd4, 0x4d) else ">", [data[:24]], 24, 0
    while at + 16 <= len(data):
        s, us, size, wire = struct.unpack(order + "4I", data[at:at + 16])
        frame, at = data[at + 16:at + 16 + size], at + 16 + size
        if frame[12:14] != b"\x08\x00" or frame[23] not in (17, 132):
            if version == 4:
                out.append(struct.pack(order + "4I", s, us, size, wire) + frame)
            continue
        n += 1
        cut = 0 if n % each else (struct.unpack(">H", frame[16:18])[0] - 20) // 16 * 8
        for p in six(frame, n, cut) if version == 6 else in_two(frame, cut) if cut else [frame]:
            out.append(struct.pack(order + "4I", s, us, len(p), len(p)) + p)
    return write(name, b"".join(out))


def cited(f, file):
    words = shlex.split(f["tshark"])
    words[words.index("-r") + 1] = file
    if "filter_4_0" in f:
        words[words.index("-Y") + 1] = f["filter_4_0"]
    p = subprocess.run(words + ["-T", "fields", "-e", "frame.number"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    got, want = [int(x) for x in p.stdout.split()], sorted(x["frame"] for x in f["frames"])
    return not p.returncode and (got == want if f["frames_total"] <= 64 else len(got) == f["frames_total"] and got[:64] == want), want[:16], got[:16], len(got)


sample = path("sample.pcap")
subprocess.run([NETGEN, "sample", sample, "--without", "all", "--with", "egress-undeclared", "--with", "gtpu-unknown-peer"], check=True)
policy = write("policy.yaml", b"version: 1\nimport: default\nsettings: {links.require_protection: [N2, N3, N4, N9]}\n")
whole = audit_json("-r", sample, "--policy", policy, "--no-digest")[1]
ok(not any("frag" in f["filter"] or "ip.flags" in f["filter"] for f in whole["findings"]), "without fragments no filter speaks of them")
for version, each in ((4, 3), (4, 1), (6, 3)):
    file = fragmented("v%d-%d.pcap" % (version, each), sample, each, version)
    s, r, err = audit_json("-r", file, "--policy", policy, "--no-digest", "--facts", "-o", path("out-%d-%d" % (version, each)))
    if not ok(s == 0 and r["coverage"]["fragments"] > 1000 and not r["coverage"]["fragments_incomplete"], "IPv%d, one packet in %d in fragments, is audited" % (version, each), err):
        continue
    links = [f for f in r["findings"] if f["check"] in ("N2-CLEARTEXT", "N3-CLEARTEXT", "N4-N9-CLEARTEXT")]
    ok(len(links) >= (4 if version == 6 else 6), "its links are found in clear", [f["check"] for f in r["findings"]])
    if shutil.which("tshark"):
        bad = [(f["check"], f["subject"], f["object"], f["filter"], f["frames_total"], x[1:]) for f in r["findings"] for x in [cited(f, file)] if not x[0]]
        ok(not bad, "tshark returns the frames of its %d findings" % len(r["findings"]), "\n".join(map(str, bad)))
    p = subprocess.run([FW, "judge", os.path.join(path("out-%d-%d" % (version, each)), "facts.ndjson.zst"), "--policy", policy, "--json"],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    ok(p.returncode == 0 and json.loads(p.stdout)["findings"] == r["findings"], "its list of facts gives the same findings", p.stderr)
if not shutil.which("tshark"):
    print("# no tshark: filters were not tried")
done()
