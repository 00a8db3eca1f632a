import CLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

exit(LLMRef.start(Array(CommandLine.arguments.dropFirst())))
