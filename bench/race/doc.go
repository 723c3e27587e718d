// Package race solves the same MPS files with our engines and with the solvers that somebody would pick instead, one after
// another under the same limit, gap and threads, and says what came of it.
//
// [Peers] finds who can run here; who cannot is a row too, with the reason. [Course.Run] makes the runs. Every point that
// comes back is put into the model, every bound is held against every point: who claims what is not so is flagged. Each
// run is appended to a log before the next one starts, so that nothing is lost to a full disk or an interruption.
package race
