//go:build cgo

package xsd

/*
#cgo pkg-config: libxml-2.0
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

// A report collects what libxml2 says of a document or a schema. It calls back
// once an error and uses the memory of the message again, so that is copied.
typedef struct {
	int file, parser;
	uintptr_t element;
	char *message;
} sigla_error;

typedef struct {
	int n, cap, most, more;
	sigla_error *list;
} sigla_report;

// The files of the schema that this thread compiles.
typedef struct {
	int n, *sizes;
	char **texts;
} sigla_files;

static __thread const sigla_files *sigla_now;

// sigla_number is the number in an address of ours, -1 for any other address.
static int sigla_number(const char *url) {
	int n, end = 0;
	if (!url || sscanf(url, "sigla-xsd:%d%n", &n, &end) != 1 || url[end] || n < 0)
		return -1;
	return n;
}

// sigla_load gives libxml2 the files of the schema in hand. There is nothing
// else for it: no file, no address.
static xmlParserInputPtr sigla_load(const char *url, const char *id, xmlParserCtxtPtr ctxt) {
	(void)id;
	int n = sigla_number(url);
	if (!sigla_now || n < 0 || n >= sigla_now->n)
		return NULL;
	xmlParserInputBufferPtr b = xmlParserInputBufferCreateMem(sigla_now->texts[n], sigla_now->sizes[n], XML_CHAR_ENCODING_NONE);
	if (!b)
		return NULL;
	xmlParserInputPtr in = xmlNewIOInputStream(ctxt, b, XML_CHAR_ENCODING_NONE);
	if (!in) {
		xmlFreeParserInputBuffer(b);
		return NULL;
	}
	in->filename = (char *)xmlStrdup((const xmlChar *)url);
	return in;
}

static void sigla_silent(void *data, const char *format, ...) {
	(void)data;
	(void)format;
}

// sigla_start is called once, before anything else: the types of XML Schema are
// made without a lock, and the loader is one for all threads.
static void sigla_start(void) {
	xmlInitParser();
	xmlSchemaInitTypes();
	xmlSetExternalEntityLoader(sigla_load);
}

// sigla_element is the number of an element in its document, from 1. All are
// numbered when the first is asked for.
static uintptr_t sigla_element(xmlNodePtr node) {
	xmlNodePtr x = node->doc ? xmlDocGetRootElement(node->doc) : NULL;
	uintptr_t count = 0;
	if (!x || x->_private)
		return (uintptr_t)node->_private;
	for (;;) {
		if (x->type == XML_ELEMENT_NODE)
			x->_private = (void *)++count;
		if (x->type == XML_ELEMENT_NODE && x->children) {
			x = x->children;
			continue;
		}
		while (!x->next) {
			x = x->parent;
			if (!x || x->type != XML_ELEMENT_NODE)
				return (uintptr_t)node->_private;
		}
		x = x->next;
	}
}

static void sigla_collect(void *data, const xmlError *e) {
	sigla_report *r = data;
	if (!e || e->level < XML_ERR_ERROR)
		return;
	// xml:id is the schema's to judge, and namespaces have been read; of a wrong
	// regular expression the facet is told
	if (e->domain == XML_FROM_VALID || e->domain == XML_FROM_DTD || e->domain == XML_FROM_NAMESPACE || e->domain == XML_FROM_REGEXP)
		return;
	if (r->n == r->most) {
		r->more++;
		return;
	}
	if (r->n == r->cap) {
		int cap = r->cap ? 2 * r->cap : 8;
		sigla_error *list = realloc(r->list, cap * sizeof *list);
		if (!list)
			return;
		r->list = list;
		r->cap = cap;
	}
	sigla_error *x = &r->list[r->n++];
	memset(x, 0, sizeof *x);
	x->file = -1;
	x->parser = e->domain == XML_FROM_PARSER;
	x->message = strdup(e->message ? e->message : "");
	xmlNodePtr node = x->parser ? NULL : e->node;
	if (node && node->type == XML_ATTRIBUTE_NODE)
		node = node->parent;
	if (node && node->type == XML_ELEMENT_NODE) {
		x->element = sigla_element(node);
		if (node->doc)
			x->file = sigla_number((const char *)node->doc->URL);
	}
}

static void sigla_free(sigla_report *r) {
	for (int i = 0; i < r->n; i++)
		free(r->list[i].message);
	free(r->list);
}

// sigla_listen turns what libxml2 says on this thread to a report, and keeps it
// off standard error. Without a report it undoes that.
static void sigla_listen(sigla_report *r) {
	xmlSetStructuredErrorFunc(r, r ? (xmlStructuredErrorFunc)sigla_collect : NULL);
	xmlSetGenericErrorFunc(NULL, r ? sigla_silent : NULL);
}

static void sigla_open(const sigla_files *files, sigla_report *r) {
	sigla_now = files;
	sigla_listen(r);
}

static void sigla_close(void) {
	sigla_listen(NULL);
	sigla_now = NULL;
	xmlResetLastError();
}

// sigla_validate returns 0 for a valid document, 1 for one with errors, -1
// where the library itself failed. The limits of libxml2's parser are off: the
// text has been read once, within limits, and it has no entities.
static int sigla_validate(uintptr_t schema, const char *doc, int size, sigla_report *r) {
	int rc = -1;
	xmlSchemaValidCtxtPtr v = NULL;
	xmlParserCtxtPtr p = xmlNewParserCtxt();
	if (!p)
		return -1;
	sigla_open(NULL, r);
	xmlDocPtr d = xmlCtxtReadMemory(p, doc, size, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOWARNING | XML_PARSE_COMPACT | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
	xmlFreeParserCtxt(p);
	if (d && (v = xmlSchemaNewValidCtxt((xmlSchemaPtr)schema))) {
		xmlSchemaSetValidStructuredErrors(v, (xmlStructuredErrorFunc)sigla_collect, r);
		rc = xmlSchemaValidateDoc(v, d);
	}
	if (v)
		xmlSchemaFreeValidCtxt(v);
	if (d)
		xmlFreeDoc(d);
	sigla_close();
	return r->n ? 1 : rc;
}
*/
import "C"

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"unsafe"

	"github.com/lestrrat-go/libxml2/xsd"
)

