import Facts
import PricingSupport
import Testing

@testable import Cataloguing

/// True changes of a price among records that know nothing of them: each stays, on its day, and no other is told.
@Suite struct PlantedChanges {
  /// What other sources say of the same route.
  private enum Others: CaseIterable {
    case nobody
    /// Read before the change.
    case oldPrice
    /// Read after it.
    case newPrice
    /// Two that were read before and one after.
    case both
    /// One that has another price on every day.
    case another
  }

  private struct Plant {
    let isStated: Bool
    let others: Others
    let before: Int64
    let after: Int64
    let day: CalendarDate
  }

  private static let input = PriceTerm(.input)
  private static let output = PriceTerm(.output)

  private func plant(_ number: Int) throws -> Plant {
    var dice = Dice(UInt64(number))
    let before = 1 + dice.below(40)
    // As often dearer as cheaper, never the same.
    let after = dice.chance(50) ? before + 1 + dice.below(9) : before * 50 + dice.below(7)
    let day = try CalendarDate(
      dayNumber: CalendarDate(parsing: "2026-06-10").firstDayNumber + Int(dice.below(120)))
    return Plant(
      isStated: number < 100, others: Others.allCases[number % Others.allCases.count],
      before: dice.chance(50) ? before : after, after: dice.chance(50) ? after + 100 : after + 200, day: day)
  }

  private func said(_ source: String, _ observed: CalendarDate, lineage: String? = nil, _ price: Int64)
    -> SaidPrices
  {
    SaidPrices(
      source: source, observed: observed.text, lineage: lineage,
      prices: [Self.input: "\(price)", Self.output: "\(3 * price)"])
  }

  /// The source that tells the change, by a day that it states or by two snapshots.
  private func teller(_ plant: Plant) throws -> [SaidPrices] {
    guard plant.isStated else {
      return [
        said("a1", try CalendarDate(parsing: "2026-05-21"), lineage: "a", plant.before),
        said("a2", plant.day, lineage: "a", plant.after),
      ]
    }
    var own = SaidPrices(source: "a", observed: "2026-11-20", prices: [:])
    own.others = try [(plant.before, nil, plant.day), (plant.after, plant.day, nil)].flatMap {
      price, from, until in
      try [(Self.input, price), (Self.output, 3 * price)].map { term, dollars in
        Claim(
          .price(term), .money(try Money(dollars: "\(dollars)")), asWritten: "\(dollars)", validFrom: from,
          validUntil: until)
      }
    }
    return [own]
  }

  private func others(_ plant: Plant) throws -> [SaidPrices] {
    let early = try CalendarDate(dayNumber: plant.day.firstDayNumber - 9)
    let late = try CalendarDate(dayNumber: plant.day.firstDayNumber + 9)
    return switch plant.others {
    case .nobody: []
    case .oldPrice: [said("b", early, plant.before)]
    case .newPrice: [said("b", late, plant.after)]
    case .both:
      [said("b", early, plant.before), said("c", early, plant.before), said("d", late, plant.after)]
    case .another: [said("z", try CalendarDate(parsing: "2026-05-01"), plant.after + 7)]
    }
  }

  @Test(arguments: 0..<200)
  func staysOnItsDay(number: Int) throws {
    let plant = try plant(number)
    let catalogue = try SaidPrices.catalogue(try teller(plant) + others(plant))
    let model = try #require(
      try catalogue.model(ModelID("acme/rocket-1"), asOf: CalendarDate(parsing: "2026-11-24")))
    let periods = try #require(model.routes.first).priceHistory(Self.input).periods
    #expect(periods.map { $0.price.value?.text } == ["\(plant.before)", "\(plant.after)"], "\(plant)")
    #expect(periods.last?.start == (plant.isStated ? .stated(plant.day) : .seen(plant.day)), "\(plant)")
  }
}
