import Cataloguing
import Facts

/// Adds groups up by the dimensions of one table.
struct RollUp {
  /// A number for each dimension; a table has at most four.
  private struct Key: Equatable {
    let first: UInt64
    let second: UInt64

    init(_ numbers: (Int32, Int32, Int32, Int32)) {
      first = UInt64(UInt32(bitPattern: numbers.0)) << 32 | UInt64(UInt32(bitPattern: numbers.1))
      second = UInt64(UInt32(bitPattern: numbers.2)) << 32 | UInt64(UInt32(bitPattern: numbers.3))
    }

    var hash: Int { Int(truncatingIfNeeded: ByteWords.mixed(first ^ ByteWords.mixed(second))) }

    func number(_ place: Int) -> Int32 {
      let word = place < 2 ? first : second
      return Int32(bitPattern: UInt32(truncatingIfNeeded: place & 1 == 0 ? word >> 32 : word))
    }
  }

  let dimensions: [RepriceQuestion.Dimension]
  /// The place of the table's texts among those of its shape, by dimension.
  private let textPlaces: [Int?]
  /// Places of rows by the hash of their key, −1 where free; at least twice as many as rows.
  private var places = [Int32](repeating: -1, count: 64)
  private var rows: [(key: Key, amounts: Amounts)] = []

  /// - Parameter fields: the texts of the shape that holds the table's sums.
  init(_ dimensions: [RepriceQuestion.Dimension], fields: [RowField], labels: [String]) {
    self.dimensions = Array(dimensions.prefix(RepriceQuestion.mostDimensions))
    textPlaces = self.dimensions.map { dimension in
      switch dimension {
      case .key: fields.firstIndex(of: .key)
      case .tag(let name):
        labels.firstIndex(of: name).flatMap { RowField(rawValue: RowField.label0.rawValue + UInt8($0)) }
          .flatMap(fields.firstIndex)
      default: nil
      }
    }
  }

  mutating func add(_ amounts: Amounts, _ key: GroupTable.Key, _ names: RouteNames) {
    var numbers: (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    for (place, dimension) in dimensions.enumerated() {
      let number: Int32 =
        switch dimension {
        case .day: key.day
        case .model: names.model
        case .provider: names.provider
        case .route: names.route
        case .mode: Int32(key.variant.mode)
        // Several texts of one table are numbered together.
        case .key, .tag: Int32(truncatingIfNeeded: key.texts)
        }
      switch place {
      case 0: numbers.0 = number
      case 1: numbers.1 = number
      case 2: numbers.2 = number
      default: numbers.3 = number
      }
    }
    add(amounts, Key(numbers))
  }

  /// Adds the rows of another table of the same dimensions.
  /// - Parameter names: the numbers here of the names there.
  mutating func adopt(_ other: RollUp, _ names: RouteNames.Numbers) {
    for (key, amounts) in other.rows {
      var numbers: [Int32] = [0, 0, 0, 0]
      for (place, dimension) in dimensions.enumerated() {
        let number = key.number(place)
        numbers[place] =
          switch dimension {
          case .model: names.models[Int(number)]
          case .provider: names.providers[Int(number)]
          case .route: names.routes[Int(number)]
          case .day, .mode, .key, .tag: number
          }
      }
      add(amounts, Key((numbers[0], numbers[1], numbers[2], numbers[3])))
    }
  }

  private mutating func add(_ amounts: Amounts, _ own: Key) {
    let mask = places.count - 1
    var place = own.hash & mask
    while places[place] >= 0 {
      let row = Int(places[place])
      if rows[row].key == own { return rows[row].amounts.add(amounts) }
      place = (place + 1) & mask
    }
    places[place] = Int32(rows.count)
    rows.append((own, amounts))
    if rows.count * 2 > places.count { grow() }
  }

  private mutating func grow() {
    let mask = places.count * 2 - 1
    places = [Int32](repeating: -1, count: mask + 1)
    for (row, entry) in rows.enumerated() {
      var place = entry.key.hash & mask
      while places[place] >= 0 { place = (place + 1) & mask }
      places[place] = Int32(row)
    }
  }

  /// The numbers of the texts in the table.
  var textNumbers: Set<Int> {
    var numbers: Set<Int> = []
    for (place, dimension) in dimensions.enumerated() {
      switch dimension {
      case .key, .tag: numbers.formUnion(rows.map { Int($0.key.number(place)) })
      default: continue
      }
    }
    return numbers
  }

  /// The table: days first to last where its first dimension is the day, else the dearest first.
  func table(_ names: RouteNames.Book, texts: (Int) -> [String?]?) -> Repricing.Table {
    var found: [Repricing.Table.Row] = rows.map { key, amounts in
      let own = dimensions.indices.map { name(key.number($0), $0, names, texts) }
      return Repricing.Table.Row(names: own, amounts: amounts)
    }
    let isByDay = dimensions.first == .day
    found.sort { left, right in
      if isByDay, left.names[0] != right.names[0] {
        return Self.text(left.names[0]) < Self.text(right.names[0])
      }
      if left.amounts.cost != right.amounts.cost { return left.amounts.cost > right.amounts.cost }
      return left.names.map(Self.text).lexicographicallyPrecedes(right.names.map(Self.text))
    }
    return Repricing.Table(dimensions: dimensions, rows: found)
  }

  /// What rows do not say comes last.
  private static func text(_ name: Repricing.Name?) -> String { name.map(\.text) ?? "\u{10FFFF}" }

  private func name(
    _ number: Int32, _ place: Int, _ names: RouteNames.Book, _ texts: (Int) -> [String?]?
  ) -> Repricing.Name? {
    switch dimensions[place] {
    case .day: (try? CalendarDate(dayNumber: Int(number))).map(Repricing.Name.day)
    case .model: .text(names.models[Int(number)].rawValue)
    case .provider: .text(names.providers[Int(number)].rawValue)
    case .route: .text(names.routes[Int(number)])
    case .mode: .text(PriceMode.allCases[Int(number)].rawValue)
    case .key, .tag:
      if let found = texts(Int(number)) {
        textPlaces[place].flatMap { found[$0] }.map(Repricing.Name.text)
      } else {
        .others
      }
    }
  }
}
