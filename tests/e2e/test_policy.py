"""Registers and policies as a user writes them: what loads, what is said of it, and that every mistake names its place and its remedy."""
import json, random, re
from tap import *

CONF = os.path.join(ROOT, "tests/e2e/conf")
REGISTER, POLICY = os.path.join(CONF, "register.yaml"), os.path.join(CONF, "policy.yaml")


def check(*args, **kw):
    return run("policy", "check", *args, key=False, **kw)


def check_json(*args):
    s, out, err = check("--json", *args)
    return s, json.loads(out) if out else None, err


# The shapes of the design, as printed there.
s, out, err = check("--register", REGISTER, "--policy", POLICY, "--at", "2026-11-20")
text = out.decode()
ok(s == 0 and not err, "the register and policy of the design load as they are printed", err)
ok("tcp to port 22" in text and "gNB or AMF" in text and "10.10.9.0/24" in text and "from 2026-11-01 until 2026-12-01 inclusive" in text and "ticket 4711" in text,
   "an allow rule is said in words", text)
ok("AMF, SMF or UPF" in text and "Acme Group" in text and "from 2027-01-01 on" in text and "crit" in text, "a deny rule is said in words", text)
ok("At most 35 %" in text and "95 %" in text, "a share rule is said in words", text)
ok("N3-CLEARTEXT of gnb-north-1" in text and "IPsec planned for Q2" in text, "an accept rule is said in words", text)
s, j, err = check_json("--register", REGISTER, "--policy", POLICY, "--at", "2026-11-20")
rules = {r["id"]: r for r in j["rules"] if r["id"]}
ok(rules["oss-ssh"]["never"] is None and rules["core-exclusion"]["never"] and [p["name"] for p in j["packs"]] == ["default", "eu-toolbox"],
   "JSON has the rules, which can never match, and the packs", j)
ok(j["register"]["sha256"] == __import__("hashlib").sha256(open(REGISTER, "rb").read()).hexdigest(), "and the digest of each file")
s, j, err = check_json("--register", REGISTER, "--policy", POLICY, "--at", "2026-12-02")
ok("past" in {r["id"]: r for r in j["rules"]}["oss-ssh"]["never"], "a window that is past is named", j)
s, out, err = check()
ok(s == 0 and b"default" in out, "without files the pack default holds", err)
for name in run("policy", "packs", key=False)[1].decode().split():
    s, out, err = run("policy", "packs", name, key=False)
    p = write("pack-%s.yaml" % name, out)
    s, j, err = check_json("--policy", p)
    ok(s == 0 and all(r["ref"] for r in j["rules"]), "pack %s loads, and each rule has its ground" % name, err)

# ---- every kind of mistake: the place, what was found, the remedy ----

R, P = "version: 1\n", "version: 1\n"
E = R + "elements:\n"
SUPPLIER = "supplier: {group: x}"


def mistake(name, kind, text, at, *words):
    p = write("bad.yaml", text.encode() if isinstance(text, str) else text)
    s, out, err = check("--" + kind, p)
    ok(s == 2 and not out and ("%s:%s: " % (p, at)) in err and all(w in err for w in words), "%s: exit 2, %s, %s" % (name, at, " ".join(words)), "exit %d\n%s" % (s, err))


def reg(name, text, at, *words):
    mistake(name, "register", text, at, *words)


def pol(name, text, at, *words):
    mistake(name, "policy", text, at, *words)


