#include "CPostgres.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

// Declared here as libpq-fe.h does, so that nothing of PostgreSQL is needed to build.
typedef void PGconn;
typedef void PGresult;

static struct {
  PGconn *(*connectdb)(const char *);
  int (*status)(const PGconn *);
  char *(*error)(const PGconn *);
  void (*finish)(PGconn *);
  PGresult *(*exec)(PGconn *, const char *, int, const unsigned *, const char *const *, const int *, const int *, int);
  int (*result_status)(const PGresult *);
  char *(*field)(const PGresult *, int);
  char *(*result_error)(const PGresult *);
  int (*rows)(const PGresult *);
  int (*columns)(const PGresult *);
  char *(*changed)(PGresult *);
  int (*is_null)(const PGresult *, int, int);
  char *(*value)(const PGresult *, int, int);
  int (*length)(const PGresult *, int, int);
  void (*clear)(PGresult *);
  void *(*notices)(PGconn *, void (*)(void *, const char *), void *);
} pq;

static bool is_there;
static pthread_once_t looked = PTHREAD_ONCE_INIT;

static void look(void) {
  const char *names[] = {"libpq.so.5", "libpq.5.dylib"};
  void *library = NULL;
  for (int place = 0; place < 2 && !library; place++) library = dlopen(names[place], RTLD_NOW);
  if (!library) return;
#define FIND(member, name) \
  do { \
    *(void **)&pq.member = dlsym(library, name); \
    if (!pq.member) return; \
  } while (0)
  FIND(connectdb, "PQconnectdb");
  FIND(status, "PQstatus");
  FIND(error, "PQerrorMessage");
  FIND(finish, "PQfinish");
  FIND(exec, "PQexecParams");
  FIND(result_status, "PQresultStatus");
  FIND(field, "PQresultErrorField");
  FIND(result_error, "PQresultErrorMessage");
  FIND(rows, "PQntuples");
  FIND(columns, "PQnfields");
  FIND(changed, "PQcmdTuples");
  FIND(is_null, "PQgetisnull");
  FIND(value, "PQgetvalue");
  FIND(length, "PQgetlength");
  FIND(clear, "PQclear");
  FIND(notices, "PQsetNoticeProcessor");
#undef FIND
  is_there = true;
}

bool llmref_pg_available(void) {
  pthread_once(&looked, look);
  return is_there;
}

// Notices such as "relation already exists, skipping" would go to stderr.
static void drop(void *context, const char *message) {
  (void)context;
  (void)message;
}

llmref_pg *llmref_pg_connect(const char *conninfo) {
  if (!llmref_pg_available()) return NULL;
  PGconn *connection = pq.connectdb(conninfo);
  if (connection) pq.notices(connection, drop, NULL);
  return (llmref_pg *)connection;
}

bool llmref_pg_connected(const llmref_pg *connection) { return pq.status(connection) == 0; } // CONNECTION_OK

const char *llmref_pg_message(const llmref_pg *connection) { return pq.error(connection); }

void llmref_pg_finish(llmref_pg *connection) { pq.finish(connection); }

llmref_pg_result *llmref_pg_run(llmref_pg *connection, const char *statement, int count, const char *const *values) {
  return (llmref_pg_result *)pq.exec(connection, statement, count, NULL, values, NULL, NULL, 0);
}

bool llmref_pg_succeeded(const llmref_pg_result *result) {
  int status = pq.result_status(result);
  return status == 1 || status == 2; // PGRES_COMMAND_OK, PGRES_TUPLES_OK
}

const char *llmref_pg_state(const llmref_pg_result *result) {
  return pq.field(result, 'C'); // PG_DIAG_SQLSTATE
}

const char *llmref_pg_result_message(const llmref_pg_result *result) { return pq.result_error(result); }

int llmref_pg_rows(const llmref_pg_result *result) { return pq.rows(result); }

int llmref_pg_columns(const llmref_pg_result *result) { return pq.columns(result); }

const char *llmref_pg_changed(const llmref_pg_result *result) { return pq.changed((PGresult *)result); }

const char *llmref_pg_value(const llmref_pg_result *result, int row, int column, int *size) {
  if (pq.is_null(result, row, column)) return NULL;
  *size = pq.length(result, row, column);
  return pq.value(result, row, column);
}

void llmref_pg_clear(llmref_pg_result *result) { pq.clear(result); }
