"""Make Data/switch/rules.json, the rules of `llmref switch`, from packages on PyPI.

What an API takes is read from the type definitions of its SDK, with file and line; what a provider of OpenAI's dialect takes, and which
models reject sampling parameters, from LiteLLM; endpoints and environment variables from the clients. Nothing is typed by hand but the
pairing of names that mean the same, the words of differences (each with the line it was read on) and the data policies (each with its page).

Usage: make_switch_rules.py FOLDER > Data/switch/rules.json
FOLDER holds each package unpacked as NAME-VERSION (`pip download --no-deps`, then unzip); botocore is taken from the Python that runs.
"""
import glob
import gzip
import json
import os
import re
import sys

READ = "2026-11-25"
ROOT = sys.argv[1]
PACKAGES = {}
for folder in glob.glob(os.path.join(ROOT, "*-*")):
    name, version = os.path.basename(folder).rsplit("-", 1)
    PACKAGES[name.replace("_", "-")] = (version, folder)


def place(package, path, pattern, nth=0):
    """`package@version path:line` of the nth line that matches; stops when there is none."""
    version, folder = PACKAGES[package]
    hits = [n for n, line in enumerate(open(os.path.join(folder, path), encoding="utf-8"), 1) if re.search(pattern, line)]
    if len(hits) <= nth:
        sys.exit(f"{package} {path}: no line matches {pattern}")
    return f"{package}@{version} {path}:{hits[nth]}"


def parameters(package, path, start, end=None):
    """Members of a typed dictionary or class, with their places."""
    version, folder = PACKAGES[package]
    found, inside = {}, False
    for number, line in enumerate(open(os.path.join(folder, path), encoding="utf-8"), 1):
        if re.match(start, line):
            inside = True
            continue
        if inside and (re.match(end, line) if end else re.match(r"\S", line) and not line.startswith(("#", ")", "@"))):
            break
        member = re.match(r"(?:    |  |        )([a-z_]+)\s*: (?!$)", line) if inside else None
        if member and member.group(1) not in ("self", "extra_headers", "extra_query", "extra_body", "timeout", "request_options", "http_options"):
            found.setdefault(member.group(1), f"{package}@{version} {path}:{number}")
    if not found:
        sys.exit(f"{package} {path}: no members behind {start}")
    return found


def bedrock():
    import botocore
    path = "botocore/data/bedrock-runtime/2023-09-30/service-2.json.gz"
    shapes = json.load(gzip.open(os.path.join(os.path.dirname(botocore.__file__), *path.split("/")[1:])))["shapes"]
    at = f"botocore@{botocore.__version__} {path}"
    found = {name: f"{at}#ConverseRequest.{name}" for name in shapes["ConverseRequest"]["members"]}
    found |= {name: f"{at}#InferenceConfiguration.{name}" for name in shapes["InferenceConfiguration"]["members"]}
    return found, at


OPENAI_CHAT = "openai/types/chat/completion_create_params.py"
RESPONSES = "openai/types/responses/response_create_params.py"
MESSAGES = "anthropic/types/message_create_params.py"
GEMINI = "google/genai/types.py"
MISTRAL = "mistralai/client/models/chatcompletionrequest.py"
COHERE = "cohere/v2/client.py"
GROQ = "groq/types/chat/completion_create_params.py"
bedrock_parameters, BEDROCK = bedrock()
gemini = parameters("google-genai", GEMINI, r"class GenerateContentConfig\(")
# Of `models.generate_content` itself.
gemini["contents"] = place("google-genai", "google/genai/models.py", r"contents: Union")
gemini["model"] = place("google-genai", "google/genai/models.py", r"^      model: str")

