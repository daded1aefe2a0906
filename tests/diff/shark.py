"""What tshark says of a capture: per frame, the fields that are in scope of the comparison.

One tshark a capture, read as PDML: it keeps every occurrence, in order, with its place in the tree, and texts with any
octets in them.  In scope (and so in Frame.values) is what a tap on N2, N3, N4 shows of the elements themselves:
  - a message at the top of the packet, not quoted inside another (ICMP errors);
  - nothing behind a GTP header: that is the subscriber's; what other tunnels carry is as if it had been captured without them;
  - NAS and NRPPa directly inside NGAP, NAS and elements of NGAP as parts of an SBI body, NAS-EPS directly inside S1AP; GTP on port 2152 and not a G-PDU (those are counted in Frame.gpdus);
  - DNS on port 53: tshark 4.0 takes any datagram of UDP for DNS whose fourth to twelfth octets could be its counts;
  - nothing in an IP packet that tshark itself calls too long for its frame (that is in coverage.malformed), nor in one that lies in a link or
    tunnel that is not opened here, or deeper than DEPTH tunnels (Frame.shut; coverage.links and contacts say that such a thing was there);
  - no TLS inside OpenVPN, no DTLS inside CAPWAP; nothing of DTLS that tshark deciphered with secrets in the capture;
  - GTP of version 1 and 2 on UDP port 2123, GTP' on 3386; Diameter, on TCP port 13868 too, where the golden captures have it.
"""
import codecs, collections, functools, os, re, subprocess
from xml.parsers import expat

OPTIONS = ["-o", "sctp.reassembly:TRUE", "-o", "ip.defragment:TRUE", "-o", "ipv6.defragment:TRUE", "-o", "udp.check_checksum:FALSE",
           "-o", "sctp.tsn_analysis:TRUE", "-o", "tcp.reassemble_out_of_order:TRUE", "-o", "ngap.dissect_container:TRUE", "-o", "nas-5gs.null_decipher:%s",
           "-o", "s1ap.dissect_container:TRUE", "-o", "nas-eps.null_decipher:%s"]
NAMES = ["-n", "-d", "tcp.port==13868,diameter"]
GTP_PORT = {"gtpv2": 2123, "gtpprime": 3386}
G_PDU = 255
PPIDS = {"ngap": (60,), "f1ap": (62,), "xnap": (61,), "e1ap": (64,), "x2ap": (27,), "s1ap": (18,), "e2ap": (70, 71, 72)}
GTPU_MESSAGES = (1, 2, 26, 31, 254)	# DESIGN.md section 4: those that are facts
SBI_PORTS = "29500-29531"	# where the core of several projects listens; other ports are found by the preface
HTTP2_ELSEWHERE = {"telekom-service-request.pcap": "8080", "open5gs-roaming-sepp-clear.pcap": "80"}	# begin in the middle of a connection
HTTP_PORTS = ("80", "8080")	# where tshark takes HTTP/1.1 and what it is upgraded to
PREFIX = {	# our protocols and what their fields' names begin with
    "ngap": ("ngap.", "nrppa.", "nas_5gs.seq_no"), "nas-5gs": "nas_5gs.", "pfcp": "pfcp.", "gtp": "gtp.", "dns": "dns.",
    "http2": "http2.", "http": "http.",
    "gtpv2": "gtpv2.", "gtpprime": "gtp.", "diameter": "diameter.",
    "f1ap": "f1ap.", "xnap": "xnap.", "e1ap": "e1ap.", "x2ap": "x2ap.", "e2ap": "e2ap.", "nrppa": "nrppa.",
    "s1ap": "s1ap.", "nas-eps": ("nas_eps.", "gsm_a.gm.sm.apn"),
}
PREFIX["quic"] = ("quic.", "tls.")
# Protection, management, routing, databases, tunnels.
PREFIX.update((p, p + ".") for p in ("tls", "dtls", "isakmp", "esp", "ah", 
                                     "ssh", "snmp", "telnet", "ftp", "tftp", "ldap", "radius", "syslog", "ntp", "ptp", "dhcp", "lldp", "cdp", 
                                     "bgp", "ospf", "bfd", "mysql", "pgsql", "mongo", "wg", "openvpn", "gre", "vxlan", "geneve", "erspan", "tzsp"))
