package source

import (
	"fmt"
	"strings"
)

// format is one way in which pages come. read fills p.Fields and returns the
// offset at which the front matter ends; ok is false where the text has no
// front matter of this kind.
type format struct {
	Name    string
	Does    string // one line for the manual
	Example string // its test finds it out by itself
	read    func(p *Page, lines []line) (end int, ok bool)
	// sure says whether a text is plainly of this format
	sure func(text string, lines []line) bool
}

// formats in the order in which they are tried; the last takes everything.
var formats = []format{
	{
		Name:    "digitalarchive",
		Does:    "a page of the Digital Archive: date and title in bold, fields such as **Citation:** and **Contents:**, then the text",
		Example: "**May 2, 1961**\n**Letter about Seed Potatoes**\n\n**Citation:**\n\n\"Letter about Seed Potatoes\", May 2, 1961\n\n**Contents:**\n\nTranslation - English\n\nDear Comrade,\n",
		read:    readDigitalArchive,
		sure:    sureDigitalArchive,
	},
	{
		Name:    "plain",
		Does:    "bare text, with or without a head of lines such as title: and date: before it",
		Example: "Telegram No. 7\n\nThe bridge is open again.\n",
		read:    readPlain,
		sure:    func(string, []line) bool { return true },
	},
}

// Auto is the name that asks for the format to be found out.
const Auto = "auto"

// Formats lists the names of the formats.
func Formats() []string {
	out := make([]string, len(formats))
	for i, f := range formats {
		out[i] = f.Name
	}
	return out
}

// formatNamed is the format of a name, nil for auto.
func formatNamed(name string) (*format, error) {
	n := strings.ToLower(name)
	if n == "" || n == Auto {
		return nil, nil
	}
	for i := range formats {
		if formats[i].Name == n {
			return &formats[i], nil
		}
	}
	return nil, &OptionError{fmt.Sprintf("%q is not a format that is known%s; the formats are %s and %s", name, didYouMean(n, Formats()), Auto, strings.Join(Formats(), ", "))}
}

func detect(text string, lines []line) *format {
	for i := range formats {
		if formats[i].sure(text, lines) {
			return &formats[i]
		}
	}
	return &formats[len(formats)-1]
}