APIS = [
    dict(id="openai-chat", title="OpenAI Chat Completions", sdk=["openai", place("openai", "openai/_client.py", r"^class OpenAI\(")],
         endpoint=["POST /chat/completions", place("openai", "openai/resources/chat/completions/completions.py", r'"/chat/completions"')],
         system=["messages with the role system or developer", place("openai", "openai/types/chat/chat_completion_system_message_param.py", r"role: Required")],
         tools=["tools[].function.parameters holds the JSON Schema", place("openai", "openai/types/shared_params/function_definition.py", r"parameters: ")],
         calls=["tool_calls of the assistant's message, arguments as JSON in a text; results as messages with the role tool",
                place("openai", "openai/types/chat/chat_completion_tool_message_param.py", r"tool_call_id: ")],
         images=["content parts of the type image_url", place("openai", "openai/types/chat/chat_completion_content_part_image_param.py", r'image_url"')],
         parameters=parameters("openai", OPENAI_CHAT, r"class CompletionCreateParamsBase")),
    dict(id="openai-responses", title="OpenAI Responses", sdk=["openai", place("openai", "openai/_client.py", r"^class OpenAI\(")],
         endpoint=["POST /responses", place("openai", "openai/resources/responses/responses.py", r'"/responses"')],
         system=["instructions", place("openai", RESPONSES, r"^    instructions: ")],
         tools=["tools[].parameters holds the JSON Schema", place("openai", "openai/types/responses/function_tool_param.py", r"parameters: ")],
         calls=["output items of the type function_call, arguments as JSON in a text; results as input items function_call_output",
                place("openai", "openai/types/responses/response_function_tool_call_param.py", r"arguments: ")],
         images=["input parts of the type input_image", place("openai", "openai/types/responses/response_input_image_param.py", r'input_image"')],
         parameters=parameters("openai", RESPONSES, r"class ResponseCreateParamsBase")),
    dict(id="anthropic-messages", title="Anthropic Messages", sdk=["anthropic", place("anthropic", "anthropic/_client.py", r"^class Anthropic\(")],
         endpoint=["POST /v1/messages", place("anthropic", "anthropic/resources/messages/messages.py", r'"/v1/messages"')],
         system=["system, beside messages", place("anthropic", MESSAGES, r"^    system: ")],
         tools=["tools[].input_schema holds the JSON Schema", place("anthropic", "anthropic/types/tool_param.py", r"input_schema: ")],
         calls=["content blocks of the type tool_use, input as an object; results as tool_result blocks of a user message",
                place("anthropic", "anthropic/types/tool_use_block_param.py", r"input: ")],
         images=["content blocks of the type image with a source", place("anthropic", "anthropic/types/image_block_param.py", r"source: ")],
         parameters=parameters("anthropic", MESSAGES, r"class MessageCreateParamsBase")),
    dict(id="gemini-generate", title="Gemini generateContent", sdk=["google-genai", place("google-genai", "google/genai/client.py", r"^class Client")],
         endpoint=["POST …/{model}:generateContent", place("google-genai", "google/genai/models.py", r":generateContent'")],
         system=["system_instruction, beside contents", place("google-genai", GEMINI, r"^  system_instruction: Optional\[ContentUnion\]")],
         tools=["tools[].function_declarations[].parameters holds the schema", place("google-genai", GEMINI, r"^  function_declarations: Optional")],
         calls=["parts with a function_call, args as an object; results as parts with a function_response",
                place("google-genai", GEMINI, r"^  function_response: Optional")],
         images=["parts with inline_data or file_data", place("google-genai", GEMINI, r"^  inline_data: Optional")],
         parameters=gemini),
    dict(id="bedrock-converse", title="Amazon Bedrock Converse", sdk=["boto3", f"{BEDROCK}#Converse"],
         endpoint=["POST /model/{modelId}/converse", f"{BEDROCK}#Converse.http"],
         system=["system, beside messages", f"{BEDROCK}#ConverseRequest.system"],
         tools=["toolConfig.tools[].toolSpec.inputSchema.json holds the JSON Schema", f"{BEDROCK}#ToolSpecification.inputSchema"],
         calls=["content blocks toolUse, input as an object; results as toolResult blocks of a user message", f"{BEDROCK}#ContentBlock.toolResult"],
         images=["content blocks image", f"{BEDROCK}#ContentBlock.image"], parameters=bedrock_parameters),
    dict(id="mistral-chat", title="Mistral Chat", sdk=["mistralai", place("mistralai", "mistralai/client/sdk.py", r"^class Mistral\(")],
         endpoint=["POST /v1/chat/completions", place("mistralai", "mistralai/client/chat.py", r'"/v1/chat/completions"')],
         system=["messages with the role system", place("mistralai", "mistralai/client/models/systemmessage.py", r"role: ")],
         tools=["tools[].function.parameters holds the JSON Schema", place("mistralai", "mistralai/client/models/function.py", r"parameters: ")],
         calls=["tool_calls of the assistant's message; results as messages with the role tool", place("mistralai", "mistralai/client/models/toolmessage.py", r"tool_call_id: ")],
         images=["content chunks of the type image_url", place("mistralai", "mistralai/client/models/imageurlchunk.py", r"image_url: ")],
         parameters=parameters("mistralai", MISTRAL, r"class ChatCompletionRequest\(")),
    dict(id="cohere-chat", title="Cohere Chat v2", sdk=["cohere", place("cohere", "cohere/client_v2.py", r"^class ClientV2")],
         endpoint=["POST /v2/chat", place("cohere", "cohere/v2/raw_client.py", r'"v2/chat"')],
         system=["messages with the role system", place("cohere", "cohere/types/chat_message_v2.py", r"class SystemChatMessageV2")],
         tools=["tools[].function.parameters holds the JSON Schema", place("cohere", "cohere/types/tool_v2function.py", r"parameters: ")],
         calls=["tool_calls of the assistant's message; results as messages with the role tool", place("cohere", "cohere/types/chat_message_v2.py", r"tool_call_id: ")],
         images=["content of the type image_url", place("cohere", "cohere/types/content.py", r"class ImageUrlContent")],
         parameters=parameters("cohere", COHERE, r"    def chat\(", r"    \) -> ")),
    dict(id="groq-chat", title="Groq Chat Completions", sdk=["groq", place("groq", "groq/_client.py", r"^class Groq\(")],
         endpoint=["POST /openai/v1/chat/completions", place("groq", "groq/resources/chat/completions.py", r'"/openai/v1/chat/completions"')],
         system=["messages with the role system", place("groq", "groq/types/chat/chat_completion_system_message_param.py", r"role: Required")],
         tools=["tools[].function.parameters holds the JSON Schema", place("groq", "groq/types/shared_params/function_definition.py", r"parameters: ")],
         calls=["tool_calls of the assistant's message, arguments as JSON in a text; results as messages with the role tool",
                place("groq", "groq/types/chat/chat_completion_tool_message_param.py", r"tool_call_id: ")],
         images=["content parts of the type image_url", place("groq", "groq/types/chat/chat_completion_content_part_image_param.py", r"image_url")],
         parameters=parameters("groq", GROQ, r"class CompletionCreateParams\(")),
]

