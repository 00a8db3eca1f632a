/// Why each other field of LiteLLM's rows makes no claim. `litellm/types/utils.py` and the modules that read a field say what it is.
extension LiteLLMFields {
  static let leftOut: [LeftOutField] = [
    LeftOutField(
      "*_decisions",
      "prices of the decisions endpoint, which answers without text; no mode stands for it"),
    LeftOutField(
      "alias_of",
      "a name, kept as an alias of the snapshot's day"),
    LeftOutField(
      "audio_transcription_config",
      "which of LiteLLM's adapters sends the request"),
    LeftOutField(
      "bedrock_converse_supports_strict_tools",
      "how LiteLLM words a Bedrock request"),
    LeftOutField(
      "bedrock_output_config_effort_ceiling",
      "what LiteLLM clamps an effort to at Bedrock; the levels are read"),
    LeftOutField(
      "comment",
      "prose for maintainers of the table"),
    LeftOutField(
      "cost_per_second",
      "seconds of reserved capacity, not of traffic"),
    LeftOutField(
      "explicit_cache_read_input_token_cost",
      "reading a cache that the request itself opened; the price of the other cache is read, and one unit stands for both"
    ),
    LeftOutField(
      "gemini_audio_only_live",
      "which of LiteLLM's adapters sends the request"),
    LeftOutField(
      "gemini_native_audio",
      "which of LiteLLM's adapters sends the request"),
    LeftOutField(
      "guardrail_cost_per_unit*",
      "prices of a guard, which is no model"),
    LeftOutField(
      "input_cost_per_pixel",
      "a picture by its pixels, without the size that a request pays; pictures and their tokens are read"),
    LeftOutField(
      "input_cost_per_token_cache_hit",
      "an old name of cache_read_input_token_cost; equal wherever both stand"),
    LeftOutField(
      "input_cost_per_video_per_second_above_15s_interval",
      "a price by the distance of frames, which no workload states"),
    LeftOutField(
      "input_cost_per_video_per_second_above_8s_interval",
      "a price by the distance of frames, which no workload states"),
    LeftOutField(
      "input_dbu_cost_per_token",
      "Databricks' own unit, no currency; the dollars beside it are read"),
    LeftOutField(
      "metadata.*",
      "prose for maintainers of the table"),
    LeftOutField(
      "ocr_cost_per_credit",
      "a credit of Reducto, which is no page and no currency"),
    LeftOutField(
      "output_cost_per_pixel",
      "a picture by its pixels, without the size that a request pays; pictures and their tokens are read"),
    LeftOutField(
      "output_dbu_cost_per_token",
      "Databricks' own unit, no currency; the dollars beside it are read"),
    LeftOutField(
      "output_vector_size",
      "the length of an embedding's vector; no field stands for it yet"),
    LeftOutField(
      "provider_specific_entry.*",
      "how LiteLLM words a request of one provider; its multipliers us and fast are read"),
    LeftOutField(
      "reasoning_contexts[]",
      "how far back OpenAI keeps thoughts of earlier turns; no field stands for it yet"),
    LeftOutField(
      "reasoning_modes[]",
      "standard or pro thinking at OpenAI; no field stands for it yet"),
    LeftOutField(
      "rules[].*",
      "LiteLLM's patterns for names that the table lacks; ids are never matched by pattern"),
    LeftOutField(
      "search_free_requests.*",
      "a free allowance that an account shares over models; no price of a request"),
    LeftOutField(
      "supported_audio_formats[]",
      "file formats of sound; no field stands for it yet"),
    LeftOutField(
      "supported_regions[]",
      "regions of a route, 15 rows; kept out until a route can have several"),
    LeftOutField(
      "supports_adaptive_thinking",
      "how a request asks Claude to think; the efforts are read"),
    LeftOutField(
      "supports_anthropic_compaction",
      "a beta of Anthropic's API; no field stands for it yet"),
    LeftOutField(
      "supports_anthropic_thinking_payload",
      "how LiteLLM words a request at Databricks"),
    LeftOutField(
      "supports_bedrock_*",
      "how LiteLLM words a Bedrock request"),
    LeftOutField(
      "supports_box_questions",
      "a form of question to decision models"),
    LeftOutField(
      "supports_continuation",
      "a beta of Gemini's API; no field stands for it yet"),
    LeftOutField(
      "supports_embedding_image_input",
      "whether an embedding reads pictures; no field stands for it yet"),
    LeftOutField(
      "supports_fast_mode",
      "the same as a fast multiplier, which is read as prices"),
    LeftOutField(
      "supports_image_input",
      "deprecated by the table's own note for supports_embedding_image_input"),
    LeftOutField(
      "supports_image_size",
      "whether a size of picture may be asked for; no field stands for it yet"),
    LeftOutField(
      "supports_legacy_thinking",
      "how a request asks Claude to think; the efforts are read"),
    LeftOutField(
      "supports_mid_conversation_system",
      "where a system message may stand; no field stands for it yet"),
    LeftOutField(
      "supports_multimodal",
      "a word without media; the lists of modalities are read"),
    LeftOutField(
      "supports_native_streaming",
      "whether LiteLLM streams itself; every such route streams"),
    LeftOutField(
      "supports_native_structured_output",
      "how the schema is sent; whether it holds is read from supports_response_schema"),
    LeftOutField(
      "supports_nova_canvas_image_edit",
      "which of LiteLLM's adapters sends the request"),
    LeftOutField(
      "supports_output_config",
      "how a request names Claude's effort; the efforts are read"),
    LeftOutField(
      "supports_parallel_tool_use_config",
      "how LiteLLM words a request; parallel calls are read"),
    LeftOutField(
      "supports_prompt_cache_breakpoint",
      "how a request marks a cached part; no field stands for it yet"),
    LeftOutField(
      "supports_regex_lookaround",
      "which patterns a schema may hold; no field stands for it yet"),
    LeftOutField(
      "supports_speed",
      "the same as a fast multiplier, which is read as prices"),
    LeftOutField(
      "supports_thinking_cache_preservation",
      "whether thoughts stay in the cache; no field stands for it yet"),
    LeftOutField(
      "tiered_pricing[].max_results_range[]",
      "prices of a search by its results, in rows that are no models"),
    LeftOutField(
      "token_count_framing",
      "tokens that LiteLLM's estimate adds to a request; no fact of the model"),
    LeftOutField(
      "token_count_model.*",
      "which model LiteLLM asks to count tokens"),
    LeftOutField(
      "token_count_responses_framing",
      "tokens that LiteLLM's estimate adds to a request; no fact of the model"),
    LeftOutField(
      "token_count_responses_tool_framing",
      "tokens that LiteLLM's estimate adds to a request; no fact of the model"),
    LeftOutField(
      "token_count_tool_framing",
      "tokens that LiteLLM's estimate adds to a request; no fact of the model"),
    LeftOutField(
      "use_openai_responses_path",
      "which address LiteLLM sends a request to"),
    LeftOutField(
      "uses_embed_content",
      "which address LiteLLM sends a request to"),
    LeftOutField(
      "vertex_ai_audio_api",
      "which of LiteLLM's adapters sends the request"),
  ]
}
