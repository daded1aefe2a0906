#!/usr/bin/env python3
"""Makes a bundle as fairwitness-evidence(7) describes it, from invented packets and findings, with keys that everybody knows.

It follows the page's words one by one, so that a verifier has something to read that no writer of ours made, and so that a forger's work is
easy: `edit` maps a stage to a function that changes what that stage holds in place, and everything after it is made again from what it left.

    packets   [packet]           what is retained                        rows      [row]     lines of packets.jsonl, before they are written
    leaves    [dict]             the log                                 raw       [bytes]   the log, as octets
    files     {path: octets}     all but the manifest: the exporter signs what is left              (exporter's key)
    sealed    {path: octets}     everything, after the last signature                               (no key at all)

    make_bundle.py DIR      writes the honest one
"""
import base64, hashlib, hmac, json, os, struct, sys
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def keypair(word):
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(word).digest())


LOG, EXPORTER, FOREIGN = keypair(b"log"), keypair(b"exporter"), keypair(b"foreign")
CASE = hashlib.sha256(b"a case key of the tests").digest()


def public(key):
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def sha(data):
    return hashlib.sha256(data).digest()


def hexsha(data):
    return hashlib.sha256(data).hexdigest()


def b64(data):
    return base64.b64encode(data).decode()


def canon(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


# RFC 6962 2.1 and 2.1.1, as they are written there.
def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d):
    if not d:
        return sha(b"")
    return d[0] if len(d) == 1 else sha(b"\x01" + mth(d[:split(len(d))]) + mth(d[split(len(d)):]))


def path(m, d):
    if len(d) == 1:
        return []
    k = split(len(d))
    return path(m, d[:k]) + [mth(d[k:])] if m < k else path(m - k, d[k:]) + [mth(d[:k])]


def packet(i, frame, time, link, *chunks):
    return {"if": i, "frame": frame, "ts": time, "link": link, "orig": sum(len(c[1]) for c in chunks) + 2, "chunks": list(chunks)}


T0 = 1793606400 * 10**9


def scene(findings=3, digests=True, gaps=False):
    """A description of a run: two inputs with packets, one without, a register, two packs."""
    packets = [packet(0, 1, T0, 1, ("H", b"\x02" * 14 + b"ip"), ("S", b"NG Setup"), ("K", b"\xde\xad")),
               packet(0, 7, T0 + 5, 1, ("H", b"\x02" * 14 + b"ip"), ("S", b"\0\0"), ("I", b"001019876543210"), ("S", b"x"), ("U", b"payload")),
               packet(0, 65536, T0 + 10**9, 1, ("U", b"opaque")),
               packet(0, 65537, T0 + 2 * 10**9, 1, ("H", b"h" * 33)),
               packet(0, 65999, T0 + 2**33, 101, ("H", b"E" * 20), ("K", b"crc."), ("H", b"z")),
               packet(0, 66000, T0 + 2**33, 1),
               packet(1, 2, T0 + 7, 113, ("H", b"cooked"), ("S", b"PFCP"))]
    register, pack, policy = b"version: 1\n", b"version: 1\nallow: []\n", b"version: 1\nimport: [default]\n"
    core = {"check": "N2-UNKNOWN-RAN", "config": {"policy": hexsha(policy), "register": hexsha(register)}, "need": "positive", "object": "amf-1",
            "ruleset": "observe-0.1.0", "severity": "crit", "subject": 'gnb "north" \\ 1', "verdict": "violated"}
    return {"at": "2026-11-25", "case": hexsha(b"fairwitness case id\0" + CASE)[:16], "digests": digests, "ruleset": "observe-0.1.0", "run": hexsha(b"run"), "packets": packets,
            "inputs": [(66000, b"first input"), (5, b"second"), (0, b"an empty one")],
            "config": [("register", "register.yaml", register), ("policy", "policy.yaml", policy), ("pack", "pack-default.yaml", pack), ("pack", "pack-uk-2022.yaml", pack)],
            "gaps": [{"after": "65999", "cause": "damaged", "input": 0, "known": "unknown"}] if gaps else [],
            "cores": [(dict(core, grounds=[{"frame": f, "input": i} for i, f in g], object="amf-%d" % n), g + [(0, 1)])
                      for n in range(findings) for g in [[[(0, 7)], [(1, 2), (0, 65536)], [(0, 65537), (0, 65999), (0, 66000)]][n % 3]]],
            "files": {"report.json": b"{}", "report.html": b"<p>\n", "findings.ndjson": b"", "evidence/README.txt": b"what this is\n", "facts.ndjson.zst": b"(\xb5/\xfd"}}


