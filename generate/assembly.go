package generate

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"

	"cadre/posting"
	"cadre/workbook"
)

// assembly writes the parts of an instance one after another and keeps of each only what others refer to.
type assembly struct {
	o     Options
	r     *rand.Rand // seeds, sizes and names of the parts
	dir   string
	w     *workbook.TableWriter
	next  counters
	names []string
	sum   Summary

	policy string // of the last authority

	places []posting.Place
	row    map[string]int // of a place, by id
	spots  []spot         // parallel to places
	wide   bool           // trips join all places at the end, instead of those of each part
	people map[person]bool
}

// person is what tells two namesakes apart.
type person struct {
	name  string
	birth posting.Month
}

// Summary is what was written.
type Summary struct {
	Name                 string
	Cadres, Posts, Units int
	Parts                []Part   // special cases; of a county only
	Authorities          []string // whose pools there are
	Authority            string   // that of policy.yaml
	Planted              *Planted // what stands in the way of any plan
}

func newAssembly(dir string, o Options) (*assembly, error) {
	w, err := workbook.NewTableWriter(dir)
	r := o.rand(stageParts)
	return &assembly{o: o, r: r, dir: dir, w: w, names: areaNames(r), row: map[string]int{}, people: map[person]bool{}}, err
}

// part are the options of one part: those of the whole, of its own size and seed.
func (a *assembly) part(size int) Options {
	o := a.o
	o.Size, o.Seed, o.Plant = size, a.r.Uint64(), ""
	return o
}

// name takes the next name of an area.
func (a *assembly) name() string {
	name := a.names[0]
	a.names = a.names[1:]
	return name
}

// add writes a part, but for its places and, in a wide instance, its trips.
func (a *assembly) add(b *builder) error {
	a.next = b.after()
	own := a.keepPlaces(b)
	a.next.places = b.from.places + own
	a.tellApart(b)
	a.sum.Cadres, a.sum.Posts, a.sum.Units = a.sum.Cadres+len(b.in.Cadres), a.sum.Posts+len(b.in.Posts), a.sum.Units+len(b.in.Units)
	b.in.Places = nil
	if a.wide {
		b.in.Trips = nil
	}
	return a.w.Append(b.in)
}

// keepPlaces takes the places of a part, or adds its lodging to places that another part has; own is the number of new ones.
func (a *assembly) keepPlaces(b *builder) (own int) {
	for i := range b.in.Places {
		p := b.in.Places[i]
		if row, ok := a.row[p.ID]; ok {
			a.places[row].Lodging += p.Lodging
			a.places[row].Outside += p.Outside
			continue
		}
		a.row[p.ID] = len(a.places)
		a.places, a.spots, own = append(a.places, p), append(a.spots, b.spots[i]), own+1
	}
	return own
}

// tellApart gives namesakes born in one month other given names.
func (a *assembly) tellApart(b *builder) {
	for i := range b.in.Cadres {
		c := &b.in.Cadres[i]
		for a.people[person{c.Name, c.Birth}] {
			c.Name = string([]rune(c.Name)[:1]) + string([]rune(personName(a.r, c.Sex))[1:])
		}
		a.people[person{c.Name, c.Birth}] = true
	}
}

// close writes what all parts share.
func (a *assembly) close() error {
	last := &posting.Instance{Places: a.places}
	if a.wide {
		last.Trips = (&builder{in: last, spots: a.spots}).allTrips()
	}
	return errors.Join(a.w.Append(last), a.w.Close(), a.write("policy.yaml", a.policy))
}

// write writes a file of the folder.
func (a *assembly) write(name, text string) error {
	path := filepath.Join(a.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// areaNames are the names of areas in random order, each once, without the last character that says what they are.
func areaNames(r *rand.Rand) []string {
	var short, long []string
	for _, h := range placeHeads {
		for _, t := range placeTails {
			short = append(short, string([]rune{h, t}))
			for _, m := range placeHeads {
				if m != h {
					long = append(long, string([]rune{h, m, t}))
				}
			}
		}
	}
	r.Shuffle(len(short), func(i, j int) { short[i], short[j] = short[j], short[i] })
	r.Shuffle(len(long), func(i, j int) { long[i], long[j] = long[j], long[i] })
	return append(short, long...)
}
