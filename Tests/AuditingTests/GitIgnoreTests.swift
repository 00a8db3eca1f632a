import Auditing
import Testing

/// Cases follow the rules of https://git-scm.com/docs/gitignore.
@Suite struct Ignoring {
  @Test(arguments: [
    ("*.log", "a.log", false, true), ("*.log", "deep/a.log", false, true),
    ("/a.log", "deep/a.log", false, nil), ("/a.log", "a.log", false, true),
    ("build/", "build", true, true), ("build/", "build", false, nil), ("doc/*.txt", "doc/a.txt", false, true),
    ("doc/*.txt", "doc/deep/a.txt", false, nil), ("**/foo", "a/b/foo", false, true),
    ("**/foo", "foo", false, true),
    ("abc/**", "abc/x/y", false, true), ("a/**/b", "a/b", false, true), ("a/**/b", "a/x/y/b", false, true),
    ("a?c", "abc", false, true), ("a?c", "a/c", false, nil),
    ("[a-c]x", "bx", false, true), ("[!a-c]x", "bx", false, nil), ("\\#x", "#x", false, true),
    ("# x", "# x", false, nil), ("x  ", "x", false, true),
    ("x\\ ", "x ", false, true), ("*.log\n!keep.log", "keep.log", false, false),
    ("!keep.log\n*.log", "keep.log", false, true), ("*", "x", true, true),
    ("\r\n", "x", false, nil), ("[z", "[z", false, nil),
  ])
  func readsRulesAsGitDoes(rules: String, path: String, isFolder: Bool, expected: Bool?) {
    let bytes = Array(path.utf8)
    let name = bytes.split(separator: UInt8(ascii: "/")).last ?? []
    #expect(
      GitIgnore(Array(rules.utf8)).ignores(path: bytes[...], name: name, isFolder: isFolder) == expected)
  }
}
