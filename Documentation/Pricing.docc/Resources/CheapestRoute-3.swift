import Cataloguing
import Facts
import Pricing

// The catalogue lies inside the program: no file and no network is needed.
let catalogue = try Catalogue(snapshot: .embedded())
let day = try CalendarDate(parsing: "2026-11-23")

// Any provider's id finds the model.
guard case .resolved(let found) = try catalogue.resolve("claude-sonnet-4-5-20250929", asOf: day),
  let model = try catalogue.model(found.model, asOf: day)
else { throw CatalogueError(place: "the example", rule: "the id is known", hint: "see `llmref resolve`") }

// A month of traffic, priced through every route that can carry it.
let month = Workload(inputTokens: TokenCount(800_000_000), outputTokens: TokenCount(250_000_000), requests: 1_000_000)
let estimate = Estimate(model, workload: month)
print("\(model.name): \(model.availableRoutes.count) routes, \(estimate.candidates.count) priced")
for candidate in estimate.candidates.prefix(3) {
  print("$\(candidate.cost.text) at \(candidate.route.providerName) (\(candidate.route.apiID))")
}
