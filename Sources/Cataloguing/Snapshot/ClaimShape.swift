import Facts

/// What thousands of claims share: the field, the unit and the place in the record. Interned, so that a claim is
/// two small numbers.
struct ClaimShape: Hashable {
  let field: Field
  let unit: String?
  let basis: Basis
  let note: String?
  let path: String?
  let url: String?
  let validFrom: CalendarDate?
  let validUntil: CalendarDate?

  init(_ claim: Claim) {
    field = claim.field
    unit = claim.unitAsWritten
    basis = claim.basis
    note = claim.note
    path = claim.path
    url = claim.url
    validFrom = claim.validFrom
    validUntil = claim.validUntil
  }

  init(
    field: Field, unit: String?, basis: Basis, note: String?, path: String?, url: String?,
    validFrom: CalendarDate?,
    validUntil: CalendarDate?
  ) {
    self.field = field
    self.unit = unit
    self.basis = basis
    self.note = note
    self.path = path
    self.url = url
    self.validFrom = validFrom
    self.validUntil = validUntil
  }
}

/// A value with the text it was written as.
struct WrittenValue: Hashable {
  let value: FactValue
  let asWritten: String
}

/// What the scores of one benchmark in one source share.
struct ScoreShape: Hashable {
  let benchmark: BenchmarkID
  let unit: ScoreUnit
  let metric: String
  let evaluator: String?
  let version: String?
  let url: String?

  init(_ score: ScoreClaim) {
    benchmark = score.benchmark
    unit = score.unit
    metric = score.metric
    evaluator = score.evaluator
    version = score.version
    url = score.url
  }

  init(
    benchmark: BenchmarkID, unit: ScoreUnit, metric: String, evaluator: String?, version: String?,
    url: String?
  ) {
    self.benchmark = benchmark
    self.unit = unit
    self.metric = metric
    self.evaluator = evaluator
    self.version = version
    self.url = url
  }
}
