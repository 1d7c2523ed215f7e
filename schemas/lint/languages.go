package lint

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"sigla/tei/diag"
)

// Language tags: BCP 47, that is RFC 5646. Whether a tag is formed by it is
// decided here (2.1), what its parts mean by the registry in x/text.

// verdict is what is wrong with a tag; a tag that is right has no code.
type verdict struct {
	code    diag.Code
	message string
}

// verdicts are the tags met so far: documents use a few, over and over.
var verdicts = struct {
	sync.RWMutex
	of map[string]verdict
}{of: map[string]verdict{}}

// Of how many tags, and of what length, the verdicts are remembered.
const (
	tagsKept  = 4096
	tagLength = 64
)

func verdictOf(tag []byte) verdict {
	verdicts.RLock()
	v, is := verdicts.of[string(tag)]
	verdicts.RUnlock()
	if is {
		return v
	}
	v = judge(string(tag))
	if len(tag) <= tagLength {
		verdicts.Lock()
		if len(verdicts.of) < tagsKept {
			verdicts.of[string(tag)] = v
		}
		verdicts.Unlock()
	}
	return v
}

// languageLint reports the tags whose verdict has a code.
func languageLint(code diag.Code) func(*facts, *reporter) {
	return func(f *facts, r *reporter) {
		for _, u := range f.languages {
			if v := verdictOf(u.value); v.code == code {
				r.say(u.span, "%s", whole(v.message))
			}
		}
	}
}

func undeclaredLanguages(f *facts, r *reporter) {
	for _, u := range f.languages {
		if len(u.value) > 0 && verdictOf(u.value).code != CodeLangMalformed && !f.declared[strings.ToLower(string(u.value))] {
			r.say(u.span, "xml:lang \"%s\" is not declared; add <language ident=\"%s\"> to langUsage in the header", u.value, u.value)
		}
	}
}

// bibliographic are the codes of ISO 639-2 that libraries use beside those of
// the registry, which has neither them nor any third letter for these.
var bibliographic = map[string]string{
	"alb": "sq", "arm": "hy", "baq": "eu", "bur": "my", "chi": "zh", "cze": "cs", "dut": "nl", "fre": "fr", "geo": "ka", "ger": "de",
	"gre": "el", "ice": "is", "mac": "mk", "mao": "mi", "may": "ms", "per": "fa", "rum": "ro", "slo": "sk", "tib": "bo", "wel": "cy",
}

// younger are subtags that were registered after the registry in x/text was
// taken.
var younger = setOf(`akhmimic anpezo blasl bohairic fascia fayumic fodom gherd hanoi huett kleinsch leidentr lycopol mdcegyp mdctrans
	mesokem pehoeji sahidic saigon tailo valbadia viennese gara gukh hntl krai onao seav sidt todr tols tutg`)

func judge(tag string) verdict {
	if tag == "" {
		return verdict{} // no language is told (XML 1.0, 2.12)
	}
	if why := malformedTag(tag); why != "" {
		return verdict{CodeLangMalformed, fmt.Sprintf("\"%s\" is no language tag: %s", diag.Short(tag), why)}
	}
	if grandfathered[strings.ToLower(tag)] {
		return verdict{}
	}
	first, rest := tag, ""
	if n := strings.IndexByte(tag, '-'); n > 0 {
		first, rest = tag[:n], tag[n:]
	}
	lower := strings.ToLower(first)
	if lower == "x" || lower >= "qaa" && lower <= "qtz" && len(lower) == 3 {
		return verdict{} // private use
	}
	long := func(two string) verdict {
		return verdict{CodeLangLong, fmt.Sprintf("\"%s\" has a code of three letters where one of two exists, which BCP 47 asks for; write %s%s", diag.Short(tag), two, diag.Short(rest))}
	}
	if two := bibliographic[lower]; two != "" {
		return long(two)
	}
	parsed, err := language.Raw.Parse(tag)
	var unknown language.ValueError
	switch {
	case errors.As(err, &unknown) && younger[strings.ToLower(unknown.Subtag())]:
	case errors.As(err, &unknown):
		return verdict{CodeLangUnknown, fmt.Sprintf("\"%s\" in the language tag \"%s\" is not registered; take the registered subtag, or write x- before one of your own", diag.Short(unknown.Subtag()), diag.Short(tag))}
	case err != nil:
		return verdict{CodeLangUnknown, fmt.Sprintf("\"%s\" is no language tag that is registered; take a registered one such as de, or write x- before one of your own", diag.Short(tag))}
	}
	if b, _, _ := parsed.Raw(); len(lower) == 3 && len(b.String()) == 2 && b.ISO3() == lower {
		return long(b.String())
	}
	return deprecated(tag, lower, rest, parsed)
}

