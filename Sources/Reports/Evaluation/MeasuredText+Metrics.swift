import Documents
import Evaluating
import Facts
import Pages
import Statistics

extension MeasuredText {
  static func value(_ value: Double, _ unit: CellMetric.Unit) -> String {
    switch unit {
    case .milliseconds: milliseconds(value)
    case .dollars: dollars(value)
    case .tokens: fixed(value, places: value == value.rounded() ? 0 : 1)
    }
  }

  /// `−4.0 to +1.5`.
  static func range(_ interval: ConfidenceInterval, _ text: (Double) -> String) -> String {
    "\(text(interval.low)) to \(text(interval.high))"
  }
}
