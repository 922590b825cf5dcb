/// A five-year age group; the last is open: `0-4` … `95-99`, `100+`.
public struct AgeGroup: Hashable, Comparable, Sendable {
    /// 0 for `0-4` … 20 for `100+`.
    public let index: Int

    public static let count = 21

    public init(index: Int) {
        precondition((0..<Self.count).contains(index), "no such age group")
        self.index = index
    }

    public var word: String {
        index == Self.count - 1 ? "100+" : "\(index * 5)-\(index * 5 + 4)"
    }

    public static func < (lhs: AgeGroup, rhs: AgeGroup) -> Bool { lhs.index < rhs.index }
}
