import Cataloguing
import Facts
import Pricing

/// What a cell costs at most through a route, by the catalogue's prices, before anything is sent.
///
/// Tokens of the prompt are estimated from bytes, one token to three bytes, which counts English by about a third too high and
/// most other scripts about right; a picture counts as 2,000. Tokens of the answer are the most that are asked for. Nothing is
/// taken as cached.
package struct CostCeiling: Sendable {
  /// Why a route has no price.
  package enum Price: Sendable {
    case known(PriceList, isFree: Bool)
    case unknown(reason: String)
  }

  /// By the route's name.
  private let prices: [String: Price]
  private let file: RouteFile
  private let day: CalendarDate

  static let bytesPerToken = 3
  static let tokensPerPicture: Int64 = 2000
  /// Tokens that a message or a tool adds beside its text.
  static let tokensPerMessage: Int64 = 8
  /// Tokens of a judge's verdict.
  package static let judgeTokens: Int64 = 1024

  /// Looks up the catalogue's route of every route of the file.
  package init(_ file: RouteFile, in catalogue: Catalogue, on day: CalendarDate) throws(CatalogueError) {
    var prices: [String: Price] = [:]
    for route in file.routes { prices[route.name] = try Self.price(route, catalogue, day) }
    self.prices = prices
    self.file = file
    self.day = day
  }

  private static func price(
    _ route: EvaluationRoute, _ catalogue: Catalogue, _ day: CalendarDate
  ) throws(CatalogueError) -> Price {
    guard let id = route.catalogueRoute, let slash = id.firstIndex(of: "/") else {
      return .unknown(reason: "the routes file names no catalogue_route")
    }
    let provider = ProviderID(String(id[..<slash]))
    guard let found = try catalogue.route(String(id[id.index(after: slash)...]), at: provider, asOf: day)
    else {
      return .unknown(reason: "the catalogue has no route \(id.bounded)")
    }
    let isFree = found.route.kind.value == .free
    let prices = found.route.prices
    guard isFree || (prices.quote(.input, prompt: 1) != nil && prices.quote(.output, prompt: 1) != nil) else {
      return .unknown(reason: "no source prices input and output of \(id.bounded)")
    }
    return .known(prices, isFree: isFree)
  }

  /// Routes without a price, and why, in the order of the file.
  package var unpriced: [(route: String, reason: String)] {
    file.routes.compactMap { route in
      if case .unknown(let reason)? = prices[route.name] { (route.name, reason) } else { nil }
    }
  }

  /// Tokens of a prompt, estimated on the high side.
  package static func inputTokens(_ prompt: EvaluationPrompt) -> Int64 {
    var bytes = 0
    var extra = Int64(prompt.messages.count) * tokensPerMessage
    for part in prompt.messages.flatMap(\.parts) {
      switch part {
      case .text(let text), .toolResult(_, let text): bytes += text.utf8.count
      case .toolCall(_, let name, let arguments): bytes += name.utf8.count + arguments.bytes.count
      case .picture: extra += tokensPerPicture
      }
    }
    for tool in prompt.tools {
      bytes += tool.name.utf8.count + (tool.description?.utf8.count ?? 0) + tool.parameters.bytes.count
      extra += tokensPerMessage
    }
    if case .jsonSchema(_, let schema, _)? = prompt.responseFormat { bytes += schema.bytes.count }
    return extra + Int64((bytes + bytesPerToken - 1) / bytesPerToken)
  }

  /// US dollars that one sending of a cell costs at most, its judges included; nil where no price is known.
  package func dollars(_ prompt: EvaluationPrompt, through route: EvaluationRoute) -> ExactDecimal? {
    let input = Self.inputTokens(prompt)
    let output = prompt.maxTokens ?? file.maxTokens
    guard var sum = bill(route.name, input: input, output: output) else { return nil }
    for check in prompt.checks {
      guard case .judge(let judge, let instructions, _) = check.kind else { continue }
      let asked = input + output + Int64(instructions.utf8.count / Self.bytesPerToken) + 500
      guard let verdict = bill(judge, input: asked, output: Self.judgeTokens), let total = sum.adding(verdict)
      else {
        return nil
      }
      sum = total
    }
    return sum
  }

  private func bill(_ route: String, input: Int64, output: Int64) -> ExactDecimal? {
    guard case .known(let prices, let isFree)? = prices[route],
      let usage = try? Usage([.input: input, .output: output, .request: 1]),
      let bill = try? Bill(usage, at: prices, isFree: isFree)
    else { return nil }
    return bill.total.dollars
  }

  /// What the tokens of an answer cost through a route by the catalogue's prices.
  package func cost(of usage: TokenUsage, through route: EvaluationRoute, at time: Timestamp) -> CatalogueCost
  {
    switch prices[route.name] {
    case nil: return .unknown(reason: "the route is not in the routes file", knownPart: nil)
    case .unknown(let reason)?: return .unknown(reason: reason, knownPart: nil)
    case .known(let prices, let isFree)?:
      guard let input = usage.input, let output = usage.output else {
        return .unknown(reason: "the server left out tokens of prompt or answer", knownPart: nil)
      }
      var counts: [BillableUnit: Int64] = [.input: input, .output: output, .request: 1]
      counts[.cacheRead] = usage.cacheRead
      counts[.cacheWrite] = usage.cacheWrite
      counts[.reasoning] = usage.reasoning
      guard let used = try? Usage(counts), let bill = try? Bill(used, at: prices, isFree: isFree, time: time)
      else {
        return .unknown(reason: "the usage contradicts itself", knownPart: nil)
      }
      switch bill.total {
      case .known(let dollars): return .known(dollars, priceDate: day)
      case .unknown(let part):
        let units = bill.unpriced.map(\.unit.rawValue).joined(separator: ", ")
        return .unknown(reason: "no source prices \(units)", knownPart: part)
      }
    }
  }
}