reg("nothing", "", "1:1", "found nothing", "version: 1")
reg("comments only", "# nothing yet\n", "1:1", "found nothing")
reg("a text", "hello\n", "1:1", "no map", "version: 1")
reg("no version", "elements: []\n", "1:1", "\"version\"", "needs one")
reg("another version", "version: 2\n", "1:10", "found \"2\"", "1 is allowed")
reg("a misspelt key", R + "elments: []\n", "2:1", "\"elments\"", "\"elements\" is meant?")
reg("a key of nowhere", R + "zzzzzzzzzz: 1\n", "2:1", "\"zzzzzzzzzz\"", "operator", "realms are allowed")
reg("a key twice", R + "elements: []\nelements: []\n", "3:1", "a second time", "line 2", "take one")
reg("an octet that is no UTF-8", b"version: 1\nelements: [\xff]\n", "2:12", "0xff", "UTF-8")
reg("a NUL", b"version: 1\n\0", "2:1", "0x00", "UTF-8")
reg("a hidden control character", R + 'operator: {name: "a\\x1b[31m"}\n', "2:18", "control characters")
reg("an open bracket", R + "elements: [1, 2\n", "3:1", "not YAML here", "bracket")
reg("a tab for indentation", R + "operator:\n\tname: x\n", "3:1", "not YAML here")
reg("an alias", R + "sites: &x []\nrealms: *x\n", "2:8", "anchor", "written out")
reg("a merge key", R + "<<: {a: 1}\n", "2:1", "\"<<\"", "allowed")
reg("a tag", R + "sites: !!seq []\n", "2:8", "tag")
reg("quotes side by side", R + "operator: {name: 'a''''b'}\n", "2:18", "single quotes", "double quotes")
reg("a second document", R + "---\nversion: 1\n", "2:1", "second document")
reg("a map as key", R + "? {a: 1}\n: 2\n", "2:3", "key that is a map")
reg("an element that is a word", E + "  - gnb-1\n", "3:5", "found \"gnb-1\"", "a map (an element)")
reg("an element without roles", E + "  - {id: a}\n", "3:5", "\"roles\"", "gNB")
reg("elements that are a map", R + "elements: {a: 1}\n", "2:11", "found a map", "a list")
reg("a role of nowhere", E + "  - {id: a, roles: [gNodB]}\n", "3:21", "found \"gNodB\"", "AMF")
reg("a role misspelt", E + "  - {id: a, roles: [SMFF]}\n", "3:21", "\"SMF\" is meant?")
reg("no role", E + "  - {id: a, roles: []}\n", "3:20", "found a list", "something in it")
reg("an id with a space", E + "  - {id: a b, roles: gNB}\n", "3:10", "found \"a b\"", "letters, digits")
reg("an id twice", E + "  - {id: a, roles: gNB}\n  - {id: a, roles: AMF}\n", "4:10", "\"a\" a second time", "line 3", "rename")
reg("an address that is none", E + "  - {id: a, roles: gNB, addresses: [10.0.0.256]}\n", "3:37", "found \"10.0.0.256\"", "10.0.0.1")
reg("bits beyond the prefix", E + "  - {id: a, roles: gNB, addresses: {n2: [10.0.0.1/24]}}\n", "3:42", "10.0.0.0/24 is meant?")
reg("a prefix too long", E + "  - {id: a, roles: gNB, addresses: [10.0.0.0/33]}\n", "3:37", "a prefix such as")
reg("an interface of nowhere", E + "  - {id: a, roles: gNB, addresses: {n22: [10.0.0.1]}}\n", "3:37", "interface: found \"n22\"", "n2, n3", "oam")
reg("an address of two", E + "  - {id: a, roles: gNB, addresses: [10.0.0.1]}\n  - {id: b, roles: AMF, addresses: {n2: [10.0.0.1]}}\n", "4:42",
    "10.0.0.1", "\"a\"", "line 3", "shares_addresses: true")
