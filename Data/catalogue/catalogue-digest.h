// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "487e8173d6f82290c9b47d251ca49947636aa323d344575b92ac53ff6490fd32"
