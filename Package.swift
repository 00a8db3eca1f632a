// swift-tools-version: 6.1
import PackageDescription

// The house, left to right. A target imports only what stands here; `ArchitectureTests` reads the
// `import` lines and holds them against the table in ARCHITECTURE.md.
let package = Package(
  name: "llm-reference",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "llmref", targets: ["llmref"]),
    .library(name: "LLMReference", targets: ["Facts", "Cataloguing", "Pricing", "Deciding"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "Facts"),
    .target(name: "Importing", dependencies: ["Facts", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "CEmbeddedCatalogue",
      cSettings: [.headerSearchPath("../../Data/catalogue")]),
    .target(name: "Cataloguing", dependencies: ["Facts", "CEmbeddedCatalogue"]),
    .target(name: "Pricing", dependencies: ["Facts", "Cataloguing"]),
    .target(name: "Deciding", dependencies: ["Facts", "Cataloguing", "Pricing"]),
    .target(name: "Documents", dependencies: ["Facts"]),
    .target(
      name: "Reporting",
      dependencies: ["Facts", "Cataloguing", "Pricing", "Deciding", "Documents"]),
    .target(name: "Rendering", dependencies: ["Facts", "Documents"]),
    .target(
      name: "Platform",
      dependencies: [
        "Facts", "Importing", "Cataloguing", .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "CLI",
      dependencies: [
        "Facts", "Importing", "Cataloguing", "Pricing", "Deciding", "Documents", "Reporting",
        "Rendering", "Platform", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "llmref", dependencies: ["CLI"]),

    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "FactsTests", dependencies: ["Facts"]),
    .testTarget(
      name: "ImportingTests", dependencies: ["Importing", "Facts"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "CataloguingTests", dependencies: ["Cataloguing", "Facts"]),
    .testTarget(name: "PricingTests", dependencies: ["Pricing", "Cataloguing", "Facts"]),
    .testTarget(
      name: "ComparisonTests",
      dependencies: [
        "Facts", "Importing", "Cataloguing", "Pricing", "Deciding", "Documents", "Reporting",
        "Rendering", "Platform", "CLI",
      ],
      resources: [.copy("Fixtures"), .copy("Golden")]),
  ],
  swiftLanguageModes: [.v6]
)
