// Package generate makes synthetic instances: believable counties with every special case that a planner of
// rotations meets, from a seed. The same options give the same bytes on every machine.
//
// [County] builds a posting.Instance in steps that follow one another as in life: the land (places.go), the organs and
// their posts (structure.go), how each seat stands on the plan date (seats.go, cast.go), the people (people.go),
// their families (families.go) and what was decided about them (decisions.go). [Write] puts it into files, and builds the larger kinds
// (kinds.go) of pools: pool.go lays one out, pools.go and assembly.go put many together and write them part by part.
// Every name is invented: the words in vocabulary.go are combined at random, and no list of real people or places
// was used.
package generate
