import Glibc
import PopulationModel
import Testing

import PopulationSample

@Suite struct FileLayoutTests {
    private func layouts() -> [(source: Source, file: Int, layout: FileLayout)] {
        Source.allCases.flatMap { source in
            FileLayout.all(of: source).enumerated().map { (source, $0.offset, $0.element) }
        }
    }

    @Test func keepsNeededColumnsAndNamesNoneTwice() {
        for (source, file, layout) in layouts() {
            let columns = layout.columns(of: source, file: file)
            for (known, column) in zip(Column.all(of: source), SampleColumn.all(of: source))
            where known.isNeeded {
                #expect(column.isNeeded)
                #expect(columns.contains(column))
            }
            let headers = columns.map { layout.header(of: $0, source: source) }
            #expect(Set(headers).count == headers.count)
        }
    }

    @Test func usesEverySetOfHeaders() {
        for source in Source.allCases {
            let columns = SampleColumn.all(of: source)
            let used = Set(
                layouts().filter { $0.source == source }.flatMap { layout in
                    columns.map {
                        String(
                            layout.layout.header(of: $0, source: source)
                                .drop { $0 == " " }
                        ).lowercased()
                    }
                })
            for known in Column.all(of: source) {
                #expect(used.contains(known.name))
                #expect(known.aliases.contains { $0.utf8.first! < 0x80 && used.contains($0) })
                #expect(known.aliases.contains { $0.utf8.first! >= 0x80 && used.contains($0) })
            }
        }
    }

    @Test func doesNotBeginARowWithTheNameWhereRowsAreBroken() {
        // The last line of a field of too many lines would be a whole row.
        for (source, file, layout) in layouts() where layout.takesPlanted {
            #expect(layout.columns(of: source, file: file).first != .name)
        }
    }

    @Test func damagesBytesOnlyWhereTheEncodingIsCertain() {
        for source in Source.allCases {
            let certain = FileLayout.all(of: source).filter(\.takesDamagedBytes)
            #expect(certain.contains { $0.hasMark })
            #expect(certain.contains { $0.encoding == .gb18030 })
            #expect(certain.allSatisfy { $0.hasMark || $0.encoding == .gb18030 })
        }
    }
}

@Suite struct GB18030TableTests {
    @Test func stands() {
        let scalars = GB18030Table.entries.map(\.scalar)
        #expect(zip(scalars, scalars.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func agreesWithTheSystem() throws {
        let converter = iconv_open("GB18030", "UTF-8")
        try #require(converter != iconv_t(bitPattern: -1), "the system cannot write GB18030")
        defer { iconv_close(converter) }
        for entry in GB18030Table.entries {
            let scalar = try #require(Unicode.Scalar(entry.scalar))
            var input = Array(UTF8.encode(scalar)!).map { CChar(bitPattern: $0) }
            var output = [CChar](repeating: 0, count: 8)
            var (inputLeft, outputLeft) = (input.count, output.count)
            input.withUnsafeMutableBufferPointer { source in
                output.withUnsafeMutableBufferPointer { target in
                    var (from, to) = (source.baseAddress, target.baseAddress)
                    _ = iconv(converter, &from, &inputLeft, &to, &outputLeft)
                }
            }
            let found = output.prefix(8 - outputLeft).map { UInt8(bitPattern: $0) }
            #expect(FileEncoding.gb18030.bytes(of: String(scalar)) == found)
        }
    }

    @Test func holdsEveryCharacterThatASampleWrites() {
        let texts =
            NameStock.surnames.map { String($0) } + NameStock.given.map { String($0) }
            + Source.allCases.flatMap { Column.all(of: $0).flatMap(\.aliases) }
        // A missing character is a fault of the program: the call would not return.
        for text in texts { #expect(!FileEncoding.gb18030.bytes(of: text).isEmpty) }
    }
}