# Names that mean the same, by API. The first is the one to use.
CONCEPTS = [
    ("answer limit", {"openai-chat": ["max_completion_tokens", "max_tokens"], "openai-responses": ["max_output_tokens"], "anthropic-messages": ["max_tokens"],
                      "gemini-generate": ["max_output_tokens"], "bedrock-converse": ["maxTokens"], "mistral-chat": ["max_tokens"], "cohere-chat": ["max_tokens"],
                      "groq-chat": ["max_completion_tokens", "max_tokens"]}),
    ("temperature", {api: ["temperature"] for api in ("openai-chat", "openai-responses", "anthropic-messages", "gemini-generate", "bedrock-converse", "mistral-chat", "cohere-chat", "groq-chat")}),
    ("nucleus sampling", {"openai-chat": ["top_p"], "openai-responses": ["top_p"], "anthropic-messages": ["top_p"], "gemini-generate": ["top_p"], "bedrock-converse": ["topP"],
                          "mistral-chat": ["top_p"], "cohere-chat": ["p"], "groq-chat": ["top_p"]}),
    ("top-k sampling", {"anthropic-messages": ["top_k"], "gemini-generate": ["top_k"], "cohere-chat": ["k"], "mistral-chat": ["top_k"]}),
    ("stop texts", {"openai-chat": ["stop"], "anthropic-messages": ["stop_sequences"], "gemini-generate": ["stop_sequences"], "bedrock-converse": ["stopSequences"],
                    "mistral-chat": ["stop"], "cohere-chat": ["stop_sequences"], "groq-chat": ["stop"]}),
    ("frequency penalty", {api: ["frequency_penalty"] for api in ("openai-chat", "gemini-generate", "mistral-chat", "cohere-chat", "groq-chat")}),
    ("presence penalty", {api: ["presence_penalty"] for api in ("openai-chat", "gemini-generate", "mistral-chat", "cohere-chat", "groq-chat")}),
    ("seed", {"openai-chat": ["seed"], "gemini-generate": ["seed"], "mistral-chat": ["random_seed"], "cohere-chat": ["seed"], "groq-chat": ["seed"]}),
    ("number of answers", {"openai-chat": ["n"], "gemini-generate": ["candidate_count"], "mistral-chat": ["n"], "groq-chat": ["n"]}),
    ("token bias", {"openai-chat": ["logit_bias"], "groq-chat": ["logit_bias"]}),
    ("log probabilities", {"openai-chat": ["logprobs"], "gemini-generate": ["response_logprobs"], "cohere-chat": ["logprobs"], "mistral-chat": ["logprobs"], "groq-chat": ["logprobs"]}),
    ("number of log probabilities", {"openai-chat": ["top_logprobs"], "openai-responses": ["top_logprobs"], "gemini-generate": ["logprobs"], "mistral-chat": ["top_logprobs"], "groq-chat": ["top_logprobs"]}),
    ("form of the answer", {"openai-chat": ["response_format"], "openai-responses": ["text"], "anthropic-messages": ["output_config"], "gemini-generate": ["response_json_schema", "response_schema", "response_mime_type"],
                            "bedrock-converse": ["outputConfig"], "mistral-chat": ["response_format"], "cohere-chat": ["response_format"], "groq-chat": ["response_format"]}),
    ("tools", {"openai-chat": ["tools", "functions"], "openai-responses": ["tools"], "anthropic-messages": ["tools"], "gemini-generate": ["tools"], "bedrock-converse": ["toolConfig"],
               "mistral-chat": ["tools"], "cohere-chat": ["tools"], "groq-chat": ["tools", "functions"]}),
    ("choice of tool", {"openai-chat": ["tool_choice", "function_call"], "openai-responses": ["tool_choice"], "anthropic-messages": ["tool_choice"], "gemini-generate": ["tool_config"],
                        "bedrock-converse": ["toolConfig"], "mistral-chat": ["tool_choice"], "cohere-chat": ["tool_choice"], "groq-chat": ["tool_choice", "function_call"]}),
    ("parallel tool calls", {"openai-chat": ["parallel_tool_calls"], "openai-responses": ["parallel_tool_calls"], "mistral-chat": ["parallel_tool_calls"], "groq-chat": ["parallel_tool_calls"]}),
    ("reasoning", {"openai-chat": ["reasoning_effort"], "openai-responses": ["reasoning"], "anthropic-messages": ["thinking"], "gemini-generate": ["thinking_config"],
                   "mistral-chat": ["reasoning_effort", "prompt_mode"], "cohere-chat": ["thinking"], "groq-chat": ["reasoning_effort", "reasoning_format", "include_reasoning"]}),
    ("system prompt", {"openai-responses": ["instructions"], "anthropic-messages": ["system"], "gemini-generate": ["system_instruction"], "bedrock-converse": ["system"]}),
    ("messages", {"openai-chat": ["messages"], "openai-responses": ["input"], "anthropic-messages": ["messages"], "gemini-generate": ["contents"], "bedrock-converse": ["messages"],
                  "mistral-chat": ["messages"], "cohere-chat": ["messages"], "groq-chat": ["messages"]}),
    ("model", {"openai-chat": ["model"], "openai-responses": ["model"], "anthropic-messages": ["model"], "gemini-generate": ["model"], "bedrock-converse": ["modelId"],
               "mistral-chat": ["model"], "cohere-chat": ["model"], "groq-chat": ["model"]}),
    ("service tier", {"openai-chat": ["service_tier"], "openai-responses": ["service_tier"], "anthropic-messages": ["service_tier"], "gemini-generate": ["service_tier"],
                      "bedrock-converse": ["serviceTier"], "mistral-chat": ["service_tier"], "groq-chat": ["service_tier"]}),
    ("labels", {"openai-chat": ["metadata"], "openai-responses": ["metadata"], "anthropic-messages": ["metadata"], "gemini-generate": ["labels"], "bedrock-converse": ["requestMetadata"],
                "mistral-chat": ["metadata"], "groq-chat": ["metadata"]}),
    ("key of the prompt cache", {"openai-chat": ["prompt_cache_key"], "openai-responses": ["prompt_cache_key"], "mistral-chat": ["prompt_cache_key"]}),
    ("output kinds", {"openai-chat": ["modalities"], "gemini-generate": ["response_modalities"]}),
    ("keeping the answer", {"openai-chat": ["store"], "openai-responses": ["store"], "gemini-generate": ["store"], "groq-chat": ["store"]}),
    ("predicted output", {"openai-chat": ["prediction"], "mistral-chat": ["prediction"]}),
    ("documents", {"cohere-chat": ["documents"], "groq-chat": ["documents"]}),
    ("length of the answer", {"openai-chat": ["verbosity"], "openai-responses": ["text"]}),
    # A stream is another method there, not a parameter.
    ("streaming", {"openai-chat": ["stream"], "openai-responses": ["stream"], "anthropic-messages": ["stream"], "mistral-chat": ["stream"], "groq-chat": ["stream"]}),
]
STREAMS = {"openai-chat": place("openai", OPENAI_CHAT, r"^    stream: "), "openai-responses": place("openai", RESPONSES, r"^    stream: "),
           "anthropic-messages": place("anthropic", MESSAGES, r"^    stream: ")}
