package constraints

// executableOrder judges the order and dates that a plan states. They follow from who goes where, so that no model can break
// it: the encoder has no part in it, and package planning writes them.
type executableOrder struct{}
