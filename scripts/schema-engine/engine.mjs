import { readFile } from "node:fs/promises";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { connect, connectToShadow } from "./connection.mjs";

const MODULE = "@prisma/schema-engine-wasm/schema_engine_bg";

const loadWasm = async () => {
  const glue = await import(MODULE);
  const bytes = await readFile(new URL("schema_engine_bg.wasm", import.meta.resolve(MODULE)));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
};

/**
 * The schema engine as WebAssembly. `datasource` is { url, shadowDatabaseUrl? }; `datamodelFiles` are schema files.
 * `errors` resolves the "External error id#N" under which the engine reports a database's error.
 */
export const createEngine = async ({ datasource, datamodelFiles }) => {
  const glue = await loadWasm();
  const datamodels = await Promise.all(datamodelFiles.map(async (file) => [file, await readFile(file, "utf8")]));
  const adapter = bindMigrationAwareSqlAdapterFactory({
    adapterName: "@prisma/adapter-pg",
    provider: "postgres",
    connect: () => connect(datasource.url),
    connectToShadowDb: () => connectToShadow(datasource),
  });
  const options = { datamodels: datamodels.length > 0 ? datamodels : undefined };
  const engine = await glue.SchemaEngine.new(options, () => undefined, adapter);
  return { engine, errors: adapter.errorRegistry };
};