reg("one of two shares", E + "  - {id: a, roles: gNB, addresses: [10.0.0.1], shares_addresses: true}\n  - {id: b, roles: AMF, addresses: [10.0.0.1]}\n", "4:37", "both say")
reg("an address of a UE pool", E + "  - {id: a, roles: gNB, addresses: [10.60.0.1]}\nnetworks: {ue_pools: [10.60.0.0/16]}\n", "3:37", "UE pool 10.60.0.0/16")
reg("a node id of two", E + "  - {id: a, roles: gNB, gnb_id: {hex: \"01\", bits: 24}}\n  - {id: b, roles: gNB, gnb_id: {decimal: 1, bits: 24}}\n", "4:33", "\"a\" has too", "line 3")
reg("a node id too wide", E + "  - {id: a, roles: gNB, gnb_id: {hex: \"1000000\", bits: 24}}\n", "3:33", "more than 24 bits")
reg("a node id of odd length", E + "  - {id: a, roles: gNB, gnb_id: {hex: \"1\", bits: 21}}\n", "3:33", "found bits 21", "22 to 32")
reg("a node id in no figures", E + "  - {id: a, roles: gNB, gnb_id: {hex: xyz, bits: 24}}\n", "3:39", "found \"xyz\"", "hexadecimal")
reg("a node id in both figures", E + "  - {id: a, roles: gNB, gnb_id: {hex: \"1\", decimal: 1, bits: 24}}\n", "3:33", "both hex and decimal")
reg("a node id without value", E + "  - {id: a, roles: gNB, gnb_id: {bits: 24}}\n", "3:33", "no value")
reg("a TAC out of range", E + "  - {id: a, roles: gNB, tacs: [16777216]}\n", "3:32", "found \"16777216\"", "16777215")
reg("a TAC twice", E + "  - {id: a, roles: gNB, tacs: [1, 2, 1]}\n", "3:5", "found 1 twice")
reg("a PLMN without quotes is text", R + "operator: {name: x, plmns: [1]}\n", "2:29", "found \"1\"", "5 to 6")
reg("a PLMN of letters", R + "operator: {name: x, plmns: [abcde]}\n", "2:29", "found \"abcde\"", "digits")
reg("a supplier not declared", E + "  - {id: a, roles: gNB, supplier: acne}\nsuppliers: [{id: acme}]\n", "3:35", "\"acne\"", "\"acme\" is meant?", "declare")
reg("a supplier of a part not declared", E + "  - {id: a, roles: gNB, supplier: {cloud: x}}\n", "3:43", "supplier: found \"x\"", "declare")
reg("a part of nowhere", E + "  - {id: a, roles: gNB, supplier: {softwear: x}}\n", "3:36", "\"softwear\"", "\"software\" is meant?")
reg("a site not declared", E + "  - {id: a, roles: gNB, site: x}\n", "3:31", "site: found \"x\"", "declare")
reg("a realm not declared", E + "  - {id: a, roles: gNB, realm: x}\n", "3:32", "realm: found \"x\"", "declare")
reg("a day that is none", E + "  - {id: a, roles: gNB, commissioned: 2026-02-30}\n", "3:39", "found \"2026-02-30\"", "2026-11-30")
reg("a protected domain of one prefix", R + "networks: {protected: [{between: [10.0.0.0/8], reason: x}]}\n", "2:24", "found 1 prefix;", "two")
reg("a protected domain without reason", R + "networks: {protected: [{between: [10.0.0.0/8, 10.0.0.0/8]}]}\n", "2:24", "\"reason\"")
reg("a protected domain that ends before it begins", R + "networks: {protected: [{between: [10.0.0.0/8, 10.0.0.0/8], reason: x, since: 2026-02-01, until: 2026-01-01}]}\n", "2:24",
    "since is after its until")
reg("a realm of nothing", R + "realms: [{id: b}]\n", "2:10", "inputs")
reg("a VLAN of two realms", R + "realms: [{id: a, vlans: [7]}, {id: b, vlans: [7]}]\n", "2:31", "VLAN 7", "\"a\"")
reg("a truth value where one is needed", E + "  - {id: a, roles: gNB, shares_addresses: yes}\n", "3:43", "found \"yes\"", "true or false")

