#!/usr/bin/env python3
"""test_keylog.py FAIRWITNESS: TLS that is read with a key log.

Golden captures cut at every packet and changed octet by octet: a message is what the whole capture has, or is missing.  A key log that
is none.  What is judged of it, sealed and verified.  And a real client and server (curl, Python's ssl) in a network of their own, in TLS
1.2 and 1.3, every cipher; tshark with the same key log reads the same.  TAP.
"""
import glob, json, os, shutil, socket, struct, subprocess, sys, threading

from opened import REGISTER, Lo, certificate, compare, facts
from tap import ROOT, TMP, done, ok, path as scratch, run, skip, write

GOLDEN = sorted(glob.glob(os.path.join(ROOT, "tests/golden/tls/keylog-*.pcap")))

# Frames in which tshark 4.0 reads otherwise.  It looks at the length of CBC's padding, not at its octets (RFC 5246 6.2.3.2 wants them
# checked), and reads on behind a record that is no whole number of blocks; it takes the MAC's side of a second hello for what is still
# under the cipher of the first; and it reads on behind a Change Cipher Spec to nothing that was agreed.
STRICT = {"keylog-cbc-wrong.pcap": (35, 75, 113), "keylog-again-wrong.pcap": (16, 18, 39)}


def records(pcap):
    data, at, found = open(pcap, "rb").read(), 24, []
    order = "<" if data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    while at + 16 <= len(data):
        n = struct.unpack(order + "I", data[at + 8:at + 12])[0]
        found.append(data[at:at + 16 + n])
        at += 16 + n
    return data[:24], found


def named(f, shift=0):
    """A message by its place and what it says; what may be missing of a header block whose table is not known is left out."""
    says = {k: v for k, v in f.items() if not k.startswith(("http2.headers", "fw.")) and k not in ("n", "in", "frame", "frames", "ies")}
    return f["frame"] + shift, json.dumps(says, sort_keys=True)


# ---- a golden capture in pieces

def cuts():
    bad, n, opened = [], 0, 0
    for pcap in [g for g in GOLDEN if g.endswith("-tls13.pcap")]:
        head, packets = records(pcap)
        whole = {named(f) for f in facts(pcap, pcap + ".keys")[0]}
        for first in range(1, len(packets)):
            got, counts = facts(write("cut.pcap", head + b"".join(packets[first:])), pcap + ".keys")
            n += 1
            opened += counts["decrypted"]
            bad += ["%s from packet %d: %s" % (os.path.basename(pcap), first + 1, f) for f in got if f.get("decrypted") and named(f, first) not in whole]
    ok(not bad and opened, "%d captures that begin later: what is decrypted is what the whole one has" % n, "\n".join(bad[:5]))


def changes():
    """Each octet of each record that a segment begins with, behind its header, a few of them each."""
    bad, n, failed = [], 0, 0
    for pcap in [g for g in GOLDEN if g.endswith("-tls12.pcap")]:
        head, packets = records(pcap)
        whole = {named(f) for f in facts(pcap, pcap + ".keys")[0]}
        for i, p in enumerate(packets):
            if len(p) < 16 + 54 + 6 or p[16 + 54] != 23:
                continue
            at = 16 + 54 + 5 + (7 * i) % (len(p) - 16 - 54 - 5)
            changed = p[:at] + bytes([p[at] ^ 1 << i % 8]) + p[at + 1:]
            got, counts = facts(write("changed.pcap", head + b"".join(packets[:i] + [changed] + packets[i + 1:])), pcap + ".keys")
            n += 1
            failed += counts["failed"]
            bad += ["packet %d: %s" % (i + 1, f) for f in got if f.get("decrypted") and (named(f) not in whole or f["frame"] == i + 1)]
    ok(not bad and failed == n > 9, "%d records with one bit changed: counted, and nothing of them is read" % n, "\n".join(bad[:5]))


