internal import PopulationModel

/// Whose row it is: the rules of SPEC 3 that both sources share, in their order.
extension RowDecoder {
    /// Who bears a row, or what the row already came to.
    enum Bearer {
        case citizen(CitizenID, birth: CalendarDate, updatedAt: Timestamp?)
        case decided(Outcome)
    }

    /// Reads the row with care from `encoding` to `id-birth-date`. `updated_at` is read on the way,
    /// because nobody is born after his row was written; whether it can be read is ruled last.
    func readBearer(needed: [Int], citizenID: Int, updatedAt: Int) -> Bearer {
        if let column = needed.first(where: { !encoding.isValid(field($0)) }) {
            return .decided(.rejected(.encoding, column: column))
        }
        let id: CitizenID
        switch IdentityNumber.read(normalised(citizenID, isIdentity: true)) {
        case .rejected(let reason): return .decided(.rejected(reason, column: citizenID))
        case .outOfScope: return .decided(.outOfScope)
        case .citizen(let number): id = number
        }
        let moment = FieldDates.timestamp(normalised(updatedAt))
        guard let birth = id.birthDate, moment.map({ birth <= $0.date }) ?? true else {
            return .decided(.rejected(.idBirthDate, column: citizenID))
        }
        return .citizen(id, birth: birth, updatedAt: moment)
    }
}
