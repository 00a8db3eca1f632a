// swift-tools-version: 6.1
import PackageDescription

// A package of its own that uses LLM Reference as a library. Elsewhere, give the repository's address in place of the path.
let package = Package(
  name: "cheapest-route",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "llm-reference", path: "../..")],
  targets: [
    .executableTarget(
      name: "CheapestRoute", dependencies: [.product(name: "LLMReference", package: "llm-reference")])
  ]
)
