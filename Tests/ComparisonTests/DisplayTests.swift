import Documents
import Facts
import Testing

@Suite struct Displaying {
  @Test(arguments: [
    (Int64(131_072), "131k"), (262_144, "262k"), (1_048_576, "1.05M"), (999, "999"), (8192, "8.19k"),
    (999_950, "1M"), (128_000, "128k"), (1000, "1k"), (0, "0"), (1_000_000, "1M"),
  ])
  func tokensHaveThreeDigits(count: Int64, shown: String) {
    #expect(Display.tokens(TokenCount(count)) == shown)
  }

  @Test(arguments: [
    ("0.075", "$0.075"), ("0.625", "$0.625"), ("30", "$30"), ("0", "$0"), ("1234.5", "$1,234.5"),
    ("0.0028", "$0.0028"),
  ])
  func unitPricesKeepTheirDigits(price: String, shown: String) throws {
    #expect(Display.unitPrice(try Money(dollars: price)) == shown)
  }

  // half up, once; never a zero that is not zero
  @Test(arguments: [
    ("0.625", 2, "$0.63"), ("102.5", 0, "$103"), ("216.25", 2, "$216.25"), ("0.0028", 2, "$0.003"),
    ("4683.75", 2, "$4,683.75"), ("0", 2, "$0.00"), ("0.005", 2, "$0.01"),
  ])
  func costsRoundHalfUp(cost: String, decimals: Int, shown: String) throws {
    #expect(Display.cost(try Money(dollars: cost), decimals: decimals) == shown)
  }

  /// (4900 − 216.25) ÷ 4900 = 0.95586…
  @Test(arguments: [("4900", "216.25", "95.6%"), ("1", "0.25", "75%"), ("3", "3", "0%")])
  func percentIsOfTheDearOne(dear: String, cheap: String, shown: String) throws {
    #expect(Display.percentCheaper(dear: try Money(dollars: dear), cheap: try Money(dollars: cheap)) == shown)
  }

  @Test func percentOfNothingIsNotStated() {
    #expect(Display.percentCheaper(dear: .zero, cheap: .zero) == nil)
  }

  @Test(arguments: [(0, "no routes"), (1, "1 route"), (2, "2 routes"), (1200, "1,200 routes")])
  func countsAgreeWithTheirNoun(count: Int, shown: String) {
    #expect(Display.counted(count, "route") == shown)
  }

  @Test(arguments: [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
  func listsReadAsEnglish(items: [String], shown: String) { #expect(Display.listed(items) == shown) }
}