A = P + "allow:\n  - {id: a, from: {roles: AMF}, to: {roles: SMF}"
pol("a pack of nowhere", P + "import: [eu-toolbx]\n", "2:10", "\"eu-toolbx\"", "\"eu-toolbox\" is meant?", "uk-2022")
pol("an allow rule without id", P + "allow:\n  - {from: {roles: AMF}, to: {roles: SMF}}\n", "3:5", "\"id\"")
pol("an allow rule without end", P + "allow:\n  - {id: a, from: {roles: AMF}}\n", "3:5", "\"to\"")
pol("an end that names nothing", P + "allow:\n  - {id: a, from: {}, to: {roles: SMF}}\n", "3:19", "0.0.0.0/0")
pol("a transport of nowhere", A + ", transport: tpc}\n", "3:62", "found \"tpc\"", "tcp, udp, sctp")
pol("a port out of range", A + ", ports: [70000]}\n", "3:59", "found \"70000\"", "65535")
pol("a range backwards", A + ", ports: [20-10]}\n", "3:59", "found \"20-10\"", "8000-8100")
pol("no port", A + ", ports: []}\n", "3:58", "leaving the key out")
pol("a window that ends before it begins", A + ", window: {since: 2026-02-01, until: 2026-01-01}}\n", "3:5", "since is after its until")
pol("an unknown key of a window", A + ", window: {from: 2026-02-01}}\n", "3:60", "\"from\"", "since and until")
pol("a rule twice", A + "}\ndeny:\n  - {id: a, " + SUPPLIER + "}\n", "5:10", "\"a\" a second time", "rename")
pol("a deny rule without supplier", P + "deny:\n  - {id: d, roles: AMF}\n", "3:5", "\"supplier\"", "group, id, class")
pol("a supplier in two ways", P + "deny:\n  - {id: d, supplier: {group: x, id: y}}\n", "3:23", "one of group, id, class")
pol("a severity of nowhere", P + "deny:\n  - {id: d, " + SUPPLIER + ", severity: urgent}\n", "3:45", "found \"urgent\"", "info, low, med, high or crit")
pol("a share above all", P + "share:\n  - {id: s, metric: sites, " + SUPPLIER + ", max_ppm: 1000001}\n", "3:59", "1000000", "parts per million")
pol("a metric of nowhere", P + "share:\n  - {id: s, metric: site, " + SUPPLIER + ", max_ppm: 1}\n", "3:21", "\"sites\" is meant?")
pol("an accept rule without reason", P + "accept:\n  - {check: N2-CLEARTEXT, subject: a}\n", "3:5", "\"reason\"")
pol("an accept rule twice", P + "accept:\n  - {check: N2-CLEARTEXT, subject: a, reason: x}\n  - {check: N2-CLEARTEXT, subject: a, reason: y}\n", "4:5", "a second time")
pol("a digest that is none", P + "duplication_targets: [\"sha256:12\"]\n", "2:23", "sha256:", "64")
pol("a setting of nowhere", P + "settings: {nas.require_cipherin: true}\n", "2:12", "\"nas.require_ciphering\" is meant?")
pol("a setting out of range", P + "settings: {settle: 4000}\n", "2:20", "found \"4000\"", "3600", "seconds")
pol("a setting of another kind", P + "settings: {nas.require_ciphering: 1}\n", "2:35", "found \"1\"", "true or false")
pol("a link of nowhere", P + "settings: {links.require_protection: [N5]}\n", "2:39", "found \"N5\"", "N2, N3, N4 or N9")
pol("allow and deny of the same", P + "allow:\n  - {id: a, from: {suppliers: x, roles: AMF}, to: {roles: SMF}}\ndeny:\n  - {id: d, roles: [AMF, SMF], supplier: {id: x}}\n", "3:5",
    "\"d\"", "not both")
deep = R + "sites: " + "[" * 17 + "]" * 17 + "\n"
reg("nesting too deep", deep, "2:23", "16 levels")
reg("nesting beyond any parser", R + "sites: " + "[" * 100000 + "\n", "2:23", "16 levels")

s, out, err = check("--register", path("none.yaml"))
ok(s == 2 and "none.yaml: cannot be read: No such file" in err and not out, "a file that is not there", err)
s, out, err = check("--policy", TMP)
ok(s == 2 and "is a directory" in err, "a directory", err)
s, out, err = check("--register", write("r.yaml", b"a: 1\n"), "--policy", write("p.yaml", b"b: 1\n"))
ok(s == 2 and "r.yaml:1:1" in err and "p.yaml:1:1" in err, "both files' mistakes are told at once", err)
s, out, err = check("--register", write("r.yaml", (R + "".join("k%d: 1\n" % i for i in range(60))).encode()))
ok(s == 2 and len(err.splitlines()) == 21 and "and 40 more" in err, "at most 20 mistakes are shown, and how many more there are", err)
ok(run("policy", key=False)[0] == 2 and run("policy", "chek", key=False)[0] == 2 and check("--at", "tomorrow")[0] == 2 and check("x")[0] == 2, "a wrong command line is exit 2")

# ---- what can never match ----

NET = write("net.yaml", (R + """suppliers: [{id: acme, group: Acme Group}, {id: blue}]
sites: [{id: north, region: north, tags: [sensitive]}]
elements:
  - {id: gnb-1, roles: [gNB], addresses: [10.1.0.1], supplier: acme, site: north}
  - {id: amf-1, roles: [AMF], addresses: [10.1.0.2], supplier: blue, site: north}
""").encode())


EMPTY = write("empty.yaml", R.encode())


def never(name, rule, *words, at="2026-11-20", more="", net=NET):
    p = write("never.yaml", ("version: 1\n" + more + rule).encode())
    s, j, err = check_json("--register", net, "--policy", p, "--at", at)
    why = [r["never"] for r in j["rules"] if r["never"]] if j else None
    ok(s == 0 and (len(why) == 1 and all(w in why[0] for w in words) if words else not why), name, "%s\n%s" % (why, err))


def allow(frm, to, rest=""):
    return "allow:\n  - {id: a, from: {%s}, to: {%s}%s}\n" % (frm, to, rest)


