"""report.html: one offline page that holds what report.json holds; its one script and its style are named by their digests, and nothing is fetched."""
import base64, hashlib, re, time
from html.parser import HTMLParser
from tap import *

VOID = {"meta", "link", "br", "img", "input", "hr", "rect"}
REGISTER, POLICY = (os.path.join(ROOT, "share/sample", n) for n in ("register.yaml", "policy.yaml"))


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.wrong, self.ids, self.targets, self.text, self.tags = [], [], set(), [], [], []
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append("left open: %s" % self.open)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        self.tags.append(tag)
        for k, v in attrs:
            if k == "id":
                if v in self.ids:
                    self.wrong.append("id twice: " + v)
                self.ids.add(v)
            if k == "href":
                self.targets.append(v)
            if k in ("src", "srcset", "style", "action", "data") or k.startswith("on"):
                self.wrong.append("%s has %s" % (tag, k))
        if tag in ("iframe", "object", "embed", "form", "link", "base", "img", "input"):
            self.wrong.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append("closed out of turn: " + tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text.append(data)


def digest(path):
    return "sha256-" + base64.b64encode(hashlib.sha256(open(os.path.join(ROOT, path), "rb").read()).digest()).decode()


POLICY_OF_THE_PAGE = "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'" % (digest("web/style.css"), digest("web/enhance.js"))


def page(*args):
    s, out, err = run("audit", *args, "-o", path("o"), "--no-digest")
    return open(path("o/report.html"), encoding="utf-8").read(), json.load(open(path("o/report.json")))


def told(p, r):
    text = " ".join(p.text)
    return all(f["subject"] in text and f["check"] in text and f["filter"] in text for f in r["findings"])


def body(html):
    return html.split("</style>")[-1].split("<script>")[0]


def wrong_in(html):
    p = Page(html)
    w = p.wrong + ["target " + t for t in p.targets if t[0] != "#" or t[1:] not in p.ids]
    w += [] if p.tags.count("script") == p.tags.count("style") == 1 and POLICY_OF_THE_PAGE in html else ["not one script and one style that the policy names"]
    return w + ["names an address: " + u for u in re.findall(r"(?:https?:|url\()[^\s<>]*", body(html))]


bad, untold = [], []
files = [g for g in goldens() if "/model/" in g or g.endswith("/violated.pcap")]
for f in files:
    html, r = page("-r", f)
    p = Page(html)
    bad += ["%s: %s" % (os.path.basename(f), w) for w in wrong_in(html)]
    if not told(p, r):
        untold.append(f)
ok(not bad, "%d pages are well formed, run nothing but the one script and fetch nothing" % len(files), "\n".join(bad))
ok(not untold, "each finding is on its page, with its filter", "\n".join(untold))

html, r = page("-r", sample(), "--register", REGISTER, "--policy", POLICY)
p = Page(html)
text = " ".join(p.text)
ok(not wrong_in(html) and told(p, r), "so it is for the sample network with its register and policy", wrong_in(html))
places = [text.find(s) for s in ("8 violations", "What could not be judged", "Findings", "F-", "The network", "Roles by site", "Contacts by interface and protection", "Elements, and",
                                 "Contacts, and why", "Shares of", "Checks", "Coverage and blind spots", "How to verify this file")]
parts = [m for m in re.findall(r"<h2 id=\"(\w+)\"", html)]
ok(-1 not in places and parts == ["undecided", "findings", "network", "elements", "contacts", "shares", "checks", "coverage", "verify"],
   "it opens with the verdict, then what could not be judged, then findings, and ends with how to verify it", (places, parts))
ok(all(e["id"] in text for e in r["elements"]) and all(c["id"] in text for c in r["contacts"]), "every element and contact is there")
ok(all(c["id"] in text and c["title"][1:] in text and c["reason"][1:] in text for c in r["checks"]), "every check is there, with its reason")
ok(all(c["causes"] in text for c in r["checks"] if c["findings"] and any(f["check"] == c["id"] for f in r["findings"])), "each finding says what else could cause it")
ok(all(c["explanation"]["text"] in text for c in r["contacts"] if c["explanation"]), "each contact says why it is there")
n = r["network"]
ok(n["by"] == "site" and n["columns"] == ["centre", "north", "south"] and {(c["role"], c["site"]) for c in n["cells"]} >= {("RAN", "north"), ("RAN", "south"), ("UPF", "centre"), ("outside", None)},
   "the network stands by role and site", n["cells"])
ok({(l["interface"], l["protection"]) for l in n["links"]} >= {("N2", "declared"), ("N3", "declared"), ("N4", "declared"), ("tcp 443", "unread"), ("DNS", "none")}, "contacts add up by interface and protection", n["links"])
ok(sum(l["contacts"] for l in n["links"]) == sum(x["contacts"] for x in n["pairs"]) == len([c for c in r["contacts"] if not c["inner"]]), "no contact is lost in the sums")
ok(all(any({x["a"], x["b"]} == {f["subject"], f["object"]} and x["violated"] for x in n["pairs"]) for f in r["findings"] if f["object"] and f["check"] != "N2-UNKNOWN-RAN"),
   "a pair in a violation is marked", n["pairs"])
ok(html == page("-r", sample(), "--register", REGISTER, "--policy", POLICY)[0], "the same audit gives the same page, byte for byte")
odd = dict(TZ="Asia/Kathmandu", LC_ALL="C.UTF-8", LANG="de_DE.UTF-8")
run("audit", "-r", sample(), "--register", REGISTER, "--policy", POLICY, "-o", path("odd"), "--no-digest", env=odd)
ok(open(path("odd/report.html"), encoding="utf-8").read() == html, "whatever the time zone, the language and the name of the directory")

# A name from the wire is text, whatever it holds.
raw = open(sample(), "rb").read()
bidi = "\u202e\u2066X".encode() + b"\xff\xfe"
for what, name in (("markup", b"<b>&'\"\x01<"), ("marks of direction and no UTF-8", bidi + b"z" * (9 - len(bidi)))):
    write("hostile.pcap", raw.replace(b"gnb-north", name))
    html, r = page("-r", path("hostile.pcap"))
    ok(not wrong_in(html) and "<b>" not in html and not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f\x7f]", body(html)) and
       ("&lt;b&gt;&amp;" in html or "\\u{202e}" in html), "a name with %s is shown as text" % what, wrong_in(html))

done()
