// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "0fe7f60acaf3f422159db2bec7f7986f0e368be207c01867522fe438e763318f"
