package lint

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sigla/schemas/xmltok"
)

// schema is what the test reads of a RELAX NG schema in the XML syntax: its
// elements, as a tree.
type schemaNode struct {
	local string
	attrs map[string]string
	kids  []*schemaNode
}

func readSchema(t *testing.T, doc []byte) *schemaNode {
	root := &schemaNode{}
	open := []*schemaNode{root}
	tok := xmltok.NewBytes("tei_all.rng", doc, nil)
	for {
		kind, err := tok.Next()
		if err != nil {
			t.Fatal(err)
		}
		switch kind {
		case xmltok.EOF:
			return root
		case xmltok.StartElement:
			n := &schemaNode{local: tok.Name.Local, attrs: map[string]string{}}
			for _, a := range tok.Attrs {
				n.attrs[a.Name.Local] = string(a.Value)
			}
			top := open[len(open)-1]
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xmltok.EndElement:
			open = open[:len(open)-1]
		}
	}
}

type found struct{ pointer, list, other bool }

// The table of attributes is what tei_all says: an attribute whose values are
// anyURI is a pointer, but for the names that the table's comment leaves out.
func TestAttributesAreThoseOfTheTEI(t *testing.T) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED is not set")
	}
	doc, err := os.ReadFile(filepath.Join(shared, "schemas", "tei", "tei_all.rng"))
	if err != nil {
		t.Fatal(err)
	}
	root := readSchema(t, doc)
	defines := map[string][]*schemaNode{}
	var elements []*schemaNode
	var collect func(*schemaNode)
	collect = func(n *schemaNode) {
		switch n.local {
		case "define":
			defines[n.attrs["name"]] = append(defines[n.attrs["name"]], n)
		case "element":
			if n.attrs["name"] != "" {
				elements = append(elements, n)
			}
		}
		for _, k := range n.kids {
			collect(k)
		}
	}
	collect(root)

	// values is what an attribute may hold.
	var values func(n *schemaNode, f *found, inside map[string]bool)
	values = func(n *schemaNode, f *found, inside map[string]bool) {
		switch n.local {
		case "data":
			f.pointer = f.pointer || n.attrs["type"] == "anyURI"
			f.other = f.other || n.attrs["type"] != "anyURI"
		case "list":
			f.list = true
		case "ref":
			if name := n.attrs["name"]; !inside[name] {
				inside[name] = true
				for _, d := range defines[name] {
					values(d, f, inside)
				}
			}
		}
		for _, k := range n.kids {
			values(k, f, inside)
		}
	}
	var attributesOf func(n *schemaNode, got map[string]found, inside map[string]bool)
	attributesOf = func(n *schemaNode, got map[string]found, inside map[string]bool) {
		switch n.local {
		case "element":
			return // its attributes are its own
		case "attribute":
			f := got[n.attrs["name"]]
			values(n, &f, map[string]bool{})
			got[n.attrs["name"]] = f
			return
		case "ref":
			if name := n.attrs["name"]; !inside[name] {
				inside[name] = true
				for _, d := range defines[name] {
					attributesOf(d, got, inside)
				}
			}
		}
		for _, k := range n.kids {
			attributesOf(k, got, inside)
		}
	}
	notPointers := strings.Fields("@ns @except @defaultExceptions @xml:base namespace/@name anyElement/@require move/@where")
	rows := map[string]*attribute{}
	for i := range attributes {
		rows[attributes[i].name] = &attributes[i]
	}
	seen := map[string]bool{}
	for _, e := range elements {
		element := e.attrs["name"]
		got := map[string]found{}
		for _, k := range e.kids {
			attributesOf(k, got, map[string]bool{})
		}
		for name, f := range got {
			row := rows[name]
			if slices.Contains(notPointers, "@"+name) || slices.Contains(notPointers, element+"/@"+name) {
				f.pointer = false
			}
			if is := row != nil && row.points(element); is != f.pointer {
				t.Errorf("%s/@%s: pointer %v, in tei_all %v", element, name, is, f.pointer)
			}
			if row == nil {
				continue
			}
			if f.pointer && f.list && row.pointers == one {
				t.Errorf("%s/@%s holds a list", element, name)
			}
			if row.dates(element) && (f.pointer || f.list) {
				t.Errorf("%s/@%s is no date", element, name)
			}
			seen[name] = true
		}
	}
	for name := range rows {
		if !seen[name] {
			t.Errorf("@%s is no attribute of tei_all", name)
		}
	}
	if len(elements) < 500 {
		t.Errorf("only %d elements", len(elements))
	}
}
