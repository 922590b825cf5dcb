internal import CByteScan

/// Which of 64 bytes are separators, line ends or quotes: bit i for byte i.
///
/// Before you change this: only what compiles to single vector instructions is used here. Compares
/// of a vector with a *scalar*, generic sums, shifts and multiplies run element by element.
package struct ByteMasks {
    /// Sixteen bytes, the widest that every x86-64 compares at once.
    package typealias Vector = SIMD16<UInt8>
    private let bytes: UnsafePointer<UInt8>

    @inline(__always)
    package init(_ bytes: UnsafePointer<UInt8>) { self.bytes = bytes }

    /// One bit per byte that is the wanted one.
    @inline(__always)
    package func mask(_ wanted: UInt8) -> UInt64 { byte_mask(bytes, wanted) }

    /// Most steps hold neither a quote nor a CR: a quick look tells, and saves their masks.
    @inline(__always)
    package func holds(_ one: UInt8, or other: UInt8) -> Bool {
        byte_mask_holds(bytes, one, other) != 0
    }

    /// All ones where the byte is the wanted one.
    @inline(__always)
    static func equal(_ bytes: Vector, _ wanted: UInt8) -> Vector {
        unsafeBitCast(bytes .== Vector(repeating: wanted), to: Vector.self)
    }

    @inline(__always)
    static func isAnySet(_ vector: Vector) -> Bool {
        let (low, high) = unsafeBitCast(vector, to: (UInt64, UInt64).self)
        return low | high != 0
    }
}

/// Stretches without a CR or a quote, many steps of 64 bytes at a time: nearly all of most extracts.
package struct StretchScan {
    /// What one stretch came to: steps taken, entries written.
    package struct Stretch: Equatable {
        package var steps: Int
        package var endCount: Int
        package var lineEndCount: Int

        init(_ result: byte_scan_result) {
            steps = result.steps
            endCount = result.end_count
            lineEndCount = result.line_end_count
        }
    }

    /// So many entries behind those that count are written as well.
    package static let entriesBeyond = Int(BYTE_SCAN_BEYOND)

    private let bestForm = byte_scan_best_form()

    package init() {}

    /// Takes at most so many steps from `base` on, and none that holds a CR or a quote. Writes the
    /// positions of separators and line ends, and for each line end the index of its entry, behind
    /// which one more is written.
    @inline(__always)
    package func scan(
        _ bytes: UnsafePointer<UInt8>, base: Int, steps: Int, ends: UnsafeMutablePointer<UInt32>,
        lineEnds: UnsafeMutablePointer<UInt32>
    ) -> Stretch {
        Stretch(byte_scan(bytes, base, steps, ends, lineEnds, bestForm))
    }

    /// How the stretches are scanned: what every machine can do, what every x86-64, what some.
    package enum Form: CaseIterable { case portable, sse2, avx2, avx512 }

    /// The same in a form that is asked for, or the best one below it that runs here; for tests.
    package func scan(
        _ bytes: UnsafePointer<UInt8>, base: Int, steps: Int, ends: UnsafeMutablePointer<UInt32>,
        lineEnds: UnsafeMutablePointer<UInt32>, form: Form
    ) -> Stretch {
        let asked: byte_scan_form
        switch form {
        case .portable:
            return Stretch(byte_scan_portable(bytes, base, steps, ends, lineEnds))
        case .sse2: asked = BYTE_SCAN_BASE
        case .avx2: asked = BYTE_SCAN_AVX2
        case .avx512: asked = BYTE_SCAN_AVX512
        }
        let form = asked.rawValue < bestForm.rawValue ? asked : bestForm
        return Stretch(byte_scan(bytes, base, steps, ends, lineEnds, form))
    }

    /// `ByteMasks.mask` as machines without SSE2 make it; for tests.
    package static func portableMask(_ bytes: UnsafePointer<UInt8>, _ wanted: UInt8) -> UInt64 {
        byte_mask_portable(bytes, wanted)
    }
}

/// Bit i = parity of bits 0…i.
@inline(__always)
func prefixXor(_ mask: UInt64) -> UInt64 {
    var x = mask
    x ^= x << 1
    x ^= x << 2
    x ^= x << 4
    x ^= x << 8
    x ^= x << 16
    x ^= x << 32
    return x
}
