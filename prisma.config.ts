import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { defineConfig } from "prisma/config";

// @prisma/engines is a dependency of `prisma`, so it is found from there and not from here.
const fromPrisma = createRequire(createRequire(import.meta.url).resolve("prisma/package.json"));
const enginesFolder = path.dirname(fromPrisma.resolve("@prisma/engines/package.json"));
const hasNativeEngine = readdirSync(enginesFolder).some((file) => file.startsWith("schema-engine-"));

// Prisma downloads its engine from a host of its own; where that did not happen, ours does the same work.
if (!hasNativeEngine) {
  process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= path.join(import.meta.dirname, "scripts", "schema-engine.mjs");
}

// Migrations need the owner of the tables, and a session of their own, which a pooler in transaction mode does not give.
const url = process.env["OWNER_DATABASE_URL"] || process.env["DIRECT_URL"] || process.env["DATABASE_URL"];
const shadowDatabaseUrl = process.env["SHADOW_DATABASE_URL"];

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(url && { datasource: { url, ...(shadowDatabaseUrl && { shadowDatabaseUrl }) } }),
});
