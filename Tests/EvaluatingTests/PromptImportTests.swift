import Facts
import Testing
import TextFormats

@testable import Evaluating

@Suite struct PromptImports {
  @Test func takeSamplesOfOpenAIEvals() throws {
    let text = #"""
      {"input": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "2+2?"}], "ideal": "4"}
      {"input": "Capital of France?", "ideal": ["Paris", "paris (France)"]}

      {"input": "x", "ideal": "y", "extra": 1}
      {"question": "x"}
      not json
      """#
    let read = OpenAIEvals.read(Array(text.utf8), file: "s.jsonl")
    #expect(read.prompts.map(\.id) == ["sample-1", "sample-2", "sample-4"])
    #expect(read.prompts[0].messages.map(\.role) == [.system, .user])
    #expect(read.problems.map(\.line) == [4, 5, 6])
    // An answer passes when it begins with one of the ideals, whose signs mean themselves.
    guard case .matches(let pattern, _) = try #require(read.prompts[1].checks.first).kind else {
      Issue.record("no pattern")
      return
    }
    let check = try LinearPattern(parsing: pattern)
    #expect(check.isFound(in: "Paris, of course") == true)
    #expect(check.isFound(in: "paris (France)") == true)
    #expect(check.isFound(in: "It is Paris") == false)
  }

  @Test func takeTablesWithQuotesAndLineEnds() {
    let text =
      "id,prompt,expected,__expected1,max_tokens,note\r\n"
      + "a,\"Say \"\"hi\"\",\nplease\",hi,icontains: HI,5,n\r\n" + "b,2+2?,,4,,\n" + "c,x\n" + ",,,,,\n"
      + "a,again,,llm-rubric: nice,,\n"
    let read = CSVPrompts.read(Array(text.utf8), file: "t.csv")
    #expect(read.prompts.map(\.id) == ["a", "b", "a-2"])
    #expect(read.prompts[0].messages == [PromptMessage(.user, "Say \"hi\",\nplease")])
    #expect(read.prompts[0].maxTokens == 5)
    #expect(
      read.prompts[0].checks.map(\.kind) == [
        .contains("hi", ignoresCase: false), .contains("HI", ignoresCase: true),
      ])
    #expect(read.prompts[1].checks.map(\.kind) == [.exact("4", ignoresCase: false)])
    // The column note; a line of two fields; a prompt without text; a rubric.
    #expect(read.problems.map(\.line) == [1, 5, 6, 7])
  }

  @Test func refuseATableWithAnOpenQuote() {
    let read = CSVPrompts.read(Array("input\n\"never closed\n".utf8), file: "t.csv")
    #expect(read.prompts.isEmpty)
    #expect(read.problems.first?.line == 2)
  }

  @Test func takePromptfooWithItsVariables() throws {
    let text = #"""
      {"prompts": ["Translate to {{language}}: {{ text }}", "[{\"role\":\"system\",\"content\":\"You speak {{language}}.\"},{\"role\":\"user\",\"content\":\"{{text}}\"}]", "file://p.txt"],
       "defaultTest": {"vars": {"language": "French"}, "assert": [{"type": "not-contains", "value": "sorry"}]},
       "tests": [
         {"description": "hello", "vars": {"text": "say \"hi\""}, "assert": [{"type": "contains", "value": "{{text}}"}, {"type": "llm-rubric", "value": "good"}]},
         {"vars": {"text": ["a", "b"], "language": "Dutch"}},
         "file://more.yaml",
         {"vars": {"language": "x"}}
       ]}
      """#
    let read = Promptfoo.read(try JSONReader.read(Array(text.utf8)), file: "c.yaml")
    #expect(
      read.prompts.map(\.id) == ["hello-1", "hello-2", "test-2-1", "test-2-1-2", "test-2-2", "test-2-2-2"])
    #expect(read.prompts[0].messages == [PromptMessage(.user, "Translate to French: say \"hi\"")])
    #expect(
      read.prompts[1].messages == [
        PromptMessage(.system, "You speak French."), PromptMessage(.user, "say \"hi\""),
      ])
    #expect(
      read.prompts[0].checks.map(\.kind) == [
        .lacks("sorry", ignoresCase: false), .contains("say \"hi\"", ignoresCase: false),
      ])
    #expect(read.prompts[2].messages == [PromptMessage(.user, "Translate to Dutch: a")])
    #expect(read.prompts[2].cluster == "test-2")
    // The prompt in a file; the rubric; the test in a file; the variable that is missing, once a template.
    #expect(
      read.problems.map(\.path) == ["prompts[2]", "tests[0].assert[1]", "tests[2]", "tests[3]", "tests[3]"])
  }

  @Test(arguments: ["{% if x %}a{% endif %}", "{{ x | upper }}", "{{ x"])
  func refuseTemplatesThatAreNotNames(template: String) {
    let document = JSONValue.members([
      "prompts": .array([.string(template)]),
      "tests": .array([.members(["vars": .members(["x": .string("1")])])]),
    ])
    let read = Promptfoo.read(document, file: "c.yaml")
    #expect(read.prompts.isEmpty)
    #expect(read.problems.count == 1)
  }

  /// Whatever is imported stands in a prompts file that reads back.
  @Test func giveLinesThatReadBack() throws {
    let read = CSVPrompts.read(Array("id,input,expected\n\u{1}é,\"a\nb\",c\n".utf8), file: "t.csv")
    let lines: [UInt8] = read.prompts.flatMap { prompt -> [UInt8] in PromptCodec.line(prompt).bytes + [0x0A] }
    let file = PromptFile(lines, file: "p")
    #expect(file.problems == [])
    #expect(file.prompts == read.prompts)
  }
}