for api in APIS:
    if api["id"] in STREAMS:
        api["parameters"].setdefault("stream", STREAMS[api["id"]])
SAMPLING = "litellm/llms/anthropic/common_utils.py"
# The SDK leaves sampling parameters out of its types; models before Claude Opus 4.7 still take them.
for name in ("temperature", "top_p", "top_k"):
    messages = next(api for api in APIS if api["id"] == "anthropic-messages")
    messages["parameters"].setdefault(name, place("litellm", SAMPLING, r"def _apply_sampling_param"))

DEFINITIONS = {"openai-chat": place("openai", OPENAI_CHAT, r"class CompletionCreateParamsBase"), "openai-responses": place("openai", RESPONSES, r"class ResponseCreateParamsBase"),
               "anthropic-messages": place("anthropic", MESSAGES, r"class MessageCreateParamsBase"), "gemini-generate": place("google-genai", GEMINI, r"^class GenerateContentConfig\("),
               "bedrock-converse": f"{BEDROCK}#ConverseRequest", "mistral-chat": place("mistralai", MISTRAL, r"^class ChatCompletionRequest\("),
               "cohere-chat": place("cohere", COHERE, r"    def chat\("), "groq-chat": place("groq", GROQ, r"^class CompletionCreateParams\(")}
REQUIRED = {"anthropic-messages": {"max_tokens": place("anthropic", MESSAGES, r"max_tokens: Required")}}
for api in APIS:
    api["definition"] = DEFINITIONS[api["id"]]
    api["required"] = REQUIRED.get(api["id"], {})
