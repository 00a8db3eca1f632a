import Facts

extension CatalogueContents {
  /// Adds what needs resolved models and what a start wants without resolving them: summaries and benchmark medians.
  ///
  /// - Parameter asOf: the day to resolve at; the snapshot's own date for a built catalogue.
  public func finished(asOf: CalendarDate) -> CatalogueContents {
    var result = self
    let resolver = ModelResolver(frame: frame, asOf: asOf)
    var best: [BenchmarkID: [ExactDecimal]] = [:]
    for contents in models {
      let model = resolver.model(contents)
      result.summaries.append(ModelSummary(of: model))
      var own: [BenchmarkID: ExactDecimal] = [:]
      for score in model.scores {
        own[score.claim.benchmark] = max(own[score.claim.benchmark] ?? score.claim.value, score.claim.value)
      }
      for (benchmark, value) in own { best[benchmark, default: []].append(value) }
    }
    for (benchmark, values) in best {
      let sorted = values.sorted()
      // The lower middle of an even count: a score that some model really has.
      result.frame.medians[benchmark] = BenchmarkMedian(
        value: sorted[(sorted.count - 1) / 2], models: sorted.count)
    }
    return result
  }
}

extension Catalogue {
  /// What the importers could not take, and what the lints find in the models as of a day. The lints resolve every
  /// model, which takes seconds.
  public func findings(asOf: CalendarDate) throws(CatalogueError) -> [Finding] {
    var findings = try importFindings()
    var priced: [ModelID: [TokenPricedRoute]] = [:]
    for summary in try summaries() {
      guard let contents = try contents(of: summary.id), let model = try model(summary.id, asOf: asOf) else {
        continue
      }
      priced[model.id] = model.routes.compactMap(TokenPricedRoute.init)
      for lint in Lints.all { findings += lint(model, contents) }
      findings += try unknownSuccessors(of: contents, asOf: asOf)
    }
    return findings + Lints.copiedFromBase(priced) + Lints.sameModelTwice(try summaries(), frame)
  }
}

extension ModelSummary {
  init(of model: Model) {
    self.init(
      id: model.id, name: model.name, family: model.family, productType: model[.productType].value?.text,
      capabilities: Set(Capability.allCases.filter { model.capability($0).value == true }),
      contextWindow: model.contextWindow.value, released: model.released.value,
      routes: model.availableRoutes.count)
  }
}