def without():
    bad = []
    for pcap in GOLDEN:
        status, out, err = run("decode", "-r", pcap)
        bad += [pcap for l in out.splitlines() if b'"decrypted"' in l or b'"key_log"' in l or b'"kind":"http' in l]
    ok(not bad, "without the key log nothing is decrypted, and nothing speaks of one", bad)
    bad = []
    others = sorted(glob.glob(os.path.join(ROOT, "tests/golden/tls/*.pcap")))
    for pcap in others:
        keys = pcap + ".keys" if pcap in GOLDEN else GOLDEN[0] + ".keys"
        had = [json.loads(l) for l in run("decode", "-r", pcap)[1].splitlines()]
        had, got = [[json.dumps({k: v for k, v in f.items() if k != "n"}) for f in fs if f["kind"] not in ("run", "end", "tally", "loss") and not f.get("decrypted")]
                    for fs in (had, facts(pcap, keys)[0])]
        bad += ["%s: %s" % (os.path.basename(pcap), sorted(set(had) ^ set(got))[:2])] if had != got else []
    ok(not bad, "%d captures: what is in clear is read with a key log as without" % len(others), "\n".join(bad))


# ---- files that are no key log

def files():
    r, s = "ab" * 32, "cd" * 32
    rows = [("text", b"hello\n", ":1: it is no line"), ("a capture", open(GOLDEN[0], "rb").read(), ":1:"), ("digits", b"CLIENT_RANDOM %s xx\n" % r.encode(), ":1:"),
            ("odd", b"\n# c\nCLIENT_RANDOM abc abcd\n", ":3:"), ("a long line", b"CLIENT_RANDOM " + b"a" * 5000 + b"\n", ":1: the line is longer"),
            ("master", b"CLIENT_RANDOM %s %s\n" % (r.encode(), s.encode()), ":1: a master secret has 96"),
            ("random", b"CLIENT_TRAFFIC_SECRET_0 ab %s\n" % s.encode(), ":1: a client random has 64"),
            ("secret", b"SERVER_TRAFFIC_SECRET_0 %s abcd\n" % r.encode(), ":1: a traffic secret has 64 or 96"),
            ("more", b"SERVER_TRAFFIC_SECRET_0 %s %s x\n" % (r.encode(), s.encode()), ":1:"), ("zeros", b"CLIENT_RANDOM\0%s\n" % r.encode(), ":1:")]
    bad = []
    for name, text, want in rows:
        f = write("bad.keys", text)
        for args in (["audit", "-r", GOLDEN[0]], ["decode", "-r", GOLDEN[0]], ["register", "-r", GOLDEN[0], "-o", scratch("never")]):
            status, _, err = run(*args, "--keylog", f)
            if status != 2 or "bad.keys" + want not in err or s in err:
                bad.append("%s %s: %d %s" % (name, args[0], status, err))
    ok(not bad, "%d files that are no key log: exit status 2, and the line" % len(rows), "\n".join(bad))
    good = open(GOLDEN[-1] + ".keys", "rb").read()
    text = b"# comment\r\n\r\n" + good.replace(b"\n", b"\r\n") + b"RSA 0123456789abcdef " + s.encode() + b"\n" + b"CLIENT_TRAFF"
    got, counts = facts(GOLDEN[-1], write("crlf.keys", text))
    ok(counts["decrypted"] and counts["lines_skipped"] == good.count(b"EXPORTER") + 2, "lines end as they like, other labels and a line that is being written are counted", counts)
    status, _, err = run("decode", "-r", GOLDEN[0], "--keylog", scratch("nowhere"))
    ok(status == 2 and "nowhere: cannot be read" in err, "a key log that is not there is said", err)


# ---- what is judged