PROTOCOLS = tuple(PREFIX)
CARRIED = ("nas-5gs", "nrppa", "nas-eps")		# inside NGAP; the fields of NRPPa stand among its own


# What an IP packet or a message may lie behind: links and tunnels that are opened here, each behind which others ("": at the front).
TUNNELS = ("gre", "vxlan", "geneve", "erspan", "tzsp")
OPENED = {"eth": ("",) + TUNNELS, "vlan": ("eth", "sll", "vlan", "ieee8021ad"), "ieee8021ad": ("eth", "sll", "vlan", "ieee8021ad"), "llc": ("eth", "vlan", "ieee8021ad", "sll"),
          "sll": ("",), "raw": ("",), "null": ("",), "loop": ("",), "exported_pdu": ("",), "pppoes": ("eth", "vlan", "ieee8021ad", "sll"), "ppp": ("pppoes",),
          "mpls": ("mpls", "eth", "vlan", "ieee8021ad", "sll", "gre"), "ah": ("ip", "ipv6"), "gre": ("ip", "ipv6"), "udp": ("ip", "ipv6"),
          "vxlan": ("udp",), "geneve": ("udp",), "tzsp": ("udp",), "erspan": ("gre",), "gtp": ("udp",),
          "ip": ("", "eth", "vlan", "ieee8021ad", "llc", "sll", "raw", "null", "loop", "exported_pdu", "ppp", "mpls", "ip", "ipv6", "ah", "gre", "geneve", "tzsp", "gtp")}
OPENED["ipv6"] = OPENED["ip"]
NO_LAYER = ("geninfo", "frame", "fake-field-wrapper", "pkt_comment")
DEPTH = 3		# tunnels in tunnels; coverage.encapsulation says what lay deeper
LINK_MESSAGES = ("lldp", "cdp", "ptp")
BOGUS = ("ip.bogus_ip_length", "ip.bogus_header_length", "ip.bogus_ip_version", "ipv6.plen_exceeds_framing", "ipv6.bogus_ipv6_version")

NO_NAME = ("<Name too long>", "<Name contains a pointer that loops>", "<Unknown extended label>")	# no name, and tshark reads on

# Of which one fact says enough: the first message between two addresses with these values.
ONCE = {"esp": ("esp.spi",), "ah": ("ah.spi",), "syslog": (), "ntp": ("ntp.flags.vn", "ntp.flags.mode"), "ospf": ("ospf.msg", "ospf.srcrouter", "ospf.auth.type"),
        "ptp": ("ptp.v2.messagetype", "ptp.v2.clockidentity", "ptp.v2.domainnumber"), "bfd": ("bfd.sta",), "gre": ("gre.proto", "gre.key"), "vxlan": ("vxlan.vni",), "geneve": ("geneve.proto_type", "geneve.vni"),
        "erspan": ("erspan.version", "erspan.vlan", "erspan.spanid"), "tzsp": ("tzsp.encap",), "bgp": ("bgp.type",)}
# Messages that are not read: data of tunnels and transfers, packets that are ciphered.
UNREAD = {"vxlan": lambda m: m.get("vxlan.next_proto") is not None,		# VXLAN-GPE
          "wg": lambda m: m.get("wg.type") == "4", "openvpn": lambda m: m.get("openvpn.opcode") not in ("7", "8"),
          "tftp": lambda m: m.get("tftp.opcode") in ("3", "4", "5", "6"),
          "quic": lambda m: int(m.get("quic.version", "1"), 0) and m.get("quic.long.packet_type") not in ("0", "3") and m.get("quic.long.packet_type_v2") not in ("1", "0")}
PERSONAL = ("dns", "http2", "http", "tls", "dtls", "ssh", "snmp", "telnet", "ftp", "tftp", "ldap", "radius", "syslog", "ntp", "dhcp", "mysql", "pgsql", "mongo", "wg", "openvpn", "quic", "vxlan", "geneve", "gre", "tzsp")


