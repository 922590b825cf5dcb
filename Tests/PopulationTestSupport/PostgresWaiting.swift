/// A statement that returns as soon as another session of the server runs a certain one, so that a
/// test cuts in at that very place.
public enum PostgresWaiting {
    /// `condition` is about a row of `pg_stat_activity`; an error after half a minute.
    public static func until(_ condition: String, terminating: Bool = false) -> String {
        let found = terminating ? "count(pg_terminate_backend(pid))" : "count(*)"
        return """
            DO $$ DECLARE n int; BEGIN
                FOR i IN 1..3000 LOOP
                    PERFORM pg_stat_clear_snapshot();
                    SELECT \(found) INTO n FROM pg_stat_activity
                        WHERE pid <> pg_backend_pid() AND state = 'active' AND \(condition);
                    IF n > 0 THEN RETURN; END IF;
                    PERFORM pg_sleep(0.01);
                END LOOP;
                RAISE EXCEPTION 'no session did it';
            END $$
            """
    }
}
