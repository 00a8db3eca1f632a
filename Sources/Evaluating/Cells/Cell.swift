/// One prompt through one route, once: the unit of work, of resuming and of counting.
package struct Cell: Hashable, Sendable {
  /// What was asked of whom; cells of equal keys ask the same.
  package let key: CellKey
  /// The run's id.
  package let run: String
  /// The prompt's id.
  package let prompt: String
  /// The route's name.
  package let route: String
  /// From 1.
  package let trial: Int

  package init(key: CellKey, run: String, prompt: String, route: String, trial: Int) {
    self.key = key
    self.run = run
    self.prompt = prompt
    self.route = route
    self.trial = trial
  }
}
