#!/usr/bin/env node
// Stand-in for Prisma's native schema engine, for machines that cannot download it: the same engine, compiled to
// WebAssembly, behind the same command line and protocol. prisma.config.ts decides when it is used.
import { createRequire } from "node:module";
import { createEngine } from "./schema-engine/engine.mjs";
import { serveJsonRpc } from "./schema-engine/json-rpc.mjs";
import { runOneShot } from "./schema-engine/one-shot.mjs";

const args = process.argv.slice(2);

const optionValues = (name) => args.flatMap((arg, index) => (arg === name ? [args[index + 1]] : []));

/** The engine commit that `prisma` expects; @prisma/engines-version is an indirect dependency of it. */
const enginesVersion = () => {
  const from = (file, name) => createRequire(file).resolve(`${name}/package.json`);
  const enginesPackage = from(from(import.meta.url, "prisma"), "@prisma/engines");
  return createRequire(enginesPackage)("@prisma/engines-version").enginesVersion;
};

const main = async () => {
  if (args.includes("--version") || args.includes("-V")) {
    process.stdout.write(`schema-engine-cli ${enginesVersion()}\n`);
    return 0;
  }
  const datasource = JSON.parse(optionValues("--datasource")[0] ?? "{}");
  if (args.includes("cli")) return runOneShot(args[args.indexOf("cli") + 1], datasource.url);
  const { engine, errors } = await createEngine({ datasource, datamodelFiles: optionValues("--datamodels") });
  await serveJsonRpc({ engine, errors, url: datasource.url });
  return 0;
};

process.exit(await main());
