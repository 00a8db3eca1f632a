import Cataloguing
import Facts

/// Numbers for the names of a route, so that groups are told apart by small numbers.
struct RouteNames {
  let model: Int32
  let provider: Int32
  let route: Int32

  /// What the numbers of another book are in this one.
  struct Numbers {
    let models: [Int32]
    let providers: [Int32]
    let routes: [Int32]
  }

  struct Book {
    private(set) var models: [ModelID] = []
    private(set) var providers: [ProviderID] = []
    private(set) var routes: [String] = []
    private var modelNumbers: [ModelID: Int32] = [:]
    private var providerNumbers: [ProviderID: Int32] = [:]
    private var routeNumbers: [String: Int32] = [:]

    mutating func names(of rates: RouteRates) -> RouteNames {
      RouteNames(
        model: Self.number(rates.model, &models, &modelNumbers),
        provider: Self.number(rates.provider, &providers, &providerNumbers),
        route: Self.number(rates.id, &routes, &routeNumbers))
    }

    /// Takes the names of another book.
    mutating func adopt(_ other: Book) -> Numbers {
      Numbers(
        models: other.models.map { Self.number($0, &models, &modelNumbers) },
        providers: other.providers.map { Self.number($0, &providers, &providerNumbers) },
        routes: other.routes.map { Self.number($0, &routes, &routeNumbers) })
    }

    private static func number<Name: Hashable>(
      _ name: Name, _ names: inout [Name], _ numbers: inout [Name: Int32]
    ) -> Int32 {
      if let known = numbers[name] { return known }
      let number = Int32(names.count)
      names.append(name)
      numbers[name] = number
      return number
    }
  }
}
