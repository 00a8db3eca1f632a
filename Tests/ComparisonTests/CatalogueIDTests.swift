import Cataloguing
import Facts
import Platform
import Testing

@Suite struct IDsOfTheEmbeddedCatalogue {
  @Test func everyModelHasAnIDOfItsOwn() throws {
    let ids = try Catalogue(snapshot: .embedded()).summaries().map(\.id)
    #expect(ids.count > 2000)
    let counts = Dictionary(grouping: ids) { $0 }
    #expect(counts.filter { $0.value.count > 1 }.keys.sorted() == [])
  }
}
