import Platform
import Publishing

/// The pictures of an exported folder.
struct FolderPictures: PictureShelf {
  let folder: String

  func holds(_ path: String) -> Bool { place(path).map(Files.exists) ?? false }

  func bytes(_ path: String) -> [UInt8]? { place(path).flatMap { try? Files.read($0) } }

  /// Where the picture of an address lies; nil for an address that leaves the folder.
  private func place(_ path: String) -> String? {
    guard let name = SiteExport.name(of: path), ExportFolder.isPlain(name) else { return nil }
    return folder + "/" + name
  }
}

/// Debian's rsvg-convert (package librsvg2-bin), which draws SVG as PNG.
struct PictureConverter {
  let program: Program

  /// - Throws: `CommandProblem` when it is not installed.
  init() throws {
    guard let program = Program(named: "rsvg-convert") else {
      throw CommandProblem(
        "--pictures needs rsvg-convert, which is not installed",
        hint: "apt-get install librsvg2-bin, or leave --pictures away: then no page names a picture")
    }
    self.program = program
  }

  /// Draws a picture; the SVG lies beside it meanwhile.
  func draw(_ picture: SiteExport.Picture, at place: String) throws {
    let source = place + ".svg"
    try Files.write(picture.source.body, to: source)
    defer { Files.remove(source) }
    try program.run([
      "--width", "\(picture.width)", "--height", "\(picture.height)", "--format", "png", "--output", place,
      source,
    ])
  }
}