def judged():
    """Facts in clear, and the same decrypted: what was in clear text is a matter of who could read it."""
    bad = []
    for check, kinds in (("KEY-IN-CLEAR", ("ngap",)), ("MGMT-CLEARTEXT", ("ldap", "telnet", "snmp"))):
        for pcap in sorted(glob.glob(os.path.join(ROOT, "tests/golden/checks", check, "*.pcap"))):
            register = os.path.join(os.path.dirname(pcap), "register.yaml")
            with_register = ["--register", register] if os.path.exists(register) else []
            _, out, _ = run("decode", "-r", pcap, *with_register)
            lines = [json.loads(l) for l in out.splitlines()]
            if not any(f["kind"] in kinds for f in lines):
                continue
            found = []
            for mark in (False, True):
                for f in lines:
                    if mark and f["kind"] in kinds:
                        f["decrypted"] = True
                text = "".join(json.dumps(dict([(k, v) for k, v in f.items() if k not in ("outcome", "ies", "skipped") and "." not in k] +
                               [(k, f[k]) for k in f if k == "outcome"] + [(k, v) for k, v in f.items() if k in ("ies", "skipped") or "." in k])) + "\n" for f in lines)
                status, out, err = run("judge", write("facts.ndjson", text.encode()), "--json", *with_register, key=False)
                report = json.loads(out) if out else bad.append("%s: %s" % (pcap, err)) or {"findings": []}
                found.append([x["verdict"] for x in report["findings"] if x["check"] == check])
            if found[0] and found[1]:
                bad.append("%s: %s" % (pcap, found))
            judged.n += [check] if found[0] else []
    ok(not bad and set(judged.n) == {"KEY-IN-CLEAR", "MGMT-CLEARTEXT"}, "what was decrypted is not judged as in clear (%d captures that are)" % len(judged.n), "\n".join(bad[:4]))


judged.n = []


def forged(record):
    """The record, changed, and signed again by who has every key."""
    try:
        sys.dont_write_bytecode = True
        sys.path.insert(0, os.path.join(ROOT, "tests/verify"))
        import make_bundle as mk
        import reseal as rs
    except ImportError:
        skip("records with a key log that were signed again", "no cryptography for this python3")
        return
    log, exporter = (rs.key(os.path.join(TMP, "data/fairwitness", n)) for n in ("log.key", "export.key"))

    def nothing(files, said):
        pass

    def another(files, said):
        s = json.loads(files["report.json"])["coverage"]["key_log"]["sha256"].encode()
        files["report.json"] = files["report.json"].replace(s, s[::-1])

    def none(files, said):
        said.remove(next(x for x in said if x.get("kind") == "keylog"))
        del files["evidence/config/keylog.yaml"]

    def earlier(files, said):
        i = next(i for i, x in enumerate(said) if x.get("kind") == "keylog")
        said[i - 1], said[i] = said[i], said[i - 1]

    for what, change, fails in (("nothing", nothing, None), ("another key log in the report", another, "rendered"), ("no key log in the log", none, "rendered"),
                                ("the key log before a pack", earlier, "integrity")):
        files = rs.load(record)
        said = [json.loads(x) for x in rs.leaves(files)]
        change(files, said)
        rs.relog(files, said, log, exporter)
        shutil.rmtree(scratch("re"), True)
        mk.write(files, scratch("re"))
        said = [l.split()[:2] for l in run("verify", scratch("re"), key=False)[1].decode().splitlines()]
        theirs = subprocess.run([sys.executable, os.path.join(ROOT, "tests/verify/fwverify.py"), scratch("re")], stdout=subprocess.PIPE, universal_newlines=True).stdout
        bad = [x[0] for x in said if x[1] == "FAIL"]
        ok(bad == [fails] if fails else not bad, "signed again with %s: %s" % (what, fails or "holds"), said)
        ok(("integrity        FAIL" in theirs) == (fails == "integrity") and theirs, "and the other verifier says so", theirs)


