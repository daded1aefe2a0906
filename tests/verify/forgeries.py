"""Forgeries of make_bundle.py's bundles, each with the keys that it needs, and the names that must fail.

A forger without a key changes files; one with the exporter's key signs the manifest again; one with the log's key signs anything again, and
only what contradicts itself gives him away.
"""
import copy, re
import make_bundle as mk

CASE = mk.scene()["case"].encode()
JSONL, PCAP, ENTRIES = "evidence/packets.jsonl", "evidence/packets.pcapng", "evidence/tile/entries/000.p/12"


def put(name, change):
    def go(files):
        files[name] = change(files[name])
    return go


def swap(a, b):
    def go(x):
        x[a], x[b] = x[b], x[a]
    return go


def member(t, n, key, value):
    """Another value in the n-th leaf of type t."""
    def go(leaves):
        leaf = [x for x in leaves if x["t"] == t][n]
        for k in key[:-1]:
            leaf = leaf[k]
        leaf[key[-1]] = value(leaf[key[-1]]) if callable(value) else value
    return go


def at(i, change):
    def go(x):
        x[i] = change(x[i])
    return go


def delete(i):
    def go(x):
        del x[i]
    return go


def sub(a, b):
    def go(data):
        assert a in data
        return data.replace(a, b, 1)
    return go


def of(t, n=0):
    return [i for i, x in enumerate(LEAVES) if x["t"] == t][n]


def moved(a, b):
    def go(x):
        x.insert(b, x.pop(a))
    return go


def hole(files):
    """Something written where octets are masked."""
    i = files[PCAP].index(b"NG Setup") + 8
    files[PCAP] = files[PCAP][:i] + b"\1" + files[PCAP][i + 1:]


def both(*steps):
    def go(x):
        for s in steps:
            s(x)
    return go


def tile_twin(files):
    files["evidence/tile/0/000.p/11"] = files["evidence/tile/0/000.p/12"][:-32]


def tile_short(files):
    files["evidence/tile/0/000.p/11"] = files.pop("evidence/tile/0/000.p/12")[:-32]