class Trouble(Exception):
    """A tool failed: nothing can be said of the capture."""


class Unreadable(Trouble):
    """tshark does not take the file for a capture."""


class Message:
    """One dissected protocol message of a frame, in scope: kind, and (field, show, value) in wire order."""

    def __init__(self, kind, ports, packet):
        self.kind, self.ports, self.fields = kind, ports, []
        self.packet = packet		# the IP header right before it, or None
        self.bits = {}			# lengths of bit strings, by field
        self.inner = False		# NAS inside NAS
        self.tcp = False

    @property
    def stream(self):
        return (self.packet.src, self.packet.dst) + tuple(self.ports[:2]) if self.packet else None

    def get(self, field, default=None):
        for name, show, _ in self.fields:
            if name == field:
                return show
        return default


class Packet:
    def __init__(self, name):
        self.name = name		# "ip" or "ipv6"
        self.src = self.dst = self.protocol = self.octets = None
        self.at = 0			# where in the frame it begins
        self.bogus = False		# it is not all there by its own head


class Frame:
    def __init__(self):
        self.number = 0
        self.captured = 0		# octets
        self.packets = []		# its IP headers, outermost first; without those that GTP-U carries or an error quotes
        self.protocols = []
        self.messages = []		# in scope, of PROTOCOLS
        self.gpdus = []			# (src, dst, teid) of G-PDUs
        self.quoted = 0			# messages that were left out: quoted, inside a tunnel
        self.retransmission = self.malformed = False
        self.shut = False		# it goes on in what is not opened here
        self.ues = []			# addresses handed to subscribers in this frame

    @property
    def src(self):
        return self.packets[0].src if self.packets else None

    @property
    def dst(self):
        return self.packets[0].dst if self.packets else None

    def of(self, kind):
        return [m for m in self.messages if m.kind == kind]


