extension Array {
    /// The first index of a range from which on a condition holds, which before it does not hold for any
    /// element; the end of the range when it never holds. Takes log₂ of the range's count of tests.
    @inline(__always)
    func partitioningIndex(in range: Range<Int>, where holds: (Element) -> Bool) -> Int {
        var start = range.lowerBound
        var count = range.count
        while count > 0 {
            let half = count / 2
            if holds(self[start + half]) {
                count = half
            } else {
                start += half + 1
                count -= half + 1
            }
        }
        return start
    }
}
