/// A list that keeps its memory from one citizen to the next.
///
/// Its elements are plain values read without checks of bounds or ownership: millions of lists are
/// filled in a run, nearly all of one or two rows. Indexes come from the list's own count.
struct ReusedList<Element: BitwiseCopyable>: ~Copyable {
    private(set) var start: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 16) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    var isEmpty: Bool {
        @inline(__always) get { count == 0 }
    }

    subscript(index: Int) -> Element {
        @inline(__always) get {
            assert(index >= 0 && index < count)
            return start[index]
        }
        @inline(__always) set {
            assert(index >= 0 && index < count)
            start[index] = newValue
        }
    }

    var buffer: UnsafeMutableBufferPointer<Element> {
        UnsafeMutableBufferPointer(start: start, count: count)
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        start[count] = element
        count &+= 1
    }

    @inline(__always)
    mutating func removeAll() { count = 0 }

    /// Drops what stands behind the first so many elements.
    mutating func keepFirst(_ kept: Int) {
        assert(kept >= 0 && kept <= count)
        count = kept
    }

    /// The others move up; they keep their order.
    @inline(__always)
    mutating func removeAll(where goes: (Element) -> Bool) {
        var kept = 0
        for index in 0..<count where !goes(start[index]) {
            start[kept] = start[index]
            kept &+= 1
        }
        count = kept
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
        capacity *= 2
    }

    /// A few elements by insertion, more by the library's sort.
    mutating func sort(by areInOrder: (Element, Element) -> Bool) {
        if count > 16 {
            var all = buffer
            return all.sort(by: areInOrder)
        }
        var end = 1
        while end < count {
            let element = start[end]
            var place = end
            while place > 0, areInOrder(element, start[place &- 1]) {
                start[place] = start[place &- 1]
                place &-= 1
            }
            start[place] = element
            end &+= 1
        }
    }
}
