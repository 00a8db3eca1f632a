import Facts

extension Route {
  /// The only way of processing that the route serves, where that is not the ordinary one: `batch`.
  public var processing: String? { attributes.isOrdinary ? nil : attributes.mode }

  /// Whether the id leads to one release after another, so that its prices are those of no one model.
  public var isFloating: Bool { model == CatalogueContents.noModel || attributes.isFloating }

  /// What makes the route price nothing by itself although ordinary requests go to it; nil for most.
  public var reservation: String? {
    if isFloating { return "floating id" }
    return attributes.doubt == nil ? nil : "doubted listing"
  }

  /// Whether an ordinary request can be sent to the route and is billed by what it uses: listed, not retired, metered, neither
  /// for batches, flex or fine-tuned models alone, nor a floating id, nor one that its lab is doubted to sell. Whatever is called the cheapest is one of these.
  public var servesOrdinaryRequest: Bool {
    isAvailable && processing == nil && reservation == nil && kind.value == .metered
  }
}

extension PriceList {
  /// Every known line by unit. Of the lines of a unit and mode that hold for a request, the first is billed.
  package var lines: [Quote] {
    var lines: [(place: Int, quote: Quote)] = []
    lines.reserveCapacity(terms.count)
    for (term, money) in terms {
      if case .known(let price, let evidence) = money {
        lines.append((term.unit.place, Quote(term: term, money: price, evidence: evidence)))
      }
    }
    lines.sort { left, right in
      if left.place != right.place { return left.place < right.place }
      return Self.comesBefore(left.quote.term, right.quote.term)
    }
    return lines.map(\.quote)
  }
}
