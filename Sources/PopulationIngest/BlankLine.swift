/// Lines of blanks.
enum BlankLine {
    static func isBlank(
        _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, fullWidthLead: UInt8
    ) -> Bool {
        var position = start
        while position < end {
            let byte = bytes[position]
            if byte == 0x20 || byte == 0x09 {
                position += 1
            } else if byte == fullWidthLead, byte == 0xE3, end - position >= 3,
                bytes[position + 1] == 0x80, bytes[position + 2] == 0x80
            {
                position += 3
            } else if byte == fullWidthLead, byte == 0xA1, end - position >= 2,
                bytes[position + 1] == 0xA1
            {
                position += 2
            } else {
                return false
            }
        }
        return true
    }
}
