import Facts
import Testing

@Suite struct SourceStates {
  private func source(_ states: Set<String>) throws -> SourceDescription {
    SourceDescription(
      id: "a", title: "A", version: "1", licence: "MIT", homepage: nil,
      observed: try CalendarDate(parsing: "2026-08-18"), digest: "00", lineage: "a", correction: "",
      states: states)
  }

  @Test func aPriceNeedsItsUnitAndAllThatItDependsOn() throws {
    let source = try source(["input", "batch", "tier", "when(residency)", "max_output", "reasoning"])
    func can(_ term: PriceTerm) -> Bool { source.canState(.price(term)) }
    #expect(can(PriceTerm(.input)))
    #expect(!can(PriceTerm(.output)))
    #expect(can(PriceTerm(.input, mode: .batch, above: TokenCount(200_000))))
    #expect(!can(PriceTerm(.input, mode: .flex)))
    #expect(can(PriceTerm(.input, condition: PriceCondition(.residency, "eu"))))
    #expect(!can(PriceTerm(.input, condition: PriceCondition(.region, "eu"))))
    #expect(!can(PriceTerm(.input, hours: try PriceHours(parsing: "09:00-12:00"))))
    #expect(source.canState(.maxOutput))
    #expect(!source.canState(.contextWindow))
    // The word of the capability says nothing of the price of the same name.
    #expect(source.canState(.capability(.reasoning)))
    #expect(!can(PriceTerm(.reasoning)))
  }

  @Test func aSourceThatDeclaresNothingEndsNothing() throws {
    #expect(try !source([]).canState(.price(PriceTerm(.input))))
  }

  @Test func everyFieldHasAWord() throws {
    let all = try source(SourceDescription.statable)
    for unit in BillableUnit.allCases { #expect(all.canState(.price(PriceTerm(unit)))) }
    for field in Field.plain { #expect(all.canState(field)) }
  }
}
