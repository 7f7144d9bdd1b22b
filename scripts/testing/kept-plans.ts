import { QueryCompiler } from "@prisma/client/runtime/query_compiler_fast_bg.postgresql.mjs";

const plans = new Map<string, unknown>();
const { compile } = QueryCompiler.prototype;

/**
 * Each database of a test has a client, and each client compiles the product's queries again. A plan depends on the schema,
 * the kind of database and the query, and only the last differs here: a worker compiles each query once. It keeps all of
 * them, also those with rows in them, which Prisma itself would forget: a worker's tests have few.
 */
function compileOnce(this: QueryCompiler, query: string): unknown {
  const plan = plans.get(query) ?? compile.call(this, query);
  plans.set(query, plan);
  return plan;
}

// Vitest runs this before each file, all on the same prototype.
if (compile.name !== compileOnce.name) QueryCompiler.prototype.compile = compileOnce;