def commit(p, run, case):
    """A packet's row of packets.jsonl, without its proof, and its leaf hash."""
    frame, n = p["frame"], (p["frame"] - 1) // 65536
    seg_key = hmac.digest(case, b"fairwitness-seg-v1" + run + struct.pack(">II", p["if"], n), "sha256")
    cap = sum(len(c[1]) for c in p["chunks"])
    leaf = b"P1" + struct.pack(">IQQIIH", p["if"], frame, p["ts"], p["orig"], cap, len(p["chunks"]))
    row = {"cap": cap, "ch": [], "if": p["if"], "link": p["link"], "orig": p["orig"], "seq": str(frame), "ts": str(p["ts"])}
    offset = 0
    for i, (cls, octets) in enumerate(p["chunks"]):
        place = struct.pack(">QH", frame, i)
        salt = hmac.digest(seg_key, place, "sha256")
        c = sha(b"\x10" + salt + place + octets)
        leaf += struct.pack(">II", offset, len(octets)) + cls.encode() + c
        row["ch"].append(dict({"k": cls, "n": len(octets), "o": offset}, **({"s": salt.hex()} if cls in "HS" else {"c": c.hex()})))
        offset += len(octets)
    row["leaf"] = sha(b"\0" + leaf).hex()
    row["octets"] = b"".join(o if cls in "HS" else bytes(len(o)) for cls, o in p["chunks"])
    return row


def options(*pairs):
    return b"".join(struct.pack("<HH", code, len(v)) + v + bytes(-len(v) % 4) for code, v in pairs) + bytes(4)


def block(kind, body):
    return struct.pack("<II", kind, 12 + len(body)) + body + struct.pack("<I", 12 + len(body))


def pcapng(rows):
    out, links = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)), []
    for r in rows:
        if (r["if"], r["link"]) not in links:
            links.append((r["if"], r["link"]))
    for i, link in links:
        out += block(1, struct.pack("<HHI", link, 0, 0) + options((2, b"input %d" % i), (9, b"\x09")))
    for r in rows:
        ts, data = int(r["ts"]), r["octets"]
        out += block(6, struct.pack("<IIIII", links.index((r["if"], r["link"])), ts >> 32, ts % 2**32, len(data), r["orig"]) + data + bytes(-len(data) % 4)
                     + options((1, b"input %d frame %s leaf %s" % (r["if"], r["seq"].encode(), r["leaf"].encode())), (5, struct.pack("<Q", int(r["seq"])))))
    return out


def tile_path(n):
    text = "%03d" % (n % 1000)
    while n >= 1000:
        n //= 1000
        text = "x%03d/%s" % (n % 1000, text)
    return text


