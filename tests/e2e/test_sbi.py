#!/usr/bin/env python3
"""test_sbi.py FAIRWITNESS: a tap that begins at any packet of an SBI connection.

Each capture is cut at every packet: what is decoded of the rest must be what the whole capture has for the same frames, value by
value, or be missing; what is missing of a header block is counted (fw.http2.unknown_fields) or its outcome says why.  Never
another value, and a block that says it is whole is.  Golden captures, and captures by others where there are some.  TAP.
"""
import glob, json, os, shutil, struct, subprocess

from tap import ROOT, done, ok, others, path as scratch, run, skip

DATA = 0
HEADERS = ("http2.headers.", "fw.sbi.target_apiroot", "fw.sbi.authorization", "fw.sbi.token")


def records(path):
    """The octets before the first packet, and each packet with its record header."""
    data = open(path, "rb").read()
    order = "<" if data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    at, found = 24, []
    while at + 16 <= len(data):
        n = struct.unpack(order + "I", data[at + 8:at + 12])[0]
        found.append(data[at:at + 16 + n])
        at += 16 + n
    return data[:24], found


def facts(path):
    status, out, err = run("decode", "-r", path, "--proto", "http2", "--proto", "http")
    assert status in (0, 3), err
    return [f for f in map(json.loads, out.splitlines()) if f["kind"] in ("http2", "http")]


def place(f, shift=0):
    return f["frame"] + shift, f["off"], f["kind"]


def fields(f):
    return {k: v for k, v in f.items() if k.startswith(HEADERS)}


def wrong(whole, part):
    """What the cut capture says of a message that the whole one does not; None: nothing."""
    if whole is None:
        return "a message that is none"
    for k, v in part.items():
        if k in ("n", "in", "frame", "frames", "fw.http2.unknown_fields", "outcome", "fw.sbi.body_cut", "input"):
            continue
        had = whole.get(k)
        if k == "ies" or v == had:
            if v != had:
                return "what its body holds"
            continue
        if not set(v if isinstance(v, list) else [v]) <= set(had if isinstance(had, list) else [had]):
            return "%s is %r, was %r" % (k, v, had)
    less = set(fields(whole)) - set(fields(part)) if part.get("http2.type") != DATA else None	# a body whose head was not seen is not read
    if less and part["outcome"] == "ok" and not part.get("fw.http2.unknown_fields"):
        return "%s missing and not counted" % ", ".join(sorted(less))
    return None


def each_cut(path, name):
    head, packets = records(path)
    whole = {place(f): f for f in facts(path)}
    bad, messages, unknown, read = [], 0, 0, 0
    cut = scratch("cut.pcap")
    for first in range(1, len(packets)):
        with open(cut, "wb") as f:
            f.write(head + b"".join(packets[first:]))
        for f in facts(cut):
            messages += 1
            unknown += f.get("fw.http2.unknown_fields", 0)
            read += len(fields(f))
            why = wrong(whole.get(place(f, first)), f)
            if why:
                bad.append("from packet %d, frame %d: %s" % (first + 1, f["frame"] + first, why))
    ok(not bad and messages, "%s: %d cuts, %d messages, %d fields right, %d unknown and counted" % (name, len(packets) - 1, messages, read, unknown), "\n".join(bad[:8]))
    return unknown


def main():
    golden = sorted(glob.glob(os.path.join(ROOT, "tests", "golden", "http2", "*.pcap")))
    # of those left out: one is no HTTP/2, in one a message comes twice, in one the sender's error before it makes a block void
    left_out = ("look-alike.pcap", "captured-twice.pcap", "continuation.pcap")
    unknown = sum(each_cut(p, "golden http2/" + os.path.basename(p)) for p in golden if os.path.basename(p) not in left_out)
    ok(unknown > 0, "a tap that began late says what it does not know: %d fields" % unknown)
    for name in ("telekom-free5gc.pcap", "open5gs-roaming-sepp-clear.pcap"):
        found = [p for p in others() if os.path.basename(p) == name]
        if not found:
            skip("cuts of " + name, "it is not there")
        elif not shutil.which("editcap"):
            skip("cuts of " + name, "there is no editcap to make it a pcap")
        else:
            subprocess.run(["editcap", "-F", "pcap", found[0], scratch(name)], check=True, stderr=subprocess.DEVNULL)
            each_cut(scratch(name), name)
    done()


main()
