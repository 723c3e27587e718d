package native

// matrix is a compressed sparse matrix: vector k (a column or a row) is index[start[k]:start[k+1]] with the values
// beside it.
type matrix struct {
	start []int
	index []int32
	value []float64
}

// vec is vector k: its indices and its values.
func (a *matrix) vec(k int) ([]int32, []float64) {
	s, e := a.start[k], a.start[k+1]
	return a.index[s:e], a.value[s:e]
}

// count is the number of vectors.
func (a *matrix) count() int { return len(a.start) - 1 }

// push closes a vector whose entries were appended to index and value.
func (a *matrix) push() { a.start = append(a.start, len(a.index)) }

// transpose gives the same matrix stored the other way, dim being the number of its new vectors. The entries of
// each new vector are in ascending order. Linear time.
func (a *matrix) transpose(dim int) matrix {
	t := matrix{
		start: make([]int, dim+1),
		index: make([]int32, len(a.index)),
		value: make([]float64, len(a.value)),
	}
	for _, i := range a.index {
		t.start[i+1]++
	}
	for i := range dim {
		t.start[i+1] += t.start[i]
	}
	next := append([]int(nil), t.start[:dim]...)
	for k := range a.count() {
		idx, val := a.vec(k)
		for e, i := range idx {
			at := next[i]
			next[i]++
			t.index[at], t.value[at] = int32(k), val[e]
		}
	}
	return t
}

// entry is one nonzero of a list that changes.
type entry struct {
	at int32
	v  float64
}

// drop removes the entry at position at from the list, which need not stay in order.
func drop(list []entry, at int32) []entry {
	for k := range list {
		if list[k].at == at {
			list[k] = list[len(list)-1]
			return list[:len(list)-1]
		}
	}
	return list
}

// dropIndex removes at from the list, which need not stay in order.
func dropIndex(list []int32, at int32) []int32 {
	for k := range list {
		if list[k] == at {
			list[k] = list[len(list)-1]
			return list[:len(list)-1]
		}
	}
	return list
}

// buckets keeps items sorted by a count in doubly linked lists, so that the sparsest rows and columns of an
// elimination are found at once.
type buckets struct {
	first      []int32 // first[c]: an item with count c, -1 none
	next, prev []int32
	count      []int32 // -1: not in any list
}

func newBuckets(items int) buckets {
	b := buckets{
		first: make([]int32, items+2), next: make([]int32, items),
		prev: make([]int32, items), count: make([]int32, items),
	}
	for c := range b.first {
		b.first[c] = -1
	}
	for i := range items {
		b.count[i] = -1
	}
	return b
}

func (b *buckets) put(item int32, count int) {
	c := int32(count)
	f := b.first[c]
	b.next[item], b.prev[item], b.count[item] = f, -1, c
	if f >= 0 {
		b.prev[f] = item
	}
	b.first[c] = item
}

func (b *buckets) remove(item int32) {
	c := b.count[item]
	if c < 0 {
		return
	}
	n, p := b.next[item], b.prev[item]
	if p >= 0 {
		b.next[p] = n
	} else {
		b.first[c] = n
	}
	if n >= 0 {
		b.prev[n] = p
	}
	b.count[item] = -1
}

func (b *buckets) move(item int32, count int) {
	if b.count[item] == int32(count) || b.count[item] < 0 {
		return
	}
	b.remove(item)
	b.put(item, count)
}
