import PopulationModel

/// What a kind is counted as. The words of `quality` (SPEC 6) stand for numbers that a run must
/// find; the last two are for the reader.
package enum SampleMeasure: String, CaseIterable, Sendable {
    case rejected, warning
    case outOfScope = "out_of_scope"
    case revoked
    case exactDuplicate = "exact_duplicate"
    case voided, future, conflict
    case nameConflict = "name_conflict"
    case closedButPresent = "closed_but_present"
    case unknownDivision = "unknown_division"
    /// A case of the rules that no row of `quality` counts.
    case rule
    /// A spelling of a field, a record or a file.
    case spelling
}

/// A kind of row, case or spelling that a sample holds in known numbers.
///
/// The order is that of the ledger. What each is called and counted as stands in
/// `SampleKind+Table.swift`, in the same order.
package enum SampleKind: UInt8, CaseIterable, Sendable {
    // Rejected rows.
    case fieldMissing, fieldTooMany, textAfterQuote, quoteUnclosed, fieldTooLong, linesTooMany
    case bytesDamaged
    case idMissing, idExponent, idZeros, idShort, idLetters, idWrongCheck
    case idNoSuchDay, idBefore1850, idAfterUpdate
    case placeShort, placeLetters, placeMissing
    case eventUnknown, eventMissing
    case dateNoSuchDay, dateMissing, dateText, dateAfter2099, dateBeforeBirth
    case departureNoSuchDay, departureBeforeArrival
    case updatedMissing, updatedNoSuchTime
    // Warnings.
    case sexMismatch, birthMismatch, causeUnknown, originCode, originClass, optionalDate
    case optionalBytes
    // Numbers that are not citizens'.
    case hongKong, macau, taiwan, foreigner, foreignerOld
    // Counted by quality.
    case revoked, exactDuplicate, voided, future
    case tieOfCodes, tieOfEvents
    case nameConflict, nameConflictAcrossSources
    case deathOpenStay, militaryOpenStay, emigrationOpenStay
    case unlistedUnit, abolishedUnit
    // Cases of the rules: versions and revocations.
    case recordRevoked, recordRestored, revokedWithoutRecord, revokedTooEarly, revokedAfterKnownAt
    case threeVersions, versionTie, harmlessTie, duplicateOtherSpelling
    case datedAfterEnd, writtenAfterKnownAt
    // Identity and names.
    case nameVariant, bothNumberForms, centenarian, rareCharacter
    // Events.
    case militaryAndBack, deletedAndRestored, gone, goneAndBack, corrected, rezoned, movedWithin
    // Codes.
    case oldCodeLate, newCodeEarly, lateUnit, placeOf15Digits
    // Stays.
    case roomChange, chainAcrossPlaces, gapOf32Days, countedFromEarlier, sixMonthsReached
    case sixMonthsMissed, abroad, elsewhereShortCode, localUnregistered, placeUnknown
    case departedOnLastDay, departsNextDay, overlappingStays, permitValid, permitSuspended
    // Spellings of records and files.
    case quotedField, quotedComma, quotedQuote, quotedLineEnd, quotedNeededField, blankBesideQuote
    case quoteInText, emptyLine, lineEndMissing
    case fileUTF8, fileBOM, fileGB18030, fileCRLF, fileLoneCR, fileMixedLineEnds
    case headerCanonical, headerPinyin, headerChinese, headerOfPlan
    // Spellings of fields.
    case apostrophe, equalsQuotes, fullWidthDigits, innerBlanks, lowerCaseX, fifteenDigits
    case blanksAround
    case dateCompact, dateDashes, dateDashesShort, dateSlashes, dateDots, dateWithTime
    case timeBlank, timeT, timeNoSeconds, timeFraction, timeCompact, timeBareDate
    case eventByPlan
}