// The schema is compiled by the libxml2 binding, between hooks of ours, since it
// would ask the network and write to standard error. Documents are validated
// here: the binding's errors are strings without a place, at most 32.

// numbersElements tells that the engine knows an element's number by its line;
// libxml2's lines end at 65,535, and it is asked for the number itself.
const numbersElements = false

var start = sync.OnceFunc(func() { C.sigla_start() })

// engine is a schema of libxml2, freed when it is no longer in use.
type engine struct{ schema *xsd.Schema }

func newEngine(files []*file) (*engine, error) {
	start()
	runtime.LockOSThread() // the hooks are the thread's
	defer runtime.UnlockOSThread()
	n := len(files)
	cfiles := (*C.sigla_files)(C.calloc(1, C.sizeof_sigla_files))
	cfiles.texts = (**C.char)(C.calloc(C.size_t(n), C.size_t(unsafe.Sizeof(uintptr(0)))))
	cfiles.sizes = (*C.int)(C.calloc(C.size_t(n), C.sizeof_int))
	cfiles.n = C.int(n)
	texts, sizes := unsafe.Slice(cfiles.texts, n), unsafe.Slice(cfiles.sizes, n)
	for i, f := range files {
		texts[i], sizes[i] = (*C.char)(C.CBytes(f.text)), C.int(len(f.text))
	}
	r := (*C.sigla_report)(C.calloc(1, C.sizeof_sigla_report)) // libxml2 keeps its address
	r.most = maxFindings
	defer func() {
		for _, text := range texts {
			C.free(unsafe.Pointer(text))
		}
		C.free(unsafe.Pointer(cfiles.texts))
		C.free(unsafe.Pointer(cfiles.sizes))
		C.free(unsafe.Pointer(cfiles))
		C.sigla_free(r)
		C.free(unsafe.Pointer(r))
	}()
	C.sigla_open(cfiles, r)
	s, err := xsd.ParseFromFile(scheme + "0")
	C.sigla_close()
	if err != nil {
		return nil, schemaError(files, told(r), err)
	}
	e := &engine{s}
	runtime.AddCleanup(e, (*xsd.Schema).Free, s)
	return e, nil
}

func (e *engine) validate(doc []byte) (faults, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	r := (*C.sigla_report)(C.calloc(1, C.sizeof_sigla_report))
	r.most = maxFindings
	defer func() {
		C.sigla_free(r)
		C.free(unsafe.Pointer(r))
	}()
	rc := C.sigla_validate(C.uintptr_t(e.schema.Pointer()), (*C.char)(unsafe.Pointer(unsafe.SliceData(doc))), C.int(len(doc)), r)
	runtime.KeepAlive(doc)
	runtime.KeepAlive(e)
	if rc != 0 && r.n == 0 {
		return faults{}, errors.New("libxml2 could not validate the file")
	}
	out := told(r)
	for _, f := range out.list {
		if internal, ok := strings.CutPrefix(f.message, "Internal error: "); ok { // as for a pattern that takes too long
			return faults{}, fmt.Errorf("libxml2 gave up: %s", simple(internal))
		}
	}
	return out, nil
}

// told is what a report holds.
func told(r *C.sigla_report) faults {
	out := faults{more: int(r.more)}
	for _, x := range unsafe.Slice(r.list, int(r.n)) {
		message := C.GoString(x.message)
		out.list = append(out.list, fault{int(x.file), int(x.element), attribute(message), message, x.parser != 0})
	}
	return out
}
