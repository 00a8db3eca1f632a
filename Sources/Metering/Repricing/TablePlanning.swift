/// Which sums must be kept for the tables of a report.
struct TablePlanning: Sendable {
  /// Each table's dimensions, with the place of the shape that holds its sums.
  let tables: [(dimensions: [RepriceQuestion.Dimension], shape: Int)]
  let shapes: [Tally.Shape]
  /// Names of the labels that some table tells apart, in the order of `RowField.label0` and on.
  let labels: [String]

  init(_ question: RepriceQuestion) {
    var labels: [String] = []
    for case .tag(let name) in question.tables.joined() where !labels.contains(name) { labels.append(name) }
    self.labels = Array(labels.prefix(RowField.mostLabels))
    var wanted: [Tally.Shape] = []
    for table in question.tables {
      wanted.append(Self.shape(table, labels: self.labels))
    }
    // A shape that tells more apart serves a table that asks for less.
    var shapes: [Tally.Shape] = []
    for shape in wanted.sorted(by: { $0.texts.count > $1.texts.count }) {
      if let place = shapes.firstIndex(where: { $0.texts == shape.texts }) {
        shapes[place].isDaily = shapes[place].isDaily || shape.isDaily
      } else if !shape.texts.isEmpty {
        shapes.append(shape)
      }
    }
    for shape in wanted where shape.texts.isEmpty {
      if shapes.contains(where: { $0.isDaily || !shape.isDaily }) { continue }
      if let place = shapes.firstIndex(where: { $0.texts.isEmpty }) {
        shapes[place].isDaily = true
      } else {
        shapes.append(shape)
      }
    }
    if shapes.isEmpty { shapes.append(Tally.Shape(isDaily: false, texts: [])) }
    self.shapes = shapes
    tables = zip(question.tables, wanted).map { table, shape in
      let place = shapes.firstIndex {
        ($0.texts == shape.texts || shape.texts.isEmpty) && ($0.isDaily || !shape.isDaily)
      }
      return (table, place ?? 0)
    }
  }

  private static func shape(_ table: [RepriceQuestion.Dimension], labels: [String]) -> Tally.Shape {
    var texts: [RowField] = []
    for dimension in table {
      switch dimension {
      case .key: texts.append(.key)
      case .tag(let name):
        if let place = labels.firstIndex(of: name),
          let field = RowField(rawValue: RowField.label0.rawValue + UInt8(place))
        {
          texts.append(field)
        }
      case .day, .model, .provider, .route, .mode: continue
      }
    }
    return Tally.Shape(
      isDaily: table.contains(.day), texts: Array(Set(texts)).sorted { $0.rawValue < $1.rawValue })
  }
}
