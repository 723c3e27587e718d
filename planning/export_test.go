package planning

// Tidy is for tests.
var Tidy = tidy
