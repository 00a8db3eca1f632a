// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "3369f21b08d8040a2063193ac7b8d427036205d091a4246ad26cae78ad146a48"
