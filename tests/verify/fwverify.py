#!/usr/bin/env python3
"""Checks the signed record that `fairwitness audit -o DIR` leaves, without Fair Witness.

Written from fairwitness-evidence(7) alone, with Python's standard library and `cryptography` for Ed25519; none of the project's code is used.

    fwverify.py DIR [--key K] [--require NAME,NAME]        K: a line as in log.vkey, or a file that holds it
    verify(DIR, key) -> [(name, word, reason)]

What it does not do, it says is NOT-SHOWN: it renders no report and judges no packet again.  Exit status: 0 nothing fails, 1 something
fails, 2 usage, 3 DIR cannot be read.
"""
import base64, hashlib, json, os, re, stat, struct, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# A bundle is a stranger's: whatever it asks us to hold or to hash has a limit, the LIMITS of the page.
FILES, LEAVES, SMALL, LINES, LINE = 1 << 20, 1 << 22, 1 << 16, 1 << 30, 1 << 24
SEG = 65536
NAMES = ("signer", "integrity", "inclusion", "sealed", "complete", "rendered", "re-derived-core", "re-derived-full", "witnessed", "time-bounded")


class Bad(Exception):
    """What is wrong with the bundle."""


def need(cond, why, *args):
    if not cond:
        raise Bad(why % args if args else why)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text, size=None):
    try:
        out = base64.b64decode(text, validate=True)
    except ValueError:
        raise Bad("base64 that is none")
    need(base64.b64encode(out) == text and size in (None, len(out)), "base64 of another length or form")		# one form for one value: pad bits are zero
    return out


