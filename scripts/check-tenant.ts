import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { PROJECT_FOLDER } from "./project-folder";
import { findForgedIds } from "./tenant/find-forged-ids";
import { findReads } from "./tenant/find-reads";
import { createOwnerTypes } from "./tenant/owner-types";
import { readPrivateTables } from "./tenant/private-tables";

export type TenantFault = {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly what: string;
};
export type TenantReport = { readonly readCount: number; readonly faults: readonly TenantFault[] };

const SERVER = "src/server/";
const TENANT = "src/server/tenant/";
/**
 * What answers users by what they name, and what does as they say. An administrator reads people of all, and no other
 * router knows those views; a bot that is made was nobody's before.
 */
const ANSWERS = [
  /^src\/server\/(accounts|api|exports|views)\/(?!people\/)/,
  /^src\/server\/bots\/(?!book-new-bot|create-paper-bot|start-paper-bot)/,
  /^src\/server\/steering\/(ask-command|decide-on-proposal|stop-everything)\.ts$/,
];
const NOT_THE_PRODUCT = /\.test\.ts$|\/(testing|contract|generated)\//;
const FOREIGN_WORDS = "belongs to another user";

const openProgram = (folder: string): ts.Program => {
  const { config } = ts.readConfigFile(path.join(folder, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    readonly config: object;
  };
  const include = { ...config, include: [`${SERVER}**/*.ts`], exclude: ["node_modules"] };
  const { fileNames, options } = ts.parseJsonConfigFileContent(include, ts.sys, folder);
  const roots = fileNames.filter((file) => !NOT_THE_PRODUCT.test(file));
  return ts.createProgram(roots, { ...options, incremental: false });
};

const saysForeign = (node: ts.Node): boolean =>
  (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) &&
  node.text.includes(FOREIGN_WORDS);

const collect = (file: ts.SourceFile, isWanted: (node: ts.Node) => boolean): ts.Node[] => {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (isWanted(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
};

/**
 * Checks that what answers users in the tree at `folder` reads nothing of a user but by that user's id, or by an id that
 * the finders of src/server/tenant gave; that nothing else makes such ids; and that one file says what is not found.
 * Throws where it saw no read: then it proves nothing.
 */
export const checkTenant = (folder: string): TenantReport => {
  const program = openProgram(folder);
  const checker = program.getTypeChecker();
  const privates = readPrivateTables(readFileSync(path.join(folder, "prisma/schema.prisma"), "utf8"));
  const known = { checker, types: createOwnerTypes(checker), privates };
  const faults: TenantFault[] = [];
  let readCount = 0;
  for (const source of program.getSourceFiles()) {
    const file = path.relative(folder, source.fileName);
    if (!file.startsWith(SERVER) || NOT_THE_PRODUCT.test(file) || file.startsWith(TENANT)) continue;
    const fault = (rule: string, node: ts.Node, what: string): void => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      faults.push({ rule, file, line: line + 1, what });
    };
    for (const node of findForgedIds(source, known)) fault("own-ids-are-found", node, node.getText());
    for (const node of collect(source, saysForeign)) fault("one-place-says-not-found", node, node.getText());
    if (!ANSWERS.some((answers) => answers.test(file))) continue;
    const reads = findReads(source, known);
    readCount += reads.length;
    for (const { node, what } of reads.filter(({ isOwned }) => !isOwned)) fault("reads-are-owned", node, what);
  }
  if (readCount === 0) throw new Error("The tenant check saw nothing that reads the database, so it proves nothing.");
  return { readCount, faults };
};

const main = (): void => {
  const { readCount, faults } = checkTenant(PROJECT_FOLDER);
  for (const { rule, file, line, what } of faults) console.error(`${rule}: ${file}:${line} ${what}`);
  console.log(`${readCount} reads seen, ${faults.length} tenant faults.`);
  if (faults.length > 0) process.exitCode = 1;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