for title, names in CONCEPTS:
    for api in APIS:
        for name in names.get(api["id"], []):
            if name not in api["parameters"]:
                sys.exit(f"{title}: {api['id']} has no {name}")

GENAI = "google/genai/_api_client.py"
CHAT = "litellm/llms/{}/chat/transformation.py"
PROVIDERS = [
    dict(id="openai", api="openai-chat", base=["https://api.openai.com/v1", place("openai", "openai/_data_residency.py", r"https://api\.openai\.com/v1")], key=["OPENAI_API_KEY", place("openai", "openai/_client.py", r"OPENAI_API_KEY")]),
    dict(id="azure", api="openai-chat", base=["https://{resource}.openai.azure.com/openai/deployments/{deployment}", place("openai", "openai/lib/azure.py", r"/deployments/")],
         key=["AZURE_OPENAI_API_KEY", place("openai", "openai/lib/azure.py", r"AZURE_OPENAI_API_KEY")]),
    dict(id="anthropic", api="anthropic-messages", base=["https://api.anthropic.com", place("anthropic", "anthropic/_client.py", r"api\.anthropic\.com")], key=["ANTHROPIC_API_KEY", place("anthropic", "anthropic/_client.py", r"ANTHROPIC_API_KEY")]),
    dict(id="google", api="gemini-generate", base=["https://generativelanguage.googleapis.com", place("google-genai", GENAI, r"generativelanguage\.googleapis")], key=["GEMINI_API_KEY or GOOGLE_API_KEY", place("google-genai", GENAI, r"'GEMINI_API_KEY'")]),
    dict(id="google-vertex", api="gemini-generate", base=["https://{location}-aiplatform.googleapis.com", place("google-genai", GENAI, r"-aiplatform\.|https://aiplatform\.googleapis")], key=["GOOGLE_CLOUD_PROJECT, with Google's application credentials", place("google-genai", GENAI, r"GOOGLE_CLOUD_PROJECT")]),
    dict(id="amazon-bedrock", api="bedrock-converse", base=["https://bedrock-runtime.{region}.amazonaws.com", f"{BEDROCK}#metadata.endpointPrefix"], key=["AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", place("litellm", "litellm/llms/bedrock/base_aws_llm.py", r"AWS_ACCESS_KEY_ID")]),
    dict(id="mistral", api="mistral-chat", base=["https://api.mistral.ai", place("mistralai", "mistralai/client/sdkconfiguration.py", r"api\.mistral\.ai")], key=["MISTRAL_API_KEY", place("mistralai", "mistralai/client/utils/security.py", r"MISTRAL_API_KEY")]),
    dict(id="cohere", api="cohere-chat", base=["https://api.cohere.com", place("cohere", "cohere/environment.py", r"api\.cohere\.com")], key=["CO_API_KEY", place("cohere", "cohere/base_client.py", r"CO_API_KEY")]),
    dict(id="groq", api="groq-chat", base=["https://api.groq.com", place("groq", "groq/_client.py", r"api\.groq\.com")], key=["GROQ_API_KEY", place("groq", "groq/_client.py", r"GROQ_API_KEY")]),
    dict(id="deepseek", api="openai-chat", base=["https://api.deepseek.com", place("litellm", CHAT.format("deepseek"), r"api\.deepseek\.com")], key=["DEEPSEEK_API_KEY", place("litellm", CHAT.format("deepseek"), r"DEEPSEEK_API_KEY")]),
    dict(id="perplexity", api="openai-chat", base=["https://api.perplexity.ai", place("litellm", CHAT.format("perplexity"), r"api\.perplexity\.ai")], key=["PERPLEXITY_API_KEY", place("litellm", CHAT.format("perplexity"), r"PERPLEXITY_API_KEY")]),
    dict(id="fireworks-ai", api="openai-chat", base=["https://api.fireworks.ai/inference/v1", place("litellm", CHAT.format("fireworks_ai"), r"api\.fireworks\.ai")], key=["FIREWORKS_API_KEY", place("litellm", CHAT.format("fireworks_ai"), r"FIREWORKS_API_KEY")]),
    dict(id="xai", api="openai-chat", base=["https://api.x.ai/v1", place("litellm", "litellm/constants.py", r"api\.x\.ai")], key=["XAI_API_KEY", place("litellm", "litellm/utils.py", r"XAI_API_KEY")]),
    dict(id="openrouter", api="openai-chat", base=["https://openrouter.ai/api/v1", place("litellm", "litellm/main.py", r"openrouter\.ai/api/v1")], key=["OPENROUTER_API_KEY", place("litellm", "litellm/utils.py", r"OPENROUTER_API_KEY")]),
    dict(id="togetherai", api="openai-chat", base=["https://api.together.xyz/v1", place("litellm", "litellm/constants.py", r"api\.together\.xyz")], key=["TOGETHERAI_API_KEY or TOGETHER_API_KEY", place("litellm", "litellm/utils.py", r"TOGETHERAI_API_KEY")]),
]

