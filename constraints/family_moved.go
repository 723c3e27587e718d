package constraints

// familyMoved is an indicator of earlier rounds, which no plan changes: the encoder has no part in it.
type familyMoved struct{}
