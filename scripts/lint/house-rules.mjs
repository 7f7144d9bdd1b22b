/** Lint rules of this project that oxlint has no setting for. Loaded by .oxlintrc.json. */

const isGlobalDate = (node) => node.type === "Identifier" && node.name === "Date";

/** A Date made from a given number is a value; a Date made without arguments reads the clock. */
const noAmbientTime = {
  meta: {
    schema: [],
    messages: { clock: "Time is an input of the core: take it as an argument (`{{what}}` reads the clock)." },
  },
  create: (context) => {
    const report = (node, what) => context.report({ node, messageId: "clock", data: { what } });
    return {
      NewExpression: (node) => {
        if (isGlobalDate(node.callee) && node.arguments.length === 0) report(node, "new Date()");
      },
      CallExpression: (node) => {
        if (isGlobalDate(node.callee)) report(node, "Date()");
      },
      MemberExpression: (node) => {
        const name = node.computed ? node.property.value : node.property.name;
        if (isGlobalDate(node.object) && name === "now") report(node, "Date.now");
      },
    };
  },
};

/** What the embedded runner (src/inngest/embedded) supports: anything else works on Inngest but fails with it. */
const FUNCTION_OPTIONS = new Set([
  "id",
  "name",
  "description",
  "triggers",
  "retries",
  "singleton",
  "cancelOn",
  "onFailure",
]);
const STEP_METHODS = new Set(["run", "sleep", "sendEvent"]);

const inngestSubset = {
  meta: {
    schema: [],
    messages: { unsupported: "The embedded runner does not support `{{what}}`: use {{allowed}} only." },
  },
  create: (context) => {
    const report = (node, what, allowed) =>
      context.report({ node, messageId: "unsupported", data: { what, allowed: [...allowed].join(", ") } });
    const checkOptions = (options) => {
      for (const property of options.properties) {
        const name = property.key?.name ?? property.key?.value ?? "...";
        if (!FUNCTION_OPTIONS.has(name)) report(property, name, FUNCTION_OPTIONS);
      }
    };
    return {
      CallExpression: (node) => {
        const [options] = node.arguments;
        const isDefinition = node.callee.property?.name === "createFunction";
        if (isDefinition && options?.type === "ObjectExpression") checkOptions(options);
      },
      MemberExpression: (node) => {
        if (node.object.type !== "Identifier") return;
        const name = node.computed ? node.property.value : node.property.name;
        if (node.object.name === "step" && !STEP_METHODS.has(name)) report(node, `step.${name}`, STEP_METHODS);
        if (node.object.name === "group") report(node, `group.${name}`, ["Promise.all"]);
      },
    };
  },
};

export default {
  meta: { name: "house" },
  rules: { "no-ambient-time": noAmbientTime, "inngest-subset": inngestSubset },
};