table = json.load(open(os.path.join(PACKAGES["litellm"][1], "litellm/model_prices_and_context_window_backup.json"), encoding="utf-8"))
MAP = f"litellm@{PACKAGES['litellm'][0]} litellm/model_prices_and_context_window_backup.json"
BARE = {"openai", "anthropic", "gemini", "vertex_ai-anthropic_models", "bedrock", "bedrock_converse", "azure", "azure_ai", "vertex_ai"}


def flagged(flag):
    return sorted(name for name, entry in table.items() if entry.get(flag) is False and entry.get("litellm_provider") in BARE
                  and not re.match(r"(us|eu|apac|global|au|jp|us-gov|[a-z]+-[a-z]+-\d)[./]|bedrock/", name))


O_SERIES = sorted(name for name, entry in table.items() if re.fullmatch(r"o[134](-[a-z0-9-]+)?", name) and entry.get("mode") in ("chat", "responses"))
# Models whose default effort is declared, and is not none.
REASONING = sorted(name for name, entry in table.items() if entry.get("litellm_provider") == "openai" and entry.get("supports_reasoning")
                   and re.match(r"gpt-(5|6)", name) and entry.get("default_reasoning_effort") != "none" and "chat" not in name and entry.get("mode") in ("chat", "responses"))
OSERIES = "litellm/llms/openai/chat/o_series_transformation.py"
REASONS = "litellm/llms/openai/chat/gpt_reasoning_transformation.py"
MODELS = [
    dict(parameters={"temperature": "1", "top_p": None, "top_k": None}, text="the model takes no sampling parameters", place=place("litellm", SAMPLING, r"rejects ``top_p``"), list=f"{MAP}#supports_sampling_params", ids=flagged("supports_sampling_params")),
    dict(parameters={"temperature": "1"}, text="the model takes temperature 1 alone", place=place("litellm", OSERIES, r"Only temperature=1 is supported"), list=MAP, ids=O_SERIES),
    dict(parameters={"logprobs": None, "top_logprobs": None, "top_p": None, "presence_penalty": None, "frequency_penalty": None}, text="the model does not take it", place=place("litellm", OSERIES, r"non_supported_params: Final = \["), list=MAP, ids=O_SERIES),
    dict(parameters={"temperature": "1", "top_p": None, "logprobs": None, "top_logprobs": None}, unless=["reasoning_effort", "none"], text="the model takes it only while reasoning is off", place=place("litellm", REASONS, r"Only temperature=1 is supported unless"), list=f"{MAP}#default_reasoning_effort", ids=REASONING),
    dict(parameters={"prefill": None}, text="the model takes no begun answer (a last message of the assistant)", place=MAP + "#supports_assistant_prefill", list=f"{MAP}#supports_assistant_prefill", ids=flagged("supports_assistant_prefill")),
    dict(parameters={"forced tool": None}, text="the model cannot be made to call a tool (tool_choice any, required or one tool)", place=MAP + "#supports_forced_tool_use", list=f"{MAP}#supports_forced_tool_use", ids=flagged("supports_forced_tool_use")),
]
POLICIES = [
    dict(provider="openai", text="Data sent to the API does not train models unless you opt in; logs for abuse monitoring are kept up to 30 days.", url="https://developers.openai.com/api/docs/guides/your-data"),
    dict(provider="amazon-bedrock", text="Retention is a setting of each region; with none nothing is kept, and models that require retention are refused.", url="https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html"),
    dict(provider="groq", text="Prompts and answers are not kept by default; exceptions are features that need it, and reliability or abuse.", url="https://console.groq.com/docs/your-data.md"),
    dict(provider="anthropic", text="Zero data retention is an arrangement to be agreed on; it covers some features of the API.", url="https://platform.claude.com/docs/de/manage-claude/api-and-data-retention.md"),
    dict(provider="google", text="Content sent through unpaid quota may improve Google's products and be read by reviewers.", url="https://discuss.ai.google.dev/t/are-the-prompts-i-submit-to-google-ai-studio-reviewed-by-a-human/47379"),
]
used = sorted({text.split("@")[0] for text in re.findall(r'"([a-z0-9-]+@[0-9.]+) ', json.dumps([APIS, PROVIDERS, MODELS]))})
LICENCES = {"openai": "Apache-2.0", "anthropic": "Apache-2.0", "google-genai": "Apache-2.0", "mistralai": "Apache-2.0", "groq": "Apache-2.0", "botocore": "Apache-2.0", "cohere": "MIT", "litellm": "MIT"}
version = {name: found[0] for name, found in PACKAGES.items()}
import botocore
version["botocore"] = botocore.__version__
rules = dict(format="llmref/switch-rules/1", read=READ,
             sources=[dict(package=name, version=version[name], licence=LICENCES[name], url=f"https://pypi.org/project/{name}/{version[name]}/") for name in used],
             apis=APIS, concepts=[dict(title=title, names=names) for title, names in CONCEPTS], providers=PROVIDERS, models=MODELS, policies=[dict(row, seen=READ) for row in POLICIES])
json.dump(rules, sys.stdout, indent=1, ensure_ascii=False, sort_keys=False)
print()
