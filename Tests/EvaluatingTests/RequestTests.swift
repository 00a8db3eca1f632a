import Facts
import Testing
import TextFormats

@testable import Evaluating

@Suite struct RequestsAre {
  private static let prompt = EvaluationPrompt(
    id: "p",
    messages: [
      PromptMessage(.system, "Be brief."),
      PromptMessage(
        role: .user,
        parts: [
          .text("See:"), .picture(PromptPicture(file: "a.png", mediaType: .png, digest: "d")),
        ]),
      PromptMessage(
        role: .assistant, parts: [.toolCall(id: "t", name: "look", arguments: .members(["a": .number(1)]))]),
      PromptMessage(role: .tool, parts: [.toolResult(id: "t", text: "cat")]),
    ],
    tools: [
      PromptTool(name: "look", description: "Looks.", parameters: .members(["type": .string("object")]))
    ],
    toolChoice: .required,
    responseFormat: .jsonSchema(name: "n", schema: .members(["type": .string("object")]), isStrict: true),
    seed: 7, stop: ["END"])

  private static func body(_ api: APIKind, body: JSONObject = JSONObject(), pin: [String] = []) -> JSONValue {
    let route = EvaluationRoute(
      name: "r", baseURL: "https://host/v1", api: api, model: "m", providerPin: pin, body: body)
    return RequestBody.value(prompt, through: route, maxTokens: 9, pictures: ["d": "QUJD"])
  }

  @Test func chatCompletions() {
    #expect(
      Self.body(.chat, pin: ["P"]).text
        == #"{"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"See:"},{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}]},{"role":"assistant","content":null,"tool_calls":[{"id":"t","type":"function","function":{"name":"look","arguments":"{\"a\":1}"}}]},{"role":"tool","tool_call_id":"t","content":"cat"}],"max_tokens":9,"seed":7,"stop":["END"],"tools":[{"type":"function","function":{"name":"look","description":"Looks.","parameters":{"type":"object"}}}],"tool_choice":"required","response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"},"strict":true}},"stream":true,"stream_options":{"include_usage":true},"provider":{"order":["P"],"allow_fallbacks":false}}"#
    )
  }

  @Test func responses() {
    #expect(
      Self.body(.responses).text
        == #"{"model":"m","input":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"input_text","text":"See:"},{"type":"input_image","image_url":"data:image/png;base64,QUJD"}]},{"type":"function_call","call_id":"t","name":"look","arguments":"{\"a\":1}"},{"type":"function_call_output","call_id":"t","output":"cat"}],"max_output_tokens":9,"tools":[{"type":"function","name":"look","description":"Looks.","parameters":{"type":"object"}}],"tool_choice":"required","text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true}},"store":false,"stream":true}"#
    )
    #expect(RequestBody.unsaid(Self.prompt, by: .responses) == ["seed", "stop"])
  }

  @Test func anthropicMessages() {
    #expect(
      Self.body(.messages).text
        == #"{"model":"m","max_tokens":9,"system":"Be brief.","messages":[{"role":"user","content":[{"type":"text","text":"See:"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}}]},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"look","input":{"a":1}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"cat"}]}],"stop_sequences":["END"],"tools":[{"name":"look","description":"Looks.","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"},"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},"stream":true}"#
    )
    #expect(RequestBody.unsaid(Self.prompt, by: .messages) == ["seed"])
  }

  @Test func changedByTheRoutesOwnMembersAndNullTakesOneAway() {
    let body = Self.body(
      .chat,
      body: JSONObject([
        "max_tokens": .null, "max_completion_tokens": .number(9), "seed": .number(8), "user": .string("u"),
      ]))
    #expect(body["max_tokens"] == nil && body["max_completion_tokens"]?.integer == 9)
    #expect(body["seed"]?.integer == 8 && body["user"]?.string == "u")
  }

  @Test func withoutTheQuestionForUsageWhereAServerRefusesIt() {
    let route = EvaluationRoute(name: "r", baseURL: "https://host/v1", api: .chat, model: "m")
    let body = RequestBody.value(Self.prompt, through: route, maxTokens: 9, asksForUsage: false)
    #expect(body["stream"]?.bool == true && body["stream_options"] == nil)
  }

  @Test func carryingTheKeyInTheHeaderOfTheirKindAlone() {
    for api in APIKind.allCases {
      let route = EvaluationRoute(
        name: "r", baseURL: "https://host/v1", api: api, model: "m", headers: ["X-Title": "t"])
      let headers = RequestHeaders.list(for: route, key: "secret", variables: ["X-More": "v"])
      let bearing = headers.filter { $0.value.contains("secret") }.map(\.name)
      #expect(bearing == [api == .messages ? "x-api-key" : "authorization"])
      #expect(headers.contains { $0.name == "x-title" } && headers.contains { $0.name == "x-more" })
      #expect(headers.contains { $0.name == "anthropic-version" } == (api == .messages))
    }
  }
}
