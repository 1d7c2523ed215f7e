package source

import (
	"slices"
	"strings"
	"unicode"
)

// language is a language as front matter names it, in lower case, and its tag
// (BCP 47).
type language struct{ name, tag string }

var languages = []language{
	{"afrikaans", "af"}, {"albanian", "sq"}, {"amharic", "am"}, {"arabic", "ar"}, {"armenian", "hy"}, {"azerbaijani", "az"},
	{"azeri", "az"}, {"basque", "eu"}, {"belarusian", "be"}, {"belorussian", "be"}, {"byelorussian", "be"}, {"bengali", "bn"},
	{"bosnian", "bs"}, {"bulgarian", "bg"}, {"burmese", "my"}, {"cambodian", "km"}, {"cantonese", "yue"}, {"catalan", "ca"},
	{"chinese", "zh"}, {"classical chinese", "lzh"}, {"croatian", "hr"}, {"czech", "cs"}, {"danish", "da"}, {"dari", "prs"},
	{"dutch", "nl"}, {"english", "en"}, {"esperanto", "eo"}, {"estonian", "et"}, {"farsi", "fa"}, {"filipino", "fil"},
	{"finnish", "fi"}, {"flemish", "nl-BE"}, {"french", "fr"}, {"galician", "gl"}, {"georgian", "ka"}, {"german", "de"},
	{"greek", "el"}, {"hebrew", "he"}, {"hindi", "hi"}, {"hungarian", "hu"}, {"icelandic", "is"}, {"indonesian", "id"},
	{"irish", "ga"}, {"italian", "it"}, {"japanese", "ja"}, {"kazakh", "kk"}, {"khmer", "km"}, {"korean", "ko"},
	{"kurdish", "ku"}, {"kyrgyz", "ky"}, {"lao", "lo"}, {"laotian", "lo"}, {"latin", "la"}, {"latvian", "lv"},
	{"lithuanian", "lt"}, {"macedonian", "mk"}, {"malay", "ms"}, {"maltese", "mt"}, {"mandarin", "cmn"}, {"mandarin chinese", "cmn"},
	{"marathi", "mr"}, {"moldavian", "ro-MD"}, {"moldovan", "ro-MD"}, {"mongolian", "mn"}, {"montenegrin", "cnr"}, {"nepali", "ne"},
	{"norwegian", "no"}, {"pashto", "ps"}, {"persian", "fa"}, {"polish", "pl"}, {"portuguese", "pt"}, {"punjabi", "pa"},
	{"romanian", "ro"}, {"rumanian", "ro"}, {"russian", "ru"}, {"serbian", "sr"}, {"serbo-croatian", "sh"}, {"serbo-croat", "sh"},
	{"simplified chinese", "zh-Hans"}, {"sinhala", "si"}, {"sinhalese", "si"}, {"slovak", "sk"}, {"slovakian", "sk"},
	{"slovene", "sl"}, {"slovenian", "sl"}, {"somali", "so"}, {"spanish", "es"}, {"swahili", "sw"}, {"swedish", "sv"},
	{"tagalog", "tl"}, {"tajik", "tg"}, {"tamil", "ta"}, {"tatar", "tt"}, {"thai", "th"}, {"tibetan", "bo"},
	{"traditional chinese", "zh-Hant"}, {"turkish", "tr"}, {"turkmen", "tk"}, {"uighur", "ug"}, {"ukrainian", "uk"}, {"urdu", "ur"},
	{"uyghur", "ug"}, {"uzbek", "uz"}, {"vietnamese", "vi"}, {"welsh", "cy"}, {"yiddish", "yi"},
	// as they call themselves
	{"deutsch", "de"}, {"español", "es"}, {"français", "fr"}, {"italiano", "it"}, {"magyar", "hu"}, {"polski", "pl"},
	{"português", "pt"}, {"русский", "ru"}, {"українська", "uk"}, {"български", "bg"}, {"中文", "zh"}, {"한국어", "ko"}, {"日本語", "ja"},
}

// variants are words in brackets behind a language.
var languageVariants = []language{
	{"simplified", "Hans"}, {"traditional", "Hant"}, {"cyrillic", "Cyrl"}, {"latin", "Latn"}, {"brazilian", "BR"},
}

var languageIndex = func() map[string]string {
	m := map[string]string{}
	for _, l := range languages {
		m[l.name] = l.tag
	}
	return m
}()

// languageTags reads words such as "Russian; German" as tags divided by
// spaces. ok is false where a word is not the name of a language.
func languageTags(s string) (tags string, ok bool) {
	s = strings.ReplaceAll(strings.ToLower(strings.Trim(s, " .\u00a0")), "\u00a0", " ")
	if s == "" {
		return "", false
	}
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '/' || r == '&' || r == '|' || r == '\n' }) {
		for w := range strings.SplitSeq(" "+part+" ", " and ") {
			w = strings.TrimSpace(w)
			if w == "" {
				continue
			}
			tag, ok := languageTag(w)
			if !ok {
				return strings.Join(out, " "), false
			}
			if !slices.Contains(out, tag) {
				out = append(out, tag)
			}
		}
	}
	return strings.Join(out, " "), len(out) > 0
}

func languageTag(w string) (string, bool) {
	if tag, ok := languageIndex[w]; ok {
		return tag, true
	}
	name, rest, found := strings.Cut(w, " (")
	if !found {
		name, rest, found = strings.Cut(w, " - ")
	}
	if tag, ok := languageIndex[strings.TrimSpace(name)]; ok && found {
		for _, v := range languageVariants {
			if strings.HasPrefix(rest, v.name) && !strings.Contains(tag, "-") {
				return tag + "-" + v.tag, true
			}
		}
		return tag, true
	}
	return "", false
}

// languageWithin is the tag of the last language that s names.
func languageWithin(s string) string {
	tag := ""
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if t, ok := languageIndex[w]; ok {
			tag = t
		}
	}
	return tag
}

// tagLike says whether s is written as a BCP 47 tag.
func tagLike(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if len(part) == 0 || len(part) > 8 || i == 0 && (len(part) < 2 || len(part) > 3 || strings.ToLower(part) != part) {
			return false
		}
		for _, r := range part {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || i > 0 && r >= '0' && r <= '9' {
				continue
			}
			return false
		}
	}
	return true
}
