// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "65bb990775644fc727cd8441e148d29298280cd03087831ed66f9f21f34e0da1"
