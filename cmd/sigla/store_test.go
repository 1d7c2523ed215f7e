package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// schemaSite is a server of synthetic schemas for the scripts, which know it as
// $SITE. A schema that /changing.rng gives is another each time.
func schemaSite(t *testing.T) func(*testscript.Env) error {
	const grammar = `<grammar xmlns="http://relaxng.org/ns/structure/1.0">`
	const part = grammar + `<define name="line"><element name="line"><text/></element></define></grammar>`
	files := map[string]string{
		"/letter.rng":     grammar + "<!--\nTEI Edition: P5 Version 4.9.0. Last updated -->" + `<start><element name="letter"><text/></element></start></grammar>`,
		"/lines.rng":      grammar + `<include href="parts/line.rng"/><start><ref name="line"/></start></grammar>`,
		"/whole.rng":      grammar + `<include href="SITE/parts/line.rng"/><start><ref name="line"/></start></grammar>`,
		"/parts/line.rng": part,
		"/wrong.rng":      grammar + "\n" + `<start><ref name="none"/></start></grammar>`,
		"/page.rng":       `<!DOCTYPE html><html><body>Not here</body></html>`,
		"/rules.sch":      `<schema xmlns="http://purl.oclc.org/dsdl/schematron"><title>Rules</title></schema>`,
	}
	s := httptest.NewUnstartedServer(nil)
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch p := r.URL.Path; p {
		case "/moved.rng":
			http.Redirect(w, r, "/letter.rng", http.StatusFound)
		case "/loop.rng":
			http.Redirect(w, r, "/loop.rng", http.StatusFound)
		case "/cut.rng":
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, grammar)
		case "/changing.rng":
			fmt.Fprintf(w, "%s<start><element name=\"x\"><empty/></element></start><!--%d--></grammar>", grammar, time.Now().UnixNano())
		default:
			text, ok := files[p]
			if !ok {
				http.NotFound(w, r)
				return
			}
			fmt.Fprint(w, strings.ReplaceAll(text, "SITE", s.URL))
		}
	})
	s.Start()
	t.Cleanup(s.Close)
	return func(env *testscript.Env) error {
		env.Setenv("SITE", s.URL)
		env.Setenv("SIGLA_STORE", env.Getenv("WORK")+"/store")
		env.Setenv("XML_CATALOG_FILES", "")
		return nil
	}
}
