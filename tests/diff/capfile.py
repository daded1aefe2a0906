"""A small reader of capture files, of its own kind: which frames are copies of earlier ones, and which are cut.

Classic pcap and pcapng, plain or gzip; Ethernet with tags, Linux cooked 1 and 2, raw IP, null and loop.  A copy is an IP
packet equal to an earlier one from the IP header on, TTL and header checksum aside, captured at most 10 ms apart.
"""
import functools, gzip, struct

WINDOW_NS = 10 * 1000 * 1000
# pcapng blocks without packets that Wireshark counts as frames all the same: journal entries, custom and event blocks.
COUNTED = (0x9, 0xbad, 0x40000bad, 0x204, 0x208)


class Trouble(Exception):
    pass


def octets(path):
    with open(path, "rb") as f:
        data = f.read()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def frames(path):
    """(number, time in ns, link type, captured octets, wire length)."""
    data = octets(path)
    magic = data[:4]
    if magic in (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d"):
        if data[4:6] in (b"\x01\x00", b"\x00\x01", b"\x00\x00"):
            raise Trouble("%s: a version of pcap before 2" % path)
        return classic(data)
    if magic == b"\x0a\x0d\x0d\x0a":
        return sections(data)
    raise Trouble("%s: not a capture" % path)


def classic(data):
    e = "<" if data[0] in (0xd4, 0x4d) else ">"
    unit = 1 if data[:4] in (b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d") else 1000
    link = struct.unpack_from(e + "I", data, 20)[0] & 0x0fffffff
    at, n = 24, 0
    while at + 16 <= len(data):
        sec, frac, cap, wire = struct.unpack_from(e + "IIII", data, at)
        if at + 16 + cap > len(data):
            return
        n += 1
        yield n, sec * 10**9 + frac * unit, link, data[at + 16:at + 16 + cap], wire
        at += 16 + cap


def sections(data):
    at, n, e, interfaces = 0, 0, "<", []
    while at + 12 <= len(data):
        if data[at:at + 4] == b"\x0a\x0d\x0d\x0a":
            e = "<" if data[at + 8:at + 12] == b"\x4d\x3c\x2b\x1a" else ">"
            interfaces = []
            if struct.unpack_from(e + "HH", data, at + 12) not in ((1, 0), (1, 2)):
                return
        kind, size = struct.unpack_from(e + "II", data, at)
        if size < 12 or at + size > len(data):
            return
        body = data[at + 8:at + size - 4]
        if kind == 1:
            interfaces.append((struct.unpack_from(e + "H", body)[0], tick(body, e)))
        elif kind in (2, 6) and size >= 32:
            i = struct.unpack_from(e + ("I" if kind == 6 else "H"), body)[0]
            hi, lo, cap, wire = struct.unpack_from(e + "IIII", body, 4)
            n += 1
            if i < len(interfaces):		# else a frame of an interface that nobody described: tshark counts it too
                yield n, (hi << 32 | lo) * 10**9 // interfaces[i][1], interfaces[i][0], body[20:20 + cap], wire
        elif kind == 3 and size >= 16 and interfaces:
            wire = struct.unpack_from(e + "I", body)[0]
            n += 1
            yield n, 0, interfaces[0][0], body[4:4 + wire], wire
        elif kind in COUNTED:
            n += 1
        at += size


def tick(body, e):
    at = 8
    while at + 4 <= len(body):
        code, size = struct.unpack_from(e + "HH", body, at)
        if code == 9 and size >= 1:
            v = body[at + 4]
            return 2 ** (v & 127) if v & 128 else 10 ** v
        if code == 0:
            break
        at += 4 + (size + 3) // 4 * 4
    return 10**6


def ip_of(link, b):
    """The IP packet of a frame, without what pads it; None: none."""
    at = {101: 0, 12: 0, 14: 0, 228: 0, 229: 0, 0: 4, 108: 4}.get(link)
    if at is None:
        if link == 1 and len(b) >= 14:
            at, kind = 14, b[12:14]
        elif link == 113 and len(b) >= 16:
            at, kind = 16, b[14:16]
        elif link == 276 and len(b) >= 20:
            at, kind = 20, b[0:2]
        else:
            return None
        while kind in (b"\x81\x00", b"\x88\xa8", b"\x91\x00") and len(b) >= at + 4:
            kind, at = b[at + 2:at + 4], at + 4
        if kind not in (b"\x08\x00", b"\x86\xdd"):
            return None
    p = b[at:]
    if len(p) >= 20 and p[0] >> 4 == 4:
        return p[:struct.unpack_from(">H", p, 2)[0] or len(p)]
    if len(p) >= 40 and p[0] >> 4 == 6:
        return p[:40 + struct.unpack_from(">H", p, 4)[0]]
    return None


def key(p):
    p = bytearray(p)
    if p[0] >> 4 == 4:
        p[8] = p[10] = p[11] = 0
    else:
        p[7] = 0
    return bytes(p)


def has_secrets(path):
    """Is there a Decryption Secrets Block?  tshark uses what is in it."""
    data = octets(path)
    at = 0
    while data[:4] == b"\x0a\x0d\x0d\x0a" and at + 12 <= len(data):
        if data[at:at + 4] == b"\x0a\x0d\x0d\x0a":
            e = "<" if data[at + 8:at + 12] == b"\x4d\x3c\x2b\x1a" else ">"
        kind, size = struct.unpack_from(e + "II", data, at)
        if kind == 10:
            return True
        if size < 12:
            break
        at += size
    return False


@functools.lru_cache(maxsize=2)
def look(path):
    """(numbers of frames that are copies, numbers of frames that are cut); nothing of what is no capture."""
    last, found, cut = {}, set(), set()
    try:
        all_frames = frames(path)
    except (Trouble, EOFError, OSError):
        return found, cut
    for n, t, link, b, wire in all_frames:
        if wire > len(b):
            cut.add(n)
        p = ip_of(link, b)
        if p is None:
            continue
        k = key(p)
        if k in last and abs(t - last[k]) <= WINDOW_NS:
            found.add(n)
        else:
            last[k] = t
    return found, cut
