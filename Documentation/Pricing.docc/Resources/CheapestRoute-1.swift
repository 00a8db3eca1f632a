import Cataloguing
import Facts
import Pricing

// The catalogue lies inside the program: no file and no network is needed.
let catalogue = try Catalogue(snapshot: .embedded())
let day = try CalendarDate(parsing: "2026-11-23")
