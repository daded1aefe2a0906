#!/usr/bin/env python3
"""test_keylog_real.py FAIRWITNESS: TLS of a real client and a real server (OpenSSL's), opened with the key log they wrote.

CBC suites of TLS 1.2 with the MAC on either side of the cipher; sessions that are resumed (tickets, ids, pre-shared keys of 1.3); a Hello
Retry Request; handshakes under the cipher of another.  tshark with the same key log reads the same.  TAP.
"""
import json, os, shutil, socket, subprocess, sys, threading, time

from opened import Lo, certificate, compare, facts
from tap import done, ok, path as scratch, run, skip, write

NO_ETM, RENEGOTIATION, PLAIN = 1 << 19, 1 << 8, 7777
CBC = ["ECDHE-ECDSA-" + c for c in ("AES128-SHA", "AES256-SHA", "AES128-SHA256", "AES256-SHA384")]


def request(n):
    return b"GET /nnrf-disc/v1/nf-instances?target-nf-type=SMF&requester-nf-type=AMF&n=%d HTTP/1.1\r\nHost: nrf.example\r\n\r\n" % n


ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 38\r\n\r\n{\"validityPeriod\":10,\"nfInstances\":[]}"


def serve(port, ctx):
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", port))
    s.listen(9)

    def one(c):
        try:
            c = ctx.wrap_socket(c, server_side=True)
            data = b""
            while True:
                more = c.recv(65536)
                if not more:
                    c.unwrap()
                    return
                data += more
                while b"\r\n\r\n" in data:
                    data = data.split(b"\r\n\r\n", 1)[1]
                    c.sendall(ANSWER)
        except OSError:
            pass

    def loop():
        while True:
            threading.Thread(target=one, args=(s.accept()[0],), daemon=True).start()
    threading.Thread(target=loop, daemon=True).start()


def ask(c, n):
    c.sendall(request(n))
    got = b""
    while len(got) < len(ANSWER):
        more = c.recv(65536)
        assert more, "no answer to %d" % n
        got += more


def inside(pcap, keys):
    """In a network of its own: makes both files."""
    import ssl
    d = os.path.dirname(pcap)
    certificate(d)

    def server(port, **more):
        ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ctx.load_cert_chain(d + "/cert.pem", d + "/key.pem")
        ctx.set_ciphers("ALL:@SECLEVEL=0")
        ctx.options |= more.get("options", 0)
        if "curve" in more:
            ctx.set_ecdh_curve(more["curve"])
        serve(port, ctx)

    def client(most, ciphers="ALL:@SECLEVEL=0", options=0):
        ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        ctx.check_hostname, ctx.verify_mode = False, ssl.CERT_NONE
        ctx.maximum_version = most
        ctx.set_ciphers(ciphers)
        ctx.options |= options
        ctx.keylog_filename = keys
        return ctx

    def exchange(ctx, port, n, session=None):
        with ctx.wrap_socket(socket.create_connection(("127.0.0.1", port)), session=session) as c:
            ask(c, n)
            ask(c, n)
            said = c.session, c.session_reused, c.cipher()[0]
            c.unwrap().close()		# a session that is not closed in order is not resumed
            return said
    lo = Lo()
    server(PLAIN)
    server(PLAIN + 1, options=ssl.OP_NO_TICKET)
    server(PLAIN + 2, curve="secp384r1")
    server(PLAIN + 3, options=RENEGOTIATION)
    v12, v13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
    for suite in CBC:
        for options in (0, NO_ETM):
            assert exchange(client(v12, suite + ":@SECLEVEL=0", options), PLAIN, 1)[2] == suite
    for version, port, what in ((v12, PLAIN, "ticket"), (v12, PLAIN + 1, "id"), (v13, PLAIN, "psk"), (v13, PLAIN + 2, "retry")):
        ctx = client(version)
        first = exchange(ctx, port, 2)
        again = exchange(ctx, port, 2, first[0])
        assert not first[1] and again[1], what
    for options in ([], ["-no_etm"]):
        p = subprocess.Popen(["openssl", "s_client", "-connect", "127.0.0.1:%d" % (PLAIN + 3), "-tls1_2", "-cipher", CBC[2] + ":@SECLEVEL=0", "-keylogfile", keys] + options,
                             stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for what in (request(3), b"R\n", request(3), b"R\n", request(3)):
            time.sleep(0.4)
            p.stdin.write(what)
            p.stdin.flush()
        time.sleep(0.4)
        p.stdin.close()
        p.wait(5)
    lo.save(pcap)
    os._exit(0)


def main():
    name = "a real client and server"
    if not shutil.which("openssl") or not shutil.which("unshare"):
        skip(name, "openssl or unshare is not there")
        return
    pcap, keys = scratch("real.pcap"), scratch("real.keys")
    p = subprocess.run(["unshare", "-rn", sys.executable, os.path.abspath(__file__), "inside", pcap, keys], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    if not os.path.exists(pcap):
        said = p.stdout.decode("utf-8", "replace")
        if "Error" in said:
            ok(False, name, said)
        else:
            skip(name, "no network namespace here: " + said.replace("\n", " ")[-200:])
        return
    got, counts = facts(pcap, keys)
    n = {i: sum(f["kind"] == "http" and f.get("http.request.uri", "").endswith("n=%d" % i) for f in got) for i in (1, 2, 3)}
    ok(n[1] == 4 * len(CBC), "%d suites of CBC, the MAC on either side: each request is read" % len(CBC), (n, counts))
    ok(n[2] == 16, "sessions resumed by ticket, id and pre-shared key, and a Hello Retry Request: each request is read", (n, counts))
    again = [f for f in got if f.get("decrypted") and any(x.get("tls.handshake.type") == 1 for x in f.get("ies", []))]
    ok(n[3] == 6 and len(again) == 4, "handshakes under the cipher of another: what is before, between and behind them is read", (n, len(again), counts))
    ok(counts["connections"] == counts["decrypted"] == 18 and not sum(counts[k] for k in ("no_secret", "cipher", "incomplete", "failed", "other", "refused")), "nothing of 18 connections is left", counts)
    if shutil.which("tshark"):
        compare(pcap, keys, name)
    lines = open(keys, "rb").read().splitlines(True)
    renewed = [l for l in lines if l.startswith(b"CLIENT_RANDOM")][-1]
    got, counts = facts(pcap, write("less.keys", b"".join(l for l in lines if l != renewed)))
    less = sum(f["kind"] == "http" and f.get("http.request.uri", "").endswith("n=3") for f in got)
    ok(less == 5 and counts["no_secret"] == 1, "of a handshake that the key log lacks nothing is read, and what precedes it is", (less, counts))


if len(sys.argv) > 3 and sys.argv[1] == "inside":
    inside(sys.argv[2], sys.argv[3])
main()
done()
