import PopulationFigures
import PopulationModel
import PopulationPublish
import PopulationStore

// Before you change this: the store comes after the folder. A run that dies between the two leaves a
// store without its last edition, which the next run adds, from the folder when its own figures are
// others; the other way round, the store would hold figures that nobody was given, and a revision of
// the transfer could be numbered twice (Decision 0011).
extension Pipeline {
    var storeLocation: StoreLocation? { plan.storeLocation(output: output) }

    /// A store that cannot be used is told before hours of work, not after them.
    func checkStore() throws(PopstatErrors) {
        guard let location = storeLocation else { return }
        try Self.refuseStore(location, in: output)
        do throws(PopstatError) { try location.check() } catch { throw PopstatErrors([error]) }
    }

    /// What a run replaces cannot keep editions.
    static func refuseStore(_ location: StoreLocation?, in output: String) throws(PopstatErrors) {
        if case .sqlite(let path) = location, path.hasPrefix("\(output)/") {
            throw PopstatErrors(.storeInOutput(store: path, output: output))
        }
    }

    /// What lies in the output folder and is about to be replaced is kept as an edition first, when
    /// the run that published it died before it could. Figures of other plans are not ours to keep.
    func completeStore(before provenance: ReportProvenance, _ summary: RunSummary)
        throws(PopstatErrors)
    {
        guard let location = storeLocation else { return }
        let last: LastPublication?
        do throws(PopstatErrors) { last = try LastPublication(output: output) } catch {
            noteNotKept(error, summary)
            return
        }
        guard let last, last.identity.plan == plan.name,
            last.identity.programVersion == provenance.programVersion,
            // This run keeps the same figures itself.
            last.identity.planDigest != provenance.planDigest
                || last.identity.inputsDigest != provenance.inputsDigest
        else { return }
        do throws(PopstatError) {
            let store = try location.writer()
            guard try !store.holds(last.identity) else { return }
            let publication: Publication
            do throws(PopstatErrors) { publication = try last.publication() } catch {
                noteNotKept(error, summary)
                return
            }
            let record = try store.publish(publication, at: RunContext.timestamp).record
            note(
                .publish,
                Bilingual(
                    "上次发布的数据不在存储库中，已补为版本 \(record.id)",
                    "the figures published before were not in the store; they are its edition "
                        + "\(record.id) now"), summary)
        } catch {
            // What the store cannot take for what it is would keep every later night from its figures.
            guard error.kind == .internalFault else { throw PopstatErrors([error]) }
            noteNotKept(PopstatErrors([error]), summary)
        }
    }

    private func noteNotKept(_ errors: PopstatErrors, _ summary: RunSummary) {
        let reason = errors.errors[0].message
        note(
            .publish,
            Bilingual(
                "上次发布的数据无法补入存储库：\(reason.zh)",
                "the figures published before cannot be kept in the store: \(reason.en)"), summary)
    }

    /// Keeps what was published as an edition; figures that the store holds already stay one.
    func store(
        _ tables: [PublishedTable], _ provenance: ReportProvenance, _ summary: inout RunSummary
    ) throws(PopstatErrors) {
        guard let location = storeLocation else { return }
        let publication = Publication(
            plan: plan.name, area: plan.area.code, planDigest: provenance.planDigest,
            inputsDigest: provenance.inputsDigest,
            programVersion: provenance.programVersion,
            referenceDates: plan.referenceDates.map(\.description),
            tables: tables.filter { $0.table.rowCount <= StoredTable.rowCountMax })
        do throws(PopstatError) {
            let stored = try location.writer().publish(publication, at: RunContext.timestamp)
            summary.edition = RunSummary.Edition(
                store: location.label, id: stored.record.id, revision: stored.record.revision,
                isNew: stored.isNew)
        } catch {
            throw PopstatErrors([
                error.adding(
                    Bilingual(
                        "文件夹 \(output) 已发布；再次运行同一计划即可补全存储库。",
                        "The folder \(output) is published; the same run again completes the "
                            + "store."))
            ])
        }
    }
}

extension Plan {
    /// Where the plan's editions are kept when it publishes into `output`.
    func storeLocation(output: String) -> StoreLocation? {
        switch publish.store {
        case .standard: .standard(besideOutput: output)
        case .none: nil
        case .sqlite(let path): .sqlite(path: path.standardizedPath)
        case .postgres(let connection): .postgres(connection: connection)
        }
    }
}
