import Facts
import TextFormats

/// A response of a provider in a log: bare, in an envelope with what the logger adds, or a line of a batch's output.
///
/// The lines of a batch's output are OpenAI's `BatchRequestOutput`
/// (https://docs.rs/openai-struct/0.0.2/src/openai_struct/models/batch_request_output.rs.html, made from its OpenAPI description
/// 2.3.0), with the answer in `response.body`, and Anthropic's `result.message` (PyPI package anthropic 2.13.0,
/// types/messages/message_batch_individual_response.py).
struct ResponseRecord {
  let body: JSONValue
  /// When the logger says that it happened.
  let time: JSONValue?
  let isBatch: Bool
  private let envelope: JSONValue

  /// nil where the record holds no response.
  init?(_ record: JSONValue) {
    envelope = record
    time = record.first(of: "time", "timestamp", "created_at", "ts")
    if let body = record.at("response", "body"), body.object != nil {
      (self.body, isBatch) = (body, true)
    } else if let body = record.at("result", "message"), body.object != nil {
      (self.body, isBatch) = (body, true)
    } else if let body = record["message"], body["usage"]?.object != nil {
      (self.body, isBatch) = (body, false)
    } else if record["usage"]?.object != nil || record["usageMetadata"]?.object != nil
      || record["usage_metadata"]?.object != nil
    {
      (self.body, isBatch) = (record, false)
    } else if let body = record["response"]?.nested, body.object != nil {
      // Gemini's batches give the request's key beside the response.
      (self.body, isBatch) = (body, record["key"] != nil && record.object?.members.count == 2)
    } else {
      return nil
    }
  }

  /// Labels that a logger puts beside a response: user, key, tags, metadata.
  func label(_ row: inout RowDraft) {
    row.key = envelope.first(of: "api_key", "key", "user")?.word ?? body["user"]?.given?.word
    for source in [body["metadata"], envelope["metadata"], envelope["tags"]] {
      for tag in source?.nested?.object?.members ?? [] { row.tag(tag.key, tag.value) }
    }
  }
}
