// Package micro has the micro-benchmarks of the hot parts: readers, encoder, auditor, solver. Quality stands beside time: solves
// report their gap and objective. See README.md for how two versions are compared.
package micro
