/** What is the same for all users. Every other table is taken for one that has something of a user. */
const PUBLIC = new Set([
  "Analysis",
  "Candle",
  "CandleCoverage",
  "Market",
  "MarketSnapshot",
  "ModelGate",
  "ProcessHeartbeat",
  "Venue",
  "VenueClock",
  "VenueHealth",
]);

/** How code names what the database has, in SQL and in Prisma's words. */
export type PrivateTables = {
  /** Table name -> whether it has something of a user. */
  readonly tables: ReadonlyMap<string, boolean>;
  /** Model as the client names it -> the same. */
  readonly models: ReadonlyMap<string, boolean>;
  /** Fields of any model that lead to such a table. */
  readonly relations: ReadonlySet<string>;
};

type Field = { readonly name: string; readonly type: string; readonly isForeign: boolean };
type Model = { readonly name: string; readonly table: string; readonly fields: readonly Field[] };

const FIELD = /^ +(\w+) +(\w+)[?[\]]*(.*)$/gm;

const toModel = ([, name = "", body = ""]: RegExpMatchArray): Model => ({
  name,
  table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
  fields: [...body.matchAll(FIELD)].map(([, field = "", type = "", rest = ""]) => ({
    name: field,
    type,
    isForeign: rest.includes("@relation(") && rest.includes("fields:"),
  })),
});

const asNamed = (model: string): string => `${model.charAt(0).toLowerCase()}${model.slice(1)}`;

/** Reads a schema.prisma. Throws where a table that is called public belongs to one that is not. */
export const readPrivateTables = (schema: string): PrivateTables => {
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)\n\}/gm)].map(toModel);
  if (models.length === 0) throw new Error("The schema has no model, so nothing can be told of what is a user's.");
  const names = new Set(models.map(({ name }) => name));
  const isPrivate = (name: string): boolean => names.has(name) && !PUBLIC.has(name);
  for (const { name, fields } of models.filter((model) => PUBLIC.has(model.name))) {
    const owner = fields.find(({ type, isForeign }) => isForeign && isPrivate(type));
    if (owner) throw new Error(`${name} is called public and belongs to ${owner.type}: take it off the list.`);
  }
  return {
    tables: new Map(models.map(({ name, table }) => [table, isPrivate(name)])),
    models: new Map(models.map(({ name }) => [asNamed(name), isPrivate(name)])),
    relations: new Set(
      models.flatMap(({ fields }) => fields.filter(({ type }) => isPrivate(type)).map(({ name }) => name)),
    ),
  };
};
