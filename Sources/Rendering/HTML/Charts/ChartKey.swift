/// The key of a chart: rows of samples with their names, above the plot.
struct ChartKey {
  struct Entry {
    let name: String
    let shape: MarkShape
    let ink: Scene.Ink
    let stroke: Scene.Stroke?
  }

  let entries: [Entry]

  private static let radius = 4.5

  /// Draws the entries in rows from a height downwards, as many in a row as fit.
  ///
  /// - Returns: the height below the key; the same height when there are no entries.
  func draw(on sheet: Sheet, below top: Double, into scene: inout Scene) -> Double {
    guard !entries.isEmpty else { return top }
    var x = 0.0
    var middle = top + sheet.lineHeight / 2
    for entry in entries {
      let sample = entry.stroke == nil ? Self.radius * 2 + 2 : 34.0
      let most = sheet.width - sample - 8
      let width = sample + 6 + min(sheet.measure(entry.name), most)
      if x > 0, x + width > sheet.width {
        x = 0
        middle += sheet.lineHeight + 3
      }
      if let stroke = entry.stroke {
        scene.line(Spot(x: x + 1, y: middle), Spot(x: x + sample, y: middle), stroke)
      }
      scene.mark(
        Scene.Mark(
          centre: Spot(x: x + sample / 2 + 0.5, y: middle), radius: Self.radius, shape: entry.shape,
          ink: entry.ink,
          title: nil))
      scene.label(sheet.label(entry.name, x: x + sample + 6, middle: middle, within: most))
      x += width + 20
    }
    return middle + sheet.lineHeight / 2 + 10
  }
}
