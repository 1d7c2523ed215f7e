# What expat makes of documents, for comparison. Reads documents, each after its
# length in four bytes, and answers each in the same way: with its events, or
# with ! and expat's number and place of the error.
import struct
import sys
import xml.parsers.expat as expat

FIELD, EVENT = "\x1f", "\x1e"


def events(doc):
    out = []
    text = []

    def flush():
        if text:
            out.append("T" + "".join(text))
            text.clear()

    def start(name, attributes):
        flush()
        out.append(FIELD.join(["S" + name] + attributes))

    def end(name):
        flush()
        out.append("E" + name)

    def comment(data):
        flush()
        out.append("C" + data)

    def instruction(target, data):
        flush()
        out.append("P" + target + FIELD + data)

    def doctype(name, system, public, subset):
        inside.append(True)

    def doctype_end():
        inside.pop()

    inside = []
    p = expat.ParserCreate(namespace_separator="}")
    p.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    p.ordered_attributes = True
    p.StartElementHandler = start
    p.EndElementHandler = end
    p.CharacterDataHandler = text.append
    p.CommentHandler = lambda data: inside or comment(data)
    p.ProcessingInstructionHandler = lambda t, d: inside or instruction(t, d)
    p.StartDoctypeDeclHandler = doctype
    p.EndDoctypeDeclHandler = doctype_end
    try:
        p.Parse(doc, True)
    except expat.ExpatError as e:
        return "!%d %d %s" % (e.code, p.ErrorByteIndex, e)
    except (LookupError, ValueError) as e:
        return "!0 0 %s" % e
    flush()
    return EVENT.join(out)


while True:
    head = sys.stdin.buffer.read(4)
    if len(head) < 4:
        break
    (n,) = struct.unpack("<I", head)
    answer = events(sys.stdin.buffer.read(n)).encode("utf-8", "surrogatepass")
    sys.stdout.buffer.write(struct.pack("<I", len(answer)) + answer)
