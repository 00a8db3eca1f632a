import Facts
import TextFormats

/// Azure's own retail prices as `azure-genai-prices` keeps them: meters by name, each with a price, the day from which it holds, and
/// regions.
///
/// A global meter prices the route; one of a data zone the same route with its data kept in the United States or the European
/// Union. A price is taken only where all regions that share it agree. A meter of single regions is left out: there are hundreds, a
/// price each. What cannot be read whole is counted as `unread-meter`.
public enum AzureRetail: Importer {
  public static let id = SourceID("azure-retail")

  private struct Sale {
    let price: String
    let from: CalendarDate
    let regions: [String]
  }

  /// The meters of one model: by name, with what the name says.
  private struct Meters {
    let provider: String
    let id: String
    var byName: [(name: String, read: AzureMeterName, unit: String, sales: [Sale])] = []
  }

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    let document = try snapshot.json()
    guard let items = document["items"]?.array, document["fetched_at"]?.string != nil else {
      throw snapshot.shapeError(
        "a file of Azure's retail prices is an object with fetched_at and a list of items")
    }
    var imported = Imported(source: snapshot.source)
    var models: [String: Meters] = [:]
    var order: [String] = []
    var unread: [String: Set<String>] = [:]
    for (index, item) in items.enumerated() {
      guard let name = item["meterName"]?.string, let product = item["productName"]?.string,
        let unit = item["unitOfMeasure"]?.string, let price = item["retailPrice"]?.numberText,
        let start = item["effectiveStartDate"]?.string,
        let from = try? CalendarDate(parsing: start.prefix { $0 != "T" })
      else {
        imported.report(
          "bad-record", at: "items[\(index)]", "a meter without name, price or day was left out")
        continue
      }
      guard let meter = AzureMeterName(name, product: product) else {
        unread[product, default: []].insert(name)
        continue
      }
      let key = meter.model.provider + "/" + meter.model.id
      if models[key] == nil {
        order.append(key)
        models[key] = Meters(provider: meter.model.provider, id: meter.model.id)
      }
      let sale = Sale(price: price, from: from, regions: ModelsDev.words(item["regions"]))
      let place = models[key]?.byName.firstIndex { $0.name == name && $0.unit == unit }
      if let place {
        models[key]?.byName[place].sales.append(sale)
      } else {
        models[key]?.byName.append((name, meter, unit, [sale]))
      }
    }
    var counts: [String: Int] = [:]
    for key in order {
      guard let meters = models[key] else { continue }
      add(meters, key: key, to: &imported, &counts)
    }
    for (product, names) in unread.sorted(by: { $0.key < $1.key }) {
      imported.report(
        "unread-meter", .note, at: product,
        "names with a word that has no one meaning here, or of what no request pays: \(names.count), such as \(names.min() ?? "")"
      )
    }
    for (reason, count) in counts.sorted(by: { $0.key < $1.key }) {
      imported.report("unread-meter", .note, at: "meters", "\(reason): \(count)")
    }
    return imported
  }

  private static func add(
    _ meters: Meters, key: String, to imported: inout Imported, _ counts: inout [String: Int]
  ) {
    var draft = RecordDraft(key: key)
    for (name, meter, unit, sales) in meters.byName {
      guard let factor = factor(of: unit, meter.unit) else {
        counts["a unit of measure that is not one of the meter's", default: 0] += 1
        continue
      }
      guard meter.zone != .regional else {
        counts["meters of single regions, a price for each", default: 0] += 1
        continue
      }
      for (regions, condition) in zones(of: meter.zone) {
        let held = sales.filter { sale in sale.regions.contains(where: regions) }
        guard !held.isEmpty else { continue }
        guard let (price, from) = shared(held, regions) else {
          counts["meters whose regions differ in price", default: 0] += 1
          continue
        }
        if meter.isLongPrompt {
          counts["prices above a length of prompt that the name does not tell", default: 0] += 1
          if condition == nil, meter.mode == .standard {
            draft.flattenedTier(meter.unit, .string(price), factor: factor, path: name)
          }
          continue
        }
        draft.price(
          PriceTerm(meter.unit, mode: meter.mode, condition: condition), .string(price), factor: factor,
          unit: "per " + unit, path: name, from: from)
      }
    }
    guard !draft.claims.isEmpty else { return }
    imported.add(draft, subject: .route(provider: meters.provider, apiID: meters.id))
  }

  /// The price that holds today in all those regions, and since when; nil where they differ.
  private static func shared(_ sales: [Sale], _ isMeant: (String) -> Bool) -> (
    price: String, from: CalendarDate
  )? {
    var latest: [String: Sale] = [:]
    for sale in sales {
      for region in sale.regions where isMeant(region) {
        if latest[region].map({ $0.from < sale.from }) ?? true { latest[region] = sale }
      }
    }
    let prices = Set(latest.values.compactMap { try? Money(dollars: $0.price) })
    guard prices.count == 1, let price = latest.values.first?.price,
      let money = try? Money(dollars: price)
    else { return nil }
    // Where another price held before, the newer one's own first day; else the first day of all.
    let others = sales.filter { (try? Money(dollars: $0.price)) != money }
    let own = sales.filter { (try? Money(dollars: $0.price)) == money }.map(\.from)
    guard let from = others.isEmpty ? own.min() : own.max() else { return nil }
    return (price, from)
  }

  /// The regions of a zone, and the condition under which its price holds.
  private static func zones(of zone: AzureMeterName.Zone) -> [((String) -> Bool, PriceCondition?)] {
    switch zone {
    // The clouds of governments are other clouds, with prices of their own.
    case .global: [({ !$0.hasPrefix("usgov") }, nil)]
    case .dataZone:
      [
        ({ unitedStates.contains($0) }, PriceCondition(.residency, "us")),
        ({ europeanUnion.contains($0) }, PriceCondition(.residency, "eu")),
      ]
    case .regional: []
    }
  }

  private static let unitedStates: Set<String> = [
    "centralus", "eastus", "eastus2", "northcentralus", "southcentralus", "westcentralus", "westus",
    "westus2",
    "westus3",
  ]
  private static let europeanUnion: Set<String> = [
    "belgiumcentral", "denmarkeast", "francecentral", "germanynorth", "germanywestcentral", "italynorth",
    "northeurope", "polandcentral", "spaincentral", "swedencentral", "westeurope",
  ]

  /// How many of the source's units make ours; nil for a measure that the unit cannot have.
  private static func factor(of measure: String, _ unit: BillableUnit) -> ExactDecimal? {
    let pieces: Int
    switch measure {
    case "1M": pieces = 6
    case "1K": pieces = 3
    case "1": pieces = 0
    default: return nil
    }
    let ours = unit.isToken ? 6 : 0
    guard unit.isToken ? pieces > 0 : pieces < 6 else { return nil }
    return ExactDecimal(reducing: 1, exponent: ours - pieces)
  }
}