def sealed():
    pcap = next(g for g in GOLDEN if g.endswith("-tls13.pcap"))
    keys, out, key = pcap + ".keys", scratch("sealed"), os.path.join(ROOT, "tests/golden/case.key")
    status, text, err = run("audit", "-r", pcap, "--keylog", keys, "-o", out, "--facts")
    report = json.load(open(os.path.join(out, "report.json")))
    roles = {r for e in report["elements"] for r in e["roles"]}
    ok(status == 0 and "NRF" in roles and "AMF" in roles, "an audit with the key log knows who is who", err or roles)
    evidence = [(x["what"], x["value"]) for e in report["elements"] for x in e["supplier_evidence"]]
    ok(any("Acme" in v for _, v in evidence) and any("Example NRF" in v for _, v in evidence), "a certificate and a banner under the cipher are evidence of the supplier", evidence)
    ok(report["security"]["sbi"] == {"decrypted_requests": 3} and report["security"]["links"][0]["protection"] == "tls" and
       {l["protection"] for l in report["network"]["links"]} <= {"tls"}, "nothing of it counts as in clear: the contact is under TLS", (report["security"], report["network"]["links"]))
    ok(b"1 of 1 TLS connection read with the key log" in text and b"Readable on the wire" not in text, "the summary says what was read with it", text.decode())
    secrets = [w for l in open(keys) if not l.startswith("#") and l.strip() for w in l.split()[2:]]
    subprocess.run("zstd -dcq facts.ndjson.zst > facts.ndjson", shell=True, cwd=out) if shutil.which("zstd") else None
    blobs = {}
    for d, _, names in os.walk(out):
        for n in names:
            blobs[os.path.join(d, n)] = open(os.path.join(d, n), "rb").read()
    leaked = [f for f, b in blobs.items() for s in secrets if s.encode() in b or bytes.fromhex(s) in b or b"001010000000042" in b]
    ok(not leaked and len(blobs) > 9, "no secret of the key log and no identity is in any of %d files" % len(blobs), leaked)
    if os.path.exists(os.path.join(out, "facts.ndjson")):
        os.unlink(os.path.join(out, "facts.ndjson"))
    packets = records_ng(os.path.join(out, "evidence/packets.pcapng"))
    shown = [p for p in packets if p[54:55] == b"\x17" and p[59:].strip(b"\0") and p[54 + 5:54 + 5 + 8].strip(b"\0")]
    ok(packets and not shown, "of records that were decrypted the %d packets that are kept show nothing" % len(packets), [p.hex() for p in shown[:2]])
    lines = {}
    other = write("other.keys", open(keys, "rb").read() + b"\n")
    for name, args in (("no captures", []), ("no key log", ["-r", pcap]), ("another", ["-r", pcap, "--keylog", other]), ("both", ["-r", pcap, "--keylog", keys])):
        status, text, err = run("verify", out, "--case-key", key, *args, key=False)
        lines[name] = status, {l.split()[0]: l.split(None, 2)[1:] for l in text.decode().splitlines() if len(l.split()) > 2}
    run("judge", write("list.ndjson", run("decode", "-r", pcap, "--keylog", keys, "--batch", "1")[1]), "-o", scratch("judged"), key=False)
    judged_again = json.load(open(scratch("judged") + "/report.json"))
    differ = [k for k in report if k not in ("tool", "inputs") and report[k] != judged_again.get(k)]
    ok(not differ, "judge says of the facts what audit says of the packets, whatever the batch", differ)
    ok(all(s == 0 for s, _ in lines.values()) and all(l["integrity"][0] == l["rendered"][0] == "PASS" for _, l in lines.values()), "the record verifies without the key log", lines)
    full = {k: l["re-derived-full"] for k, (_, l) in lines.items()}
    ok(full["no key log"][0] == "NOT-SHOWN" and "--keylog is needed" in full["no key log"][1] and full["another"][0] == "NOT-SHOWN" and "another --keylog" in full["another"][1],
       "without that key log the whole report is not shown, and not failed", full)
    ok(full["both"][0] == "PASS", "with it the captures give the report again, octet by octet", full)
    forged(out)
    register = write("register.yaml", REGISTER)
    out = scratch("finding")
    status, text, err = run("audit", "-r", pcap, "--keylog", keys, "--register", register, "-o", out)
    found = {f["check"] for f in json.load(open(os.path.join(out, "report.json")))["findings"]}
    _, less, _ = run("audit", "-r", pcap, "--register", register, "--json")
    less = {f["check"] for f in json.loads(less)["findings"]}
    ok(found - less == {"VENDOR-UNREGISTERED"}, "a finding that only the key log shows", (found, less, err))
    lines = {name: run("verify", out, "--case-key", key, *args, key=False)[1].decode() for name, args in (("alone", []), ("both", ["-r", pcap, "--keylog", keys]))}
    ok(all("re-derived-core  NOT-SHOWN  1 of 2 findings" in l and "-r with --keylog shows it" in l for l in lines.values()) and "re-derived-full  PASS" in lines["both"] and
       "FAIL" not in "".join(lines.values()), "the packets alone do not show it, and the record says so", lines)
    status, text, err = run("audit", "-r", pcap, "--keylog", shutil.copy(keys, out), "-o", out)
    ok(status == 2 and os.path.exists(os.path.join(out, "report.json")), "a key log in the directory that would be replaced is refused", (status, err))


