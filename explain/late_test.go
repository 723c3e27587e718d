package explain

import (
	"testing"
	"time"

	"cadre/mip"
)

// TestNothingBuiltTooLate: after the deadline a conflict of many rows is handed over as it is, without a model for each of them.
func TestNothingBuiltTooLate(t *testing.T) {
	late := &tester{ctx: t.Context(), deadline: time.Now().Add(-time.Second)}
	rows := []mip.Row{0, 1, 2}
	if kept := late.thin(nil, rows); len(kept) != len(rows) || !late.late { // only would follow the nil model
		t.Errorf("kept %v, late %t", kept, late.late)
	}
}
