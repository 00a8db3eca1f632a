import Facts
import Statistics

/// The cells of a run in the order in which they are taken: prompts at random, the routes of a prompt side by side and at random
/// among each other, so that pairs share their hour and no route always comes first.
package struct EvaluationPlan: Sendable {
  package let prompts: [EvaluationPrompt]
  package let file: RouteFile
  /// The same seed gives the same order.
  package let seed: UInt64

  package init(prompts: [EvaluationPrompt], file: RouteFile, seed: UInt64) {
    self.prompts = prompts
    self.file = file
    self.seed = seed
  }

  package var count: Int { prompts.count * file.candidates.count * file.trials }

  /// What the two files say of each other and cannot both be: judges that are no routes.
  package func problems(promptsFile: String) -> [InputProblem] {
    var problems: [InputProblem] = []
    let judges = Set(file.judges.map(\.name))
    for prompt in prompts {
      for (place, check) in prompt.checks.enumerated() {
        guard case .judge(let route, _, _) = check.kind, !judges.contains(route) else { continue }
        problems.append(
          InputProblem(
            file: promptsFile, path: "prompt \"\(prompt.id)\", checks[\(place)].route",
            rule: "a judge is a route with use: judge; there is no such route \"\(route.bounded)\"",
            hint: judges.isEmpty
              ? "add a route with use: judge to the routes file"
              : "the judges are \(judges.sorted().joined(separator: ", "))"))
      }
    }
    return problems
  }

  /// One place of the order: a prompt, a route and a trial, with the parts of the key.
  package struct Place: Sendable {
    package let prompt: EvaluationPrompt
    package let route: EvaluationRoute
    /// From 1.
    package let trial: Int

    package func parts(maxTokens: Int64) -> CellKeyParts {
      CellKeyParts(prompt, through: route, trial: trial, maxTokens: maxTokens)
    }
  }

  /// A place by numbers, so that an order of many cells stays small.
  package struct Slot: Hashable, Sendable {
    let prompt: Int32
    let route: Int32
    let trial: Int32
  }

  /// Every cell once, in order.
  package var order: [Slot] {
    var generator = RandomNumbers(seed: seed)
    var slots: [Slot] = []
    slots.reserveCapacity(count)
    var promptOrder = Array(Int32(0)..<Int32(prompts.count))
    var routeOrder = Array(Int32(0)..<Int32(file.candidates.count))
    for trial in 1...max(1, file.trials) {
      promptOrder.shuffle(using: &generator)
      for prompt in promptOrder {
        routeOrder.shuffle(using: &generator)
        for route in routeOrder { slots.append(Slot(prompt: prompt, route: route, trial: Int32(trial))) }
      }
    }
    return slots
  }

  /// The places of some slots of this plan's ``order``.
  package func places(_ slots: some Sequence<Slot>) -> [Place] {
    let candidates = file.candidates
    return slots.map { slot in
      Place(prompt: prompts[Int(slot.prompt)], route: candidates[Int(slot.route)], trial: Int(slot.trial))
    }
  }
}
