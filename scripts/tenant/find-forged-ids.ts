import ts from "typescript";
import type { OwnerTypes } from "./owner-types";

type Known = { readonly checker: ts.TypeChecker; readonly types: OwnerTypes };

/** The types that a place claims something to have, without anything that was asked. */
const claimedIn = (node: ts.Node): readonly ts.TypeNode[] => {
  if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) return [node.type];
  if (ts.isTypePredicateNode(node)) return node.type ? [node.type] : [];
  const isQuery =
    (ts.isCallExpression(node) && node.expression.getText().includes("$queryRaw")) ||
    (ts.isTaggedTemplateExpression(node) && node.tag.getText().includes("$queryRaw"));
  return isQuery ? [...(node.typeArguments ?? [])] : [];
};

const hadIt = (node: ts.Node, { checker, types }: Known): boolean =>
  (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) &&
  types.hasOwnId(checker.getTypeAtLocation(node.expression));

/** What fits everything fits an own id: a cast to never, and what was parsed and has no type. */
const fitsAll = (node: ts.Node, { checker, types }: Known): boolean => {
  if (ts.isAsExpression(node)) return node.type.kind === ts.SyntaxKind.NeverKeyword;
  if (!ts.isCallExpression(node) || node.expression.getText() !== "JSON.parse") return false;
  const wanted = checker.getContextualType(node);
  return wanted !== undefined && types.hasOwnId(wanted);
};

/** Where a file calls something an own id that it did not get as one. */
export const findForgedIds = (file: ts.SourceFile, known: Known): ts.Node[] => {
  const forged: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const claims = claimedIn(node).some((type) => known.types.hasOwnId(known.checker.getTypeFromTypeNode(type)));
    if (fitsAll(node, known) || (claims && !hadIt(node, known))) forged.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return forged;
};