class Reader:
    """PDML events to Frames."""

    def __init__(self, give):
        self.give, self.frame = give, None
        self.said = set()
        self.stack = []
        self.transport = {}
        self.tunnel = False

    def start(self, tag, attrs):
        if tag == "field":
            self.field(attrs)
        elif tag == "proto":
            self.proto(attrs.get("name", ""), int(attrs.get("pos", "0")))
        elif tag == "packet":
            self.frame, self.stack, self.transport, self.tunnel = Frame(), [], {}, False
            self.last, self.strange, self.depth = "", False, 0

    def end(self, tag):
        if tag == "proto":
            self.stack.pop()
        elif tag == "packet":
            self.finish()

    def layer(self, name, at):
        """Keeps whether all that lies before this one is opened here."""
        if name in NO_LAYER:
            return
        if name in OPENED:
            self.strange |= self.last not in OPENED[name] or not self.last and at > 0		# at: behind a head that has no name
            self.depth += name in ("ip", "ipv6", "eth", "mpls") and self.last in TUNNELS + ("ip", "ipv6", "ah")
        elif name not in LINK_MESSAGES:
            self.strange = True
        if name in ("ip", "ipv6"):
            self.frame.shut |= self.strange or self.depth > DEPTH
        self.last = name

    def proto(self, name, at):
        f, top = self.frame, not self.stack
        message = None
        if name == "_ws.malformed":
            f.malformed = True
        if name == "_ws.short" and f.packets and self.last in ("ip", "ipv6"):
            f.packets[-1].bogus = True		# its headers are not all there
        if top:
            f.protocols.append(name)
            self.layer(name, at)
            if name == "exported_pdu":
                f.packets.append(Packet(name))
            if name in ("ip", "ipv6") and not self.aside():
                f.packets.append(Packet(name))
                f.packets[-1].at = at
            if name in ("udp", "tcp", "sctp"):
                self.transport = {"proto": name, "ports": []}
            if name in PROTOCOLS and name not in CARRIED:
                message = self.begin(name)
        elif name == "nas-5gs" and self.carries_nas([n for n, _ in self.stack]):
            message = self.begin(name)
            if message is not None:
                message.inner = len(self.stack) > 1
        elif name == "nas-eps" and self.stack[0][0] == "s1ap" and all(n == name for n, _ in self.stack[1:]):
            message = self.begin(name)
            if message is not None:
                message.inner = len(self.stack) > 1
        elif name == "ngap" and self.is_sbi_body([n for n, _ in self.stack]):
            message = self.begin(name, part=True)
        elif name == "s1ap" and [n for n, _ in self.stack] == ["s1ap"]:		# a message that is handed on to another MME
            message = self.begin(name, part=True)
        elif name == "nrppa":
            pass
        elif name == "tls" and self.stack[0][0] == "quic":
            message = self.stack[0][1]		# its fields are that one's
        elif name in PROTOCOLS:
            f.quoted += 1
        self.stack.append((name, message))

    @staticmethod
    def carries_nas(names):
        while len(names) > 1 and names[-1] == "nas-5gs":
            names = names[:-1]
        return names == ["ngap"] or Reader.is_sbi_body(names)

    @staticmethod
    def is_sbi_body(names):
        return names in (["http2", "mime_multipart"], ["mime_multipart"])

    def aside(self):
        return self.tunnel or self.frame.shut or "icmp" in self.frame.protocols or "icmpv6" in self.frame.protocols

    def begin(self, name, part=False):
        f = self.frame
        if self.aside():
            f.quoted += 1
            return None
        if name in ("tls", "dtls") and set(f.protocols) & {"openvpn", "capwap"} or f.packets and f.packets[-1].bogus or name in LINK_MESSAGES and self.strange or name == "dns" and self.transport.get("proto") == "udp" and 53 not in self.transport["ports"]:
            f.quoted += 1
            return None
        m = Message(name, self.transport.get("ports", []), f.packets[-1] if f.packets else None)
        m.tcp = self.transport.get("proto") == "tcp"
        if name == "gtp":
            self.tunnel = True
        if name in PPIDS and not part and self.transport.get("ppid") not in PPIDS[name]:
            f.quoted += 1		# tshark goes by the port too: DTLS and others end there
            return None
        if name in GTP_PORT and (GTP_PORT[name] not in m.ports or (name == "gtpv2" and self.transport.get("proto") != "udp")):
            f.quoted += 1		# tshark reads either on all ports of GTP, and on TCP
            return None
        f.messages.append(m)
        return m

    def field(self, attrs):
        name = attrs.get("name", "")
        if not self.stack:
            return
        proto, message = self.stack[-1]
        if message is not None:
            if name.startswith(PREFIX[message.kind]) and not (message.kind == "s1ap" and attrs.get("hide") == "yes"):	# ids of the UE a second time
                if name == "quic.retransmission":
                    self.frame.malformed = True		# the hello that is sent again after Retry is not shown
                if message.kind == "dns" and attrs.get("show") in NO_NAME:
                    self.frame.malformed = True
                message.fields.append((name, attrs.get("show", ""), attrs.get("value", "")))
                length = BIT_LENGTH.search(attrs.get("showname", ""))
                if length:
                    message.bits.setdefault(name, int(length.group(1)))
        elif len(self.stack) == 1:
            self.head(proto, name, attrs)
        elif name in EXTENSIONS and self.frame.packets and self.frame.protocols[-1] == "ipv6" and not self.aside():
            self.frame.packets[-1].protocol = int(attrs["show"])

    def head(self, proto, name, attrs):
        f = self.frame
        if proto == "geninfo":
            if name == "num":
                f.number = int(attrs["show"])
            elif name == "caplen":
                f.captured = int(attrs["show"])
        elif proto in ("ip", "ipv6"):
            self.ip(f, name, attrs.get("show", ""))
        elif proto == "exported_pdu":
            self.exported(f.packets[-1], name, attrs.get("show", ""), attrs.get("size", "0"))
        elif name in ("udp.srcport", "udp.dstport", "tcp.srcport", "tcp.dstport", "sctp.srcport", "sctp.dstport"):
            self.transport["ports"].append(int(attrs["show"]))
        elif name == "sctp.retransmission":
            f.retransmission = True
        elif name == "sctp.data_payload_proto_id":
            self.transport["ppid"] = int(attrs["show"], 0)

    def exported(self, p, name, show, size):
        """No packet: what the tags say of the one that there was."""
        if name in ("exported_pdu.ipv4_src", "exported_pdu.ipv6_src"):
            p.src = show
        elif name in ("exported_pdu.ipv4_dst", "exported_pdu.ipv6_dst"):
            p.dst = show
        elif name == "exported_pdu.prot_name":
            p.protocol = p.protocol or (132 if show in PPIDS else 6 if show in ("http2", "http", "diameter") else 17)
            self.transport.update(ppid=PPIDS.get(show, (None,))[0], proto="udp")
        elif name == "exported_pdu.port_type":
            p.protocol = {1: 132, 2: 6, 3: 17}.get(int(show), p.protocol)
        elif name in ("exported_pdu.src_port", "exported_pdu.dst_port"):
            self.transport.setdefault("ports", []).append(int(show))
        elif name == "exported_pdu.exported_pdu":
            p.octets = int(size)

    def ip(self, f, name, show):
        if self.aside():
            return			# an inner header
        p = f.packets[-1]
        p.bogus |= name in BOGUS
        if not show:
            return			# not all there
        if name in ("ip.src", "ipv6.src"):
            p.src = show
        elif name in ("ip.dst", "ipv6.dst"):
            p.dst = show
        elif name in ("ip.proto", "ipv6.nxt"):
            p.protocol = int(show)
        elif name == "ip.len":
            p.octets = int(show) or f.captured - p.at	# 0: the card had not filled it in yet
        elif name == "ipv6.plen":
            p.octets = int(show) + 40 if int(show) else f.captured - p.at

    def finish(self):
        f, kept = self.frame, []
        for m in f.messages:
            if m.kind == "gtp":
                t = int(m.get("gtp.message", "0"), 0)
                if 2123 in m.ports and 2152 not in m.ports:
                    if m.get("gtp.flags.version") == "1" and m.get("gtp.flags.payload") == "1":
                        kept.append(m)
                        f.ues += [show for name, show, _ in m.fields if name in UE_FIELDS]
                    continue
                if 2152 not in m.ports:
                    continue
                if t == G_PDU:
                    f.gpdus.append((m.packet.src, m.packet.dst, int(m.get("gtp.teid", "0"), 0)))
                    continue
                if t not in GTPU_MESSAGES:
                    continue
            if m.kind == "dtls":		# Finished is never in clear: it was deciphered
                m.fields = [x for x in m.fields if x[:2] != ("dtls.handshake.type", "20")]
            if m.kind == "quic" and m.get("tls.handshake.type") != "1":	# a server's: not opened here
                m.fields = [x for x in m.fields if not x[0].startswith("tls.")]
            if m.kind == "gtpv2" and int(m.get("gtpv2.msg_length", "4")) < 4:
                continue		# not even its own sequence number: no GTP for us
            if m.kind in UNREAD and UNREAD[m.kind](m):
                continue
            if m.kind in ONCE and m.get("bgp.type") not in ("1", "3"):
                what = (m.kind, m.packet and m.packet.src, m.packet and m.packet.dst) + tuple(m.get(k) for k in ONCE[m.kind]) + (tuple(m.ports[1:]) if m.kind == "syslog" else ())
                if what in self.said:
                    continue
                self.said.add(what)
            for name, show, _ in m.fields:
                if name in UE_FIELDS:
                    f.ues.append(show)
            kept.append(m)
        f.messages = kept
        self.give(f)


