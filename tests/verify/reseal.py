"""A real bundle, changed and signed again by whoever has the keys: by nobody (L0), the exporter (L1), or the holder of the log key too (L2)."""
import json, os, struct
import make_bundle as mk
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def key(path):
    """The private key in the last 64 hex digits of a key file."""
    with open(path) as f:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(f.read().strip()[-64:]))


def load(where):
    files = {}
    for d, _, names in os.walk(where):
        for n in names:
            full = os.path.join(d, n)
            with open(full, "rb") as f:
                files[os.path.relpath(full, where)] = f.read()
    return files


def leaves(files):
    """The leaves, as octets, in order."""
    out = []
    for name in sorted(n for n in files if n.startswith("evidence/tile/entries/")):
        data, at = files[name], 0
        while at < len(data):
            n, = struct.unpack_from(">H", data, at)
            out.append(data[at + 2:at + 2 + n])
            at += 2 + n
    return out


def put_entries(files, raw):
    for name in [n for n in files if n.startswith("evidence/tile/entries/")]:
        del files[name]
    files.update(mk.entries(raw))


def packets(files):
    """The lines of packets.jsonl with their octets, as make_bundle has rows."""
    rows, at, pcap = [json.loads(x) for x in files["evidence/packets.jsonl"].splitlines()], 0, files["evidence/packets.pcapng"]
    blocks = []
    while at < len(pcap):
        kind, n = struct.unpack_from("<II", pcap, at)
        if kind == 6:
            blocks.append(pcap[at + 28:at + 28 + struct.unpack_from("<I", pcap, at + 20)[0]])
        at += n
    for row, octets in zip(rows, blocks):
        row["octets"] = octets
    return rows


def put_packets(files, rows):
    files["evidence/packets.jsonl"] = b"".join(mk.canon({k: v for k, v in r.items() if k != "octets"}) + b"\n" for r in rows)
    files["evidence/packets.pcapng"] = mk.pcapng(rows)


def leaf_hash(row):
    """Of a packet: its commitments opened where it is shown."""
    leaf = b"P1" + struct.pack(">IQQIIH", row["if"], int(row["seq"]), int(row["ts"]), row["orig"], row["cap"], len(row["ch"]))
    for i, c in enumerate(row["ch"]):
        octets = row["octets"][c["o"]:c["o"] + c["n"]]
        made = bytes.fromhex(c["c"]) if "c" in c else mk.sha(b"\x10" + bytes.fromhex(c["s"]) + struct.pack(">QH", int(row["seq"]), i) + octets)
        leaf += struct.pack(">II", c["o"], c["n"]) + c["k"].encode() + made
    return mk.sha(b"\0" + leaf)


def commit(files, said, rows):
    """Packets committed to again: their leaves, places and paths, and what segments and the last leaf say of them."""
    for s in said:
        if s["t"] == "seg":
            mine = [r for r in rows if r["if"] == s["input"] and (int(r["seq"]) - 1) // 65536 == s["n"]]
            hashes = [leaf_hash(r) for r in mine]
            for i, r in enumerate(mine):
                r.update(i=i, leaf=hashes[i].hex(), proof=[h.hex() for h in mk.path(i, hashes)])
            s.update(retained=len(mine), root=mk.mth(hashes).hex())
        if s["t"] == "close":
            s["retained"] = len(rows)
    put_packets(files, rows)


def relog(files, said, log, exporter):
    """Everything again from the leaves: digests of files, origin, tree, proofs, checkpoint, manifest."""
    close, genesis, config = said[-1], said[0], [s for s in said if s["t"] == "config"]
    close["files"] = {n: mk.hexsha(files[n]) for n in close["files"] if n in files}
    words = ["fairwitness-origin-v1"] + [x["sha256"] or "-" for x in close["inputs"]] + [c["name"] + " " + c["sha256"] for c in config]
    words += [genesis["ruleset"], genesis["case"]]
    origin = "fairwitness/%s/audit/%s" % (mk.hexsha(mk.public(log))[:16], mk.hexsha("".join(w + "\n" for w in words).encode()))
    genesis.update(origin=origin, exporter=mk.public(exporter).hex())
    raw = [mk.canon(s) for s in said]
    for name in [n for n in files if n.startswith(("evidence/tile/", "evidence/proof/"))]:
        del files[name]
    files.update(mk.log_files(origin, raw, [i for i, s in enumerate(said) if s["t"] in mk.PROVEN], log, exporter))
    remanifest(files, exporter)


def remanifest(files, exporter):
    for name in ("MANIFEST.sha256", "MANIFEST.sha256.sig"):
        files.pop(name, None)
    m = mk.manifest(files)
    files["MANIFEST.sha256"], files["MANIFEST.sha256.sig"] = m, mk.sshsig(exporter, m)
