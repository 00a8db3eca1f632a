/// Holm's correction for several tests at once: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian
/// Journal of Statistics 6 (1979), 65–70.
package enum Holm {
  /// The adjusted p values in the order given: 0.001, 0.01, 0.03, 0.04 become 0.004, 0.03, 0.06, 0.06.
  package static func adjusted(_ values: [Double]) -> [Double] {
    var result = values
    var largest = 0.0
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, values[index] * Double(values.count - place)))
      result[index] = largest
    }
    return result
  }
}
