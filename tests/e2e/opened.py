"""What tests of TLS under a key log share: facts and tshark's fields side by side, packets of the loopback in a network of one's own."""
import json, os, socket, struct, subprocess, threading, time

from tap import ok, run

KEYS = ("http2.type", "http2.streamid", "http2.headers.method", "http2.headers.path", "http2.headers.authority", "http2.headers.status", "http.request.method",
        "http.request.uri", "http.response.code", "tls.handshake.type", "tls.handshake.extensions_server_name")

# Who the AMF of the captures is from, and nothing of the others.
REGISTER = b"""version: 1
operator: {name: Example Mobile, plmns: ["00101"]}
suppliers:
  - {id: acme, name: Acme Networks Ltd}
elements:
  - {id: amf-1, roles: [AMF], addresses: [10.1.7.11], supplier: acme}
networks:
  inside: [10.1.0.0/16]
"""


def facts(pcap, keys, *more):
    status, out, err = run("decode", "-r", pcap, "--keylog", keys, *more)
    assert status in (0, 3), err
    lines = [json.loads(l) for l in out.splitlines()]
    return [f for f in lines if f["kind"] not in ("run", "end", "tally", "loss")], lines[-1]["coverage"]["key_log"]


def values(got):
    out = {}

    def walk(o, frame):
        for k, v in o.items():
            if k in KEYS:
                out.setdefault((frame, k), []).extend(str(x) for x in (v if isinstance(v, list) else [v]))
        for x in o.get("ies", []):
            walk(x, frame)
    for f in got:
        walk(f, f["frame"])
    return {k: sorted(v) for k, v in out.items()}


def shark(pcap, keys):
    cmd = ["tshark", "-r", pcap, "-d", "tcp.port==7777,tls", "-o", "tls.keylog_file:" + keys, "-T", "fields", "-E", "aggregator=|", "-e", "frame.number"]
    for k in KEYS:
        cmd += ["-e", k]
    out = {}
    for line in subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True).stdout.splitlines():
        c = line.split("\t")
        out.update({(int(c[0]), k): sorted(v.split("|")) for k, v in zip(KEYS, c[1:]) if v})
    return out


def compare(pcap, keys, name, strict=()):
    """strict: frames in which tshark reads otherwise, for reasons that stand where they are named."""
    mine, theirs = values(facts(pcap, keys, "--clear")[0]), shark(pcap, keys)
    differ = ["%s: %s, tshark %s" % (k, mine.get(k), theirs.get(k)) for k in sorted(set(mine) | set(theirs)) if mine.get(k) != theirs.get(k) and k[0] not in strict]
    ok(not differ and theirs, "%s: tshark reads the same, %d values" % (name, len(theirs)), "\n".join(differ[:8]))


def certificate(d):
    """key.pem and cert.pem."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", d + "/key.pem", "-out", d + "/cert.pem",
                    "-days", "30", "-subj", "/CN=nrf.example/O=Example Core"], check=True, stderr=subprocess.DEVNULL)


class Lo:
    """Takes what passes the loopback, from now on."""

    def __init__(self):
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        self.tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        self.tap.bind(("lo", 0))
        self.tap.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self.tap.settimeout(0.5)
        self.packets, self.over = [], False
        self.taker = threading.Thread(target=self.take, daemon=True)
        self.taker.start()

    def take(self):
        while True:
            try:
                p, at = self.tap.recvfrom(1 << 18)
            except socket.timeout:
                if self.over:
                    return
                continue
            if at[2] == socket.PACKET_OUTGOING:
                self.packets.append((time.time_ns(), p))

    def save(self, pcap):
        self.over = True
        self.taker.join()
        with open(pcap, "wb") as f:
            f.write(struct.pack("<IHHiIII", 0xa1b23c4d, 2, 4, 0, 0, 1 << 18, 1))
            for t, p in self.packets:
                f.write(struct.pack("<IIII", t // 10**9, t % 10**9, len(p), len(p)) + p)
