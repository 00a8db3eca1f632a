import TextFormats

/// One turn of a conversation.
package struct PromptMessage: Hashable, Sendable {
  package enum Role: String, CaseIterable, Hashable, Sendable {
    case system
    /// Sent as `system` where an API kind knows no such role.
    case developer
    case user
    case assistant
    /// Holds results of tools only.
    case tool
  }

  package let role: Role
  package let parts: [PromptPart]

  package init(role: Role, parts: [PromptPart]) {
    self.role = role
    self.parts = parts
  }

  /// A message of one text.
  package init(_ role: Role, _ text: String) { self.init(role: role, parts: [.text(text)]) }
}

/// A piece of a message.
package enum PromptPart: Hashable, Sendable {
  case text(String)
  case picture(PromptPicture)
  /// A call that the assistant made in an earlier turn.
  case toolCall(id: String, name: String, arguments: JSONValue)
  /// What the tool gave back for the call with that id.
  case toolResult(id: String, text: String)
}

/// A picture by file. The bytes themselves are never part of a prompt: their digest is, and whoever sends them looks them up.
package struct PromptPicture: Hashable, Sendable {
  package enum MediaType: String, CaseIterable, Hashable, Sendable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webp = "image/webp"

    /// The type that the first bytes of a picture say; nil for none of these.
    ///
    /// The signatures are those of https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
    package init?(signature bytes: some Collection<UInt8>) {
      let start = Array(bytes.prefix(14))
      if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
        self = .png
      } else if start.starts(with: [0xFF, 0xD8, 0xFF]) {
        self = .jpeg
      } else if start.starts(with: "GIF87a".utf8) || start.starts(with: "GIF89a".utf8) {
        self = .gif
      } else if start.starts(with: "RIFF".utf8), start.dropFirst(8).starts(with: "WEBPVP".utf8) {
        self = .webp
      } else {
        return nil
      }
    }

    /// The type that a file's name says; nil for another ending.
    package init?(fileName: String) {
      switch fileName.split(separator: ".").last?.lowercased() {
      case "png": self = .png
      case "jpg", "jpeg": self = .jpeg
      case "gif": self = .gif
      case "webp": self = .webp
      default: return nil
      }
    }
  }

  /// Below the folder of the prompts file, with slashes.
  package let file: String
  package let mediaType: MediaType
  /// SHA-256 of the bytes in hexadecimal; nil before the file is read.
  package let digest: String?

  package init(file: String, mediaType: MediaType, digest: String? = nil) {
    self.file = file
    self.mediaType = mediaType
    self.digest = digest
  }
}
