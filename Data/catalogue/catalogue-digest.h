// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "941353eb9a4535bab9ebb39491a8b0050ddc9ed3d207fca8426e00ee42b76cb3"
