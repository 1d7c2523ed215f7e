package dates

// form is one way to write a date: its name in the ledger, an example with its
// value in a document of 1 November 1951, and its reader. A reader starts at a
// token, adds what it finds to out, and returns the last token, or -1.
type form struct {
	Rule, Example, Value string
	day                  bool // reads a day, so that a time or a weekday may stand beside it
	read                 func(*parser, int) int
}

// numberForms start with a number. The first that reads anything wins.
var numberForms = []form{
	{"time before date", "received at 1730 1 November", "1951-11-01T17:30:00", false, readTimeDate},
	{"year, month, day in numbers", "on 1951-10-25 they", "1951-10-25", true, readISO},
	{"numeric date", "Seen, 24.III.50", "1950-03-24", true, readNumeric},
	{"day of this month", "by the 15th of this month", "1951-11-15", true, readThisMonth},
	{"day before month", "at the 31 October meeting", "1951-10-31", true, readDayMonth},
	{"time of day", "at 10:30 a.m. he", "10:30:00", false, readClock},
	{"year", "the waters of 1932 and", "1932", false, readYear},
}

// wordForms start with a word.
var wordForms = []form{
	{"weekday before date", "Monday, 5 November 1951", "1951-11-05", true, readWeekday},
	{"part of a month", "in the last ten days of September", "1951-09-21/1951-09-30", false, readPart},
	{"day of this month", "the fifth of this month", "1951-11-05", true, readThisMonth},
	{"day before month", "until the seventh of November", "1951-11-07", true, readDayMonth},
	{"time before date", "at noon on 5 October", "1951-10-05T12:00:00", false, readTimeDate},
	{"month before day", "told me on October 14 that", "1951-10-14", true, readMonthDay},
	{"month", "since the middle of September", "1951-09", false, readMonth},
}
