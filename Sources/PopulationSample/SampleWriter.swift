import Glibc
import PopulationModel

/// Writes a fictitious prefecture: extracts, reference files, a plan that runs them, and a README
/// with what is planted in them.
///
/// Takes a specification and a folder, which is made when it does not exist; an earlier sample is
/// replaced. Gives the ledger of everything planted. Refuses numbers out of range, and a folder with
/// files of somebody else.
@discardableResult
package func writeSample(
    _ specification: SampleSpecification, to directory: String
) throws(PopstatError) -> SampleLedger {
    try specification.checked()
    try makeFolder(directory)
    let readMe = "\(directory)/README.md"
    try checkReplaceable(directory, readMe)
    // By its title an interrupted sample is known as one.
    try ByteSink.writeFile(SampleReadMe.title + "\n", to: readMe)
    let territory = SampleTerritory(seed: specification.seed, units: specification.units)
    let registrationFiles = specification.registrationFiles
    let ledger = try ParallelJobs.run(
        registrationFiles + specification.residencyFiles, threads: specification.threads
    ) { number throws(PopstatError) in
        let isRegistration = number < registrationFiles
        return try ExtractWriter(
            specification: specification, territory: territory,
            source: isRegistration ? .registration : .residency,
            file: isRegistration ? number : number - registrationFiles
        ).write(to: directory)
    }
    try territory.writeDivisions(edition: 2015, to: "\(directory)/divisions-2015.csv")
    try territory.writeDivisions(edition: 2020, to: "\(directory)/divisions-2020.csv")
    try territory.writeChanges(to: "\(directory)/division-changes.csv")
    try SampleTerritory.writeCounties(to: "\(directory)/counties.csv")
    try ReferenceFiles(citizens: specification.citizens).write(to: directory)
    try ByteSink.writeFile(
        PlanFile(specification: specification).text, to: "\(directory)/plan.yaml")
    if !specification.isClean {
        try makeFolder("\(directory)/defects")
        try DefectFiles(specification: specification, territory: territory)
            .write(to: "\(directory)/defects")
    }
    try ByteSink.writeFile(
        SampleReadMe(specification: specification, ledger: ledger).text, to: readMe)
    return ledger
}

private func checkReplaceable(_ directory: String, _ readMe: String) throws(PopstatError) {
    guard holdsFiles(directory), !SampleReadMe.isOne(at: readMe) else { return }
    throw SampleFault.notASample(path: directory).error
}

/// Whether anything but hidden files lies in a folder; one that cannot be listed cannot be written to
/// either.
private func holdsFiles(_ directory: String) -> Bool {
    guard let folder = opendir(directory) else { return false }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
        if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { return true }
    }
    return false
}

func makeFolder(_ path: String) throws(PopstatError) {
    guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
    throw SampleFault.folderNotCreated(path: path, reason: SystemFailure().reason).error
}
