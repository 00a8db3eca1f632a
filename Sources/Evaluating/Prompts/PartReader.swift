import Facts
import TextFormats

/// Reads one part of a message.
enum PartReader {
  private enum Kind: String, CaseIterable { case text, image, tool_call, tool_result }

  static func read(_ reader: inout ObjectReader) -> PromptPart? {
    guard reader.value("type") != nil else {
      reader.report("type", "type is missing", #"write "type": "text""#)
      return nil
    }
    switch reader.choice("type", Kind.self) {
    case .text:
      guard let text = reader.text("text", most: PromptFile.longestLine) else {
        reader.report("text", "a part of type text has a text", #"write "text": "…""#)
        return nil
      }
      return .text(text)
    case .image: return picture(&reader)
    case .tool_call:
      let id = reader.requiredText("id", hint: "the call's result names it")
      let name = reader.requiredText("name", hint: "name the tool")
      guard let id, let name else { return nil }
      return .toolCall(
        id: id, name: name, arguments: reader.object("arguments").map { .object($0) } ?? .object(JSONObject())
      )
    case .tool_result:
      let id = reader.requiredText("id", hint: "the id of the call")
      guard let id, let text = reader.text("text", most: PromptFile.longestLine) else {
        reader.report("text", "a tool result has a text", #"write "text": "…""#)
        return nil
      }
      return .toolResult(id: id, text: text)
    case nil: return nil
    }
  }

  /// A prompts file may come from somebody else; it must not name files outside its own folder, because they would be sent.
  private static func picture(_ reader: inout ObjectReader) -> PromptPart? {
    guard
      let file = reader.requiredText("file", hint: "the picture's path from the folder of the prompts file")
    else {
      return nil
    }
    let steps = file.split(separator: "/", omittingEmptySubsequences: false)
    guard !file.hasPrefix("/"), !file.contains("\\"), !file.contains("\u{0}"),
      !steps.contains(where: { $0 == ".." || $0.isEmpty })
    else {
      reader.report(
        "file", "a picture stands below the folder of the prompts file; found \"\(file.bounded)\"",
        "copy it there, and write the path with slashes and without ..")
      return nil
    }
    let named = reader.choice("media_type", PromptPicture.MediaType.self)
    guard let type = named ?? PromptPicture.MediaType(fileName: file) else {
      reader.report(
        "media_type", "a picture is PNG, JPEG, GIF or WebP", #"write "media_type": "image/png""#)
      return nil
    }
    let digest = reader.text("sha256", most: 64)
    if let digest, CellKey(digest: digest) == nil {
      reader.report("sha256", "sha256 is 64 hexadecimal digits", "leave it out")
    }
    return .picture(PromptPicture(file: file, mediaType: type, digest: digest))
  }

  /// Which parts a role may hold in all API kinds.
  static func allows(_ part: PromptPart, in role: PromptMessage.Role) -> Bool {
    switch part {
    case .text: role != .tool
    case .picture: role == .user
    case .toolCall: role == .assistant
    case .toolResult: role == .tool
    }
  }
}
