import Facts
import TextFormats

/// One line of the prompts file: what is asked, and how the answer is judged.
package struct EvaluationPrompt: Hashable, Sendable {
  /// Unique in its file; the pairs of two routes are joined by it.
  package let id: String
  /// In order; a system message may stand anywhere that the API kind allows.
  package let messages: [PromptMessage]
  package let tools: [PromptTool]
  /// nil leaves the choice to the server.
  package let toolChoice: ToolChoice?
  package let responseFormat: ResponseFormat?
  package let checks: [PromptCheck]
  /// Prompts of one cluster are resampled together: variants of one case are not independent.
  package let cluster: String?
  /// Most tokens of the answer, reasoning included; nil takes the default of the routes file.
  package let maxTokens: Int64?
  package let temperature: ExactDecimal?
  package let topP: ExactDecimal?
  package let seed: Int64?
  package let stop: [String]

  package init(
    id: String, messages: [PromptMessage], tools: [PromptTool] = [], toolChoice: ToolChoice? = nil,
    responseFormat: ResponseFormat? = nil, checks: [PromptCheck] = [], cluster: String? = nil,
    maxTokens: Int64? = nil, temperature: ExactDecimal? = nil, topP: ExactDecimal? = nil, seed: Int64? = nil,
    stop: [String] = []
  ) {
    self.id = id
    self.messages = messages
    self.tools = tools
    self.toolChoice = toolChoice
    self.responseFormat = responseFormat
    self.checks = checks
    self.cluster = cluster
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.topP = topP
    self.seed = seed
    self.stop = stop
  }

  /// The pictures of all messages, in order.
  package var pictures: [PromptPicture] {
    messages.flatMap(\.parts).compactMap { if case .picture(let picture) = $0 { picture } else { nil } }
  }

  /// The same prompt with every picture changed.
  package func mapPictures<Failure>(
    _ change: (PromptPicture) throws(Failure) -> PromptPicture
  ) throws(Failure) -> EvaluationPrompt {
    var changed: [PromptMessage] = []
    for message in messages {
      var parts: [PromptPart] = []
      for part in message.parts {
        if case .picture(let picture) = part {
          parts.append(.picture(try change(picture)))
        } else {
          parts.append(part)
        }
      }
      changed.append(PromptMessage(role: message.role, parts: parts))
    }
    return EvaluationPrompt(
      id: id, messages: changed, tools: tools, toolChoice: toolChoice, responseFormat: responseFormat,
      checks: checks, cluster: cluster, maxTokens: maxTokens, temperature: temperature, topP: topP,
      seed: seed,
      stop: stop)
  }
}
