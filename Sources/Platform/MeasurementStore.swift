import Cataloguing
import Facts
import TextFormats

/// The reader's own layer: what evaluations measured, one file a run, under `measured` of the data folder.
///
/// `Schemas/measured-1.schema.json` describes the files.
public struct MeasurementStore: Sendable {
  /// `measured` of the data folder.
  public let folder: String

  public init(_ settings: Settings) { folder = settings.dataFolder + "/measured" }

  /// The files, by name; empty without a folder.
  public var paths: [String] {
    guard Files.exists(folder), let names = try? Files.list(folder, ending: ".json") else { return [] }
    return names.filter { !$0.contains("/") }.map { folder + "/" + $0 }
  }

  /// The measurements of every file.
  ///
  /// - Throws: `FileProblem` for a file that is not as this program writes it.
  public func all() throws -> [Measurement] {
    try paths.flatMap { path in
      let bytes = try Files.read(path)
      do {
        let digest = Digest.sha256(bytes)
        return try MeasurementCodec.read(JSONReader.read(bytes)).map { measurement in
          var measurement = measurement
          measurement.fileDigest = digest
          return measurement
        }
      } catch {
        throw FileProblem(
          path, "a file of measurements is broken: \(error)",
          hint: "fold the evaluation again, or remove the file")
      }
    }
  }

  /// Writes the measurements of one run, over those that it gave before.
  ///
  /// - Returns: the file's path.
  @discardableResult public func write(_ measurements: [Measurement], run: String) throws -> String {
    let path = folder + "/" + Self.fileName(run)
    try Files.write(MeasurementCodec.value(measurements).bytes + [0x0A], to: path)
    return path
  }

  /// Letters, digits and hyphens of the run's name, and a few digits of its digest, so that two runs never share a file.
  static func fileName(_ run: String) -> String {
    let plain = run.lowercased().unicodeScalars.prefix(60).map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? String(scalar) : "-"
    }
    return plain.joined() + "-" + String(Digest.sha256(Array(run.utf8)).prefix(8)) + ".json"
  }
}
