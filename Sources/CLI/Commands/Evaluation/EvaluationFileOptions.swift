import ArgumentParser
import Evaluating
import Facts
import Importing
import Platform
import TextFormats

/// The two files that an evaluation is made of.
struct EvaluationFileOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Prompts, one JSON object a line.", valueName: "FILE"))
  var prompts = "prompts.jsonl"
  @Option(name: .long, help: ArgumentHelp("Routes, YAML or JSON.", valueName: "FILE"))
  var routes = "routes.yaml"
  @Option(
    name: .long, help: ArgumentHelp("Times that each prompt goes through each route.", valueName: "COUNT"))
  var trials: Int?

  /// Both files, checked, with the digests of all pictures.
  ///
  /// - Throws: `ExitCode(2)` once every problem stands on stderr.
  func load() throws -> LoadedEvaluation {
    var problems: [InputProblem] = []
    let bytes = try Files.read(prompts)
    let promptFile = PromptFile(bytes, file: prompts)
    problems += promptFile.problems
    let (routeFile, found) = try Self.routeFile(routes)
    problems += found
    var read = promptFile.prompts
    var pictures: [String: String] = [:]
    if problems.isEmpty {
      do { read = try read.map { try digested($0, &pictures) } } catch let problem as InputProblem {
        problems.append(problem)
      }
    }
    guard var file = routeFile else { throw Self.stop(problems) }
    if let trials {
      guard (1...Int(RouteFile.mostTrials)).contains(trials) else {
        throw CommandProblem("--trials is from 1 to \(RouteFile.mostTrials)", hint: "write --trials 3")
      }
      file = RouteFile(routes: file.routes, maxTokens: file.maxTokens, trials: trials)
    }
    problems += EvaluationPlan(prompts: read, file: file, seed: 0).problems(promptsFile: prompts)
    guard problems.isEmpty else { throw Self.stop(problems) }
    return LoadedEvaluation(
      prompts: read, file: file, promptsDigest: Digest.sha256(bytes), pictures: pictures)
  }

  static func routeFile(_ path: String) throws -> (RouteFile?, [InputProblem]) {
    let bytes = try Files.read(path)
    do {
      let isJSON = path.lowercased().hasSuffix(".json")
      let document = isJSON ? try JSONReader.read(bytes) : try YAMLReader.read(bytes, file: path)
      return RouteFile.read(document, file: path)
    } catch let error as JSONError {
      return (nil, [InputProblem(file: path, rule: "\(error.rule); at \(error.place)", hint: error.hint)])
    } catch let ImportError.malformed(_, place, rule, _) {
      // The parser's own words quote the line, which may hold a key that somebody pasted.
      return (
        nil, [InputProblem(file: path, rule: "\(rule); at \(place)", hint: "check quotes and indents there")]
      )
    }
  }

  /// Says every problem on stderr; the exit code of files that are not right.
  static func stop(_ problems: [InputProblem]) -> ExitCode {
    for problem in problems { Output.talk("llmref: \(problem)") }
    if problems.count > 1 { Output.talk("llmref: \(problems.count) problems; nothing was sent") }
    return ExitCode(2)
  }

  /// Bytes of a picture.
  static let largestPicture = 20 * 1024 * 1024

  /// The prompt with the digests of its pictures, which must be what their names say.
  private func digested(_ prompt: EvaluationPrompt, _ pictures: inout [String: String]) throws
    -> EvaluationPrompt
  {
    guard !prompt.pictures.isEmpty else { return prompt }
    let folder =
      prompts.contains("/")
      ? String(prompts.prefix(upTo: prompts.lastIndex(of: "/") ?? prompts.startIndex)) : "."
    return try prompt.mapPictures { picture in
      func problem(_ rule: String, _ hint: String) -> InputProblem {
        InputProblem(
          file: prompts, path: "prompt \"\(prompt.id)\", picture \(picture.file)", rule: rule, hint: hint)
      }
      let path = "\(folder)/\(picture.file)"
      let bytes: [UInt8]
      do { bytes = try Files.read(path) } catch {
        throw problem(
          "a picture is a file that can be read",
          "check the path; it starts at the folder of the prompts file")
      }
      guard bytes.count <= Self.largestPicture else {
        throw problem(
          "a picture has at most \(Self.largestPicture) bytes; this one has \(bytes.count)", "make it smaller"
        )
      }
      guard PromptPicture.MediaType(signature: bytes) == picture.mediaType else {
        throw problem(
          "a picture is what its name or media_type says: \(picture.mediaType.rawValue)",
          "rename or convert it")
      }
      let digest = Digest.sha256(bytes)
      pictures[digest] = path
      return PromptPicture(file: picture.file, mediaType: picture.mediaType, digest: digest)
    }
  }
}

/// The files of an evaluation as they were read.
struct LoadedEvaluation {
  let prompts: [EvaluationPrompt]
  let file: RouteFile
  /// SHA-256 of the prompts file.
  let promptsDigest: String
  /// Paths of pictures by the digests of their bytes.
  let pictures: [String: String]
}
