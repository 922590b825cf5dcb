import PopulationModel
import PopulationPipeline
import PopulationTestSupport
import Testing

/// Every fault that the doctor finds in its final words and with its exit status.
@Suite struct DoctorFaultMessageTests {
    static let rows: [(fault: DoctorFault, status: Int32, text: String)] = [
        (
            .littleMemory(bytes: 536_870_912), 69,
            "there are only 512 MiB of memory (DOCTOR-001). Give `popstat run --memory-limit` "
                + "half of it."
        ),
        (
            .fewFiles(limit: 64, needed: 100), 69,
            "a process may have 64 open files, a run of this plan needs 100 (DOCTOR-002). Raise "
                + "the limit: LimitNOFILE of the service, or `ulimit -Hn`."
        ),
        (
            .noGB18030, 69,
            "the C library of this machine has no GB18030 (DOCTOR-003). Install Debian's libc-bin "
                + "with its gconv modules."
        ),
        (
            .clockNotSynchronised, 69,
            "the clock is not synchronised with any other (DOCTOR-004). Run `timedatectl set-ntp "
                + "true`."
        ),
        (
            .clockBehind(file: "a.csv", time: "2021-01-01T00:00:00Z"), 69,
            "a.csv: the clock is behind: this file is of 2021-01-01T00:00:00Z (DOCTOR-005). Set "
                + "the clock, or find out which machine wrote the file."
        ),
        (
            .littleSpace(path: "w", free: 1_000, needed: 20_480), 73,
            "w: 1000 bytes are free, and about 20 KiB are needed (DOCTOR-006). Free space, or name "
                + "a folder on another disk."
        ),
        (
            .otherOwner(path: "w", owner: "backup"), 73,
            "w: it belongs to backup, not to who runs this (DOCTOR-007). Run popstat as that "
                + "user, or give another folder."
        ),
        (
            .cannotMake(path: "w", reason: "no"), 73,
            "w: it cannot be made or written: no (DOCTOR-008). Mend the rights of the folder "
                + "above, or give another one."
        ),
        (
            .noExchange(path: "o"), 73,
            "o: this file system cannot exchange two folders in one step, so that readers find no "
                + "folder for a moment when a run publishes (DOCTOR-009). Publish to ext4, XFS or "
                + "Btrfs."
        ),
        (
            .tokenExpires(path: "t", name: "press", day: "2021-01-31"), 64,
            "t: the token press holds until 2021-01-31 (DOCTOR-010). Give its holder a new one: "
                + "`popstat token add`."
        ),
        (
            .tokenExpired(path: "t", name: "press", day: "2021-01-31"), 64,
            "t: the token press held until 2021-01-31 (DOCTOR-011). Give its holder a new one, or "
                + "revoke it: `popstat token revoke`."
        ),
        (
            .noCertificate(path: "c", reason: Bilingual("无", "no"), isMissing: true), 66,
            "c: no certificate can be read: no (DOCTOR-012). Give a PEM file of certificates."
        ),
        (
            .noCertificate(path: "c", reason: Bilingual("无", "no"), isMissing: false), 64,
            "c: no certificate can be read: no (DOCTOR-012). Give a PEM file of certificates."
        ),
        (
            .certificateExpires(path: "c", time: "T"), 64,
            "c: a certificate holds until T (DOCTOR-013). Renew it before."
        ),
        (
            .certificateExpired(path: "c", time: "T"), 64,
            "c: a certificate held until T (DOCTOR-014). Renew it, and start the server again."
        ),
        (
            .certificateNotYet(path: "c", time: "T"), 64,
            "c: a certificate does not hold before T (DOCTOR-015). Look at the clock, or wait."
        ),
        (
            .noPrinter, 69,
            "weasyprint is not on the PATH, and --pdf needs it (DOCTOR-016). Install Debian's "
                + "weasyprint, if PDF is wanted."
        ),
        (
            .noFonts, 69,
            "there is no font with Chinese characters for --pdf (DOCTOR-017). Install Debian's "
                + "fonts-noto-cjk, if PDF is wanted."
        ),
    ]

    @Test(arguments: rows.indices)
    func saysWhatIsWrongAndWhatToDo(index: Int) {
        let (fault, status, text) = Self.rows[index]
        #expect(fault.error.description == text)
        #expect(
            ChineseWording.problems(
                fault.error.line(in: .zh), beside: text, values: ChineseWording.values(of: fault))
                == [])
        #expect(fault.error.exitStatus == status)
    }
}
