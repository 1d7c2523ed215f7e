// Package spelling says how far two names are apart, for messages that ask
// whether another one was meant.
package spelling

// Edits is the number of letters to insert, take out, change or swap between a and
// b (Damerau and Levenshtein), or more than limit. Letters are bytes: it is for
// names, which are short and mostly ASCII; beyond 64 bytes they are unlike.
func Edits(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit || len(a) > 64 || len(b) > 64 {
		return limit + 1
	}
	var rows [3][66]int
	for j := range len(b) + 1 {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		last2, last, row := &rows[(i+2)%3], &rows[i%3], &rows[(i+1)%3]
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j-1]+cost, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], last2[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best > limit {
			return best
		}
	}
	return rows[(len(a)+1)%3][len(b)]
}
