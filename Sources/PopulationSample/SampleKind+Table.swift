import PopulationModel

extension SampleKind {
    package var measure: SampleMeasure { Self.table[Int(rawValue)].measure }

    /// What the kind is, in words.
    package var words: String { Self.table[Int(rawValue)].words }

    /// The reason that a run gives; empty where `quality` has none.
    package func reason(in source: Source) -> String {
        let reason = Self.table[Int(rawValue)].reason
        return reason == "event-date" && source == .residency ? "arrival-date" : reason
    }

    /// What the README says of one kind: how a run counts it, and in words.
    package typealias Line = (measure: SampleMeasure, reason: String, words: String)

    package static let table: [Line] = rejected + warnings + counted + rules + spellings

    private static let rejected: [Line] = [
        (.rejected, "row-shape", "a field too few"),
        (.rejected, "row-shape", "a field too many"),
        (.rejected, "row-shape", "text after a closing quote"),
        (.rejected, "row-shape", "a quote that is never closed"),
        (.rejected, "row-shape", "a quoted field of over 64 KiB"),
        (.rejected, "row-shape", "a quoted field of over 100 lines: its first and its last line"),
        (.rejected, "encoding", "a byte of no character in a needed field"),
        (.rejected, "id-missing", "no number"),
        (.rejected, "id-damaged", "4.49901E+17"),
        (.rejected, "id-damaged", "the last three digits turned to 000"),
        (.rejected, "id-format", "17 characters"),
        (.rejected, "id-format", "a letter in the middle"),
        (.rejected, "id-check", "another check character"),
        (.rejected, "id-birth-date", "born on 29 February of a year without one"),
        (.rejected, "id-birth-date", "born before 1850"),
        (.rejected, "id-birth-date", "born after the row was written"),
        (.rejected, "division-format", "11 digits"),
        (.rejected, "division-format", "letters"),
        (.rejected, "division-format", "empty"),
        (.rejected, "event-unknown", "a word of no list"),
        (.rejected, "event-unknown", "empty"),
        (.rejected, "event-date", "30 February"),
        (.rejected, "event-date", "empty"),
        (.rejected, "event-date", "a word"),
        (.rejected, "event-date", "in the year 2100"),
        (.rejected, "event-date", "before the birth"),
        (.rejected, "departure-date", "30 February"),
        (.rejected, "departure-date", "before the arrival"),
        (.rejected, "updated-at", "empty"),
        (.rejected, "updated-at", "25 o'clock"),
    ]

    private static let warnings: [Line] = [
        (.warning, "sex-mismatch", "sex differs from the number"),
        (.warning, "birth-mismatch", "birth date differs from the number"),
        (.warning, "cause-unknown", "a cause of no list"),
        (.warning, "origin-format", "origin_code or registered_code of letters"),
        (.warning, "origin-format", "origin_class of two digits"),
        (.warning, "optional-date", "an optional date that is none"),
        (.warning, "optional-encoding", "a byte of no character in a name"),
    ]

    private static let counted: [Line] = [
        (.outOfScope, "", "permit of a Hong Kong resident, 81"),
        (.outOfScope, "", "permit of a Macau resident, 82"),
        (.outOfScope, "", "permit of a Taiwan resident, 83"),
        (.outOfScope, "", "foreigner, 9"),
        (.outOfScope, "", "foreigner, three letters and 12 digits"),
        (.revoked, "", "rows marked as revoked"),
        (.exactDuplicate, "", "rows that say what another row says"),
        (.voided, "", "rows taken away by a newer version or a revocation"),
        (.future, "", "rows dated after the last date or written after known-at"),
        (.conflict, "", "same day, same time of writing, another code"),
        (.conflict, "", "same day, same time of writing, another event"),
        (.nameConflict, "", "two names under one number, in one source"),
        (.nameConflict, "", "two names under one number, one in each source"),
        (.closedButPresent, "", "dead, with an open stay"),
        (.closedButPresent, "", "in the army, with an open stay"),
        (.closedButPresent, "", "emigrated, with an open stay"),
        (.unknownDivision, "", "a unit of no edition and no change"),
        (.unknownDivision, "", "a unit of the first edition alone, without a change"),
    ]

    private static let rules: [Line] = [
        (.rule, "", "a record whose last version is revoked"),
        (.rule, "", "a revoked version with a good one after it"),
        (.rule, "", "a revocation without record_id"),
        (.rule, "", "a revocation without record_id, written before the row"),
        (.rule, "", "a revocation written after known-at"),
        (.rule, "", "three versions of one record"),
        (.rule, "", "two versions of one record written at one time"),
        (.rule, "", "a tie in day, time, code and event: no conflict"),
        (.rule, "", "a duplicate in other spelling, or three times the same"),
        (.rule, "", "dated after the last date"),
        (.rule, "", "written after known-at"),
        (.rule, "", "one name in two spellings"),
        (.rule, "", "one number with 15 and with 18 digits"),
        (.rule, "", "born in the 1890s, 15 digits ending 996 to 999"),
        (.rule, "", "a name with a character of four bytes in GB18030"),
        (.rule, "", "to the army and back"),
        (.rule, "", "deleted and restored"),
        (.rule, "", "moved out, emigrated or deleted for good"),
        (.rule, "", "moved out and back"),
        (.rule, "", "born, corrected, supplemented"),
        (.rule, "", "rezoned to the new code of the unit"),
        (.rule, "", "moved within the township"),
        (.rule, "", "an old code after its end"),
        (.rule, "", "a new code before its begin"),
        (.rule, "", "a unit of the last edition alone, without a change"),
        (.rule, "", "a code of 15 digits"),
        (.rule, "", "three rooms in one township, one after the other"),
        (.rule, "", "stays in other places and abroad, with gaps of up to 31 days"),
        (.rule, "", "a gap of 32 days"),
        (.rule, "", "count_from before the arrival"),
        (.rule, "", "arrived on 30 June of the last year"),
        (.rule, "", "arrived on 1 July of the last year"),
        (.rule, "", "staying abroad: 71, 81, 82, 9… and 000000"),
        (.rule, "", "staying elsewhere, by a code of 6 or 9 digits"),
        (.rule, "", "staying in the township of registered_code, without a registration"),
        (.rule, "", "staying here, registered nobody knows where"),
        (.rule, "", "departed on the last reference date"),
        (.rule, "", "departs on the day after the last reference date"),
        (.rule, "", "two open stays"),
        (.rule, "", "a permit that is valid at the last date"),
        (.rule, "", "a permit that was not endorsed again"),
    ]
}
