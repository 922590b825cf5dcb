import Glibc

/// SplitMix64 and the few draws that the ugly extracts need; no other source of chance.
struct UglyRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 ..< n
    mutating func below(_ n: Int) -> Int {
        Int(next() % UInt64(n))
    }

    mutating func between(_ low: Int, _ high: Int) -> Int {
        low + below(high - low + 1)
    }

    mutating func chance(_ percent: Int) -> Bool {
        below(100) < percent
    }

    mutating func pick<T>(_ values: [T]) -> T {
        values[below(values.count)]
    }

    mutating func shuffled<T>(_ values: [T]) -> [T] {
        var out = values
        for index in stride(from: out.count - 1, to: 0, by: -1) {
            out.swapAt(index, below(index + 1))
        }
        return out
    }
}

/// Calendar help for the ugly extracts.
enum UglyDates {
    static func iso(day: Int) -> String {
        var year = day / 366 + 1
        while Dates.dayNumber(Dates.iso(year + 1, 1, 1)) <= day { year += 1 }
        var left = day - Dates.dayNumber(Dates.iso(year, 1, 1))
        var month = 1
        while left >= Dates.daysInMonth(year, month) {
            left -= Dates.daysInMonth(year, month)
            month += 1
        }
        return Dates.iso(year, month, left + 1)
    }

    static func adding(days: Int, to date: String) -> String {
        iso(day: Dates.dayNumber(date) + days)
    }

    /// A time some seconds later or earlier.
    static func adding(seconds: Int, to time: String) -> String {
        let clock = time.suffix(8).split(separator: ":").map { Int($0)! }
        let total =
            Dates.dayNumber(String(time.prefix(10))) * 86400 + clock[0] * 3600
            + clock[1] * 60 + clock[2] + seconds
        let rest = total % 86400
        return iso(day: total / 86400) + " " + Dates.pad(rest / 3600, 2) + ":"
            + Dates.pad(rest / 60 % 60, 2) + ":" + Dates.pad(rest % 60, 2)
    }
}

/// Text to the bytes of GB18030; the ugly texts can all be written in it.
func gb18030Bytes(_ text: String) -> [UInt8] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
    let converter = iconv_open("GB18030", "UTF-8")
    defer { iconv_close(converter) }
    var input = text.utf8.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 4 + 16)
    let room = output.count
    let written = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            var from: UnsafeMutablePointer<CChar>? = source.baseAddress
            var to: UnsafeMutablePointer<CChar>? = target.baseAddress
            var fromLeft = source.count
            var toLeft = target.count
            let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
            precondition(result != Int(bitPattern: UInt.max) && fromLeft == 0)
            return room - toLeft
        }
    }
    return output.prefix(written).map { UInt8(bitPattern: $0) }
}
