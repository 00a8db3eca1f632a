/// The files that `eval init` writes.
enum EvaluationExamples {
  static let prompts = #"""
    # One prompt a line, as JSON. Empty lines and lines that begin with # are passed over.
    # Schema: Schemas/evaluation-prompt-1.schema.json
    #
    # id        unique; pairs of routes are joined by it
    # input     a text, or messages: [{"role": "user", "content": "…"}]
    # checks    exact, contains, lacks, regex, json, tool_call, number, length, command, judge; all must pass
    # cluster   prompts of one cluster are variants of one case
    # max_tokens, temperature, top_p, seed, stop, tools, tool_choice, response_format
    {"id": "sum-1", "input": "What is 17 + 25? Answer with the number alone.", "checks": [{"type": "number", "value": 42}], "max_tokens": 16}
    {"id": "capital-1", "system": "Answer in one word.", "input": "What is the capital of France?", "checks": [{"type": "contains", "value": "Paris", "ignore_case": true}], "max_tokens": 16}
    {"id": "json-1", "input": "Give the colours of the flag of Italy.", "response_format": {"type": "json_schema", "name": "flag", "schema": {"type": "object", "properties": {"colours": {"type": "array", "items": {"type": "string"}}}, "required": ["colours"], "additionalProperties": false}}, "checks": [{"type": "json", "schema": {"type": "object", "required": ["colours"]}}], "max_tokens": 100}

    """#

  static let routes = """
    # The routes that are compared, each an exact way to a model.
    # Schema: Schemas/evaluation-routes-1.schema.json

    # Most tokens of an answer where a prompt says nothing.
    max_tokens: 512
    # Times that each prompt goes through each route.
    trials: 1

    routes:
      # The first candidate is the baseline of comparisons.
      - name: openai-mini
        # What stands before /chat/completions, /responses or /messages.
        base_url: https://api.openai.com/v1
        # chat, responses or messages
        api: responses
        model: gpt-5-mini
        # The NAME of the environment variable that holds the key; never the key.
        key_variable: OPENAI_API_KEY
        # PROVIDER/ID of the catalogue, by which cells are priced.
        catalogue_route: openai/gpt-5-mini
        # Limits of your account: requests and tokens a minute, requests at a time.
        rpm: 60
        tpm: 200000
        concurrency: 4

      - name: haiku
        base_url: https://api.anthropic.com/v1
        api: messages
        model: claude-haiku-4-5
        key_variable: ANTHROPIC_API_KEY
        catalogue_route: anthropic/claude-haiku-4-5
        rpm: 50

      # A broker with its provider pinned, extra headers and extra members of the body.
      # - name: oss-on-groq
      #   base_url: https://openrouter.ai/api/v1
      #   api: chat
      #   model: openai/gpt-oss-120b
      #   provider: [groq]
      #   region: us
      #   key_variable: OPENROUTER_API_KEY
      #   catalogue_route: openrouter/openai/gpt-oss-120b
      #   headers:
      #     x-title: My evaluation
      #   body:
      #     reasoning_effort: low
      #   stream: true
      #   timeout_seconds: 120
      #   max_errors: 20

      # A route that only judges answers of others; checks of type judge name it.
      # - name: judge
      #   use: judge
      #   base_url: https://api.openai.com/v1
      #   api: chat
      #   model: gpt-5.4
      #   key_variable: OPENAI_API_KEY
      #   catalogue_route: openai/gpt-5.4

    """
}
