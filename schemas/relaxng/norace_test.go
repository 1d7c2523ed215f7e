//go:build !race

package relaxng

// raceDetector says that the tests are built with it: pools then forget at random.
const raceDetector = false