never("a rule that can match is left alone", allow("roles: gNB", "roles: AMF"))
never("an element that the register does not have", allow("elements: gnb-2", "roles: AMF"), "no element of the register (gnb-2)")
never("an observed element is not the register's to deny", allow("elements: gNB-00101-000102", "roles: AMF"))
never("a role that nobody has", allow("roles: gNB", "roles: UPF"), "\"to\"", "role that no element", "UPF")
never("a supplier that nobody has", allow("suppliers: zzz", "roles: AMF"), "supplier that no element", "zzz")
never("a site at which nobody stands", allow("sites: south", "roles: AMF"), "site at which no element", "south")
never("keys that hold of nobody at once", allow("roles: AMF, suppliers: acme", "roles: AMF"), "at once", "two rules")
never("an address that is another element's", allow("elements: gnb-1, hosts: [10.1.0.2]", "roles: AMF"), "at once")
never("a role, in a register without elements", allow("hosts: [10.0.0.0/8]", "roles: UPF"), "role that no element", "UPF", net=EMPTY)
never("a site, in a register without elements", allow("sites: south", "hosts: [10.0.0.0/8]"), "site at which no element", "south", net=EMPTY)
never("a past window", allow("roles: gNB", "roles: AMF", ", window: {until: 2026-11-19}"), "2026-11-19", "past")
never("the last day is a day", allow("roles: gNB", "roles: AMF", ", window: {until: 2026-11-20}"))
never("a window to come", allow("roles: gNB", "roles: AMF", ", window: {since: 2030-01-01}"))
never("ports of a transport that has none", allow("roles: gNB", "roles: AMF", ", transport: esp, ports: [1]"), "ports", "none")
never("two families", allow('hosts: ["2001:db8::/32"]', "hosts: [10.0.0.0/8]"), "IPv4", "IPv6")
SHADOW = allow("hosts: [10.0.0.0/8]", "roles: [AMF, SMF, gNB]", ", transport: [tcp, udp], ports: [20-30]")
never("a rule that an earlier one covers", SHADOW + "  - {id: b, from: {hosts: [10.1.0.0/24]}, to: {roles: AMF}, transport: tcp, ports: [22, 25-30]}\n", "earlier rule a", ":3)")
never("a rule that reaches one port further", SHADOW + "  - {id: b, from: {hosts: [10.1.0.0/24]}, to: {roles: AMF}, transport: tcp, ports: [22, 25-31]}\n")
never("a rule of a wider prefix", SHADOW + "  - {id: b, from: {hosts: [8.0.0.0/5]}, to: {roles: AMF}, transport: tcp, ports: [22]}\n")
never("a rule of an element that has the role", SHADOW + "  - {id: b, from: {hosts: [10.1.0.0/24]}, to: {elements: amf-1}, transport: tcp, ports: [22]}\n", "earlier rule a")
never("a group that no supplier is of", "deny:\n  - {id: d, supplier: {group: Acme}}\n", "no supplier", "Acme Group and blue")
never("a class that names nobody", "deny:\n  - {id: d, supplier: {class: high-risk}}\n", "high_risk")
never("a class that names somebody", "deny:\n  - {id: d, supplier: {class: high-risk}}\n", more="high_risk: [ACME group]\n")
never("a role that the supplier does not have", "deny:\n  - {id: d, roles: AMF, supplier: {id: acme}}\n", "role, place and supplier")
never("a share rule that counts nobody", "share:\n  - {id: s, metric: sites, roles: eNB, supplier: {id: acme}, max_ppm: 5}\n", "among those that it counts")
never("an accept rule of nobody", "accept:\n  - {check: N2-CLEARTEXT, subject: gnb-7, reason: x}\n", "gnb-7", "no element")

# ---- random files, and what is read of them ----

rnd = random.Random(4)


def name():
    return "".join(rnd.choice("abcdefghijklmnopqrstuvwxyz0123456789-_.") for _ in range(rnd.randint(3, 12))).strip("-.") + str(rnd.randint(0, 10 ** 6))


def scalar(s):
    """The same text in any of YAML's forms."""
    forms = ['"%s"' % s, "'%s'" % s] + ([s] if re.match(r"[A-Za-z0-9][\w./-]*$", s) else [])
    return rnd.choice(forms)


def listed(v):
    return rnd.choice(["[%s]" % ", ".join(map(scalar, v)), "[ %s ]" % " ,  ".join(map(scalar, v))] + ([scalar(v[0])] if len(v) == 1 else []))


