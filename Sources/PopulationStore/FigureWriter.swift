import PopulationFigures
import PopulationModel

/// Takes publications and deliveries into a store, each as a whole or not at all.
package protocol FigureWriter: FigureReader {
    /// Keeps a publication as the next edition; when it is the newest edition of its plan already,
    /// nothing is written. `timestamp` is ISO 8601 in UTC.
    func publish(_ publication: Publication, at timestamp: String) throws(PopstatError)
        -> StoredEdition

    /// The edition that a publication is; `nil` unless it is the newest of its plan.
    func edition(of identity: PublicationIdentity) throws(PopstatError) -> EditionRecord?

    /// Whether a publication is any edition of its plan.
    func holds(_ identity: PublicationIdentity) throws(PopstatError) -> Bool

    /// Records a delivery and what it changes against the one before.
    func record(_ delivery: TransferDelivery, at timestamp: String) throws(PopstatError)
}

/// What became of a publication in the store.
package struct StoredEdition: Sendable, Equatable {
    package var record: EditionRecord
    /// Whether it was not in the store before.
    package var isNew: Bool
}

/// A year's transfer figures of an edition, given to a recipient.
package struct TransferDelivery: Sendable, Equatable {
    package var edition: Int
    package var recipient: String
    package var year: Int
    /// The revision of the year's transfer, from 1.
    package var transferRevision: Int
    /// The delivered file in the published folder, and its SHA-256.
    package var file: String
    package var sha256: String
    /// What changed since the revision that the recipient was given before.
    package var differences: [Difference]

    /// One field of a county.
    package struct Difference: Sendable, Equatable, Codable {
        package var countyCode: String
        package var column: String
        package var before: String
        package var after: String

        package init(countyCode: String, column: String, before: String, after: String) {
            self.countyCode = countyCode
            self.column = column
            self.before = before
            self.after = after
        }
    }

    package init(
        edition: Int, recipient: String, year: Int, transferRevision: Int, file: String,
        sha256: String, differences: [Difference]
    ) {
        self.edition = edition
        self.recipient = recipient
        self.year = year
        self.transferRevision = transferRevision
        self.file = file
        self.sha256 = sha256
        self.differences = differences
    }
}
