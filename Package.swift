// swift-tools-version: 6.1
import PackageDescription

// The house, left to right. A target imports only what stands here; `ArchitectureTests` reads the
// `import` lines and holds them against the table in ARCHITECTURE.md.
let package = Package(
  name: "llm-reference",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "llmref", targets: ["llmref"]),
    .library(
      name: "LLMReference",
      targets: ["Facts", "JSON", "Cataloguing", "Pricing", "Deciding", "Auditing", "Switching", "Exporting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "Facts"),
    .target(name: "JSON", dependencies: ["Facts"]),
    .target(
      name: "Importing", dependencies: ["Facts", "JSON", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "CEmbeddedCatalogue",
      cSettings: [.headerSearchPath("../../Data/catalogue")]),
    .target(name: "Cataloguing", dependencies: ["Facts", "CEmbeddedCatalogue"]),
    .target(name: "Pricing", dependencies: ["Facts", "Cataloguing"]),
    .target(name: "Metering", dependencies: ["Facts", "JSON", "Cataloguing", "Pricing"]),
    .target(name: "Statistics"),
    .target(
      name: "Evaluating",
      dependencies: [
        "Facts", "JSON", "Cataloguing", "Pricing", "Metering", "Statistics",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "Auditing", dependencies: ["Facts", "JSON", "Cataloguing"]),
    .target(name: "CEmbeddedRules", cSettings: [.headerSearchPath("../../Data/switch")]),
    .target(
      name: "CEmbeddedPolicy",
      cSettings: [.headerSearchPath("../../Data/policy"), .headerSearchPath("../../scripts")]),
    .target(name: "Switching", dependencies: ["Facts", "JSON", "Cataloguing", "Pricing", "CEmbeddedRules"]),
    .target(name: "Deciding", dependencies: ["Facts", "Cataloguing", "Pricing"]),
    .target(name: "Documents", dependencies: ["Facts"]),
    .target(
      name: "Reporting",
      dependencies: [
        "Facts", "Cataloguing", "Pricing", "Metering", "Statistics", "Evaluating", "Auditing", "Switching",
        "Deciding",
        "Documents",
      ]),
    .target(name: "Rendering", dependencies: ["Facts", "Documents"]),
    .target(name: "Exporting", dependencies: ["Facts", "Cataloguing", "Documents", "Rendering"]),
    .target(name: "ExportStore", dependencies: ["Exporting", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(
      name: "Publishing",
      dependencies: [
        "Facts", "Cataloguing", "Pricing", "Deciding", "Documents", "Reporting", "Rendering",
      ]),
    .target(
      name: "MCPServer", dependencies: ["Facts", "JSON", "Documents", "Rendering", "Publishing"]),
    .target(
      name: "Probing",
      dependencies: [
        "Facts", "JSON", "Importing", "Cataloguing", "Documents", "Rendering", "Reporting", "Publishing",
      ]),
    .target(name: "CCompression", linkerSettings: [.linkedLibrary("z")]),
    .target(
      name: "WebServer",
      dependencies: [
        "Publishing", "CCompression", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),
    .target(
      name: "Platform",
      dependencies: [
        "Facts", "JSON", "Importing", "Cataloguing", "Pricing", "Metering", "Auditing", "CCompression",
        "CEmbeddedPolicy",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "CPostgres"),
    .target(
      name: "EvaluationStore",
      dependencies: [
        "Facts", "JSON", "Evaluating", "CPostgres", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(
      name: "EvaluationRunner",
      dependencies: [
        "Facts", "JSON", "Pricing", "Evaluating", "EvaluationStore",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .target(
      name: "Fetching",
      dependencies: [
        "Facts", "CCompression", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    .target(
      name: "CLI",
      dependencies: [
        "Facts", "Importing", "Cataloguing", "Pricing", "Deciding", "Documents", "Reporting",
        "Rendering", "Platform", "Publishing", "WebServer", "Metering", "JSON", "MCPServer", "Statistics",
        "Evaluating", "EvaluationStore", "EvaluationRunner", "Auditing", "Switching", "Exporting",
        "ExportStore", "Fetching", "Probing",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(name: "llmref", dependencies: ["CLI"]),

    .target(
      name: "PricingSupport", dependencies: ["Facts", "Cataloguing", "Pricing"], path: "Tests/PricingSupport"),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "FactsTests", dependencies: ["Facts"]),
    .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    .testTarget(
      name: "ImportingTests", dependencies: ["Importing", "Facts"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "CataloguingTests", dependencies: ["Cataloguing", "PricingSupport", "Facts"]),
    .testTarget(
      name: "PricingTests", dependencies: ["Pricing", "PricingSupport", "Importing", "Cataloguing", "Facts"]),
    .testTarget(name: "DecidingTests", dependencies: ["Deciding", "Pricing", "Cataloguing", "Facts"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
    .testTarget(
      name: "EvaluatingTests",
      dependencies: ["Evaluating", "Statistics", "Metering", "Pricing", "Cataloguing", "JSON", "Facts"]),
    .testTarget(
      name: "EvaluationStoreTests", dependencies: ["EvaluationStore", "Evaluating", "JSON", "Facts"]),
    .testTarget(
      name: "EvaluationRunnerTests",
      dependencies: [
        "EvaluationRunner", "EvaluationStore", "Evaluating", "JSON", "Facts",
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .testTarget(
      name: "AuditingTests", dependencies: ["Auditing", "Cataloguing", "Platform", "JSON", "Facts"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "SwitchingTests", dependencies: ["Switching", "Pricing", "Cataloguing", "JSON", "Facts"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "FetchingTests",
      dependencies: [
        "Fetching", "Facts",
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .testTarget(
      name: "MeteringTests", dependencies: ["Metering", "Pricing", "Cataloguing", "Facts"],
      resources: [.copy("Fixtures"), .copy("Golden")]),
    .testTarget(
      name: "PlatformTests",
      dependencies: ["Platform", "Cataloguing", "Metering", "CCompression", "CEmbeddedPolicy", "Facts"]),
    .testTarget(name: "RenderingTests", dependencies: ["Rendering", "Documents", "Facts"]),
    .testTarget(
      name: "MCPServerTests",
      dependencies: ["MCPServer", "Publishing", "JSON", "Importing", "Cataloguing", "Facts"]),
    .testTarget(
      name: "ProbingTests", dependencies: ["Probing", "Publishing", "Cataloguing", "Facts"]),
    .testTarget(
      name: "PublishingTests",
      dependencies: ["Publishing", "Reporting", "Cataloguing", "Platform", "Facts"]),
    .testTarget(
      name: "ComparisonTests",
      dependencies: [
        "Facts", "PricingSupport", "Importing", "Cataloguing", "Pricing", "Deciding", "Documents",
        "Reporting",
        "Rendering", "Platform", "CLI", "Exporting",
      ],
      resources: [.copy("Fixtures"), .copy("Golden")]),
  ],
  swiftLanguageModes: [.v6]
)
