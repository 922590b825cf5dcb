import PopulationModel

// What a run writes into the audit log.
extension Pipeline {
    var audit: AuditLog {
        options.audit.map(AuditLog.init(folder:)) ?? .standard(besideOutput: output)
    }

    var auditDetails: [String: String] {
        var details = [
            "plan": plan.name, "plan_digest": InputDigest.of(Array(plan.canonicalText.utf8)),
            "output": output, "version": ProgramVersion.text,
            "through": options.through.rawValue,
        ]
        details["night"] = options.night
        if options.isBackFill { details["back_fill"] = "yes" }
        return details
    }

    /// How a run ended: what it published, by digest, and in which edition.
    func auditDetails(of summary: RunSummary) throws(PopstatErrors) -> [String: String] {
        var details = ["outcome": summary.isPublished ? "published" : "not published"]
        if summary.isPublished {
            details["manifest_sha256"] = try InputDigest.ofFile(
                "\(output)/manifest.json", label: "manifest.json")
        }
        if let edition = summary.edition { details["edition"] = "\(edition.id)" }
        for gate in summary.gates where gate.result != .notApplicable {
            details["gate \(gate.gate)"] = gate.result.rawValue
        }
        return details
    }
}