def signed(key, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


# ---- Files: regular ones, below DIR, through no link

def inventory(root):
    """Every file below root, as octets of its path; an empty directory is a file too many."""
    out, todo = set(), [b""]
    while todo:
        at = todo.pop()
        entries = list(os.scandir(os.path.join(root, at)))
        need(entries or not at, "%r is an empty directory", at)
        for e in entries:
            path = os.path.join(at, e.name)
            need(re.fullmatch(rb"[A-Za-z0-9._/-]{1,200}", path), "a path that the format does not know: %r", path[:200])
            if e.is_dir(follow_symlinks=False):
                todo.append(path)
            else:
                need(e.is_file(follow_symlinks=False), "%s is no regular file", path.decode())
                out.add(path)
            need(len(out) + len(todo) <= FILES, "more than %d files", FILES)
    return out


def opened(root, path):
    try:
        f = os.fdopen(os.open(os.path.join(root, path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    except OSError as e:
        raise Bad("%s: %s" % (path.decode("ascii", "replace"), e.strerror))
    need(stat.S_ISREG(os.fstat(f.fileno()).st_mode), "%r is no regular file", path)
    return f


def read(root, path, limit):
    with opened(root, path) as f:
        size = os.fstat(f.fileno()).st_size			# asked first: read() takes room for what it is told
        need(size <= limit, "%s is larger than %d octets", path.decode(), limit)
        return f.read(size)


def largest(path):
    """Octets that a file may have."""
    if path == b"facts.ndjson.zst":
        return 1 << 40
    return 1 << (34 if path in (b"report.json", b"report.html", b"findings.ndjson") else 29)


def digest(root, path):
    h = hashlib.sha256()
    with opened(root, path) as f:
        need(os.fstat(f.fileno()).st_size <= largest(path), "%s is larger than %d octets", path.decode(), largest(path))
        while block := f.read(1 << 20):
            h.update(block)
    return h.hexdigest()


# ---- JSON in its one form, and what a leaf holds

def whole(text):
    n = int(text)
    need(text[0] != "-" and n < 1 << 53, "a number that is negative or too large")
    return n


def refuse(text):
    raise Bad("a number with a fraction or an exponent")


def canonical(data, limit):
    """The object in these octets, which must be its only form: what is read is written again and compared."""
    need(len(data) <= limit and data[:1] == b"{", "no object, or more than %d octets", limit)
    need(re.fullmatch(rb'(?:[ -\[\]-~]|\\["\\])*', data), "octets or escapes that a leaf never holds")
    try:
        value = json.loads(data, parse_int=whole, parse_float=refuse, parse_constant=refuse)
        again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Bad("no JSON")
    need(again == data, "JSON that is not in canonical form")
    return value


def number(v):
    return type(v) is int


def decimal(v):
    return type(v) is str and re.fullmatch(r"0|[1-9][0-9]{0,19}", v) is not None and int(v) < 1 << 64


TEXT, HEX, BOOL = re.compile(r"[ -~]*"), re.compile(r"[0-9a-f]{64}"), (True, False)
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
REPORTS = {"evidence/README.txt": HEX, "findings.ndjson": HEX, "report.html": HEX, "report.json": HEX}
SEVERITY, VERDICT = ("info", "low", "med", "high", "crit"), ("violated", "unprotected")
DAY = re.compile(r"[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))")
CORE = {"check": TEXT, "config": {"policy": (HEX, None), "register": (HEX, None)}, "grounds": [{"frame": number, "input": number}], "need": ("positive", "complete"),
        "object": TEXT, "ruleset": TEXT, "severity": SEVERITY, "subject": TEXT, "verdict": VERDICT}
SHAPES = {
    "genesis": {"at": DAY, "case": re.compile(r"[0-9a-f]{16}"), "exporter": HEX, "from": decimal, "keep_inner": BOOL, "origin": TEXT,
                "ruleset": TEXT, "run": HEX, "tool": HEX, "until": decimal, "version": TEXT},
    "config": {"kind": ("register", "policy", "pack", "keylog"), "name": NAME, "sha256": HEX},
    "seg": {"bytes": decimal, "count": number, "first": decimal, "from": decimal, "input": number, "n": number, "outside": number, "retained": number,
            "root": HEX, "until": decimal},
    "gap": {"after": decimal, "cause": ("damaged", "unread"), "input": number, "known": (decimal, "unknown")},
    "finding": {"alone": BOOL, "core": CORE, "id": TEXT, "pkts": [[number]]},
    "close": {"coverage": {k: decimal for k in ("packets", "bytes", "decoded", "opaque", "malformed", "duplicate", "cut", "outside")},
              "files": (REPORTS, dict(REPORTS, **{"facts.ndjson.zst": HEX})), "findings": number,
              "inputs": [{"bytes": decimal, "packets": decimal, "sha256": (HEX, None)}], "retained": number, "whole": BOOL},
}
ORDER = list(SHAPES)
CHUNK = ({"k": ("H", "S"), "n": number, "o": number, "s": HEX}, {"c": HEX, "k": ("I", "U", "K"), "n": number, "o": number})
LINE_SHAPE = {"cap": number, "ch": [CHUNK], "i": number, "if": number, "leaf": HEX, "link": number, "orig": number, "proof": [HEX], "seq": decimal, "ts": decimal}


def fits(v, shape):
    if isinstance(shape, dict):
        return type(v) is dict and v.keys() == shape.keys() and all(fits(v[k], shape[k]) for k in v)
    if isinstance(shape, list):
        return type(v) is list and all(fits(x, shape[0]) for x in v)
    if isinstance(shape, tuple):
        return any(fits(v, s) for s in shape)
    if isinstance(shape, re.Pattern):
        return type(v) is str and shape.fullmatch(v) is not None
    return shape(v) if callable(shape) else type(v) is type(shape) and v == shape


# ---- The tree of RFC 6962, level by level

def levels(hashes):
    """levels[h][k] covers leaves k * 2^h and on; a last node without a neighbour goes up as it is, which is RFC 6962's shape."""
    out = [hashes]
    while len(out[-1]) > 1:
        low = out[-1]
        out.append([sha(b"\x01", low[k], low[k + 1]) if k + 1 < len(low) else low[k] for k in range(0, len(low), 2)])
    return out


def root_of(tree):
    return tree[-1][0] if tree[0] else sha()


def path_of(tree, m):
    out = []
    for level in tree[:-1]:
        if m ^ 1 < len(level):
            out.append(level[m ^ 1])
        m >>= 1
    return out


def tile_name(n, width):
    groups = ["%03d" % (n % 1000)]
    while n := n // 1000:
        groups.insert(0, "x%03d" % (n % 1000))
    return "/".join(groups) + (".p/%d" % width if width < 256 else "")


def tiles(size):
    """(level, number, width) of every tile that a tree of this size has."""
    level = 0
    while size:
        for n in range((size + 255) // 256):
            yield level, n, min(256, size - n * 256)
        level, size = level + 1, size // 256


# ---- What verify says: integrity

class Log:
    """What the signed record holds, once its own form is proven."""
    def __init__(self, root):
        self.note = read(root, b"evidence/checkpoint", SMALL)
        lines = self.note.split(b"\n")
        need(len(lines) == 6 and not lines[3] and not lines[5], "checkpoint: other than five lines")
        need(re.fullmatch(rb"fairwitness/[0-9a-f]{16}/audit/[0-9a-f]{64}", lines[0]), "checkpoint: the origin is none of ours")
        need(re.fullmatch(rb"[1-9][0-9]{0,6}", lines[1]) and int(lines[1]) <= LEAVES, "checkpoint: the size is no number, or more than %d leaves", LEAVES)
        need(lines[4].startswith("\u2014 ".encode() + lines[0] + b" "), "checkpoint: the signature is not of the origin")
        self.origin, self.size, self.head = lines[0], int(lines[1]), unbase64(lines[2], 32)
        self.body = b"\n".join(lines[:3]) + b"\n"
        self.signature = unbase64(lines[4].rsplit(b" ", 1)[1], 68)

    def signed_by(self, key):
        return self.signature[:4] == sha(self.origin, b"\n\x01", key)[:4] and signed(key, self.signature[4:], self.body)

    def load(self, root):
        """Entries and tiles, then leaves."""
        raw = []
        for n in range((self.size + 255) // 256):
            width, at = min(256, self.size - n * 256), 0
            data = read(root, b"evidence/tile/entries/" + tile_name(n, width).encode(), 256 * (2 + 65535))
            for _ in range(width):
                length = int.from_bytes(data[at:at + 2], "big")
                need(at + 2 + length <= len(data), "entries end within a leaf")
                raw.append(data[at + 2:at + 2 + length])
                at += 2 + length
            need(at == len(data), "entries hold more than the leaves")
        self.tree = levels([sha(b"\0", leaf) for leaf in raw])
        need(root_of(self.tree) == self.head, "the leaves do not give the root of the checkpoint")
        for level, n, width in tiles(self.size):
            data = read(root, b"evidence/tile/%d/" % level + tile_name(n, width).encode(), 256 * 32)
            need(data == b"".join(self.tree[8 * level][n * 256:n * 256 + width]), "tile %d/%d holds other hashes than the tree", level, n)
        self.leaves = []
        for i, data in enumerate(raw):
            try:
                leaf = canonical(data, 65535)
                need(type(leaf.get("t")) is str and leaf["t"] in SHAPES, "of no known type")
                need(fits(leaf, dict(SHAPES[leaf["t"]], t=leaf["t"], v=1)), "a %s with other members or values than it has", leaf["t"])
            except Bad as e:
                raise Bad("leaf %d: %s" % (i, e))
            self.leaves.append(leaf)
        order = [ORDER.index(leaf["t"]) for leaf in self.leaves]
        need(order == sorted(order) and order.count(0) == 1 and order.count(5) == 1, "leaves are not in their order, or one of genesis and close is not there")
        self.genesis, self.close = self.leaves[0], self.leaves[-1]
        self.segs = {i: leaf for i, leaf in enumerate(self.leaves) if leaf["t"] == "seg"}
        self.of = lambda t: [leaf for leaf in self.leaves if leaf["t"] == t]

    def laws(self):
        close, cover, inputs = self.close, {k: int(v) for k, v in self.close["coverage"].items()}, self.close["inputs"]
        packets = [int(x["packets"]) for x in inputs]
        need(self.genesis["until"] == "0" or int(self.genesis["from"]) < int(self.genesis["until"]), "the time window ends before it begins")
        segs, of = list(self.segs.values()), {i: [] for i in range(len(inputs))}
        need(all(a["input"] <= b["input"] for a, b in zip(segs, segs[1:])) and all(s["input"] in of for s in segs), "segments are not in order of input")
        for s in segs:
            of[s["input"]].append(s)
        for i, mine in of.items():
            need([s["n"] for s in mine] == list(range(len(mine))), "segments of input %d do not follow each other", i)
            need(sum(s["count"] for s in mine) == packets[i] and (not mine or mine[-1]["count"]), "segments of input %d do not add up to its packets", i)
        for s in segs:
            need(int(s["first"]) == s["n"] * SEG + 1 and s["count"] <= SEG and int(s["from"]) <= int(s["until"]) and s["retained"] + s["outside"] <= s["count"],
                 "segment %d of input %d contradicts itself", s["n"], s["input"])
        need(sum(packets) - cover["outside"] == cover["packets"], "packets of the inputs less those outside are not coverage.packets")
        need(sum(s["outside"] for s in segs) == cover["outside"], "packets outside are not those of the segments")
        need(sum(cover[k] for k in ("decoded", "opaque", "malformed", "duplicate")) == cover["packets"], "decoded, opaque, malformed and duplicate are not coverage.packets")
        need(close["findings"] == len(self.of("finding")), "close counts other findings than there are")
        need(close["retained"] == sum(s["retained"] for s in segs), "close counts other retained packets than there are")
        need(all(g["input"] < len(inputs) for g in self.of("gap")), "a gap of no input")
        config = self.of("config")
        kinds = [c["kind"] for c in config]
        need(kinds == sorted(kinds, key=("register", "policy", "pack", "keylog").index) and all(kinds.count(k) < 2 for k in ("register", "policy", "keylog")), "configuration out of order")
        need(len({c["name"] for c in config}) == len(config), "one name for two configurations")
        for c in config:
            need(re.fullmatch(r"pack-.+\.yaml", c["name"]) if c["kind"] == "pack" else c["name"] == c["kind"] + ".yaml", "configuration under another name: %s", c["name"])
        by_kind = {c["kind"]: c["sha256"] for c in config if c["kind"] != "pack"}
        for f in self.of("finding"):
            name = "\n".join(f["core"][k] for k in ("check", "subject", "object"))
            need(f["id"] == "F-" + sha(name.encode()).hex()[:12], "finding %s has the id of another", f["id"])
            need(f["core"]["config"] == {"policy": by_kind.get("policy"), "register": by_kind.get("register")}, "finding %s cites another configuration", f["id"])
            need(f["core"]["ruleset"] == self.genesis["ruleset"], "finding %s is of another ruleset", f["id"])
            need(0 < len(f["core"]["grounds"]) <= len(f["pkts"]), "finding %s has no grounds, or more than packets", f["id"])
            for p in f["pkts"]:
                need(len(p) == 2 and p[0] in self.segs and p[1] < self.segs[p[0]]["retained"], "finding %s names a packet that is not there", f["id"])
        says = ["fairwitness-origin-v1"] + [x["sha256"] or "-" for x in inputs] + ["%s %s" % (c["name"], c["sha256"]) for c in config]
        says += [self.genesis["ruleset"], self.genesis["case"]]
        need(self.genesis["origin"].encode() == self.origin, "leaf 0 is of another origin")
        need(self.origin.endswith(b"/" + sha("".join(s + "\n" for s in says).encode()).hex().encode()), "the origin is of other inputs or configuration")

    def proofs(self):
        return {b"evidence/proof/%06d.tlog-proof" % i: i for i, leaf in enumerate(self.leaves) if leaf["t"] in ("config", "seg", "finding")}


def ssh(*parts):
    return b"".join(struct.pack(">I", len(p)) + p for p in parts)


def sshsig(armor, key, message):
    """The octets of the one SSHSIG armor that this key could have made, but for the signature in it."""
    space, blob = b"bundle-v1@fairwitness", ssh(b"ssh-ed25519", key)
    lines = armor.split(b"\n")
    need(len(lines) >= 4 and lines[0] == b"-----BEGIN SSH SIGNATURE-----" and lines[-2:] == [b"-----END SSH SIGNATURE-----", b""], "no SSH signature")
    body = lines[1:-2]
    need(all(len(x) == 70 for x in body[:-1]) and 0 < len(body[-1]) <= 70, "an SSH signature in other lines than 70 columns")
    data = unbase64(b"".join(body))
    head = b"SSHSIG" + struct.pack(">I", 1) + ssh(blob, space, b"", b"sha512")
    need(data[:-64] == head + ssh(ssh(b"ssh-ed25519", bytes(64)))[:-64], "an SSH signature by another key or for another purpose")
    return signed(key, data[-64:], b"SSHSIG" + ssh(space, b"", b"sha512", hashlib.sha512(message).digest()))


def check_files(root, log):
    """The manifest, what it covers, and the digests that the leaves hold."""
    there = inventory(root)
    manifest = read(root, b"MANIFEST.sha256", FILES * 268)
    lines = [re.fullmatch(rb"([0-9a-f]{64})  ([A-Za-z0-9._/-]{1,200})", x) for x in manifest.split(b"\n")[:-1]]
    need(manifest.endswith(b"\n") and all(lines), "MANIFEST.sha256: a line that sha256sum does not write")
    paths = [m[2] for m in lines]
    need(all(a < b for a, b in zip(paths, paths[1:])), "MANIFEST.sha256 is not sorted, or names a file twice")
    for path in sorted(there.symmetric_difference(paths) - {b"MANIFEST.sha256", b"MANIFEST.sha256.sig"}):
        raise Bad("%s is %s" % (path.decode(), "not in the manifest" if path in there else "in the manifest and not there"))
    sums = {m[2]: m[1].decode() for m in lines}
    for path in paths:
        need(digest(root, path) == sums[path], "%s has another digest than the manifest says", path.decode())
    exporter = bytes.fromhex(log.genesis["exporter"])
    need(sshsig(read(root, b"MANIFEST.sha256.sig", SMALL), exporter, manifest), "the manifest's signature does not hold")
    need(read(root, b"evidence/exporter.pub", SMALL) == b"ssh-ed25519 %s exporter\n" % base64.b64encode(ssh(b"ssh-ed25519", exporter)),
         "exporter.pub is not the exporter's key")
    named = {k.encode(): v for k, v in log.close["files"].items()}
    named.update({b"evidence/config/" + c["name"].encode(): c["sha256"] for c in log.of("config")})
    for path, want in named.items():
        need(sums.get(path) == want, "%s has another digest than its leaf says, or is not there", path.decode())
    known = set(named) | set(log.proofs()) | {b"evidence/" + x for x in (b"checkpoint", b"log.vkey", b"exporter.pub", b"packets.pcapng", b"packets.jsonl")}
    for level, n, width in tiles(log.size):
        known.update(b"evidence/tile/%s/" % d + tile_name(n, width).encode() for d in ([b"0", b"entries"] if not level else [b"%d" % level]))
    for path in sorted(known.symmetric_difference(paths)):
        raise Bad("%s is %s" % (path.decode(), "missing" if path in known else "no file of this format"))


def check_vkey(root, log):
    m = re.fullmatch(rb"(fairwitness/[0-9a-f/a-z]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]*)\n", read(root, b"evidence/log.vkey", SMALL))
    need(m and m[1] == log.origin, "log.vkey is not one line of this origin")
    key = unbase64(m[3], 33)
    need(key[0] == 1 and m[2].decode() == log.signature[:4].hex(), "log.vkey: another kind of key or another id")
    need(log.origin.split(b"/")[1].decode() == sha(key[1:]).hex()[:16], "the origin is of another key than log.vkey")
    need(log.signed_by(key[1:]), "the checkpoint's signature does not hold")


# ---- inclusion

def check_packets(root, log):
    """packets.jsonl and packets.pcapng side by side, then each segment's tree."""
    data = read(root, b"evidence/packets.jsonl", LINES)
    need(not data or data.endswith(b"\n"), "packets.jsonl ends within a line")
    rows, at_seg = [], {(s["input"], s["n"]): i for i, s in log.segs.items()}
    for k, line in enumerate(data.split(b"\n")[:-1]):
        try:
            row = canonical(line, LINE)
            need(fits(row, LINE_SHAPE), "other members or values than a packet has")
            need(row["cap"] <= row["orig"] and max(row["orig"], row["if"], int(row["seq"])) < 1 << 32 and row["link"] < 1 << 16 and row["seq"] != "0" and len(row["ch"]) < 1 << 16, "a number out of range")
            row["where"] = at_seg.get((row["if"], (int(row["seq"]) - 1) // SEG))
            need(row["where"] is not None, "a packet of no segment")
            seg = log.segs[row["where"]]
            need(int(seg["from"]) <= int(row["ts"]) <= int(seg["until"]), "a packet whose time is not within its segment")
        except Bad as e:
            raise Bad("packets.jsonl line %d: %s" % (k + 1, e))
        rows.append(row)
    need(all((a["if"], int(a["seq"])) < (b["if"], int(b["seq"])) for a, b in zip(rows, rows[1:])), "packets.jsonl is not in order of input and frame")

    with opened(root, b"evidence/packets.pcapng") as f:
        def same(want, what):
            need(f.read(len(want)) == want, "packets.pcapng: %s is not what packets.jsonl says", what)
        same(block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1)), "the section header")
        links = list(dict.fromkeys((row["if"], row["link"]) for row in rows))
        for i, link in links:
            same(block(1, struct.pack("<HHI", link, 0, 0) + option(2, b"input %d" % i) + option(9, b"\x09") + bytes(4)), "an interface")
        for row in rows:
            cap, ts, seq = row["cap"], int(row["ts"]), int(row["seq"])
            what = "the packet of input %d frame %d" % (row["if"], seq)
            tail = bytes(-cap % 4) + option(1, b"input %d frame %d leaf %s" % (row["if"], seq, row["leaf"].encode())) + option(5, struct.pack("<Q", seq)) + bytes(4)
            size = 32 + cap + len(tail)
            same(struct.pack("<IIIIIII", 6, size, links.index((row["if"], row["link"])), ts >> 32, ts & 0xffffffff, cap, row["orig"]), what)
            octets = f.read(cap)
            need(len(octets) == cap, "packets.pcapng ends within %s", what)
            same(tail + struct.pack("<I", size), what)
            need(packet_leaf(row, octets, what) == row["leaf"], "%s: its chunks do not give its leaf", what)
        need(not f.read(1), "packets.pcapng goes on after the last packet")

    held = {}
    for row in rows:
        held.setdefault(row["where"], []).append(row)
    for i, seg in log.segs.items():
        mine = held.get(i, [])
        need([row["i"] for row in mine] == list(range(seg["retained"])), "segment leaf %d: %d packets retained, others are here", i, seg["retained"])
        tree = levels([bytes.fromhex(row["leaf"]) for row in mine])
        need(root_of(tree).hex() == seg["root"], "segment leaf %d: its packets do not give its root", i)
        for row in mine:
            need([h.hex() for h in path_of(tree, row["i"])] == row["proof"], "frame %s: its proof does not hold", row["seq"])
    for f in log.of("finding"):
        seen = [(held[s][i]["if"], int(held[s][i]["seq"])) for s, i in f["pkts"]]
        grounds = [(g["input"], g["frame"]) for g in f["core"]["grounds"]]
        need(seen[:len(grounds)] == grounds, "finding %s: its grounds are not the packets that it names", f["id"])
    return len(rows)


def block(kind, body):
    return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)


def option(code, value):
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)


def packet_leaf(row, octets, what):
    """Opens the commitments of what is shown, takes those of what is masked, and hashes the packet leaf."""
    frame, at, before = int(row["seq"]), 0, None
    leaf = b"P1" + struct.pack(">IQQIIH", row["if"], frame, int(row["ts"]), row["orig"], row["cap"], len(row["ch"]))
    for i, c in enumerate(row["ch"]):
        need(c["o"] == at and 0 < c["n"] <= len(octets) - at and c["k"] != before, "%s: its chunks do not tile it", what)
        part = octets[at:at + c["n"]]
        if "s" in c:
            commitment = sha(b"\x10", bytes.fromhex(c["s"]), struct.pack(">QH", frame, i), part)
        else:
            need(not any(part), "%s: something stands where octets are masked", what)
            commitment = bytes.fromhex(c["c"])
        leaf += struct.pack(">II", c["o"], c["n"]) + c["k"].encode() + commitment
        at, before = at + c["n"], c["k"]
    need(at == len(octets), "%s: its chunks do not tile it", what)
    return sha(b"\0", leaf).hex()


def check_proofs(root, log):
    for path, i in log.proofs().items():
        want = b"".join(base64.b64encode(h) + b"\n" for h in path_of(log.tree, i))
        need(read(root, path, SMALL) == b"c2sp.org/tlog-proof@v1\nindex %d\n%s\n%s" % (i, want, log.note), "%s does not hold", path.decode())


# ---- The words

def public_key(text):
    """The 32 octets of a key that the user got from elsewhere, named fairwitness/KEYID, or as one of its logs."""
    name, ident, blob = (text.strip().split("+", 2) + ["", ""])[:3]
    key = unbase64(blob.encode(), 33)
    need(key[0] == 1 and ident == sha(name.encode(), b"\n", key)[:4].hex(), "--key: its id is not its own")
    need(name.split("/audit/")[0] == "fairwitness/" + sha(key[1:]).hex()[:16], "--key: named as no key of a log is")
    return key[1:]


def verify(root, key=None):
    """[(name, word, reason)] for the bundle in root; key: 32 octets of the log's public key, or None.  OSError: root cannot be read."""
    root, said, log = os.fsencode(root), {}, None
    os.scandir(root).close()

    def judge(name, good, *steps):
        if name not in said:
            try:
                said[name] = ("PASS", good)
                for step in steps:
                    step()
            except (Bad, OSError) as e:
                said[name] = ("FAIL", str(e))

    def start():
        nonlocal log
        need(b".partial-" not in os.path.basename(os.path.abspath(root)), "the directory was never finished")
        log = Log(root)

    judge("integrity", "", start)
    if key is None:
        said["signer"] = ("NOT-SHOWN", "no --key: anybody can sign everything again with a key of his own")
    elif log is None:
        said["signer"] = ("FAIL", "no checkpoint to check: " + said["integrity"][1])
    else:
        judge("signer", "the checkpoint is signed by the key given", lambda: need(log.signed_by(key), "the checkpoint is not signed by the key given"))
    if log is not None:
        del said["integrity"]
        judge("integrity", "", lambda: log.load(root), log.laws)
        if said["integrity"][0] == "PASS":
            del said["integrity"]
            judge("integrity", "%d leaves and every file" % log.size, lambda: check_vkey(root, log), lambda: check_files(root, log))
            judge("inclusion", "%d packets and %d proofs" % (log.close["retained"], len(log.proofs())), lambda: check_proofs(root, log), lambda: check_packets(root, log))
            bare = [i for i, x in enumerate(log.close["inputs"]) if x["sha256"] is None]
            said["sealed"] = ("NOT-SHOWN", "no digest of input %d" % bare[0]) if bare else ("PASS", "%d inputs by their SHA-256" % len(log.close["inputs"]))
            gaps = ["%s after frame %s of input %d, %s lost" % (g["cause"], g["after"], g["input"], g["known"]) for g in log.of("gap")]
            gaps += [] if log.close["whole"] or gaps else ["an input was damaged or partial"]
            said["complete"] = ("NOT-SHOWN", "; ".join(gaps[:8])) if gaps else ("PASS", "segments follow each other, no gap")
    for name in ("inclusion", "sealed", "complete"):
        said.setdefault(name, ("NOT-SHOWN", "the log itself does not hold"))
    for name in NAMES:
        said.setdefault(name, ("NOT-SHOWN", "this verifier does not do it" if name.startswith("re") else "the format has none"))
    return [(name,) + said[name] for name in NAMES]


def main(args):
    if len(args) < 1 or len(args) % 2 == 0 or args[0].startswith("-") or any(a not in ("--key", "--require") for a in args[1::2]):
        print(__doc__, file=sys.stderr)
        return 2
    options, key = dict(zip(args[1::2], args[2::2])), None
    required = [name for name in options.get("--require", "").split(",") if name]
    try:
        if "--key" in options:
            key = options["--key"]
            if os.path.exists(key):
                with open(key, encoding="ascii") as f:
                    key = f.read(SMALL)
            key = public_key(key)
        need(set(required) <= set(NAMES), "--require: a name that verify does not say")
    except (Bad, OSError, ValueError) as e:
        print("fwverify: %s" % e, file=sys.stderr)
        return 2
    try:
        lines = verify(args[0], key)
    except OSError as e:
        print("fwverify: %s: %s" % (args[0], e.strerror), file=sys.stderr)
        return 3
    for name, word, reason in lines:
        print("%-16s %-9s  %s" % (name, word, reason), flush=True)
    return int(any(word == "FAIL" or (word != "PASS" and name in required) for name, word, _ in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
