/// The version of the program, as `--version`, the manifest and the report state it.
public enum ProgramVersion {
    public static let text = "0.1.0"
}
