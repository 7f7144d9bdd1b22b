import { createHash } from "node:crypto";
import { keptRunnerPlugin } from "./kept-runner.mjs";

/** Texts for people: no test guarantees their wording. Names of rules, states and units are mutated. */
const TEXT_PROPERTIES = new Set(["description", "reason", "label", "resizedTo"]);

/** What a rule says about its checks and limits, also where a function makes the text. */
const WORD_PROPERTIES = new Set(["words", "text"]);

const isText = (node) => node.type === "StringLiteral" || node.type === "TemplateLiteral";

const isErrorMessage = ({ parent }) => parent?.type === "NewExpression" && parent.callee.name?.endsWith("Error");

/** invariant(condition, message) and refuse(rule, reason). */
const isMessage = ({ parent, node }) =>
  parent?.type === "CallExpression" &&
  ["invariant", "refuse"].includes(parent.callee.name) &&
  parent.arguments[1] === node;

const isTextProperty = ({ parent }) => parent?.type === "ObjectProperty" && TEXT_PROPERTIES.has(parent.key.name);

const isWords = ({ node }) => node.type === "ObjectProperty" && WORD_PROPERTIES.has(node.key.name);

const wordsForPeople = {
  shouldIgnore: (path) =>
    isWords(path) || (isText(path.node) && (isErrorMessage(path) || isMessage(path) || isTextProperty(path)))
      ? "words for people"
      : undefined,
};

/** A mutant's position in the random order of a seed: the same on every machine. */
const rankOf = (seed, { fileName, location, mutatorName, replacement }) => {
  const file = fileName.slice(fileName.lastIndexOf("src/"));
  const name = [seed, file, location.start.line, location.start.column, mutatorName, replacement].join("|");
  return createHash("sha256").update(name).digest("hex");
};

const fileOf = ({ fileName }) => fileName.slice(fileName.lastIndexOf("src/trading/"));

const isIn = (only, mutant) => only === null || only.some((start) => fileOf(mutant).startsWith(start));

const isOneOf = (changes, mutant) =>
  changes === null ||
  changes.some(
    ({ file, mutator, replacement }) =>
      file === fileOf(mutant) && mutator === mutant.mutatorName && replacement === mutant.replacement,
  );

/** Lets only some mutants through, and of those a seeded sample; Stryker asks for the groups of all at once. */
const createTried = (options) => {
  const { sample, only, changes } = options.tried;
  let drawn = new Set();
  return {
    init: () => Promise.resolve(),
    group: (mutants) => {
      const ranked = mutants
        .filter((mutant) => isIn(only, mutant) && isOneOf(changes, mutant))
        .map((mutant) => ({ id: mutant.id, rank: sample ? rankOf(sample.seed, mutant) : "" }))
        .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
      drawn = new Set(ranked.slice(0, sample?.count).map(({ id }) => id));
      return Promise.resolve([mutants.map(({ id }) => id)]);
    },
    check: (mutants) => {
      const verdictOf = ({ id }) =>
        drawn.has(id) ? { status: "passed" } : { status: "compileError", reason: "not tried" };
      return Promise.resolve(Object.fromEntries(mutants.map((mutant) => [mutant.id, verdictOf(mutant)])));
    },
  };
};
createTried.inject = ["options"];

export const strykerPlugins = [
  keptRunnerPlugin,
  { kind: "Ignore", name: "words-for-people", value: wordsForPeople },
  { kind: "Checker", name: "tried", factory: createTried },
];