def generated():
    suppliers, sites = [name() for _ in range(rnd.randint(1, 5))], [name() for _ in range(rnd.randint(1, 5))]
    out = ["version: 1", "suppliers:"] + ["- {id: %s, group: %s}" % (scalar(x), scalar(x + "-group")) for x in suppliers]
    out += ["sites:"] + ["  - id: %s\n    tags: %s" % (scalar(x), listed([name()])) for x in sites] + ["elements:"]
    elements = []
    for i in range(rnd.randint(1, 40)):
        e = name()
        elements.append(e)
        out += ["  - id: %s" % scalar(e), "    roles: %s" % listed(rnd.sample(["gNB", "AMF", "UPF", "SMF", "OSS", "other", "NRF"], rnd.randint(1, 3))),
                "    addresses: %s" % rnd.choice(["{n2: [10.1.%d.1], oam: 10.2.%d.1}" % (i, i), "[10.1.%d.1, '2001:db8:%d::/48']" % (i, i), "10.1.%d.1" % i]),
                "    supplier: %s" % rnd.choice([scalar(rnd.choice(suppliers)), "{software: %s}" % scalar(rnd.choice(suppliers))]),
                "    site: %s   # here" % scalar(rnd.choice(sites))]
    rules = ["version: 1", "allow:"] + ["  - {id: rule%d, from: {elements: %s}, to: {elements: %s}, transport: tcp, ports: [%d]}"
                                        % (i, listed([rnd.choice(elements)]), listed([rnd.choice(elements)]), 1 + i) for i in range(rnd.randint(1, 30))]
    return "\n".join(out) + "\n", "\n".join(rules) + "\n", len(elements), len(rules) - 2


good = 0
for _ in range(40):
    r, p, n, rules = generated()
    r, p = write("gen-r.yaml", r.encode()), write("gen-p.yaml", p.encode())
    s, j, err = check_json("--register", r, "--policy", p)
    text = check("--register", r, "--policy", p)[1].decode()
    good += s == 0 and len(j["rules"]) == rules and not any(x["never"] for x in j["rules"]) and "%d element" % n in text and check_json("--register", r, "--policy", p)[1] == j
ok(good == 40, "random registers and policies, in any of YAML's forms, are read as they were meant", "%d of 40; %s" % (good, err))

FORMS = [("'single ''quoted'''", "single 'quoted'"), ('"double \\"quoted\\""', 'double "quoted"'), ('"\\u00e9\\tx"', "\u00e9\tx"), ('"%s"' % ("\\t'" * 40), "\t'" * 40),
         (">-\n      folded\n      text", "folded text"), ("|-\n      two\n      lines", "two\nlines"), ("plain\n      on", "plain on"), ("NO", "NO"), ("~", "~"),
         ("1.0", "1.0"), ("2026-01-01", "2026-01-01")]
text = "version: 1\nallow:\n" + "".join("  - id: a%d\n    from: {roles: gNB}\n    to: {roles: AMF}\n    ports: [%d]\n    ref: %s\n" % (i, i, f[0]) for i, f in enumerate(FORMS))
s, j, err = check_json("--policy", write("forms.yaml", text.encode()))
ok(s == 0 and [r["ref"] for r in j["rules"]] == [f[1] for f in FORMS], "a text in any form is the text that was meant", "%s\n%s" % (err, j and [r["ref"] for r in j["rules"]]))

# ---- the documents name every key ----

keys = [json.loads(x) for x in run("policy", "keys", "--json", key=False)[1].splitlines()]
pages = {w: open(os.path.join(ROOT, "man/fairwitness-%s.5" % w)).read().replace("\\-", "-").replace("\\&", "") for w in ("register", "policy")}
missing = [k["path"] for k in keys if not re.search(r'^\.(BR?|IP|TP)\s.*(?<![\w.])%s(?![\w.])' % re.escape(k["key"]), pages[k["path"].split()[0]], re.M)]
ok(len(keys) > 80 and not missing, "the man pages name every key of the schemas", missing)
allowed = [k["path"] for k in keys if k["default"] and k["default"] not in pages[k["path"].split()[0]]]
ok(not allowed, "and every default", allowed)
ok(all(os.path.splitext(f)[0] in pages["policy"] for f in os.listdir(os.path.join(ROOT, "src/policy/packs"))), "and every pack")
done()
