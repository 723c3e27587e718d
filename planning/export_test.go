package planning

// ByBatch is for tests.
var ByBatch = byBatch
