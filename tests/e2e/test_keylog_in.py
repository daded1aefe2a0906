#!/usr/bin/env python3
"""test_keylog_in.py FAIRWITNESS: secrets of TLS that lie in a capture itself (pcapng's Decryption Secrets Blocks).

Not used unless asked for, always said, never in an output; blocks that lie, are large, many, of another kind, of either byte order, in
several sections and files, behind their packets, compressed.  A record that was made with them verifies.  TAP.
"""
import glob, gzip, hashlib, json, os, shutil, struct, subprocess, sys

from opened import REGISTER
from tap import ROOT, done, ok, path as scratch, run, skip, write

PCAP = os.path.join(ROOT, "tests/golden/tls/keylog-tls13.pcap")
KEYS = open(PCAP + ".keys", "rb").read()
CASE = os.path.join(ROOT, "tests/golden/case.key")
TLS, SSH = 0x544c534b, 0x5353484b


def block(kind, body, e="<"):
    body += b"\0" * (-len(body) % 4)
    return struct.pack(e + "II", kind, len(body) + 12) + body + struct.pack(e + "I", len(body) + 12)


def section(e="<"):
    return block(0x0a0d0d0a, struct.pack(e + "IHHq", 0x1a2b3c4d, 1, 0, -1), e) + block(1, struct.pack(e + "HHI", 1, 0, 0), e)


def dsb(text, kind=TLS, e="<", n=None):
    return block(10, struct.pack(e + "II", kind, len(text) if n is None else n) + text, e)