LEAVES = []
mk.bundle(mk.scene(), {"leaves": lambda x: LEAVES.extend(copy.deepcopy(x))})
RAW = [mk.canon(x) for x in LEAVES]
I, N = "integrity", "inclusion"
# What, the stage of make_bundle.bundle(), the change, the names that fail.
CASES = [
    # without a key
    ("a file more", "sealed", lambda f: f.update({"notes.txt": b"x"}), {I}),
    ("a file less", "sealed", delete("report.html"), {I}),
    ("the manifest without a line", "sealed", put("MANIFEST.sha256", lambda m: m.split(b"\n", 1)[1]), {I}),
    ("another report", "sealed", put("report.json", lambda d: d + b" "), {I}),
    ("the manifest in another order", "sealed", put("MANIFEST.sha256", lambda m: b"".join(sorted(m.splitlines(True)))), {I}),
    ("no manifest", "sealed", delete("MANIFEST.sha256"), {I}),
    ("no signature of the manifest", "sealed", delete("MANIFEST.sha256.sig"), {I}),
    ("no checkpoint", "sealed", delete("evidence/checkpoint"), {I, "signer"}),
    ("a manifest signed by another", "sealed", lambda f: f.update({"MANIFEST.sha256.sig": mk.sshsig(mk.FOREIGN, f["MANIFEST.sha256"])}), {I}),
    ("a manifest signed for another purpose", "sealed", lambda f: f.update({"MANIFEST.sha256.sig": mk.sshsig(mk.EXPORTER, f["MANIFEST.sha256"], b"file")}), {I}),
    ("a signature in other columns", "sealed", put("MANIFEST.sha256.sig", lambda s: s.replace(b"\n", b"", 2).replace(b"SIGNATURE-----", b"SIGNATURE-----\n", 1)), {I}),
    # with the exporter's key: the manifest holds, the rest must not
    ("a file more, signed", "files", lambda f: f.update({"evidence/notes.txt": b"x"}), {I}),
    ("a proof more, signed", "files", lambda f: f.update({"evidence/proof/000000.tlog-proof": f["evidence/proof/000001.tlog-proof"]}), {I}),
    ("a file less, signed", "files", delete("facts.ndjson.zst"), {I}),
    ("a report edited, signed", "files", put("report.json", lambda d: d + b" "), {I}),
    ("a configuration edited, signed", "files", put("evidence/config/policy.yaml", lambda d: d + b"#"), {I}),
    ("two proofs swapped", "files", swap("evidence/proof/000008.tlog-proof", "evidence/proof/000009.tlog-proof"), {N}),
    ("a proof with another index", "files", put("evidence/proof/000008.tlog-proof", sub(b"index 8", b"index 9")), {N}),
    ("a proof missing", "files", delete("evidence/proof/000008.tlog-proof"), {I, N}),
    ("a proof in CRLF", "files", put("evidence/proof/000008.tlog-proof", lambda d: d.replace(b"\n", b"\r\n")), {N}),
    ("a tile of another width beside it", "files", tile_twin, {I}),
    ("a tile of another width", "files", tile_short, {I}),
    ("a tile of other hashes", "files", put("evidence/tile/0/000.p/12", lambda d: d[32:] + d[:32]), {I}),
    ("entries in another order", "files", put(ENTRIES, lambda d: b"".join(len(x).to_bytes(2, "big") + x for x in [RAW[1], RAW[0]] + RAW[2:])), {I}),
    ("entries with an octet more", "files", put(ENTRIES, lambda d: d + b"\0"), {I}),
    ("a checkpoint with a vertical tab for a newline", "files", put("evidence/checkpoint", lambda d: d[:-1] + b"\x0b"), {I}),
    ("a checkpoint in CRLF", "files", put("evidence/checkpoint", lambda d: d.replace(b"\n", b"\r\n")), {I}),
    ("a checkpoint with a second signature", "files", put("evidence/checkpoint", lambda d: d + d.split(b"\n")[4] + b"\n"), {I}),
    ("a checkpoint with an extension line", "files", put("evidence/checkpoint", sub(b"\n\n", b"\nmore\n\n")), {I}),
    ("a checkpoint of another size", "files", put("evidence/checkpoint", sub(b"\n12\n", b"\n11\n")), {I, "signer"}),
    ("a checkpoint with a leading zero", "files", put("evidence/checkpoint", sub(b"\n12\n", b"\n012\n")), {I}),
    ("a checkpoint with a hyphen for the dash", "files", put("evidence/checkpoint", sub("\u2014".encode(), b"-")), {I}),
    ("the log's key of another", "files", lambda f: f.update({"evidence/log.vkey": mk.bundle(mk.scene(), log=mk.FOREIGN)["evidence/log.vkey"]}), {I}),
    ("the exporter's key of another", "files", put("evidence/exporter.pub", lambda d: mk.bundle(mk.scene(), exporter=mk.FOREIGN)["evidence/exporter.pub"]), {I}),
    ("the exporter's key with another comment", "files", put("evidence/exporter.pub", sub(b"exporter", b"me")), {I}),
    ("a packet less", "rows", delete(1), {N}),
    ("the last packet less", "rows", delete(-1), {N}),
    ("two packets in another order", "rows", swap(0, 1), {N}),
    ("a packet twice", "rows", lambda r: r.insert(1, r[0]), {N}),
    ("a packet more", "rows", lambda r: r.append(dict(r[-1], seq="3", i=1)), {N}),
    ("another time", "rows", lambda r: r[0].update(ts=str(mk.T0 + 1)), {N}),
    ("another length on the wire", "rows", lambda r: r[0].update(orig=99), {N}),
    ("another input", "rows", lambda r: r[-1].update({"if": 0}), {N}),
    ("another frame number", "rows", lambda r: r[0].update(seq="2"), {N}),
    ("another position", "rows", lambda r: r[0].update(i=1), {N}),
    ("another leaf", "rows", lambda r: r[0].update(leaf=r[1]["leaf"]), {N}),
    ("a proof with a hash more", "rows", lambda r: r[0]["proof"].append(r[0]["leaf"]), {N}),
    ("a chunk of another class", "rows", lambda r: r[0]["ch"][1].update(k="H"), {N}),
    ("a masked chunk shown as another class", "rows", lambda r: r[1]["ch"][2].update(k="U"), {N}),
    ("a masked chunk with a salt", "rows", lambda r: r[1]["ch"][2].update(s=r[1]["ch"][2].pop("c")), {N}),
    ("a chunk shown and masked at once", "rows", lambda r: r[1]["ch"][2].update(s=r[1]["ch"][0]["s"]), {N}),
    ("two chunks in one", "rows", lambda r: (r[0]["ch"][0].update(n=24), r[0]["ch"].pop(1)), {N}),
    ("a chunk of nothing", "rows", lambda r: r[0]["ch"].insert(1, dict(r[0]["ch"][0], n=0, o=16, k="S")), {N}),
    ("a chunk past the end", "rows", lambda r: r[0]["ch"][-1].update(n=99), {N}),
    ("another commitment", "rows", lambda r: r[1]["ch"][2].update(c=r[1]["ch"][4]["c"]), {N}),
    ("something in a masked hole", "files", hole, {N}),
    ("an octet of signalling", "files", put(PCAP, sub(b"NG Setup", b"NG setup")), {N}),
    ("a comment of another packet", "files", put(PCAP, sub(b"input 0 frame 7 ", b"input 0 frame 8 ")), {N}),
    ("an octet after the last packet", "files", put(PCAP, lambda d: d + b"\0"), {N}),
    ("a block more", "files", put(PCAP, lambda d: d + mk.block(0xBAD, b"hidden..")), {N}),
    ("a padding that is not zero", "files", put(PCAP, lambda d: d.replace(b"input 0\0", b"input 0\1", 1)), {N}),
    ("no packets", "files", both(put(JSONL, lambda d: b""), put(PCAP, lambda d: d[:28])), {N}),
    ("packets' lines in CRLF", "files", put(JSONL, lambda d: d.replace(b"\n", b"\r\n")), {N}),
    ("a vertical tab for a newline", "files", put(JSONL, lambda d: d.replace(b"\n", b"\x0b", 1)), {N}),
    ("a last line without its newline", "files", put(JSONL, lambda d: d[:-1]), {N}),
    ("an empty line", "files", put(JSONL, lambda d: d + b"\n"), {N}),
    ("a space in a line", "files", put(JSONL, sub(b'"cap":', b'"cap": ')), {N}),
    ("members of a line in another order", "files", put(JSONL, lambda d: re.sub(rb'"cap":26,("ch":\[.*?\]),', rb'\1,"cap":26,', d, 1)), {N}),
    ("a member of a line twice", "files", put(JSONL, sub(b'"cap":26,', b'"cap":26,"cap":26,')), {N}),
    # with the log's key: what contradicts itself
    ("a segment left out", "leaves", delete(of("seg", 1)), {I}),
    ("a segment counted short", "leaves", member("seg", 0, ["count"], 65535), {I}),
    ("a segment of none at the end", "leaves", both(member("seg", 0, ["count"], 66000), member("seg", 1, ["count"], 0)), {I}),
    ("a segment that begins later", "leaves", member("seg", 1, ["first"], "65538"), {I}),
    ("a segment of another root", "leaves", member("seg", 0, ["root"], "00" * 32), {N}),
    ("a segment that retained one less", "leaves", member("seg", 0, ["retained"], lambda n: n - 1), {I}),
    ("a segment that ends before it begins", "leaves", member("seg", 0, ["until"], str(mk.T0 - 1)), {I}),
    ("packets outside that no segment has", "leaves", both(member("close", 0, ["coverage", "outside"], "1"), member("close", 0, ["coverage", "packets"], "66004"),
                                                           member("close", 0, ["coverage", "decoded"], "66001")), {I}),
    ("another coverage", "leaves", member("close", 0, ["coverage", "packets"], "66006"), {I}),
    ("decoded more than there was", "leaves", member("close", 0, ["coverage", "decoded"], "66005"), {I}),
    ("an input counted short", "leaves", member("close", 0, ["inputs", 0, "packets"], "65999"), {I}),
    ("an input of another digest", "leaves", member("close", 0, ["inputs", 0, "sha256"], "00" * 32), {I}),
    ("a finding left out", "leaves", delete(of("finding", 1)), {I}),
    ("two segments in another order", "leaves", swap(of("seg", 0), of("seg", 1)), {I}),
    ("configuration after a segment", "leaves", moved(of("config", 3), of("seg", 0)), {I}),
    ("a pack before the policy", "leaves", moved(of("config", 2), of("config", 0)), {I}),
    ("a configuration of another digest", "leaves", member("config", 0, ["sha256"], "00" * 32), {I}),
    ("a configuration with a way out", "leaves", member("config", 3, ["name"], "../../etc/passwd"), {I}),
    ("a finding under another policy", "leaves", member("finding", 0, ["core", "config", "policy"], "00" * 32), {I}),
    ("a finding without a policy", "leaves", member("finding", 0, ["core", "config", "policy"], None), {I}),
    ("a finding of other rules", "leaves", member("finding", 0, ["core", "ruleset"], "mine"), {I}),
    ("a finding on another frame", "leaves", member("finding", 0, ["core", "grounds"], [{"frame": 1, "input": 0}]), {N}),
    ("a finding under another id", "leaves", member("finding", 0, ["id"], "F-000000000000"), {I}),
    ("a finding about another", "leaves", member("finding", 0, ["core", "subject"], "gnb-2"), {I}),
    ("a finding without grounds", "leaves", member("finding", 0, ["core", "grounds"], []), {I}),
    ("a finding with fewer packets than grounds", "leaves", member("finding", 1, ["pkts"], lambda p: p[:1]), {I}),
    ("a finding on a packet that is not there", "leaves", member("finding", 0, ["pkts"], [[of("seg"), 9]]), {I}),
    ("a finding on a leaf that is no segment", "leaves", member("finding", 0, ["pkts"], [[0, 0]]), {I}),
    ("a finding with a member more", "leaves", member("finding", 0, ["core"], lambda c: dict(c, ue="x")), {I}),
    ("a finding with a member less", "leaves", member("finding", 0, ["core"], lambda c: {k: c[k] for k in c if k != "need"}), {I}),
    ("a report of another digest", "leaves", member("close", 0, ["files", "report.json"], "00" * 32), {I}),
    ("the exporter of another", "leaves", member("genesis", 0, ["exporter"], mk.public(mk.FOREIGN).hex()), {I}),
    ("other rules in leaf 0", "leaves", member("genesis", 0, ["ruleset"], "other"), {I}),
    ("another case", "leaves", member("genesis", 0, ["case"], "0" * 16), {I}),
    ("another origin in leaf 0", "leaves", member("genesis", 0, ["origin"], lambda o: o[:-1] + "x"), {I}),
    ("two first leaves", "leaves", lambda x: x.insert(0, x[0]), {I}),
    ("two last leaves", "leaves", lambda x: x.append(x[-1]), {I}),
    ("no last leaf", "leaves", delete(-1), {I}),
    ("a leaf of no known type", "leaves", lambda x: x.insert(8, {"t": "note", "v": 1}), {I}),
    ("a leaf of another version", "leaves", member("seg", 0, ["v"], 2), {I}),
    ("true for a number", "leaves", member("seg", 0, ["v"], True), {I}),
    ("a number for a decimal string", "leaves", member("seg", 0, ["first"], 1), {I}),
    ("a decimal string with a leading zero", "leaves", member("seg", 0, ["bytes"], "04711"), {I}),
    ("a decimal string past 64 bits", "leaves", member("seg", 0, ["bytes"], str(2**64)), {I}),
    ("a decimal string with a newline", "leaves", member("seg", 0, ["bytes"], "4711\n"), {I}),
    ("digits of another script", "leaves", member("seg", 0, ["bytes"], "\u0661"), {I}),
    ("hex in upper case", "leaves", member("genesis", 0, ["run"], lambda s: s.upper()), {I}),
    ("a day that is none", "leaves", member("genesis", 0, ["at"], "2026-1-1"), {I}),
    ("a day of no month", "leaves", member("genesis", 0, ["at"], "2026-13-01"), {I}),
    ("a day past the month", "leaves", member("genesis", 0, ["at"], "2026-11-31"), {I}),
    ("a window that ends before it begins", "leaves", both(member("genesis", 0, ["from"], "9"), member("genesis", 0, ["until"], "9")), {I}),
    ("a segment that ends before its packets", "leaves", both(member("seg", 0, ["until"], str(mk.T0)), member("seg", 0, ["from"], str(mk.T0))), {N}),
    ("a need that is none", "leaves", member("finding", 0, ["core", "need"], "none"), {I}),
    ("a severity that is none", "leaves", member("finding", 0, ["core", "severity"], "critical"), {I}),
    ("a verdict that makes no finding", "leaves", member("finding", 0, ["core", "verdict"], "conform"), {I}),
    ("a finding that says not whether it comes out", "leaves", lambda x: [y.pop("alone") for y in x if y["t"] == "finding"], {I}),
    # the same, in the octets of a leaf
    ("a member twice", "raw", at(5, sub(b'"count":', b'"count":65536,"count":')), {I}),
    ("members in another order", "raw", at(0, sub(b'"case":"' + CASE + b'","exporter"', b'"exporter":"","case"')), {I}),
    ("a space", "raw", at(5, sub(b'"n":0', b'"n": 0')), {I}),
    ("a leading zero", "raw", at(5, sub(b'"n":0', b'"n":00')), {I}),
    ("a minus zero", "raw", at(5, sub(b'"n":0', b'"n":-0')), {I}),
    ("a fraction", "raw", at(5, sub(b'"n":0', b'"n":0.0')), {I}),
    ("an exponent", "raw", at(5, sub(b'"n":0', b'"n":0e1')), {I}),
    ("a number past 2^53", "raw", at(5, sub(b'"outside":0', b'"outside":9007199254740992')), {I}),
    ("a number without end", "raw", at(5, sub(b'"outside":0', b'"outside":' + b"9" * 5000)), {I}),
    ("NaN", "raw", at(5, sub(b'"outside":0', b'"outside":NaN')), {I}),
    ("a newline after the brace", "raw", at(5, lambda d: d + b"\n"), {I}),
    ("an escape that is not needed", "raw", at(0, sub(b"0.1.0", b"case\\u002d1")), {I}),
    ("an escaped slash", "raw", at(0, sub(b"0.1.0", b"case\\/1")), {I}),
    ("an escaped newline", "raw", at(0, sub(b"0.1.0", b"case\\n1")), {I}),
    ("a control character", "raw", at(0, sub(b"0.1.0", b"case\x7f1")), {I}),
    ("octets past ASCII", "raw", at(0, sub(b"0.1.0", "caf\u00e9-1".encode())), {I}),
    ("two objects in a leaf", "raw", at(5, lambda d: d + b"{}"), {I}),
    ("an array for an object", "raw", at(5, lambda d: b"[" + d + b"]"), {I}),
    ("an empty leaf", "raw", at(5, lambda d: b""), {I}),
    ("a leaf as deep as it is long", "raw", at(5, lambda d: b'{"a":' + b"[" * 30000 + b"]" * 30000 + b"}"), {I}),
]


def forge(stage, change):
    return mk.bundle(copy.deepcopy(mk.scene()), {stage: change})


def octet(rng, files):
    """(name, its octets with one thing changed, what): a bit, an octet more or less, an end cut off."""
    names = sorted(files)
    name = rng.choices(names, [min(len(files[n]), 4000) + 40 for n in names])[0]
    data, how = bytearray(files[name]), rng.randrange(8)
    i = rng.randrange(len(data) or 1)
    if how == 0 or not data:
        data.insert(i, rng.randrange(256))
    elif how == 1:
        del data[i]
    elif how == 2:
        del data[i:]
    else:
        data[i] ^= 1 << rng.randrange(8)
    return name, bytes(data), "%s: %s at %d" % (name, ("insert", "delete", "cut")[how] if how < 3 else "flip", i)


def resigned(files):
    """The files of the manifest that the exporter makes and signs again over these."""
    text = mk.manifest({n: d for n, d in files.items() if not n.startswith("MANIFEST")})
    return {"MANIFEST.sha256": text, "MANIFEST.sha256.sig": mk.sshsig(mk.EXPORTER, text)}
