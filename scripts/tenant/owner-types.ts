import ts from "typescript";

const BRAND_FILE = /\/src\/server\/tenant\/own-id\.ts$/;
/** The name that a user's id has wherever something is read for that user. */
const USER_ID = "userId";
/** How deep a row or a request holds what it is about. */
const DEPTH_MAX = 3;

const isBrand = (property: ts.Symbol): boolean =>
  (property.declarations ?? []).some((declared) => BRAND_FILE.test(declared.getSourceFile().fileName));

/** What types say of whose something is. */
export type OwnerTypes = {
  /** Whether a type has an own id anywhere within. */
  readonly hasOwnId: (type: ts.Type) => boolean;
  /** Whether an expression is an own id, a list of them, or a user's id. */
  readonly isOwner: (node: ts.Expression) => boolean;
  /** Whether it is an object with one of these, whichever of its forms it has. */
  readonly bringsOwner: (node: ts.Expression) => boolean;
};

const isNothing = (type: ts.Type): boolean =>
  (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void | ts.TypeFlags.Never)) !== 0;

/** All forms but that it is not there. */
const formsOf = (type: ts.Type): readonly ts.Type[] =>
  type.isUnion() ? type.types.filter((each) => !isNothing(each)) : [type];

const isOwnIdType = (type: ts.Type): boolean => {
  const forms = formsOf(type);
  return forms.length > 0 && forms.every((form) => form.isIntersection() && form.getProperties().some(isBrand));
};

const nameOf = (node: ts.Expression): string | null => {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : null;
};

export const createOwnerTypes = (checker: ts.TypeChecker): OwnerTypes => {
  const isList = (type: ts.Type): boolean => {
    const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    return item !== undefined && !isNothing(type) && isOwnIdType(item);
  };
  const isOwnIdOrList = (type: ts.Type): boolean => isOwnIdType(type) || isList(type);

  const search = (type: ts.Type, depth: number, seen: Set<ts.Type>): boolean => {
    if (isOwnIdOrList(type)) return true;
    if (depth === 0 || seen.has(type) || (type.flags & ts.TypeFlags.Any) !== 0) return false;
    seen.add(type);
    const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (item) return search(item, depth, seen);
    return formsOf(type).some((form) =>
      form.getProperties().some((property) => search(checker.getTypeOfSymbol(property), depth - 1, seen)),
    );
  };

  const holdsOwner = (form: ts.Type): boolean =>
    form
      .getProperties()
      .some(
        (property) =>
          (property.name === USER_ID && (property.flags & ts.SymbolFlags.Optional) === 0) ||
          isOwnIdOrList(checker.getTypeOfSymbol(property)),
      );

  return {
    hasOwnId: (type) => search(type, DEPTH_MAX, new Set()),
    isOwner: (node) => nameOf(node) === USER_ID || isOwnIdOrList(checker.getTypeAtLocation(node)),
    bringsOwner: (node) => {
      const forms = formsOf(checker.getTypeAtLocation(node));
      return forms.length > 0 && forms.every(holdsOwner);
    },
  };
};
