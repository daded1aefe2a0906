"""Each octet that is shown matters, and what is masked opens for the true octets only.

Of some records, with the capture and the case key: a commitment is that of the octets in the capture, and of no others; an octet that is shown
and changed gives another leaf.  That verify refuses each of them is in tests/mutate/run (every octet of packets.pcapng).
"""
import hashlib, hmac, random, struct, sys
sys.dont_write_bytecode = True
from tap import *
sys.path.insert(0, os.path.join(HERE, "../verify"))
import fwverify, reseal as rs

CONF = ["--register", os.path.join(ROOT, "share/sample/register.yaml"), "--policy", os.path.join(ROOT, "share/sample/policy.yaml")]
with open(KEY, "rb") as f:
    CASE = hashlib.sha256(f.read().rstrip(b"\r\n")).digest()


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def packets_of(capture):
    """Captured octets by frame number, of a little-endian pcap file."""
    with open(capture, "rb") as f:
        data = f.read()
    at, out = 24, [None]
    while at + 16 <= len(data):
        n = struct.unpack_from("<I", data, at + 8)[0]
        out.append(data[at + 16:at + 16 + n])
        at += 16 + n
    return out


def opens(chunk, i, seq, salt, octets):
    """The commitment of the chunk, made of these."""
    return hashlib.sha256(b"\x10" + salt + struct.pack(">QH", seq, i) + octets).hexdigest() == chunk["c"]


captures = [sample()] + [g for g in goldens() if g.endswith((("checks/NAS-NULL-CIPHER/violated.pcap"), "checks/KEY-IN-CLEAR/violated.pcap", "checks/SUCI-NULL-SCHEME/violated.pcap",
                                                             "checks/GTPU-UE-SPOOF/violated.pcap", "nas5/identity.pcap"))]
rng, shown, masked, identities, bad = random.Random(9), 0, 0, 0, []
for capture in captures:
    d = path("b%d" % captures.index(capture))
    run("audit", "-r", capture, "-o", d, *CONF)
    files = rs.load(d)
    genesis = json.loads(rs.leaves(files)[0])
    true = packets_of(capture)
    for row in rs.packets(files):
        seq = int(row["seq"])
        seg = mac(CASE, b"fairwitness-seg-v1", bytes.fromhex(genesis["run"]), struct.pack(">II", row["if"], (seq - 1) // 65536))
        where = "%s frame %d" % (os.path.basename(capture), seq)
        for i, c in enumerate(row["ch"]):
            salt, octets = mac(seg, struct.pack(">QH", seq, i)), true[seq][c["o"]:c["o"] + c["n"]]
            k = rng.randrange(len(octets))
            others = [octets[:k] + bytes([octets[k] ^ 1 << rng.randrange(8)]) + octets[k + 1:], octets + b"\0", octets[:-1]]
            if "s" in c:
                if c["s"] != salt.hex() or row["octets"][c["o"]:c["o"] + c["n"]] != octets:
                    bad.append(where + ": what is shown is not what was captured under its salt")
                for at in range(c["o"], c["o"] + c["n"]):
                    shown += 1
                    changed = row["octets"][:at] + bytes([row["octets"][at] ^ 1 << rng.randrange(8)]) + row["octets"][at + 1:]
                    if fwverify.packet_leaf(row, changed, where) == row["leaf"]:
                        bad.append("%s: octet %d may be another" % (where, at))
                continue
            masked += c["n"]
            identities += c["k"] == "I"
            others += [bytes(len(octets))] if any(octets) else []
            others += [bytes([*octets[:k], v, *octets[k + 1:]]) for v in range(256) if v != octets[k]] if c["k"] == "I" else []
            if not opens(c, i, seq, salt, octets):
                bad.append("%s: chunk %d does not open for what was captured" % (where, i))
            if any(opens(c, i, seq, salt, o) for o in others) or opens(c, i + 1, seq, salt, octets) or opens(c, i, seq + 1, salt, octets):
                bad.append("%s: chunk %d opens for other octets, or elsewhere" % (where, i))
            if opens(c, i, seq, mac(seg, struct.pack(">QH", seq, i + 1)), octets) or opens(c, i, seq, bytes(32), octets):
                bad.append("%s: chunk %d opens with another salt" % (where, i))
ok(shown > 10000 and masked > 10000 and identities >= 15, "%d octets are shown, %d are masked, %d identities among them" % (shown, masked, identities))
ok(not bad, "each that is shown matters, and what is masked opens for what was captured and for nothing else", "\n".join(bad))

# ---- with a line that discloses: the class says what may be shown
files = rs.load(path("b0"))
rows = rs.packets(files)
row, i = next((r, i) for r in rows for i, c in enumerate(r["ch"]) if c["k"] == "I")
genesis, c, seq = json.loads(rs.leaves(files)[0]), row["ch"][i], int(row["seq"])
seg = mac(CASE, b"fairwitness-seg-v1", bytes.fromhex(genesis["run"]), struct.pack(">II", row["if"], (seq - 1) // 65536))
octets = packets_of(sample())[seq][c["o"]:c["o"] + c["n"]]
for what, k, put in (("as what it is", "I", octets), ("as signalling", "S", octets), ("as signalling, with other octets", "S", bytes([octets[0] ^ 1]) + octets[1:])):
    line = json.loads(json.dumps({x: v for x, v in row.items() if x != "octets"}))
    line["ch"][i] = {"k": k, "n": c["n"], "o": c["o"], "s": mac(seg, struct.pack(">QH", seq, i)).hex()}
    shown = row["octets"][:c["o"]] + put + row["octets"][c["o"] + c["n"]:]
    changed = dict(files)
    rs.put_packets(changed, [dict(line, octets=shown) if r is row else r for r in rows])
    rs.remanifest(changed, rs.key(os.path.join(TMP, "data/fairwitness/export.key")))
    for name in changed:
        write_to = os.path.join(path("b0"), name)
        if changed[name] != files[name]:
            with open(write_to, "wb") as f:
                f.write(changed[name])
    s, out, err = run("verify", path("b0"), "--json", key=False)
    theirs = {n: w for n, w, _ in fwverify.verify(path("b0"))}
    ours = {x["name"]: x["word"] for x in json.loads(out)["verdicts"]}
    ok(s == 1 and ours["inclusion"] == theirs["inclusion"] == "FAIL", "an identity shown %s: no verifier takes the line" % what, (ours, theirs))
done()
