import PopulationModel

/// The file of counts: a header, then sections one behind the other, each with its own checksum.
/// The article `CubeFile` describes every byte.
///
/// The same counts give the same bytes. Counts as small numbers take about a byte each, and only
/// those of measures that occur are there.
package enum CubeFormat {
    /// Raised with every change of this layout, of a section, or of what a measure counts.
    package static let version: UInt32 = 2
    /// `POPCUBE` and a line end, which a transfer as text would spoil.
    static let magic: UInt64 = 0x0A45_4255_4350_4F50
    /// The version, and how many measures a unit has: more measures are another version too.
    package static var versionText: String { versionText(version, UInt32(CubeLayout.count)) }

    /// A part of the file, in the order in which parts stand; raw values are four letters.
    enum Section: UInt32, CaseIterable {
        /// `AREA`: territory and reference dates.
        case area = 0x4145_5241
        /// `NAME`: the texts that other sections name by their number.
        case names = 0x454D_414E
        /// `EDIT`: units and classes.
        case editions = 0x5449_4445
        /// `CNTY`.
        case counties = 0x5954_4E43
        /// `TARG`.
        case targets = 0x4752_4154
        /// `UNIT`: the counts.
        case units = 0x5449_4E55
        /// `HOUS`.
        case households = 0x5355_4F48

        var word: String { "\(self)" }
    }

    static func file(_ sections: [(Section, [UInt8])]) -> [UInt8] {
        var writer = PackedWriter()
        writer.reserve(sections.reduce(32) { $0 + 24 + $1.1.count })
        writer.fixed(magic)
        writer.fixed(version)
        writer.fixed(UInt32(CubeLayout.count))
        writer.fixed(UInt64(sections.count))
        writer.fixed(checksum(writer.bytes[...], of: 0))
        for (section, payload) in sections {
            writer.fixed(UInt64(section.rawValue))
            writer.fixed(UInt64(payload.count))
            writer.fixed(checksum(payload[...], of: UInt64(section.rawValue)))
            writer.append(payload)
        }
        return writer.bytes
    }

    /// The payloads of a file that holds every section once, in order.
    static func sections(of bytes: [UInt8]) throws(CubeFormatFault) -> [Section: ArraySlice<UInt8>]
    {
        var reader = PackedReader(bytes[...])
        guard reader.fixed64() == magic else { throw .notACube }
        guard let version = reader.fixed32(), let measures = reader.fixed32(),
            let sectionCount = reader.fixed64(), let sum = reader.fixed64(),
            // Checksums of version 1 were others.
            sum == checksum(bytes[..<24], of: 0) || version == 1
        else { throw .damaged("header") }
        guard version == Self.version, measures == UInt32(CubeLayout.count) else {
            throw .otherVersion(found: versionText(version, measures))
        }
        guard sectionCount == UInt64(Section.allCases.count) else { throw .damaged("header") }
        var payloads: [Section: ArraySlice<UInt8>] = [:]
        for section in Section.allCases {
            guard reader.fixed64() == UInt64(section.rawValue), let size = reader.fixed64(),
                let sum = reader.fixed64(), let count = Int(exactly: size),
                let payload = reader.slice(count),
                sum == checksum(payload, of: UInt64(section.rawValue))
            else { throw .damaged(section.word) }
            payloads[section] = payload
        }
        guard reader.remaining == 0 else { throw .damaged("end") }
        return payloads
    }

    private static func versionText(_ version: UInt32, _ measures: UInt32) -> String {
        "\(version) with \(measures) measures"
    }

    /// Of the bytes and of what they belong to, so that two sections cannot change places.
    private static func checksum(_ bytes: ArraySlice<UInt8>, of tag: UInt64) -> UInt64 {
        bytes.withUnsafeBytes { Checksum.of($0, seed: tag) }
    }
}

/// Why bytes are no cube that this program reads.
package enum CubeFormatFault: Error, Equatable, Sendable {
    case notACube
    case otherVersion(found: String)
    /// The part that is not as it was written.
    case damaged(String)
}
