/// The tables of a store, made when it is opened.
enum StoreSchema {
  /// Raised when a table changes its meaning.
  static let version: Int64 = 1

  static func statements(_ dialect: SQLDialect) -> [String] {
    [
      """
      CREATE TABLE IF NOT EXISTS llmref_store (version BIGINT PRIMARY KEY)
      """,
      """
      CREATE TABLE IF NOT EXISTS run (
        id TEXT PRIMARY KEY, description TEXT NOT NULL, created_ms BIGINT NOT NULL,
        most_cost BIGINT, spent BIGINT NOT NULL DEFAULT 0, reserved BIGINT NOT NULL DEFAULT 0)
      """,
      """
      CREATE TABLE IF NOT EXISTS prompt (
        run TEXT NOT NULL, id TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (run, id))
      """,
      """
      CREATE TABLE IF NOT EXISTS picture (digest TEXT PRIMARY KEY, bytes \(dialect.bytes) NOT NULL)
      """,
      // `place` is the order in which cells are taken; `ceiling` what one sending costs at most, in 10⁻¹² dollars; `earlier`
      // the attempts that ended without a result, as JSON.
      """
      CREATE TABLE IF NOT EXISTS cell (
        id \(dialect.numbered), run TEXT NOT NULL, prompt TEXT NOT NULL, route TEXT NOT NULL,
        trial BIGINT NOT NULL, key TEXT NOT NULL, place BIGINT NOT NULL, ceiling BIGINT,
        state TEXT NOT NULL DEFAULT 'open', lease_until BIGINT, owner TEXT, attempts BIGINT NOT NULL DEFAULT 0,
        sent_ms BIGINT, not_before BIGINT NOT NULL DEFAULT 0, earlier TEXT, result TEXT,
        UNIQUE (run, prompt, route, trial))
      """,
      """
      CREATE INDEX IF NOT EXISTS cell_open ON cell (run, route, place) WHERE state = 'open'
      """,
      """
      CREATE INDEX IF NOT EXISTS cell_taken ON cell (run, lease_until) WHERE state IN ('claimed', 'sent')
      """,
      // Results are read in the order of their cells, a page at a time.
      """
      CREATE INDEX IF NOT EXISTS cell_done ON cell (run, id) WHERE state = 'done'
      """,
      """
      CREATE TABLE IF NOT EXISTS quota (
        bucket TEXT PRIMARY KEY, requests BIGINT, granted TEXT NOT NULL, updated_ms BIGINT NOT NULL,
        blocked_until BIGINT NOT NULL DEFAULT 0)
      """,
    ]
  }
}
