/// What a curated file holds: the name of its list, the keys of an item, and those of a list inside one.
struct CuratedTable {
  let list: String
  let keys: [String]
  var innerKeys: [String] = []

  init?(_ name: String) {
    let citation = ["source", "seen", "mark", "published"]
    switch name {
    case "aliases.yaml":
      list = "aliases"
      keys = ["alias", "provider", "model", "from", "until", "kind"] + citation
    case "labs.yaml":
      list = "labs"
      keys = ["id", "name", "also", "first_party", "evidence", "note"] + citation
      innerKeys = ["spelling", "first_party", "source", "mark", "seen"]
    case "licences.yaml":
      list = "licences"
      keys =
        ["id", "spdx", "title", "also", "osi_approved", "commercial_use", "openness"] + citation
        + ["source_osi", "seen_osi", "mark_osi"]
    case "fees.yaml":
      list = "fees"
      keys = ["provider", "charges"]
      innerKeys =
        ["basis", "percent", "minimum_usd", "fixed_usd", "free_usd", "free_requests", "only"] + citation
    case _ where name.hasPrefix("models/") && name.hasSuffix(".yaml"):
      list = "facts"
      keys = ["field", "value"] + citation
    default: return nil
    }
  }
}
