/// One citizen whose registration changed within one yearly pair in a way that can touch the urban
/// registered population, or who died in it; as deduplicate hands him to aggregate. Holds nothing
/// that tells who he is.
@frozen
public struct PersonTransition: Sendable {
    /// Birth date as yyyymmdd.
    public var birth: Int32
    /// Index into `Territory.yearlyPairs`.
    public var pair: UInt16
    /// 1 male, 2 female.
    public var sex: UInt8
    /// The row in force at the end is the one of the start.
    public var isSameRow: Bool
    /// Its event is dated after the start.
    public var isEventInside: Bool
    /// Born after the start.
    public var isBornInside: Bool
    /// With college education or a title, by the row in force at the end.
    public var isTalent: Bool
    /// `RegistrationEvent` of the row in force at the end; its cause, 0 empty.
    public var event: UInt8
    public var cause: UInt8
    /// 0 empty; of the row in force at the end. So is the code, padded to 12 digits.
    public var originClass: UInt16
    public var hasOriginCode: Bool
    public var originCode: UInt64
    /// Place numbers of the worker's `PlaceTable`, in the edition of the start and that of the end;
    /// -1 = not registered in the area, not resident.
    public var registeredBefore: Int32
    public var registered: Int32
    public var residentBefore: Int32
    /// Of registered unit and household number; 0 = no household number.
    public var household: UInt64

    @inlinable public init(birth: Int32, sex: UInt8, pair: UInt16) {
        self.birth = birth
        self.sex = sex
        self.pair = pair
        isSameRow = false
        isEventInside = false
        isBornInside = false
        isTalent = false
        event = 0
        cause = 0
        originClass = 0
        hasOriginCode = false
        originCode = 0
        registeredBefore = -1
        registered = -1
        residentBefore = -1
        household = 0
    }
}
