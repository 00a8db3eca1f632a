// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "9a56d0fb2fc4fa93c436bcc2dcaa15bc7894f06bbf44f260123178b73031fc52"
