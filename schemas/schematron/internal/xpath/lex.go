package xpath

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"sigla/schemas/xmltok"
)

// SyntaxError is an expression that can't be used.
type SyntaxError struct {
	Offset      int // in bytes of the expression
	Message     string
	Unsupported bool   // XPath allows it, but it is not run here
	Undeclared  string // the variable that nothing declares
}

func (e *SyntaxError) Error() string { return e.Message }

type tokenKind uint8

const (
	endToken tokenKind = iota
	nameToken
	stringToken
	numberToken
	signToken // an operator or a bracket
)

type token struct {
	kind          tokenKind
	at, end       int
	prefix, local string // of a name; * for any
	space         string // of Q{space}local
	braced        bool
	text          string // of a string its value; else as written
}

func (t token) is(sign string) bool { return t.kind == signToken && t.text == sign }

// word reports whether a token is a name that could be a keyword.
func (t token) word(w string) bool {
	return t.kind == nameToken && t.prefix == "" && !t.braced && t.local == w
}

func (t token) what() string {
	if t.kind == endToken {
		return "the end"
	}
	return quoted(t.text)
}

// signs are the tokens that are no names, longer ones first.
var signs = []string{"::", "//", "..", "!=", "<=", ">=", "<<", ">>", "||", "=>", "(", ")", "[", "]", "{", "}", "@", ",", "/", "|", "+", "-", "=", "<", ">", "$", "*", ".", "!", "?", "#", ":"}

// maxTokens bounds an expression.
const maxTokens = 1 << 16

func syntaxError(at int, format string, args ...any) {
	panic(&SyntaxError{Offset: at, Message: fmt.Sprintf(format, args...)})
}

func unsupported(at int, format string, args ...any) {
	panic(&SyntaxError{Offset: at, Message: fmt.Sprintf(format, args...), Unsupported: true})
}

// lex cuts an expression into tokens (XPath 3.1, A.2).
func lex(src string) (tokens []token) {
	i := 0
	for {
		i = skipBlank(src, i)
		if i >= len(src) {
			return append(tokens, token{kind: endToken, at: len(src), end: len(src)})
		}
		if len(tokens) > maxTokens {
			syntaxError(i, "the expression is too long")
		}
		t := token{at: i}
		c := src[i]
		switch {
		case c == '"' || c == '\'':
			t.kind = stringToken
			t.text, t.end = lexString(src, i)
		case c >= '0' && c <= '9' || c == '.' && i+1 < len(src) && src[i+1] >= '0' && src[i+1] <= '9':
			t.kind = numberToken
			t.end = lexNumber(src, i)
			if ncName(src, t.end) > t.end {
				syntaxError(t.end, "a blank has to stand between the number %s and what follows", src[i:t.end])
			}
			t.text = src[i:t.end]
		default:
			if !lexName(src, &t) {
				t.kind = signToken
				for _, s := range signs {
					if strings.HasPrefix(src[i:], s) {
						t.text = s
						break
					}
				}
				if t.text == "" {
					r, _ := utf8.DecodeRuneInString(src[i:])
					syntaxError(i, "the character %q means nothing in XPath", r)
				}
				t.end = i + len(t.text)
			} else {
				t.text = src[i:t.end]
			}
		}
		tokens = append(tokens, t)
		i = t.end
	}
}

// skipBlank passes white space and comments, which nest.
func skipBlank(src string, i int) int {
	for i < len(src) {
		switch {
		case strings.IndexByte(" \t\r\n", src[i]) >= 0:
			i++
		case strings.HasPrefix(src[i:], "(:"):
			start, depth := i, 0
			for {
				if i >= len(src) {
					syntaxError(start, "the comment (: never ends; close it with :)")
				}
				if strings.HasPrefix(src[i:], "(:") {
					depth++
					i += 2
				} else if strings.HasPrefix(src[i:], ":)") {
					i += 2
					if depth--; depth == 0 {
						break
					}
				} else {
					i++
				}
			}
		default:
			return i
		}
	}
	return i
}

func lexString(src string, i int) (string, int) {
	quote := src[i : i+1]
	var b strings.Builder
	for j := i + 1; j < len(src); {
		k := strings.Index(src[j:], quote)
		if k < 0 {
			break
		}
		b.WriteString(src[j : j+k])
		j += k + 1
		if !strings.HasPrefix(src[j:], quote) {
			return b.String(), j
		}
		b.WriteString(quote)
		j++
	}
	syntaxError(i, "the string opens with %s and never closes", quote)
	return "", 0
}

func lexNumber(src string, i int) int {
	digits := func() {
		for i < len(src) && src[i] >= '0' && src[i] <= '9' {
			i++
		}
	}
	digits()
	if i < len(src) && src[i] == '.' && !strings.HasPrefix(src[i:], "..") {
		i++
		digits()
	}
	if i < len(src) && (src[i] == 'e' || src[i] == 'E') {
		j := i + 1
		if j < len(src) && (src[j] == '+' || src[j] == '-') {
			j++
		}
		if j < len(src) && src[j] >= '0' && src[j] <= '9' {
			i = j
			digits()
		}
	}
	return i
}

// ncName is where the name that begins at i ends, or i.
func ncName(src string, i int) int {
	j := i
	for j < len(src) {
		r, n := utf8.DecodeRuneInString(src[j:])
		if r < 0x80 {
			letter := r|0x20 >= 'a' && r|0x20 <= 'z' || r == '_'
			if !letter && (j == i || (r < '0' || r > '9') && r != '-' && r != '.') {
				break
			}
		} else if !xmltok.IsNCName("a" + src[j:j+n]) {
			break
		}
		j += n
	}
	if j > i && !xmltok.IsNCName(src[i:j]) {
		return i
	}
	return j
}

func lexName(src string, t *token) bool {
	i := t.at
	if strings.HasPrefix(src[i:], "Q{") {
		k := strings.IndexByte(src[i:], '}')
		if k < 0 {
			syntaxError(i, "Q{ opens and never closes")
		}
		t.space, t.braced = strings.Join(strings.Fields(src[i+2:i+k]), " "), true
		i += k + 1
		if i < len(src) && src[i] == '*' {
			t.local, t.end, t.kind = "*", i+1, nameToken
			return true
		}
		j := ncName(src, i)
		if j == i {
			syntaxError(i, "a name has to follow Q{…}")
		}
		t.local, t.end, t.kind = src[i:j], j, nameToken
		return true
	}
	if strings.HasPrefix(src[i:], "*:") {
		j := ncName(src, i+2)
		if j == i+2 {
			return false
		}
		t.prefix, t.local, t.end, t.kind = "*", src[i+2:j], j, nameToken
		return true
	}
	j := ncName(src, i)
	if j == i {
		return false
	}
	t.kind, t.local, t.end = nameToken, src[i:j], j
	if j+1 < len(src) && src[j] == ':' && src[j+1] != ':' {
		if src[j+1] == '*' {
			t.prefix, t.local, t.end = t.local, "*", j+2
		} else if k := ncName(src, j+1); k > j+1 {
			t.prefix, t.local, t.end = t.local, src[j+1:k], k
		}
	}
	return true
}