def lines():
    """The line that a finding prints, run by a shell: it shows the frames that the finding cites, and what it says of them."""
    name = "the printed line of each finding shows its frames"
    if not shutil.which("tshark"):
        skip(name, "there is no tshark")
        return
    policy = write("concealed.yaml", b"version: 1\nimport: [default]\nsettings: {suci.require_concealment: true}\n")
    bad, n, needs = [], 0, {}
    for pcap in [g for g in GOLDEN if g.endswith(("-n1.pcap", "-tls12.pcap"))]:
        _, out, err = run("audit", "-r", pcap, "--keylog", pcap + ".keys", "--register", write("register.yaml", REGISTER), "--policy", policy, "--json")
        for f in json.loads(out)["findings"]:
            keyed = "tls.keylog_file" in f["tshark"]
            needs.setdefault(f["check"], set()).add(keyed)
            for keys in [pcap + ".keys"] + ([None] if keyed else []):
                env = {k: v for k, v in os.environ.items() if k != "KEYLOG"}
                p = subprocess.run(["sh", "-c", f["tshark"] + " -T fields -e frame.number"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(env, KEYLOG=keys) if keys else env)
                got = [int(x) for x in p.stdout.split()]
                want = sorted(x["frame"] for x in f["frames"])
                n += 1
                if keys and (p.returncode or (got != want if f["frames_total"] <= 64 else got[:len(want)] != want)):
                    bad.append("%s: %s\nwant %s, got %s %s" % (os.path.basename(pcap), f["tshark"], want[:9], got[:9], p.stderr))
                if not keys and (not p.returncode or b"is to name the key log" not in p.stderr):
                    bad.append("without the key log: %d %s" % (p.returncode, p.stderr))
    ok(not bad and n > 5 and needs["SUCI-NULL-SCHEME"] == {True} and needs["VENDOR-UNREGISTERED"] == {True}, name + ": %d" % n, "\n".join(bad[:5]) or needs)
    clear = next(g for g in GOLDEN if g.endswith("-n1.pcap"))
    _, out, _ = run("judge", write("n1.ndjson", run("decode", "-r", clear, "--keylog", clear + ".keys")[1]), "--register", write("register.yaml", REGISTER), "--policy", policy, "--json", key=False)
    found = json.loads(out)["findings"]
    of = [f["tshark"] for f in found if f["check"] == "SUCI-NULL-SCHEME"]
    ok(of and all("tls.keylog_file" in x for x in of), "and of facts that were decrypted elsewhere", found)


def records_ng(path):
    """The octets of each packet of a pcapng file."""
    data, at, out = open(path, "rb").read(), 0, []
    while at + 12 <= len(data):
        kind, size = struct.unpack("<II", data[at:at + 8])
        if kind == 6:
            n = struct.unpack("<I", data[at + 20:at + 24])[0]
            out.append(data[at + 28:at + 28 + n])
        at += size
    return out


# ---- a real client and a real server

BODY = b'{"nfInstanceId":"00000000-0000-4000-8000-0000000000a1","nfType":"AMF","nfStatus":"REGISTERED","ipv4Addresses":["127.0.0.1"]}'
CIPHERS = [("--tlsv1.3 --tls13-ciphers " + c) for c in ("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")] + \
          [("--tls-max 1.2 --ciphers ECDHE-ECDSA-" + c) for c in ("AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305", "AES128-CCM")]


def h2_frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def answer(c):
    """As much of HTTP/2 as curl wants of an NRF; the body comes in many frames."""
    data, begun = b"", False
    while True:
        try:
            more = c.recv(65536)
        except OSError:
            return
        if not more:
            return
        data += more
        if not begun:
            if len(data) < 24:
                continue
            data, begun = data[24:], True
            c.sendall(h2_frame(4, 0, 0, b""))
        while len(data) >= 9 and len(data) >= 9 + int.from_bytes(data[:3], "big"):
            n, kind, flags, stream = int.from_bytes(data[:3], "big"), data[3], data[4], int.from_bytes(data[5:9], "big")
            data = data[9 + n:]
            if kind == 4 and not flags & 1:
                c.sendall(h2_frame(4, 1, 0, b""))
            if kind in (0, 1) and flags & 1:
                c.sendall(h2_frame(1, 4, stream, b"\x88\x0f\x10\x10application/json\x0f\x27\x07NRF 1.0"))
                for i in range(0, len(BODY), 50):
                    c.sendall(h2_frame(0, i + 50 >= len(BODY), stream, BODY[i:i + 50]))


def inside(pcap, keys):
    """In a network of its own: makes both files."""
    import ssl
    d = os.path.dirname(pcap)
    certificate(d)
    lo = Lo()
    ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ctx.load_cert_chain(d + "/cert.pem", d + "/key.pem")
    ctx.set_ciphers("ALL")
    ctx.set_alpn_protocols(["h2"])
    server = socket.socket()
    server.bind(("127.0.0.1", 7777))
    server.listen(9)

    def serve():
        while True:
            try:
                c = server.accept()[0]
                c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                answer(ctx.wrap_socket(c, server_side=True))
            except OSError:
                pass
    threading.Thread(target=serve, daemon=True).start()
    for c in CIPHERS:
        r = subprocess.run(["curl", "-sk", "--http2", "-m", "5", "-X", "PUT", "-H", "content-type: application/json", "--data-binary", BODY.decode(),
                            "https://127.0.0.1:7777/nnrf-nfm/v1/nf-instances/00000000-0000-4000-8000-0000000000a1"] + c.split(), env=dict(os.environ, SSLKEYLOGFILE=keys),
                           stdout=subprocess.PIPE)
        if r.stdout != BODY:
            print("no answer with", c, r.returncode)
    lo.save(pcap)
    os._exit(0)


def real():
    name = "a real client and server"
    if not shutil.which("curl") or not shutil.which("openssl") or not shutil.which("unshare"):
        skip(name, "curl, openssl or unshare is not there")
        return
    pcap, keys = scratch("real.pcap"), scratch("real.keys")
    p = subprocess.run(["unshare", "-rn", sys.executable, os.path.abspath(__file__), "inside", pcap, keys], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    if not os.path.exists(pcap) or not os.path.exists(keys):
        skip(name, "no network namespace here: " + p.stdout.decode("utf-8", "replace").replace("\n", " ")[:200])
        return
    got, counts = facts(pcap, keys)
    n = len(CIPHERS) - p.stdout.count(b"no answer")
    ok(n >= 6 and counts["decrypted"] == n and not sum(counts[k] for k in ("no_secret", "cipher", "incomplete", "failed", "other", "refused")), "%d ciphers of a real client and server are opened" % n, (counts, p.stdout))
    asked = [f for f in got if f.get("http2.headers.path")]
    told = [f for f in got if f.get("fw.sbi.response") and f.get("fw.sbi.nf_type") == "AMF"]
    ok(len(asked) == len(told) == n and all(len(f.get("frames", [])) > 1 for f in told), "each request and its answer, whose body came in pieces", (len(asked), len(told)))
    if shutil.which("tshark"):
        compare(pcap, keys, name)
    half = write("half.keys", b"".join(l for i, l in enumerate(open(keys, "rb")) if b"CLIENT_RANDOM" not in l))
    ok(facts(pcap, half)[1]["no_secret"] == n - 3, "connections without a line are counted", facts(pcap, half)[1])


def main():
    ok(len(GOLDEN) == 12, "golden captures with their key logs", GOLDEN)
    without()
    files()
    cuts()
    changes()
    judged()
    sealed()
    lines()
    if shutil.which("tshark"):
        for g in GOLDEN:
            compare(g, g + ".keys", os.path.basename(g), STRICT.get(os.path.basename(g), ()))
    else:
        skip("tshark reads the same", "there is no tshark")
    real()
    done()


if len(sys.argv) > 3 and sys.argv[1] == "inside":
    inside(sys.argv[2], sys.argv[3])
main()
