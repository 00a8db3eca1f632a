import CLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

exit(await LLMRef.start(Array(CommandLine.arguments.dropFirst())))
