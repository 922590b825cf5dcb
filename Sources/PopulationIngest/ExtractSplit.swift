/// A part of an extract that one task of a cluster takes: blocks in a row, and where their first record
/// begins, which only what stands before them tells for certain.
package struct ExtractSplit: Sendable, Equatable {
    /// Clamped to the blocks that the extract has.
    package var blocks: Range<Int>
    /// `nil` = behind the first line end, which is wrong where that lies inside quotes; of the first
    /// block always behind the header.
    package var link: Link?

    package init(blocks: Range<Int>, link: Link?) {
        self.blocks = blocks
        self.link = link
    }

    /// Where the first record of a block begins.
    package struct Link: Sendable, Equatable, Codable {
        /// Offset in the file.
        package var start: Int
        /// Rows and line ends before it.
        package var rows: Int
        package var lineEnds: Int

        package init(start: Int, rows: Int, lineEnds: Int) {
            self.start = start
            self.rows = rows
            self.lineEnds = lineEnds
        }
    }
}
