/** The part of Prisma's that `kept-plans.ts` calls; it comes without types. */
declare module "@prisma/client/runtime/query_compiler_fast_bg.postgresql.mjs" {
  export class QueryCompiler {
    compile(query: string): unknown;
  }
}