def packets(e="<", pcap=PCAP):
    data, at, out = open(pcap, "rb").read(), 24, []
    order = "<" if data[0] in (0xd4, 0x4d) else ">"
    fine = 1 if data[:4] in (b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d") else 1000
    while at + 16 <= len(data):
        s, f, n, wire = struct.unpack(order + "IIII", data[at:at + 16])
        t = s * 10**6 + f * fine // 1000
        out.append(block(6, struct.pack(e + "IIIII", 0, t >> 32, t & 0xffffffff, n, wire) + data[at + 16:at + 16 + n], e))
        at += 16 + n
    return out


PACKETS = b"".join(packets())


def decode(name, data, *more):
    status, out, err = run("decode", "-r", write(name, data), *more)
    lines = [json.loads(l) for l in out.splitlines()]
    facts = [json.dumps({k: v for k, v in f.items() if k != "in"}) for f in lines if f["kind"] not in ("run", "end")]
    return status, facts, lines[-1].get("coverage", {}) if lines else {}, err


def said(c):
    s = c.get("secrets_in_capture", {})
    return s.get("blocks", 0), s.get("tls", 0), s.get("used")


def blocks():
    """Each capture with its blocks; all of them hold the same packets and, in one place or another, the same secrets."""
    plain = decode("plain.pcapng", section() + PACKETS)
    want = decode("file.pcapng", section() + PACKETS, "--keylog", PCAP + ".keys")
    ok(plain[0] == want[0] == 0 and "secrets_in_capture" not in plain[2] and sum('"decrypted": true' in f for f in want[1]) > 9, "a capture without secrets says nothing of any", (plain[2], want[3]))
    half = KEYS.index(b"\n", len(KEYS) // 2) + 1
    pad = b"# " + b"x" * 100 + b"\n"
    rows = [("in front", section() + dsb(KEYS) + PACKETS, 1, 1), ("behind the packets", section() + PACKETS + dsb(KEYS), 1, 1),
            ("in halves, and a packet between", section() + dsb(KEYS[:half]) + PACKETS + dsb(KEYS[half:]), 2, 2),
            ("without an end of line", section() + dsb(KEYS[:half - 1]) + dsb(KEYS[half:].rstrip(b"\n")) + PACKETS, 2, 2),
            ("of the other byte order", section(">") + dsb(KEYS, e=">") + b"".join(packets(">")), 1, 1),
            ("in a section of its own", section(">") + dsb(KEYS, e=">") + section() + PACKETS, 1, 1),
            ("beside one of SSH", section() + dsb(b"secret", SSH) + dsb(KEYS) + PACKETS, 2, 1),
            ("larger than a window", section() + dsb(pad * 6000 + KEYS) + PACKETS, 1, 1),
            ("behind lines that are none", section() + dsb(b"\0\xff nonsense\nCLIENT_RANDOM 00 00\n" + b"z" * 70000 + b"\n" + KEYS) + PACKETS, 1, 1),
            ("beside one that lies about its length", section() + dsb(b"CLIENT_RANDOM", n=0xffffffff) + dsb(b"x" * 8, n=9) + block(10, b"") + dsb(KEYS) + PACKETS, 4, 1),
            ("beside many empty ones", section() + dsb(b"") * 20000 + dsb(KEYS) + PACKETS, 20001, 20001)]
    bad = []
    for name, data, n, tls in rows:
        for form in (data, gzip.compress(data, 1, mtime=0)):
            status, facts, c, err = decode("rows.pcapng", form, "--no-digest")
            if status or facts != plain[1] or "key_log" in c or said(c) != (n, tls, False):
                bad.append("%s, not asked for: %d %s %s" % (name, status, c.get("secrets_in_capture"), err))
            status, facts, c, err = decode("rows.pcapng", form, "--keylog-in-capture", "--no-digest")
            if status or facts != want[1] or "sha256" in c["key_log"] or said(c) != (n, tls, True):
                bad.append("%s: %d %s %s" % (name, status, c, err))
    ok(not bad, "%d captures with secrets in them: only counted, until somebody asks" % len(rows), "\n".join(bad))
    got = decode("front.pcapng", section() + dsb(KEYS) + PACKETS, "--keylog-in-capture", "--batch", "1")
    ok(got[1] == want[1] and got[2]["key_log"]["capture_sha256"] == hashlib.sha256(KEYS).hexdigest(), "they are named by their SHA-256, whatever the batch", got[2])
    got = decode("none.pcapng", section() + PACKETS, "--keylog-in-capture")
    ok(not got[0] and got[1] == plain[1] and got[2]["key_log"]["no_secret"] == got[2]["key_log"]["connections"] > 0 and said(got[2]) == (0, 0, None), "asked for, and none there", got[2])


def limits():
    """Nothing of a block that is not there to its end; what has no room is counted; the window is not moved under packets that are in use."""
    data = section() + PACKETS + dsb(KEYS)
    status, facts, c, err = decode("cut.pcapng", data[:-8], "--keylog-in-capture")
    ok(status == 3 and "damaged" in err and c["key_log"]["decrypted"] == 0, "a block that is cut short opens nothing", (status, err, c))
    big = section() + dsb(b"#" + b"y" * 500000 + b"\n" + KEYS) + PACKETS
    status, facts, c, err = decode("cut.pcapng", big[:400000], "--keylog-in-capture")
    ok(status == 3 and not facts and "damaged" in err, "nor does a large one", (status, err))
    one = b"#" + b"y" * ((16 << 20) - 100) + b"\n"
    full = gzip.compress(section() + dsb(KEYS) + dsb(one) * 4 + PACKETS, 1)
    status, facts, c, err = decode("full.pcapng", full, "--keylog-in-capture", "--no-digest")
    ok(not status and c["key_log"]["lines_refused"] == 1 and c["key_log"]["decrypted"] == 1, "64 MiB of blocks are kept, and the others counted", (status, c, err))
    each = packets()
    large = block(0xbad0, b"L" * 500000)
    wide = section() + b"".join(each[:20]) + large + b"".join(each[20:])
    rows = [decode("wide.pcapng", data)[:2] for data in (section() + PACKETS, wide)]
    ok(rows[0] == rows[1] and rows[0][1] and not rows[0][0], "packets in front of a large block are what they are", (len(rows[0][1]), len(rows[1][1])))
    both = write("both.pcapng", section() + dsb(b"".join(b" ".join(l.split()[:2]) + b" " + b"0" * len(l.split()[2]) + b"\n" if len(l.split()) == 3 else l + b"\n" for l in KEYS.splitlines())) + PACKETS)
    n = {name: json.loads(run("decode", "-r", both, *args)[1].splitlines()[-1])["coverage"]["key_log"] for name, args in
         (("wrong", ["--keylog-in-capture"]), ("both", ["--keylog-in-capture", "--keylog", PCAP + ".keys"]))}
    ok(n["wrong"]["decrypted"] == 0 and n["wrong"]["failed"] == 1 and n["both"]["decrypted"] == 1 and {"sha256", "capture_sha256"} <= set(n["both"]), "the user's own key log counts before what a capture says", n)
    p = run("decode", "-r", "-", "--keylog-in-capture")
    ok(p[0] == 2 and "standard input can be read once only" in p[2], "a stream is refused, for secrets may stand behind its packets", p)
    status, _, err = run("audit", "-r", scratch("nowhere.pcapng"), "--keylog-in-capture")
    ok(status == 3 and "nowhere.pcapng: cannot be read" in err, "an input that is not there is said as ever", (status, err))


def kinds(b):
    at = 0
    while at + 12 <= len(b):
        kind, n = struct.unpack("<II", b[at:at + 8])
        yield kind
        at += n


def files(d):
    return {os.path.join(w, n): open(os.path.join(w, n), "rb").read() for w, _, names in os.walk(d) for n in names}


def sealed():
    pcap, without, other = (write(n, d) for n, d in (("dsb.pcapng", section() + dsb(KEYS) + PACKETS), ("bare.pcapng", section() + PACKETS), ("other.pcapng", section() + dsb(KEYS + b"\n") + PACKETS)))
    secrets = [w for l in KEYS.splitlines() if not l.startswith(b"#") and l.strip() for w in l.split()[2:]]
    shown, register = {}, write("register.yaml", REGISTER)
    for name, args in (("used", ["--keylog-in-capture"]), ("unused", [])):
        out = scratch(name)
        status, text, err = run("audit", "-r", pcap, "--register", register, "-o", out, "--facts", *args)
        report = json.load(open(os.path.join(out, "report.json")))
        shown[name] = report
        if shutil.which("zstd"):
            subprocess.run("zstd -dcq facts.ndjson.zst > ../facts-%s" % name, shell=True, cwd=out)
        all_files = files(out)
        if os.path.exists(scratch("facts-" + name)):
            all_files["facts"] = open(scratch("facts-" + name), "rb").read()
        leaked = [f for f, b in all_files.items() for s in secrets if s in b or s.upper() in b or bytes.fromhex(s.decode()) in b]
        ok(status == 0 and len(all_files) > 9 and not leaked, "%s: no secret of the capture is in any of %d files" % (name, len(all_files)), (leaked, err))
        ok(b"1 block of secrets in the inputs, 1 of them of TLS, " + (b"used" if args else b"not used") in text, "%s: the summary says so" % name, text.decode())
        html = open(os.path.join(out, "report.html")).read()
        ok("blocks of secrets lay in the inputs" in html and (hashlib.sha256(KEYS).hexdigest() in html) == bool(args), "%s: and the page" % name)
        status, _, err = run("capsule", out, report["findings"][0]["id"], "-o", scratch(name + ".cap.pcapng"), "--context", key=False)
        kept = [open(f, "rb").read() for f in (scratch(name + ".cap.pcapng"), os.path.join(out, "evidence/packets.pcapng"))]
        ok(not status and not any(s in b for s in secrets for b in kept) and not any(kind == 10 for b in kept for kind in kinds(b)), "%s: a capsule and the retained packets have no block of secrets" % name, err)
    note = files(scratch("used"))[os.path.join(scratch("used"), "evidence/config/keylog.yaml")].decode()
    ok(note.endswith("\ncapture_sha256: " + hashlib.sha256(KEYS).hexdigest() + "\n") and not os.path.exists(os.path.join(scratch("unused"), "evidence/config/keylog.yaml")) and
       any("NRF" in e["roles"] for e in shown["used"]["elements"]) and "key_log" not in shown["unused"]["coverage"], "a record names the secrets that it was made with by their SHA-256", note)
    want = {"used": {pcap: "PASS", without: "NOT-SHOWN", other: "NOT-SHOWN"}, "unused": {pcap: "PASS"}}
    bad = []
    for name in want:
        for r, word in want[name].items():
            status, text, err = run("verify", scratch(name), "--case-key", CASE, "-r", r, key=False)
            lines = {l.split()[0]: l.split(None, 2)[1:] for l in text.decode().splitlines() if len(l.split()) > 2}
            if lines["re-derived-full"][0] != word or (word != "PASS" and "TLS was read with secrets in the captures" not in lines["re-derived-full"][1]) or "FAIL" in (l[0] for l in lines.values()):
                bad.append((name, r, status, lines))
    ok(not bad, "verify -r takes them from the captures, and says when these have others", bad)
    ours = [json.loads(l)["coverage"] for l in run("decode", "-r", pcap, "--keylog-in-capture")[1].splitlines() if b'"kind":"end"' in l][0]
    run("judge", write("list.ndjson", run("decode", "-r", pcap, "--keylog-in-capture")[1]), "--register", register, "-o", scratch("judged"), key=False)
    again = json.load(open(scratch("judged") + "/report.json"))
    differ = [k for k in shown["used"] if k not in ("tool", "inputs") and shown["used"][k] != again.get(k)]
    ok(not differ and again["coverage"]["secrets_in_capture"] == ours["secrets_in_capture"], "judge says of the facts what audit says of the packets", differ)


def drafts():
    pcap = write("dsb.pcapng", section() + dsb(KEYS) + PACKETS)
    got = []
    for name, args in (("draft", []), ("opened", ["--keylog-in-capture"])):
        status, _, err = run("register", "-r", pcap, "-o", scratch(name), *args, key=False)
        got.append(b"NRF" in open(scratch(name) + "/register.yaml", "rb").read() if not status else err)
    ok(got == [False, True], "drafts of a register know the roles when asked", got)


def injected():
    """What Wireshark users have."""
    if not shutil.which("editcap") or not shutil.which("tshark"):
        skip("editcap's blocks", "there is no editcap or tshark")
        return
    out = scratch("injected.pcapng")
    subprocess.run(["editcap", "--inject-secrets", "tls," + PCAP + ".keys", PCAP, out], check=True)
    status, text, err = run("decode", "-r", out, "--keylog-in-capture", "--clear")
    mine = sorted(f["frame"] for f in map(json.loads, text.splitlines()) if f["kind"] == "http2" and f.get("http2.headers.path"))
    theirs = subprocess.run(["tshark", "-r", out, "-d", "tcp.port==7777,tls", "-Y", "http2.headers.path", "-T", "fields", "-e", "frame.number"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    ok(mine and sorted(set(mine)) == sorted(int(x) for x in theirs.split()), "of editcap's block tshark and we read the same requests", (mine, theirs, err))


blocks()
limits()
sealed()
drafts()
injected()
done()
