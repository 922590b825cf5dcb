/// What one client may ask of the server, and all clients together; each with its reason.
public struct ServerLimits: Sendable {
    /// Requests of one address: so many at once, then so many per second. A page of the bureau, or a
    /// client that reads every table, asks for some dozens at once; 50 a second is faster than any
    /// person and slow enough for two cores.
    public var requestBurst = 200.0
    public var requestsPerSecond = 50.0
    /// Addresses that are remembered for that; one costs about 100 bytes. When there are more, those
    /// that have been quiet are forgotten first.
    var clientsMax = 16_384

    /// Bytes of path and query. A thousand county codes fit in; longer lists are better filtered by
    /// the client itself.
    var addressBytesMax = 8_192
    /// Values of one filter, and filters: what a person or program writes, not what fills memory.
    var valuesMax = 1_000
    var parametersMax = 64
    /// Bytes of one header field, of all of them, and their number: twice the address and what
    /// browsers send.
    var headerFieldBytesMax = 16_384
    var headerBytesMax = 32_768
    var headerFieldsMax = 100

    /// Rows of one answer: about 30 MB of CSV, half a minute for a slow line. Longer tables are read
    /// in parts, by date or with limit and offset.
    public var rowsMax = 500_000
    /// Bytes of answers that are kept because others will ask for the same.
    var cacheBytesMax = 64 << 20
    /// Bytes of long answers that are under way to clients at one time; more have to wait, so that
    /// slow readers of long tables cannot fill the memory.
    var bytesUnderWayMax = 256 << 20
    /// An answer is long above this.
    var longAnswerBytes = 1 << 20

    /// Connections at one time: each costs some 20 KB and one descriptor, and 1,024 descriptors is
    /// what a system gives by default.
    var connectionsMax = 900
    /// Seconds until a connection without a request is closed, also one that sends its request
    /// byte by byte. Longer than the 60 seconds of most proxies, so that they close first.
    var idleSeconds = 75
    /// Seconds until an answer that is not ready is given up: the store is then overburdened, and
    /// the client has mostly gone.
    var answerSeconds = 30
    /// Seconds in which a client has to have taken an answer; 30 MB in this time are 1 Mbit/s.
    var takingSeconds = 240

    public init() {}
}