def sshsig(key, message, namespace=b"bundle-v1@fairwitness"):
    def s(*parts):
        return b"".join(struct.pack(">I", len(x)) + x for x in parts)
    signature = key.sign(b"SSHSIG" + s(namespace, b"", b"sha512", hashlib.sha512(message).digest()))
    blob = b64(b"SSHSIG" + struct.pack(">I", 1) + s(s(b"ssh-ed25519", public(key)), namespace, b"", b"sha512", s(b"ssh-ed25519", signature)))
    lines = [blob[i:i + 70] for i in range(0, len(blob), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----"] + lines + ["-----END SSH SIGNATURE-----", ""]).encode()


def key_name(key):
    return "fairwitness/" + hexsha(public(key))[:16]


def vkey(name, key):
    return ("%s+%s+%s\n" % (name, hexsha(name.encode() + b"\n\x01" + public(key))[:8], b64(b"\x01" + public(key)))).encode()


def manifest(files):
    return b"".join(b"%s  %s\n" % (hexsha(files[p]).encode(), p.encode()) for p in sorted(files))


def checkpoint(origin, raw, key):
    body = "%s\n%d\n%s\n" % (origin, len(raw), b64(mth([sha(b"\0" + x) for x in raw])))
    key_id = sha(origin.encode() + b"\n\x01" + public(key))[:4]
    return ("%s\n\u2014 %s %s\n" % (body, origin, b64(key_id + key.sign(body.encode())))).encode()


def entries(raw):
    return {"evidence/tile/entries/" + tile_path(n // 256) + ("" if len(raw) - n >= 256 else ".p/%d" % (len(raw) - n)):
            b"".join(struct.pack(">H", len(x)) + x for x in raw[n:n + 256]) for n in range(0, len(raw), 256)}


PROVEN = ("config", "seg", "finding")


def log_files(origin, raw, proven, log, exporter):
    """{path: octets} of the log of these leaves; proven: the indices of those that get a proof."""
    hashes = [sha(b"\0" + x) for x in raw]
    note = checkpoint(origin, raw, log)
    files = entries(raw)
    files["evidence/checkpoint"] = note
    files["evidence/log.vkey"] = vkey(origin, log)
    files["evidence/exporter.pub"] = ("ssh-ed25519 %s exporter\n" % b64(struct.pack(">I", 11) + b"ssh-ed25519" + struct.pack(">I", 32) + public(exporter))).encode()
    level = 0
    while len(raw) >> 8 * level:
        width = 256 ** level
        row = [mth(hashes[k * width:(k + 1) * width]) for k in range(len(raw) // width)]
        for n in range((len(row) + 255) // 256):
            part = row[n * 256:n * 256 + 256]
            files["evidence/tile/%d/%s%s" % (level, tile_path(n), "" if len(part) == 256 else ".p/%d" % len(part))] = b"".join(part)
        level += 1
    for i in proven:
        proof = "".join(b64(h) + "\n" for h in path(i, hashes))
        files["evidence/proof/%06d.tlog-proof" % i] = b"c2sp.org/tlog-proof@v1\nindex %d\n" % i + proof.encode() + b"\n" + note
    return files


def bundle(s, edit={}, log=LOG, exporter=EXPORTER, case=CASE):
    """{path: octets} of a bundle of the scene s."""
    def stage(name, value):
        if name in edit:
            edit[name](value)
        return value
    run = bytes.fromhex(s["run"])
    packets = stage("packets", s["packets"])
    rows = [commit(p, run, case) for p in packets]
    inputs = [{"bytes": str(len(data)), "packets": str(n), "sha256": hexsha(data) if s["digests"] else None} for n, data in s["inputs"]]
    config = [{"kind": k, "name": name, "sha256": hexsha(data)} for k, name, data in s["config"]]

    segs = []
    for i, (total, _) in enumerate(s["inputs"]):
        for n in range((total + 65535) // 65536):
            mine = [r for r in rows if r["if"] == i and (int(r["seq"]) - 1) // 65536 == n]
            hashes = [bytes.fromhex(r["leaf"]) for r in mine]
            for k, r in enumerate(mine):
                r.update(i=k, proof=[h.hex() for h in path(k, hashes)])
            segs.append({"bytes": "4711", "count": min(65536, total - n * 65536), "first": str(n * 65536 + 1), "from": str(T0), "input": i, "n": n,
                         "outside": 0, "retained": len(mine), "root": mth(hashes).hex(), "until": str(T0 + 2**34)})
    where = {(r["if"], int(r["seq"])): [1 + len(config) + [(g["input"], g["n"]) for g in segs].index((r["if"], (int(r["seq"]) - 1) // 65536)), r["i"]] for r in rows}
    findings = [{"alone": True, "core": core, "id": "F-" + hexsha("\n".join([core["check"], core["subject"], core["object"]]).encode())[:12], "pkts": [where[p] for p in pkts if p in where]} for core, pkts in s["cores"]]
    total = sum(n for n, _ in s["inputs"])

    words = ["fairwitness-origin-v1"] + [x["sha256"] or "-" for x in inputs] + [c["name"] + " " + c["sha256"] for c in config] + [s["ruleset"], s["case"]]
    origin = "%s/audit/%s" % (key_name(log), hexsha("".join(w + "\n" for w in words).encode()))
    genesis = {"at": s["at"], "case": s["case"], "exporter": public(exporter).hex(), "from": "0", "keep_inner": False, "origin": origin, "ruleset": s["ruleset"],
               "run": s["run"], "tool": hexsha(b"tool"), "until": "0", "version": "0.1.0"}
    close = {"coverage": {"bytes": "1", "cut": "0", "decoded": str(total - 3), "duplicate": "0", "malformed": "1", "opaque": "2", "outside": "0", "packets": str(total)},
             "files": {p: hexsha(data) for p, data in s["files"].items()}, "findings": len(findings), "inputs": inputs, "retained": len(rows), "whole": not s["gaps"]}
    typed = [("genesis", [genesis]), ("config", config), ("seg", segs), ("gap", s["gaps"]), ("finding", findings), ("close", [close])]
    leaves = stage("leaves", [dict(x, t=t, v=1) for t, xs in typed for x in xs])
    raw = stage("raw", [canon(x) for x in leaves])

    rows = stage("rows", rows)
    files = dict(s["files"])
    for _, name, data in s["config"]:
        files["evidence/config/" + name] = data
    files.update(log_files(origin, raw, [i for i, x in enumerate(leaves) if x["t"] in PROVEN], log, exporter))
    files["evidence/packets.jsonl"] = b"".join(canon({k: v for k, v in r.items() if k != "octets"}) + b"\n" for r in rows)
    files["evidence/packets.pcapng"] = pcapng(rows)
    files = stage("files", files)
    sealed = dict(files)
    sealed["MANIFEST.sha256"] = manifest(files)
    sealed["MANIFEST.sha256.sig"] = sshsig(exporter, sealed["MANIFEST.sha256"])
    return stage("sealed", sealed)


def write(files, where):
    for name, data in files.items():
        full = os.path.join(where, name)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as f:
            f.write(data)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write(bundle(scene()), sys.argv[1])
    print(vkey(key_name(LOG), LOG).decode(), end="")
