// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "c1fb3ee1901089c7692785ec1bffc26173cd1a8deb384d40a628e5627ac1ca84"
