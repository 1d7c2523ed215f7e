package relaxng

// Elements is how many elements the schema defines, as far as its start can
// reach them; two of one name with different content are two.
func (s *Schema) Elements() int { return len(s.elements) }
