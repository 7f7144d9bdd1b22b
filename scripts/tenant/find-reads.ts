import ts from "typescript";
import type { OwnerTypes } from "./owner-types";
import type { PrivateTables } from "./private-tables";

/** A place that asks the database for something, and whether that is a user's and, if so, asked for by its owner. */
export type Read = { readonly node: ts.Node; readonly what: string; readonly isOwned: boolean };

type Known = {
  readonly checker: ts.TypeChecker;
  readonly types: OwnerTypes;
  readonly privates: PrivateTables;
};

/** What is called with a database and reads by what else it is given; other folders know nobody's bots. */
const LOADERS =
  /\/src\/server\/((books|orders|cycle|looks|steering|accounts|demo)\/|bots\/(?!enter-venue|require-listed))/;
const RAW = new Set(["$queryRaw", "$executeRaw", "$queryRawUnsafe", "$executeRawUnsafe"]);
const NAMED = /(?:\b(?:FROM|JOIN|INTO|UPDATE|USING|ONLY)\s+|,\s*)(?:public\.)?"?([a-z_]+)\b/gi;
const METHOD = /^(find|count|aggregate|groupBy|create|update|upsert|delete)/;
const READING = /^(findMany|findFirst|findUnique|count|aggregate|groupBy)/;

const isRaw = (node: ts.Expression): boolean => ts.isPropertyAccessExpression(node) && RAW.has(node.name.text);
const isFragment = (tag: ts.Expression): boolean => tag.getText() === "Prisma.sql";

const textOf = (template: ts.TemplateLiteral): string =>
  ts.isNoSubstitutionTemplateLiteral(template)
    ? template.text
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join("?");

const isInFunction = (node: ts.Node): boolean => ts.findAncestor(node, ts.isFunctionLike) !== undefined;

const isWhole = ({ parent }: ts.Node): boolean =>
  ts.isCallExpression(parent) || ts.isPropertyAssignment(parent) || ts.isSpreadAssignment(parent);

/** Not the name of a property. */
const isValue = (node: ts.Identifier): boolean => {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !ts.isPropertyAssignment(parent) || parent.initializer === node;
};

const namesOwner = (node: ts.Identifier, { types }: Known): boolean =>
  isValue(node) && (types.isOwner(node) || (isWhole(node) && types.bringsOwner(node)));

/** What a name stands for where it was written down once. */
const writtenFor = (node: ts.Identifier, { checker }: Known): ts.Expression | undefined => {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  const declared = symbol?.valueDeclaration;
  const isWritten = declared && ts.isVariableDeclaration(declared) && ts.isIdentifier(declared.name);
  const written = isWritten ? declared.initializer : undefined;
  return written && (ts.isObjectLiteralExpression(written) || ts.isTaggedTemplateExpression(written))
    ? written
    : undefined;
};

/** Whether somebody's id decides what a statement reads: one of its values, or an object that it is made from. */
const isOwned = (parts: readonly ts.Node[], known: Known): boolean => {
  const seen = new Set<ts.Node>();
  const holds = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node) && known.types.isOwner(node)) return true;
    if (!ts.isIdentifier(node)) return ts.forEachChild(node, holds) ?? false;
    if (namesOwner(node, known)) return true;
    const written = writtenFor(node, known);
    if (!written || seen.has(written)) return false;
    seen.add(written);
    return holds(written);
  };
  return parts.some(holds);
};

const tablesIn = (sql: string, { privates }: Known): readonly boolean[] =>
  [...sql.matchAll(NAMED)].flatMap(([, name = ""]) => privates.tables.get(name.toLowerCase()) ?? []);

/** SQL in a template: a statement is taken for a user's unless it names only what is public, a fragment if it names more. */
const readTemplate = (node: ts.TaggedTemplateExpression, known: Known): Read | null => {
  const isStatement = isRaw(node.tag);
  if (!isStatement && !(isFragment(node.tag) && isInFunction(node))) return null;
  const tables = tablesIn(textOf(node.template), known);
  const namesPrivate = tables.includes(true);
  const isPrivate = isStatement ? namesPrivate || tables.length === 0 : namesPrivate;
  if (!isStatement && !isPrivate) return null;
  const what = `${node.tag.getText()} of SQL`;
  return { node, what, isOwned: !isPrivate || isOwned([node.template], known) };
};

const leadsToPrivate = (node: ts.Node, known: Known): boolean => {
  const isNamed = ts.isPropertyAssignment(node) && ts.isIdentifier(node.name);
  if (isNamed && known.privates.relations.has(node.name.text)) return true;
  return ts.forEachChild(node, (child) => leadsToPrivate(child, known)) ?? false;
};

/** Of `db.bot.findMany`; also of `bot.findMany`, taken out of a database before, where no list has such a method. */
const modelIn = (callee: ts.Expression): string | null => {
  if (!ts.isPropertyAccessExpression(callee)) return null;
  const { expression: of, name } = callee;
  if (ts.isPropertyAccessExpression(of)) return METHOD.test(name.text) ? of.name.text : null;
  return ts.isIdentifier(of) && READING.test(name.text) ? of.text : null;
};

/** `db.bot.findMany(...)`, and a public model with something of a user beside it. */
const readModel = (node: ts.CallExpression, known: Known): Read | null => {
  const { expression: callee, arguments: args } = node;
  const model = modelIn(callee);
  const isPrivate = model === null ? undefined : known.privates.models.get(model);
  if (isPrivate === undefined) return null;
  const isUsers = isPrivate || args.some((arg) => leadsToPrivate(arg, known));
  return { node, what: callee.getText(), isOwned: !isUsers || isOwned(args, known) };
};

const isDatabase = (node: ts.Expression | undefined, { checker }: Known): boolean => {
  const type = node && checker.getTypeAtLocation(node);
  return type?.getProperties().some(({ name }) => name === "$queryRaw" || name === "db") ?? false;
};

/** What other folders read, with a database that they are given. */
const readByLoader = (node: ts.CallExpression, known: Known): Read | null => {
  if (!ts.isIdentifier(node.expression)) return null;
  const [database, ...rest] = node.arguments;
  const symbol = known.checker.getSymbolAtLocation(node.expression);
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const declared = isAlias ? known.checker.getAliasedSymbol(symbol).declarations : undefined;
  const isLoader = declared?.some((each) => LOADERS.test(each.getSourceFile().fileName)) ?? false;
  if (!isLoader || !isDatabase(database, known)) return null;
  return { node, what: node.expression.text, isOwned: isOwned(rest, known) };
};

const readOf = (node: ts.Node, known: Known): Read | null => {
  if (ts.isTaggedTemplateExpression(node)) return readTemplate(node, known);
  if (!ts.isCallExpression(node)) return null;
  if (isRaw(node.expression)) {
    return { node, what: node.expression.getText(), isOwned: isOwned(node.arguments, known) };
  }
  return readModel(node, known) ?? readByLoader(node, known);
};

/** Every place in a file that asks the database for something. */
export const findReads = (file: ts.SourceFile, known: Known): Read[] => {
  const reads: Read[] = [];
  const visit = (node: ts.Node): void => {
    const read = readOf(node, known);
    if (read) reads.push(read);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return reads;
};
