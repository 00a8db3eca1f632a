// swift-tools-version: 6.1
import PackageDescription

// The house, left to right. `ArchitectureTests` holds what stands here, the `import` lines and the table in
// ARCHITECTURE.md equal.
let package = Package(
  name: "llm-reference",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "llmref", targets: ["llmref"]),
    .library(
      name: "LLMReference",
      targets: [
        "Facts", "TextFormats", "Cataloguing", "Pricing", "Deciding", "Auditing", "Exporting",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    .target(name: "Facts"),
    .target(name: "CSHA256"),
    .target(name: "TextFormats", dependencies: ["Facts", "CSHA256"]),
    .target(
      name: "Importing", dependencies: ["Facts", "TextFormats", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "CEmbeddedCatalogue",
      cSettings: [.headerSearchPath("../../Data/catalogue")]),
    .target(name: "Cataloguing", dependencies: ["Facts", "CEmbeddedCatalogue"]),
    .target(name: "Pricing", dependencies: ["Facts", "Cataloguing"]),
    .target(name: "Metering", dependencies: ["Facts", "TextFormats", "Cataloguing", "Pricing"]),
    .target(name: "Statistics"),
    .target(
      name: "Evaluating",
      dependencies: [
        "Facts", "TextFormats", "Cataloguing", "Pricing", "Statistics",
      ]),
    .target(name: "Auditing", dependencies: ["Facts", "Cataloguing"]),
    .target(name: "CEmbeddedRules", cSettings: [.headerSearchPath("../../Data/switch")]),
    .target(
      name: "CEmbeddedPolicy",
      cSettings: [.headerSearchPath("../../Data/policy"), .headerSearchPath("../../scripts")]),
    .target(
      name: "Deciding", dependencies: ["Facts", "TextFormats", "Cataloguing", "Pricing", "CEmbeddedRules"]),
    .target(name: "Documents", dependencies: ["Facts", "TextFormats"]),
    .target(
      name: "Pages",
      dependencies: ["Facts", "TextFormats", "Cataloguing", "Pricing", "Deciding", "Documents"]),
    .target(
      name: "Reports",
      dependencies: [
        "Facts", "TextFormats", "Cataloguing", "Pricing", "Metering", "Statistics", "Evaluating", "Auditing",
        "Deciding", "Documents", "Pages",
      ]),
    .target(name: "Rendering", dependencies: ["Facts", "TextFormats", "Documents"]),
    .target(name: "Exporting", dependencies: ["Facts", "TextFormats", "Cataloguing", "Rendering"]),
    .target(name: "ExportStore", dependencies: ["Exporting", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(
      name: "Publishing",
      dependencies: [
        "Facts", "TextFormats", "Cataloguing", "Pricing", "Deciding", "Documents", "Pages", "Rendering",
      ]),
    .target(
      name: "MCPServer", dependencies: ["Facts", "TextFormats", "Documents", "Rendering", "Publishing"]),
    .target(
      name: "Probing",
      dependencies: [
        "Facts", "TextFormats", "Importing", "Cataloguing", "Documents", "Rendering", "Pages",
        "Publishing", "Statistics",
      ]),
    .target(name: "CCompression", linkerSettings: [.linkedLibrary("z")]),
    .target(
      name: "WebServer",
      dependencies: [
        "Facts", "TextFormats", "Documents", "Rendering", "Publishing", "CCompression",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),
    .target(
      name: "Platform",
      dependencies: [
        "Facts", "TextFormats", "Importing", "Cataloguing", "Metering", "Auditing", "CCompression",
        "CEmbeddedPolicy",
      ]),
    .target(name: "CPostgres"),
    .target(
      name: "EvaluationStore",
      dependencies: [
        "Facts", "TextFormats", "Evaluating", "CPostgres", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(
      name: "EvaluationRunner",
      dependencies: [
        "Facts", "TextFormats", "Evaluating", "EvaluationStore", "Statistics",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .target(
      name: "Fetching",
      dependencies: [
        "Facts", "TextFormats",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    .target(
      name: "CLI",
      dependencies: [
        "Facts", "Importing", "Cataloguing", "Pricing", "Deciding", "Documents", "Pages", "Reports",
        "Rendering", "Platform", "Publishing", "WebServer", "Metering", "TextFormats", "MCPServer",
        "Statistics",
        "Evaluating", "EvaluationStore", "EvaluationRunner", "Auditing", "Exporting",
        "ExportStore", "Fetching", "Probing",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(name: "llmref", dependencies: ["CLI"]),

    .target(
      name: "PricingSupport", dependencies: ["Facts", "Cataloguing", "Pricing", "Statistics"],
      path: "Tests/PricingSupport"),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "FactsTests", dependencies: ["Facts"]),
    .testTarget(name: "TextFormatsTests", dependencies: ["TextFormats"]),
    .testTarget(
      name: "ImportingTests", dependencies: ["Importing", "Facts"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "CataloguingTests", dependencies: ["Cataloguing", "PricingSupport", "Facts"]),
    .testTarget(
      name: "PricingTests", dependencies: ["Pricing", "PricingSupport", "Importing", "Cataloguing", "Facts"]),
    .testTarget(
      name: "DecidingTests",
      dependencies: ["Deciding", "Reports", "Pricing", "Cataloguing", "TextFormats", "Facts"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
    .testTarget(
      name: "EvaluatingTests",
      dependencies: [
        "Evaluating", "Statistics", "Metering", "Pricing", "Cataloguing", "TextFormats", "Facts",
      ]),
    .testTarget(
      name: "EvaluationStoreTests", dependencies: ["EvaluationStore", "Evaluating", "TextFormats", "Facts"]),
    .testTarget(
      name: "EvaluationRunnerTests",
      dependencies: [
        "EvaluationRunner", "EvaluationStore", "Evaluating", "TextFormats", "Facts", "Statistics",
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .testTarget(
      name: "AuditingTests", dependencies: ["Auditing", "Cataloguing", "Platform", "TextFormats", "Facts"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "FetchingTests",
      dependencies: [
        "Fetching", "Facts",
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .testTarget(
      name: "MeteringTests", dependencies: ["Metering", "Pricing", "Cataloguing", "Facts", "Statistics"],
      resources: [.copy("Fixtures"), .copy("Golden")]),
    .testTarget(
      name: "PlatformTests",
      dependencies: [
        "Platform", "Cataloguing", "Metering", "TextFormats", "CCompression", "CEmbeddedPolicy", "Facts",
      ]),
    .testTarget(name: "RenderingTests", dependencies: ["Rendering", "Documents", "Facts", "TextFormats"]),
    .testTarget(
      name: "MCPServerTests",
      dependencies: [
        "MCPServer", "Publishing", "TextFormats", "Importing", "Cataloguing", "Facts", "Statistics",
      ]),
    .testTarget(
      name: "ProbingTests", dependencies: ["Probing", "Publishing", "Cataloguing", "Facts"]),
    .testTarget(
      name: "PublishingTests",
      dependencies: ["Publishing", "Pages", "Cataloguing", "Platform", "Facts"]),
    .testTarget(
      name: "ComparisonTests",
      dependencies: [
        "Facts", "PricingSupport", "Importing", "Cataloguing", "Pricing", "Deciding", "Documents",
        "Pages", "Reports",
        "Rendering", "Platform", "CLI", "Exporting", "Statistics",
      ],
      resources: [.copy("Fixtures"), .copy("Golden")]),
  ],
  swiftLanguageModes: [.v6]
)