BIT_LENGTH = re.compile(r"\[bit length (\d+)")
EXTENSIONS = ("ipv6.hopopts.nxt", "ipv6.routing.nxt", "ipv6.fraghdr.nxt", "ipv6.dstopts.nxt", "ah.next_header")
UE_FIELDS = ("pfcp.ue_ip_addr_ipv4", "pfcp.ue_ip_addr_ipv6", "nas_5gs.sm.pdu_addr_inf_ipv4", "nas_eps.esm.pdn_ipv4")


def version():
    out = subprocess.run(["tshark", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return out.stdout.split("\n")[0]


@functools.lru_cache(maxsize=1)
def decodes():
    """(table of ports, port) to the protocol that tshark takes what is there for."""
    out = subprocess.run(["tshark", "-G", "decodes"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return {(a[0], int(a[1])): a[2] for a in (line.split("\t") for line in out.splitlines()) if len(a) == 3 and a[1].isdigit()}


PREFACE, COMPRESSED = b"PRI * HTTP/2.0", (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")


def may_begin_http2(capture):
    """Without the preface among its octets no tshark need be asked where it stands."""
    with open(capture, "rb") as f:
        octets = f.read()
    return PREFACE in octets or octets.startswith(COMPRESSED)


def prefaces(capture):
    argv = ["tshark", "-r", capture] + NAMES + ["-Y", 'tcp.payload contains "%s"' % PREFACE.decode(), "-T", "fields", "-e", "tcp.dstport", "-E", "occurrence=l"]
    out = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return set(p for p in out.split() if p.isdigit() and p not in HTTP_PORTS)


def http2_ports(capture):
    """Ports on which somebody said the preface of HTTP/2: tshark looks for it on port 80 and the like only."""
    ports = prefaces(capture) if may_begin_http2(capture) else set()
    return sorted(ports | set(filter(None, [HTTP2_ELSEWHERE.get(os.path.basename(capture))]))) + [SBI_PORTS]


class Printable:
    """PDML as UTF-8, whatever the octets of a text that tshark 4.0 lets pass."""

    def __init__(self, f):
        self.f, self.text = f, codecs.getincrementaldecoder("utf-8")("replace")

    def read(self, n):
        got = self.f.read(max(4, n // 4))		# what replaces an octet has three
        return self.text.decode(got, not got).encode() or (got and b"\n")	# nothing would say that it is the end


@functools.lru_cache(maxsize=2)
def read(capture, null_decipher=True):
    """All frames, in file order."""
    frames = []
    argv = ["tshark", "-r", capture, "-T", "pdml"] + NAMES
    argv += [o % ("TRUE" if null_decipher else "FALSE") if "%s" in o else o for o in OPTIONS]
    for port in http2_ports(capture):
        argv += ["-d", "tcp.port==%s,http2" % port]
    reader = Reader(frames.append)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    p = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        parser.ParseFile(Printable(p.stdout))
        broken = None
    except expat.ExpatError as e:
        broken = e
    for _ in p.stdout:
        pass
    words = p.stderr.read().decode("utf-8", "replace").strip()
    p.wait()
    if p.returncode and not frames and "isn't a capture file" in words:
        raise Unreadable("tshark %s: %s" % (capture, words))
    if p.returncode not in (0, 2):	# 2: the capture is cut short or damaged; what precedes was read
        raise Trouble("tshark %s: exit %d: %s" % (capture, p.returncode, words))
    if not frames and ("contains record data that TShark doesn't support" in words or "appears to be damaged or corrupt" in words):
        return frames		# it reads nothing of it
    if broken:
        raise Trouble("tshark %s: PDML: %s" % (capture, broken))
    return frames


def algorithms(frames):
    """Ciphering algorithms that security mode commands chose."""
    chosen = collections.Counter()
    for f in frames:
        for m in f.of("nas-5gs") + f.of("nas-eps"):
            for name, show, _ in m.fields:
                if name in ("nas_5gs.mm.nas_sec_algo_enc", "nas_eps.emm.toc"):
                    chosen[int(show, 0)] += 1
    return chosen


def read_deciphered(capture):
    """(frames, a second reading or None, whether null-ciphered NAS is read).

    Where every algorithm chosen in the capture is EA0, NAS is read as under a null cipher.  Where others were chosen too,
    tshark cannot tell whose NAS is whose: the second reading takes all of it for null-ciphered.
    """
    frames = read(capture)
    chosen = algorithms(frames)
    if set(chosen) == {0}:
        return frames, None, True
    if not any(m.get("nas_5gs.security_header_type", m.get("nas_eps.security_header_type")) in ("2", "4")
               for f in frames for m in f.of("nas-5gs") + f.of("nas-eps")):
        return frames, None, False	# nothing is ciphered: one reading
    return read(capture, False), frames if 0 in chosen else None, False