// deprecated says by what a part of a tag has been replaced.
func deprecated(tag, lower, rest string, parsed language.Tag) verdict {
	is := func(part, better, instead string) verdict {
		return verdict{CodeLangDeprecated, fmt.Sprintf("\"%s\" in the language tag \"%s\" has been replaced in the registry; write %s", part, diag.Short(tag), diag.Short(better)+diag.Short(instead))}
	}
	base, _, region := parsed.Raw()
	if t, err := language.DeprecatedBase.Canonicalize(parsed); err == nil {
		if b, _, _ := t.Raw(); b != base && len(lower) == len(base.String()) {
			return is(lower, b.String(), rest)
		}
	}
	if t, err := language.DeprecatedRegion.Canonicalize(parsed); err == nil {
		if _, _, r := t.Raw(); r != region {
			return is(region.String(), t.String(), "")
		}
	}
	return verdict{}
}

// grandfathered are the tags that RFC 5646 keeps from before (2.2.8), in small
// letters.
var grandfathered = setOf(`en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao i-tay i-tsu
	sgn-be-fr sgn-be-nl sgn-ch-de art-lojban cel-gaulish no-bok no-nyn zh-guoyu zh-hakka zh-min zh-min-nan zh-xiang`)

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// The parts of a tag in their order (RFC 5646, 2.1).
const (
	languagePart = iota
	extlangPart
	scriptPart
	regionPart
	variantPart
	extensionPart
	privatePart
)

// malformedTag says why a tag is not formed by RFC 5646, 2.1, and what would be
// right; "" if it is.
func malformedTag(tag string) string {
	const longest = 255
	if len(tag) > longest {
		return "it is too long; write the code of the language, such as de"
	}
	if strings.Contains(tag, "_") {
		return "its parts are separated by -; write " + diag.Short(strings.ReplaceAll(tag, "_", "-"))
	}
	if grandfathered[strings.ToLower(tag)] {
		return ""
	}
	at, extlangs, open := languagePart, 0, ""
	seen := map[string]bool{}
	for i, s := range strings.Split(strings.ToLower(tag), "-") {
		alpha, digits := letters(s)
		switch {
		case s == "":
			return "a part is missing beside a -; take the - out"
		case alpha+digits < len(s):
			return "it holds letters, digits and - alone, as in de or zh-Hant-TW"
		case len(s) > 8:
			return "a part has more than eight letters; write the code of the language, such as de"
		case at == privatePart:
			open = ""
			continue
		case s == "x":
			if open != "" {
				return open
			}
			at, open = privatePart, "nothing follows x-; write what it stands for"
			continue
		case i == 0:
			if alpha < len(s) || len(s) < 2 {
				return "it begins with the code of a language, such as de"
			}
			continue
		case len(s) == 1:
			if open != "" {
				return open
			}
			if seen[s+"-"] {
				return "the extension " + s + "- stands twice; take one out"
			}
			seen[s+"-"] = true
			at, open = extensionPart, "nothing follows "+s+"-; write what it stands for, or take it out"
			continue
		case at == extensionPart:
			open = ""
			continue
		}
		part := partOf(s, alpha)
		switch {
		case part < 0, part < at, part == at && part != extlangPart && part != variantPart,
			part == extlangPart && extlangs == 3:
			return "\"" + s + "\" can't stand where it stands; the order is language, script (Latn), region (DE), variants (1901)"
		case part == variantPart && seen[s]:
			return "\"" + s + "\" stands twice; take one out"
		case part == extlangPart:
			extlangs++
		}
		seen[s] = true
		at = part
	}
	return open
}

// letters counts the letters and digits of ASCII.
func letters(s string) (alpha, digits int) {
	for _, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			alpha++
		case '0' <= c && c <= '9':
			digits++
		}
	}
	return alpha, digits
}

// partOf is what a subtag is by its shape, or -1.
func partOf(s string, alpha int) int {
	switch n := len(s); {
	case n == 3 && alpha == 3:
		return extlangPart
	case n == 4 && alpha == 4:
		return scriptPart
	case n == 2 && alpha == 2, n == 3 && alpha == 0:
		return regionPart
	case n >= 5, n == 4 && s[0] >= '0' && s[0] <= '9':
		return variantPart
	}
	return -1
}
