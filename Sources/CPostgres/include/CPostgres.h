#ifndef C_POSTGRES_H
#define C_POSTGRES_H

#include <stdbool.h>
#include <stdint.h>

/// The client library of PostgreSQL, looked for when the first connection is made, so that the program starts on machines
/// without it. The functions are those of https://www.postgresql.org/docs/15/libpq.html with the same last name.

/// One connection; used by one thread at a time.
typedef struct llmref_pg llmref_pg;
/// What one statement gave.
typedef struct llmref_pg_result llmref_pg_result;

/// Whether the machine has the library.
bool llmref_pg_available(void);

/// Connects and waits. NULL without the library or without memory; otherwise ask `llmref_pg_connected`.
llmref_pg *llmref_pg_connect(const char *conninfo);
bool llmref_pg_connected(const llmref_pg *connection);
/// The server's or library's words on what went wrong last; valid until the next call.
const char *llmref_pg_message(const llmref_pg *connection);
void llmref_pg_finish(llmref_pg *connection);

/// Runs one statement with parameters in text form and waits; NULL is SQL's null. The result is never NULL but without memory.
llmref_pg_result *llmref_pg_run(llmref_pg *connection, const char *statement, int count, const char *const *values);
/// Whether the statement did what it says.
bool llmref_pg_succeeded(const llmref_pg_result *result);
/// Five characters by which PostgreSQL names an error; NULL when there is none.
const char *llmref_pg_state(const llmref_pg_result *result);
const char *llmref_pg_result_message(const llmref_pg_result *result);
int llmref_pg_rows(const llmref_pg_result *result);
int llmref_pg_columns(const llmref_pg_result *result);
/// Rows that an INSERT, UPDATE or DELETE changed, as digits; empty for others.
const char *llmref_pg_changed(const llmref_pg_result *result);
/// NULL for SQL's null; otherwise `*size` bytes in text form.
const char *llmref_pg_value(const llmref_pg_result *result, int row, int column, int *size);
void llmref_pg_clear(llmref_pg_result *result);

#endif
