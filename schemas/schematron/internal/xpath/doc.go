// Package xpath evaluates XPath 2.0 and most of 3.1, with the functions of XSLT
// that rules use, on documents that are tables; and it matches the patterns of
// XSLT. There are no maps, arrays or functions as values: an expression that has
// them is a SyntaxError that says so, as Unsupported.
//
// tree.go is the document, value.go and moment.go the values. lex.go and
// parse.go read expressions; expr.go holds their nodes and walks the axes,
// eval.go evaluates them, compare.go the operators, functiontable.go and
// functions.go the functions, regex.go their regular expressions. pattern.go
// matches patterns; run.go is one evaluation.
//
// Clauses are those of XPath 3.1 and of XPath and XQuery Functions and Operators
// 3.1 where nothing else is named. Whole numbers are of 64 bits; a larger one in
// an expression is a decimal number, and arithmetic beyond them fails.
package xpath
